//! Writing: pop-on captions on CC1.

use super::compose::{self, Line};
use super::decode::{self, Decoder};
use super::layout::{self, arrange};
use super::letter;
use super::schedule::{Cue as Sent, Schedule, Slip};
use super::screen::{COLORS, Look, Shape};
use super::{CLOCK_RATE, ID, NON_DROP, RATE, ROWS, SIGNATURE, start_of};
use crate::codec::grid::Row;
use crate::codec::label::{Labeller, voiceless};
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{self, Begun, Markup, Open, Pen, Renderer, frame_start};
use crate::codec::{WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Mark, MarkKind, Rgba, Track};
use crate::time::{FrameRate, Timecode};
use cea608_types::tables::{Color, Control};
use std::fmt::Write as _;
use std::ops::Range;

/// A time code counts a day (SMPTE ST 12-1 §5.1); one hour more for what begins before midnight.
const HOURS: u64 = 25;

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    let non_drop = track.extras.iter().any(is_non_drop);
    around(track, track.cues.is_empty(), &mut leftovers, report);
    let Some(rate) = rate(track, options, report) else { return Ok(Vec::new()) };
    let start = options.start_timecode.or(track.start_timecode);
    let drop = start.map_or(!non_drop, |start| start.drop) && Some(rate) == RATE;
    let zero = start.and_then(|start| Timecode { drop, ..start }.frame(rate));
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Looks);
    let mut cues: Vec<Sent> = Vec::with_capacity(track.cues.len());
    for (index, cue) in track.cues.iter().enumerate() {
        let last = cues.last().map(|cue| cue.start);
        let sent = caption(cue, index, Timing { rate, zero: zero.unwrap_or(0) }, &mut renderer);
        match sent {
            Some(sent) => {
                if last.is_some_and(|last| last > sent.start) {
                    renderer.pen.lost(loss::ORDER);
                }
                cues.push(sent);
            }
            None => renderer.pen.lost(loss::CUE),
        }
    }
    cues.sort_by_key(|cue| cue.start);
    let schedule = Schedule::of(&cues);
    let report = &mut *renderer.pen.report;
    slips(&schedule, track, Timing { rate, zero: zero.unwrap_or(0) }, report);
    let first = schedule.words.iter().find(|(_, word)| *word == compose::control(Control::EndOfCaption).word);
    let read = first.and_then(|(frame, _)| start_of(*frame, rate, drop));
    if read != start {
        say_start(start, read, report);
    }
    renderer.pen.finish("1 frame");
    Ok(file(&schedule, rate, drop))
}

/// Reports what stands around the cues.
fn around(track: &Track, empty: bool, leftovers: &mut Leftovers, report: &mut Report) {
    plain::around_known(track, report);
    // Time codes are those of words: without captions nothing says it.
    let said = |extra: &&Extra| is_non_drop(extra) && !empty && track.start_timecode.is_none();
    let mut own = track.extras.iter().filter(said);
    let kept = own.next();
    for extra in track.extras.iter().filter(|extra| kept.is_none_or(|kept| !std::ptr::eq(kept, *extra))) {
        leftovers.drop(extra);
    }
}

fn is_non_drop(extra: &Extra) -> bool {
    let Extra { format, key, value } = extra;
    *format == ID && *key == NON_DROP && value.is_empty()
}

/// Line 21 has one rate; another is made on purpose.
fn rate(track: &Track, options: &WriteOptions, report: &mut Report) -> Option<FrameRate> {
    let known = options.frame_rate.or(track.frame_rate);
    let rate = if known == CLOCK_RATE { CLOCK_RATE } else { RATE };
    match known {
        None => {
            let name = rate.map(|rate| rate.to_string()).unwrap_or_default();
            report.push(Diagnostic::new(loss::FRAME_RATE_ASSUMED, Location::FILE).with("rate", name));
        }
        Some(known) if Some(known) != RATE => timing_lost(Some(known), None, report),
        Some(_) if track.frame_rate.is_some_and(|own| Some(own) != RATE) => timing_lost(track.frame_rate, None, report),
        Some(_) => {}
    }
    rate
}

#[derive(Clone, Copy)]
struct Timing {
    rate: FrameRate,
    /// The frame of the programme's start.
    zero: u64,
}

/// A cue as it will be sent; `None` if there is nothing to see, or no time to see it in.
fn caption<'a>(cue: &'a Cue, index: usize, timing: Timing, renderer: &mut Renderer<'a, '_, Looks>) -> Option<Sent> {
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    let before = renderer.pen.report.total();
    let frame = |time, pen: &mut Pen<'_>| pen.frame(time, timing.rate).saturating_add(timing.zero);
    let (start, end) = (frame(range.start, &mut renderer.pen), frame(range.end, &mut renderer.pen));
    renderer.pen.unnamed(id.as_deref());
    renderer.pen.no_region(placement.as_deref());
    renderer.text(text);
    let lines = lines(&renderer.pen.out);
    let fitted = compose::fit(&lines);
    let day = u64::from(timing.rate.nominal()).saturating_mul(3600).saturating_mul(HOURS);
    if fitted.lines.is_empty() || end <= start || end >= day {
        extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
        return None;
    }
    fitted.squeezed.say(true, &mut renderer.pen);
    let shapes = shapes(cue, &fitted.lines, &mut renderer.pen);
    let units = compose::load(&fitted.lines, &shapes);
    let sent = Sent { index, start, end, units };
    if renderer.pen.report.total() == before {
        compare(cue, &sent, &mut renderer.pen);
    }
    Some(sent)
}

/// Where the lines stand: as the file that they come from had them, if the placement is still the one it gave them.
fn shapes(cue: &Cue, lines: &[Line], pen: &mut Pen<'_>) -> Vec<Shape> {
    let widths: Vec<usize> = lines.iter().map(Row::columns).collect();
    let own = |extra: &&Extra| extra.format == ID && extra.key == ROWS;
    let kept = |extra: &Extra| {
        let shapes = layout::parse(&extra.value, &widths)?;
        let placement = layout::placement(&shapes);
        let rows = decode::rows(placement.as_ref(), &shapes);
        (placement.as_ref() == cue.placement.as_deref() && rows.as_ref() == Some(&extra.value)).then_some(shapes)
    };
    let found = cue.extras.iter().find(own).and_then(|extra| kept(extra).map(|shapes| (extra, shapes)));
    let used = found.as_ref().map(|(extra, _)| *extra);
    for extra in cue.extras.iter().filter(|extra| used.is_none_or(|used| !std::ptr::eq(used, *extra))) {
        pen.leftovers.drop(extra);
    }
    let mut shapes = match found {
        Some((_, shapes)) => shapes,
        None => arrange(cue.placement.as_deref(), &widths),
    };
    compose::make_room(lines, &mut shapes);
    shapes
}

/// Reads a caption as it is written, and reports what the decoder makes of it that the cue does not say.
fn compare(cue: &Cue, sent: &Sent, pen: &mut Pen<'_>) {
    let mut decoder = Decoder::new(0);
    let mut frame = 0u64;
    let show = compose::control(Control::EndOfCaption);
    for unit in sent.units.iter().chain([&show]) {
        decoder.word(unit.word, frame, 0);
        // Two frames on, so that none counts as the second of a pair.
        frame = frame.saturating_add(2);
    }
    decoder.finish(1);
    let Some(read) = decoder.captions.first() else { return pen.lost(loss::LOOKS_CHANGED) };
    let own = voiceless(&cue.text);
    // A label in front of the text is said elsewhere.
    let labelled = own.marks.len() < cue.text.marks.len() && read.text.plain != own.plain;
    if read.text != *own && !labelled {
        pen.lost(loss::LOOKS_CHANGED);
    }
    let rows = cue.extras.iter().find(|extra| extra.format == ID && extra.key == ROWS).map(|extra| &extra.value);
    if read.placement.as_ref() != cue.placement.as_deref() || (read.rows.is_some() && read.rows.as_ref() != rows) {
        pen.lost(loss::PLACEMENT);
    }
}

fn slips(schedule: &Schedule, track: &Track, timing: Timing, report: &mut Report) {
    for slip in &schedule.slips {
        let index = match slip {
            Slip::Late { index, .. } | Slip::Cut { index, .. } => *index,
        };
        let start = track.cues.get(index).map(|cue| cue.range.start).unwrap_or_default();
        let at = Location::cue(index, start);
        match slip {
            Slip::Late { frames, .. } => report.push_with(loss::LATE, at, |lost| lost.with("frames", *frames)),
            Slip::Cut { end, .. } => report.push_with(loss::CUT_SHORT, at, |lost| {
                lost.with("end", frame_start(end.saturating_sub(timing.zero), timing.rate))
            }),
        }
    }
}

fn say_start(start: Option<Timecode>, read: Option<Timecode>, report: &mut Report) {
    let name = |code: Option<Timecode>| code.unwrap_or_default().to_string();
    let guessed = Diagnostic::new(loss::START_GUESSED, Location::FILE);
    report.push(guessed.with("code", name(start)).with("read", name(read)));
}

/// Lines of words in a row, each behind its time code.
fn file(schedule: &Schedule, rate: FrameRate, drop: bool) -> Vec<u8> {
    let mut out = String::with_capacity(schedule.words.len().saturating_mul(6));
    out.extend([SIGNATURE, "\n"]);
    let load = compose::control(Control::ResumeCaptionLoading).word;
    let mut last: Option<(u64, [u8; 2])> = None;
    for (frame, word) in &schedule.words {
        let follows = last.is_some_and(|(before, _)| before.saturating_add(1) == *frame);
        let begins = *word == load && last.is_none_or(|(_, before)| before != load);
        if follows && !begins {
            out.push(' ');
        } else {
            let _ =
                write!(out, "\n{}{}\t", if last.is_some() { "\n" } else { "" }, Timecode::of_frame(*frame, rate, drop));
        }
        let [a, b] = word;
        let _ = write!(out, "{a:02x}{b:02x}");
        last = Some((*frame, *word));
    }
    out.push('\n');
    out.into_bytes()
}

/// Codes in the written text, which no character of CTA-608-E is.
const ITALIC: (&str, &str) = ("\u{1}", "\u{2}");
const UNDERLINE: (&str, &str) = ("\u{3}", "\u{4}");
const END_COLOR: &str = "\u{5}";
/// The first of the colours: white, then those of [`COLORS`].
const BEGIN_COLORS: [&str; 7] = ["\u{10}", "\u{11}", "\u{12}", "\u{13}", "\u{14}", "\u{15}", "\u{16}"];

/// The looks of CTA-608-E.
struct Looks;

impl<'a> Markup<'a> for Looks {
    type Found = ();

    fn look(&mut self, text: &str, _: bool, pen: &mut Pen<'_>) {
        let (mut replaced, mut lost) = (String::new(), String::new());
        for c in text.chars().filter(|c| *c != '\n' && letter::code(*c).is_none()) {
            let list = match c {
                '\r' => {
                    pen.lost(loss::LINE_BREAK);
                    continue;
                }
                c if letter::nearest(c).is_some() => &mut replaced,
                _ => &mut lost,
            };
            if list.len() < 60 && !list.contains(c) {
                list.push(c);
            }
        }
        if !replaced.is_empty() {
            pen.loss(loss::LETTERS_REPLACED, "letters", replaced.escape_debug().to_string());
        }
        if !lost.is_empty() {
            pen.loss(loss::LETTERS_LOST, "letters", lost.escape_debug().to_string());
        }
    }

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        for c in text.get(part).unwrap_or_default().chars() {
            match c {
                '\n' | '\r' => out.push('\n'),
                c if letter::code(c).is_some() => out.push(c),
                c => out.push_str(letter::nearest(c).unwrap_or("?")),
            }
        }
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        let (open, close) = match &mark.kind {
            MarkKind::Italic => ITALIC,
            MarkKind::Underline => UNDERLINE,
            MarkKind::Color(color) => {
                let (index, exact) = nearest(*color);
                if !exact {
                    pen.lost(loss::COLOR);
                }
                (BEGIN_COLORS.get(index).copied().unwrap_or_default(), END_COLOR)
            }
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Bold
            | MarkKind::Strike
            | MarkKind::Background(_)
            | MarkKind::Font(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Emphasis(_)
            | MarkKind::Upright
            | MarkKind::Shown(_)
            | MarkKind::Raw(_) => return Begun::No,
        };
        pen.out.push_str(open);
        Begun::Tag(close)
    }

    fn end(&mut self, tag: &'a str, out: &mut String) {
        out.push_str(tag);
    }
}

/// The nearest colour, 0 for white, and whether it is that.
fn nearest(color: Rgba) -> (usize, bool) {
    const WHITE: Rgba = Rgba { r: u8::MAX, g: u8::MAX, b: u8::MAX, a: u8::MAX };
    let far = |of: fn(&Rgba) -> u8, other: &Rgba| u32::from(of(&color).abs_diff(of(other))).pow(2);
    let distance =
        |other: &Rgba| far(|c| c.r, other).saturating_add(far(|c| c.g, other)).saturating_add(far(|c| c.b, other));
    let all = std::iter::once(&WHITE).chain(COLORS.iter().map(|(_, rgba)| rgba));
    let (index, nearest) = all.enumerate().min_by_key(|(_, rgba)| distance(rgba)).unwrap_or((0, &WHITE));
    (index, *nearest == color)
}

/// The written text as lines of characters with their looks.
fn lines(text: &str) -> Vec<Vec<(char, Look)>> {
    let mut lines = vec![Vec::new()];
    let (mut italic, mut underline, mut colors) = (0u32, 0u32, Vec::<Color>::new());
    for c in text.chars() {
        match c {
            '\n' => lines.push(Vec::new()),
            '\u{1}' => italic = italic.saturating_add(1),
            '\u{2}' => italic = italic.saturating_sub(1),
            '\u{3}' => underline = underline.saturating_add(1),
            '\u{4}' => underline = underline.saturating_sub(1),
            '\u{5}' => drop(colors.pop()),
            '\u{10}'..='\u{16}' => {
                let index = (u32::from(c) as usize).saturating_sub(0x11);
                let color = COLORS.get(index).filter(|_| c != '\u{10}').map_or(Color::White, |(color, _)| *color);
                colors.push(color);
            }
            c => {
                let color = colors.last().copied().unwrap_or(Color::White);
                let look = Look { color, italic: italic > 0, underline: underline > 0 };
                if let Some(line) = lines.last_mut() {
                    line.push((c, look));
                }
            }
        }
    }
    lines
}
