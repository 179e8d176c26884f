//! Glosses and remarks of an utterance, so that its text can be edited around them.

use super::context::Cx;
use super::field::{Named, Text, Unknown};
use super::mark::MarkJson;
use super::offsets::Offsets;
use super::text::read_text;
use crate::diag::codes;
use crate::model::{Gloss, Mark, MarkKind, Reason, Spoken, StyledText, Unsaid};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A gloss, found again by its term: the terms stand in the text in this order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct GlossJson<'a> {
    /// The words of the text that it explains.
    #[serde(borrow)]
    term: Text<'a>,
    /// The gloss.
    gloss: Text<'a>,
    /// The opening bracket with any space before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<Text<'a>>,
    /// The closing bracket.
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<Text<'a>>,
    /// Which half is said; the term if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    spoken: Option<Named<'a, Spoken>>,
    /// About which character of the text the term starts at, where the order alone does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u32>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// Something that is written and not said.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct UnsaidJson<'a> {
    /// As written, brackets included.
    #[serde(borrow)]
    text: Text<'a>,
    /// Why it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Named<'a, Reason>>,
    /// Character of the utterance's text before which it stands.
    at: u32,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// The marks of an utterance.
#[derive(Default)]
pub(super) struct Marks<'a> {
    pub(super) glosses: Vec<GlossJson<'a>>,
    pub(super) unsaid: Vec<UnsaidJson<'a>>,
    pub(super) marks: Vec<MarkJson<'a>>,
}

impl<'a> Marks<'a> {
    pub(super) fn write(text: &'a StyledText) -> Self {
        let offsets = Offsets::new(&text.plain);
        let mut rows: Vec<(Row, &Mark)> = text.marks.iter().map(|mark| (Row::of(mark), mark)).collect();
        rows.sort_by_key(|(row, _)| *row);
        let mut back: Vec<&Mark> = rows.iter().map(|(_, mark)| *mark).collect();
        back.sort_by_key(|mark| order(mark));
        if !back.iter().zip(&text.marks).all(|(a, b)| std::ptr::eq(*a, b)) {
            // Marks of one range whose order three lists would lose: they stay together.
            return Self { marks: super::text::write_marks(text, 0), ..Self::default() };
        }
        let mut finder = Finder::new(&text.plain);
        let mut all = Self::default();
        for (_, mark) in rows {
            if let MarkKind::Gloss(gloss) = &mark.kind {
                all.glosses.push(GlossJson::write(gloss, mark, &mut finder, &offsets));
            } else if let (MarkKind::Unsaid(unsaid), true) = (&mark.kind, mark.range.is_empty()) {
                all.unsaid.push(UnsaidJson::write(unsaid, offsets.chars(mark.range.start)));
            } else {
                all.marks.push(MarkJson::write(mark, &offsets, 0));
            }
        }
        all
    }

    /// Puts them on `plain`; what cannot be placed is reported.
    pub(super) fn read(self, plain: String, cx: &mut Cx<'_>) -> StyledText {
        let Self { glosses, unsaid, marks } = self;
        if glosses.is_empty() && unsaid.is_empty() && marks.is_empty() {
            return plain.into();
        }
        let offsets = Offsets::new(&plain);
        let mut finder = Finder::new(&plain);
        let mut read = Vec::with_capacity(glosses.len().saturating_add(unsaid.len()));
        for (i, gloss) in glosses.into_iter().enumerate() {
            read.extend(cx.within("glosses", i, |cx| gloss.read(&mut finder, &offsets, cx)));
        }
        for (i, one) in unsaid.into_iter().enumerate() {
            read.push(cx.within("unsaid", i, |cx| one.read(&offsets, cx)));
        }
        let StyledText { plain, marks } = read_text(plain, marks, None, cx);
        read.extend(marks);
        read.sort_by_key(order);
        StyledText { plain, marks: read.into() }
    }
}

/// Which list a mark stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Gloss,
    Unsaid,
    Other,
}

impl Row {
    fn of(mark: &Mark) -> Self {
        if matches!(mark.kind, MarkKind::Gloss(_)) {
            Row::Gloss
        } else if matches!(mark.kind, MarkKind::Unsaid(_)) && mark.range.is_empty() {
            Row::Unsaid
        } else {
            Row::Other
        }
    }
}

/// The order of marks: outer first.
fn order(mark: &Mark) -> (u32, Reverse<u32>) {
    (mark.range.start, Reverse(mark.range.end))
}

impl<'a> GlossJson<'a> {
    fn write(gloss: &'a Gloss, mark: &Mark, finder: &mut Finder<'a>, offsets: &Offsets) -> Self {
        let Gloss { text, open, close, spoken } = gloss;
        let term = finder.text.get(mark.bytes()).unwrap_or_default();
        let found = finder.next(term) == Some(mark.range.start as usize);
        finder.pass(mark.bytes().end);
        Self {
            term: Text::new(term),
            gloss: Text::new(text),
            open: Some(Text::new(open)),
            close: Some(Text::new(close)),
            spoken: Named::unless_default(*spoken),
            at: (!found).then(|| offsets.chars(mark.range.start)),
            unknown: Unknown::default(),
        }
    }

    fn read(self, finder: &mut Finder<'_>, offsets: &Offsets, cx: &mut Cx<'_>) -> Option<Mark> {
        cx.unknown(&self.unknown);
        let at = self.at.map(|at| offsets.byte(at).unwrap_or(offsets.end()) as usize);
        let term = self.term.as_str();
        let found = match at {
            Some(at) => finder.near(term, at),
            None => finder.next(term),
        };
        let Some(start) = found else {
            let args = [("term", term), ("gloss", self.gloss.as_str())];
            cx.say_at(term, codes::parse::JSON_GLOSS_LOST, "", &args);
            return None;
        };
        let end = start.saturating_add(term.len());
        finder.pass(end);
        // Brackets for a gloss that someone added by hand.
        let bracket = |text: Option<Text<'a>>, usual: &str| text.map_or_else(|| usual.to_owned(), Text::into_string);
        let gloss = Gloss {
            text: self.gloss.into_string(),
            open: bracket(self.open, "("),
            close: bracket(self.close, ")"),
            spoken: cx.named("spoken", self.spoken).unwrap_or_default(),
        };
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(Mark::new(offset(start)..offset(end), MarkKind::Gloss(Box::new(gloss))))
    }
}

impl<'a> UnsaidJson<'a> {
    fn write(unsaid: &'a Unsaid, at: u32) -> Self {
        let Unsaid { text, reason } = unsaid;
        Self { text: Text::new(text), reason: Some(Named::Known(*reason)), at, unknown: Unknown::default() }
    }

    fn read(self, offsets: &Offsets, cx: &mut Cx<'_>) -> Mark {
        cx.unknown(&self.unknown);
        let at = offsets.byte(self.at).unwrap_or_else(|| {
            cx.say_at(self.text.as_str(), codes::parse::JSON_RANGE_CUT, "at", &[]);
            offsets.end()
        });
        let reason = cx.named("reason", self.reason).unwrap_or(Reason::Asked);
        Mark::new(at..at, MarkKind::Unsaid(Box::new(Unsaid { text: self.text.into_string(), reason })))
    }
}

/// Finds terms in order. What it may read is bounded, so that a hostile list of terms costs no more than
/// [`Finder::PASSES`] readings of the text.
pub(super) struct Finder<'t> {
    pub(super) text: &'t str,
    cursor: usize,
    budget: usize,
}

impl<'t> Finder<'t> {
    /// How often the text may be read over.
    const PASSES: usize = 64;

    pub(super) fn new(text: &'t str) -> Self {
        Self { text, cursor: 0, budget: text.len().saturating_mul(Self::PASSES).saturating_add(1 << 16) }
    }

    /// Goes on behind `end`.
    pub(super) fn pass(&mut self, end: usize) {
        self.cursor = self.cursor.max(end);
    }

    /// Where `term` stands next.
    pub(super) fn next(&mut self, term: &str) -> Option<usize> {
        self.after(term, self.cursor)
    }

    /// Where `term` stands at `at`, or else nearest to it.
    pub(super) fn near(&mut self, term: &str, at: usize) -> Option<usize> {
        if self.text.get(at..).is_some_and(|rest| rest.starts_with(term)) {
            return Some(at);
        }
        let at = at.max(self.cursor);
        let (after, before) = (self.after(term, at), self.before(term, at));
        match (after, before) {
            (Some(after), Some(before)) => {
                let nearer = at.saturating_sub(before) < after.saturating_sub(at);
                Some(if nearer { before } else { after })
            }
            (after, before) => after.or(before),
        }
    }

    fn after(&mut self, term: &str, from: usize) -> Option<usize> {
        let rest = self.text.get(from..).filter(|_| !term.is_empty() && self.budget > 0)?;
        let found = rest.find(term);
        self.spend(found.unwrap_or(rest.len()));
        found.map(|i| i.saturating_add(from))
    }

    /// Where it last stands, starting before `to`.
    fn before(&mut self, term: &str, to: usize) -> Option<usize> {
        let cursor = self.cursor;
        let to = to.saturating_add(term.len()).saturating_sub(1).min(self.text.len());
        let passed = self.text.as_bytes().get(cursor..to).filter(|_| !term.is_empty() && self.budget > 0)?;
        self.spend(passed.len());
        // As bytes, because a character may be cut at `to`; UTF-8 is found only where characters start.
        memchr::memmem::rfind(passed, term.as_bytes()).map(|i| i.saturating_add(cursor))
    }

    fn spend(&mut self, bytes: usize) {
        self.budget = self.budget.saturating_sub(bytes);
    }
}
