//! Timed words to cues.
//!
//! ```text
//! Alignment ─written─▶ turns ─words─▶ atoms ─search─▶ cues of lines ─draft─▶ texts ─fit─▶ times ─judge─▶ Report
//! ```

mod atom;
mod cost;
mod cut;
mod dialogue;
mod draft;
mod fit;
mod judge;
mod limits;
mod look;
mod search;
mod sums;
mod written;

use crate::diag::Report;
use crate::measure::Ruler;
use crate::model::{Alignment, Cue, Labels, Track, Voice};
use crate::profile::{Profile, Punctuation, Spacing};
use crate::time::{FrameRate, Round, Time, TimeRange};
use crate::words::{Judge, Place};
use atom::Atom;
use dialogue::spoken;
use draft::{Draft, Writer};
use fit::Ask;
use limits::Limits;
use look::Shown;
use search::Label;
use std::ops::Range;
use written::Turn;

/// How to make cues, beyond the profile.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Where labels will be shown: their width is part of the line.
    pub labels: Labels,
    /// How glosses are shown.
    pub gloss: GlossMode,
    /// Instead of the profile's.
    pub punctuation: Option<Punctuation>,
    /// Instead of the profile's.
    pub spacing: Option<Spacing>,
    /// Two short turns may share a cue, a dash before each.
    pub dialogue: bool,
    /// The media's frame rate, for limits in frames.
    pub frame_rate: Option<FrameRate>,
    /// What nobody says ([`crate::model::Heard::Missing`]) is shown all the same.
    pub keep_unspoken: bool,
    /// Each word appears when it is said ([`crate::model::MarkKind::Shown`]).
    pub words: bool,
}

/// How glosses are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GlossMode {
    /// Both halves as written: `idea(点子)`.
    #[default]
    Keep,
    /// The spoken half only: `idea`.
    Spoken,
    /// The gloss only: `点子`.
    Gloss,
    /// The gloss on a second line: `idea` / `点子`.
    Line,
    /// Ruby: the gloss over the term.
    Ruby,
    /// No mark of it at all: the term.
    Off,
}

/// Breaks an alignment into cues for `profile`. What cannot satisfy its limits is reported, cue by cue; nothing is cut.
///
/// Times are whole milliseconds. A cue starts with its first word and ends with its last, or later as its text needs;
/// where speech leaves a cue too little time, starts that are estimated move by as little as possible (see the report's
/// `segment/moved`). Labels are not part of the text, but where `options.labels` will show one, its width is counted:
/// under [`Labels::Auto`] on the first cue of each turn, as formats without voices need it. Every cue's text is in the
/// voice of its speaker; the two lines of a dialogue cue each in theirs.
pub fn segment(alignment: &Alignment, profile: &Profile, options: &Options, report: &mut Report) -> Track {
    let limits = Limits::new(profile, options);
    let transcript = &alignment.transcript;
    let turns = written::turns(alignment, (options.gloss, options.keep_unspoken), report);
    let speaker = |turn: &Turn| Some(transcript.speakers.get(turn.speaker? as usize)?.name.as_str());
    let cx = Cx {
        limits: &limits,
        options,
        extent: alignment.extent,
        dash: dialogue::dash(transcript.lang.as_ref()),
        judge: Judge::learn(turns.iter().map(|t| t.text.as_str()), transcript.speakers.iter().map(|s| s.name.as_str())),
    };
    let shown: Vec<Shown> = turns.iter().map(|turn| Shown::new(&turn.text, limits.look)).collect();
    let writers = turns.iter().zip(&shown);
    let writers: Vec<Writer> =
        writers.map(|(turn, shown)| Writer { turn, shown, speaker: speaker(turn), timed: options.words }).collect();
    let drafts = drafts(&cx, &writers);
    let mut track = Track::default();
    track.lang.clone_from(&transcript.lang);
    track.cues = settle(drafts, &cx, profile, report);
    track
}

/// What holds for the whole run.
struct Cx<'a> {
    limits: &'a Limits,
    options: &'a Options,
    extent: TimeRange,
    /// Before the lines of a dialogue cue.
    dash: &'static str,
    judge: Judge,
}

/// The cues of all turns, without their times.
fn drafts(cx: &Cx, writers: &[Writer]) -> Vec<Draft> {
    let end_ms = cx.extent.end.to_millis(Round::Down);
    let begins = |i: usize| writers.iter().skip(i).find_map(|w| spoken(w.turn)).map_or(end_ms, |(start, _)| start);
    let mut drafts = Vec::new();
    let mut passed = cx.extent.start;
    let mut rest = writers;
    let mut i = 0usize;
    while let [writer, after @ ..] = rest {
        let pair = after.first().filter(|_| cx.options.dialogue);
        let pair =
            pair.and_then(|second| dialogue::pair([writer, second], cx.dash, cx.limits, begins(i.saturating_add(2))));
        let taken = 1usize.saturating_add(usize::from(pair.is_some()));
        match pair {
            Some(draft) => drafts.push(draft),
            None => turn(cx, writer, (passed, begins(i.saturating_add(1))), &mut drafts),
        }
        passed = drafts.last().map_or(passed, |d: &Draft| Time::from_millis(d.spoken.end).max(passed));
        i = i.saturating_add(taken);
        rest = rest.get(taken..).unwrap_or_default();
    }
    drafts
}

/// The cues of one turn, which lies between two times.
fn turn(cx: &Cx, writer: &Writer, (passed, next_ms): (Time, i64), drafts: &mut Vec<Draft>) {
    let label = writer.speaker.filter(|_| cx.options.labels != Labels::Never).map(Voice::label);
    let width = |ruler: Ruler| label.as_ref().map_or(0, |label| ruler.width(label).as_halves());
    let always = cx.options.labels == Labels::Always;
    let label_room = Label { line: width(cx.limits.line_ruler), speed: width(cx.limits.speed_ruler), always };
    let atoms = atom::atoms(writer.turn, writer.shown, &cx.judge, cx.limits, (&label_room, passed));
    let notes = notes(cx, writer.turn, &atoms);
    let scope = search::Scope { atoms: &atoms, limits: cx.limits, label: label_room, next_ms, notes: &notes };
    for (i, lines) in search::cues(&scope).iter().enumerate() {
        let mut draft = draft(writer, &atoms, lines);
        draft.label = label.clone().filter(|_| i == 0 || always);
        drafts.push(draft);
    }
}

/// Where the terms of glosses stand that go on a line of their own, and how much there is to read.
fn notes(cx: &Cx, turn: &Turn, atoms: &[Atom]) -> Vec<(usize, u32)> {
    let width = |note: &str| cx.limits.speed_ruler.width(note).as_halves().saturating_add(2);
    let atom = |at: u32| atoms.partition_point(|atom| atom.at.end <= at);
    turn.notes.iter().map(|(term, note)| (atom(term.start), width(note))).collect()
}

/// A cue of these lines (ranges of atoms).
fn draft(writer: &Writer, atoms: &[Atom], lines: &[Range<usize>]) -> Draft {
    let of = |range: &Range<usize>| atoms.get(range.clone()).and_then(|line| Some((line.first()?, line.last()?)));
    let mut draft = Draft::default();
    let ends = lines.first().zip(lines.last()).and_then(|(a, b)| Some((of(a)?.0, of(b)?.1)));
    let Some((first, last)) = ends else { return draft };
    draft.spoken = first.start_ms..last.end_ms;
    for (first, last) in lines.iter().filter_map(of) {
        writer.line(&mut draft, first.at.start..last.at.end, "");
        if last.place == Place::Inside {
            draft.broken.push(around(&writer.turn.text, last.at.end));
        }
    }
    writer.note_line(&mut draft, &(first.at.start..last.at.end));
    writer.voice(&mut draft, 0);
    draft
}

/// The text on both sides of a break that should not be.
fn around(text: &str, at: u32) -> String {
    let (before, after) = text.split_at_checked(at as usize).unwrap_or((text, ""));
    let before: Vec<char> = before.chars().rev().take(8).collect();
    before.into_iter().rev().chain(['|']).chain(after.chars().take(8)).collect()
}

/// Gives the cues their times, and says what does not satisfy the profile.
fn settle(drafts: Vec<Draft>, cx: &Cx, profile: &Profile, report: &mut Report) -> Vec<Cue> {
    let ask = |draft: &Draft| Ask {
        start: draft.spoken.start,
        end: draft.spoken.end,
        needs: cx.limits.needs_ms(&draft.labelled()),
        fixed: draft.fixed,
    };
    let asks: Vec<Ask> = drafts.iter().map(ask).collect();
    let extent = cx.extent.start.to_millis(Round::Up)..cx.extent.end.to_millis(Round::Down);
    let times = fit::fit(&asks, extent, cx.limits);
    let mut cues = Vec::with_capacity(drafts.len());
    for (i, (draft, range)) in drafts.into_iter().zip(&times).enumerate() {
        let next = times.get(i.saturating_add(1)).map(|next| next.start);
        judge::judge(&draft, i, range, next, (cx.limits, profile), report);
        let (text, evidence) = draft.evidence();
        let mut cue = Cue::new(TimeRange::new(Time::from_millis(range.start), Time::from_millis(range.end)), text);
        cue.evidence = Some(Box::new(evidence));
        cues.push(cue);
    }
    cues
}
