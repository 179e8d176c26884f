//! Text with marks, and the speaker of all of it.

use super::context::Cx;
use super::field::{Named, Text};
use super::mark::{MarkJson, MarkName};
use super::offsets::Offsets;
use crate::diag::codes;
use crate::model::{Mark, MarkKind, StyledText, Voice};
use std::cmp::Reverse;

/// How deep readings may stand in readings; deeper marks are reported as lost. The parser of JSON allows 128 levels, and
/// each reading is two.
pub(super) const MAX_READINGS: usize = 24;

/// All marks of a text, offsets in characters.
pub(super) fn write_marks(text: &StyledText, depth: usize) -> Vec<MarkJson<'_>> {
    if text.marks.is_empty() || depth > MAX_READINGS {
        return Vec::new();
    }
    let offsets = Offsets::new(&text.plain);
    text.marks.iter().map(|mark| MarkJson::write(mark, &offsets, depth)).collect()
}

/// Who speaks all of a text, and the marks that this does not express. The voice's own mark is left out if the name says
/// everything; otherwise it stands there without its name.
pub(super) fn write_voiced(text: &StyledText) -> (Option<Text<'_>>, Vec<MarkJson<'_>>) {
    let mut marks = write_marks(text, 0);
    let speaker = text.voice().map(Text::new);
    let whole =
        |mark: &Mark| matches!(mark.kind, MarkKind::Voice(_)) && mark.range.start == 0 && mark.range.end == text.len();
    match text.marks.iter().position(whole) {
        Some(0) if marks.first().is_some_and(|mark| mark.classes.is_empty()) => drop(marks.remove(0)),
        Some(i) => marks.get_mut(i).into_iter().for_each(|mark| mark.name = None),
        None => {}
    }
    (speaker, marks)
}

/// Puts text, marks and speaker together; what does not fit is reported.
pub(super) fn read_text(
    plain: String,
    marks: Vec<MarkJson<'_>>,
    speaker: Option<Text<'_>>,
    cx: &mut Cx<'_>,
) -> StyledText {
    if marks.is_empty() && speaker.is_none() {
        return plain.into();
    }
    let offsets = Offsets::new(&plain);
    let mut read = Vec::with_capacity(marks.len().saturating_add(1));
    let mut speaker = speaker.map(Text::into_string);
    if let Some(name) = speaker.take_if(|_| !marks.iter().any(is_nameless_voice)) {
        read.push(Mark::new(0..offsets.end(), MarkKind::Voice(Box::new(Voice { name, classes: Vec::new() }))));
    }
    for (i, mark) in marks.into_iter().enumerate() {
        read.extend(cx.within("marks", i, |cx| read_mark(mark, &offsets, &mut speaker, cx)));
    }
    // Stable: equal ranges keep their order, first is outer.
    read.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
    StyledText { plain, marks: read.into() }
}

fn is_nameless_voice(mark: &MarkJson<'_>) -> bool {
    mark.kind == Named::Known(MarkName::Voice) && mark.name.is_none()
}

fn read_mark(mut mark: MarkJson<'_>, offsets: &Offsets, speaker: &mut Option<String>, cx: &mut Cx<'_>) -> Option<Mark> {
    let (mut from, mut to) = (mark.from, mark.to);
    if is_nameless_voice(&mark) {
        // It is the speaker's, so it covers everything, whatever became of the text.
        mark.name = speaker.take().map(|name| Text(name.into()));
        (from, to) = (0, offsets.chars(offsets.end()));
    }
    let kind = mark.read(cx)?;
    let (start, end) = (offsets.byte(from), offsets.byte(to));
    if from > to || start.is_none() {
        cx.say(codes::parse::JSON_BAD_RANGE, "", &[]);
        return None;
    }
    if end.is_none() {
        cx.say(codes::parse::JSON_RANGE_CUT, "to", &[]);
    }
    let end = end.unwrap_or(offsets.end());
    Some(Mark::new(start.unwrap_or(end)..end, kind))
}
