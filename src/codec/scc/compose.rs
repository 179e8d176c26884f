//! A caption as words: lines of characters with looks, wrapped, and the codes that put them on the screen.

use super::letter::{code, substitute};
use super::screen::{Look, Shape, WIDTH};
use crate::codec::grid::{self, Cell, Squeezed};
use cea608_types::tables::{
    Channel, Code, Color, Control, ControlCode, Field, MidRow, PreambleAddressCode, PreambleType,
};

/// Rows that a caption may have (47 CFR 15.119; a decoder need not show more).
pub(super) const ROWS: usize = 4;
/// Columns of an indent (47 CFR 15.119, preamble address codes).
const INDENT: usize = 4;

/// One or two frames: a word, sent twice if it is a control code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) word: [u8; 2],
    pub(super) twice: bool,
}

impl Unit {
    pub(super) fn frames(self) -> u64 {
        if self.twice { 2 } else { 1 }
    }
}

/// A control code of CC1.
pub(super) fn control(control: Control) -> Unit {
    Unit { word: bytes(Code::Control(ControlCode::new(Field::ONE, Channel::ONE, control))), twice: true }
}

fn bytes(code: Code) -> [u8; 2] {
    let mut bytes = [0x80; 2];
    code.write_into(&mut bytes);
    bytes
}

type Styled = Cell<Look>;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    Char(char),
    Change(MidRow),
}

/// A line as it is sent: the look it begins with, and what follows.
pub(super) struct Line {
    look: Look,
    items: Vec<Item>,
    /// Changes of look take columns that the text has not.
    spaced: bool,
}

impl grid::Row for Line {
    fn columns(&self) -> usize {
        self.items.len()
    }
}

/// What was done to a text so that it fits.
#[derive(Default)]
pub(super) struct Fitted {
    pub(super) lines: Vec<Line>,
    pub(super) squeezed: Squeezed,
}

/// Brings lines into rows.
pub(super) fn fit(lines: &[Vec<Styled>]) -> Fitted {
    let mut fitted = Fitted::default();
    for line in lines {
        let Some(mut rest) = fitted.squeezed.trim(line) else { continue };
        let mut parts = 0usize;
        while !rest.is_empty() {
            let (part, after, row) = grid::broken(rest, WIDTH, items);
            fitted.squeezed.spaced |= row.spaced;
            if fitted.lines.len() < ROWS {
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

/// The codes of a line.
fn items(line: &[Styled]) -> Line {
    let look = line.first().map_or(Look::PLAIN, |(_, look)| *look);
    let mut state = look;
    let mut items = Vec::with_capacity(line.len());
    let mut extra = false;
    for (i, (c, own)) in line.iter().enumerate() {
        let next = line.get(i.saturating_add(1));
        // A space looks like nothing: what follows it counts, and a change takes its place.
        let wanted = if *c == ' ' { next.map_or(*own, |(_, look)| *look) } else { *own };
        let changes = changes(state, wanted);
        let room = usize::from(*c == ' ');
        extra |= changes.len() > room;
        if changes.is_empty() || *c != ' ' {
            items.extend(changes.into_iter().map(Item::Change));
            items.push(Item::Char(*c));
        } else {
            items.extend(changes.into_iter().map(Item::Change));
        }
        state = wanted;
    }
    Line { look, items, spaced: extra }
}

/// The mid-row codes from one look to another: a colour ends italics, and italics keep the colour (47 CFR 15.119, mid-row codes).
fn changes(from: Look, to: Look) -> Vec<MidRow> {
    if from == to {
        return Vec::new();
    }
    let italics = MidRow::new_italics(to.underline);
    let color = MidRow::new_color(to.color, to.underline);
    match (to.italic, from.color == to.color) {
        (true, true) => vec![italics],
        (true, false) => vec![color, italics],
        (false, _) => vec![color],
    }
}

/// How many columns a line must leave free at its left for the codes of its first look.
pub(super) fn lead(line: &Line, column: usize) -> usize {
    let plain = Look { underline: line.look.underline, ..Look::PLAIN };
    let needed = changes(plain, line.look).len();
    // In the first column the address itself can say one of them.
    if column < needed { needed.saturating_sub(1) } else { needed }
}

/// Moves what begins too far left for its look.
pub(super) fn make_room(lines: &[Line], shapes: &mut [Shape]) {
    for (line, shape) in lines.iter().zip(shapes) {
        let most = WIDTH.saturating_sub(shape.width);
        shape.column = shape.column.max(lead(line, shape.column)).min(most);
    }
}

/// The words that load a caption, without the one that shows it.
pub(super) fn load(lines: &[Line], shapes: &[Shape]) -> Vec<Unit> {
    let mut units = vec![control(Control::ResumeCaptionLoading), control(Control::EraseNonDisplayedMemory)];
    for (line, shape) in lines.iter().zip(shapes) {
        address(line, *shape, &mut units);
        text(&line.items, &mut units);
    }
    units
}

/// Goes to the place of a line and sets its first look.
fn address(line: &Line, shape: Shape, units: &mut Vec<Unit>) {
    let look = line.look;
    let plain = Look { underline: look.underline, ..Look::PLAIN };
    let mut changes = changes(plain, look);
    let lead = lead(line, shape.column);
    let row = u8::try_from(shape.row).unwrap_or(0);
    let preamble = |kind| control(Control::PreambleAddress(PreambleAddressCode::new(row, look.underline, kind)));
    if lead < changes.len() {
        // The address says the first change, which puts it into the first column.
        let kind =
            if changes.remove(0).italics() { PreambleType::WhiteItalics } else { PreambleType::Color(look.color) };
        units.push(preamble(kind));
    } else {
        let column = shape.column.saturating_sub(lead);
        let indent = (column / INDENT).saturating_mul(INDENT);
        let kind = u8::try_from(indent).ok().and_then(PreambleType::from_indent);
        units.push(preamble(kind.unwrap_or(PreambleType::Color(Color::White))));
        let tab = u8::try_from(column.saturating_sub(indent)).unwrap_or(0);
        units.extend(Control::tab_offset(tab).map(control));
    }
    units.extend(changes.into_iter().map(|change| control(Control::MidRow(change))));
}

/// Characters two in a word, control codes in words of their own.
fn text(items: &[Item], units: &mut Vec<Unit>) {
    let mut half: Option<u8> = None;
    for item in items {
        let code = match item {
            Item::Char(c) => code(*c).unwrap_or(Code::QuestionMark),
            Item::Change(change) => Code::Control(ControlCode::new(Field::ONE, Channel::ONE, Control::MidRow(*change))),
        };
        if code.byte_len() == 1 {
            single(bytes(code), &mut half, units);
            continue;
        }
        if let (Item::Char(c), true) = (item, code.needs_backspace()) {
            let plain = self::code(substitute(*c)).filter(|code| code.byte_len() == 1).unwrap_or(Code::HyphenMinus);
            single(bytes(plain), &mut half, units);
        }
        flush(&mut half, units);
        units.push(Unit { word: bytes(code), twice: true });
    }
    flush(&mut half, units);
}

fn single([byte, _]: [u8; 2], half: &mut Option<u8>, units: &mut Vec<Unit>) {
    match half.take() {
        Some(first) => units.push(Unit { word: [first, byte], twice: false }),
        None => *half = Some(byte),
    }
}

/// A byte that stands alone goes with a null of odd parity.
fn flush(half: &mut Option<u8>, units: &mut Vec<Unit>) {
    if let Some(first) = half.take() {
        units.push(Unit { word: [first, 0x80], twice: false });
    }
}
