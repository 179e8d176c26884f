//! Cue text (§4.2.2): tags that nest, their classes and values, ruby, times, character references.

use super::{CueAt, Judge, is_timestamp};
use crate::codec::vtt::entity;
use crate::codec::vtt::timestamp;
use crate::codec::vtt::tree::Element;
use crate::diag::codes::conform as codes;
use crate::diag::{Code, Diagnostic, Location};
use crate::lang::LangTag;
use crate::source::Span;
use crate::time::Time;
use memchr::{memchr, memchr_iter};
use std::ops::Range;

/// A tag that is open.
struct Open {
    element: Element,
    range: Range<usize>,
    /// In a `<ruby>`: an `<rt>` was closed, and no base came since.
    complete: bool,
}

/// Where the walk through a cue's text is.
struct Walk<'c> {
    cue: &'c CueAt,
    open: Vec<Open>,
    /// The last time inside the cue.
    time: Option<Time>,
}

impl<'a> Judge<'a, '_> {
    pub(super) fn cue_text(&mut self, payload: Range<usize>, cue: &CueAt) {
        let text = self.blocks.text.raw(payload.clone());
        if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
            return;
        }
        let mut walk = Walk { cue, open: Vec::new(), time: None };
        let (mut rest, mut at) = (text, payload.start);
        while !rest.is_empty() {
            let plain = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            let (run, tail) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            self.run(run, at, &mut walk);
            at = at.saturating_add(run.len());
            let Some(end) = memchr(b'>', tail.as_bytes()) else {
                if !tail.is_empty() {
                    self.tell(codes::VTT_TAG, at..payload.end, tail, &walk);
                }
                break;
            };
            let (tag, after) = tail.split_at_checked(end.saturating_add(1)).unwrap_or((tail, ""));
            let range = at..at.saturating_add(tag.len());
            self.tag(tag, range.clone(), &mut walk);
            (rest, at) = (after, range.end);
        }
        self.left_open(payload, walk);
    }

    /// Text between tags.
    fn run(&mut self, run: &'a str, start: usize, walk: &mut Walk<'_>) {
        let blank = || run.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        if let Some(open) = walk.open.last_mut().filter(|open| open.complete && !blank()) {
            open.complete = false;
        }
        self.references(run, start, walk);
    }

    /// Each `&` begins a character reference.
    fn references(&mut self, text: &'a str, start: usize, walk: &Walk<'_>) {
        for at in memchr_iter(b'&', text.as_bytes()) {
            let tail = text.get(at..).unwrap_or_default();
            // The longest name of HTML's table has 31 letters.
            let length = tail.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            let length = length.saturating_add(2);
            let reference = tail.get(..length).filter(|reference| reference.ends_with(';'));
            if !reference.is_some_and(|reference| self.is_reference(reference)) {
                let from = start.saturating_add(at);
                let shown = reference.or(tail.get(..length.saturating_sub(1))).unwrap_or("&");
                self.tell(codes::VTT_REFERENCE, from..from.saturating_add(1), shown, walk);
            }
        }
    }

    fn is_reference(&mut self, reference: &'a str) -> bool {
        /// Names that are remembered: a file has few, a hostile one shall not fill the memory.
        const REMEMBERED: usize = 1024;
        if let Some(known) = self.references.get(reference) {
            return *known;
        }
        let good = match reference.strip_prefix("&#").and_then(|rest| rest.strip_suffix(';')) {
            Some(number) => is_number(number),
            None => {
                let decoded = entity::decode(reference);
                reference == "&semi;" || !decoded.ends_with(';')
            }
        };
        if self.references.len() < REMEMBERED {
            self.references.insert(reference, good);
        }
        good
    }

    fn tag(&mut self, tag: &'a str, range: Range<usize>, walk: &mut Walk<'_>) {
        let inside = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).unwrap_or_default();
        if let Some(name) = inside.strip_prefix('/') {
            self.end(name, tag, range, walk);
        } else if inside.starts_with(|c: char| c.is_ascii_digit()) {
            self.time(inside, tag, range, walk);
        } else {
            self.start(inside, tag, range, walk);
        }
    }

    fn start(&mut self, inside: &'a str, tag: &'a str, range: Range<usize>, walk: &mut Walk<'_>) {
        let space = inside.find([' ', '\t', '\n', '\r', '\x0C']);
        let (head, annotation) = inside.split_at_checked(space.unwrap_or(inside.len())).unwrap_or((inside, ""));
        let mut classes = head.split('.');
        let name = classes.next().unwrap_or_default();
        let Some(element) = Element::from_name(name) else {
            return self.tell(codes::VTT_TAG, range, tag, walk);
        };
        if classes.any(|class| class.is_empty() || class.contains(['&', '<'])) {
            self.tell(codes::VTT_CLASS, range.clone(), tag, walk);
        }
        self.annotation(element, annotation, tag, range.clone(), walk);
        let in_ruby = walk.open.last().is_some_and(|open| open.element == Element::Ruby);
        if element == Element::Rt && !in_ruby {
            return self.tell(codes::VTT_RUBY, range, tag, walk);
        }
        if let Some(open) = walk.open.last_mut().filter(|open| open.element == Element::Ruby) {
            open.complete = false;
        }
        walk.open.push(Open { element, range, complete: false });
    }

    /// What stands behind the name: needed by some tags, forbidden to the others.
    fn annotation(&mut self, element: Element, text: &'a str, tag: &'a str, range: Range<usize>, walk: &Walk<'_>) {
        let wanted = matches!(element, Element::V | Element::Lang);
        let value = text.trim_matches([' ', '\t']);
        let fits = text.starts_with([' ', '\t']) && !value.is_empty() && !value.contains(['\n', '\r']);
        if (wanted && !fits) || (!wanted && !text.is_empty()) {
            return self.tell(codes::VTT_ANNOTATION, range, tag, walk);
        }
        self.references(text, range.end.saturating_sub(text.len().saturating_add(1)), walk);
        if element == Element::Lang && LangTag::parse(value).is_none_or(|_| value.contains('_')) {
            self.tell(codes::VTT_LANG, range, value, walk);
        }
    }

    fn end(&mut self, name: &str, tag: &'a str, range: Range<usize>, walk: &mut Walk<'_>) {
        let element = Element::from_name(name);
        let top = |walk: &Walk<'_>| walk.open.last().map(|open| open.element);
        if top(walk) == Some(Element::Rt) && element == Some(Element::Ruby) {
            // The last `</rt>` of a ruby may be left out.
            walk.open.pop();
            if let Some(ruby) = walk.open.last_mut() {
                ruby.complete = true;
            }
        }
        if element.is_none() || top(walk) != element {
            return self.tell(codes::VTT_NESTING, range, tag, walk);
        }
        let Some(closed) = walk.open.pop() else { return };
        if closed.element == Element::Ruby && !closed.complete {
            self.tell(codes::VTT_RUBY, range, tag, walk);
        }
        if let (Element::Rt, Some(ruby)) = (closed.element, walk.open.last_mut()) {
            ruby.complete = true;
        }
    }

    fn time(&mut self, text: &str, tag: &'a str, range: Range<usize>, walk: &mut Walk<'_>) {
        let Some(time) = timestamp::whole(text).filter(|_| is_timestamp(text)) else {
            return self.tell(codes::VTT_INNER_TIME, range, tag, walk);
        };
        let cue = walk.cue;
        if time <= walk.time.unwrap_or(cue.times.start) || time >= cue.times.end {
            let at = Location { span: Some(Span::new(range)), ..cue.at };
            let order = Diagnostic::new(codes::VTT_INNER_TIME_ORDER, at).with("time", time);
            self.report.push(order.with("start", cue.times.start).with("end", cue.times.end));
        }
        walk.time = walk.time.max(Some(time));
    }

    /// The cue is over. A voice around the whole of it may stay open.
    fn left_open(&mut self, payload: Range<usize>, mut walk: Walk<'_>) {
        while let Some(open) = walk.open.pop() {
            if !(open.element == Element::V && open.range.start == payload.start) {
                let tag = self.blocks.text.raw(open.range.clone());
                self.tell(codes::VTT_UNCLOSED, open.range, tag, &walk);
            }
        }
    }

    fn tell(&mut self, code: Code, range: Range<usize>, text: &str, walk: &Walk<'_>) {
        let at = Location { span: Some(Span::new(range)), ..walk.cue.at };
        self.say(code, at, text);
    }
}

/// HTML "numeric character reference": any scalar value but CR, noncharacters, and controls other than white space.
fn is_number(digits: &str) -> bool {
    let value = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    let plain = !digits.contains(['+', '-']);
    let c = value.ok().filter(|_| plain).and_then(char::from_u32);
    let nonchar = |c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c) || u32::from(c) & 0xFFFE == 0xFFFE;
    c.is_some_and(|c| !nonchar(c) && (!c.is_control() || matches!(c, '\t' | '\n' | '\x0C')))
}
