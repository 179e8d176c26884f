//! A text as the bytes of a text field (Tech 3264 §4.2, TF): lines, codes, characters.

use super::letter::Letters;
use super::plan::Room;
use super::text::{BLACK, Look, PLAIN};
use crate::codec::grid::{self, Cell, Squeezed};

/// The end of a line, and of what is used of a block.
pub(super) const NEW_LINE: u8 = 0x8A;
pub(super) const UNUSED: u8 = 0x8F;
const DOUBLE_HEIGHT: u8 = 0x0D;
/// Sent twice, so that one lost byte does not open or close a box (ETS 300 706 §12.2).
const START_BOX: [u8; 2] = [0x0B; 2];
const END_BOX: [u8; 2] = [0x0A; 2];
const BLACK_BACKGROUND: u8 = 0x1C;
const NEW_BACKGROUND: u8 = 0x1D;

/// A character and its look.
pub(super) type Styled = Cell<Look>;

/// What was done to a text so that it fits.
#[derive(Default)]
pub(super) struct Fitted {
    /// Lines, without what stands around each.
    lines: Vec<Row>,
    pub(super) squeezed: Squeezed,
}

/// A line: the codes it begins with, and the rest.
#[derive(Default)]
struct Row {
    lead: Vec<u8>,
    bytes: Vec<u8>,
    /// Columns of both.
    columns: usize,
    spaced: bool,
    /// How its end looks: italics and underlines go on.
    state: Slant,
}

/// Italic, underlined.
type Slant = (bool, bool);

impl Fitted {
    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// The text field, without unused space.
    pub(super) fn bytes(&self, room: Room) -> Vec<u8> {
        let mut out = Vec::new();
        for (i, Row { lead, bytes, .. }) in self.lines.iter().enumerate() {
            if i > 0 {
                // A line of double height takes two rows.
                out.extend(std::iter::repeat_n(NEW_LINE, usize::from(room.line_height())));
            }
            if room.teletext {
                out.push(DOUBLE_HEIGHT);
                out.extend_from_slice(lead);
                out.extend(START_BOX);
                out.extend_from_slice(bytes);
                out.extend(END_BOX);
            } else {
                out.extend_from_slice(lead);
                out.extend_from_slice(bytes);
            }
        }
        out
    }
}

/// Brings lines into rows.
pub(super) fn fit(lines: &[Vec<Styled>], letters: &Letters, room: Room) -> Fitted {
    let mut fitted = Fitted::default();
    let most = usize::from(room.rows.checked_div(room.line_height()).unwrap_or(1)).max(1);
    let around = if room.teletext { [DOUBLE_HEIGHT].len().saturating_add(START_BOX.len()) } else { 0 };
    let columns = room.columns.saturating_sub(around).max(1);
    let mut state = (false, false);
    for line in lines {
        let Some(mut rest) = fitted.squeezed.trim(line) else { continue };
        let mut parts = 0usize;
        while !rest.is_empty() {
            let (part, after, row) = grid::broken(rest, columns, |part| row(part, state, letters));
            if fitted.lines.len() < most {
                state = row.state;
                fitted.squeezed.spaced |= row.spaced;
                fitted.lines.push(row);
            } else {
                fitted.squeezed.cut(part);
            }
            rest = after;
            parts = parts.saturating_add(1);
        }
        fitted.squeezed.wrapped |= parts > 1;
    }
    fitted
}

impl grid::Row for Row {
    fn columns(&self) -> usize {
        self.columns
    }
}

/// The bytes of a line. Colours begin anew in each; a code of teletext takes a column and shows as a space.
fn row(line: &[Styled], (italic, underline): Slant, letters: &Letters) -> Row {
    let mut now = Look { italic, underline, ..PLAIN };
    let mut row = Row::default();
    let mut before = None;
    let mut chars = line.iter().copied().peekable();
    while let Some((c, look)) = chars.next() {
        open_codes(&mut row, &mut now, look);
        let codes = color_codes(now, look);
        (now.color, now.background) = (look.color, look.background);
        if !codes.is_empty() {
            row.columns = row.columns.saturating_add(codes.len());
            if before.is_none() {
                row.lead.extend_from_slice(&codes);
            } else {
                row.bytes.extend_from_slice(&codes);
            }
            // The first of them is the space, where there is one.
            let spaces = before.is_some_and(|before| before != ' ');
            if spaces && c == ' ' {
                before = Some(' ');
                continue;
            }
            row.spaced |= spaces;
        }
        // A combining mark goes before its letter.
        let mark = chars.peek().and_then(|(mark, _)| letters.mark(*mark));
        if let Some(mark) = mark {
            row.bytes.push(mark);
            chars.next();
        }
        letters.put(c, &mut row.bytes);
        row.columns = row.columns.saturating_add(1);
        before = Some(c);
    }
    row.state = (now.italic, now.underline);
    row
}

/// Codes of open subtitles, which take no column: italics and underline, on and off.
fn open_codes(row: &mut Row, now: &mut Look, look: Look) {
    if now.italic != look.italic {
        row.bytes.push(if look.italic { 0x80 } else { 0x81 });
    }
    if now.underline != look.underline {
        row.bytes.push(if look.underline { 0x82 } else { 0x83 });
    }
    (now.italic, now.underline) = (look.italic, look.underline);
}

/// Codes of teletext from one pair of colours to another: a new background takes the colour that the text has.
fn color_codes(now: Look, look: Look) -> Vec<u8> {
    let mut codes = Vec::new();
    let mut color = now.color;
    if now.background != look.background {
        if look.background == BLACK {
            codes.push(BLACK_BACKGROUND);
        } else {
            if color != look.background {
                codes.push(look.background);
            }
            codes.push(NEW_BACKGROUND);
            color = look.background;
        }
    }
    if color != look.color {
        codes.push(look.color);
    }
    codes
}
