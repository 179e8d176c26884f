//! When words are sent: each caption ahead of its start, one word a frame, so that it appears on its frame.

use super::compose::{Unit, control};
use cea608_types::tables::Control;

/// Filling (CTA-608-E §5.3): nulls of odd parity.
const FILL: [u8; 2] = [0x80, 0x80];

/// A caption to be sent.
pub(super) struct Cue {
    /// Which cue it is.
    pub(super) index: usize,
    /// Frames.
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) units: Vec<Unit>,
}

/// What became of a caption.
pub(super) enum Slip {
    /// It appears so many frames late: there is not enough time to send it.
    Late { index: usize, frames: u64 },
    /// The next one takes its place at this frame.
    Cut { index: usize, end: u64 },
}

/// Words by frame, in order.
#[derive(Default)]
pub(super) struct Schedule {
    pub(super) words: Vec<(u64, [u8; 2])>,
    pub(super) slips: Vec<Slip>,
    /// The first frame after all words.
    free: u64,
    /// The caption on the screen, and when it goes.
    shown: Option<(usize, u64)>,
}

impl Schedule {
    /// Sends captions, which are in the order of their starts.
    pub(super) fn of(cues: &[Cue]) -> Self {
        let mut schedule = Self::default();
        cues.iter().for_each(|cue| schedule.add(cue));
        if let Some((_, end)) = schedule.shown {
            schedule.send(end, control(Control::EraseDisplayedMemory).word);
            schedule.send(end.saturating_add(1), control(Control::EraseDisplayedMemory).word);
        }
        schedule
    }

    fn add(&mut self, cue: &Cue) {
        let erase = self.shown.map(|(_, end)| end);
        let from = begin(cue, self.free, erase);
        let mut sent = Vec::with_capacity(cue.units.len().saturating_mul(2));
        let loaded = place(from, &cue.units, erase, &mut |frame, word| sent.push((frame, word)));
        let appears = loaded.max(cue.start);
        self.words.append(&mut sent);
        self.clear_before(appears, loaded);
        let end_of_caption = control(Control::EndOfCaption).word;
        self.send(appears, end_of_caption);
        let late = appears.saturating_sub(cue.start);
        let length = cue.end.saturating_sub(cue.start).max(1);
        let end = if cue.end > appears { cue.end } else { appears.saturating_add(length) };
        if end > appears.saturating_add(1) {
            self.send(appears.saturating_add(1), end_of_caption);
        }
        if late > 0 {
            self.slips.push(Slip::Late { index: cue.index, frames: late });
        }
        self.shown = Some((cue.index, end));
    }

    /// Ends what is on the screen before the next one appears, if that was not done while this was loaded.
    fn clear_before(&mut self, appears: u64, loaded: u64) {
        let Some((index, end)) = self.shown else { return };
        if end > appears {
            self.slips.push(Slip::Cut { index, end: appears });
        } else if end < appears && end >= loaded {
            let word = control(Control::EraseDisplayedMemory).word;
            self.send(end, word);
            if end.saturating_add(1) < appears {
                self.send(end.saturating_add(1), word);
            }
        }
    }

    fn send(&mut self, frame: u64, word: [u8; 2]) {
        self.words.push((frame, word));
        self.free = frame.saturating_add(1);
    }
}

/// The frame to begin with, so that all is loaded at the start: as late as can be, not before `free`.
fn begin(cue: &Cue, free: u64, erase: Option<u64>) -> u64 {
    let frames = cue.units.iter().fold(0u64, |sum, unit| sum.saturating_add(unit.frames()));
    let mut from = cue.start.saturating_sub(frames).max(free);
    // The word that erases may stand in between: two frames, and one to fill up.
    for _ in 0..3 {
        let over = place(from, &cue.units, erase, &mut |_, _| {}).saturating_sub(cue.start);
        if over == 0 || from == free {
            break;
        }
        from = from.saturating_sub(over).max(free);
    }
    from
}

/// Sends units from a frame on, and at its frame the word that erases; the first frame after them.
fn place(from: u64, units: &[Unit], erase: Option<u64>, send: &mut impl FnMut(u64, [u8; 2])) -> u64 {
    let word = control(Control::EraseDisplayedMemory).word;
    let mut frame = from;
    let mut erase = erase;
    if let Some(end) = erase.filter(|end| *end < from) {
        send(end, word);
        if end.saturating_add(1) < from {
            send(end.saturating_add(1), word);
        }
        erase = None;
    }
    for unit in units {
        // A pair is not torn: its second half would count as another.
        if let Some(end) = erase.filter(|end| frame.saturating_add(unit.frames()) > *end) {
            while frame < end {
                send(frame, FILL);
                frame = frame.saturating_add(1);
            }
            send(frame, word);
            send(frame.saturating_add(1), word);
            frame = frame.saturating_add(2);
            erase = None;
        }
        for _ in 0..unit.frames() {
            send(frame, unit.word);
            frame = frame.saturating_add(1);
        }
    }
    frame
}
