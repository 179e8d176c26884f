//! A `p` as a cue, and what can only be said when all cues are known: ends that are missing, the programme's start.

use super::block::{Base, Level};
use super::head::xml_id;
use super::namespace::Ns;
use super::paragraph::{Paragraph, Timed};
use super::read::Reader;
use super::time::{Clock, TimeBase};
use super::xml::Fault;
use super::{ID, key, split};
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location};
use crate::model::{Cue, Extra, MarkKind, ThinVec, Track, Voice};
use crate::source::Span;
use crate::time::{Round, Time, TimeDelta, TimeRange, Timecode};
use std::rc::Rc;

/// How long a cue stands that has no end, where nothing later in the document says how long that is.
const NO_END: TimeDelta = TimeDelta::from_seconds(10);
impl Reader<'_, '_> {
    /// A `p`.
    pub(super) fn cue(&mut self) -> Result<(), Fault> {
        let start = self.pull.span.start;
        let specified = self.specified();
        let Some(block) = self.blocks.last() else { return Ok(()) };
        let (outer, preserve) = (block.timing, self.preserve(block.preserve));
        let own_region = self.region_attr();
        let (mut timing, id) = (outer.enter(specified), xml_id(&self.pull.attrs));
        if specified.begin.is_none() && self.pull.attrs.iter().any(|a| a.ns == Ns::None && a.local == "begin") {
            // A begin that is no time: shown for no time rather than from zero on.
            timing.begin = timing.end.unwrap_or(timing.begin);
        }
        let region = self.region(own_region);
        let mut base = self.base(region);
        let own = self.block_decls();
        if !own.is_empty() {
            let mut changed = (*base).clone();
            own.iter().for_each(|decl| self.put(&mut changed, Level::Inside, decl));
            self.settle(&mut changed);
            base = Rc::new(changed);
        }
        let mut voices = self.agents();
        if voices.is_empty() {
            voices = self.blocks.last().map_or(Vec::new(), |block| block.voices.clone());
        }
        let nothing = self.pull.attrs.is_empty();
        let paragraph = if voices.is_empty() {
            self.paragraph(&mut timing, preserve, &base.marks)?
        } else {
            let voice = |name| MarkKind::Voice(Box::new(Voice { name, classes: Vec::new() }));
            let marks: Vec<MarkKind> = voices.into_iter().map(voice).chain(base.marks.iter().cloned()).collect();
            self.paragraph(&mut timing, preserve, &marks)?
        };
        if let Some(block) = self.blocks.last_mut() {
            block.timing.leave(&timing);
        }
        if nothing && paragraph.text.is_empty() && paragraph.text.marks.is_empty() {
            return Ok(());
        }
        let origin = Span::new(start..paragraph.end);
        if timing.never || (timing.is_empty_sequence() && !paragraph.text.is_empty()) {
            let at = Location { span: Some(origin), ..Location::FILE };
            let shown: String = paragraph.text.plain.chars().take(40).collect();
            self.report.push(Diagnostic::new(parse::TTML_NEVER_SHOWN, at).with("text", shown));
            return Ok(());
        }
        let cue = Cue {
            range: TimeRange::new(timing.begin, timing.end.unwrap_or(timing.begin)),
            id: id.filter(|id| !self.counts(id)).map(Into::into),
            placement: base.placement.clone().map(Box::new),
            extras: self.extras(&base),
            origin: Some(origin),
            ..Cue::default()
        };
        self.finish_cue(cue, paragraph, timing.end);
        Ok(())
    }

    /// In EBU-TT-D each `p` must have an id; `p1`, `p2` and so on only count.
    fn counts(&self, id: &str) -> bool {
        self.track.format == Some(super::dialect::EBU_TT_D.id)
            && id.strip_prefix('p').and_then(|number| number.parse().ok()) == self.track.cues.len().checked_add(1)
    }

    /// The region that a `p` stands in.
    pub(super) fn region(&mut self, own: Option<String>) -> Option<usize> {
        let block = self.blocks.last();
        let id = own.as_ref().or_else(|| block.and_then(|block| block.region.as_ref()))?;
        let found = self.head.region_of.get(id).copied();
        if found.is_none() {
            let at = Location::span(self.pull.span.clone());
            self.report.push(Diagnostic::new(parse::TTML_NO_REGION, at).with("id", id.as_str()));
        }
        found
    }

    pub(super) fn extras(&self, base: &Base<'_>) -> ThinVec<Extra> {
        let style = (!base.written.is_empty()).then(|| (key::STYLE, base.written.clone()));
        let row = base.region.and_then(|at| self.head.regions.get(at)).filter(|row| row.kept);
        let region = row.map(|row| (key::IN_REGION, row.id.clone()));
        style.into_iter().chain(region).map(|(key, value)| Extra { format: ID, key, value }).collect()
    }

    pub(super) fn finish_cue(&mut self, mut cue: Cue, paragraph: Paragraph, end: Option<Time>) {
        let Paragraph { text, timed, end: _ } = paragraph;
        let ends_early = |part: &Timed| part.end.is_some_and(|at| end.is_none_or(|end| at < end));
        cue.text = text;
        if !timed.iter().any(ends_early) {
            if end.is_none() {
                self.endless.push(self.track.cues.len());
            }
            return self.track.cues.push(cue);
        }
        let at = Location { span: cue.origin, ..Location::cue(self.track.cues.len(), cue.range.start) };
        let until = end.or_else(|| timed.iter().filter_map(|part| part.end).max());
        cue.range.end = until.unwrap_or(cue.range.end);
        match split::split(&cue, &timed, &mut self.split_room) {
            Some(cues) => {
                self.report.push(Diagnostic::new(parse::TTML_SPLIT, at).with("count", cues.len()));
                self.track.cues.extend(cues);
            }
            None => {
                self.report.push(Diagnostic::new(parse::TTML_TOO_MANY_TIMES, at));
                self.track.cues.push(cue);
            }
        }
    }

    /// Ends what has no end, and moves the programme's start to zero.
    pub(super) fn finish(mut self) -> Track {
        let latest = self.track.cues.iter().map(|cue| cue.range.end.max(cue.range.start)).max().unwrap_or_default();
        for index in std::mem::take(&mut self.endless) {
            let Some(cue) = self.track.cues.get_mut(index) else { continue };
            let start = cue.range.start;
            cue.range.end = if latest > start { latest } else { start + NO_END };
            let at = Location { span: cue.origin, ..Location::cue(index, start) };
            self.report.push(Diagnostic::new(parse::TTML_NO_END, at).with("end", cue.range.end));
        }
        if self.frames {
            self.track.resolution = self.head.clock.rate.frames(1);
            self.track.frame_rate = Some(self.head.clock.rate);
        }
        self.programme_start();
        self.track
    }

    /// Time codes count from the programme's start: what `ebuttm:documentStartOfProgramme` says, else the full hour at or
    /// before the first cue, as programmes begin at 01:00:00:00 or 10:00:00:00.
    pub(super) fn programme_start(&mut self) {
        let clock = self.head.clock;
        if clock.base != TimeBase::Smpte {
            return;
        }
        let first = self.track.cues.iter().map(|cue| cue.range.start).min().unwrap_or_default();
        let said = self.head.start;
        let code = match said {
            Some(start) => Timecode::at(start, clock.rate, clock.drop, Round::Nearest).0,
            None => full_hour(first - Time::ZERO, &clock),
        };
        let Some(offset) = code.offset(clock.rate) else { return };
        if offset == TimeDelta::ZERO {
            return;
        }
        self.track.start_timecode = Some(code);
        for cue in &mut self.track.cues {
            cue.range = TimeRange::new(cue.range.start - offset, cue.range.end - offset);
            for mark in &mut cue.text.marks {
                if let MarkKind::Shown(time) = &mut mark.kind {
                    *time = *time - offset;
                }
            }
        }
    }
}

/// The full hour at or before a time code.
pub(super) fn full_hour(first: TimeDelta, clock: &Clock) -> Timecode {
    let (code, _) = Timecode::at(first, clock.rate, clock.drop, Round::Down);
    Timecode { minutes: 0, seconds: 0, frames: 0, ..code }
}
