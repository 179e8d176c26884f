//! Options with a fixed set of values: value, name, help.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use zimu::diag::{Lang, Severity};
use zimu::model::Labels;
use zimu::profile::{Punctuation, Spacing};
use zimu::segment::GlossMode;
use zimu::source::Eol;
use zimu::transcript::glossary::Mention;

/// The choices of one option.
pub(super) type Choices<T> = &'static [(T, &'static str, &'static str)];

/// A parser that takes exactly these names, and lists them in the help.
pub(super) fn of<T: Copy + Send + Sync>(choices: Choices<T>) -> impl TypedValueParser<Value = T> {
    let values = choices.iter().map(|(_, name, help)| PossibleValue::new(*name).help(*help));
    PossibleValuesParser::new(values).try_map(move |name| {
        choices.iter().find(|(_, known, _)| *known == name).map(|(value, ..)| *value).ok_or("unknown value")
    })
}

pub(super) static MESSAGES: Choices<Lang> = &[(Lang::En, "en", "English"), (Lang::Zh, "zh", "简体中文")];

/// From which severity on findings fail a command; `None` is never.
pub(super) static FAIL_ON: Choices<Option<Severity>> = &[
    (Some(Severity::Error), "error", "If something is wrong"),
    (Some(Severity::Warning), "warning", "If something is wrong or may be"),
    (Some(Severity::Note), "note", "If there is anything to say"),
    (None, "never", "Not for findings"),
];

pub(super) static EOLS: Choices<Eol> =
    &[(Eol::Lf, "lf", "As on Unix"), (Eol::CrLf, "crlf", "As on Windows"), (Eol::Cr, "cr", "As on old Macs")];

pub(super) static LABELS: Choices<Labels> = &[
    (Labels::Auto, "auto", "Where the speaker changes; in formats with voices (WebVTT) the voice alone"),
    (Labels::Always, "always", "On every cue"),
    (Labels::OnChange, "on-change", "Where the speaker changes"),
    (Labels::Never, "never", "Nowhere"),
];

pub(super) static GLOSSES: Choices<GlossMode> = &[
    (GlossMode::Keep, "keep", "As written: idea(点子)"),
    (GlossMode::Spoken, "spoken", "The half that is said"),
    (GlossMode::Gloss, "gloss", "The gloss instead of the term"),
    (GlossMode::Line, "line", "The gloss on a second line"),
    (GlossMode::Ruby, "ruby", "The gloss above the term (WebVTT); in brackets where a format has no ruby"),
    (GlossMode::Off, "off", "The term alone"),
];

pub(super) static MENTIONS: Choices<Mention> = &[
    (Mention::FirstPerTurn, "first-per-turn", "The first in each turn"),
    (Mention::FirstPerTrack, "first-per-track", "The first of all"),
    (Mention::Always, "always", "Every one"),
];

pub(super) static PUNCTUATION: Choices<Punctuation> = &[
    (Punctuation::Keep, "keep", "As written"),
    (Punctuation::DropFinal, "drop-final", "No comma or full stop at the end of a line"),
    (Punctuation::Space, "space", "A space instead of commas and full stops, nothing at the end of a line"),
];

pub(super) static SPACING: Choices<Spacing> = &[
    (Spacing::Keep, "keep", "As written"),
    (Spacing::Insert, "insert", "One space (盘古之白)"),
    (Spacing::Remove, "remove", "None"),
];
