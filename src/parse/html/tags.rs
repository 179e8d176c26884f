//! The tags that matter for the text of an article. All others are as if they were not there.

/// What a tag does to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A box of its own: what is in it is a paragraph or several.
    Block,
    /// A paragraph; any box ends it.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// An item that the next one of its list ends.
    Item,
    /// A part of a table: 1 for groups of rows, 2 for rows, 3 for cells. One ends those of its rank and deeper.
    Table(u8),
    /// Bold.
    Bold,
    /// Has no content.
    Void,
    /// Text that runs on.
    Inline,
    /// As [`Kind::Left`], and the next one beside it ends it.
    Beside(&'static str),
    /// Left out with everything in it, under this name.
    Left(&'static str),
    /// As [`Kind::Left`]; its content is not markup.
    Verbatim(&'static str),
    /// As [`Kind::Left`]; its content follows other rules than the page.
    Foreign(&'static str),
}

impl Kind {
    /// The start of an element of this kind ends an open one of kind `open` right above it.
    pub(super) fn ends(self, open: Kind) -> bool {
        match (self, open) {
            (Kind::Inline, _) => false,
            (Kind::Beside(_), _) => matches!(open, Kind::Beside(_)),
            (_, Kind::Paragraph) => true,
            (Kind::Item, Kind::Item) => true,
            (Kind::Table(new), Kind::Table(open)) => open >= new,
            (Kind::Heading(_), Kind::Heading(_)) => true,
            _ => false,
        }
    }
}

pub(super) static TAGS: &[(&str, Kind)] = &[
    ("html", Kind::Block),
    ("body", Kind::Block),
    ("article", Kind::Block),
    ("main", Kind::Block),
    ("section", Kind::Block),
    ("header", Kind::Block),
    ("aside", Kind::Block),
    ("div", Kind::Block),
    ("ul", Kind::Block),
    ("ol", Kind::Block),
    ("dl", Kind::Block),
    ("blockquote", Kind::Block),
    ("pre", Kind::Block),
    ("figure", Kind::Block),
    ("figcaption", Kind::Block),
    ("address", Kind::Block),
    ("details", Kind::Block),
    ("summary", Kind::Block),
    ("center", Kind::Block),
    ("fieldset", Kind::Block),
    ("table", Kind::Block),
    ("caption", Kind::Table(1)),
    ("thead", Kind::Table(1)),
    ("tbody", Kind::Table(1)),
    ("tfoot", Kind::Table(1)),
    ("tr", Kind::Table(2)),
    ("td", Kind::Table(3)),
    ("th", Kind::Table(3)),
    ("p", Kind::Paragraph),
    ("h1", Kind::Heading(1)),
    ("h2", Kind::Heading(2)),
    ("h3", Kind::Heading(3)),
    ("h4", Kind::Heading(4)),
    ("h5", Kind::Heading(5)),
    ("h6", Kind::Heading(6)),
    ("li", Kind::Item),
    ("dt", Kind::Item),
    ("dd", Kind::Item),
    ("b", Kind::Bold),
    ("strong", Kind::Bold),
    ("br", Kind::Void),
    ("hr", Kind::Void),
    ("img", Kind::Void),
    ("ruby", Kind::Inline),
    ("rt", Kind::Beside("ruby reading")),
    ("rp", Kind::Beside("ruby bracket")),
    ("nav", Kind::Left("navigation")),
    ("footer", Kind::Left("footer")),
    ("script", Kind::Verbatim("script")),
    ("style", Kind::Verbatim("style sheet")),
    ("title", Kind::Verbatim("page title")),
    ("textarea", Kind::Verbatim("form field")),
    ("iframe", Kind::Verbatim("embedded page")),
    ("xmp", Kind::Verbatim("example")),
    ("noembed", Kind::Verbatim("fallback")),
    ("noframes", Kind::Verbatim("fallback")),
    ("noscript", Kind::Foreign("fallback")),
    ("svg", Kind::Foreign("drawing")),
    ("math", Kind::Foreign("formula")),
    ("template", Kind::Foreign("template")),
    ("select", Kind::Foreign("form field")),
    ("object", Kind::Foreign("embedded page")),
    ("video", Kind::Foreign("film")),
    ("audio", Kind::Foreign("sound")),
    ("canvas", Kind::Foreign("drawing")),
];

/// The index of a tag in [`TAGS`], in any case.
pub(super) fn index(name: &str) -> Option<u8> {
    let at = TAGS.iter().position(|(known, _)| known.eq_ignore_ascii_case(name))?;
    u8::try_from(at).ok()
}

pub(super) fn row(index: u8) -> Option<(&'static str, Kind)> {
    TAGS.get(usize::from(index)).copied()
}

pub(super) fn kind(name: &str) -> Option<Kind> {
    TAGS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}
