//! The one tokenizer, and the one judge of breaks: where a line or a cue may end, and how good an end that is.
//!
//! ```
//! use zimu::words::{Judge, Place};
//! let text = "我待了12年,所以很清楚。";
//! let breaks = Judge::default().breaks(text, &[]);
//! let at = |before: &str| breaks.iter().find(|b| &text[..b.at as usize] == before);
//! assert_eq!(at("我待了12年,").unwrap().place, Place::Comma);
//! assert!(at("我待了12").is_none_or(|b| b.place == Place::Inside), "a number keeps its measure word");
//! assert!(at("我待").is_none(), "nothing breaks before 了");
//! ```
//!
//! Han text is cut by jieba, which is loaded when the first Han text is judged and never before; where a break is
//! possible at all is UAX #14 (with the punctuation of Chinese articles, which is often typed in half width). What a
//! break costs comes from the punctuation before it and from the two words around it.

mod chinese;
mod cost;
mod english;
mod glue;
mod names;
mod punct;
mod token;

pub use cost::{COST_INSIDE, COST_WORD};

pub use names::Judge;
pub(crate) use punct::closes;

use crate::measure::Ruler;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed, options::LineBreakOptions};
use std::collections::HashMap;
use std::ops::Range;
use token::Token;

/// What a break stands after, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The end of a paragraph (`\n`).
    Paragraph,
    /// The end of a sentence, closing marks included.
    Sentence,
    /// `；`, `：`.
    Clause,
    /// `，`, `…`, a dash.
    Comma,
    /// `、`.
    Item,
    /// The edge of a word.
    Word,
    /// Inside what belongs together: a word, a name, a number and its measure word, a term and its gloss. Taken only
    /// where a line would not fit otherwise, and then reported.
    Inside,
}

/// A place where a line or a cue may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// What follows begins at this byte; spaces belong to what is before.
    pub at: u32,
    /// What it stands after.
    pub place: Place,
    /// How bad it is: 0 (the end of a sentence) to 100 (between an article and its noun); more if it is
    /// [`Place::Inside`].
    pub cost: u16,
}

impl Judge {
    /// Every place in `text` where a line or a cue may end, in order; its end is not one of them. Breaks inside a range
    /// of `glued` (a term and its gloss) are [`Place::Inside`].
    ///
    /// The ranges must be sorted. Cost: linear in `text`.
    pub fn breaks(&self, text: &str, glued: &[Range<u32>]) -> Vec<Break> {
        let tokens = token::tokens(text);
        let mut together = glue::together(text, &tokens);
        together.extend(self.known_names(text));
        together.extend(glued.iter().map(|r| r.start as usize..r.end as usize));
        let inside = merged(together);
        let soft = glue::quotations(text, &tokens);
        let mut breaks: Vec<Break> =
            opportunities(text, &tokens).filter_map(|(at, i)| cost::judge(text, &tokens, i, at)).collect();
        stubs(text, &mut breaks);
        mark(&mut breaks, &inside, |b| {
            b.place = Place::Inside;
            b.cost = b.cost.saturating_add(COST_INSIDE);
        });
        mark(&mut breaks, &soft, |b| b.cost = b.cost.saturating_add(cost::COST_IN_QUOTATION));
        breaks
    }
}

/// Where UAX #14 or the punctuation of Chinese lets a line end: byte, and index of the token that begins or goes on
/// there.
fn opportunities<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut index = 0usize;
    let mut lines = segmenter().segment_str(text).peekable();
    let starts = tokens.iter().map(|t| t.range.start);
    let mut starts = starts.peekable();
    std::iter::from_fn(move || {
        loop {
            let line = lines.peek().copied();
            let start = starts.peek().copied();
            let at = [line, start].into_iter().flatten().min()?;
            let allowed = line == Some(at);
            if allowed {
                lines.next();
            }
            if start == Some(at) {
                starts.next();
            }
            while tokens.get(index).is_some_and(|t| t.range.end <= at) {
                index = index.saturating_add(1);
            }
            let inner = at > 0 && at < text.len();
            if inner && token::may_break(text, tokens, index, at, allowed) {
                return Some((at, index));
            }
        }
    })
}

/// UAX #14 without dictionaries: jieba is ours, and South-East Asian text is left whole.
fn segmenter() -> LineSegmenterBorrowed<'static> {
    const { LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) }
}

/// Makes a break within a clause worse near the clause's ends: `…的思维，我会|更希望`, `…结果的|同时，`.
fn stubs(text: &str, breaks: &mut [Break]) {
    let width = |from: u32, to: u32| {
        // What is longer is no stub: no need to measure it.
        let to = to.min(from.saturating_add(cost::STUB_COLUMNS.saturating_mul(3)));
        let piece = text.get(from as usize..to as usize);
        piece.map_or(cost::STUB_COLUMNS, |s| Ruler::Columns.width(s.trim()).as_halves() / 2)
    };
    let add = |b: &mut Break, columns: u32| b.cost = b.cost.saturating_add(cost::stub(columns));
    let mut last = 0u32;
    for b in breaks.iter_mut() {
        if b.place == Place::Word {
            add(b, width(last, b.at));
        } else {
            last = b.at;
        }
    }
    let mut next = u32::try_from(text.len()).unwrap_or(u32::MAX);
    for b in breaks.iter_mut().rev() {
        if b.place == Place::Word {
            add(b, width(b.at, next));
        } else {
            next = b.at;
        }
    }
}

/// Applies `change` to the breaks strictly inside a range; `ranges` are sorted and apart.
fn mark(breaks: &mut [Break], ranges: &[Range<usize>], change: impl Fn(&mut Break)) {
    let mut ranges = ranges.iter().peekable();
    for b in breaks {
        let at = b.at as usize;
        while ranges.next_if(|r| r.end <= at).is_some() {}
        if ranges.peek().is_some_and(|r| r.start < at) {
            change(b);
        }
    }
}

/// Lists of words as a table; the first list that names a word decides.
fn by_word<C: Copy>(lists: &[(C, &'static str)]) -> HashMap<&'static str, C> {
    let mut table = HashMap::new();
    for (class, words) in lists {
        words.split_whitespace().for_each(|word| {
            table.entry(word).or_insert(*class);
        });
    }
    table
}

/// Sorted, and those that overlap joined.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
