//! Writing: which cue stands in which tier, then the tiers.

use super::read::spell;
use super::{EXTENT, ID, SHORT, TIER, USUAL_TIER, is_nobody, is_phones, span};
use crate::codec::label::{Labeller, Spoken, speaker};
use crate::codec::leftover::Leftovers;
use crate::codec::native::decimal::{self, write_seconds};
use crate::codec::plain::{Pen, Renderer, around_known};
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::Report;
use crate::diag::codes::loss;
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Track};
use crate::time::{FLICKS_PER_SECOND, Time};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::io::Write as _;

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    around_known(track, report);
    timing_lost(track.frame_rate, track.start_timecode, report);
    let told = span(track.cues.iter());
    let own = Own::of(track, told, &mut leftovers);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut grid = Grid {
        tiers: Vec::new(),
        free: HashMap::new(),
        points: HashMap::new(),
        tier: own.tier,
        voices: Voices::of(track),
        placed: Vec::with_capacity(track.cues.len()),
        renderer: Renderer::new(pen, Spoken(None)),
    };
    for (index, cue) in track.cues.iter().enumerate() {
        grid.cue(index, cue);
    }
    grid.report_order();
    // Times are exact: no unit is ever named.
    let Grid { tiers, renderer, .. } = grid;
    renderer.pen.finish("");
    let extent = own.extent.unwrap_or(told);
    let mut out = Out { bytes: Vec::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES)), short: own.short };
    out.grid(&tiers, extent);
    Ok(out.bytes)
}

/// What the reader left.
#[derive(Default)]
struct Own<'a> {
    extent: Option<(Time, Time)>,
    tier: &'a str,
    short: bool,
}

impl<'a> Own<'a> {
    /// Takes leftovers in the order in which the reader leaves them.
    fn of(track: &'a Track, told: (Time, Time), leftovers: &mut Leftovers) -> Self {
        let mut own = Self { tier: USUAL_TIER, ..Self::default() };
        let mut place = 0usize;
        let voiceless = track.cues.iter().any(|cue| speaker(&cue.text).is_none());
        for extra in &track.extras {
            let Extra { format, key, value } = extra;
            let at = [EXTENT, TIER, SHORT].iter().position(|known| known == key).map_or(0, |at| at.saturating_add(1));
            let fits = *format == ID && at > place;
            match *key {
                EXTENT if fits && extent(value, told).is_some() => own.extent = extent(value, told),
                TIER if fits && is_nobody(value) && value != USUAL_TIER && voiceless => own.tier = value,
                SHORT if fits && value.is_empty() => own.short = true,
                _ => {
                    leftovers.drop(extra);
                    continue;
                }
            }
            place = at;
        }
        own
    }
}

/// An extent that holds all cues and is not the one that they say.
fn extent(value: &str, (first, last): (Time, Time)) -> Option<(Time, Time)> {
    let time = |text: &str| decimal::parse(text, FLICKS_PER_SECOND).map(Time::from_flicks);
    let (start, end) = value.split_once(' ')?;
    let (start, end) = (time(start)?, time(end)?);
    let other = (start, end) != (first, last);
    (spell(start, end) == value && start <= first && end >= last && start <= end && other).then_some((start, end))
}

/// Which voices can be names of tiers.
struct Voices {
    /// Names that are no speakers' can be, too: there are several of them, and no cue without a voice.
    nobody: bool,
    /// Those of tiers of sounds can be: there is nothing else.
    phones: bool,
}

impl Voices {
    fn of(track: &Track) -> Self {
        let (mut nobody, mut voiceless, mut phones) = (BTreeSet::new(), false, true);
        for cue in &track.cues {
            let name = speaker(&cue.text).map(|(_, name)| name);
            nobody.extend(name.filter(|name| is_nobody(name)));
            voiceless |= name.is_none();
            phones &= name.is_some_and(is_phones);
        }
        Self { nobody: nobody.len() > 1 && !voiceless, phones }
    }

    fn allow(&self, name: &str) -> bool {
        (self.nobody || !is_nobody(name)) && (self.phones || !is_phones(name)) && !name.contains('\r')
    }
}

/// An interval, or a point where start and end are one.
struct Label {
    start: Time,
    end: Time,
    text: String,
}

struct Tier<'a> {
    name: &'a str,
    points: bool,
    labels: Vec<Label>,
}

struct Grid<'a, 'r> {
    tiers: Vec<Tier<'a>>,
    /// Tiers of intervals by name, the one that is free first on top: when, and which.
    free: HashMap<&'a str, BinaryHeap<Reverse<(Time, usize)>>>,
    /// Tiers of points by name.
    points: HashMap<&'a str, usize>,
    /// The name of the tier of cues that nobody is named for.
    tier: &'a str,
    voices: Voices,
    /// Start, tier and number of each cue: the order in which they are read.
    placed: Vec<(Time, usize, usize)>,
    renderer: Renderer<'a, 'r, Spoken<'a>>,
}

impl<'a> Grid<'a, '_> {
    fn cue(&mut self, index: usize, cue: &'a Cue) {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        let pen = &mut self.renderer.pen;
        pen.next(index, cue);
        pen.unnamed(id.as_deref());
        pen.unplaced(placement.as_deref());
        extras.iter().for_each(|extra| pen.leftovers.drop(extra));
        let speaker = speaker(text).filter(|(_, name)| self.voices.allow(name));
        self.renderer.markup.0 = speaker.map(|(mark, _)| mark);
        self.renderer.text(text);
        let pen = &mut self.renderer.pen;
        let label = std::mem::take(&mut pen.out);
        if label.trim().is_empty() || range.end < range.start {
            return pen.lost(loss::CUE);
        }
        if label.contains('\r') {
            pen.lost(loss::LINE_BREAK);
        }
        let text = if label.contains('\r') { label.replace("\r\n", "\n").replace('\r', "\n") } else { label };
        let name = speaker.map_or(self.tier, |(_, name)| name);
        let at =
            if range.start == range.end { self.points(name) } else { self.intervals(name, range.start, range.end) };
        if let Some(tier) = self.tiers.get_mut(at) {
            tier.labels.push(Label { start: range.start, end: range.end, text });
        }
        self.placed.push((range.start, at, index));
    }

    fn new_tier(&mut self, name: &'a str, points: bool) -> usize {
        self.tiers.push(Tier { name, points, labels: Vec::new() });
        self.tiers.len().saturating_sub(1)
    }

    /// The tier of points of this name.
    fn points(&mut self, name: &'a str) -> usize {
        if let Some(at) = self.points.get(name) {
            return *at;
        }
        let at = self.new_tier(name, true);
        self.points.insert(name, at);
        at
    }

    /// A tier of this name in which nothing overlaps the interval.
    fn intervals(&mut self, name: &'a str, start: Time, end: Time) -> usize {
        let taken = self.free.entry(name).or_default().pop();
        let at = match taken {
            Some(Reverse((free, at))) if free <= start => at,
            taken => {
                self.free.entry(name).or_default().extend(taken);
                self.new_tier(name, false)
            }
        };
        self.free.entry(name).or_default().push(Reverse((end, at)));
        at
    }

    /// Says which cues a reader will put elsewhere.
    fn report_order(&mut self) {
        let mut sorted = self.placed.clone();
        sorted.sort_by_key(|(start, tier, _)| (*start, *tier));
        for ((start, _, index), (_, _, other)) in self.placed.iter().zip(&sorted) {
            if index != other {
                let at = crate::diag::Location::cue(*index, *start);
                self.renderer.pen.report.push_with(loss::ORDER, at, |moved| moved);
            }
        }
    }
}

/// The file as it grows.
struct Out {
    bytes: Vec<u8>,
    short: bool,
}

impl Out {
    /// A line of its own: what it is called, and its value. The short form has the value alone.
    fn line(&mut self, depth: usize, name: &str, value: &str) {
        if !self.short {
            self.bytes.extend(std::iter::repeat_n(b' ', depth.saturating_mul(4)));
            self.bytes.extend_from_slice(name.as_bytes());
        }
        self.bytes.extend_from_slice(value.as_bytes());
        self.bytes.push(b'\n');
    }

    fn time(&mut self, depth: usize, name: &str, time: Time) {
        let mut value = Vec::new();
        // Writing to a Vec cannot fail.
        let _ = write_seconds(&mut value, time.flicks().into());
        self.line(depth, name, &String::from_utf8(value).unwrap_or_default());
    }

    fn text(&mut self, depth: usize, name: &str, text: &str) {
        self.line(depth, name, &format!("\"{}\"", text.replace('"', "\"\"")));
    }

    /// A line that says nothing, which the short form has not.
    fn title(&mut self, depth: usize, title: &str) {
        if !self.short {
            self.line(depth, title, "");
        }
    }

    fn grid(&mut self, tiers: &[Tier<'_>], (start, end): (Time, Time)) {
        let kind = if self.short { "ooTextFile short" } else { "ooTextFile" };
        // Writing to a Vec cannot fail.
        let _ = writeln!(self.bytes, "File type = \"{kind}\"");
        self.text(0, "Object class = ", "TextGrid");
        self.bytes.push(b'\n');
        self.time(0, "xmin = ", start);
        self.time(0, "xmax = ", end);
        self.line(0, "tiers? ", "<exists>");
        self.line(0, "size = ", &tiers.len().to_string());
        self.title(0, "item []:");
        for (index, tier) in tiers.iter().enumerate() {
            self.title(1, &format!("item [{}]:", index.saturating_add(1)));
            self.text(2, "class = ", if tier.points { "TextTier" } else { "IntervalTier" });
            self.text(2, "name = ", tier.name);
            self.time(2, "xmin = ", start);
            self.time(2, "xmax = ", end);
            match tier.points {
                true => self.points(&tier.labels),
                false => self.intervals(&tier.labels, start, end),
            }
        }
    }

    fn points(&mut self, labels: &[Label]) {
        self.line(2, "points: size = ", &labels.len().to_string());
        for (index, Label { start, text, .. }) in labels.iter().enumerate() {
            self.title(2, &format!("points [{}]:", index.saturating_add(1)));
            self.time(3, "number = ", *start);
            self.text(3, "mark = ", text);
        }
    }

    /// Intervals without a gap: where nobody speaks, one without a label.
    fn intervals(&mut self, labels: &[Label], start: Time, end: Time) {
        let ends = labels.iter().map(|label| label.end);
        let before = std::iter::once(start).chain(ends);
        let gaps = labels.iter().zip(before).filter(|(label, before)| label.start > *before).count();
        let last = labels.last().map_or(start, |label| label.end);
        let count = labels.len().saturating_add(gaps).saturating_add(usize::from(last < end));
        self.line(2, "intervals: size = ", &count.to_string());
        let (mut at, mut index) = (start, 0usize);
        for Label { start, end, text } in labels {
            if *start > at {
                self.interval(&mut index, at, *start, "");
            }
            self.interval(&mut index, *start, *end, text);
            at = *end;
        }
        if at < end {
            self.interval(&mut index, at, end, "");
        }
    }

    fn interval(&mut self, index: &mut usize, start: Time, end: Time, text: &str) {
        *index = index.saturating_add(1);
        self.title(2, &format!("intervals [{index}]:"));
        self.time(3, "xmin = ", start);
        self.time(3, "xmax = ", end);
        self.text(3, "text = ", text);
    }
}
