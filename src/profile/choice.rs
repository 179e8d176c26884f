//! The settings that are a choice among a few: each choice with its name in profiles.

macro_rules! choices {
    ($($(#[$doc:meta])* $type:ident in $table:ident {
        $($(#[$own:meta])* $variant:ident = $name:literal,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$own])* $variant,)* }

        #[doc = concat!("Each [`", stringify!($type), "`] with its name in profiles.")]
        pub static $table: &[($type, &str)] = &[$(($type::$variant, $name)),*];
    )*};
}

choices! {
    /// What becomes of Chinese punctuation in captions.
    Punctuation in PUNCTUATIONS {
        /// All of it stays.
        Keep = "keep",
        /// Commas and full stops at the end of a line go.
        DropFinal = "drop-final",
        /// Commas and full stops become a space inside a line and go at its end; `？！` and quotation marks stay.
        Space = "space",
    }

    /// Space between Han and Latin letters or digits.
    Spacing in SPACINGS {
        /// As written.
        Keep = "keep",
        /// One space (盘古之白).
        Insert = "insert",
        /// None.
        Remove = "remove",
    }

    /// How an ellipsis is written.
    Ellipsis in ELLIPSES {
        /// `…`, U+2026.
        OneCharacter = "one-character",
        /// `...`, three full stops.
        ThreeDots = "three-dots",
        /// `……`, two U+2026 (GB/T 15834-2011, 4.11).
        Double = "double",
        /// `⋯`, U+22EF, in the middle of the line.
        Centred = "centred",
    }

    /// How quotation marks are written.
    Quotes in QUOTES {
        /// `"` and `'`.
        Straight = "straight",
        /// `“ ”` and `‘ ’`.
        Curly = "curly",
        /// `「 」` and `『 』`.
        Corner = "corner",
        /// `« »` and `‹ ›`.
        Guillemets = "guillemets",
    }

    /// How two speakers in one cue are marked.
    Dash in DASHES {
        /// `- ` before both.
        BothSpaced = "both-spaced",
        /// `-` before both.
        BothTight = "both-tight",
        /// `- ` before the second.
        SecondSpaced = "second-spaced",
        /// `-` before the second.
        SecondTight = "second-tight",
    }

    /// How a sentence is marked that goes on in the next cue.
    Continuation in CONTINUATIONS {
        /// Neither ellipsis nor dash.
        None = "unmarked",
        /// An ellipsis at the end of the one and the start of the next.
        Ellipsis = "ellipsis",
    }

    /// Whether the text says who speaks.
    LabelPolicy in LABEL_POLICIES {
        /// Not in the text.
        Never = "never",
        /// Where the speaker changes, or is not seen.
        AtChange = "at-change",
        /// In every cue.
        Always = "always",
    }

    /// The byte order mark of a file.
    Bom in BOMS {
        /// It must be there.
        Required = "required",
        /// It must not be there.
        Forbidden = "forbidden",
    }

    /// How lines end in a file.
    Newlines in NEWLINES {
        /// Line feed.
        Lf = "lf",
        /// Carriage return and line feed.
        CrLf = "crlf",
    }
}

#[expect(clippy::derivable_impls, reason = "the table's macro marks no variant")]
impl Default for Punctuation {
    fn default() -> Self {
        Self::Keep
    }
}

#[expect(clippy::derivable_impls, reason = "the table's macro marks no variant")]
impl Default for Spacing {
    fn default() -> Self {
        Self::Keep
    }
}

impl Ellipsis {
    /// As it stands in the text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::OneCharacter => "…",
            Self::ThreeDots => "...",
            Self::Double => "……",
            Self::Centred => "⋯",
        }
    }
}

impl Quotes {
    /// The outer and the inner pair, as they open and close.
    pub const fn pairs(self) -> [(char, char); 2] {
        match self {
            Self::Straight => [('"', '"'), ('\'', '\'')],
            Self::Curly => [('“', '”'), ('‘', '’')],
            Self::Corner => [('「', '」'), ('『', '』')],
            Self::Guillemets => [('«', '»'), ('‹', '›')],
        }
    }
}

impl Dash {
    /// Whether the first speaker has a dash too.
    pub const fn both(self) -> bool {
        matches!(self, Self::BothSpaced | Self::BothTight)
    }

    /// Whether a space stands after the dash.
    pub const fn spaced(self) -> bool {
        matches!(self, Self::BothSpaced | Self::SecondSpaced)
    }
}

/// The kinds of markup that a place may keep or not, with their names as [`Format::keeps`](crate::codec::Format) has them.
pub static MARKUP: &[&str] = &[
    "bold",
    "italic",
    "underline",
    "strike",
    "color",
    "background",
    "font",
    "ruby",
    "emphasis",
    "upright",
    "voice",
    "class",
    "lang",
    "inner-time",
    "placement",
    "region",
];
