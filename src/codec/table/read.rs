//! Reading: the row of names, then a row a cue.

use super::cell::time;
use super::layout::{self, Layout, Role, unnamed};
use super::other::{self, extra, is_true, order, pairs};
use super::quote::{EDGE, unguard};
use super::rows::Rows;
use super::scale::{Scale, Times};
use super::{ABOVE, CELLS, DELIMITER, DERIVED, ID};
use crate::codec::plain::shorten;
use crate::codec::{ReadOptions, last_cue, room_for_cues};
use crate::diag::codes::{parse, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Mark, MarkKind, StyledText, ThinVec, Track, Voice};
use crate::source::{Source, Span};
use crate::time::{Time, TimeRange};
use std::borrow::Cow;
use std::collections::BTreeSet;

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let content = source.text();
    let Some(layout) = layout::find(content) else {
        return if content.trim().is_empty() { Ok(Track::default()) } else { Err(not_this(source)) };
    };
    if !layout.named {
        report.push(Diagnostic::new(text::TABLE_UNNAMED, Location::FILE));
    }
    let mut reader = Reader {
        report,
        layout: &layout,
        roles: layout.roles(),
        met: Vec::new(),
        seen: Vec::new(),
        cues: room_for_cues(content.len()),
        times: Vec::new(),
    };
    let (mut rows, mut cells) = (Rows::new(content, layout.body, layout.delimiter, Some(layout.shape())), Vec::new());
    while let Some(range) = rows.next(&mut cells) {
        reader.row(&cells, content.get(range.clone()).unwrap_or_default(), Span::new(range));
    }
    let mut track = Track { extras: around(content, &layout), ..Track::default() };
    track.extras.extend(reader.order());
    let Reader { report, cues, times, .. } = reader;
    let scale = Scale::of(&times, &layout.columns, options.frame_rate, report);
    (track.frame_rate, track.resolution) = (scale.rate, scale.resolution());
    track.cues = timed(cues, &times, &scale, source, report);
    Ok(track)
}

/// What is not in the rows: lines above them, and what separates columns.
fn around(content: &str, layout: &Layout) -> Vec<Extra> {
    let mut extras = Vec::new();
    let above = content.get(..layout.names_at).unwrap_or_default();
    if !above.trim().is_empty() {
        extras.push(Extra { format: ID, key: ABOVE, value: above.to_owned() });
    }
    // That tabs separate is the other format.
    if !matches!(layout.delimiter, b',' | b'\t') {
        let delimiter = char::from(layout.delimiter).to_string();
        extras.push(Extra { format: ID, key: DELIMITER, value: delimiter });
    }
    extras
}

struct Reader<'a, 'r> {
    report: &'r mut Report,
    layout: &'a Layout,
    roles: Vec<Role>,
    /// Columns in which something stood that is kept, in order of first sight.
    met: Vec<usize>,
    /// The same by column.
    seen: Vec<bool>,
    cues: Vec<Cue>,
    /// Those of each cue.
    times: Vec<Times>,
}

impl Reader<'_, '_> {
    fn row(&mut self, cells: &[Cow<'_, str>], line: &str, span: Span) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim_matches(EDGE));
        let columns = &self.layout.columns;
        let (start, stop) = (cell(Some(columns.start)), cell(columns.end.or(columns.duration)));
        let stop = if stop.is_empty() { Some(None) } else { time(stop).map(Some) };
        let Some((start, stop)) = time(start).zip(stop) else {
            return bad(line, Some(span), self.report);
        };
        let mut cue = Cue::new(TimeRange::default(), lines(unguard(cell(Some(columns.text)))));
        let speaker = unguard(cell(columns.speaker));
        if !speaker.is_empty() {
            let voice = Voice { name: speaker.to_owned(), classes: Vec::new() };
            cue.text.marks.push(Mark::new(0..cue.text.len(), MarkKind::Voice(Box::new(voice))));
        }
        cue.id = Some(unguard(cell(columns.id))).filter(|id| !id.is_empty()).map(Into::into);
        cue.extras = self.others(cells);
        cue.origin = Some(span);
        self.cues.push(cue);
        self.times.push(Times { start, stop });
    }

    /// The cells of other columns.
    fn others(&mut self, cells: &[Cow<'_, str>]) -> ThinVec<Extra> {
        let kept = [(CELLS, Role::Other), (DERIVED, Role::Derived)].map(|(key, role)| {
            let mut pairs = String::new();
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                // Past the last name there is nothing that is known.
                if self.roles.get(at).copied().unwrap_or(Role::Other) != role {
                    continue;
                }
                match self.layout.names.get(at) {
                    Some(name) => other::push(&mut pairs, name, cell),
                    None => other::push(&mut pairs, &unnamed(at), cell),
                }
                if self.seen.len() <= at {
                    self.seen.resize(at.saturating_add(1), false);
                }
                if let Some(seen) = self.seen.get_mut(at).filter(|seen| !**seen) {
                    *seen = true;
                    self.met.push(at);
                }
            }
            extra(key, pairs)
        });
        kept.into_iter().flatten().collect()
    }

    /// The order of the columns that are kept, if the cells do not show it.
    fn order(&self) -> Option<Extra> {
        let widest = self.seen.len().max(self.roles.len());
        let seen = |at: usize| self.seen.get(at).copied().unwrap_or(false);
        let role = |at: usize| self.roles.get(at).copied().unwrap_or(Role::Other);
        let name = |at: usize| self.layout.names.get(at).cloned().unwrap_or_else(|| unnamed(at));
        // Spreadsheets write commas for columns in which nothing ever stood.
        let is_kept = |at: &usize| role(*at) != Role::Known && (seen(*at) || name(*at) != unnamed(*at));
        let all: Vec<usize> = (0..widest).filter(is_kept).collect();
        (all != self.met).then(|| order(&all.into_iter().map(name).collect::<Vec<_>>())).flatten()
    }
}

/// A text whose only line break is `\n`.
fn lines(text: &str) -> StyledText {
    StyledText::from(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() })
}

/// A row that is no cue.
fn bad(line: &str, span: Option<Span>, report: &mut Report) {
    report.push_with(parse::BAD_LINE, Location { span, ..Location::FILE }, |bad| bad.with("text", shorten(line)));
}

/// Gives the cues their times. A cue without an end lasts until the next one.
fn timed(mut cues: Vec<Cue>, times: &[Times], scale: &Scale, source: &Source, report: &mut Report) -> Vec<Cue> {
    let (mut next, mut open, mut lost) = (None::<Time>, false, BTreeSet::new());
    for (index, (cue, times)) in cues.iter_mut().zip(times).enumerate().rev() {
        let Some((start, end)) = scale.range(times) else {
            lost.insert(index);
            continue;
        };
        open |= end.is_none() && next.is_none();
        cue.range = TimeRange::new(start, end.unwrap_or_else(|| next.unwrap_or(start).max(start)));
        next = Some(start);
    }
    let mut at = 0usize;
    cues.retain(|cue| {
        let kept = !lost.contains(&at);
        if !kept {
            bad(cue.origin.map_or("", |span| source.slice(span)), cue.origin, report);
        }
        at = at.saturating_add(1);
        kept
    });
    for (index, cue) in cues.iter_mut().enumerate() {
        if cue.extras.iter().any(|extra| extra.key == DERIVED) {
            contradictions(cue, index, report);
        }
    }
    if open {
        last_cue::end(&mut cues, report);
    }
    cues
}

/// Leaves out a length that start and end contradict.
fn contradictions(cue: &mut Cue, index: usize, report: &mut Report) {
    let range = cue.range;
    let mut left = Vec::with_capacity(cue.extras.len());
    for extra in std::mem::take(&mut cue.extras) {
        let Some(pairs) = Some(&extra).filter(|extra| extra.key == DERIVED).and_then(|extra| pairs(&extra.value))
        else {
            left.push(extra);
            continue;
        };
        let mut again = String::new();
        for (name, content) in pairs {
            if is_true(&name, &content, range) {
                other::push(&mut again, &name, &content);
            } else {
                let at = Location { span: cue.origin, ..Location::cue(index, range.start) };
                report.push_with(text::TABLE_LENGTH, at, |odd| odd.with("text", shorten(&content)));
            }
        }
        left.extend(self::extra(DERIVED, again));
    }
    cue.extras = left.into();
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(ErrorKind::Unreadable, format!("{name} is no table of cues: no row names a start and a text"))
        .with_remedy("the first row names the columns: `start,end,speaker,text`")
        .with_chinese(format!("{name} 不是带时间的字幕表格：没有一行写明开始时间列和文本列"))
        .with_chinese_remedy("第一行应写明各列的名称：`开始,结束,说话人,字幕`")
}
