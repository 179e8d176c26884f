//! Lines with roles to parts. What is read stays verbatim: each part begins where the one before it ended.

use super::anchor::{self, Candidate};
use super::front::Front;
use super::hint::Hint;
use super::label::Label;
use super::line::Line;
use super::outline::{Article, Role};
use super::speech::{self, Raw, Speech};
use super::term::Recurrence;
use super::{cut, runtime, sentence};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::model::{MarkKind, Part, PartKind, Reason, Runtime, Speaker, Transcript, Utterance};
use std::collections::HashMap;
use std::ops::Range;

/// Lines of hard-wrapped text are about so wide, in columns. A narrower one ends a paragraph, and so does a wider one.
const WRAPPED_COLUMNS: Range<u32> = 40..160;
/// How many spellings of a label are listed.
const MAX_SPELLINGS: usize = 20;

/// Puts the transcript together; its language is left open.
pub(super) fn assemble(article: Article<'_>, roles: &[Role], report: &mut Report) -> Transcript {
    let cx = speech::Cx { options: article.options, recurrence: Recurrence::new(article.text) };
    let mut builder = Builder {
        article,
        cx,
        parts: Vec::new(),
        at: 0,
        turn: None,
        turns: 0,
        speakers: Vec::new(),
        numbers: HashMap::new(),
        spellings: HashMap::new(),
        waiting: Vec::new(),
        candidates: Vec::new(),
        runtime: None,
    };
    let mut lines = article.lines.iter().zip(article.fronts).zip(roles).enumerate().peekable();
    while let Some((index, ((line, front), role))) = lines.next() {
        match role {
            Role::Blank => {}
            Role::Unspoken(reason) => builder.unspoken(line, front, *reason, report),
            Role::Turn(_) | Role::Speech => {
                let taken = builder.wrapped(index, roles);
                builder.paragraph(index, taken, *role, report);
                lines.by_ref().take(taken).for_each(|_| {});
            }
        }
    }
    builder.finish(report)
}

struct Builder<'a> {
    article: Article<'a>,
    cx: speech::Cx<'a>,
    parts: Vec<Part>,
    /// Where the parts so far end in the article.
    at: usize,
    turn: Option<Turn>,
    turns: u32,
    speakers: Vec<Speaker>,
    /// Index in `speakers` of a speaker of the cast.
    numbers: HashMap<u32, u32>,
    /// Spellings of the labels of a speaker of the cast.
    spellings: HashMap<u32, Vec<String>>,
    /// Times that wait for the next utterance.
    waiting: Vec<Hint>,
    candidates: Vec<Candidate>,
    runtime: Option<Runtime>,
}

/// The turn that is going on.
struct Turn {
    speaker: Option<u32>,
    label: Range<usize>,
    /// Its number, once something is said in it.
    number: Option<u32>,
    /// It is a question set apart: bold together with its label (`**问：为什么？**`), or without a name.
    bold: bool,
}

impl Builder<'_> {
    /// Everything up to `end` that is not yet part of anything. Neighbouring layout is one part.
    fn piece(&mut self, end: usize, reason: Reason) {
        let source = cut(self.article.text, self.at..end);
        if source.is_empty() {
            return;
        }
        self.at = end;
        match self.parts.last_mut() {
            Some(Part { source: last, kind: PartKind::Unspoken(Reason::Layout) }) if reason == Reason::Layout => {
                last.push_str(source);
            }
            _ => self.parts.push(Part { source: source.to_owned(), kind: PartKind::Unspoken(reason) }),
        }
    }

    fn unspoken(&mut self, line: &Line, front: &Front, reason: Reason, report: &mut Report) {
        self.piece(line.body.start, Reason::Layout);
        match &front.hint {
            Some(hint) if reason == Reason::TimeHint => self.waiting.push(hint.clone()),
            _ => {}
        }
        if matches!(reason, Reason::Headline | Reason::Lead | Reason::Metadata | Reason::Credit | Reason::Direction) {
            let body = cut(self.article.text, line.body.clone());
            runtime::note(body, line.body.start, &mut self.runtime, report);
        }
        self.piece(line.body.end, reason);
    }

    /// How many of the following lines continue the paragraph that begins at `index`: hard-wrapped text breaks lines in
    /// mid-sentence, at some width, and goes on without a label, a bullet or a time.
    fn wrapped(&self, index: usize, roles: &[Role]) -> usize {
        let article = self.article;
        let lines = article.lines.get(index..).unwrap_or_default();
        let after = index.saturating_add(1);
        let (Some(roles), Some(fronts)) = (roles.get(after..), article.fronts.get(after..)) else { return 0 };
        let next = roles.iter().zip(fronts).zip(lines.iter().skip(1));
        let continued = lines.iter().zip(next).take_while(|(line, ((role, front), following))| {
            let body = cut(article.text, line.body.clone());
            let plain = front.content == following.body.start && front.hint.is_none() && front.level == 0;
            let wraps = WRAPPED_COLUMNS.contains(&sentence::columns(body)) && !sentence::is_finished(body);
            article.punctuated && matches!(role, Role::Speech) && plain && wraps
        });
        continued.count()
    }

    /// A paragraph of `1 + taken` lines with its label, if it has one.
    fn paragraph(&mut self, index: usize, taken: usize, role: Role, report: &mut Report) {
        let article = self.article;
        let (Some(line), Some(front)) = (article.lines.get(index), article.fronts.get(index)) else { return };
        let label = front.label.as_ref().filter(|_| matches!(role, Role::Turn(_)));
        self.piece(front.content, Reason::Layout);
        if let Some(hint) = &front.hint {
            self.waiting.push(hint.clone());
            self.piece(front.text, Reason::TimeHint);
        }
        if let (Some(label), Role::Turn(speaker)) = (label, role) {
            self.label(label, speaker, report);
        } else if self.is_answer(front) {
            self.turn = None;
        }
        let mut raw = Raw::default();
        let mut start = label.map_or(front.text, |label| label.text);
        raw.push(cut(article.text, start..line.body.end), start);
        for line in article.lines.iter().skip(index.saturating_add(1)).take(taken) {
            start = line.body.start;
            raw.push(cut(article.text, line.body.clone()), start);
        }
        let last = article.lines.get(index.saturating_add(taken)).unwrap_or(line);
        let read = speech::read(&raw, label.map_or(0, |label| label.opened), &mut self.cx, report);
        self.utterance(last.body.end, read);
    }

    /// Where only the questions are labelled, and set apart, what is not bold is someone else's answer.
    fn is_answer(&self, front: &Front) -> bool {
        let bold = self.turn.as_ref().is_some_and(|turn| turn.bold && turn.number.is_some());
        let text = self.article.text.get(front.text..).unwrap_or_default();
        bold && self.article.cast.names.len() == 1 && !text.starts_with("**")
    }

    fn label(&mut self, label: &Label, speaker: u32, report: &mut Report) {
        self.end_turn(report);
        let bold = label.opened > 0 || label.name.is_empty();
        self.turn = Some(Turn { speaker: Some(speaker), label: label.name.clone(), number: None, bold });
        let name = cut(self.article.text, label.name.clone());
        let spellings = self.spellings.entry(speaker).or_default();
        if !name.is_empty() && spellings.len() < MAX_SPELLINGS && !spellings.iter().any(|known| known == name) {
            spellings.push(name.to_owned());
        }
        self.piece(label.start, Reason::Layout);
        match &label.hint {
            Some(hint) => {
                self.piece(hint.range.start, Reason::Label);
                self.piece(hint.range.end, Reason::TimeHint);
                self.piece(label.text, Reason::Layout);
                self.waiting.push(hint.clone());
            }
            None => self.piece(label.text, Reason::Label),
        }
    }

    /// The speech up to `end`; unspoken if nothing of it is said.
    fn utterance(&mut self, end: usize, read: Speech) {
        let Speech { text, hints } = read;
        if text.is_empty() {
            let unsaid = text.marks.iter().find_map(|mark| match &mark.kind {
                MarkKind::Unsaid(unsaid) => Some(unsaid.reason),
                _ => None,
            });
            self.waiting.extend(hints.into_iter().map(|(_, hint)| hint));
            return self.piece(end, unsaid.unwrap_or(Reason::Layout));
        }
        let part = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let waiting = std::mem::take(&mut self.waiting).into_iter().map(|hint| (0, hint));
        let places = waiting.chain(hints).map(|(at, hint)| Candidate { part, at, hint });
        self.candidates.extend(places);
        let (turn, speaker) = self.speaking();
        let source = cut(self.article.text, self.at..end).to_owned();
        self.at = end;
        self.parts.push(Part { source, kind: PartKind::Utterance(Utterance { turn, speaker, text }) });
    }

    /// The turn that the next utterance belongs to, and its speaker, both numbered by their first words.
    fn speaking(&mut self) -> (u32, Option<u32>) {
        let turn = self.turn.get_or_insert(Turn { speaker: None, label: 0..0, number: None, bold: false });
        let next = self.turns;
        let number = *turn.number.get_or_insert_with(|| {
            self.turns = next.saturating_add(1);
            next
        });
        let Some(speaker) = turn.speaker else { return (number, None) };
        let index = *self.numbers.entry(speaker).or_insert_with(|| {
            let name = self.article.cast.names.get(speaker as usize).cloned().unwrap_or_default();
            self.speakers.push(Speaker { name, labels: Vec::new() });
            u32::try_from(self.speakers.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
        (number, Some(index))
    }

    fn end_turn(&mut self, report: &mut Report) {
        if let Some(Turn { speaker: Some(speaker), label, number: None, .. }) = self.turn.take() {
            let name = self.article.cast.names.get(speaker as usize).cloned().unwrap_or_default();
            let at = Location::span(label);
            report.push(Diagnostic::new(codes::transcript::EMPTY_TURN, at).with("name", name));
        }
    }

    fn finish(mut self, report: &mut Report) -> Transcript {
        self.end_turn(report);
        self.piece(self.article.text.len(), Reason::Layout);
        for hint in &self.waiting {
            let at = Location::span(hint.range.clone());
            report.push(Diagnostic::new(codes::transcript::HINT_UNUSED, at).with("at", hint.time));
        }
        for (cast, index) in &self.numbers {
            if let Some(speaker) = self.speakers.get_mut(*index as usize) {
                speaker.labels = self.spellings.remove(cast).unwrap_or_default();
            }
        }
        let anchors = anchor::choose(self.candidates, self.runtime.as_ref(), report);
        Transcript { lang: None, runtime: self.runtime, speakers: self.speakers, parts: self.parts, anchors }
    }
}
