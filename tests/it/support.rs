//! Makes alignments for tests from lines of `Name：text`, so that a test is about captions and not about articles.

use std::ops::Range;
use zimu::lang;
use zimu::model::*;
use zimu::time::{Round, Time, TimeRange};

/// An alignment of `Name：text` lines (or text alone) over `seconds`. Each Han character, Latin word and number is a
/// word; syllables are of one length, and marks of punctuation pause for as many. `idea(点子)` is a term with its gloss
/// where a Latin word has Han in brackets, or the term stands in braces: `{语料}(corpus)`.
pub(crate) fn alignment(article: &str, seconds: i64) -> Alignment {
    let transcript = transcript(article);
    let mut words = Vec::new();
    for (part, utterance) in transcript.utterances() {
        words.extend(spoken(part as u32, &utterance.text.plain));
    }
    let total: i64 = words.iter().map(|(_, syllables, pause)| syllables + pause).sum();
    let extent = TimeRange::new(Time::default(), Time::from_seconds(seconds));
    let at = |done: i64| extent.start + extent.duration().scale(done, total, Round::Nearest);
    let mut done = 0;
    let timed = words.into_iter().map(|(word, syllables, pause)| {
        let range = TimeRange::new(at(done), at(done + syllables));
        done += syllables + pause;
        let (units, boundary) = (Vec::new(), Boundary::None);
        WordTiming { word, range: Some(range), how: Heard::Estimated, start_p: None, doubt: None, units, boundary }
    });
    let words = timed.collect();
    Alignment { transcript, extent, words, ..Alignment::default() }
}

fn transcript(article: &str) -> Transcript {
    let mut transcript = Transcript { lang: lang::guess(article), ..Transcript::default() };
    let said = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    for (turn, line) in (0u32..).zip(article.lines().filter(said)) {
        let (name, text) =
            line.split_once(['：', ':']).filter(|(name, _)| name.chars().count() < 16).unwrap_or(("", line));
        let speaker = (!name.is_empty()).then(|| speaker(&mut transcript, name));
        let text = glossed(text.trim());
        let source = format!("{line}\n");
        transcript.parts.push(Part { source, kind: PartKind::Utterance(Utterance { turn, speaker, text }) });
    }
    transcript
}

fn speaker(transcript: &mut Transcript, name: &str) -> u32 {
    let known = transcript.speakers.iter().position(|s| s.name == name);
    known.unwrap_or_else(|| {
        transcript.speakers.push(Speaker { name: name.to_owned(), labels: vec![name.to_owned()] });
        transcript.speakers.len() - 1
    }) as u32
}

fn glossed(text: &str) -> StyledText {
    let mut out = StyledText::default();
    let mut term = 0..0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let rest = &text[i..];
        let close = (c == '(' || c == '（').then(|| rest.find([')', '）'])).flatten();
        let gloss = close.map(|end| &rest[c.len_utf8()..end]);
        let latin = out.plain[term.clone()].starts_with(|c: char| c.is_ascii_alphabetic());
        match gloss {
            Some(gloss)
                if !term.is_empty() && term.end == out.plain.len() && (!latin || gloss.chars().any(lang::is_han)) =>
            {
                let close = rest[c.len_utf8() + gloss.len()..].chars().next().unwrap().to_string();
                let kind = Gloss { text: gloss.to_owned(), open: c.to_string(), close, spoken: Spoken::Term };
                out.add(Mark::new(term.start as u32..term.end as u32, MarkKind::Gloss(Box::new(kind))));
                let until = i + close_end(rest);
                while chars.next_if(|(j, _)| *j < until).is_some() {}
            }
            _ if c == '{' => {
                let end = rest.find('}').unwrap();
                term = out.plain.len()..out.plain.len() + end - 1;
                out.plain.push_str(&rest[1..end]);
                while chars.next_if(|(j, _)| *j <= i + end).is_some() {}
            }
            _ => {
                if c.is_ascii_alphabetic() {
                    term = if term.end == out.plain.len() && latin { term.start } else { out.plain.len() }
                        ..out.plain.len() + 1;
                }
                out.plain.push(c);
            }
        }
    }
    out
}

fn close_end(rest: &str) -> usize {
    rest.char_indices().find(|(_, c)| ")）".contains(*c)).map_or(rest.len(), |(i, c)| i + c.len_utf8())
}

/// The words of a paragraph with their syllables and the pause after them, in syllables.
fn spoken(part: u32, text: &str) -> Vec<(WordRef, i64, i64)> {
    let mut words: Vec<(WordRef, i64, i64)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let mut end = i + c.len_utf8();
        if !c.is_alphanumeric() {
            let pause = match c {
                '。' | '？' | '！' | '?' | '!' => 2,
                '，' | ',' | '；' | '：' | '…' => 1,
                '.' if text[end..].starts_with(' ') || text.len() == end => 2,
                _ => 0,
            };
            words.last_mut().into_iter().for_each(|last| last.2 += pause);
            continue;
        }
        if !lang::is_han(c) {
            while let Some((j, d)) =
                chars.next_if(|(_, d)| !lang::is_han(*d) && (d.is_alphanumeric() || "'’".contains(*d)))
            {
                end = j + d.len_utf8();
            }
        }
        let word = WordRef { part, range: i as u32..end as u32 };
        words.push((word, syllables(&text[i..end]), 0));
    }
    if let Some(last) = words.last_mut() {
        last.2 += 1;
    }
    words
}

/// One for a Han character or digit, one for each group of vowels.
fn syllables(word: &str) -> i64 {
    let vowel = |c: char| "aeiouyAEIOUY".contains(c);
    let chars: Vec<char> = word.chars().collect();
    let starts = |i: usize| vowel(chars[i]) && (i == 0 || !vowel(chars[i - 1]));
    let count =
        (0..chars.len()).filter(|i| starts(*i) || lang::is_han(chars[*i]) || chars[*i].is_ascii_digit()).count();
    count.max(1) as i64
}

/// What stands in `text`, without white space and without `dropped`: for comparing what was said with what is shown.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A range in milliseconds.
pub(crate) fn millis(range: TimeRange) -> Range<i64> {
    range.start.to_millis(Round::Nearest)..range.end.to_millis(Round::Nearest)
}
