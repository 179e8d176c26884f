//! What changed in a text, word by word; where a script has no spaces, character by character.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Both have it.
    Same(String),
    /// The first has it.
    Gone(String),
    /// The second has it.
    New(String),
}

/// Longer texts are no cues of any use, and comparing them word by word may take the square of their length.
const MOST_WORDS: usize = 300;

/// From here on, scripts are written without spaces between words (CJK radicals, kana, Han).
const FIRST_WIDE: char = '\u{2E80}';

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Word,
    Space,
    Single,
}

fn class(c: char) -> Class {
    match c {
        '\n' => Class::Single,
        c if c.is_whitespace() => Class::Space,
        c if c >= FIRST_WIDE => Class::Single,
        c if c.is_alphanumeric() || matches!(c, '\'' | '’') => Class::Word,
        _ => Class::Single,
    }
}

/// Words, runs of spaces, single characters.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = class(first);
        let same = |c: char| kind != Class::Single && class(c) == kind;
        let length = rest.char_indices().skip(1).find(|(_, c)| !same(*c)).map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        out.push(word);
        rest = after;
    }
    out
}

fn compared(a: &[&str], b: &[&str]) -> Option<Vec<DiffOp>> {
    let small = a.len() <= MOST_WORDS && b.len() <= MOST_WORDS;
    small.then(|| capture_diff_slices(Algorithm::Myers, a, b))
}

/// How much two texts have in common, in percent of the longer.
pub(super) fn likeness(a: &str, b: &str) -> u32 {
    let (a, b) = (words(a), words(b));
    let Some(ops) = compared(&a, &b) else { return 0 };
    let said = |words: &[&str]| words.iter().filter(|word| !word.trim().is_empty()).count();
    let same = ops.iter().filter_map(|op| match op {
        DiffOp::Equal { old_index, len, .. } => a.get(*old_index..old_index.saturating_add(*len)),
        _ => None,
    });
    let same = same.map(said).fold(0usize, usize::saturating_add);
    let all = said(&a).max(said(&b)).max(1);
    u32::try_from(same.saturating_mul(100).checked_div(all).unwrap_or(0)).unwrap_or(0)
}

/// The pieces that two texts are made of.
pub(super) fn pieces(a: &str, b: &str) -> Vec<Piece> {
    let (old, new) = (words(a), words(b));
    let Some(ops) = compared(&old, &new) else {
        return vec![Piece::Gone(a.to_owned()), Piece::New(b.to_owned())];
    };
    let part = |words: &[&str], from: usize, len: usize| {
        words.get(from..from.saturating_add(len)).unwrap_or_default().concat()
    };
    let mut out = Pieces::default();
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => out.same(part(&old, old_index, len)),
            DiffOp::Delete { old_index, old_len, .. } => out.change(&part(&old, old_index, old_len), ""),
            DiffOp::Insert { new_index, new_len, .. } => out.change("", &part(&new, new_index, new_len)),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                out.change(&part(&old, old_index, old_len), &part(&new, new_index, new_len));
            }
        }
    }
    out.finish()
}

/// Pieces so far: what is gone and what is new stay together, over a space between two changes, too.
#[derive(Default)]
struct Pieces {
    list: Vec<Piece>,
    gone: String,
    new: String,
    space: String,
}

impl Pieces {
    fn same(&mut self, text: String) {
        let changing = !(self.gone.is_empty() && self.new.is_empty());
        if changing && self.space.is_empty() && text.chars().all(|c| c == ' ') {
            self.space = text;
            return;
        }
        self.flush();
        self.list.push(Piece::Same(text));
    }

    fn change(&mut self, gone: &str, new: &str) {
        let space = std::mem::take(&mut self.space);
        self.gone.extend([space.as_str(), gone]);
        self.new.extend([space.as_str(), new]);
    }

    fn flush(&mut self) {
        let (gone, new, space) =
            (std::mem::take(&mut self.gone), std::mem::take(&mut self.new), std::mem::take(&mut self.space));
        self.list.extend((!gone.is_empty()).then_some(Piece::Gone(gone)));
        self.list.extend((!new.is_empty()).then_some(Piece::New(new)));
        self.list.extend((!space.is_empty()).then_some(Piece::Same(space)));
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(a: &str, b: &str) -> String {
        let one = |piece: Piece| match piece {
            Piece::Same(text) => text,
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
        };
        pieces(a, b).into_iter().map(one).collect()
    }

    #[test]
    fn words_and_characters_are_compared() {
        assert_eq!(shown("您带了什么来？", "您拿了什么来？"), "您[-带-]{+拿+}了什么来？");
        assert_eq!(shown("the old cat sat", "the new dog sat"), "the [-old cat-]{+new dog+} sat");
        assert_eq!(shown("one demo", "one demo."), "one demo{+.+}");
        assert_eq!(shown("don't go", "do go"), "[-don't-]{+do+} go");
        assert_eq!(likeness("a b c d", "a b c x"), 75);
        assert_eq!(likeness("", "x"), 0);
    }
}
