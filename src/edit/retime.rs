//! Other times for the cues of a track, as edits.

use super::Warp;
use crate::diag::{CueEdit, Edits};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Track};
use crate::time::{FrameRate, Time, TimeDelta, TimeRange};

/// A place in a track, as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A cue, counted from 1 in the order of the file.
    Cue(u32),
    /// A time.
    Time(Time),
}

/// What to do where a time would be before zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BeforeZero {
    /// Refuse all of it.
    #[default]
    Refuse,
    /// The time becomes zero; a cue that lies all before it goes away.
    Cut,
}

/// How cues are timed anew.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Retime {
    /// What becomes of each time.
    pub warp: Warp,
    /// Starts and ends go to the nearest frame of this rate; a cue keeps one frame at least.
    pub snap: Option<FrameRate>,
    /// The first cue that changes; from a time on: the first that starts then.
    pub from: Option<Mark>,
    /// The last cue that changes; to a time: the last that starts before it.
    pub to: Option<Mark>,
    /// Times before zero.
    pub before_zero: BeforeZero,
}

/// The edits that time a track anew, and what they do.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Retimed {
    /// The edits.
    pub edits: Edits,
    /// How many cues move.
    pub moved: usize,
    /// How many go away.
    pub removed: usize,
    /// The least and the greatest by which a start or an end of these moves.
    pub by: Option<(TimeDelta, TimeDelta)>,
}

impl Retime {
    /// Whether a cue is among those that change.
    fn includes(&self, number: u32, start: Time) -> bool {
        let after = self.from.is_none_or(|from| match from {
            Mark::Cue(first) => number >= first,
            Mark::Time(first) => start >= first,
        });
        after
            && self.to.is_none_or(|to| match to {
                Mark::Cue(last) => number <= last,
                Mark::Time(end) => start < end,
            })
    }

    /// The times of a cue after it.
    fn range(&self, old: TimeRange) -> TimeRange {
        let mut new = TimeRange::new(self.warp.map(old.start), self.warp.map(old.end));
        if let Some(rate) = self.snap {
            let long = new.end > new.start;
            new = TimeRange::new(rate.nearest_frame(new.start), rate.nearest_frame(new.end));
            if long && new.end <= new.start {
                new.end = rate.nearest_frame(new.start + rate.frames(1));
            }
        }
        new
    }

    /// The edits that time `track` so: starts, ends, and times inside cues.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if a time would be before zero, unless that is cut, or if no cue is meant.
    ///
    /// ```
    /// use zimu::edit::{Retime, Warp};
    /// use zimu::model::{Cue, Track};
    /// use zimu::time::{Time, TimeDelta, TimeRange};
    /// let mut track = Track::default();
    /// track.cues = vec![Cue::new(TimeRange::new(Time::from_seconds(1), Time::from_seconds(2)), "One")];
    /// let mut retime = Retime::default();
    /// retime.warp = Warp::shifted(TimeDelta::from_millis(-500));
    /// let edits = retime.edits(&track).unwrap().edits;
    /// assert_eq!(zimu::edit::apply(&track, &edits).cues[0].range.start, Time::from_millis(500));
    /// retime.warp = Warp::shifted(TimeDelta::from_seconds(-5));
    /// assert!(retime.edits(&track).is_err());
    /// ```
    pub fn edits(&self, track: &Track) -> Result<Retimed> {
        let mut made = Retimed::default();
        let mut meant = false;
        for (cue, index) in track.cues.iter().zip(0u32..) {
            let number = index.saturating_add(1);
            if !self.includes(number, cue.range.start) {
                continue;
            }
            meant = true;
            let new = self.range(cue.range);
            let early = [new.start, new.end].into_iter().find(|time| *time < Time::ZERO);
            match (early, self.before_zero) {
                (Some(time), BeforeZero::Refuse) => return Err(before_zero(number, time)),
                (Some(_), BeforeZero::Cut) if new.end <= Time::ZERO => {
                    made.removed = made.removed.saturating_add(1);
                    made.edits.add(&[CueEdit::Remove { cue: index }]);
                }
                _ => self.cue(cue, index, new, &mut made),
            }
        }
        if !meant && !track.cues.is_empty() {
            return Err(nothing_meant());
        }
        Ok(made)
    }

    fn cue(&self, cue: &Cue, index: u32, new: TimeRange, made: &mut Retimed) {
        let kept = |time: Time| time.max(Time::ZERO);
        let (start, end) = (kept(new.start), kept(new.end));
        let mut list = Vec::new();
        if start != cue.range.start {
            list.push(CueEdit::Start { cue: index, to: start });
        }
        if end != cue.range.end {
            list.push(CueEdit::End { cue: index, to: end });
        }
        for (time, nth) in cue.text.shown().zip(0u32..) {
            let to = kept(self.warp.map(time));
            if to != time {
                list.push(CueEdit::Shown { cue: index, nth, to });
            }
        }
        if list.is_empty() {
            return;
        }
        made.edits.add(&list);
        made.moved = made.moved.saturating_add(1);
        for by in [start - cue.range.start, end - cue.range.end] {
            let (least, most) = made.by.unwrap_or((by, by));
            made.by = Some((least.min(by), most.max(by)));
        }
    }

    /// Moves what is known of the words of the cues that change: no format has such times in its bytes but those that are
    /// written anew.
    pub fn move_words(&self, track: &mut Track) {
        for (cue, number) in track.cues.iter_mut().zip(1u32..) {
            let included = self.includes(number, cue.range.start);
            for word in cue.evidence.iter_mut().filter(|_| included).flat_map(|evidence| &mut evidence.words) {
                word.range = TimeRange::new(self.warp.map(word.range.start), self.warp.map(word.range.end));
            }
        }
    }
}

fn before_zero(number: u32, time: Time) -> Error {
    Error::new(ErrorKind::Usage, format!("cue {number} would begin or end at {time}, before zero"))
        .with_remedy("--cut-before-zero makes such times zero and leaves out cues that lie all before it")
        .with_chinese(format!("第 {number} 条字幕将位于零之前的 {time}"))
        .with_chinese_remedy("--cut-before-zero 会把这样的时间改为零，并去掉完全在零之前的字幕")
}

fn nothing_meant() -> Error {
    Error::new(ErrorKind::Usage, "no cue lies between --from and --to")
        .with_remedy("cues are counted from 1; a time means cues that start at it or later")
        .with_chinese("--from 与 --to 之间没有字幕")
        .with_chinese_remedy("字幕从 1 数起；时间指从该时间起开始的字幕")
}
