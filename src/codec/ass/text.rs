//! The text of an event, understood.

use super::look::{Look, PART_COUNT, PARTS, Part, State};
use super::script::Script;
use super::style::Style;
use super::tag::{self, Tag};
use super::{ID, key, place};
use crate::model::{Extra, Mark, MarkKind, Placement, StyledText};
use crate::time::{Time, TimeDelta};
use memchr::{memchr, memchr2};
use std::cmp::Reverse;

/// An event's text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Content {
    pub(super) text: StyledText,
    pub(super) placement: Option<Box<Placement>>,
    /// It draws something.
    pub(super) draws: bool,
    /// It may be spelled differently from how we write it.
    pub(super) unusual: bool,
}

impl Content {
    /// It draws and says nothing: no cue.
    pub(super) fn is_drawing(&self) -> bool {
        self.draws && self.text.plain.trim().is_empty()
    }
}

/// Reads the text of an event of a style that begins at `start`.
pub(super) fn read<'a>(raw: &'a str, style: &'a Style, script: &'a Script, start: Time) -> Content {
    let mut reader = Reader {
        script,
        style,
        state: State::new(&script.styles, style),
        start,
        clock: None,
        hard_breaks: script.hard_breaks,
        content: Content::default(),
        open: [None; PART_COUNT],
        keypad: None,
        position: None,
        raw: false,
    };
    reader.run(raw);
    reader.finish()
}

struct Reader<'a> {
    script: &'a Script,
    style: &'a Style,
    state: State<'a>,
    start: Time,
    /// How long the syllables so far take.
    clock: Option<TimeDelta>,
    hard_breaks: bool,
    content: Content,
    /// By part, its open mark.
    open: [Option<usize>; PART_COUNT],
    // Of several, renderers follow the first.
    keypad: Option<u8>,
    position: Option<(f64, f64)>,
    /// A tag was met that is only kept: `\r` changes more than the model knows.
    raw: bool,
}

/// A mark that lasts to the end of its text.
const TO_THE_END: u32 = u32::MAX;

/// The start of a mark that turned out to be none.
const NOWHERE: u32 = u32::MAX;

impl<'a> Reader<'a> {
    fn run(&mut self, raw: &'a str) {
        if memchr2(b'{', b'\\', raw.as_bytes()).is_none() {
            self.style_marks();
            raw.clone_into(&mut self.content.text.plain);
            return;
        }
        self.content.text.plain.reserve_exact(raw.len());
        self.style_marks();
        let mut rest = raw;
        while let Some(open) = memchr(b'{', rest.as_bytes()) {
            // `\{` is a brace in libass.
            let escaped =
                !self.state.drawing && rest.as_bytes().get(..open).is_some_and(|before| before.ends_with(b"\\"));
            let block = rest.get(open.saturating_add(1)..);
            let end = if escaped { None } else { block.and_then(|block| memchr(b'}', block.as_bytes())) };
            match (escaped, block, end) {
                (true, Some(after), _) => {
                    self.literal(rest.get(..open.saturating_sub(1)).unwrap_or_default());
                    self.content.text.plain.push('{');
                    self.content.unusual = true;
                    rest = after;
                }
                (false, Some(block), Some(end)) => {
                    self.literal(rest.get(..open).unwrap_or_default());
                    self.content.unusual = true;
                    tag::pieces(block.get(..end).unwrap_or_default()).for_each(|piece| self.piece(piece));
                    rest = block.get(end.saturating_add(1)..).unwrap_or_default();
                }
                // Nothing closes it, nor any after it: braces are text.
                _ => {
                    self.content.unusual = true;
                    break;
                }
            }
        }
        self.literal(rest);
    }

    fn style_marks(&mut self) {
        // Nothing to begin, nothing to end.
        if self.state.look == Look::default() && self.open == [None; PART_COUNT] {
            return;
        }
        PARTS.into_iter().for_each(|part| self.sync(part));
    }

    /// Text outside of blocks.
    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.state.drawing {
            self.content.draws = true;
            return self.point(key::SHAPE, text);
        }
        let mut rest = text;
        while let Some(at) = memchr(b'\\', rest.as_bytes()) {
            let (before, escape) = rest.split_at_checked(at).unwrap_or_default();
            let shown = match escape.as_bytes().get(1) {
                Some(b'N') => '\n',
                Some(b'n') if self.hard_breaks => '\n',
                Some(b'n') => ' ',
                // A no-break space.
                Some(b'h') => '\u{A0}',
                Some(b'{') => '{',
                Some(b'}') => '}',
                _ => '\\',
            };
            self.content.unusual |= !matches!(shown, '\n' | '\\') || escape.as_bytes().get(1) == Some(&b'n');
            self.content.text.plain.push_str(before);
            self.content.text.plain.push(shown);
            rest = escape.get(if shown == '\\' { 1 } else { 2 }..).unwrap_or_default();
        }
        self.content.text.plain.push_str(rest);
    }

    fn piece(&mut self, piece: &'a str) {
        let tag = tag::understand(piece);
        match tag {
            Tag::Keypad(number) if self.keypad.is_none() => self.keypad = Some(number),
            Tag::Position(x, y) if self.position.is_none() => self.position = Some((x, y)),
            Tag::Karaoke(length) => return self.syllable(length),
            Tag::Reset(name) if name.is_empty() && !self.raw => {}
            Tag::Keypad(_)
            | Tag::Position(..)
            | Tag::Reset(_)
            | Tag::Drawing(_)
            | Tag::OpacityOfAll(_)
            | Tag::Other => {
                self.point(key::TAG, piece);
            }
            Tag::Wrap(style) => {
                self.hard_breaks = style == 2;
                self.point(key::TAG, piece);
            }
            Tag::Bold(_)
            | Tag::Italic(_)
            | Tag::Underline(_)
            | Tag::Strike(_)
            | Tag::Color(_)
            | Tag::Opacity(_)
            | Tag::Family(_)
            | Tag::Size(_) => {}
        }
        self.state.apply(&tag);
        self.style_marks();
    }

    /// `\k`: what follows is shown when those before are over. One at the very start only starts the clock.
    fn syllable(&mut self, length: f64) {
        let begins = self.clock.unwrap_or_default();
        if self.clock.is_some() || !self.content.text.plain.is_empty() {
            self.mark(TO_THE_END, MarkKind::Shown(self.start + begins));
        }
        self.clock = Some(begins + TimeDelta::from_seconds_f64(length / 100.0));
    }

    fn point(&mut self, key: &'static str, value: &str) {
        self.raw = true;
        let raw = Extra { format: ID, key, value: value.to_owned() };
        self.mark(self.content.text.len(), MarkKind::Raw(Box::new(raw)));
    }

    fn mark(&mut self, end: u32, kind: MarkKind) {
        let start = self.content.text.len();
        self.content.text.marks.push(Mark::new(start..end, kind));
    }

    /// Begins or ends the mark of a part, as the state now has it.
    fn sync(&mut self, part: Part) {
        let here = self.content.text.len();
        let (look, marks) = (&self.state.look, &mut self.content.text.marks);
        let Some(slot) = self.open.get_mut(part as usize) else { return };
        // Most parts are plain and stay so.
        let kind = look.mark(part);
        let open = slot.and_then(|index| marks.get_mut(index));
        match (open, kind) {
            (None, None) => {}
            (None, Some(kind)) => {
                *slot = Some(marks.len());
                marks.push(Mark::new(here..TO_THE_END, kind));
            }
            (Some(open), Some(kind)) if open.kind == kind => {}
            (Some(open), Some(kind)) if open.range.start == here => open.kind = kind,
            (Some(open), kind) => {
                if open.range.start == here {
                    open.range.start = NOWHERE;
                }
                open.range.end = here;
                *slot = kind.as_ref().map(|_| marks.len());
                marks.extend(kind.map(|kind| Mark::new(here..TO_THE_END, kind)));
            }
        }
    }

    fn finish(mut self) -> Content {
        let end = self.content.text.len();
        let marks = &mut self.content.text.marks;
        for mark in marks.iter_mut() {
            mark.range.end = mark.range.end.min(end);
        }
        // Styles of nothing say nothing.
        marks.retain(|mark| mark.range.start != NOWHERE && (!mark.range.is_empty() || Part::of(&mark.kind).is_none()));
        // Stable: marks of equal range stay in the order in which they opened.
        marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
        marks.shrink_to_fit();
        let placement = place::placement(self.keypad, self.position, self.style, self.script.canvas);
        self.content.placement = placement.map(Box::new);
        self.content
    }
}
