//! WebVTT: the whole of the standard, reading as its parser reads and writing what its syntax allows (w3c/webvtt; the
//! section numbers in this folder are its).
//!
//! A track comes back as it was: what the model does not say (raw payloads, settings and regions that would be spelled
//! differently, `STYLE` blocks) travels in [`Extra`](crate::model::Extra)s that this module owns. Only blank lines
//! between blocks, hours that were left out, and white space around settings are written in one way.

mod block;
mod browser;
mod color;
mod conform;
mod cue_text;
pub(in crate::codec) mod entity;
mod head;
mod lines;
mod note;
mod payload;
mod read;
mod region;
mod settings;
mod slips;
mod splice;
mod tag;
mod timestamp;
mod token;
mod tree;
mod write;

pub(in crate::codec) use browser::{browser_region, browser_view};
pub use conform::CONFORMANCE;

use super::{Feature, Format, Leftover, Write};

const FORMAT_ID: &str = "vtt";

/// Keys of the extras that this format owns.
mod key {
    /// Of a cue: its payload, where the text would be written differently.
    pub(super) const PAYLOAD: &str = "payload";
    /// Of a cue: its settings, where the placement would be written differently.
    pub(super) const SETTINGS: &str = "settings";
    /// Of a track: a STYLE block.
    pub(super) const STYLE: &str = "style";
    /// Of a track: a REGION block, where the region would be written differently.
    pub(super) const REGION: &str = "region";
    /// Of a track: the order of the blocks before the first cue, a letter each (`R`, `S`, `N`), where it is not regions,
    /// styles, notes.
    pub(super) const ORDER: &str = "order";
    /// Of a track: its timestamps below an hour have no hours.
    pub(super) const NO_HOURS: &str = "no-hours";
    /// In a text: a `<lang>` whose value is no language tag.
    pub(super) const LANG: &str = "lang";
}

/// WebVTT.
pub static FORMAT: Format = Format {
    id: FORMAT_ID,
    name: "WebVTT",
    spec: "https://www.w3.org/TR/webvtt1/",
    extensions: &["vtt"],
    mime: "text/vtt",
    keeps: &[
        Feature::CueId,
        Feature::Voice,
        Feature::Lang,
        Feature::Class,
        Feature::Bold,
        Feature::Italic,
        Feature::Underline,
        Feature::Color,
        Feature::Background,
        Feature::Ruby,
        Feature::Shown,
        Feature::Placement,
        Feature::Region,
        Feature::Note,
        Feature::Header,
    ],
    leftovers: &[
        Leftover::spelling(key::PAYLOAD),
        Leftover::spelling(key::SETTINGS),
        Leftover::content(key::STYLE),
        Leftover::spelling(key::REGION),
        Leftover::spelling(key::ORDER),
        Leftover::spelling(key::NO_HOURS),
        Leftover::content(key::LANG),
    ],
    probe: |text| if read::has_signature(text) { u8::MAX } else { 0 },
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Blocks(write::write)),
    splice: Some(splice::splice),
};
