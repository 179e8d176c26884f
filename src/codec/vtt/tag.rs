//! Marks as the tags that WebVTT has for them.

use super::payload::Context;
use super::token::is_collapsed;
use super::tree::Element;
use super::{FORMAT_ID, color, key};
use crate::codec::leftover::Leftovers;
use crate::codec::nest::{Piece, Wrap};
use crate::diag::codes::loss;
use crate::diag::{Code, Diagnostic, Location};
use crate::model::{Extra, Gloss, Mark, MarkKind, Ruby, StyledText, Voice};
use crate::time::Time;
use std::cmp::Reverse;
use std::ops::Range;

/// What a piece of cue text is wrapped in.
pub(super) enum Tag<'a> {
    Voice(&'a Voice),
    Lang(&'a str),
    Classes(Vec<&'a str>),
    Bare(Element),
    Ruby(&'a Ruby),
    Gloss(&'a Gloss),
    Shown(Time),
}

impl Tag<'_> {
    /// The name of its tag.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Tag::Voice(_) => Element::V.name(),
            Tag::Lang(_) => Element::Lang.name(),
            Tag::Classes(_) => Element::C.name(),
            Tag::Bare(element) => element.name(),
            Tag::Ruby(_) => Element::Ruby.name(),
            Tag::Gloss(_) | Tag::Shown(_) => "",
        }
    }
}

impl Wrap for Tag<'_> {
    fn is_solid(&self) -> bool {
        matches!(self, Tag::Ruby(_) | Tag::Gloss(_))
    }

    fn is_point(&self) -> bool {
        matches!(self, Tag::Shown(_))
    }
}

/// A class can be written: no character in it ends it.
pub(super) fn is_class(class: &str) -> bool {
    !class.is_empty() && !class.contains(['\t', '\n', '\x0C', ' ', '.', '>', '\r', '\0'])
}

/// The pieces of a text, outer first; classes over the same range share one tag. `context` hears what has no tag.
pub(super) fn pieces<'a>(text: &'a StyledText, context: &mut Context<'_>) -> Vec<Piece<Tag<'a>>> {
    let mut pieces: Vec<Piece<Tag<'a>>> = Vec::with_capacity(text.marks.len());
    let mut add = |mark: &'a Mark| {
        let range = on_characters(text, &mark.range);
        match (tag(mark, text.len(), context), pieces.last_mut()) {
            (None, _) => {}
            (Some(Tag::Classes(mut more)), Some(Piece { range: r, wrap: Tag::Classes(classes) })) if *r == range => {
                classes.append(&mut more);
            }
            (Some(wrap), _) => pieces.push(Piece { range, wrap }),
        }
    };
    let order = |mark: &Mark| (mark.range.start, Reverse(mark.range.end));
    if text.marks.is_sorted_by_key(order) {
        text.marks.iter().for_each(add);
    } else {
        let mut marks: Vec<&Mark> = text.marks.iter().collect();
        marks.sort_by_key(|mark| order(mark));
        marks.into_iter().for_each(&mut add);
    }
    pieces
}

/// `range` inside the text and on character boundaries, whatever an edit left.
fn on_characters(text: &StyledText, range: &Range<u32>) -> Range<u32> {
    let floor = |offset: u32| {
        let mut at = offset.min(text.len());
        while !text.plain.is_char_boundary(at as usize) {
            at = at.saturating_sub(1);
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

fn tag<'a>(mark: &'a Mark, end: u32, context: &mut Context<'_>) -> Option<Tag<'a>> {
    let lose = &mut *context.lose;
    let mut lost = |loss: Diagnostic| {
        lose(loss);
        None
    };
    match &mark.kind {
        MarkKind::Voice(voice) => {
            check_voice(voice, lose);
            Some(Tag::Voice(voice))
        }
        MarkKind::Lang(lang) => Some(Tag::Lang(lang.as_str())),
        MarkKind::Class(class) => class_tag(class, lose),
        MarkKind::Bold => Some(Tag::Bare(Element::B)),
        MarkKind::Italic => Some(Tag::Bare(Element::I)),
        MarkKind::Underline => Some(Tag::Bare(Element::U)),
        MarkKind::Strike => lost(of(loss::STRIKE)),
        MarkKind::Color(color) => match color::class_of(*color) {
            Some(class) => Some(Tag::Classes(vec![class])),
            None => lost(of(loss::COLOR)),
        },
        MarkKind::Background(color) => match color::background_class_of(*color) {
            Some(class) => Some(Tag::Classes(vec![class])),
            None => lost(of(loss::BACKGROUND)),
        },
        MarkKind::Font(_) => lost(of(loss::FONT)),
        MarkKind::Ruby(ruby) => Some(Tag::Ruby(ruby)),
        MarkKind::Gloss(gloss) => Some(Tag::Gloss(gloss)),
        MarkKind::Unsaid(unsaid) => lost(of(loss::UNSAID).with("text", unsaid.text.as_str())),
        MarkKind::Emphasis(_) => lost(of(loss::EMPHASIS)),
        MarkKind::Upright => lost(of(loss::UPRIGHT)),
        MarkKind::Shown(time) => {
            if mark.range.end != end {
                lose(of(loss::INNER_TIME_RANGE).with("time", *time));
            }
            if *time < Time::ZERO {
                lose(of(loss::NEGATIVE_TIME).with("time", *time));
            }
            Some(Tag::Shown(*time))
        }
        MarkKind::Raw(extra) => raw_tag(extra, context.leftovers),
    }
}

/// A loss that does not yet say where.
fn of(code: Code) -> Diagnostic {
    Diagnostic::new(code, Location::FILE)
}

fn check_voice(voice: &Voice, lose: &mut dyn FnMut(Diagnostic)) {
    if !is_collapsed(&voice.name) {
        lose(of(loss::VOICE_NAME).with("name", voice.name.as_str()));
    }
    for class in voice.classes.iter().filter(|class| !is_class(class)) {
        lose(of(loss::CLASS).with("class", class.as_str()));
    }
}

/// A class by the name of a default colour would be read as that colour, so it is not quite kept.
fn class_tag<'a>(class: &'a str, lose: &mut dyn FnMut(Diagnostic)) -> Option<Tag<'a>> {
    if !is_class(class) {
        lose(of(loss::CLASS).with("class", class));
        return None;
    }
    if !matches!(color::mark_of_class(class), MarkKind::Class(_)) {
        lose(of(loss::CLASS_IS_COLOR).with("class", class));
    }
    Some(Tag::Classes(vec![class]))
}

fn raw_tag<'a>(extra: &'a Extra, leftovers: &mut Leftovers) -> Option<Tag<'a>> {
    let Extra { format, key, value } = extra;
    if *format == FORMAT_ID && *key == key::LANG && is_collapsed(value) {
        return Some(Tag::Lang(value));
    }
    leftovers.drop(extra);
    None
}
