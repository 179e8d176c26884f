//! The text of a cue, to the text of an event.

use super::look::{PARTS, Part, State};
use super::script::Script;
use super::style::Style;
use super::tag::{self, Tag};
use super::walk::{Walk, is_family, is_size, sync};
use super::{ID, key, place};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::diag::codes::loss;
use crate::diag::{Code, Location, Report, Value};
use crate::model::{Extra, Labels, Mark, MarkKind, Placement, StyledText};
use crate::time::{Round, Time, TimeDelta, TimeRange};
use std::cmp::Reverse;

/// Put after a backslash that is text: it shows nothing and keeps the backslash from being read with what follows.
const GUARD: char = '\u{2060}';

/// Writes texts and reports what tags cannot say.
pub(super) struct Renderer<'r> {
    pub(super) report: &'r mut Report,
    /// Decides on the names of voices that do not speak the whole cue.
    pub(super) labels: Labeller,
    /// Decides on those that the Name field says.
    pub(super) names: Labeller,
    pub(super) leftovers: Leftovers,
    /// The cue.
    pub(super) at: Location,
    /// The text of the event so far.
    pub(super) out: String,
    /// Something of this cue was reported.
    pub(super) said: bool,
    /// Voices that are labels, or nothing.
    pub(super) voices: u64,
    /// A time inside a cue lies between two centiseconds.
    pub(super) rounded: bool,
}

/// What the text of a cue depends on.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) script: &'a Script,
    pub(super) style: &'a Style,
    pub(super) range: TimeRange,
    pub(super) placement: Option<&'a Placement>,
    /// Index of the voice that the Name field says.
    pub(super) named: Option<usize>,
}

impl<'r> Renderer<'r> {
    pub(super) fn new(report: &'r mut Report, labels: Labels) -> Self {
        let (leftovers, at, out) = (Leftovers::new(), Location::FILE, String::new());
        let (names, labels) = (Labeller::new(labels, Labels::Never), Labeller::new(labels, Labels::OnChange));
        Self { report, labels, names, leftovers, at, out, said: false, voices: 0, rounded: false }
    }

    /// Puts the event's text of `text` into `out`.
    pub(super) fn text<'a>(&mut self, text: &'a StyledText, around: Around<'a>) {
        self.out.clear();
        let StyledText { plain, marks } = text;
        let (tags, exact) = place::tags(around.placement, around.style, around.script.canvas, around.script.dialect);
        if !exact {
            self.lose(loss::PLACEMENT);
        }
        let state = State::new(&around.script.styles, around.style);
        let blocks =
            !tags.is_empty() || marks.len() > usize::from(around.named.is_some()) || state.look != Default::default();
        let hides = |at: usize| blocks || plain.get(at..).is_some_and(|rest| rest.contains('}'));
        let mut walk = Walk {
            state,
            plain,
            marks,
            active: Default::default(),
            ended: vec![false; marks.len()],
            block: tags,
            braces: plain.find('{').is_some_and(hides),
            syllables: Vec::new(),
        };
        if walk.braces {
            self.loss(loss::BRACES, "text", shorten(plain));
        }
        self.karaoke(&mut walk, around.range);
        self.walk(&mut walk, around.named);
    }

    fn walk<'a>(&mut self, walk: &mut Walk<'a>, named: Option<usize>) {
        let (marks, length) = (walk.marks, u32::try_from(walk.plain.len()).unwrap_or(u32::MAX));
        let mut by_end: Vec<usize> =
            (0..marks.len()).filter(|i| marks.get(*i).is_some_and(|m| !m.range.is_empty())).collect();
        by_end.sort_by_key(|i| (marks.get(*i).map(|m| m.range.end), Reverse(*i)));
        let (mut closing, mut opening) = (by_end.iter().peekable(), marks.iter().enumerate().peekable());
        let (mut here, mut done) = (0u32, 0usize);
        loop {
            let at = floor(walk.plain, here);
            self.literal(walk, done..at);
            done = done.max(at);
            let ends_here = |i: &&usize| marks.get(**i).is_some_and(|mark| mark.range.end <= here);
            while let Some(index) = closing.next_if(ends_here) {
                self.end(walk, *index);
            }
            let (mut begun, mut labels) = (Vec::new(), Vec::new());
            while let Some((index, mark)) = opening.next_if(|(_, mark)| mark.range.start <= here) {
                if let MarkKind::Voice(voice) = &mark.kind {
                    labels.extend(self.label(&voice.name, named == Some(index)));
                }
                begun.extend(self.start(walk, index, mark));
            }
            if here < length {
                PARTS.into_iter().filter(|part| !begun.contains(part)).for_each(|part| sync(walk, part));
                begun.into_iter().for_each(|part| sync(walk, part));
            }
            self.flush(walk);
            labels.iter().for_each(|label| self.added(walk, label));
            let next_end = closing.peek().and_then(|i| marks.get(**i)).map(|mark| mark.range.end);
            let next_start = opening.peek().map(|(_, mark)| mark.range.start);
            match [next_end, next_start].into_iter().flatten().min() {
                Some(next) => here = next,
                None => break,
            }
        }
        self.literal(walk, done..walk.plain.len());
    }

    /// The label that is due in front of what a voice says.
    fn label(&mut self, name: &str, named: bool) -> Option<String> {
        if named {
            let label = self.names.voice(name);
            self.said |= label.is_some();
            return label;
        }
        self.voices = self.voices.saturating_add(1);
        self.said = true;
        self.labels.voice(name)
    }

    /// Lengths of the syllables: each lasts until the next begins, the last one to the end of the cue.
    fn karaoke(&mut self, walk: &mut Walk<'_>, range: TimeRange) {
        let length = u32::try_from(walk.plain.len()).unwrap_or(u32::MAX);
        let units = |time: Time| (time - range.start).to_units(100, Round::Nearest);
        let mut begins: Vec<(usize, u64)> = Vec::new();
        for (index, mark) in walk.marks.iter().enumerate() {
            let MarkKind::Shown(time) = &mark.kind else { continue };
            let last = begins.last().map_or(0, |(_, begin)| *begin);
            match u64::try_from(units(*time)).ok().filter(|begin| *begin >= last) {
                Some(begin) => begins.push((index, begin)),
                None => {
                    self.loss(loss::SHOWN, "time", *time);
                    continue;
                }
            }
            let exact = range.start + TimeDelta::from_units(units(*time), 100).unwrap_or_default();
            if exact != *time {
                (self.rounded, self.said) = (true, true);
            }
            if mark.range.end != length {
                self.loss(loss::INNER_TIME_RANGE, "time", *time);
            }
        }
        let Some((_, first)) = begins.first() else { return };
        walk.block.push_str(&format!("\\k{first}"));
        let end = u64::try_from(units(range.end)).unwrap_or(0);
        let nexts = begins.iter().skip(1).map(|(_, begin)| *begin).chain([end]);
        walk.syllables = begins.iter().zip(nexts).map(|((i, begin), next)| (*i, next.saturating_sub(*begin))).collect();
    }

    /// A mark begins. Returns the part of the look that it is about.
    fn start<'a>(&mut self, walk: &mut Walk<'a>, index: usize, mark: &'a Mark) -> Option<Part> {
        match &mark.kind {
            MarkKind::Voice(voice) => {
                voice.classes.iter().for_each(|class| self.loss(loss::CLASS, "class", class.as_str()))
            }
            MarkKind::Lang(lang) => self.loss(loss::LANG, "lang", lang.as_str()),
            MarkKind::Class(class) => self.loss(loss::CLASS, "class", &**class),
            MarkKind::Unsaid(unsaid) => self.loss(loss::UNSAID, "text", shorten(&unsaid.text)),
            MarkKind::Emphasis(_) => self.lose(loss::EMPHASIS),
            MarkKind::Upright => self.lose(loss::UPRIGHT),
            MarkKind::Ruby(_) | MarkKind::Gloss(_) => {
                if mark.range.is_empty() {
                    self.end(walk, index);
                }
            }
            MarkKind::Shown(_) => {
                if let Ok(found) = walk.syllables.binary_search_by_key(&index, |(i, _)| *i)
                    && let Some((_, length)) = walk.syllables.get(found)
                {
                    self.tag(walk, Tag::Karaoke(0.0), &format!("\\k{length}"));
                }
            }
            MarkKind::Raw(extra) => self.raw(walk, extra, mark),
            MarkKind::Background(color) => {
                if walk.state.look.background != Some(*color) {
                    self.lose(loss::BACKGROUND);
                }
            }
            MarkKind::Font(font) => {
                if font.family.as_deref().is_some_and(|name| !is_family(name))
                    || font.size.as_deref().is_some_and(|size| !is_size(size))
                {
                    self.lose(loss::FONT);
                }
            }
            MarkKind::Bold | MarkKind::Italic | MarkKind::Underline | MarkKind::Strike | MarkKind::Color(_) => {}
        }
        let part = Part::of(&mark.kind).filter(|_| !mark.range.is_empty())?;
        walk.active.get_mut(part as usize)?.push(index);
        Some(part)
    }

    /// A mark ends.
    fn end(&mut self, walk: &mut Walk<'_>, index: usize) {
        if let Some(ended) = walk.ended.get_mut(index) {
            *ended = true;
        }
        match walk.marks.get(index).map(|mark| &mark.kind) {
            Some(MarkKind::Ruby(ruby)) => {
                self.loss(loss::RUBY, "text", shorten(&ruby.text.plain));
                self.added(walk, &format!("({})", ruby.text.plain));
            }
            Some(MarkKind::Gloss(gloss)) => {
                self.loss(loss::GLOSS, "text", shorten(&gloss.text));
                self.added(walk, &[gloss.open.as_str(), &gloss.text, &gloss.close].concat());
            }
            _ => {}
        }
    }

    /// A leftover of ours comes back if it can stand where it is.
    fn raw<'a>(&mut self, walk: &mut Walk<'a>, extra: &'a Extra, mark: &Mark) {
        let Extra { format, key, value } = extra;
        let point = *format == ID && mark.range.is_empty() && tag::fits(value);
        // An event that only draws would be no cue.
        let beside_text = !walk.plain.trim().is_empty();
        match *key {
            key::TAG if point => self.tag(walk, tag::understand(value), value),
            key::SHAPE if point && walk.state.drawing && beside_text && !value.contains('{') => {
                self.flush(walk);
                self.out.push_str(value);
            }
            _ => {
                self.said = true;
                self.leftovers.drop(extra);
            }
        }
    }

    /// Puts a tag into the block that is due.
    fn tag<'a>(&mut self, walk: &mut Walk<'a>, tag: Tag<'a>, piece: &str) {
        // What is no tag would lengthen the one before it.
        if !piece.starts_with('\\') {
            self.flush(walk);
        }
        walk.state.apply(&tag);
        walk.block.push_str(piece);
        // An open parenthesis would swallow the tags that follow.
        if piece.contains(['(', ')']) && !is_balanced(piece) {
            self.flush(walk);
        }
    }

    fn flush(&mut self, walk: &mut Walk<'_>) {
        if !walk.block.is_empty() {
            if self.out.ends_with('\\') {
                self.out.push(GUARD);
            }
            self.out.extend(["{", walk.block.as_str(), "}"]);
            walk.block.clear();
        }
    }

    /// Appends a part of the text.
    fn literal(&mut self, walk: &mut Walk<'_>, range: std::ops::Range<usize>) {
        let text = walk.plain.get(range).unwrap_or_default();
        self.shown(walk, text, walk.braces);
    }

    /// Appends text that is not the cue's own.
    fn added(&mut self, walk: &mut Walk<'_>, text: &str) {
        self.shown(walk, text, text.contains(['{', '}']));
    }

    fn shown(&mut self, walk: &mut Walk<'_>, text: &str, braces: bool) {
        if text.is_empty() {
            return;
        }
        if walk.state.drawing {
            self.tag(walk, Tag::Drawing(false), "\\p0");
        }
        self.flush(walk);
        let before = self.out.len();
        let mut chars = text.chars().peekable();
        if self.out.ends_with('\\') && chars.peek().is_some_and(|c| matches!(c, 'N' | 'n' | 'h' | '{' | '}')) {
            self.out.push(GUARD);
        }
        let special = |b: u8| matches!(b, b'\\' | b'\n' | b'\r' | b'{' | b'}');
        if !text.bytes().any(special) {
            return self.out.push_str(text);
        }
        let mut guarded = self.out.len() > before;
        while let Some(c) = chars.next() {
            match c {
                '\n' => self.out.push_str("\\N"),
                '\r' => {
                    let _ = chars.next_if_eq(&'\n');
                    self.out.push_str("\\N");
                    self.lose(loss::LINE_BREAK);
                }
                '{' if braces => self.out.push('｛'),
                '}' if braces => self.out.push('｝'),
                '\\' => {
                    self.out.push('\\');
                    if chars.peek().is_some_and(|c| matches!(c, 'N' | 'n' | 'h' | '{' | '}')) {
                        self.out.push(GUARD);
                        guarded = true;
                    }
                }
                c => self.out.push(c),
            }
        }
        if guarded {
            self.loss(loss::MISREAD, "text", shorten(text));
        }
    }

    pub(super) fn lose(&mut self, code: Code) {
        self.said = true;
        self.report.push_with(code, self.at, |loss| loss);
    }

    pub(super) fn loss(&mut self, code: Code, name: &'static str, value: impl Into<Value>) {
        self.said = true;
        self.report.push_with(code, self.at, |loss| loss.with(name, value));
    }
}

fn is_balanced(piece: &str) -> bool {
    let depth = piece.bytes().try_fold(0usize, |depth, b| match b {
        b'(' => depth.checked_add(1),
        b')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: u32) -> usize {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// Enough of a text to recognise it in a message.
pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
