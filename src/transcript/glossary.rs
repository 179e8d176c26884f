//! Glosses that the article does not have, from a list of terms.

use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::is_han;
use crate::model::{Gloss, Mark, MarkKind, PartKind, Spoken, StyledText, Transcript, Utterance};
use crate::source::Source;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use toml::de::DeTable;

/// More terms than any field of learning needs for one talk.
const MAX_TERMS: usize = 100_000;
/// The longest term, in bytes. It bounds what looking for the longest match costs.
const MAX_TERM: usize = 120;
/// The longest gloss, in bytes: more fills a caption by itself.
const MAX_GLOSS: usize = 400;

/// Terms and their glosses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// In the order of the file; no term twice.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it is said: `人工智能`.
    pub term: String,
    /// `artificial intelligence`.
    pub gloss: String,
}

/// Which mentions of a term get its gloss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mention {
    /// The first one of each turn.
    #[default]
    FirstPerTurn,
    /// The first one of all.
    FirstPerTrack,
    /// Every one.
    Always,
}

/// Names of the columns in a first row, which is then no term.
const HEADERS: &[(&str, &str)] =
    &[("term", "gloss"), ("术语", "释义"), ("術語", "釋義"), ("术语", "译名"), ("词", "释义"), ("原文", "译文")];

/// Reads a glossary: TOML with a table `[terms]`, or two columns (term, gloss) separated by tabs, commas or semicolons.
///
/// # Errors
/// [`ErrorKind::Unreadable`] with file and line: a row without two cells, an empty or overlong one, a term given twice
/// with different glosses; [`ErrorKind::Limit`] for more than 100,000 terms.
///
/// ```
/// use zimu::{source::Source, transcript::glossary};
/// let file = Source::from_text("terms.csv", "term,gloss\n人工智能,artificial intelligence\n");
/// assert_eq!(glossary::read(&file).unwrap().terms[0].gloss, "artificial intelligence");
/// ```
pub fn read(source: &Source) -> Result<Glossary> {
    let mut list = List { source, known: HashMap::new(), glossary: Glossary::default() };
    let first = source.text().lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let first = first.unwrap_or_default();
    if source.name().to_ascii_lowercase().ends_with(".toml") || first == "[terms]" {
        from_toml(source, &mut list)?;
    } else {
        from_rows(source, first, &mut list)?;
    }
    Ok(list.glossary)
}

fn from_toml(source: &Source, list: &mut List<'_>) -> Result<()> {
    let table = DeTable::parse(source.text()).map_err(|error| {
        let what = error.message().replace('\n', "; ");
        list.error(error.span().unwrap_or(0..0).start, &what, &format!("不是有效的 TOML：{what}"))
    })?;
    for (key, value) in table.get_ref() {
        let terms = value.get_ref().as_table().filter(|_| key.get_ref() == "terms");
        let at = key.span().start;
        let terms = terms.ok_or_else(|| {
            let key = key.get_ref();
            list.error(
                at,
                &format!("`{key}` where only [terms] may stand"),
                &format!("此处只能有 [terms]，而不是 `{key}`"),
            )
        })?;
        for (term, gloss) in terms {
            let at = term.span().start;
            let text = gloss.get_ref().as_str();
            let text = text.ok_or_else(|| {
                let term = term.get_ref();
                list.error(at, &format!("the gloss of `{term}` must be in quotes"), &format!("`{term}` 的注释须加引号"))
            })?;
            list.add(at, term.get_ref(), text)?;
        }
    }
    Ok(())
}

fn from_rows(source: &Source, first: &str, list: &mut List<'_>) -> Result<()> {
    let delimiter = [b'\t', b',', b';'].into_iter().find(|byte| first.contains(char::from(*byte))).unwrap_or(b',');
    let mut builder = csv::ReaderBuilder::new();
    let rows = builder.delimiter(delimiter).has_headers(false).flexible(true).trim(csv::Trim::All).comment(Some(b'#'));
    for (index, row) in rows.from_reader(source.text().as_bytes()).into_records().enumerate() {
        let row = row.map_err(|error| {
            Error::new(ErrorKind::Unreadable, format!("{} is not a table", source.name()))
                .with_cause(error)
                .with_chinese(format!("{} 不是表格", source.name()))
        })?;
        // A row's position is before the blank lines in front of it.
        let at = row.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let rest = source.text().get(at..).unwrap_or_default();
        let at = at.saturating_add(rest.len().saturating_sub(rest.trim_start().len()));
        let (term, gloss) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
        let is_header = index == 0 && HEADERS.contains(&(term.to_lowercase().as_str(), gloss.to_lowercase().as_str()));
        if !is_header && row.iter().any(|cell| !cell.is_empty()) {
            list.add(at, term, gloss)?;
        }
    }
    Ok(())
}

/// A glossary under way.
struct List<'a> {
    source: &'a Source,
    known: HashMap<String, usize>,
    glossary: Glossary,
}

impl List<'_> {
    /// An error about what stands at byte `at`.
    fn error(&self, at: usize, what: &str, chinese: &str) -> Error {
        let before = self.source.text().as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count().saturating_add(1);
        Error::new(ErrorKind::Unreadable, format!("{}:{line}: {what}", self.source.name()))
            .with_chinese(format!("{}:{line}：{chinese}", self.source.name()))
    }

    fn add(&mut self, at: usize, term: &str, gloss: &str) -> Result<()> {
        let (term, gloss) = (term.trim(), gloss.trim());
        if term.is_empty() || gloss.is_empty() {
            return Err(self.error(at, "a term and its gloss must both stand here", "此处须同时写出词语和注释"));
        }
        if term.len() > MAX_TERM || gloss.len() > MAX_GLOSS || gloss.contains('\n') || term.contains('\n') {
            return Err(self.error(at, "a term or gloss this long is none", "词语或注释过长"));
        }
        let before = self.known.get(term).and_then(|id| self.glossary.terms.get(*id));
        match before {
            Some(before) if before.gloss != gloss => {
                let what = format!("`{term}` has two glosses, `{}` and `{gloss}`", before.gloss);
                let zh = format!("`{term}` 有两个注释：`{}` 和 `{gloss}`", before.gloss);
                return Err(self.error(at, &what, &zh));
            }
            Some(_) => return Ok(()),
            None => {}
        }
        if self.glossary.terms.len() >= MAX_TERMS {
            let name = self.source.name();
            return Err(Error::new(ErrorKind::Limit, format!("{name} has more than {MAX_TERMS} terms"))
                .with_chinese(format!("{name} 中的词语超过 {MAX_TERMS} 个")));
        }
        self.known.insert(term.to_owned(), self.glossary.terms.len());
        self.glossary.terms.push(Term { term: term.to_owned(), gloss: gloss.to_owned() });
        Ok(())
    }
}

/// Adds a [`MarkKind::Gloss`] to mentions of the terms. At each place the longest term wins, and none is looked for
/// inside it or inside a term that the article glosses itself; such a term counts as mentioned. Latin terms match whole
/// words only, and in another case only if the transcript nowhere has them as written. A term that is never said is
/// reported.
///
/// The brackets are those of the article's own glosses; without any, `（）` beside Han characters and ` ()` elsewhere.
pub fn apply(transcript: &mut Transcript, glossary: &Glossary, mention: Mention, report: &mut Report) {
    let terms = || glossary.terms.iter().enumerate();
    let as_written = Index::new(terms(), std::iter::empty());
    let exact = transcript.utterances().flat_map(|(_, utterance)| as_written.matches(&utterance.text));
    let exact: HashSet<usize> = exact.map(|found| found.term).collect();
    let index = Index {
        exact: as_written.exact,
        folded: Index::new(std::iter::empty(), terms().filter(|(id, _)| !exact.contains(id))).folded,
    };

    let brackets = own_brackets(transcript);
    let mut said: HashSet<usize> = HashSet::new();
    let mut seen: HashSet<usize> = HashSet::new();
    let mut turn = None;
    for part in &mut transcript.parts {
        let PartKind::Utterance(utterance) = &mut part.kind else { continue };
        if mention == Mention::FirstPerTurn && turn != Some(utterance.turn) {
            seen.clear();
        }
        turn = Some(utterance.turn);
        for found in index.matches(&utterance.text) {
            said.insert(found.term);
            let first = seen.insert(found.term);
            let wanted = !found.glossed && (first || mention == Mention::Always);
            if let Some(term) = glossary.terms.get(found.term).filter(|_| wanted) {
                add(utterance, found.range, &term.gloss, brackets.as_ref());
            }
        }
    }
    for (_, term) in terms().filter(|(id, _)| !said.contains(id)) {
        let unused = Diagnostic::new(codes::transcript::GLOSSARY_TERM_UNUSED, Location::FILE);
        report.push(unused.with("term", term.term.as_str()));
    }
}

/// The brackets of the article's first gloss.
fn own_brackets(transcript: &Transcript) -> Option<(String, String)> {
    let marks = transcript.utterances().flat_map(|(_, utterance)| &utterance.text.marks);
    marks.into_iter().find_map(|mark| match &mark.kind {
        MarkKind::Gloss(gloss) => Some((gloss.open.clone(), gloss.close.clone())),
        _ => None,
    })
}

fn add(utterance: &mut Utterance, range: Range<usize>, gloss: &str, brackets: Option<&(String, String)>) {
    let plain = &utterance.text.plain;
    let inside = plain.get(range.clone()).unwrap_or_default().chars();
    let before = plain.get(..range.start).and_then(|text| text.chars().next_back());
    let after = plain.get(range.end..).and_then(|text| text.chars().next());
    let wide = inside.chain(before).chain(after).any(|c| is_han(c) || ('\u{3000}'..='\u{30FF}').contains(&c));
    let (open, close) = match brackets {
        Some(own) => own.clone(),
        None if wide => ("（".to_owned(), "）".to_owned()),
        None => (" (".to_owned(), ")".to_owned()),
    };
    let gloss = Gloss { text: gloss.to_owned(), open, close, spoken: Spoken::Term };
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    utterance.text.add(Mark::new(offset(range.start)..offset(range.end), MarkKind::Gloss(Box::new(gloss))));
}

/// A term at a place.
struct Found {
    term: usize,
    range: Range<usize>,
    /// The article glosses it there.
    glossed: bool,
}

/// Terms to look for.
#[derive(Default)]
struct Index {
    /// As written.
    exact: Sorted,
    /// In ASCII lower case.
    folded: Sorted,
}

impl Index {
    fn new<'t>(
        exact: impl Iterator<Item = (usize, &'t Term)>,
        folded: impl Iterator<Item = (usize, &'t Term)>,
    ) -> Self {
        Self {
            exact: Sorted::new(exact.map(|(id, term)| (term.term.clone(), id)).collect()),
            folded: Sorted::new(folded.map(|(id, term)| (term.term.to_ascii_lowercase(), id)).collect()),
        }
    }

    /// Every term in `text`, leftmost and longest first, without overlaps; where the article has a gloss, that term.
    fn matches(&self, text: &StyledText) -> Vec<Found> {
        let lower = text.plain.to_ascii_lowercase();
        let glossed = text.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Gloss(_))).map(Mark::bytes);
        let glossed: Vec<Range<usize>> = glossed.collect();
        let mut ahead = glossed.iter().peekable();
        let mut found = Vec::new();
        let mut end = 0;
        for (start, _) in text.plain.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if start < end {
                continue;
            }
            while let Some(own) = ahead.next_if(|own| own.start <= start) {
                let term = self.longest(&text.plain, &lower, own.clone()).filter(|(_, range)| range == own);
                found.extend(term.map(|(term, range)| Found { term, range, glossed: true }));
                end = end.max(own.end);
            }
            let room = start..ahead.peek().map_or(text.plain.len(), |own| own.start);
            if start >= end
                && let Some((term, range)) = self.longest(&text.plain, &lower, room)
            {
                end = range.end;
                found.push(Found { term, range, glossed: false });
            }
        }
        found
    }

    /// The longest term at the start of `room`.
    fn longest(&self, plain: &str, lower: &str, room: Range<usize>) -> Option<(usize, Range<usize>)> {
        let fits = |length: usize| at_edges(plain, &(room.start..room.start.saturating_add(length)));
        let exact = self.exact.longest(plain.get(room.clone())?, fits);
        let folded = self.folded.longest(lower.get(room.clone())?, fits);
        let (length, term) =
            if folded.map(|(length, _)| length) > exact.map(|(length, _)| length) { folded } else { exact }?;
        Some((term, room.start..room.start.saturating_add(length)))
    }
}

/// Terms in the order of their bytes: those with a common start are neighbours.
#[derive(Default)]
struct Sorted(Vec<(String, usize)>);

impl Sorted {
    fn new(mut terms: Vec<(String, usize)>) -> Self {
        terms.sort_unstable();
        Self(terms)
    }

    /// The length and number of the longest term that `text` starts with and that `fits`.
    fn longest(&self, text: &str, fits: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
        let mut same = self.0.as_slice();
        let mut best = None;
        for (depth, byte) in text.bytes().enumerate() {
            let at = |(term, _): &(String, usize)| term.as_bytes().get(depth).copied();
            let (_, rest) = same.split_at_checked(same.partition_point(|term| at(term) < Some(byte)))?;
            (same, _) = rest.split_at_checked(rest.partition_point(|term| at(term) == Some(byte)))?;
            let Some((first, id)) = same.first() else { break };
            let length = depth.saturating_add(1);
            if first.len() == length && fits(length) {
                best = Some((length, *id));
            }
        }
        best
    }
}

/// A word of letters does not begin or end in the middle of another. Han characters, kana and Hangul have no such edges.
fn at_edges(plain: &str, range: &Range<usize>) -> bool {
    let wordy = |c: Option<char>| {
        let wide =
            |c: char| is_han(c) || ('\u{3040}'..='\u{30FF}').contains(&c) || ('\u{AC00}'..='\u{D7AF}').contains(&c);
        c.is_some_and(|c| (c.is_alphanumeric() || c == '_') && !wide(c))
    };
    let inside = plain.get(range.clone()).unwrap_or_default();
    let before = plain.get(..range.start).and_then(|text| text.chars().next_back());
    let after = plain.get(range.end..).and_then(|text| text.chars().next());
    !(wordy(before) && wordy(inside.chars().next()) || wordy(inside.chars().next_back()) && wordy(after))
}
