//! What an encoding lacks of a text that is written in it.

use super::{Format, ReadOptions};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report, Severity};
use crate::source::{Encoding, LineIndex, Missing, Source};

/// Beyond these, a text is simply in another script.
const MOST: usize = 100_000;

/// Characters that were met and are not in an encoding.
#[derive(Default)]
pub(crate) struct Lacking(Vec<Missing>);

impl Lacking {
    /// One more, with its place in the text that is written.
    pub(crate) fn add(&mut self, one: Missing) {
        if self.0.len() < MOST {
            self.0.push(one);
        }
    }

    /// Reports each with its line and the cue it stands in. Where cues are, reading the new `text` tells.
    pub(crate) fn say(
        self,
        text: impl FnOnce() -> String,
        format: &Format,
        options: &ReadOptions,
        encoding: Encoding,
        report: &mut Report,
    ) {
        if self.0.is_empty() {
            return;
        }
        let source = Source::from_text("", text());
        let track = (format.read)(&source, options, &mut Report::default()).unwrap_or_default();
        let lines = LineIndex::new(source.text());
        let mut cues = track.cues.iter().enumerate().peekable();
        for one in self.0 {
            let offset = u32::try_from(one.offset).unwrap_or(u32::MAX);
            while cues.next_if(|(_, cue)| cue.origin.is_none_or(|origin| origin.end <= offset)).is_some() {}
            let inside = cues.peek().filter(|(_, cue)| cue.origin.is_some_and(|origin| origin.start <= offset));
            let at = inside.map_or(Location::FILE, |(index, cue)| Location::cue(*index, cue.range.start));
            let mut lost = Diagnostic::new(loss::NOT_IN_ENCODING, at)
                .with("character", named(one.character))
                .with("encoding", encoding.name())
                .with("replacement", one.replacement)
                .with("line", lines.line_column(offset).line);
            if one.is_kept() {
                lost.severity = Severity::Warning;
            }
            report.push(lost);
        }
    }
}

/// `字 (U+5B57)`
fn named(character: char) -> String {
    format!("{character} (U+{:04X})", u32::from(character))
}
