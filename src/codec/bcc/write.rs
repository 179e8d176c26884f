//! Writing: the look, then a cue a line.

use super::read::{language, push_field};
use super::{BOTTOM_CENTRE, FIELDS, ID, LOOK, OF_CUE};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::native::decimal::write_seconds;
use crate::codec::plain::{Pen, Renderer, Tags, shorten};
use crate::codec::srt::placement::to_keypad;
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, json, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Placement, Track};
use crate::time::Time;

/// Writes BCC.
pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    let mut out = Vec::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES));
    head(&mut out, track, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Tags::NONE);
    out.extend_from_slice(b"\"body\": [");
    for (index, cue) in track.cues.iter().enumerate() {
        out.extend_from_slice(if index > 0 { b",\n" } else { b"\n" });
        push_cue(&mut out, &mut renderer, index, cue);
    }
    out.extend_from_slice(b"\n]}\n");
    // Times are exact: no unit is ever named.
    renderer.pen.finish("");
    Ok(out)
}

/// What stands before the cues.
fn head(out: &mut Vec<u8>, track: &Track, leftovers: &mut Leftovers, report: &mut Report) {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues: _ } =
        track;
    timing_lost(*frame_rate, *start_timecode, report);
    let mut lost = |code, name, text: String| report.push(Diagnostic::new(code, Location::FILE).with(name, text));
    header.iter().for_each(|header| lost(loss::HEADER, "text", shorten(header)));
    regions.iter().for_each(|region| lost(loss::REGION, "id", region.id.clone()));
    notes.iter().for_each(|note| lost(loss::NOTE, "text", shorten(&note.text)));
    let mut own = Own::default();
    let taken = |key: &str, value: &str| {
        let known = key == "body" || LOOK.iter().any(|(look, _)| *look == key);
        known || (key == "lang" && (lang.is_some() || language(value).is_some()))
    };
    for extra in extras {
        if !own.look(extra) && !own.fields(extra, &taken) {
            leftovers.drop(extra);
        }
    }
    out.push(b'{');
    for (key, usual) in LOOK {
        let value = own.look.iter().find(|(own, _)| *own == key).map_or(usual, |(_, value)| value);
        push_all(out, &["\"", key, "\": ", value, ", "]);
    }
    if let Some(lang) = lang {
        push_all(out, &["\"lang\": \"", lang.as_str(), "\", "]);
    }
    if let Some(fields) = own.fields {
        push_all(out, &[fields, ", "]);
    }
}

/// Extras of our own that can be written; the order of the track's is theirs when read again.
#[derive(Default)]
struct Own<'a> {
    look: Vec<(&'a str, &'a str)>,
    fields: Option<&'a str>,
}

impl<'a> Own<'a> {
    /// Takes a part of the look, unless it is what is written anyway. Read again, the parts stand in the order of the table and
    /// before other fields.
    fn look(&mut self, extra: &'a Extra) -> bool {
        let Extra { format, key, value } = extra;
        let place = |key: &str| LOOK.iter().position(|(look, _)| *look == key);
        let Some((at, (_, usual))) = place(key).and_then(|at| Some((at, LOOK.get(at)?))) else { return false };
        let in_order = self.fields.is_none() && self.look.last().is_none_or(|(last, _)| place(last) < Some(at));
        let fits = *format == ID && value != usual && in_order && is_value(value);
        if fits {
            self.look.push((key, value));
        }
        fits
    }

    /// Takes other fields, none of which may be `taken`.
    fn fields(&mut self, extra: &'a Extra, taken: &dyn Fn(&str, &str) -> bool) -> bool {
        let Extra { format, key, value } = extra;
        let fits = *format == ID && *key == FIELDS && self.fields.is_none() && are_fields(value, taken);
        if fits {
            self.fields = Some(value);
        }
        fits
    }
}

/// It is one JSON value, with nothing around it.
fn is_value(text: &str) -> bool {
    text.trim() == text && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// They are fields as the reader puts them together, none of them `taken`.
fn are_fields(text: &str, taken: &dyn Fn(&str, &str) -> bool) -> bool {
    let object = ["{", text, "}"].concat();
    if text.is_empty() || !is_value(&object) {
        return false;
    }
    let (mut again, mut other) = (String::new(), true);
    json::fields(&object, &mut |key, value| {
        other &= !taken(key, value);
        push_field(&mut again, key, value);
    });
    other && again == text
}

fn push_all(out: &mut Vec<u8>, parts: &[&str]) {
    parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
}

fn push_cue<'a>(out: &mut Vec<u8>, renderer: &mut Renderer<'a, '_, Tags>, index: usize, cue: &'a Cue) {
    // The pen counts the evidence.
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    out.extend_from_slice(b"  {\"from\": ");
    push_time(out, range.start);
    out.extend_from_slice(b", \"to\": ");
    push_time(out, range.end);
    let key = placement.as_deref().map_or(BOTTOM_CENTRE, |placement| keypad(placement, &mut renderer.pen));
    out.extend_from_slice(b", \"location\": ");
    out.push(b'0'.saturating_add(key));
    renderer.pen.unnamed(id.as_deref());
    let mut own = Own::default();
    for extra in extras {
        if !own.fields(extra, &|key, _| OF_CUE.contains(&key)) {
            renderer.pen.leftovers.drop(extra);
        }
    }
    out.extend_from_slice(b", \"content\": ");
    renderer.text(text);
    // A string is always JSON.
    out.extend_from_slice(&serde_json::to_vec(&renderer.pen.out).unwrap_or_default());
    if let Some(fields) = own.fields {
        push_all(out, &[", ", fields]);
    }
    out.push(b'}');
}

/// The key nearest to a placement; what it does not say is reported. That the bottom centre was asked for is not told from
/// that it was not.
fn keypad(placement: &Placement, pen: &mut Pen<'_>) -> u8 {
    pen.no_region(Some(placement));
    let (key, exact) = to_keypad(placement);
    if !exact || key == BOTTOM_CENTRE {
        pen.lost(loss::PLACEMENT);
    }
    key
}

/// Appends seconds, to the flick.
fn push_time(out: &mut Vec<u8>, time: Time) {
    // Writing to a Vec cannot fail.
    let _ = write_seconds(out, time.flicks().into());
}
