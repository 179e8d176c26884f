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
    let text = StyledText { plain: String::with_capacity(payload.len()), marks: Vec::new() };
    let mut marks = Marks { frames: vec![text], open: Vec::new() };
    tree::build(payload, &mut marks, slip);
    marks.finish()
}

/// Collects text and marks. A frame is a text: the cue's, and the one of each ruby text inside another.
struct Marks {
    frames: Vec<StyledText>,
    open: Vec<Open>,
}

enum Open {
    /// The marks of this element, which end where it ends.
    Marks(Range<usize>),
    /// A ruby: where the base began that has no reading yet, and the place of its mark.
    Ruby { base: u32, slot: usize },
    /// A ruby text, in a frame of its own.
    Rt,
}

/// The end of a mark that lasts as long as its text.
const TO_THE_END: u32 = u32::MAX;

impl Marks {
    fn finish(mut self) -> StyledText {
        let mut text = self.frames.pop().unwrap_or_default();
        complete(&mut text);
        text
    }

    fn position(&self) -> u32 {
        self.frames.last().map_or(0, StyledText::len)
    }

    fn count(&self) -> usize {
        self.frames.last().map_or(0, |text| text.marks.len())
    }

    fn add(&mut self, end: u32, kind: MarkKind) {
        let start = self.position();
        if let Some(text) = self.frames.last_mut() {
            // Most marked texts have one mark; a vector that grows by itself begins with room for four.
            text.marks.reserve_exact(usize::from(text.marks.is_empty()));
            text.marks.push(Mark::new(start..end, kind));
        }
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
        let Some(mut reading) = (self.frames.len() > 1).then(|| self.frames.pop()).flatten() else { return };
        complete(&mut reading);
        let end = self.position();
        let Some(Open::Ruby { base, slot }) = self.open.last_mut() else { return };
        let Some(text) = self.frames.last_mut() else { return };
        let mark = Mark::new(*base..end, MarkKind::Ruby(Box::new(Ruby { text: reading })));
        text.marks.insert((*slot).min(text.marks.len()), mark);
        (*base, *slot) = (end, text.marks.len());
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
                self.frames.push(StyledText::default());
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
        if let (Some(Open::Marks(range)), Some(text)) = (self.open.pop(), self.frames.last_mut()) {
            text.marks.get_mut(range).into_iter().flatten().for_each(|mark| mark.range.end = end);
        }
        if element == Element::Rt {
            self.open.pop();
            self.close_rt();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(frame) = self.frames.last_mut() {
            frame.plain.push_str(text);
        }
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
