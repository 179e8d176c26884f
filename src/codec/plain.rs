//! What formats share that write a cue as text with a few tags or none: the order in which marks begin and end, labels,
//! glosses and ruby in brackets, and a report of every mark that has no place.

use super::label::Labeller;
use super::leftover::Leftovers;
use super::srt::lines::is_blank;
use super::timing_lost;
use crate::diag::codes::loss;
use crate::diag::{Code, Diagnostic, Location, Report, Severity, Value};
use crate::model::{Cue, Gloss, Mark, MarkKind, Note, Placement, Region, Ruby, StyledText, Track};
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, Time, TimeDelta};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// Reports what stands around the cues, for a format that has nothing but cues.
pub(in crate::codec) fn around(track: &Track, leftovers: &mut Leftovers, report: &mut Report) {
    timing_lost(track.frame_rate, track.start_timecode, report);
    around_untimed(track, leftovers, report);
}

/// The same for a format that has a place for the frame rate or the start time code.
pub(in crate::codec) fn around_untimed(track: &Track, leftovers: &mut Leftovers, report: &mut Report) {
    around_known(track, report);
    track.extras.iter().for_each(|extra| leftovers.drop(extra));
}

/// The same for a format that also has leftovers of its own there.
pub(in crate::codec) fn around_known(track: &Track, report: &mut Report) {
    let Track {
        format: _,
        lang,
        resolution: _,
        frame_rate: _,
        start_timecode: _,
        header,
        regions,
        notes,
        extras: _,
        cues: _,
    } = track;
    let mut lost = |code: Code, name, value: Value| {
        report.push(Diagnostic::new(code, Location::FILE).with(name, value));
    };
    if let Some(lang) = lang {
        lost(loss::TRACK_LANG, "lang", lang.as_str().into());
    }
    if let Some(header) = header {
        lost(loss::HEADER, "text", shorten(header).into());
    }
    around_cues(regions, notes, report);
}

/// Reports regions and notes, for a format that has neither.
pub(in crate::codec) fn around_cues(regions: &[Region], notes: &[Note], report: &mut Report) {
    for region in regions {
        report.push(Diagnostic::new(loss::REGION, Location::FILE).with("id", region.id.as_str()));
    }
    for note in notes {
        report.push(Diagnostic::new(loss::NOTE, Location::FILE).with("text", shorten(&note.text)));
    }
}

/// Equal, for texts of a few bytes: calling for a comparison costs more than comparing.
pub(in crate::codec) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().eq(b.bytes())
}

/// Enough of a text to recognise it in a message.
pub(in crate::codec) fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// Where a writer is, and what it has to say.
pub(in crate::codec) struct Pen<'r> {
    pub(in crate::codec) report: &'r mut Report,
    pub(in crate::codec) labels: Labeller,
    pub(in crate::codec) leftovers: Leftovers,
    /// The cue.
    pub(in crate::codec) at: Location,
    /// The text of the cue so far.
    pub(in crate::codec) out: String,
    // What every cue may have makes one entry a file.
    voices: u64,
    evidence: u64,
    rounded: bool,
}

impl<'r> Pen<'r> {
    pub(in crate::codec) fn new(report: &'r mut Report, labels: Labeller, leftovers: Leftovers) -> Self {
        let (at, out) = (Location::FILE, String::new());
        Self { report, labels, leftovers, at, out, voices: 0, evidence: 0, rounded: false }
    }

    /// Goes to the next cue.
    pub(in crate::codec) fn next(&mut self, index: usize, cue: &Cue) {
        self.at = Location::cue(index, cue.range.start);
        self.leftovers.at = self.at;
        self.out.clear();
        self.evidence = self.evidence.saturating_add(u64::from(cue.evidence.is_some()));
        if !cue.text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_))) {
            self.labels.nobody();
        }
    }

    /// The time in units of `1/per_second` s, to the nearest. One before zero becomes zero, and is reported; that any was
    /// rounded is said by [`Pen::finish`].
    pub(in crate::codec) fn time(&mut self, time: Time, per_second: u32) -> u64 {
        let flicks = time.flicks();
        // Whole units are the rule: plain integer division decides them.
        let unit = FLICKS_PER_SECOND.checked_div(i64::from(per_second)).unwrap_or(1).max(1);
        let whole = flicks.checked_div(unit).unwrap_or(0);
        let exact = whole.saturating_mul(unit) == flicks;
        self.rounded |= !exact;
        let count = if exact { whole } else { time.to_units(per_second, Round::Nearest) };
        if count < 0 {
            self.loss(loss::NEGATIVE_TIME, "time", time);
        }
        u64::try_from(count).unwrap_or(0)
    }

    /// Appends the text of the cue to a file of lines in which a blank one ends the cue, and a line that `misread` knows
    /// begins another: blank lines are left out, such a line goes through `guard`, and both are reported.
    pub(in crate::codec) fn lines(&mut self, file: &mut Vec<u8>, misread: fn(&str) -> bool, guard: fn(&str) -> String) {
        let text = std::mem::take(&mut self.out);
        let mut blank = 0u64;
        for line in text.split(['\n', '\r']) {
            if is_blank(line) {
                blank = blank.saturating_add(1);
                continue;
            }
            if misread(line) {
                self.loss(loss::MISREAD, "text", shorten(line));
                file.extend_from_slice(guard(line).as_bytes());
            } else {
                file.extend_from_slice(line.as_bytes());
            }
            file.push(b'\n');
        }
        if blank > 0 && !text.is_empty() {
            self.loss(loss::BLANK_LINE, "count", blank);
        }
        if text.contains('\r') {
            self.lost(loss::LINE_BREAK);
        }
        self.out = text;
    }

    /// The number of the frame that begins nearest to the time; otherwise as [`Pen::time`].
    pub(in crate::codec) fn frame(&mut self, time: Time, rate: FrameRate) -> u64 {
        let (num, den) = rate.ratio();
        let unit = i128::from(FLICKS_PER_SECOND).saturating_mul(i128::from(den));
        let count = Round::Nearest.divide(i128::from(time.flicks()).saturating_mul(i128::from(num)), unit);
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if count < 0 {
            self.loss(loss::NEGATIVE_TIME, "time", time);
        }
        let frame = u64::try_from(count).unwrap_or(0);
        self.rounded |= frame_start(frame, rate) != time && count >= 0;
        frame
    }

    pub(in crate::codec) fn lost(&mut self, code: Code) {
        self.report.push_with(code, self.at, |loss| loss);
    }

    pub(in crate::codec) fn loss(&mut self, code: Code, name: &'static str, value: impl Into<Value>) {
        self.report.push_with(code, self.at, |loss| loss.with(name, value));
    }

    /// An identifier that the format has no place for.
    pub(in crate::codec) fn unnamed(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.loss(loss::CUE_ID, "id", id);
        }
    }

    /// A placement that the format has no place for.
    pub(in crate::codec) fn unplaced(&mut self, placement: Option<&Placement>) {
        self.no_region(placement);
        if placement.is_some_and(|placement| placement.region.is_none()) {
            self.lost(loss::PLACEMENT);
        }
    }

    /// A region, in a format that has places but no regions.
    pub(in crate::codec) fn no_region(&mut self, placement: Option<&Placement>) {
        if let Some(id) = placement.and_then(|placement| placement.region.as_ref()) {
            self.loss(loss::REGION, "id", id.as_str());
        }
    }

    /// Says what is said once a file. `unit` is what times are rounded to: `1 ms`.
    pub(in crate::codec) fn finish(self, unit: &'static str) {
        let Self { report, labels, leftovers, at: _, out: _, voices, evidence, rounded } = self;
        if rounded {
            report.push(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", unit));
        }
        if voices > 0 {
            let voice = Diagnostic::new(loss::VOICE, Location::FILE).with("count", voices);
            let severity = if labels.never() { Severity::Error } else { voice.severity };
            report.push(Diagnostic { severity, ..voice });
        }
        if evidence > 0 {
            report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", evidence));
        }
        leftovers.report(report);
    }
}

/// When a frame begins.
pub(in crate::codec) fn frame_start(frame: u64, rate: FrameRate) -> Time {
    let (num, den) = rate.ratio();
    let flicks = i128::from(frame).saturating_mul(i128::from(FLICKS_PER_SECOND)).saturating_mul(i128::from(den));
    let flicks = Round::Nearest.divide(flicks, i128::from(num));
    Time::ZERO + TimeDelta::from_flicks(i64::try_from(flicks).unwrap_or(i64::MAX))
}

/// What a format can write in the text of a cue.
pub(in crate::codec) trait Markup<'a> {
    /// What is found in a text before it is written.
    type Found;

    /// Looks through a whole text. `certain` if it must not be taken for markup on any account: it is not the cue's own, or
    /// stands beside leftovers.
    fn look(&mut self, text: &str, certain: bool, pen: &mut Pen<'_>) -> Self::Found;

    /// Appends a part of the text that was looked through.
    fn literal(&self, text: &str, part: Range<usize>, found: &Self::Found, out: &mut String);

    /// Begins a mark, if the format can write it. `open` says which tags are open.
    fn begin(&mut self, mark: &'a Mark, open: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a>;

    /// Ends a mark that was begun with this tag.
    fn end(&mut self, tag: &'a str, out: &mut String);
}

/// What became of a mark.
pub(in crate::codec) enum Begun<'a> {
    /// The format has no place for it: that is reported.
    No,
    /// All of it is written.
    Whole,
    /// It is begun; this tag shall be ended.
    Tag(&'a str),
}

/// The tags that are open: by name which marks, innermost last, the one that a reader will take an end for.
#[derive(Default)]
pub(in crate::codec) struct Open<'a> {
    marks: HashMap<&'a str, Vec<usize>>,
    count: usize,
}

impl<'a> Open<'a> {
    /// One of this name is open.
    pub(in crate::codec) fn has(&self, tag: &str) -> bool {
        self.marks.get(tag).is_some_and(|marks| !marks.is_empty())
    }

    fn add(&mut self, tag: &'a str) -> usize {
        let id = self.count;
        self.count = id.saturating_add(1);
        self.marks.entry(tag).or_default().push(id);
        id
    }

    /// Whether the innermost is the one to end.
    fn remove(&mut self, tag: &str, id: usize) -> bool {
        self.marks.get_mut(tag).and_then(Vec::pop) == Some(id)
    }
}

/// Tags that need no more than a table: what opens and closes a mark, if the format can write it, and how text is escaped.
pub(in crate::codec) struct Tags {
    /// The opening and the closing tag of a mark.
    pub(in crate::codec) tag: fn(&MarkKind) -> Option<(&'static str, &'static str)>,
    /// Appends text.
    pub(in crate::codec) escape: fn(&str, &mut String),
}

impl Tags {
    /// No tags, and text as it is.
    pub(in crate::codec) const NONE: Self = Self { tag: |_| None, escape: |text, out| out.push_str(text) };
}

impl<'a> Markup<'a> for Tags {
    type Found = ();

    fn look(&mut self, _: &str, _: bool, _: &mut Pen<'_>) {}

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        (self.escape)(text.get(part).unwrap_or_default(), out);
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        match (self.tag)(&mark.kind) {
            Some((open, close)) => {
                pen.out.push_str(open);
                Begun::Tag(close)
            }
            None => Begun::No,
        }
    }

    fn end(&mut self, tag: &'a str, out: &mut String) {
        out.push_str(tag);
    }
}

/// Writes texts with what [`Markup`] has, and reports what that cannot say.
pub(in crate::codec) struct Renderer<'a, 'r, M> {
    pub(in crate::codec) pen: Pen<'r>,
    pub(in crate::codec) markup: M,
    open: Open<'a>,
    /// Kept to be filled again: marks by their ends, and what is due there.
    spare: (Vec<usize>, Vec<Due<'a>>),
}

/// What is due at the end of a mark.
enum Due<'a> {
    Nothing,
    /// The closing tag, and which opening one it is for.
    Tag(&'a str, usize),
    Reading(&'a Ruby),
    Gloss(&'a Gloss),
}

impl<'a, 'r, M: Markup<'a>> Renderer<'a, 'r, M> {
    pub(in crate::codec) fn new(pen: Pen<'r>, markup: M) -> Self {
        Self { pen, markup, open: Open::default(), spare: Default::default() }
    }

    /// Appends `text` to what the pen wrote.
    pub(in crate::codec) fn text(&mut self, text: &'a StyledText) {
        let StyledText { plain, marks } = text;
        let raw = marks.iter().any(|mark| matches!(mark.kind, MarkKind::Raw(_)));
        let found = self.markup.look(plain, raw, &mut self.pen);
        let (mut by_end, mut due) = std::mem::take(&mut self.spare);
        by_end.clear();
        by_end.extend((0..marks.len()).filter(|i| marks.get(*i).is_some_and(|m| !m.range.is_empty())));
        by_end.sort_by_key(|i| (marks.get(*i).map(|m| m.range.end), Reverse(*i)));
        due.clear();
        let (mut closing, mut opening) = (by_end.iter().peekable(), marks.iter().peekable());
        let mut done = 0usize;
        loop {
            let end = closing.peek().and_then(|i| marks.get(**i)).map(|mark| mark.range.end);
            let start = opening.peek().map(|mark| mark.range.start);
            // What ends here ends before what starts here.
            let ends = match (end, start) {
                (None, None) => break,
                (Some(end), Some(start)) => end <= start,
                (end, _) => end.is_some(),
            };
            let at = floor(plain, if ends { end } else { start }.unwrap_or_default());
            self.markup.literal(plain, done..at, &found, &mut self.pen.out);
            done = done.max(at);
            if ends {
                let ended = closing.next().and_then(|i| due.get_mut(*i));
                self.end(ended.map_or(Due::Nothing, |ended| std::mem::replace(ended, Due::Nothing)));
            } else if let Some(mark) = opening.next() {
                let started = self.start(mark);
                due.push(if mark.range.is_empty() { self.end(started) } else { started });
            }
        }
        self.markup.literal(plain, done..plain.len(), &found, &mut self.pen.out);
        self.spare = (by_end, due);
    }

    /// Appends text that is not the cue's own.
    fn added(&mut self, text: &str) {
        let found = self.markup.look(text, true, &mut self.pen);
        self.markup.literal(text, 0..text.len(), &found, &mut self.pen.out);
    }

    fn start(&mut self, mark: &'a Mark) -> Due<'a> {
        match self.markup.begin(mark, &self.open, &mut self.pen) {
            Begun::Tag(tag) => return Due::Tag(tag, self.open.add(tag)),
            Begun::Whole => return Due::Nothing,
            Begun::No => {}
        }
        match &mark.kind {
            MarkKind::Voice(voice) => {
                self.pen.voices = self.pen.voices.saturating_add(1);
                if let Some(label) = self.pen.labels.voice(&voice.name) {
                    self.added(&label);
                }
            }
            MarkKind::Ruby(ruby) => return Due::Reading(ruby),
            MarkKind::Gloss(gloss) => return Due::Gloss(gloss),
            MarkKind::Raw(extra) => self.pen.leftovers.drop(extra),
            MarkKind::Lang(lang) => self.pen.loss(loss::LANG, "lang", lang.as_str()),
            MarkKind::Class(class) => self.pen.loss(loss::CLASS, "class", &**class),
            MarkKind::Unsaid(unsaid) => self.pen.loss(loss::UNSAID, "text", shorten(&unsaid.text)),
            MarkKind::Shown(time) => self.pen.loss(loss::SHOWN, "time", *time),
            MarkKind::Bold => self.pen.lost(loss::BOLD),
            MarkKind::Italic => self.pen.lost(loss::ITALIC),
            MarkKind::Underline => self.pen.lost(loss::UNDERLINE),
            MarkKind::Strike => self.pen.lost(loss::STRIKE),
            MarkKind::Color(_) => self.pen.lost(loss::COLOR),
            MarkKind::Background(_) => self.pen.lost(loss::BACKGROUND),
            MarkKind::Font(_) => self.pen.lost(loss::FONT),
            MarkKind::Emphasis(_) => self.pen.lost(loss::EMPHASIS),
            MarkKind::Upright => self.pen.lost(loss::UPRIGHT),
        }
        Due::Nothing
    }

    fn end(&mut self, due: Due<'a>) -> Due<'a> {
        match due {
            Due::Nothing => {}
            Due::Tag(tag, id) => {
                self.markup.end(tag, &mut self.pen.out);
                if !self.open.remove(tag, id) {
                    self.pen.loss(loss::OVERLAP, "tag", tag);
                }
            }
            Due::Reading(ruby) => {
                self.pen.loss(loss::RUBY, "text", shorten(&ruby.text.plain));
                self.pen.out.push('(');
                self.text(&ruby.text);
                self.pen.out.push(')');
            }
            Due::Gloss(gloss) => {
                self.pen.loss(loss::GLOSS, "text", shorten(&gloss.text));
                self.added(&[gloss.open.as_str(), &gloss.text, &gloss.close].concat());
            }
        }
        Due::Nothing
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: u32) -> usize {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}
