//! A file with some stretches of its text replaced, every other byte as it was.

use super::encoding::{OffsetFinder, is_stateful};
use super::{EncodeOptions, Missing, Source, Span, encode};

/// Stretches of a source's text, and what stands there instead.
#[derive(Clone, Debug, Default)]
pub struct Patches {
    /// All that is put in, one after another: one buffer for a million times.
    text: String,
    /// What goes away, and which part of `text` comes instead.
    list: Vec<(Span, Span)>,
}

impl Patches {
    /// Nothing is replaced yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts `with` in the place of `range`, which may be empty. Of two that overlap, the one that begins later is not made;
    /// two at one empty place follow each other.
    pub fn replace(&mut self, range: std::ops::Range<usize>, with: &str) {
        let start = self.text.len();
        self.text.push_str(with);
        self.list.push((Span::new(range), Span::new(start..self.text.len())));
    }

    /// The bytes of the file that `source` was read from, with these replaced: what stands between them, line ends, byte
    /// order mark and all, is copied; what is put in is encoded as the file is. `missing` hears of each character that the
    /// encoding lacks, with its place in [`Patches::text`].
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
            if source.original.is_none() {
                self.pieces(source.text(), |_, piece| out.extend_from_slice(piece.as_bytes()));
                return out;
            }
            // What a byte means depends on those before it: all of it is encoded anew.
            out.extend(encode(&self.text(source), &options, missing));
            return out;
        };
        let mut finder = OffsetFinder::new(original, guess.encoding);
        let mut out = mark.to_vec();
        out.reserve(original.len());
        let mut before = 0usize;
        self.pieces(source.text(), |piece, text| match piece {
            Piece::Kept(span) => {
                let from = finder.find(span.start as usize);
                let to = if span.end as usize >= source.text().len() {
                    original.len()
                } else {
                    finder.find(span.end as usize)
                };
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

    /// The new text.
    #[must_use]
    pub fn text(&mut self, source: &Source) -> String {
        self.sort();
        let mut text = String::with_capacity(source.text().len());
        self.pieces(source.text(), |_, piece| text.push_str(piece));
        text
    }

    fn sort(&mut self) {
        self.list.sort_by_key(|(at, _)| (at.start, at.end));
    }

    /// Goes through the new text: what is kept, and what is put in, in turn.
    fn pieces(&self, text: &str, mut each: impl FnMut(Piece, &str)) {
        let mut done = 0u32;
        let kept = |from: u32, to: u32, each: &mut dyn FnMut(Piece, &str)| {
            let span = Span { start: from, end: to };
            each(Piece::Kept(span), text.get(span.range()).unwrap_or_default());
        };
        for (at, with) in &self.list {
            if at.start < done {
                continue;
            }
            kept(done, at.start, &mut each);
            each(Piece::New, self.text.get(with.range()).unwrap_or_default());
            done = at.end;
        }
        kept(done, Span::new(0..text.len()).end, &mut each);
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
