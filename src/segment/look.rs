//! How a turn's text looks on screen: punctuation and spaces as the profile or the user wants them.
//!
//! What becomes of a character depends on its neighbours in the turn and never on the line it lands in, so that the
//! widths of pieces add up; only spaces at the edges of a line, and what `drop-final` drops, depend on the line.

use super::limits::Look;
use crate::lang::is_han;
use crate::profile::{Punctuation, Spacing};
use crate::words::closes;
use std::ops::Range;

/// A turn's text, ready to be shown line by line.
pub(super) struct Shown {
    look: Look,
    glyphs: Vec<Glyph>,
}

/// What becomes of one character.
#[derive(Clone, Copy)]
struct Glyph {
    at: u32,
    c: char,
    becomes: Becomes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// Itself.
    Itself,
    /// Itself and a space.
    Spaced,
    /// A space.
    Space,
    /// Nothing: dropped, or another space stands for it.
    Nothing,
}

/// A line as it is shown, and where each character of the turn's text went.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    map: Vec<Went>,
}

/// A character of the turn's text, by its byte, and the bytes of the line that show it.
struct Went {
    from: u32,
    start: u32,
    end: u32,
}

impl Shown {
    pub(super) fn new(text: &str, look: Look) -> Self {
        let glyph = |(at, c): (usize, char)| Glyph { at: offset(at), c, becomes: Becomes::Itself };
        let mut glyphs: Vec<Glyph> = text.char_indices().map(glyph).collect();
        settle(&mut glyphs, look);
        Self { look, glyphs }
    }

    /// Bytes `range` of the turn as (part of) a line; `whole` if they are all of it, so that what hangs over its edges
    /// goes.
    pub(super) fn line(&self, range: Range<u32>, whole: bool) -> Line {
        let from = self.glyphs.partition_point(|g| g.at < range.start);
        let mut line = Line::default();
        for glyph in self.glyphs.iter().skip(from).take_while(|g| g.at < range.end) {
            let start = offset(line.text.len());
            match glyph.becomes {
                _ if whole && line.text.is_empty() && glyph.is_blank() => {}
                Becomes::Itself | Becomes::Spaced => line.text.push(glyph.c),
                Becomes::Space => line.text.push(' '),
                Becomes::Nothing => {}
            }
            line.map.push(Went { from: glyph.at, start, end: offset(line.text.len()) });
            if glyph.becomes == Becomes::Spaced {
                line.text.push(' ');
            }
        }
        if whole {
            let kept = self.trimmed(&line.text).len();
            line.text.truncate(kept);
        }
        line
    }

    /// A line without what does not stand at a line's end.
    pub(super) fn trimmed<'l>(&self, line: &'l str) -> &'l str {
        let line = line.trim_end();
        if self.look.punctuation != Punctuation::DropFinal {
            return line;
        }
        let bare = line.trim_end_matches(|c| FULL_WIDTH.contains(c));
        // A half-width mark is Chinese punctuation if Chinese is before it.
        match bare.strip_suffix(HALF_WIDTH) {
            Some(rest) if rest.chars().next_back().is_some_and(is_chinese) => rest.trim_end(),
            _ => bare.trim_end(),
        }
    }
}

impl Glyph {
    fn is_blank(self) -> bool {
        self.becomes == Becomes::Space || (self.becomes == Becomes::Itself && self.c.is_whitespace())
    }
}

impl Line {
    /// The bytes of the line that show a range of the turn's text, as far as it lies in the line.
    pub(super) fn place(&self, range: &Range<u32>) -> Range<u32> {
        let len = offset(self.text.len());
        let first = self.map.partition_point(|went| went.from < range.start);
        let last = self.map.partition_point(|went| went.from < range.end).checked_sub(1);
        let start = self.map.get(first).map_or(len, |went| went.start).min(len);
        let end = last.and_then(|i| self.map.get(i)).map_or(start, |went| went.end).min(len);
        start..end.max(start)
    }
}

/// Marks that `space` turns into a space and `drop-final` drops.
const FULL_WIDTH: &str = "，。、；：";
/// The same in half width, where they stand between Chinese.
const HALF_WIDTH: [char; 4] = [',', '.', ';', ':'];

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_chinese(c: char) -> bool {
    let mark = ('\u{3001}'..='\u{303F}').contains(&c) || ('\u{FF01}'..='\u{FF60}').contains(&c);
    is_han(c) || mark || "“”‘’".contains(c)
}

/// A letter or digit that is not Han: what `盘古之白` stands between.
fn is_narrow(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2E80}'
}

/// Spaces and dropped marks between two characters that stay.
#[derive(Default)]
struct Pause {
    /// The glyph that shows the space, if one is shown: the first of the run, or the last closing mark in it.
    holder: Option<usize>,
    /// A mark was dropped.
    dropped: bool,
    /// A paragraph ends.
    paragraph: bool,
    /// The space is an ideographic one.
    wide: bool,
}

/// Decides what becomes of every character: one walk, holding the pause since the last character that stays.
fn settle(glyphs: &mut [Glyph], look: Look) {
    let mut kept: Option<(usize, char)> = None;
    let mut pause = Pause::default();
    let mut quoted = false;
    for i in 0..glyphs.len() {
        let Some(c) = glyphs.get(i).map(|g| g.c) else { return };
        let dropped = look.punctuation == Punctuation::Space && drops(glyphs, i, c);
        if c.is_whitespace() || dropped {
            set(glyphs, i, Becomes::Nothing);
            pause.wide = c == '\u{3000}' && pause.holder.is_none();
            pause.holder.get_or_insert(i);
            pause.dropped |= dropped;
            pause.paragraph |= c == '\n';
            continue;
        }
        // Straight quotation marks open and close by turns, anew in each paragraph.
        quoted = (quoted && !pause.paragraph) != (c == '"');
        let closing = closes(c) || (c == '"' && !quoted);
        if closing && pause.dropped {
            pause.holder = Some(i);
            kept = Some((i, c));
            continue;
        }
        if let Some((last, before)) = kept {
            space(glyphs, &pause, last, (before, c), look.spacing);
        }
        pause = Pause::default();
        kept = Some((i, c));
    }
}

/// The space between two characters that stay, if there is one.
fn space(glyphs: &mut [Glyph], pause: &Pause, last: usize, (before, after): (char, char), spacing: Spacing) {
    let edge = (is_han(before) && is_narrow(after)) || (is_narrow(before) && is_han(after));
    match pause.holder {
        None if edge && spacing == Spacing::Insert => set(glyphs, last, Becomes::Spaced),
        None => {}
        Some(holder) if holder == last => set(glyphs, holder, Becomes::Spaced),
        Some(holder) => {
            let joins = pause.paragraph && is_chinese(before) && is_chinese(after);
            let closed = edge && spacing == Spacing::Remove;
            let becomes = match pause.dropped || !(joins || closed) {
                true if pause.wide => Becomes::Itself,
                true => Becomes::Space,
                false => Becomes::Nothing,
            };
            set(glyphs, holder, becomes);
        }
    }
}

fn set(glyphs: &mut [Glyph], i: usize, becomes: Becomes) {
    if let Some(glyph) = glyphs.get_mut(i) {
        glyph.becomes = becomes;
    }
}

/// A mark that `space` turns into a space: `，。、；：`, and `, . ; :` between Chinese; never inside Latin text, a number
/// or a time.
fn drops(glyphs: &[Glyph], i: usize, c: char) -> bool {
    if FULL_WIDTH.contains(c) {
        return true;
    }
    if !HALF_WIDTH.contains(&c) {
        return false;
    }
    let at = |index: Option<usize>| index.and_then(|j| glyphs.get(j)).map(|g| g.c);
    let (before, after) = (at(i.checked_sub(1)), at(i.checked_add(1)));
    let chinese = |c: Option<char>| c.is_some_and(is_chinese);
    let narrow = |c: Option<char>| c.is_some_and(is_narrow);
    match c {
        '.' => chinese(before) && !narrow(after),
        // `AI,有` and `问题,AI`: the article's comma. `12:30`, `a, b`: not.
        _ => {
            chinese(before) || (chinese(after) && before.is_some_and(|c| is_narrow(c) || closes(c) || "%+".contains(c)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, punctuation: Punctuation, spacing: Spacing) -> String {
        let shown = Shown::new(text, Look { punctuation, spacing });
        shown.line(0..offset(text.len()), true).text
    }

    #[test]
    fn marks_become_spaces_inside_a_line_and_go_at_its_end() {
        for (text, expected) in [
            ("好，我来。他说：“走吧。”然后", "好 我来 他说 “走吧” 然后"),
            ("他说:\"好,走。\"对吗?", "他说 \"好 走\" 对吗?"),
            ("有AI,有人。真的？！", "有AI 有人 真的？！"),
            ("12:30到1,000.5元，约3:1；", "12:30到1,000.5元 约3:1"),
            ("他叫Mr. Lee, Jr.，住在《城，市》里、", "他叫Mr. Lee, Jr. 住在《城 市》里"),
            ("从idea(点子)、到", "从idea(点子) 到"),
            ("等等……算了——好·吗。", "等等……算了——好·吗"),
        ] {
            assert_eq!(show(text, Punctuation::Space, Spacing::Keep), expected);
        }
    }

    #[test]
    fn drop_final_touches_the_end_alone() {
        for (text, expected) in [
            ("好，走。", "好，走"),
            ("对，", "对"),
            ("好,", "好"),
            ("No, Mr.", "No, Mr."),
            ("真的？", "真的？"),
            ("“好。”", "“好。”"),
        ] {
            assert_eq!(show(text, Punctuation::DropFinal, Spacing::Keep), expected);
        }
    }

    #[test]
    fn spacing_is_for_han_and_latin_only() {
        let text = "国外有 Open AI,有5%用GPT-4的";
        assert_eq!(show(text, Punctuation::Keep, Spacing::Insert), "国外有 Open AI,有 5%用 GPT-4 的");
        assert_eq!(show(text, Punctuation::Keep, Spacing::Remove), "国外有Open AI,有5%用GPT-4的");
        assert_eq!(show(text, Punctuation::Keep, Spacing::Keep), text);
    }

    #[test]
    fn a_range_is_found_again_in_the_line() {
        let text = "好，AI很强";
        let shown = Shown::new(text, Look { punctuation: Punctuation::Space, spacing: Spacing::Insert });
        let line = shown.line(0..offset(text.len()), true);
        assert_eq!(line.text, "好 AI 很强");
        let place = line.place(&(6..8));
        assert_eq!(line.text.get(place.start as usize..place.end as usize), Some("AI"));
    }
}
