//! The text field (Tech 3264 §4.2, TF): characters and control codes.

use super::letter::{Table, compose};
use crate::codec::runs;
use crate::model::{MarkKind, Rgba, StyledText};

/// A text, and what was seen in it.
pub(super) struct Field {
    pub(super) text: StyledText,
    /// Bytes that are no character.
    pub(super) unknown: u64,
    /// Rows it takes: lines of double height take two.
    pub(super) rows: u8,
}

/// How a character looks: colours of teletext by number.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) color: u8,
    pub(super) background: u8,
    pub(super) italic: bool,
    pub(super) underline: bool,
}

pub(super) const WHITE: u8 = 7;
pub(super) const BLACK: u8 = 0;
pub(super) const PLAIN: Look = Look { color: WHITE, background: BLACK, italic: false, underline: false };

/// Reads the bytes of a subtitle, its extension blocks joined.
pub(super) fn read(bytes: &[u8], table: Table) -> Field {
    let mut lines: Vec<Vec<(char, Look)>> = vec![Vec::new()];
    let (mut look, mut accent, mut unknown, mut rows, mut double) = (PLAIN, None, 0u64, 1u8, false);
    for byte in bytes.iter().copied() {
        let line = lines.last_mut();
        match byte {
            // Unused space: nothing follows in this block.
            0x8F => {}
            0x8A => {
                rows = rows.saturating_add(1);
                (look.color, look.background) = (WHITE, BLACK);
                // A line of double height is followed by two.
                if line.is_some_and(|line| !line.is_empty()) {
                    lines.push(Vec::new());
                }
            }
            0x80 | 0x81 => look.italic = byte == 0x80,
            0x82 | 0x83 => look.underline = byte == 0x82,
            // Boxing, and codes in reserve.
            0x84..=0x9F => {}
            0x00..=0x1F => {
                match byte {
                    0x00..=0x07 => look.color = byte,
                    0x0D | 0x0F => double = true,
                    0x1C => look.background = BLACK,
                    0x1D => look.background = look.color,
                    _ => {}
                }
                if let Some(line) = line.filter(|line| line.last().is_some_and(|(c, _)| *c != ' ')) {
                    line.push((' ', look));
                }
            }
            _ if table.accent(byte).is_some() => accent = table.accent(byte),
            _ => {
                let letter = table.letter(byte).unwrap_or_else(|| {
                    unknown = unknown.saturating_add(1);
                    '\u{FFFD}'
                });
                let (c, mark) = match accent.take() {
                    Some(accent) => compose(letter, accent),
                    None => (letter, None),
                };
                let Some(line) = line else { continue };
                // Space at the edge places a line.
                if c != ' ' || !line.is_empty() {
                    line.push((c, look));
                    line.extend(mark.map(|mark| (mark, look)));
                }
            }
        }
    }
    Field { text: join(lines), unknown, rows: rows.saturating_add(u8::from(double)) }
}

/// Lines of characters as one text.
pub(super) fn join(lines: Vec<Vec<(char, Look)>>) -> StyledText {
    let mut chars: Vec<(char, Look)> = Vec::new();
    for mut line in lines {
        let length = line.iter().rposition(|(c, _)| *c != ' ').map_or(0, |last| last.saturating_add(1));
        line.truncate(length);
        let (Some((_, first)), last) = (line.first(), chars.last()) else { continue };
        if let Some((_, last)) = last {
            chars.push(('\n', both(*last, *first)));
        }
        chars.append(&mut line);
    }
    runs::styled(chars.into_iter().map(|(c, look)| {
        let background = (look.background != BLACK).then(|| MarkKind::Background(rgba(look.background)));
        let color = (look.color != WHITE).then(|| MarkKind::Color(rgba(look.color)));
        let (italic, underline) =
            (look.italic.then_some(MarkKind::Italic), look.underline.then_some(MarkKind::Underline));
        (c, [background, color, italic, underline])
    }))
}

/// What a line break has: what both sides have.
fn both(a: Look, b: Look) -> Look {
    Look {
        color: if a.color == b.color { a.color } else { WHITE },
        background: if a.background == b.background { a.background } else { BLACK },
        italic: a.italic && b.italic,
        underline: a.underline && b.underline,
    }
}

/// The colours of teletext: red, green and blue by bit (ETS 300 706 §12.2).
pub(super) fn rgba(color: u8) -> Rgba {
    let channel = |bit: u8| if color & bit == 0 { 0 } else { u8::MAX };
    Rgba { r: channel(1), g: channel(2), b: channel(4), a: u8::MAX }
}
