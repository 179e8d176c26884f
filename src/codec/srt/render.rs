//! The text of a cue, to its markup.

use super::lines::shorten;
use super::token::{Kind, Tag, Token, tokens};
use super::{ID, color, markup};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::diag::codes::loss;
use crate::diag::{Code, Diagnostic, Location, Report, Severity, Value};
use crate::model::{Extra, Gloss, Mark, MarkKind, Rgba, Ruby, StyledText};
use memchr::memchr2;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// Put after a `<` or `{` that is text: it shows nothing and keeps the bracket from being read as markup.
pub(super) const GUARD: char = '\u{2060}';

/// Writes texts as SubRip markup and reports what that cannot say.
pub(super) struct Renderer<'a, 'r> {
    pub(super) report: &'r mut Report,
    pub(super) labels: Labeller,
    pub(super) leftovers: Leftovers,
    /// How many voices were met: they make one entry a file.
    pub(super) voices: u64,
    /// The cue.
    pub(super) at: Location,
    /// The markup of the cue so far.
    pub(super) out: String,
    /// The cue has its `{\anN}`, so that a further one is read as a leftover.
    pub(super) placed: bool,
    open: Open<'a>,
    /// Kept to be filled again: marks by their ends, and what is due there.
    spare: (Vec<usize>, Vec<Due<'a>>),
}

/// By tag name, which marks are open, innermost last: the one that a reader will take a closing tag for.
#[derive(Default)]
struct Open<'a> {
    marks: HashMap<&'a str, Vec<usize>>,
    count: usize,
}

/// What is due at the end of a mark.
enum Due<'a> {
    Nothing,
    /// The closing tag, and which opening one it is for.
    Tag(&'a str, usize),
    Reading(&'a Ruby),
    Gloss(&'a Gloss),
}

impl<'a, 'r> Renderer<'a, 'r> {
    pub(super) fn new(report: &'r mut Report, labels: Labeller, leftovers: Leftovers) -> Self {
        let (at, out, open, spare) = (Location::FILE, String::new(), Open::default(), Default::default());
        Self { report, labels, leftovers, voices: 0, at, out, placed: false, open, spare }
    }

    /// Appends the markup of `text` to `out`.
    pub(super) fn text(&mut self, text: &'a StyledText) {
        let StyledText { plain, marks } = text;
        let raw = marks.iter().any(|mark| matches!(mark.kind, MarkKind::Raw(_)));
        let guards = self.guards(plain, raw);
        let (mut by_end, mut due) = std::mem::take(&mut self.spare);
        by_end.clear();
        by_end.extend((0..marks.len()).filter(|i| marks.get(*i).is_some_and(|m| !m.range.is_empty())));
        by_end.sort_by_key(|i| (marks.get(*i).map(|m| m.range.end), Reverse(*i)));
        due.clear();
        let (mut closing, mut opening) = (by_end.iter().peekable(), marks.iter().peekable());
        let mut done = 0usize;
        loop {
            let end = closing.peek().and_then(|i| marks.get(**i)).map(|mark| mark.range.end);
            let start = opening.peek().map(|mark| mark.range.start);
            // What ends here ends before what starts here.
            let ends = match (end, start) {
                (None, None) => break,
                (Some(end), Some(start)) => end <= start,
                (end, _) => end.is_some(),
            };
            let at = floor(plain, if ends { end } else { start }.unwrap_or_default());
            self.literal(plain, done..at, &guards);
            done = done.max(at);
            if ends {
                let ended = closing.next().and_then(|i| due.get_mut(*i));
                self.end(ended.map_or(Due::Nothing, |ended| std::mem::replace(ended, Due::Nothing)));
            } else if let Some(mark) = opening.next() {
                let started = self.start(mark);
                due.push(if mark.range.is_empty() { self.end(started) } else { started });
            }
        }
        self.literal(plain, done..plain.len(), &guards);
        self.spare = (by_end, due);
    }

    /// Where the brackets are that would be read as markup; the first one is reported. An unknown tag is one only if
    /// something closes it.
    fn guards(&mut self, plain: &str, raw: bool) -> Vec<usize> {
        if memchr2(b'<', b'{', plain.as_bytes()).is_none() {
            return Vec::new();
        }
        let tokens: Vec<Token> = tokens(plain).collect();
        let pairs = raw || tokens.iter().any(|token| matches!(token.kind, Kind::Close(Tag::Other(_))));
        let misread = |token: &&Token| match token.kind {
            Kind::Open(Tag::Other(_), _) | Kind::Close(Tag::Other(_)) => pairs,
            Kind::Open(Tag::Known(_), _) | Kind::Close(Tag::Known(_)) | Kind::Override(_) => true,
        };
        let misread: Vec<&Token> = tokens.iter().filter(misread).collect();
        if let Some(first) = misread.first() {
            let shown = plain.get(first.at.clone()).map(shorten).unwrap_or_default();
            self.loss(loss::MISREAD, "text", shown);
        }
        misread.iter().map(|token| token.at.start.saturating_add(1)).collect()
    }

    /// Appends a part of a text, with its guards.
    fn literal(&mut self, plain: &str, range: Range<usize>, guards: &[usize]) {
        let mut from = range.start;
        let first = guards.partition_point(|guard| *guard <= range.start);
        for guard in guards.iter().skip(first).take_while(|guard| **guard <= range.end) {
            self.out.push_str(plain.get(from..*guard).unwrap_or_default());
            self.out.push(GUARD);
            from = *guard;
        }
        self.out.push_str(plain.get(from..range.end).unwrap_or_default());
    }

    /// Appends text that is not the cue's own.
    fn added(&mut self, text: &str) {
        let guards = self.guards(text, true);
        self.literal(text, 0..text.len(), &guards);
    }

    fn start(&mut self, mark: &'a Mark) -> Due<'a> {
        match &mark.kind {
            MarkKind::Voice(voice) => {
                self.voices = self.voices.saturating_add(1);
                if let Some(label) = self.labels.voice(&voice.name) {
                    self.added(&label);
                }
                Due::Nothing
            }
            MarkKind::Lang(lang) => self.loss(loss::LANG, "lang", lang.as_str()),
            MarkKind::Class(class) => self.loss(loss::CLASS, "class", &**class),
            MarkKind::Bold => self.open("b", "<b>"),
            MarkKind::Italic => self.open("i", "<i>"),
            MarkKind::Underline => self.open("u", "<u>"),
            MarkKind::Strike => self.open("s", "<s>"),
            MarkKind::Color(color) => self.color(*color),
            MarkKind::Background(_) => self.lost(loss::BACKGROUND),
            MarkKind::Font(font) => {
                let attribute = |name: &str, value: &Option<String>| match value {
                    Some(value) => format!(" {name}=\"{value}\""),
                    None => String::new(),
                };
                let tag = format!("<font{}{}>", attribute("face", &font.family), attribute("size", &font.size));
                if comes_back(&format!("{tag}x</font>"), "x", &mark.kind) {
                    self.open("font", &tag)
                } else {
                    self.lost(loss::FONT)
                }
            }
            MarkKind::Ruby(ruby) => Due::Reading(ruby),
            MarkKind::Gloss(gloss) => Due::Gloss(gloss),
            MarkKind::Unsaid(unsaid) => self.loss(loss::UNSAID, "text", shorten(&unsaid.text)),
            MarkKind::Emphasis(_) => self.lost(loss::EMPHASIS),
            MarkKind::Upright => self.lost(loss::UPRIGHT),
            MarkKind::Shown(time) => self.loss(loss::SHOWN, "time", *time),
            MarkKind::Raw(extra) => self.raw(extra, mark),
        }
    }

    fn end(&mut self, due: Due<'a>) -> Due<'a> {
        match due {
            Due::Nothing => {}
            Due::Tag(name, id) => {
                self.out.extend(["</", name, ">"]);
                if self.open.marks.get_mut(name).and_then(Vec::pop) != Some(id) {
                    self.loss(loss::OVERLAP, "tag", name);
                }
            }
            Due::Reading(ruby) => {
                self.loss(loss::RUBY, "text", shorten(&ruby.text.plain));
                self.out.push('(');
                self.text(&ruby.text);
                self.out.push(')');
            }
            Due::Gloss(gloss) => {
                self.loss(loss::GLOSS, "text", shorten(&gloss.text));
                self.added(&[gloss.open.as_str(), &gloss.text, &gloss.close].concat());
            }
        }
        Due::Nothing
    }

    fn open(&mut self, name: &'a str, tag: &str) -> Due<'a> {
        self.out.push_str(tag);
        let id = self.open.count;
        self.open.count = id.saturating_add(1);
        self.open.marks.entry(name).or_default().push(id);
        Due::Tag(name, id)
    }

    fn color(&mut self, color: Rgba) -> Due<'a> {
        if color.a != u8::MAX {
            self.push(Severity::Warning, Diagnostic::new(loss::COLOR, self.at));
        }
        self.open("font", &format!("<font color=\"{}\">", color::hex(color)))
    }

    /// A leftover comes back only if it is SubRip's own and is read as what it says it is.
    fn raw(&mut self, extra: &'a Extra, mark: &'a Mark) -> Due<'a> {
        let Extra { format, key: _, value } = extra;
        if *format == ID {
            match tokens(value).next().map(|token| token.kind) {
                Some(Kind::Open(tag, _)) if comes_back(&format!("{value}x</{}>", tag.name()), "x", &mark.kind) => {
                    return self.open(tag.name(), value);
                }
                Some(Kind::Close(tag)) if mark.range.is_empty() && comes_back(value, "", &mark.kind) => {
                    // Inside a tag of its name it would close that.
                    if self.open.marks.get(tag.name()).is_none_or(Vec::is_empty) {
                        self.out.push_str(value);
                        return Due::Nothing;
                    }
                }
                Some(Kind::Override(_)) if mark.range.is_empty() => {
                    let placed = if self.placed { "{\\an5}" } else { "" };
                    if comes_back(&format!("{placed}{value}"), "", &mark.kind) {
                        self.out.push_str(value);
                        return Due::Nothing;
                    }
                }
                Some(Kind::Open(..) | Kind::Close(_) | Kind::Override(_)) | None => {}
            }
        }
        self.leftovers.drop(extra);
        Due::Nothing
    }

    fn lost(&mut self, code: Code) -> Due<'a> {
        self.report.push_with(code, self.at, |loss| loss);
        Due::Nothing
    }

    fn loss(&mut self, code: Code, name: &'static str, value: impl Into<Value>) -> Due<'a> {
        self.report.push_with(code, self.at, |loss| loss.with(name, value));
        Due::Nothing
    }

    fn push(&mut self, severity: Severity, diagnostic: Diagnostic) {
        self.report.push(Diagnostic { severity, ..diagnostic });
    }
}

/// Whether `markup` is read as the text `plain` with one mark over all of it.
fn comes_back(markup: &str, plain: &str, kind: &MarkKind) -> bool {
    let read = markup::read(markup).text;
    read.plain == plain && read.marks == [Mark::new(0..read.len(), kind.clone())]
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: u32) -> usize {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}
