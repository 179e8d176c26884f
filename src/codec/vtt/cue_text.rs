//! Cue text as text with marks: what the node tree says of each character.

use super::token::StartTag;
use super::tree::{self, Element, Sink, Slip};
use super::{FORMAT_ID, color, key};
use crate::lang::LangTag;
use crate::model::{Extra, Mark, MarkKind, Ruby, StyledText, Voice};
use crate::time::Time;
use std::cmp::Reverse;
use std::ops::Range;

/// The text of a payload. `slip` hears what is not as the syntax asks.
pub(super) fn read(payload: &str, slip: &mut impl FnMut(Slip, Range<usize>)) -> StyledText {
    // The text is as long as its payload at most, but for a few references.
    let text = StyledText { plain: String::with_capacity(payload.len()), ..StyledText::default() };
    let mut marks = Marks { text, around: Vec::new(), open: Vec::new() };
    tree::build(payload, &mut marks, slip);
    marks.finish()
}

/// Collects text and marks.
struct Marks {
    /// The cue's, or that of the ruby text that is open.
    text: StyledText,
    /// The texts that the open ruby text stands in, from the cue's in.
    around: Vec<StyledText>,
    open: Vec<Open>,
}

enum Open {
    /// The marks of this element, which end where it ends.
    Marks(Range<usize>),
    /// A ruby: where the base began that has no reading yet, and the place of its mark.
    Ruby { base: u32, slot: usize },
    /// A ruby text: a text of its own.
    Rt,
}

/// The end of a mark that lasts as long as its text.
const TO_THE_END: u32 = u32::MAX;

impl Marks {
    fn finish(mut self) -> StyledText {
        complete(&mut self.text);
        self.text
    }

    fn position(&self) -> u32 {
        self.text.len()
    }

    fn count(&self) -> usize {
        self.text.marks.len()
    }

    fn add(&mut self, end: u32, kind: MarkKind) {
        let (start, marks) = (self.position(), &mut self.text.marks);
        // Most marked texts have one mark; a vector that grows by itself begins with room for four.
        marks.reserve_exact(usize::from(marks.is_empty()));
        marks.push(Mark::new(start..end, kind));
    }

    fn open_marks(&mut self, element: Element, tag: &StartTag<'_>) {
        let (first, here) = (self.count(), self.position());
        match own_mark(element, tag) {
            Some(kind @ MarkKind::Voice(_)) => self.add(here, kind),
            own => {
                own.into_iter().chain(tag.classes().map(color::mark_of_class)).for_each(|kind| self.add(here, kind));
            }
        }
        self.open.push(Open::Marks(first..self.count()));
    }

    /// A ruby text is over: the base so far has its reading.
    fn close_rt(&mut self) {
        let Some(around) = self.around.pop() else { return };
        let mut reading = std::mem::replace(&mut self.text, around);
        complete(&mut reading);
        let (end, marks) = (self.position(), &mut self.text.marks);
        let Some(Open::Ruby { base, slot }) = self.open.last_mut() else { return };
        let mark = Mark::new(*base..end, MarkKind::Ruby(Box::new(Ruby { text: reading })));
        marks.insert((*slot).min(marks.len()), mark);
        (*base, *slot) = (end, marks.len());
    }
}

impl Sink for Marks {
    fn open(&mut self, element: Element, tag: &StartTag<'_>) {
        match element {
            Element::Ruby => {
                self.open_marks(element, tag);
                self.open.push(Open::Ruby { base: self.position(), slot: self.count() });
            }
            Element::Rt => {
                self.around.push(std::mem::take(&mut self.text));
                self.open.push(Open::Rt);
                self.open_marks(element, tag);
            }
            Element::C | Element::I | Element::B | Element::U | Element::V | Element::Lang => {
                self.open_marks(element, tag);
            }
        }
    }

    fn close(&mut self, element: Element) {
        if element == Element::Ruby {
            self.open.pop();
        }
        let end = self.position();
        if let Some(Open::Marks(range)) = self.open.pop() {
            self.text.marks.get_mut(range).into_iter().flatten().for_each(|mark| mark.range.end = end);
        }
        if element == Element::Rt {
            self.open.pop();
            self.close_rt();
        }
    }

    fn text(&mut self, text: &str) {
        self.text.plain.push_str(text);
    }

    fn timestamp(&mut self, time: Time) {
        self.add(TO_THE_END, MarkKind::Shown(time));
    }
}

/// What the element itself says, its classes apart (a voice holds its classes).
fn own_mark(element: Element, tag: &StartTag<'_>) -> Option<MarkKind> {
    Some(match element {
        Element::I => MarkKind::Italic,
        Element::B => MarkKind::Bold,
        Element::U => MarkKind::Underline,
        Element::V => {
            let classes = tag.classes().map(str::to_owned).collect();
            MarkKind::Voice(Box::new(Voice { name: tag.annotation(), classes }))
        }
        Element::Lang => lang_mark(tag.annotation()),
        Element::C | Element::Ruby | Element::Rt => return None,
    })
}

/// A language, or what was written if that is none.
fn lang_mark(value: String) -> MarkKind {
    match LangTag::parse(&value) {
        Some(lang) => MarkKind::Lang(lang),
        None => MarkKind::Raw(Box::new(Extra { format: FORMAT_ID, key: key::LANG, value })),
    }
}

/// Puts the marks in order, outer first.
fn complete(text: &mut StyledText) {
    let end = text.len();
    for mark in text.marks.iter_mut().filter(|mark| mark.range.end == TO_THE_END) {
        mark.range.end = end;
    }
    text.marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
}
