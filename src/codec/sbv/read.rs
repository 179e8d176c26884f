//! Reading: from timing line to timing line.

use super::timing::{looks_like_timing, timing};
use crate::codec::plain::shorten;
use crate::codec::srt::lines::{is_blank, trim_blank_lines};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Track};
use crate::source::{Source, Span};
use crate::time::{TimeDelta, TimeRange};
use memchr::memchr2;
use std::ops::Range;

/// Reads SBV. Only a text that holds no timing line at all is refused.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut reader = Reader { text, report, cues: room_for_cues(text.len()), dropped: false };
    reader.run();
    if reader.cues.is_empty() && !reader.dropped && !text.split(['\n', '\r']).all(is_blank) {
        return Err(Error::new(ErrorKind::Unreadable, format!("{} is not SBV: it has no timing line", source.name()))
            .with_remedy("a cue begins with a line such as `0:00:01.000,0:00:02.000`")
            .with_chinese(format!("{} 不是 SBV：没有时间行", source.name()))
            .with_chinese_remedy("每条字幕以 `0:00:01.000,0:00:02.000` 这样的一行开头"));
    }
    Ok(Track { resolution: TimeDelta::from_millis(1), cues: reader.cues, ..Track::default() })
}

struct Reader<'a, 'r> {
    text: &'a str,
    report: &'r mut Report,
    cues: Vec<Cue>,
    /// A cue was dropped: the file is SBV, if a broken one.
    dropped: bool,
}

/// Whose text is being read.
enum Open {
    /// Nobody's: before the first cue.
    Nothing,
    /// A cue's whose timing line could not be read.
    Broken,
    /// A cue's that begins there.
    Cue(usize, TimeRange),
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self) {
        let (mut open, mut body, mut from, mut apart) = (Open::Nothing, 0usize, 0usize, true);
        while from < self.text.len() {
            let rest = self.text.as_bytes().get(from..).unwrap_or_default();
            let end = from.saturating_add(memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()));
            let line = self.slice(from..end);
            let next = end.saturating_add(1);
            let begun = match timing(line) {
                Some(range) => Some(Open::Cue(from, range)),
                None if apart && looks_like_timing(line) => {
                    self.dropped = true;
                    let bad = Diagnostic::new(service::SBV_BAD_TIMING, Location::span(from..end));
                    self.report.push(bad.with("text", shorten(line)));
                    Some(Open::Broken)
                }
                None => None,
            };
            if let Some(begun) = begun {
                self.finish(std::mem::replace(&mut open, begun), body..from);
                body = next;
            }
            apart = is_blank(line);
            from = next;
        }
        self.finish(open, body..self.text.len());
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn finish(&mut self, open: Open, body: Range<usize>) {
        let range = trim_blank_lines(self.text, body.start.min(self.text.len())..body.end);
        let text = self.slice(range.clone());
        match open {
            Open::Cue(start, times) => {
                let plain =
                    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
                let mut cue = Cue::new(times, plain);
                cue.origin = Some(Span::new(start..range.end.max(start)));
                self.cues.push(cue);
            }
            Open::Nothing if !text.is_empty() => {
                let stray = Diagnostic::new(service::SBV_STRAY_TEXT, Location::span(range));
                self.report.push(stray.with("text", shorten(text)));
            }
            Open::Nothing | Open::Broken => {}
        }
    }
}
