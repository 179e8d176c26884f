//! Audacity's label tracks: `start`, `end` and label in seconds, a line each, tabs between them. A label made in a spectrogram has a
//! second line with a backslash and two frequencies; those come back. Labels of a point are cues of no length. All label tracks of
//! a project stand one after another in the file, which does not say where one ends.
//!
//! A label is one line without tabs. The usual extension is `.txt`, which says nothing: files are known by their content.

use super::label::Labeller;
use super::leftover::Leftovers;
use super::native::decimal::{self, write_seconds};
use super::plain::{self, Pen, Renderer, Tags, shorten};
use super::{Feature, Format, Leftover, ReadOptions, SHORT_CUE_BYTES, Write, WriteOptions, room_for_cues};
use crate::diag::codes::{loss, parse, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Labels, Track};
use crate::source::Source;
use crate::time::{FLICKS_PER_SECOND, Time, TimeDelta, TimeRange};

/// Audacity labels.
pub static FORMAT: Format = Format {
    id: ID,
    name: "Audacity labels",
    spec: "Audacity Manual, \"Importing and Exporting Labels\"",
    extensions: &["labels"],
    mime: "text/plain",
    keeps: &[Feature::ExactTimes],
    leftovers: &[Leftover::content(FREQUENCIES)],
    probe,
    probe_bytes: None,
    read,
    write: Some(Write::Whole(write)),
    splice: None,
};

const ID: &str = "audacity";
/// The second line of a label, without its backslash: the lowest and the highest frequency, in hertz.
const FREQUENCIES: &str = "frequencies";
/// What begins such a line.
const SPECTRAL: &str = "\\\t";
/// Lines that are looked at.
const PROBED_LINES: usize = 12;

fn probe(text: &str) -> u8 {
    let lines = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(PROBED_LINES);
    let known = |line: &str| label(line).is_some() || frequencies(line).is_some();
    let certain = lines().next().is_some_and(|first| label(first).is_some()) && lines().all(known);
    // Audacity writes six digits behind the point; whole numbers may be anything.
    let fraction = |line: &str| line.split('\t').next().is_some_and(|start| start.contains(['.', ',']));
    match (certain, lines().all(|line| line.starts_with(SPECTRAL) || fraction(line))) {
        (true, true) => 210,
        (true, false) => 90,
        (false, _) => 0,
    }
}

/// Times and text of a line.
fn label(line: &str) -> Option<(TimeRange, &str)> {
    let (start, rest) = line.trim_start_matches('\u{FEFF}').split_once('\t')?;
    let (end, text) = rest.split_once('\t').unwrap_or((rest, ""));
    Some((TimeRange::new(seconds(start)?, seconds(end)?), text))
}

/// Seconds, with the decimal mark of a language that writes a comma.
fn seconds(text: &str) -> Option<Time> {
    let text = text.trim();
    let number = if text.contains(',') { text.replace(',', ".") } else { text.to_owned() };
    decimal::parse(&number, FLICKS_PER_SECOND).map(Time::from_flicks)
}

/// The frequencies of a second line.
fn frequencies(line: &str) -> Option<&str> {
    let values = line.strip_prefix(SPECTRAL)?;
    let hertz = |text: &str| text.trim() == text && text.parse::<f64>().is_ok_and(f64::is_finite);
    values.split_once('\t').filter(|(low, high)| hertz(low) && hertz(high)).map(|_| values)
}

fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let content = source.text();
    let mut cues: Vec<Cue> = room_for_cues(content.len());
    let mut points = 0u64;
    // The line above is a label that may have frequencies.
    let mut open = false;
    for line in content.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        if let Some((range, text)) = label(line) {
            let mut cue = Cue::new(range, text);
            cue.origin = source.span_of(line);
            points = points.saturating_add(u64::from(range.start == range.end));
            cues.push(cue);
            open = true;
            continue;
        }
        match (frequencies(line).filter(|_| std::mem::take(&mut open)), cues.last_mut()) {
            (Some(values), Some(cue)) => {
                cue.extras = [Extra { format: ID, key: FREQUENCIES, value: values.to_owned() }].into();
            }
            _ => {
                let at = Location { span: source.span_of(line), ..Location::FILE };
                report.push_with(parse::BAD_LINE, at, |bad| bad.with("text", shorten(line)));
            }
        }
    }
    if cues.is_empty() && !content.trim().is_empty() {
        return Err(not_this(source));
    }
    if points > 0 {
        report.push(Diagnostic::new(text::POINTS, Location::FILE).with("count", points));
    }
    // Six digits behind the point.
    let resolution = TimeDelta::from_units(1, 1_000_000).unwrap_or_default();
    Ok(Track { resolution, cues, ..Track::default() })
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(ErrorKind::Unreadable, format!("{name} holds no labels of Audacity: no line begins with two times"))
        .with_remedy("a label is a line of start, end and text, with tabs between them: `1.500000\t2.250000\ttext`")
        .with_chinese(format!("{name} 不是 Audacity 标签：没有一行以两个时间开头"))
        .with_chinese_remedy("每个标签一行，依次为开始、结束和文字，以制表符分隔：`1.500000\t2.250000\t文字`")
}

fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    plain::around(track, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Tags::NONE);
    let mut out = Vec::with_capacity(track.cues.len().saturating_mul(SHORT_CUE_BYTES));
    for (index, cue) in track.cues.iter().enumerate() {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        renderer.pen.next(index, cue);
        push_time(&mut out, range.start);
        out.push(b'\t');
        push_time(&mut out, range.end);
        out.push(b'\t');
        renderer.pen.unnamed(id.as_deref());
        renderer.pen.unplaced(placement.as_deref());
        renderer.text(text);
        push_label(&mut out, &mut renderer.pen);
        let mut own = None;
        for extra in extras {
            match Some(extra).filter(|extra| own.is_none() && is_own(extra)) {
                Some(extra) => own = Some(extra.value.as_str()),
                None => renderer.pen.leftovers.drop(extra),
            }
        }
        if let Some(values) = own {
            out.extend([SPECTRAL, values, "\n"].concat().into_bytes());
        }
    }
    // Times are exact: no unit is ever named.
    renderer.pen.finish("");
    Ok(out)
}

/// Frequencies as the reader leaves them.
fn is_own(Extra { format, key, value }: &Extra) -> bool {
    let one_line = !value.contains(['\n', '\r']);
    *format == ID && *key == FREQUENCIES && one_line && frequencies(&[SPECTRAL, value].concat()).is_some()
}

/// Appends the text in one line.
fn push_label(out: &mut Vec<u8>, pen: &mut Pen<'_>) {
    let text = std::mem::take(&mut pen.out);
    if text.contains(['\n', '\r']) {
        pen.lost(loss::LINES_JOINED);
    }
    if text.contains('\t') {
        pen.loss(loss::CHARACTER_CHANGED, "character", "U+0009");
    }
    let line = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    out.extend_from_slice(line.as_bytes());
    out.push(b'\n');
    pen.out = text;
}

/// Appends seconds to the flick, with six digits behind the point or more.
fn push_time(out: &mut Vec<u8>, time: Time) {
    let from = out.len();
    // Writing to a Vec cannot fail.
    let _ = write_seconds(out, time.flicks().into());
    let written = out.get(from..).unwrap_or_default();
    let digits =
        written.iter().position(|b| *b == b'.').map(|point| written.len().saturating_sub(point).saturating_sub(1));
    if digits.is_none() {
        out.push(b'.');
    }
    out.extend(std::iter::repeat_n(b'0', 6usize.saturating_sub(digits.unwrap_or(0))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_two_times_and_a_text() {
        let (range, text) = label("1.500000\t2.25\tone\ttwo").unwrap();
        assert_eq!((range.start, range.end, text), (Time::from_millis(1500), Time::from_millis(2250), "one\ttwo"));
        assert_eq!(label("1,5\t1,5").unwrap().1, "");
        for line in ["", "1.5", "1.5 2.5 x", "a\tb\tc", "\\\t1\t2"] {
            assert!(label(line).is_none(), "{line}");
        }
        assert_eq!(frequencies("\\\t100.000000\t-1"), Some("100.000000\t-1"));
        assert_eq!(frequencies("\\\t100\tnan"), None);
    }

    #[test]
    fn six_digits_are_written_or_more() {
        for (time, written) in [
            (Time::from_seconds(1), "1.000000"),
            (Time::from_millis(-1_500), "-1.500000"),
            (Time::from_units(1, 24).unwrap(), "0.041666667"),
        ] {
            let mut out = Vec::new();
            push_time(&mut out, time);
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }
}
