//! Reading.

use super::{BODY, BOTTOM_CENTRE, FIELDS, ID, LOOK};
use crate::codec::json::{self, Met};
use crate::codec::srt::placement::from_keypad;
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::lang::LangTag;
use crate::model::{Cue, Extra, Track};
use crate::source::Source;
use crate::time::TimeRange;

/// Reads BCC.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let mut track = Track { cues: room_for_cues(source.text().len()), ..Track::default() };
    let (mut fields, mut known) = (String::new(), false);
    let walked = json::walk(source.text(), BODY, &mut |met| {
        match met {
            Met::Item("", ..) => {}
            Met::Item(_, index, value) => {
                known = true;
                track.cues.extend(cue(source, index, value, report));
            }
            Met::Field("lang", value) => match language(value) {
                Some(lang) => track.lang = Some(lang),
                None => push_field(&mut fields, "lang", value),
            },
            Met::Field(key, value) => match LOOK.iter().find(|(look, _)| *look == key) {
                Some((key, usual)) => {
                    known = true;
                    if value != *usual {
                        track.extras.push(Extra { format: ID, key, value: value.to_owned() });
                    }
                }
                None => push_field(&mut fields, key, value),
            },
        }
        true
    });
    // In the order in which they are written.
    track.extras.sort_by_key(|extra| LOOK.iter().position(|(key, _)| *key == extra.key));
    track.extras.extend(extra(fields));
    json::broken(walked, source, &track.cues, report)?;
    if !known && !has_body(source.text()) {
        return Err(json::refuse(source, "captions of Bilibili (`body`)", "哔哩哔哩字幕（`body`）"));
    }
    Ok(track)
}

/// A list of cues that is empty.
fn has_body(text: &str) -> bool {
    let mut found = false;
    json::fields(text.trim(), &mut |key, value| found |= key == "body" && value.starts_with('['));
    found
}

/// A language tag.
pub(super) fn language(value: &str) -> Option<LangTag> {
    LangTag::parse(&json::string(value)?)
}

fn cue(source: &Source, index: usize, value: &str, report: &mut Report) -> Option<Cue> {
    let (mut from, mut to, mut content, mut placement, mut fields) = (None, None, None, None, String::new());
    json::fields(value, &mut |key, value| match key {
        "from" => from = json::time(value, 1),
        "to" => to = json::time(value, 1),
        "content" => content = json::string(value).map(|text| text.into_owned()),
        "location" => match json::integer(value).and_then(|key| u8::try_from(key).ok()) {
            Some(BOTTOM_CENTRE) => {}
            Some(key @ 1..=9) => placement = from_keypad(key),
            _ => push_field(&mut fields, key, value),
        },
        _ => push_field(&mut fields, key, value),
    });
    let span = source.span_of(value);
    let missing = [("from", from.is_none()), ("to", to.is_none()), ("content", content.is_none())];
    if let Some((field, _)) = missing.into_iter().find(|(_, missing)| *missing) {
        let bad = Diagnostic::new(service::BAD_ITEM, Location { span, ..Location::FILE });
        report.push(bad.with("path", format!("body[{index}]")).with("field", field));
    }
    let mut cue = Cue::new(TimeRange::new(from?, to?), content?);
    cue.placement = placement.map(Box::new);
    cue.extras = extra(fields).into_iter().collect();
    cue.origin = span;
    Some(cue)
}

/// Appends `"key": value`.
pub(super) fn push_field(fields: &mut String, key: &str, value: &str) {
    if !fields.is_empty() {
        fields.push_str(", ");
    }
    let key = serde_json::to_string(key).unwrap_or_default();
    fields.extend([key.as_str(), ": ", value]);
}

fn extra(fields: String) -> Option<Extra> {
    (!fields.is_empty()).then_some(Extra { format: ID, key: FIELDS, value: fields })
}
