//! TTML and its family: one reader and one writer, a row for each dialect (w3.org/TR/ttml2; sections without a name are
//! its).
//!
//! What is decided where the standards leave a choice, or other formats have another one:
//!
//! * Each `p` is a cue. Parts of it that begin later are marks with their time; if a part also ends before the paragraph
//!   does, the paragraph becomes a cue for each stretch of time in which it shows the same.
//! * Styles are resolved, through references, regions and blocks, to marks; what no mark says travels as attributes
//!   in leftovers. Fonts of blocks are leftovers: they are how a document looks.
//! * A region that is wide and near the top or bottom means just that to others; see `region`. A document without regions
//!   leaves the place to the player.
//! * Comments and descriptions are notes; the title is the header; agents are voices.
//! * A cue without an end stands until the latest time in the document, or for ten seconds.
//! * Written is one `p` a line; milliseconds where they are exact, otherwise frames if the frame rate is known and they
//!   are exact, otherwise as many digits as say the time exactly.

mod block;
mod color;
mod conform;
mod content;
mod cue;
mod dialect;
mod flat;
mod flow;
mod front;
mod head;
mod ids;
mod kept;
mod namespace;
mod paragraph;
mod read;
mod region;
mod splice;
mod split;
mod style;
mod time;
mod time_form;
mod timing;
mod trial;
mod write;
mod written_time;
mod xml;

pub use conform::{EBU_TT_D as EBU_TT_D_CONFORMANCE, IMSC_1_0_1_TEXT, IMSC_1_1_TEXT};

use super::{Feature, Format, Leftover, Write};

/// The id of the row that owns the family's leftovers.
const ID: &str = "ttml";

/// Keys of the extras that this family owns.
mod key {
    /// Of a track: attributes of `tt`.
    pub(super) const ATTRIBUTES: &str = "attributes";
    /// Of a track: an element of the head's metadata.
    pub(super) const METADATA: &str = "metadata";
    /// Of a track: the attributes of a region, where its rectangle is not the one that its placement is written with.
    pub(super) const REGION: &str = "region";
    /// The same of a region with further properties.
    pub(super) const STYLED_REGION: &str = "styled-region";
    /// Of a track: attributes of `body` that no mark says.
    pub(super) const BODY_STYLE: &str = "body-style";
    /// Of a cue, and in a text: attributes that no mark says.
    pub(super) const STYLE: &str = "style";
    /// Of a cue: the id of its region, which is among the track's extras.
    pub(super) const IN_REGION: &str = "in-region";
    /// In a text: an element that is no text.
    pub(super) const ELEMENT: &str = "element";
}

const LEFTOVERS: &[Leftover] = &[
    Leftover::content(key::ATTRIBUTES),
    Leftover::content(key::METADATA),
    Leftover::spelling(key::REGION),
    Leftover::content(key::STYLED_REGION),
    Leftover::content(key::BODY_STYLE),
    Leftover::content(key::STYLE),
    Leftover::spelling(key::IN_REGION),
    Leftover::content(key::ELEMENT),
];

/// A row of the family.
macro_rules! rows {
    ($($(#[doc = $doc:literal])+ $row:ident = $dialect:ident, $name:literal, $spec:literal, [$($extension:literal),+], [$($feature:ident),* $(,)?], [$($leftover:expr)?];)*) => { $(
        $(#[doc = $doc])+
        pub static $row: Format = Format {
            id: dialect::$dialect.id,
            name: $name,
            spec: $spec,
            extensions: &[$($extension),+],
            mime: "application/ttml+xml",
            keeps: &[
                Feature::CueId,
                Feature::Voice,
                Feature::Lang,
                Feature::Bold,
                Feature::Italic,
                Feature::Underline,
                Feature::Color,
                Feature::Background,
                Feature::Font,
                Feature::Placement,
                Feature::Note,
                Feature::Header,
                Feature::TrackLang,
                $(Feature::$feature),*
            ],
            leftovers: rows!(@ $($leftover)?),
            probe: |text| dialect::probe(text, &dialect::$dialect),
            probe_bytes: None,
            read: read::read,
            write: Some(Write::Blocks(|track, options, blocks, report| {
                write::write(track, options, blocks, report, &dialect::$dialect)
            })),
            splice: Some(splice::splice),
        };
    )* };
    (@) => { &[] };
    (@ $leftover:expr) => { $leftover };
}

rows! {
    /// TTML; written as IMSC 1.1 Text.
    FORMAT = IMSC, "TTML (IMSC 1.1 Text)", "https://www.w3.org/TR/ttml-imsc1.1/", ["ttml", "xml"],
        [ExactTimes, Strike, Ruby, Emphasis, Upright, Shown, FrameRate], [LEFTOVERS];
    /// TTML1, also called DFXP.
    DFXP = DFXP, "TTML1 (DFXP)", "https://www.w3.org/TR/ttml1/", ["dfxp"],
        [ExactTimes, Strike, Shown, FrameRate, StartTimecode], [];
    /// TTML1 as Netflix takes it.
    NETFLIX = NETFLIX, "Netflix TTML1", "https://partnerhelp.netflixstudios.com/hc/en-us/articles/115001869828", ["ttml", "xml"],
        [ExactTimes, Strike, FrameRate], [];
    /// EBU-TT-D.
    EBU_TT_D = EBU_TT_D, "EBU-TT-D", "https://tech.ebu.ch/publications/tech3380", ["xml"],
        [ExactTimes], [];
    /// SMPTE-TT.
    SMPTE_TT = SMPTE_TT, "SMPTE-TT", "SMPTE ST 2052-1:2010", ["xml", "ttml"],
        [ExactTimes, Strike, Shown, FrameRate, StartTimecode], [];
    /// iTunes Timed Text.
    ITT = ITT, "iTunes Timed Text", "iTunes Package TV/Film Specification, Timed Text", ["itt"],
        [Strike, FrameRate, StartTimecode], [];
}
