//! A `p`: its text with marks, and what inside it has times of its own.

use super::flow::Flow;
use super::head::{bad_value, not_kept, own_decls, raw_element, references, text_of, xml_id};
use super::namespace::Ns;
use super::read::Reader;
use super::style::{Decl, Effect, effects};
use super::timing::Timing;
use super::xml::{Fault, Token};
use super::{ID, key};
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location};
use crate::model::{Extra, Font, MarkKind, Ruby, StyledText, Voice};
use crate::time::Time;
use std::ops::Range;

/// What came out of a `p`.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: StyledText,
    /// Parts with times of their own.
    pub(super) timed: Vec<Timed>,
    /// Where its source ends.
    pub(super) end: usize,
}

/// A part of a text that has times of its own.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) range: Range<u32>,
    pub(super) begin: Time,
    /// When it is over; `None` if with the paragraph.
    pub(super) end: Option<Time>,
}

/// An element inside a `p`.
struct Inline {
    /// Its first mark.
    first: usize,
    role: Role,
    preserve: bool,
    timing: Timing,
    timed: Option<usize>,
    /// What it switched off.
    off: Vec<MarkKind>,
}

/// What an element is in a ruby (TTML2 §10.2.37 `tts:ruby`).
enum Role {
    Plain,
    Container(Pairs),
    /// A base: where it began, and where its mark will stand among the marks.
    Base(u32, usize),
    /// A reading: a flow of its own.
    Reading,
    /// Brackets for players without ruby.
    Delimiter,
}

/// Bases and readings so far.
#[derive(Default)]
struct Pairs {
    bases: Vec<(Range<u32>, usize)>,
    readings: Vec<StyledText>,
}

/// Takes a `p` apart.
struct Builder {
    /// The paragraph's, and those of readings that are open.
    flows: Vec<Flow>,
    open: Vec<Inline>,
    timed: Vec<Timed>,
    /// Delimiters that are open.
    hidden: usize,
}

impl Builder {
    fn flow(&mut self) -> Option<&mut Flow> {
        if self.hidden > 0 { None } else { self.flows.last_mut() }
    }

    fn marks(&self) -> usize {
        self.flows.last().map_or(0, |flow| flow.text.marks.len())
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads the `p` that was just opened. `marks` are those that hold of all of it.
    pub(super) fn paragraph(
        &mut self,
        timing: &mut Timing,
        preserve: bool,
        marks: &[MarkKind],
    ) -> Result<Paragraph, Fault> {
        let depth = self.pull.depth();
        let mut builder = Builder { flows: vec![Flow::default()], open: Vec::new(), timed: Vec::new(), hidden: 0 };
        marks.iter().for_each(|kind| builder.flow().into_iter().for_each(|flow| flow.open(kind.clone())));
        loop {
            let token = self.pull.next()?;
            let preserve = builder.open.last().map_or(preserve, |inline| inline.preserve);
            let inside = self.pull.depth() == depth.saturating_add(builder.open.len());
            match token {
                // What stands directly in `metadata` is not shown.
                Token::Text(_) | Token::Char(_) | Token::Entity(_) if !inside => {}
                Token::Text(text) => {
                    if text.bytes().any(|b| !b.is_ascii_whitespace()) {
                        builder.open.last_mut().map_or(&mut *timing, |inline| &mut inline.timing).text();
                    }
                    builder.flow().into_iter().for_each(|flow| flow.push(text, preserve));
                }
                Token::Char(c) => {
                    builder.open.last_mut().map_or(&mut *timing, |inline| &mut inline.timing).text();
                    builder.flow().into_iter().for_each(|flow| flow.push_char(c, preserve));
                }
                Token::Entity(text) => {
                    let at = Location::span(self.pull.span.clone());
                    self.report.push(Diagnostic::new(parse::TTML_ENTITY, at).with("text", text));
                    builder.flow().into_iter().for_each(|flow| flow.push(text, preserve));
                }
                Token::Comment(text) => self.note(text),
                Token::Instruction(_) => {}
                Token::Open(Ns::Tt, "br") => {
                    builder.flow().into_iter().for_each(Flow::line_break);
                    self.pull.skip()?;
                }
                Token::Open(Ns::Tt, "span") => self.span(&mut builder, timing, preserve)?,
                Token::Open(Ns::Tt, "metadata") => {}
                Token::Open(Ns::Metadata, "desc") => {
                    let text = text_of(&mut self.pull)?;
                    self.note_text(text);
                }
                Token::Open(ns, local) => self.foreign(&mut builder, ns, local)?,
                Token::Close if self.pull.depth() < depth => break,
                // `metadata` has no entry of its own.
                Token::Close if self.pull.depth() < depth.saturating_add(builder.open.len()) => {
                    close(&mut builder, timing);
                }
                Token::Close => {}
                Token::End => break,
            }
        }
        while !builder.open.is_empty() {
            close(&mut builder, timing);
        }
        let (text, place) = builder.flows.swap_remove(0).finish();
        let mut timed = builder.timed;
        timed.iter_mut().for_each(|part| part.range = place(part.range.start)..place(part.range.end));
        Ok(Paragraph { text, timed, end: self.pull.span.end })
    }

    fn span(&mut self, builder: &mut Builder, timing: &Timing, preserve: bool) -> Result<(), Fault> {
        let specified = self.specified();
        let parent = builder.open.last().map_or(*timing, |inline| inline.timing);
        let own = parent.enter(specified);
        let span = self.pull.span.clone();
        let preserve = self.preserve(preserve);
        let mut decls = Vec::new();
        for (id, at) in references(&self.pull.attrs) {
            let referred = self.head.resolve(&id, at, self.report);
            super::style::merge(&mut decls, &referred);
        }
        let agents = self.agents();
        let inline_decls = own_decls(&self.pull);
        super::style::merge(&mut decls, &inline_decls);
        let unknown = self.pull.attrs.iter().find(|a| a.ns == Ns::None && !super::read::is_known(a.local));
        if let Some(attr) = unknown {
            not_kept(self.report, attr.name, attr.span());
        }
        if xml_id(&self.pull.attrs).is_some() {
            not_kept(self.report, "xml:id", span.clone());
        }
        let ruby = decls.iter().position(|decl| decl.ns == Ns::Style && decl.local == "ruby");
        let ruby = ruby.map(|at| decls.remove(at));
        let role = self.role(builder, ruby.as_ref().map(|decl| decl.value.trim()), span.clone());
        let mut inline = Inline { first: 0, role, preserve, timing: own, timed: None, off: Vec::new() };
        if builder.hidden > 0 {
            builder.open.push(inline);
            return Ok(());
        }
        if let Some(flow) = builder.flow() {
            flow.resume();
        }
        inline.first = builder.marks();
        let reading = builder.flows.len() > 1;
        if specified.is_timed() && !reading {
            let start = builder.flow().map_or(0, |flow| flow.position());
            inline.timed = Some(builder.timed.len());
            builder.timed.push(Timed { range: start..start, begin: own.begin, end: own.end });
            builder.flow().into_iter().for_each(|flow| flow.open(MarkKind::Shown(own.begin)));
        }
        for name in agents {
            let voice = Voice { name, classes: Vec::new() };
            builder.flow().into_iter().for_each(|flow| flow.open(MarkKind::Voice(Box::new(voice.clone()))));
        }
        self.decls(builder, &mut inline, &decls, span);
        if let Role::Base(start, slot) = &mut inline.role {
            (*start, *slot) = (builder.flow().map_or(0, |flow| flow.position()), inline.first);
        }
        builder.open.push(inline);
        Ok(())
    }

    /// Opens the marks of an element's properties.
    fn decls(&mut self, builder: &mut Builder, inline: &mut Inline, decls: &[Decl<'a>], span: Range<usize>) {
        let Some(flow) = builder.flow() else { return };
        let (mut rest, mut font): (String, Option<usize>) = (String::new(), None);
        for decl in decls {
            let mut keep = false;
            effects(decl, |effect| match effect {
                Effect::On(MarkKind::Font(new)) => {
                    let Font { family, size } = *new;
                    let open = font.and_then(|at| flow.text.marks.get_mut(at));
                    match open.map(|mark| &mut mark.kind) {
                        Some(MarkKind::Font(font)) => {
                            font.family = family.or(font.family.take());
                            font.size = size.or(font.size.take());
                        }
                        _ => {
                            font = Some(flow.text.marks.len());
                            flow.open(MarkKind::Font(Box::new(Font { family, size })));
                        }
                    }
                }
                Effect::On(kind) => flow.open(kind),
                Effect::Off(switch) => inline.off.extend(flow.switch_off(switch)),
                Effect::Keep => keep = true,
                Effect::Bad => {
                    keep = true;
                    self.report.push(bad_value(decl, Location::span(span.clone())));
                }
            });
            if keep && !decl.write(&mut rest) {
                not_kept(self.report, decl.local, span.clone());
            }
        }
        if !rest.is_empty() {
            let extra = Extra { format: ID, key: key::STYLE, value: rest };
            flow.open(MarkKind::Raw(Box::new(extra)));
        }
    }

    fn role(&mut self, builder: &mut Builder, ruby: Option<&str>, span: Range<usize>) -> Role {
        let inside = builder.open.iter().any(|inline| matches!(inline.role, Role::Container(_)));
        match ruby {
            Some("container") if builder.hidden == 0 => Role::Container(Pairs::default()),
            Some("base") if inside && builder.hidden == 0 => Role::Base(0, 0),
            Some("text") if inside && builder.hidden == 0 => {
                builder.flows.push(Flow::default());
                Role::Reading
            }
            Some("delimiter") if inside => {
                not_kept(self.report, "ruby delimiter", span);
                builder.hidden = builder.hidden.saturating_add(1);
                Role::Delimiter
            }
            _ => Role::Plain,
        }
    }

    /// Something that is no text: images are lost, the rest is kept as it stands.
    fn foreign(&mut self, builder: &mut Builder, ns: Ns, local: &'a str) -> Result<(), Fault> {
        let span = self.pull.span.clone();
        if matches!((ns, local), (Ns::Tt, "image" | "audio")) {
            self.report.push(Diagnostic::new(parse::TTML_IMAGE, Location::span(span)));
            return self.pull.skip().map(drop);
        }
        match raw_element(&mut self.pull)? {
            Some(value) => {
                let extra = Extra { format: ID, key: key::ELEMENT, value };
                if let Some(flow) = builder.flow() {
                    flow.resume();
                    let first = flow.text.marks.len();
                    flow.open(MarkKind::Raw(Box::new(extra)));
                    flow.close_from(first);
                }
            }
            None => not_kept(self.report, local, span),
        }
        Ok(())
    }
}

/// Ends the innermost element.
fn close(builder: &mut Builder, timing: &mut Timing) {
    let Some(mut inline) = builder.open.pop() else { return };
    builder.open.last_mut().map_or(timing, |outer| &mut outer.timing).leave(&inline.timing);
    if matches!(inline.role, Role::Delimiter) {
        builder.hidden = builder.hidden.saturating_sub(1);
        return;
    }
    if let Some(flow) = builder.flow() {
        flow.close_from(inline.first);
        flow.go_on(std::mem::take(&mut inline.off));
    }
    let end = builder.flow().map_or(0, |flow| flow.position());
    if let Some(part) = inline.timed.and_then(|at| builder.timed.get_mut(at)) {
        part.range.end = end;
    }
    match inline.role {
        Role::Base(start, slot) => {
            pairs(builder).into_iter().for_each(|pairs| pairs.bases.push((start..end, slot)));
        }
        Role::Reading => {
            let reading = builder.flows.pop().unwrap_or_default().finish().0;
            if let Some(pairs) = pairs(builder) {
                pairs.readings.push(reading);
            }
        }
        Role::Container(pairs) => pair_up(builder, pairs),
        Role::Plain | Role::Delimiter => {}
    }
}

/// Those of the ruby that is open.
fn pairs(builder: &mut Builder) -> Option<&mut Pairs> {
    builder.open.iter_mut().rev().find_map(|inline| match &mut inline.role {
        Role::Container(pairs) => Some(pairs),
        Role::Plain | Role::Base(..) | Role::Reading | Role::Delimiter => None,
    })
}

/// Puts readings beside their bases; if they do not match one to one, all readings beside all bases.
fn pair_up(builder: &mut Builder, pairs: Pairs) {
    let Pairs { mut bases, mut readings } = pairs;
    let Some(flow) = builder.flows.last_mut() else { return };
    let (Some(first), Some(last)) = (bases.first().cloned(), bases.last().cloned()) else { return };
    if readings.is_empty() {
        return;
    }
    if bases.len() != readings.len() {
        bases = vec![(first.0.start..last.0.end, first.1)];
        let mut joined = StyledText::default();
        readings.iter().for_each(|reading| joined.append(reading));
        readings = vec![joined];
    }
    for ((range, slot), text) in bases.into_iter().zip(readings).rev() {
        let mark = crate::model::Mark::new(range, MarkKind::Ruby(Box::new(Ruby { text })));
        let marks = &mut flow.text.marks;
        marks.insert(slot.min(marks.len()), mark);
    }
}
