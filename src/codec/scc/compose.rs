//! A caption as words: lines of characters with looks, wrapped, and the codes that put them on the screen.

use super::letter::{code, substitute};
use super::screen::{Look, Shape, WIDTH};
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

type Styled = (char, Look);

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
}

impl Line {
    /// Columns it takes.
    pub(super) fn width(&self) -> usize {
        self.items.len()
    }
}

/// What was done to a text so that it fits.
#[derive(Default)]
pub(super) struct Fitted {
    pub(super) lines: Vec<Line>,
    /// Lines that were longer than a row.
    pub(super) wrapped: bool,
    /// Changes of look that had to take a column of their own.
    pub(super) spaced: bool,
    pub(super) blank: u64,
    /// Spaces at the edge of a line.
    pub(super) edges: bool,
    /// What has no row.
    pub(super) cut: String,
}

/// Brings lines into rows.
pub(super) fn fit(lines: &[Vec<Styled>]) -> Fitted {
    let mut fitted = Fitted::default();
    for line in lines {
        let trimmed = trim(line);
        if trimmed.is_empty() {
            fitted.blank = fitted.blank.saturating_add(1);
            continue;
        }
        fitted.edges |= trimmed.len() < line.len();
        let parts = wrap(trimmed, &mut fitted.spaced);
        fitted.wrapped |= parts.len() > 1;
        for (part, line) in parts {
            if fitted.lines.len() < ROWS {
                fitted.lines.push(line);
            } else {
                fitted.cut.extend(part.iter().map(|(c, _)| *c).chain([' ']));
            }
        }
    }
    fitted
}

fn trim(line: &[Styled]) -> &[Styled] {
    let seen = |(c, _): &Styled| *c != ' ';
    let (first, last) = (line.iter().position(seen), line.iter().rposition(seen));
    first.zip(last).and_then(|(first, last)| line.get(first..=last)).unwrap_or_default()
}

/// A line as parts that fit into a row each, cut at spaces where there are any.
fn wrap<'a>(line: &'a [Styled], spaced: &mut bool) -> Vec<(&'a [Styled], Line)> {
    let mut parts = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        // Changes of look take columns, too: then fewer characters fit.
        let mut most = WIDTH;
        loop {
            let (part, after) = break_line(rest, most);
            let (items, extra) = items(part);
            if items.width() <= WIDTH || most <= 1 {
                *spaced |= extra;
                parts.push((part, items));
                rest = trim(after);
                break;
            }
            most = most.saturating_sub(items.width().saturating_sub(WIDTH).max(1)).max(1);
        }
    }
    parts
}

fn break_line(line: &[Styled], most: usize) -> (&[Styled], &[Styled]) {
    if line.len() <= most {
        return (line, &[]);
    }
    let head = line.get(..most.saturating_add(1)).unwrap_or(line);
    let at = head.iter().rposition(|(c, _)| *c == ' ').filter(|at| *at > 0).unwrap_or(most);
    let (head, tail) = line.split_at_checked(at).unwrap_or((line, &[]));
    (trim(head), tail)
}

/// The codes of a line, and whether changes of look took columns that the text has not.
fn items(line: &[Styled]) -> (Line, bool) {
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
    (Line { look, items }, extra)
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
