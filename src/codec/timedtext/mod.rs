//! YouTube's timed text, only read: `json3`, and as XML `srv3` (`<timedtext format="3">`), `srv2` and `srv1`
//! (`<transcript>`). The first two say the same under long and short names.
//!
//! YouTube publishes no specification; this follows what its player makes of the files, as YTSubConverter's annotated
//! `ytt.ytt` describes it. What is decided:
//!
//! * **Rolling captions** (recognised speech: events in a window) say each line once and leave it standing while the next
//!   appears below. Each line becomes a cue that ends where the next begins; the breaks between lines (`aAppend` with a line feed)
//!   are no cues, other appended text belongs to the line before. Where the window stands says how it rolls, not where a
//!   caption wants to be: it is not kept.
//! * **Offsets** of the pieces of a rolling line are the times of its words (`recognised`, `acAsrConf` of 1 to 255 as the
//!   score; YouTube writes 0 today, which says nothing). In other captions they are karaoke: times from which the rest is shown.
//! * **Pens** become bold, italic, underlined, colours, fonts, ruby, emphasis and upright marks; **positions** go through
//!   the player's `0.96 x + 2`. White (`#FEFEFE` too, which tools write to overrule the viewer) is what text has anyway.

mod event;
mod json3;
mod pen;
mod place;
mod roll;
mod srv;
mod text;

use super::json::{self, Met};
use super::{Feature, Format};

/// YouTube json3.
pub static JSON3: Format = Format {
    id: "json3",
    name: "YouTube json3",
    spec: "what YouTube's player reads (unpublished)",
    extensions: &["json3", "json"],
    mime: "application/json",
    keeps: NOTHING,
    leftovers: &[],
    probe: probe_json3,
    probe_bytes: None,
    read: json3::read,
    write: None,
    splice: None,
};

/// YouTube srv3, srv2 and srv1.
pub static SRV3: Format = Format {
    id: "srv3",
    name: "YouTube srv3",
    spec: "what YouTube's player reads (unpublished)",
    extensions: &["srv3", "srv2", "srv1", "ytt"],
    mime: "application/xml",
    keeps: NOTHING,
    leftovers: &[],
    probe: srv::probe,
    probe_bytes: None,
    read: srv::read,
    write: None,
    splice: None,
};

/// They are not written.
const NOTHING: &[Feature] = &[];

fn probe_json3(text: &str) -> u8 {
    if !text.trim_start().starts_with('{') {
        return 0;
    }
    let mut score = 0;
    let _ = json::walk(text, json3::EVENTS, &mut |met| match met {
        Met::Field("wireMagic", _) => {
            score = 250;
            false
        }
        Met::Field(key, _) => key != "zimu",
        Met::Item(_, _, value) => {
            let mut timed = false;
            json::fields(value, &mut |key, _| timed |= matches!(key, "tStartMs" | "dDurationMs"));
            score = if timed { 250 } else { 0 };
            false
        }
    });
    score
}
