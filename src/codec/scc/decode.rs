//! The decoder of 47 CFR 15.119 (now 79.101; CTA-608-E has it as annex F): words to captions.

use super::layout::{self, arrange};
use super::screen::{Cell, Look, Screen, Shape, WIDTH};
use crate::model::{Placement, StyledText};
use cea608_types::tables::{Channel, Code, Control, ControlCode, Field, MidRow, PreambleAddressCode};

/// Where roll-up captions stand unless a code says otherwise (47 CFR 15.119(f)(1)).
const BASE_ROW: usize = 14;
/// Channels in a line: CC1 to CC4.
pub(super) const CHANNELS: usize = 4;

/// A caption that was shown.
pub(super) struct Caption {
    /// Frames.
    pub(super) start: u64,
    pub(super) end: u64,
    /// Where in the file it appears.
    pub(super) at: usize,
    pub(super) text: StyledText,
    pub(super) placement: Option<Placement>,
    /// Where its lines stand, if the placement does not say that.
    pub(super) rows: Option<String>,
}

/// How often something was met, and where first.
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    pub(super) count: u64,
    pub(super) at: usize,
}

impl Met {
    pub(super) fn add(&mut self, at: usize) {
        if self.count == 0 {
            self.at = at;
        }
        self.count = self.count.saturating_add(1);
    }
}

/// What was met and is not in the captions.
#[derive(Default)]
pub(super) struct Noticed {
    pub(super) parity: Met,
    pub(super) other_channels: Met,
    pub(super) text_mode: Met,
    pub(super) unknown: Met,
    pub(super) overlong: Met,
    pub(super) roll_up: Met,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    PopOn,
    PaintOn,
    RollUp,
    /// Text service: no captions.
    Text,
}

/// Which channel a stream of words is in.
#[derive(Clone, Copy, Default)]
pub(super) struct Tuner {
    second_field: bool,
    second_channel: bool,
}

impl Tuner {
    /// Goes where a control code says, and tells which channel that is: 0 for CC1.
    pub(super) fn tune(&mut self, control: &ControlCode) -> usize {
        if let Some(field) = control.field() {
            self.second_field = field == Field::TWO;
        }
        self.second_channel = control.channel() == Channel::TWO;
        self.channel()
    }

    fn channel(self) -> usize {
        usize::from(self.second_field).saturating_mul(2).saturating_add(usize::from(self.second_channel))
    }
}

/// The codes of a word without its parity.
pub(super) fn codes(word: [u8; 2]) -> [Code; 2] {
    let odd = |b: u8| {
        let b = b & 0x7F;
        if b.count_ones().is_multiple_of(2) { b | 0x80 } else { b }
    };
    let [a, b] = word;
    Code::from_data([odd(a), odd(b)]).unwrap_or([Code::NUL, Code::NUL])
}

/// The decoder of one channel.
pub(super) struct Decoder {
    channel: usize,
    tuner: Tuner,
    mode: Mode,
    shown: Screen,
    hidden: Screen,
    row: usize,
    column: usize,
    look: Look,
    /// Since when, and from where in the file, the screen shows what it does.
    since: Option<(u64, usize)>,
    /// What is painted next is a new caption.
    anew: bool,
    /// The last word, if it was a control code, and its frame.
    last: Option<([u8; 2], u64)>,
    now: u64,
    at: usize,
    pub(super) captions: Vec<Caption>,
    pub(super) noticed: Noticed,
}

impl Decoder {
    pub(super) fn new(channel: usize) -> Self {
        Self {
            channel,
            tuner: Tuner::default(),
            mode: Mode::PopOn,
            shown: Screen::new(),
            hidden: Screen::new(),
            row: BASE_ROW,
            column: 0,
            look: Look::PLAIN,
            since: None,
            anew: false,
            last: None,
            now: 0,
            at: 0,
            captions: Vec::new(),
            noticed: Noticed::default(),
        }
    }

    /// Takes the word of a frame. `at` is where it stands in the file.
    pub(super) fn word(&mut self, word: [u8; 2], frame: u64, at: usize) {
        (self.now, self.at) = (frame, at);
        if word.iter().any(|b| b.count_ones().is_multiple_of(2)) {
            self.noticed.parity.add(at);
        }
        let codes = codes(word);
        let [Code::Control(control), _] = codes else {
            self.last = None;
            return codes.iter().for_each(|code| self.basic(*code));
        };
        // A control code that is sent twice is one (47 CFR 15.119).
        let last = self.last.replace((word, frame));
        if last.is_some_and(|(last, before)| last == word && before.saturating_add(1) == frame) {
            self.last = None;
            return;
        }
        if self.tuner.tune(&control) != self.channel {
            return self.noticed.other_channels.add(at);
        }
        self.control(codes, control.code());
    }

    fn basic(&mut self, code: Code) {
        if code == Code::NUL {
            return;
        }
        if self.tuner.channel() != self.channel {
            return self.noticed.other_channels.add(self.at);
        }
        match code.char() {
            Some(c) => self.put(c),
            None => self.noticed.unknown.add(self.at),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "most codes are characters, which the table tells")]
    fn control(&mut self, [code, _]: [Code; 2], control: Control) {
        match control {
            Control::ResumeCaptionLoading => self.mode = Mode::PopOn,
            Control::ResumeDirectionCaptioning => {
                self.mode = Mode::PaintOn;
                self.anew = true;
            }
            Control::RollUp2 | Control::RollUp3 | Control::RollUp4 => self.roll_up(),
            Control::TextRestart | Control::ResumeTextDisplay => self.mode = Mode::Text,
            Control::EraseDisplayedMemory => {
                self.flush();
                self.shown.clear();
            }
            Control::EraseNonDisplayedMemory => self.hidden.clear(),
            Control::EndOfCaption => {
                self.flush();
                std::mem::swap(&mut self.shown, &mut self.hidden);
                self.mode = Mode::PopOn;
                self.since = self.shown.is_used().then_some((self.now, self.at));
            }
            Control::CarriageReturn if self.mode == Mode::RollUp => {
                self.flush();
                self.shown.clear();
                (self.column, self.look) = (0, Look::PLAIN);
            }
            Control::CarriageReturn | Control::AlarmOff | Control::AlarmOn => {}
            _ if self.mode == Mode::Text => self.noticed.text_mode.add(self.at),
            Control::Backspace => self.back(),
            Control::DeleteToEndOfRow => {
                let (row, column) = (self.row, self.column);
                self.memory().clear_row(row, column);
            }
            Control::TabOffset1 => self.tab(1),
            Control::TabOffset2 => self.tab(2),
            Control::TabOffset3 => self.tab(3),
            Control::PreambleAddress(preamble) => self.address(preamble),
            Control::MidRow(change) => self.change(change),
            Control::TransparentSpace => self.put_cell(Cell::Empty),
            _ => match code.char() {
                Some(c) => {
                    if code.needs_backspace() {
                        self.back();
                    }
                    self.put(c);
                }
                None => self.noticed.unknown.add(self.at),
            },
        }
    }

    /// Roll-up begins; a caption of another mode goes (47 CFR 15.119(f)(1)).
    fn roll_up(&mut self) {
        self.noticed.roll_up.add(self.at);
        if self.mode != Mode::RollUp {
            self.flush();
            self.shown.clear();
            self.hidden.clear();
            self.mode = Mode::RollUp;
            (self.row, self.column, self.look) = (BASE_ROW, 0, Look::PLAIN);
        }
    }

    /// The row and column where text goes on, and its look.
    fn address(&mut self, preamble: PreambleAddressCode) {
        let row = usize::from(preamble.row());
        if self.mode == Mode::RollUp && row != self.row {
            // The base row moves, and what is on it.
            self.flush();
            self.shown.clear();
        }
        (self.row, self.column) = (row, usize::from(preamble.column()));
        self.look = Look { color: preamble.color(), italic: preamble.italics(), underline: preamble.underline() };
    }

    /// A mid-row code shows as a space.
    fn change(&mut self, change: MidRow) {
        self.put_cell(Cell::Gap);
        self.look.underline = change.underline();
        match change.color() {
            Some(color) => (self.look.color, self.look.italic) = (color, false),
            // Italics leave the colour as it is.
            None => self.look.italic = true,
        }
    }

    fn back(&mut self) {
        self.column = self.column.saturating_sub(1);
        let (row, column) = (self.row, self.column);
        self.memory().set(row, column, Cell::Empty);
    }

    fn tab(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns).min(WIDTH.saturating_sub(1));
    }

    fn put(&mut self, c: char) {
        self.put_cell(Cell::Char(c, self.look));
    }

    fn put_cell(&mut self, cell: Cell) {
        match self.mode {
            Mode::Text => return self.noticed.text_mode.add(self.at),
            Mode::PopOn => {}
            Mode::PaintOn | Mode::RollUp => {
                if std::mem::take(&mut self.anew) {
                    self.flush();
                }
                self.since.get_or_insert((self.now, self.at));
            }
        }
        if self.column >= WIDTH {
            // Past the end the last column is written over (47 CFR 15.119(f)).
            self.noticed.overlong.add(self.at);
            self.column = WIDTH.saturating_sub(1);
        }
        let (row, column) = (self.row, self.column);
        self.memory().set(row, column, cell);
        self.column = column.saturating_add(1);
    }

    /// Where text goes.
    fn memory(&mut self) -> &mut Screen {
        match self.mode {
            Mode::PopOn => &mut self.hidden,
            Mode::PaintOn | Mode::RollUp | Mode::Text => &mut self.shown,
        }
    }

    /// What is shown is over, or becomes something else.
    fn flush(&mut self) {
        let Some((start, at)) = self.since.take() else { return };
        let Some((text, shapes)) = self.shown.text() else { return };
        let placement = layout::placement(&shapes);
        let rows = rows(placement.as_ref(), &shapes);
        let end = self.now.max(start.saturating_add(1));
        self.captions.push(Caption { start, end, at, text, placement, rows });
    }

    /// Nothing follows. If something is still shown, it is until `end` frames after its start; whether that is so.
    pub(super) fn finish(&mut self, frames: u64) -> bool {
        let count = self.captions.len();
        if let Some((start, _)) = self.since {
            self.now = start.saturating_add(frames);
        }
        self.flush();
        self.captions.len() > count
    }
}

/// Where the lines stand, if the placement says something else.
pub(super) fn rows(placement: Option<&Placement>, shapes: &[Shape]) -> Option<String> {
    let widths: Vec<usize> = shapes.iter().map(|shape| shape.width).collect();
    (arrange(placement, &widths) != shapes).then(|| layout::spell(shapes))
}
