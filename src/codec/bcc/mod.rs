//! BCC, the caption file of Bilibili: `{"font_size": 0.4, …, "body": [{"from": 1.5, "to": 3, "location": 2, "content": "…"}]}`.
//!
//! No specification is published; this is what the site's editor writes and its player reads. Times are seconds, kept to the
//! digit. `location` is a key of the numeric keypad, 2 (bottom centre) unless said otherwise. The look of the whole track
//! (`font_size`, `font_color`, `background_alpha`, `background_color`, `Stroke`) is kept where it is not the editor's own.
//! Text has no markup. A file is edited in place: only the digits of times and the characters of strings change.

mod read;
mod splice;
mod write;

use super::json::{self, Met};
use super::{Feature, Format, Leftover, Write};

/// The format's id: it marks the leftovers that are its own.
const ID: &str = "bcc";

/// BCC.
pub static FORMAT: Format = Format {
    id: ID,
    name: "Bilibili BCC",
    spec: "what Bilibili's caption editor writes (there is no standard)",
    extensions: &["bcc", "json"],
    mime: "application/json",
    keeps: &[Feature::ExactTimes, Feature::Placement, Feature::TrackLang],
    leftovers: &[
        Leftover::content("font_size"),
        Leftover::content("font_color"),
        Leftover::content("background_alpha"),
        Leftover::content("background_color"),
        Leftover::content("Stroke"),
        Leftover::spelling(FIELDS),
    ],
    probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: Some(splice::splice),
};

/// The look of the whole track, and what the editor writes for it unless told otherwise. `zimu` writes the same.
const LOOK: [(&str, &str); 5] = [
    ("font_size", "0.4"),
    ("font_color", "\"#FFFFFF\""),
    ("background_alpha", "0.5"),
    ("background_color", "\"#9C27B0\""),
    ("Stroke", "\"none\""),
];

/// Key of the extra for other fields of the track or a cue, verbatim: `"sid": 1, "music": 0`. They count and classify cues for
/// the site, and show nothing.
const FIELDS: &str = "fields";

/// Fields of a cue that are read.
const OF_CUE: [&str; 4] = ["from", "to", "location", "content"];

/// The key of the keypad that cues have unless told otherwise.
const BOTTOM_CENTRE: u8 = 2;

/// The list of cues.
static BODY: &[&str] = &["body"];

fn probe(text: &str) -> u8 {
    if !text.trim_start().starts_with('{') {
        return 0;
    }
    let (mut look, mut score) = (false, 0);
    let walked = json::walk(text, BODY, &mut |met| match met {
        Met::Field(key, _) => {
            look |= LOOK.iter().any(|(known, _)| *known == key);
            key != "zimu"
        }
        Met::Item(_, _, value) => {
            let mut found = 0u8;
            json::fields(value, &mut |key, _| found = found.saturating_add(u8::from(OF_CUE.contains(&key))));
            score = if found >= 3 { 245 } else { 0 };
            false
        }
    });
    // Without a cue, the look tells.
    if score == 0 && look && walked.is_ok() { 180 } else { score }
}
