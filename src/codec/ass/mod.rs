//! Advanced SubStation Alpha (`.ass`) and SubStation Alpha v4 (`.ssa`), two rows over the same functions.
//!
//! Neither has a standard; what is read is what libass and VSFilter show. What is decided:
//!
//! * **The script comes back as it was.** All that stands before the events (script info, styles, project data) is one extra,
//!   verbatim; lines between and after the events (comments, fonts, graphics, other sections) are extras with their place.
//!   A file is written with `\n` line ends and no byte order mark.
//! * **Styles are resolved against the script's `Default`**: what differs from it (bold, italic, underline, strike, colour, an
//!   opaque box, the font's name) is a mark over the cue, so that other formats can show it; the style's name stays an extra, and the
//!   writer does not say the same thing twice.
//! * **Override tags are a state, not a tree** (`look`): `\b \i \u \s \c \1a \alpha \fn \fs \r` change it, and marks are the
//!   stretches in which one of its parts holds. Tags that the model has no word for are points that show nothing.
//! * `\an`, `\a` and `\pos` are the placement, `\k` the times inside a cue, the Name field the voice. Comments are notes; an event
//!   that only draws is no cue, is named, and comes back in its place.
//! * Where the tags of a cue, or its fields, would be written in another way, the file's own spelling is an extra, used as long
//!   as it still says what the cue says.
//! * Braces cannot be escaped in a way that all renderers know: ｛ and ｝ stand for them, and that is reported.

mod color;
mod columns;
mod compose;
mod convert;
mod event;
mod leftovers;
mod look;
mod place;
mod read;
mod render;
mod script;
mod splice;
mod style;
mod tag;
mod text;
mod timestamp;
mod walk;
mod write;

use super::{Feature, Format, Leftover, Write};
use crate::time::TimeDelta;

/// The id that marks the leftovers of both rows.
const ID: &str = "ass";

/// Keys of the extras that these formats own.
mod key {
    /// Of a track: all that stands before the events.
    pub(super) const SCRIPT: &str = "script-info-and-styles";
    /// Of a track: lines that are no events, or none that can be read. Like the next three it ends with its place: the index of
    /// the cue it stands before, on a line of its own.
    pub(super) const LINES: &str = "lines";
    /// Of a track: blank lines.
    pub(super) const BLANK: &str = "blank";
    /// Of a track: a comment's whole line; its text is a note.
    pub(super) const COMMENT: &str = "comment";
    /// Of a track: an event that only draws.
    pub(super) const DRAWING: &str = "drawing";
    /// Of a track: zero margins are written as `0000`.
    pub(super) const ZEROS: &str = "zeros";
    /// Of a cue: the name of its style.
    pub(super) const STYLE: &str = "style";
    /// Of a cue: its layer.
    pub(super) const LAYER: &str = "layer";
    /// Of a cue: SSA's mark.
    pub(super) const MARKED: &str = "marked";
    /// Of a cue: margins.
    pub(super) const MARGIN_L: &str = "margin-l";
    pub(super) const MARGIN_R: &str = "margin-r";
    pub(super) const MARGIN_V: &str = "margin-v";
    /// Of a cue: its effect.
    pub(super) const EFFECT: &str = "effect";
    /// Of a cue: another column, `Name=value`.
    pub(super) const COLUMN: &str = "column";
    /// Of a cue: all before its text, where it would be written differently.
    pub(super) const FIELDS: &str = "fields";
    /// Of a cue: its text, where it would be written differently.
    pub(super) const TEXT: &str = "text";
    /// In a text: a tag, or a comment, that is hidden and not understood.
    pub(super) const TAG: &str = "tag";
    /// In a text: what is drawn.
    pub(super) const SHAPE: &str = "shape";
}

/// Times are written in centiseconds.
const RESOLUTION: TimeDelta = TimeDelta::from_millis(10);

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// Advanced SubStation Alpha, script type v4.00+.
    Ass,
    /// SubStation Alpha, script type v4.00.
    Ssa,
}

const KEEPS: &[Feature] = &[
    Feature::Voice,
    Feature::Bold,
    Feature::Italic,
    Feature::Underline,
    Feature::Strike,
    Feature::Color,
    Feature::Font,
    Feature::Shown,
    Feature::Placement,
    Feature::Note,
    Feature::Header,
    Feature::TrackLang,
];

/// Advanced SubStation Alpha.
pub static ASS: Format = Format {
    id: ID,
    name: "ASS",
    spec: "Advanced SubStation Alpha, as libass and VSFilter show it (there is no standard)",
    extensions: &["ass"],
    mime: "text/x-ass",
    keeps: KEEPS,
    leftovers: &[
        Leftover::content(key::SCRIPT),
        Leftover::content(key::LINES),
        Leftover::spelling(key::BLANK),
        Leftover::spelling(key::COMMENT),
        Leftover::content(key::DRAWING),
        Leftover::spelling(key::ZEROS),
        Leftover::content(key::STYLE),
        Leftover::content(key::LAYER),
        Leftover::content(key::MARKED),
        Leftover::content(key::MARGIN_L),
        Leftover::content(key::MARGIN_R),
        Leftover::content(key::MARGIN_V),
        Leftover::content(key::EFFECT),
        Leftover::content(key::COLUMN),
        Leftover::spelling(key::FIELDS),
        Leftover::spelling(key::TEXT),
        Leftover::content(key::TAG),
        Leftover::content(key::SHAPE),
    ],
    probe: |text| probe(text, Dialect::Ass),
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Blocks(|track, options, blocks, report| {
        write::write(Dialect::Ass, track, options, blocks, report)
    })),
    splice: Some(splice::splice),
};

/// SubStation Alpha v4. Its leftovers are those of [`ASS`], so that either row writes what the other read.
pub static SSA: Format = Format {
    id: "ssa",
    name: "SSA",
    spec: "SubStation Alpha v4, as libass and VSFilter show it (there is no standard)",
    extensions: &["ssa"],
    mime: "text/x-ssa",
    keeps: KEEPS,
    leftovers: &[],
    probe: |text| probe(text, Dialect::Ssa),
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Blocks(|track, options, blocks, report| {
        write::write(Dialect::Ssa, track, options, blocks, report)
    })),
    splice: Some(splice::splice),
};

/// How many lines are looked at to recognise the format.
const PROBED_LINES: usize = 400;

/// The first section names the format, the script type or the name of the styles' section the dialect.
fn probe(text: &str, dialect: Dialect) -> u8 {
    let mut lines =
        text.split(['\n', '\r']).map(|line| line.trim_matches(script::BLANK)).filter(|line| !line.is_empty());
    let starts = lines.clone().find(|line| !line.starts_with(';') && !line.starts_with("!:"));
    let sure = match starts {
        Some(line) if script::section(line).is_some_and(|name| name.eq_ignore_ascii_case("script info")) => 240,
        Some(line) if script::section(line).is_some_and(script::is_known_section) => 200,
        Some(line) if event::is_event(line) => 150,
        _ => return 0,
    };
    let found = lines.by_ref().take(PROBED_LINES).find_map(script::dialect_of_line).unwrap_or(Dialect::Ass);
    if found == dialect { sure } else { 0 }
}
