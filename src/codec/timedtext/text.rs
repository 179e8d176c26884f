//! The text of an event, from its pieces.

use super::event::{Event, Piece, Sheet};
use super::pen::Ruby;
use crate::model::{CueWord, Heard, Mark, MarkKind, Ruby as Reading, StyledText};
use crate::time::{Time, TimeRange};

/// The text of an event with the marks of its pens; `karaoke` if offsets of pieces are times from which the rest is shown.
pub(super) fn text(event: &Event, sheet: &Sheet, karaoke: bool) -> StyledText {
    let mut text = StyledText::default();
    // Where the pen that is in use was taken up.
    let mut run = (0u32, event.pieces.first().and_then(|piece| pen_of(event, piece)));
    let mut shown = Vec::new();
    let mut rest = event.pieces.as_slice();
    while let [piece, after @ ..] = rest {
        rest = after;
        let pen = pen_of(event, piece);
        if pen != run.1 {
            draw(&mut text, sheet, run);
            run = (text.len(), pen);
        }
        if let Some(offset) = piece.offset.filter(|offset| karaoke && *offset > Time::ZERO) {
            shown.push((text.len(), event.start + (offset - Time::ZERO)));
        }
        let start = text.len();
        push(&mut text.plain, &piece.text);
        if let Some((reading, after)) = reading(event, sheet, piece, after) {
            let ruby = Reading { text: StyledText::from(reading.text.as_str()) };
            text.add(Mark::new(start..text.len(), MarkKind::Ruby(Box::new(ruby))));
            rest = after;
        }
    }
    draw(&mut text, sheet, run);
    let end = text.len();
    for (at, time) in shown {
        text.add(Mark::new(at..end, MarkKind::Shown(time)));
    }
    trimmed(&text)
}

fn pen_of(event: &Event, piece: &Piece) -> Option<i64> {
    piece.pen.or(event.pen)
}

/// Marks what was written since the pen was taken up.
fn draw(text: &mut StyledText, sheet: &Sheet, (start, pen): (u32, Option<i64>)) {
    let end = text.len();
    if start < end
        && let Some(pen) = pen.and_then(|pen| sheet.pens.get(&pen))
    {
        pen.marks().into_iter().for_each(|kind| text.add(Mark::new(start..end, kind)));
    }
}

/// Line ends are `\n`.
fn push(plain: &mut String, text: &str) {
    if text.contains('\r') {
        plain.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        plain.push_str(text);
    }
}

/// The reading of a ruby base, and what follows: base, bracket, reading, bracket (the brackets are for players without ruby).
fn reading<'e>(event: &Event, sheet: &Sheet, base: &Piece, after: &'e [Piece]) -> Option<(&'e Piece, &'e [Piece])> {
    let ruby =
        |piece: &Piece| pen_of(event, piece).and_then(|pen| sheet.pens.get(&pen)).map_or(Ruby::No, |pen| pen.ruby);
    let bracket =
        |piece: &Piece| ruby(piece) == Ruby::Bracket || matches!(piece.text.as_str(), "(" | ")" | "（" | "）");
    if ruby(base) != Ruby::Base {
        return None;
    }
    match after {
        [open, reading, close, rest @ ..] if ruby(reading) == Ruby::Reading && bracket(open) && bracket(close) => {
            Some((reading, rest))
        }
        [reading, rest @ ..] if ruby(reading) == Ruby::Reading => Some((reading, rest)),
        _ => None,
    }
}

/// Without white space around it.
fn trimmed(text: &StyledText) -> StyledText {
    let plain = text.plain.as_str();
    let start = plain.len().saturating_sub(plain.trim_start().len());
    let end = plain.trim_end().len().max(start);
    if start == 0 && end == plain.len() {
        return text.clone();
    }
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    text.slice(offset(start)..offset(end))
}

/// The words of recognised speech: pieces with offsets, each until the next, the last until `end`.
pub(super) fn words(event: &Event, end: Time) -> Vec<CueWord> {
    // YouTube writes a byte.
    const SURE: f32 = 255.0;
    let mut words: Vec<CueWord> = Vec::new();
    for piece in event.pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let start = event.start + (piece.offset.unwrap_or_default() - Time::ZERO);
        if let Some(last) = words.last_mut() {
            last.range.end = start.max(last.range.start);
        }
        let confidence = piece.confidence.and_then(|byte| u8::try_from(byte).ok()).filter(|byte| *byte > 0);
        words.push(CueWord {
            text: piece.text.trim().to_owned(),
            range: TimeRange::new(start, end.max(start)),
            how: Heard::Recognised,
            score: confidence.map(|byte| f32::from(byte) / SURE),
        });
    }
    words
}
