//! A file with some stretches of its text replaced, every other byte as it was.

use super::encoding::{OffsetFinder, is_stateful};
use super::{EncodeOptions, Missing, Source, Span, encode};
use std::collections::HashMap;
use std::ops::Range;

/// Stretches of a source's text, and what stands there instead.
#[derive(Clone, Debug, Default)]
pub struct Patches {
    /// All that is put in, one after another: one buffer for a million times.
    text: String,
    /// What goes away, and which part of `text` comes instead.
    list: Vec<(Span, Span)>,
    /// Stretches that change places, in the order of the text.
    slots: Vec<Span>,
    /// Which of them comes into each.
    order: Vec<u32>,
}

impl Patches {
    /// Nothing is replaced yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.slots.is_empty()
    }

    /// Puts `with` in the place of `range`, which may be empty. Of two that overlap, the one that begins later is not made;
    /// two at one empty place follow each other.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let start = self.text.len();
        self.text.push_str(with);
        self.list.push((Span::new(range), Span::new(start..self.text.len())));
    }

    /// Lets stretches change places: into the n-th of `slots`, which lie apart and in the order of the text, comes the
    /// `order[n]`-th, with what is replaced in it. What stands between them stays where it is.
    ///
    /// ```
    /// use zimu::source::{Patches, Source};
    /// let source = Source::from_text("a.txt", "one, two; three");
    /// let mut patches = Patches::new();
    /// patches.reorder(vec![0..3, 5..8, 10..15], vec![2, 0, 1]);
    /// patches.replace(5..6, "T");
    /// assert_eq!(patches.apply(&source, |_| ()), b"three, one; Two");
    /// ```
    pub fn reorder(&mut self, slots: Vec<Range<usize>>, order: Vec<u32>) {
        self.slots = slots.into_iter().map(Span::new).collect();
        self.order = order;
    }

    /// The bytes of the file that `source` was read from, with these replaced: what stands between them, line ends, byte
    /// order mark and all, is copied; what is put in is encoded as the file is. `missing` hears of each character that the
    /// encoding lacks, with its place in [`Patches::new_text`].
    ///
    /// ```
    /// use zimu::diag::Report;
    /// use zimu::source::{Patches, decode};
    /// let bytes = b"\xFF\xFEa\0\r\0\n\0b\0".to_vec();
    /// let source = decode("a.srt", bytes, None, &mut Report::default()).unwrap();
    /// let mut patches = Patches::new();
    /// patches.replace(3..4, "字");
    /// assert_eq!(patches.apply(&source, |_| ()), b"\xFF\xFEa\0\r\0\n\0\x57\x5B");
    /// ```
    #[must_use]
    pub fn apply(&mut self, source: &Source, mut missing: impl FnMut(Missing)) -> Vec<u8> {
        self.sort();
        let guess = source.encoding();
        let options = EncodeOptions { encoding: guess.encoding, bom: false, eol: None };
        let mark = if guess.bom { guess.encoding.bom().unwrap_or_default() } else { &[] };
        let Some(original) = source.original.as_deref().filter(|_| !is_stateful(guess.encoding)) else {
            let mut out = mark.to_vec();
            let text = self.new_text(source.text());
            if source.original.is_none() {
                out.extend_from_slice(text.as_bytes());
                return out;
            }
            // What a byte means depends on those before it: all of it is encoded anew.
            out.extend(encode(&text, &options, missing));
            return out;
        };
        let mut offsets = self.offsets(source.text(), original, OffsetFinder::new(original, guess.encoding));
        let mut out = mark.to_vec();
        out.reserve(original.len());
        let mut before = 0usize;
        self.pieces(source.text(), |piece, text| match piece {
            Piece::Kept(span) => {
                let from = offsets(span.start);
                let to = if span.end as usize >= source.text().len() { original.len() } else { offsets(span.end) };
                out.extend_from_slice(original.get(from..to).unwrap_or_default());
                before = before.saturating_add(text.len());
            }
            Piece::New => {
                let placed = |one: Missing| Missing { offset: one.offset.saturating_add(before), ..one };
                out.extend(encode(text, &options, |one| missing(placed(one))));
                before = before.saturating_add(text.len());
            }
        });
        out
    }

    /// Where offsets of the text are among the bytes: one after the other where nothing changes places, else all are found first.
    fn offsets<'a>(
        &self,
        text: &str,
        original: &'a [u8],
        mut finder: OffsetFinder<'a>,
    ) -> impl FnMut(u32) -> usize + 'a {
        let mut known: HashMap<u32, usize> = HashMap::new();
        if !self.slots.is_empty() {
            let mut wanted: Vec<u32> = Vec::new();
            self.pieces(text, |piece, _| {
                if let Piece::Kept(span) = piece {
                    wanted.extend([span.start, span.end]);
                }
            });
            wanted.sort_unstable();
            known = wanted.into_iter().map(|at| (at, finder.find(at as usize))).collect();
        }
        let end = original.len();
        move |at| match known.is_empty() {
            true => finder.find(at as usize),
            false => known.get(&at).copied().unwrap_or(end),
        }
    }

    /// The new text.
    pub fn new_text(&self, text: &str) -> String {
        let mut sorted = self.clone();
        sorted.sort();
        let mut out = String::with_capacity(text.len());
        sorted.pieces(text, |_, piece| out.push_str(piece));
        out
    }

    /// The same as stretches of `text` and what comes into their places, in order and apart: where stretches change places, one
    /// that holds all of them.
    ///
    /// ```
    /// use zimu::source::{Patches, Span};
    /// let mut patches = Patches::new();
    /// patches.reorder(vec![0..1, 2..3, 4..5], vec![1, 0, 2]);
    /// patches.replace(4..5, "X");
    /// let stretches = patches.stretches("a b c");
    /// assert_eq!(stretches, [(Span::new(0..3), "b a".to_owned()), (Span::new(4..5), "X".to_owned())]);
    /// ```
    #[must_use]
    pub fn stretches(mut self, text: &str) -> Vec<(Span, String)> {
        self.sort();
        let moved = |(at, which): (usize, &u32)| (*which as usize != at).then_some(at);
        let (first, last) = (
            self.order.iter().enumerate().find_map(moved),
            self.order.iter().enumerate().filter_map(moved).next_back(),
        );
        let slot = |at: Option<usize>| at.and_then(|at| self.slots.get(at));
        let all = slot(first).zip(slot(last)).map(|(first, last)| Span { start: first.start, end: last.end });
        let mut out: Vec<(Span, String)> = Vec::new();
        if let Some(all) = all {
            let mut new = String::new();
            self.range(text, all, &mut |_, piece| new.push_str(piece));
            out.push((all, new));
        }
        let mut done = 0u32;
        for (at, with) in &self.list {
            let inside = all.is_some_and(|all| all.start <= at.start && at.end <= all.end);
            if at.start >= done && !inside {
                out.push((*at, self.text.get(with.range()).unwrap_or_default().to_owned()));
                done = at.end;
            }
        }
        out.sort_by_key(|(at, _)| (at.start, at.end));
        out
    }

    fn sort(&mut self) {
        self.list.sort_by_key(|(at, _)| (at.start, at.end));
    }

    /// Goes through the new text: what is kept, and what is put in, in turn.
    fn pieces(&self, text: &str, mut each: impl FnMut(Piece, &str)) {
        self.range(text, Span::new(0..text.len()), &mut each);
    }

    /// The same, of a part of it that begins and ends where slots do, or the text.
    fn range(&self, text: &str, all: Span, each: &mut dyn FnMut(Piece, &str)) {
        let (mut from, mut edges) = (all.start, [false, true]);
        for (slot, which) in self.slots.iter().zip(&self.order) {
            if slot.start < all.start || slot.end > all.end {
                continue;
            }
            self.stretch(text, Span { start: from, end: slot.start }, edges, each);
            if let Some(moved) = self.slots.get(*which as usize) {
                self.stretch(text, *moved, [false, false], each);
            }
            (from, edges) = (slot.end, [true, true]);
        }
        let [before, _] = edges;
        self.stretch(text, Span { start: from, end: all.end }, [before, false], each);
    }

    /// A stretch as it is after the changes in it. What is put in at an edge belongs to the slot that begins or ends there:
    /// `slots` says whether one does before and after this stretch.
    fn stretch(&self, text: &str, all: Span, slots: [bool; 2], each: &mut dyn FnMut(Piece, &str)) {
        let mut done = all.start;
        let [before, after] = slots;
        let kept = |from: u32, to: u32, each: &mut dyn FnMut(Piece, &str)| {
            let span = Span { start: from, end: to };
            each(Piece::Kept(span), text.get(span.range()).unwrap_or_default());
        };
        let first = self.list.partition_point(|(at, _)| at.start < all.start);
        let inside = self.list.get(first..).unwrap_or_default().iter().take_while(|(at, _)| at.start <= all.end);
        for (at, with) in inside {
            let edge = (before && at.end == all.start) || (after && at.start == all.end);
            if edge || at.start < done || at.end > all.end {
                continue;
            }
            kept(done, at.start, each);
            each(Piece::New, self.text.get(with.range()).unwrap_or_default());
            done = at.end;
        }
        kept(done, all.end, each);
    }
}

/// A piece of the new text.
#[derive(Clone, Copy)]
enum Piece {
    /// As it was, from here.
    Kept(Span),
    /// Put in.
    New,
}
