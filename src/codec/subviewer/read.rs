//! Reading.

use super::head::{Head, USUAL, is_looks};
use super::timing::{instant, timing};
use super::{BREAK, ID, INFORMATION, LOOKS, PER_SECOND};
use crate::codec::plain::shorten;
use crate::codec::srt::lines::is_blank;
use crate::codec::{ReadOptions, last_cue, room_for_cues};
use crate::diag::codes::{parse, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Track};
use crate::source::Source;
use crate::time::{TimeDelta, TimeRange};

/// How many lines are looked at: blocks have about twelve.
const PROBED_LINES: usize = 40;

/// Its block and a line of times are a sure sign; times with hundredths are, too, but not with thousandths: that is SBV.
pub(super) fn probe(content: &str) -> u8 {
    let mut lines = content.split(['\n', '\r']).filter(|line| !is_blank(line)).take(PROBED_LINES).peekable();
    let first = lines.peek().map_or("", |line| line.trim_matches(['\u{FEFF}', ' ', '\t']));
    let block = first.eq_ignore_ascii_case("[INFORMATION]") || first.to_ascii_uppercase().starts_with("[TITLE]");
    let Some(line) = lines.find(|line| timing(line).is_some() || instant(line).is_some()) else {
        // A file without a cue is nothing but its block.
        return if block && content.to_ascii_uppercase().contains("[SUBTITLE]") { 200 } else { 0 };
    };
    let hundredths = line.trim_end().as_bytes().iter().rev().take_while(|b| b.is_ascii_digit()).count() == 2;
    match (block, timing(line).is_some(), std::ptr::eq(line.trim_start(), first)) {
        (true, ..) => 245,
        (false, true, true) if hundredths => 225,
        (false, true, true) => 100,
        // `[00:01:02]` begins a line of LRC or of an article, too.
        (false, ..) => 0,
    }
}

pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let content = source.text();
    let first = lines(content).find_map(|line| match (timing(line), instant(line)) {
        (Some(_), _) => Some((line, false)),
        (None, Some(_)) => Some((line, true)),
        (None, None) => None,
    });
    let above = match first.and_then(|(line, _)| source.span_of(line)) {
        Some(span) => content.get(..span.start as usize).unwrap_or_default(),
        // All of it, if it is a block; then there are no cues.
        None if content.to_ascii_uppercase().contains("[SUBTITLE]") => content,
        None if content.trim().is_empty() => return Ok(Track::default()),
        None => return Err(not_this(source)),
    };
    let early = first.is_some_and(|(_, early)| early);
    let head = if early { Head::read_first(above) } else { Head::read(above) };
    let mut track = Track { resolution: TimeDelta::from_units(1, PER_SECOND).unwrap_or_default(), ..Track::default() };
    track.header = head.title;
    if !head.block.is_empty() && head.block != USUAL {
        track.extras.push(Extra { format: ID, key: INFORMATION, value: head.block });
    }
    if let Some(delay) = head.delay {
        report.push(Diagnostic::new(text::DELAY, Location::FILE).with("text", delay));
    }
    let mut reader = Reader { source, cues: room_for_cues(content.len()), open: None, apart: true, looks: None };
    for line in lines(content.get(above.len()..).unwrap_or_default()) {
        if early {
            reader.early(line, report);
        } else {
            reader.line(line);
        }
    }
    reader.finish();
    track.cues = reader.cues;
    if early {
        report.push(Diagnostic::new(text::SUBVIEWER_FIRST, Location::FILE));
        if track.cues.last().is_some_and(|last| !last.text.is_empty()) {
            last_cue::end(&mut track.cues, report);
        }
        // A time with nothing below it only ends what stands above.
        track.cues.retain(|cue| !cue.text.is_empty());
    }
    Ok(track)
}

/// Lines with any line ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// The text of a cue that may still grow.
#[derive(Default)]
struct Body {
    text: String,
    begun: bool,
    /// How long it is up to the last line that is not blank.
    kept: usize,
}

struct Reader<'a> {
    source: &'a Source,
    cues: Vec<Cue>,
    open: Option<Body>,
    /// The line above is blank, or there is none.
    apart: bool,
    looks: Option<String>,
}

impl Reader<'_> {
    fn begin(&mut self, range: TimeRange, line: &str) {
        self.finish();
        let mut cue = Cue::new(range, "");
        cue.origin = self.source.span_of(line);
        cue.extras = self.looks.take().map(|value| Extra { format: ID, key: LOOKS, value }).into_iter().collect();
        self.cues.push(cue);
        (self.open, self.apart) = (Some(Body::default()), false);
    }

    /// A line of version 2.
    fn line(&mut self, line: &str) {
        if let Some(range) = timing(line) {
            return self.begin(range, line);
        }
        if self.apart && is_looks(line.trim()) {
            self.finish();
            self.looks = Some(line.trim().to_owned());
            return;
        }
        self.apart = is_blank(line);
        self.add(line, BREAK);
    }

    /// A line of version 1.
    fn early(&mut self, line: &str, report: &mut Report) {
        if let Some(start) = instant(line) {
            if let Some(last) = self.cues.last_mut() {
                last.range.end = start.max(last.range.start);
            }
            return self.begin(TimeRange::new(start, start), line);
        }
        let line = line.trim();
        if line.eq_ignore_ascii_case("[END]") || line.starts_with("*****") {
            return self.finish();
        }
        if self.open.is_none() && !line.is_empty() {
            let at = Location { span: self.source.span_of(line), ..Location::FILE };
            report.push_with(parse::BAD_LINE, at, |bad| bad.with("text", shorten(line)));
        }
        self.add(line, "|");
    }

    /// Adds to the text of the open cue; `mark` breaks lines.
    fn add(&mut self, line: &str, mark: &str) {
        let Some(body) = &mut self.open else { return };
        let blank = is_blank(line);
        if blank && !body.begun {
            return;
        }
        if body.begun {
            body.text.push('\n');
        }
        body.begun = true;
        let mut rest = line;
        while let Some(at) = find(rest, mark) {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            body.text.extend([before, "\n"]);
            rest = after.get(mark.len()..).unwrap_or_default();
        }
        body.text.push_str(rest);
        if !blank {
            body.kept = body.text.len();
        }
    }

    fn finish(&mut self) {
        let Some((mut body, cue)) = self.open.take().zip(self.cues.last_mut()) else { return };
        body.text.truncate(body.kept);
        cue.text.plain = body.text;
    }
}

/// Where `mark` stands, in any case.
fn find(text: &str, mark: &str) -> Option<usize> {
    let same = |(at, _): &(usize, &str)| {
        let found = text.get(*at..at.saturating_add(mark.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(mark))
    };
    text.match_indices(['[', '|']).find(same).map(|(at, _)| at)
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(ErrorKind::Unreadable, format!("{name} is not SubViewer: it has no line of times"))
        .with_remedy("a cue begins with a line such as `00:00:41.00,00:00:44.40`")
        .with_chinese(format!("{name} 不是 SubViewer：没有时间行"))
        .with_chinese_remedy("每条字幕以 `00:00:41.00,00:00:44.40` 这样的一行开头")
}
