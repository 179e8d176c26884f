//! MicroDVD (`.sub`): `{start}{end}text|second line`, times in frames.
//!
//! No standard exists; its control codes are those that the player of that name knew, as its users wrote them down. What is decided
//! where players differ:
//!
//! * A first line `{1}{1}25.000` (or `{0}{0}…`) names the frame rate. Without one it is `--fps`, or 23.976, which is reported.
//! * `{y:…}`, `{c:…}`, `{f:…}`, `{s:…}` hold for their line, in capitals for the cue; they are understood at the beginning of a line.
//! * `/` at the beginning of a line is italic.
//! * An empty end (`{100}{}`) is the start of the next cue.

mod code;
mod read;
mod splice;
mod write;

use super::numbered::{self, Brackets};
use super::{Feature, Format, Leftover, Write};
use crate::time::FrameRate;

/// MicroDVD.
pub static FORMAT: Format = Format {
    id: ID,
    name: "MicroDVD",
    spec: "no standard; as players read it",
    extensions: &["sub"],
    mime: "text/x-microdvd",
    keeps: &[
        Feature::Bold,
        Feature::Italic,
        Feature::Underline,
        Feature::Strike,
        Feature::Color,
        Feature::Font,
        Feature::FrameRate,
    ],
    leftovers: &[Leftover::content(CODE)],
    probe: |text| numbered::probe(text, Brackets::CURLY),
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: Some(splice::splice),
};

const ID: &str = "microdvd";
/// A control code that only MicroDVD players understand.
const CODE: &str = "code";
/// The rate that players assume.
const USUAL_RATE: Option<FrameRate> = FrameRate::new(24_000, 1001);
