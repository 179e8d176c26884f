//! Speakers' names shown in the text, in formats that have no voices or where they are asked for.

use super::plain::{Begun, Markup, Open, Pen};
use crate::model::{Labels, Mark, MarkKind, StyledText, Voice};
use std::ops::Range;

/// The voice of a text for which a format has a place of its own: it covers the whole text, has a name, and there is no more to
/// say of it.
pub(in crate::codec) fn speaker(text: &StyledText) -> Option<(&Mark, &str)> {
    text.marks.iter().find_map(|mark| {
        let MarkKind::Voice(voice) = &mark.kind else { return None };
        let whole = mark.range == (0..text.len()) && voice.classes.is_empty() && !voice.name.trim().is_empty();
        whole.then_some((mark, voice.name.as_str()))
    })
}

/// Plain text, for formats without markup; the mark of the one who has a place of their own is written there.
pub(in crate::codec) struct Spoken<'a>(pub(in crate::codec) Option<&'a Mark>);

impl<'a> Markup<'a> for Spoken<'a> {
    type Found = ();

    fn look(&mut self, _: &str, _: bool, _: &mut Pen<'_>) {}

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        out.push_str(text.get(part).unwrap_or_default());
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, _: &mut Pen<'_>) -> Begun<'a> {
        if self.0.is_some_and(|speaker| std::ptr::eq(speaker, mark)) { Begun::Whole } else { Begun::No }
    }

    fn end(&mut self, _: &'a str, _: &mut String) {}
}

/// Decides voice by voice, in the order of the file, whether the speaker's name is shown.
pub(in crate::codec) struct Labeller {
    when: Labels,
    /// Who spoke last, if `named`.
    speaker: String,
    named: bool,
}

impl Labeller {
    /// As `asked`; [`Labels::Auto`] means `auto`.
    pub(in crate::codec) fn new(asked: Labels, auto: Labels) -> Self {
        Self { when: if asked == Labels::Auto { auto } else { asked }, speaker: String::new(), named: false }
    }

    /// Names are not shown at all.
    pub(in crate::codec) fn never(&self) -> bool {
        matches!(self.when, Labels::Never | Labels::Auto)
    }

    /// The next voice: the label to put in front of its text, if one is due.
    pub(in crate::codec) fn voice(&mut self, name: &str) -> Option<String> {
        let changed = !self.named || self.speaker != name;
        if changed {
            name.clone_into(&mut self.speaker);
            self.named = true;
        }
        let due = match self.when {
            Labels::Always => true,
            Labels::OnChange => changed,
            Labels::Never | Labels::Auto => false,
        };
        (due && !name.is_empty()).then(|| Voice::label(name))
    }

    /// A cue in which nobody is named: whoever speaks next is named anew.
    pub(in crate::codec) fn nobody(&mut self) {
        self.named = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_where_they_change() {
        let mut labels = Labeller::new(Labels::Auto, Labels::OnChange);
        let shown: Vec<_> = ["A", "A", "乙", "A"].into_iter().map(|name| labels.voice(name)).collect();
        assert_eq!(shown, [Some("A: ".into()), None, Some("乙：".into()), Some("A: ".into())]);
        labels.nobody();
        assert_eq!(labels.voice("A").as_deref(), Some("A: "));
    }
}
