//! `json3`: long names.

use super::event::{Event, Piece};
use super::pen::Pen;
use super::place::{Point, Style};
use super::roll::Roll;
use crate::codec::ReadOptions;
use crate::codec::json::{self, Met};
use crate::diag::Report;
use crate::error::Result;
use crate::model::Track;
use crate::source::Source;

/// The list of events.
pub(super) static EVENTS: &[&str] = &["events"];

/// What events name: by their place in these lists.
static SHEET: &[&str] = &["pens", "wsWinStyles", "wpWinPositions"];

/// Long names and short ones. Long names are the short ones with a word to explain them, but for these.
const SHORT: [(&str, &str); 9] = [
    ("bAttr", "b"),
    ("iAttr", "i"),
    ("uAttr", "u"),
    ("pParentId", "p"),
    ("pPenId", "p"),
    ("tStartMs", "t"),
    ("tOffsetMs", "t"),
    ("dDurationMs", "d"),
    ("acAsrConf", "ac"),
];

/// The short name of a long one: `fc` of `fcForeColor`.
fn short(long: &str) -> &str {
    let prefix = long.split(|c: char| c.is_ascii_uppercase()).next().unwrap_or(long);
    SHORT.iter().find(|(known, _)| *known == long).map_or(prefix, |(_, short)| short)
}

/// Reads `json3`.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut roll = Roll::new(text.len());
    // Events may stand before what they name. What is broken shows in the second pass.
    let _ = json::walk(text, SHEET, &mut |met| {
        if let Met::Item(list, index, value) = met {
            define(&mut roll, list, i64::try_from(index).unwrap_or(i64::MAX), value);
        }
        true
    });
    let mut found = false;
    let walked = json::walk(text, EVENTS, &mut |met| {
        match met {
            Met::Item("events", _, value) => {
                found = true;
                let event = event(source, value, &mut roll);
                roll.event(event, report);
            }
            Met::Field("pens" | "wsWinStyles" | "wpWinPositions" | "wireMagic", _) => {
                found = true;
            }
            Met::Field(key, _) => roll.unread.add(key),
            Met::Item(..) => {}
        }
        true
    });
    json::broken(walked, source, &roll.cues, report)?;
    if !found {
        return Err(json::refuse(source, "captions of YouTube (`events`)", "YouTube 字幕（`events`）"));
    }
    Ok(roll.finish(report))
}

fn define(roll: &mut Roll, list: &str, id: i64, value: &str) {
    let Roll { sheet, unread, .. } = roll;
    match list {
        "pens" => {
            let mut pen = Pen::default();
            json::fields(value, &mut |key, value| pen.set(short(key), value, unread));
            sheet.pens.insert(id, pen);
        }
        "wsWinStyles" => {
            let mut style = Style::default();
            json::fields(value, &mut |key, value| style.set(short(key), value, unread));
            sheet.styles.insert(id, style);
        }
        "wpWinPositions" => {
            let mut point = Point::default();
            json::fields(value, &mut |key, value| point.set(short(key), value, unread));
            sheet.points.insert(id, point);
        }
        _ => {}
    }
}

fn event(source: &Source, value: &str, roll: &mut Roll) -> Event {
    let mut event = Event { span: source.span_of(value), ..Event::default() };
    json::fields(value, &mut |key, value| {
        if key == "segs" {
            json::items(value, &mut |value| event.pieces.push(piece(value, roll)));
        } else if !event.set(short(key), value) {
            roll.unread.add(key);
        }
    });
    event
}

fn piece(value: &str, roll: &mut Roll) -> Piece {
    let mut piece = Piece::default();
    json::fields(value, &mut |key, value| {
        if key == "utf8" {
            piece.text = json::string(value).map(|text| text.into_owned()).unwrap_or_default();
        } else if !piece.set(short(key), value) {
            roll.unread.add(key);
        }
    });
    piece
}
