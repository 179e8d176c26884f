//! Writing: cues to blocks.

use super::compose::{self, Fitted, UNUSED};
use super::head::{self, Written};
use super::kept::{Kept, Numbers, Raw};
use super::looks::{Looks, styled};
use super::plan::{self, OfTrack, Plan, Room};
use super::user::{Place, UserData};
use super::{BLOCK, LAST, TEXT, place, start_of, text};
use crate::codec::label::{Labeller, voiceless};
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{self, Pen, Renderer, shorten};
use crate::codec::{WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Note, Placement, Track};
use crate::time::{FrameRate, Timecode};

/// Rates that have a disk format code; 30 is counted as it is, and read as 29.97 unless `--fps 30` says otherwise.
const EUROPE: Option<FrameRate> = FrameRate::new(25, 1);
const AMERICA: Option<FrameRate> = FrameRate::new(30_000, 1001);
const THIRTY: Option<FrameRate> = FrameRate::new(30, 1);
/// The most blocks there can be: their count has five digits (§4.1, TNB). Numbers of subtitles have 16 bits (§4.2, SN).
const MOST_BLOCKS: usize = 99_999;

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    let OfTrack { fields, user, others } = plan::of_track(&track.extras);
    others.into_iter().for_each(|extra| leftovers.drop(extra));
    around(track, report);
    let (Some(rate), Some(plan)) = (rate(track, options, report), Plan::of(track)) else { return Ok(Vec::new()) };
    // A display standard that would be written in any case is not kept.
    let usual = plan::default_display(track.cues.iter().map(|cue| &cue.text));
    let (mut fields, redundant): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, value)| *name != head::DSC || *value != usual);
    redundant.iter().for_each(|(name, value)| leftovers.drop_text(super::ID, name, value));
    if !fields.iter().any(|(name, _)| *name == head::DSC) {
        fields.insert(0, (head::DSC, usual));
    }
    let start = options.start_timecode.or(track.start_timecode);
    let code = Timecode { drop: false, ..start.unwrap_or_default() };
    let zero = code.frame(rate).filter(|_| code.hours < 24);
    let mut file = File { blocks: Vec::new(), count: 0, numbers: 0, last: None, subtitles: 0, first: None };
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Looks::new(&plan));
    let timing = Timing { rate, zero: zero.unwrap_or(0) };
    let mut notes = track.notes.iter().peekable();
    let mut earliest: Option<u64> = None;
    for (index, cue) in track.cues.iter().enumerate() {
        while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
            self::note(note, &plan, code, &mut file, &mut renderer.pen);
        }
        match subtitle(cue, index, timing, &plan, file.numbers(), &mut renderer) {
            Some(subtitle) if file.add(&subtitle) => {
                earliest = Some(earliest.map_or(subtitle.start, |earliest| earliest.min(subtitle.start)));
            }
            _ => renderer.pen.lost(loss::CUE),
        }
    }
    notes.for_each(|note| self::note(note, &plan, code, &mut file, &mut renderer.pen));
    for (extra, user) in user {
        if !file.add_user_data(&user) {
            renderer.pen.leftovers.drop(extra);
        }
    }
    renderer.markup.say(renderer.pen.report);
    renderer.pen.finish("1 frame");
    let said = Some(code).filter(|_| zero.is_some());
    let read = start_of(said, earliest, rate);
    if read != start {
        say_start(start, read, report);
    }
    let title = track.header.as_deref().unwrap_or_default();
    let general = Written {
        disk_format: if Some(rate) == EUROPE { "STL25.01" } else { "STL30.01" },
        table: plan.code,
        lang: track.lang.as_ref(),
        title,
        blocks: file.count,
        subtitles: file.subtitles,
        start: said.unwrap_or_default(),
        first: file.first.unwrap_or_default(),
        fields: &fields,
    };
    let mut out = general.block();
    out.append(&mut file.blocks);
    Ok(out)
}

/// Reports what stands around the cues and has no place.
fn around(track: &Track, report: &mut Report) {
    plain::around_cues(&track.regions, &[], report);
    if let Some(lang) = track.lang.as_ref().filter(|lang| head::lang_read(lang).as_ref() != Some(*lang)) {
        report.push(Diagnostic::new(loss::TRACK_LANG, Location::FILE).with("lang", lang.as_str()));
    }
    if let Some(header) = track.header.as_deref().filter(|header| !head::title_fits(header)) {
        report.push(Diagnostic::new(loss::HEADER, Location::FILE).with("text", shorten(header)));
    }
}

/// The rate that frames are counted at.
fn rate(track: &Track, options: &WriteOptions, report: &mut Report) -> Option<FrameRate> {
    let known = options.frame_rate.or(track.frame_rate);
    let rate = if known == AMERICA || known == THIRTY { known } else { EUROPE };
    match known {
        None => {
            let name = rate.map(|rate| rate.to_string()).unwrap_or_default();
            report.push(Diagnostic::new(loss::FRAME_RATE_ASSUMED, Location::FILE).with("rate", name));
        }
        Some(known) if Some(known) != rate || rate == THIRTY => timing_lost(Some(known), None, report),
        Some(_) if track.frame_rate.is_some_and(|own| Some(own) != rate) => timing_lost(track.frame_rate, None, report),
        Some(_) => {}
    }
    rate
}

fn say_start(start: Option<Timecode>, read: Option<Timecode>, report: &mut Report) {
    let name = |code: Option<Timecode>| code.unwrap_or_default().to_string();
    let guessed = Diagnostic::new(loss::START_GUESSED, Location::FILE);
    report.push(guessed.with("code", name(start)).with("read", name(read)));
}

#[derive(Clone, Copy)]
struct Timing {
    rate: FrameRate,
    /// The frame of the programme's start.
    zero: u64,
}

/// What goes into the blocks of a subtitle.
struct Subtitle {
    start: u64,
    codes: [Timecode; 2],
    raw: Raw,
    cumulative: u8,
    group: u8,
    /// Blocks of user data, by place.
    user: Vec<(Place, UserData)>,
    comment: bool,
}

/// The blocks so far.
struct File {
    blocks: Vec<u8>,
    count: usize,
    /// Subtitles and comments, which are numbered in one row.
    numbers: usize,
    /// The number of the last subtitle.
    last: Option<u16>,
    subtitles: usize,
    first: Option<Timecode>,
}

impl File {
    /// The numbers of a subtitle that is added.
    fn numbers(&self) -> Numbers {
        Numbers { last: self.last, own: u16::try_from(self.numbers).unwrap_or(u16::MAX) }
    }

    /// Adds a block of user data of no subtitle; `false` if it would be one of the last.
    fn add_user_data(&mut self, user: &UserData) -> bool {
        let count = self.count.saturating_add(1);
        if count > MOST_BLOCKS || self.last == Some(user.number(0)) {
            return false;
        }
        self.blocks.append(&mut user.block(0));
        self.count = count;
        true
    }

    /// Adds a subtitle; `false` if there is no number for it.
    fn add(&mut self, subtitle: &Subtitle) -> bool {
        let Subtitle { start: _, codes, raw, cumulative, group, user, comment } = subtitle;
        let parts = raw.parts().len();
        let Ok(number) = u16::try_from(self.numbers) else { return false };
        let count = self.count.saturating_add(parts).saturating_add(user.len());
        if count > MOST_BLOCKS || parts > usize::from(super::MOST_EXTENSIONS) {
            return false;
        }
        let mut user = user.iter().peekable();
        let mut add_user_data = |blocks: &mut Vec<u8>, place: Place| {
            while let Some((_, user)) = user.next_if(|(at, _)| *at <= place) {
                blocks.append(&mut user.block(number));
            }
        };
        add_user_data(&mut self.blocks, Place::Before);
        for (part, text) in raw.parts().enumerate() {
            let after = u8::try_from(part.saturating_add(1)).unwrap_or(u8::MAX);
            let last = usize::from(after) == parts;
            let extension = if last { LAST } else { after.saturating_sub(1) };
            let [low, high] = number.to_le_bytes();
            self.blocks.extend([*group, low, high, extension, *cumulative]);
            for Timecode { hours, minutes, seconds, frames, drop: _ } in codes {
                self.blocks.extend([hours, minutes, seconds, frames].map(|n| u8::try_from(*n).unwrap_or(0)));
            }
            self.blocks.extend([raw.row, raw.justification, u8::from(*comment)]);
            self.blocks.extend_from_slice(text);
            let unused = BLOCK.saturating_sub(TEXT).saturating_sub(text.len());
            self.blocks.extend(std::iter::repeat_n(UNUSED, unused));
            add_user_data(&mut self.blocks, if last { Place::After } else { Place::Inside(after) });
        }
        if !comment {
            self.last = Some(number);
            self.first = self.first.or(codes.first().copied());
            self.subtitles = self.subtitles.saturating_add(1);
        }
        (self.count, self.numbers) = (count, self.numbers.saturating_add(1));
        true
    }
}

/// A cue as it is written; `None` if there is no time code for it, or nothing of it is in any table.
fn subtitle<'a>(
    cue: &'a Cue,
    index: usize,
    timing: Timing,
    plan: &Plan,
    numbers: Numbers,
    renderer: &mut Renderer<'a, '_, Looks>,
) -> Option<Subtitle> {
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    let before = renderer.pen.report.total();
    let frame = |time, pen: &mut Pen<'_>| pen.frame(time, timing.rate).saturating_add(timing.zero);
    let (start, end) = (frame(range.start, &mut renderer.pen), frame(range.end, &mut renderer.pen));
    renderer.pen.unnamed(id.as_deref());
    renderer.pen.no_region(placement.as_deref());
    renderer.markup.begin_cue();
    renderer.text(text);
    let day = u64::from(timing.rate.nominal()).saturating_mul(24 * 3600);
    if start >= day || end >= day || renderer.markup.is_nothing_left(&renderer.pen.out) {
        extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
        return None;
    }
    let (fitted, usual) = usual(&renderer.pen.out, placement.as_deref(), plan);
    let kept = Kept::of(cue, &usual, plan.letters.table, plan.room.rows, numbers);
    let Kept { raw, cumulative, group, user, others } = kept;
    others.into_iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
    let raw = raw.unwrap_or_else(|| {
        fitted.squeezed.say(fitted.count() > 0, &mut renderer.pen);
        compare(cue, &usual, plan, before, &mut renderer.pen);
        usual
    });
    let code = |frame| Timecode::of_frame(frame, timing.rate, false);
    Some(Subtitle { start, codes: [code(start), code(end)], raw, cumulative, group, user, comment: false })
}

/// A written text in its field, unless the file that it comes from had it otherwise.
fn usual(written: &str, placement: Option<&Placement>, plan: &Plan) -> (Fitted, Raw) {
    let fitted = compose::fit(&styled(written), plan.letters, plan.room);
    let (row, justification) = place::place(placement, fitted.count(), plan.room);
    let raw = Raw::new(row, justification, &fitted.bytes(plan.room));
    (fitted, raw)
}

/// What cues keep that were read from these fields: those that would be written in another way.
pub(super) fn kept(cues: &[Cue], fields: &[Raw], plan: &Plan) -> Vec<Option<Extra>> {
    let mut silent = Report::default();
    let pen = Pen::new(&mut silent, Labeller::new(Labels::Never, Labels::Never), Leftovers::new());
    let mut renderer = Renderer::new(pen, Looks::new(plan));
    let mut extras = Vec::with_capacity(cues.len());
    for (index, (cue, field)) in cues.iter().zip(fields).enumerate() {
        renderer.pen.next(index, cue);
        renderer.text(&cue.text);
        let (_, usual) = usual(&renderer.pen.out, cue.placement.as_deref(), plan);
        extras.push((usual != *field).then(|| field.extra()));
    }
    extras
}

/// Reads a field as it is written, and reports what the cue does not say.
fn compare(cue: &Cue, raw: &Raw, plan: &Plan, before: u64, pen: &mut Pen<'_>) {
    let read = text::read(&raw.bytes, plan.letters.table);
    if place::placement(raw.row, read.rows, raw.justification, plan.room.rows).as_ref() != cue.placement.as_deref() {
        pen.lost(loss::PLACEMENT);
    }
    if pen.report.total() > before {
        return;
    }
    let own = voiceless(&cue.text);
    let named = own.marks.len() < cue.text.marks.len();
    // A label in front of the text is said elsewhere.
    let labelled = named && read.text.plain != own.plain && read.text == text::join(styled(&pen.out));
    if read.text == *own || labelled {
        return;
    }
    pen.lost(if read.text.plain != own.plain && !named { loss::EDGE_SPACE } else { loss::LOOKS_CHANGED });
}

/// A note as a comment, at the programme's start.
fn note(note: &Note, plan: &Plan, at: Timecode, file: &mut File, pen: &mut Pen<'_>) {
    let line = |line: &str| line.chars().map(|c| (c, text::PLAIN)).collect();
    let lines: Vec<_> = note.text.split('\n').map(line).collect();
    let raw = Raw::new(0, 0, &compose::fit(&lines, plan.letters, Room::ENDLESS).bytes(Room::ENDLESS));
    let whole = text::read(&raw.bytes, plan.letters.table).text.plain == note.text;
    let subtitle = Subtitle { start: 0, codes: [at; 2], raw, cumulative: 0, group: 0, user: Vec::new(), comment: true };
    if !whole || !file.add(&subtitle) {
        pen.report.push(Diagnostic::new(loss::NOTE, Location::FILE).with("text", shorten(&note.text)));
    }
}
