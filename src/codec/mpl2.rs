//! MPL2 (`.txt`, `.mpl`): `[start][end]text|second line`, times in tenths of a second. No standard exists; a `/` at the beginning of a
//! line is italic, and an empty end is the start of the next cue.

use super::label::Labeller;
use super::leftover::Leftovers;
use super::line_marks::{LineMarks, Lines};
use super::numbered::{self, Brackets};
use super::plain::{self, Pen, Renderer};
use super::splice::{Numbered, NumberedLine};
use super::{Feature, Format, ReadOptions, SHORT_CUE_BYTES, Write, WriteOptions};
use crate::diag::{Edits, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Labels, Mark, MarkKind, StyledText, Track};
use crate::source::Source;
use crate::time::{FrameRate, Time, TimeDelta};
use std::fmt::Write as _;

/// MPL2.
pub static FORMAT: Format = Format {
    id: "mpl2",
    name: "MPL2",
    spec: "no standard; as players read it",
    extensions: &["mpl", "mpl2"],
    mime: "text/x-mpl2",
    keeps: &[Feature::Italic],
    leftovers: &[],
    probe: |text| numbered::probe(text, Brackets::SQUARE),
    probe_bytes: None,
    read,
    write: Some(Write::Whole(write)),
    splice: Some(splice),
};

/// Tenths of a second.
const PER_SECOND: u32 = 10;

fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let time =
        |tenths: u64| Time::from_units(i64::try_from(tenths).unwrap_or(i64::MAX), PER_SECOND).unwrap_or(Time::MAX);
    let mut track = Track { resolution: TimeDelta::from_millis(100), ..Track::default() };
    let lines = source.text().split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    track.cues = numbered::cues(source, lines, Brackets::SQUARE, time, styled, report);
    if track.cues.is_empty() && !source.text().trim().is_empty() {
        return Err(Error::new(
            ErrorKind::Unreadable,
            format!("{} is not MPL2: no line has two times in it", source.name()),
        )
        .with_remedy("a cue is a line such as `[10][25]text`")
        .with_chinese(format!("{} 不是 MPL2：没有一行带有两个时间", source.name()))
        .with_chinese_remedy("每条字幕是 `[10][25]文字` 这样的一行"));
    }
    Ok(track)
}

/// Edits a file in place.
fn splice(source: &Source, track: &Track, edits: &Edits, report: &mut Report) -> Result<Option<Vec<u8>>> {
    match FrameRate::new(PER_SECOND, 1) {
        Some(rate) => super::splice::splice(&Numbered::<Line>::new(rate), source, track, edits, report),
        None => Ok(None),
    }
}

struct Line;

impl NumberedLine for Line {
    const FORMAT: &'static Format = &FORMAT;
    const BRACKETS: Brackets = Brackets::SQUARE;
    const UNIT: &'static str = "0.1 s";

    fn codes(line: &str) -> usize {
        usize::from(line.starts_with('/'))
    }
}

fn styled(text: &str) -> StyledText {
    let mut out = StyledText::default();
    for (i, line) in text.split('|').enumerate() {
        if i > 0 {
            out.plain.push('\n');
        }
        let start = out.len();
        let italic = line.strip_prefix('/');
        out.plain.push_str(italic.unwrap_or(line));
        if italic.is_some_and(|line| !line.is_empty()) {
            out.marks.push(Mark::new(start..out.len(), MarkKind::Italic));
        }
    }
    out
}

/// What MPL2 can say of a line.
struct Italic;

impl LineMarks for Italic {
    fn line(&self, kind: &MarkKind) -> Option<String> {
        (*kind == MarkKind::Italic).then(|| "/".to_owned())
    }

    fn is_code(&self, line: &str) -> bool {
        line.starts_with('/')
    }
}

fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    plain::around(track, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Lines::new(Italic));
    let mut out = String::with_capacity(track.cues.len().saturating_mul(SHORT_CUE_BYTES));
    for (index, cue) in track.cues.iter().enumerate() {
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        renderer.pen.next(index, cue);
        let (start, end) = (renderer.pen.time(range.start, PER_SECOND), renderer.pen.time(range.end, PER_SECOND));
        let _ = write!(out, "[{start}][{end}]");
        renderer.pen.unnamed(id.as_deref());
        renderer.pen.unplaced(placement.as_deref());
        extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
        Lines::render(&mut renderer, text, &mut out);
        out.push('\n');
    }
    renderer.pen.finish("0.1 s");
    Ok(out.into_bytes())
}
