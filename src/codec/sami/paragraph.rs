//! The text of a paragraph, from its pieces.

use super::scan::Tag;
use super::{ID, TAG};
use crate::codec::srt::color;
use crate::codec::vtt::entity;
use crate::model::{Extra, Font, Mark, MarkKind, Ruby, StyledText};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A text that grows.
#[derive(Default)]
pub(super) struct Paragraph {
    plain: String,
    /// Marks with the number of the tag that they are of: of equal ranges, the tag that opened first is outside.
    marks: Vec<(usize, Mark)>,
    tags: usize,
    /// The last character is a space that white space was brought to: it goes if nothing follows in its line.
    soft: bool,
    /// A line begins here.
    fresh: bool,
    /// Tags that are open, by name.
    open: HashMap<String, Vec<Open>>,
    ruby: Option<Base>,
}

/// A tag that is open: its number, where it stands, and what it says.
struct Open {
    number: usize,
    start: u32,
    kinds: Vec<MarkKind>,
}

/// A base that a reading may follow.
struct Base {
    start: u32,
    /// The reading, once it has begun.
    reading: Option<String>,
    /// What is inside `rp` is for those who show no ruby.
    hidden: bool,
}

impl Paragraph {
    pub(super) fn text(&mut self, raw: &str) {
        if self.ruby.as_ref().is_some_and(|base| base.hidden) {
            return;
        }
        let is_space = |c: char| c.is_ascii_whitespace();
        let mut rest = raw;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(is_space);
            if word.len() < rest.len() {
                self.space();
            }
            let length = word.find(is_space).unwrap_or(word.len());
            let (word, after) = word.split_at_checked(length).unwrap_or((word, ""));
            if !word.is_empty() {
                self.word(&decode(word));
            }
            rest = after;
        }
    }

    /// Where text goes now.
    fn out(&mut self) -> &mut String {
        match self.ruby.as_mut().and_then(|base| base.reading.as_mut()) {
            Some(reading) => reading,
            None => &mut self.plain,
        }
    }

    fn space(&mut self) {
        if !self.soft && !self.fresh && !self.out().is_empty() {
            self.out().push(' ');
            self.soft = true;
        }
    }

    fn word(&mut self, word: &str) {
        self.out().push_str(word);
        (self.soft, self.fresh) = (false, false);
    }

    fn line_break(&mut self) {
        if std::mem::take(&mut self.soft) {
            self.out().pop();
        }
        // At the beginning it would only move the text.
        if !self.out().is_empty() {
            self.out().push('\n');
        }
        self.fresh = true;
    }

    /// A tag inside the paragraph.
    pub(super) fn tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        match (name.as_str(), tag.closes) {
            ("br", _) => self.line_break(),
            ("ruby", false) => self.ruby = Some(Base { start: self.len(), reading: None, hidden: false }),
            ("ruby", true) => {
                self.end_reading();
                self.ruby = None;
            }
            ("rt" | "rb" | "rp", closes) if self.ruby.is_some() => self.in_ruby(&name, closes),
            (_, true) => {
                if let Some(open) = self.open.get_mut(&name).and_then(Vec::pop) {
                    self.end(open);
                }
            }
            (_, false) => {
                let kinds = kinds(tag, &name);
                self.tags = self.tags.saturating_add(1);
                let open = Open { number: self.tags, start: self.len(), kinds };
                self.open.entry(name).or_default().push(open);
            }
        }
    }

    fn in_ruby(&mut self, name: &str, closes: bool) {
        if name == "rt" {
            self.end_reading();
        }
        let Some(base) = &mut self.ruby else { return };
        match (name, closes) {
            ("rt", false) => (base.reading, self.soft) = (Some(String::new()), false),
            ("rp", closes) => base.hidden = !closes,
            _ => {}
        }
    }

    /// What was read becomes the reading of the base before it.
    fn end_reading(&mut self) {
        let end = self.len();
        let Some(base) = &mut self.ruby else { return };
        let Some(reading) = base.reading.take() else { return };
        let start = std::mem::replace(&mut base.start, end);
        self.soft = false;
        let reading = reading.trim();
        if start < end && !reading.is_empty() {
            let ruby = MarkKind::Ruby(Box::new(Ruby { text: reading.into() }));
            self.marks.push((self.tags, Mark::new(start..end, ruby)));
        } else {
            self.plain.push_str(reading);
        }
    }

    fn end(&mut self, Open { number, start, kinds }: Open) {
        let end = self.len();
        self.marks.extend(kinds.into_iter().map(|kind| (number, Mark::new(start..end, kind))));
    }

    fn len(&self) -> u32 {
        u32::try_from(self.plain.len()).unwrap_or(u32::MAX)
    }

    /// The text, all tags closed; empty if it shows nothing.
    pub(super) fn finish(mut self) -> StyledText {
        self.end_reading();
        for open in std::mem::take(&mut self.open).into_values().flatten() {
            self.end(open);
        }
        let Self { mut plain, mut marks, soft, .. } = self;
        if plain.trim().is_empty() {
            return StyledText::default();
        }
        if soft {
            plain.pop();
        }
        plain.truncate(plain.trim_end_matches('\n').len());
        let len = u32::try_from(plain.len()).unwrap_or(u32::MAX);
        marks.iter_mut().for_each(|(_, mark)| mark.range = mark.range.start.min(len)..mark.range.end.min(len));
        // An empty range styles nothing, but a tag that is kept comes back.
        marks.retain(|(_, mark)| !mark.range.is_empty() || matches!(mark.kind, MarkKind::Raw(_)));
        marks.sort_by_key(|(number, mark)| (mark.range.start, Reverse(mark.range.end), *number));
        StyledText { plain, marks: marks.into_iter().map(|(_, mark)| mark).collect() }
    }
}

/// What a tag says of what stands inside it; what is not understood all the same is kept as it is.
pub(super) fn kinds(tag: &Tag<'_>, name: &str) -> Vec<MarkKind> {
    let raw = || vec![MarkKind::Raw(Box::new(Extra { format: ID, key: TAG, value: tag.raw.to_owned() }))];
    let bare = tag.rest.trim().is_empty();
    match name {
        "b" | "strong" if bare => vec![MarkKind::Bold],
        "i" | "em" if bare => vec![MarkKind::Italic],
        "u" if bare => vec![MarkKind::Underline],
        "s" | "strike" | "del" if bare => vec![MarkKind::Strike],
        "font" => font(tag).unwrap_or_else(raw),
        _ => raw(),
    }
}

fn font(tag: &Tag<'_>) -> Option<Vec<MarkKind>> {
    let (mut kinds, mut font) = (Vec::new(), Font::default());
    for (name, value) in tag.attributes() {
        let text = || Some(decode(value).into_owned()).filter(|text| !text.is_empty());
        match name.to_ascii_lowercase().as_str() {
            "color" => kinds.push(MarkKind::Color(color::parse(value)?)),
            "face" => font.family = Some(text()?),
            "size" => font.size = Some(text()?),
            _ => return None,
        }
    }
    if font != Font::default() {
        kinds.push(MarkKind::Font(Box::new(font)));
    }
    (!kinds.is_empty()).then_some(kinds)
}

/// Character references, those that are written here without a detour through all of HTML.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some((before, after)) = text.split_once('&') else { return Cow::Borrowed(text) };
    let mut out = before.to_owned();
    for piece in after.split('&') {
        match reference(piece) {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => out.push_str(&entity::decode(&["&", piece].concat())),
        }
    }
    // The only line break is `\n`.
    Cow::Owned(if out.contains('\r') { out.replace('\r', "\n") } else { out })
}

fn reference(piece: &str) -> Option<(char, &str)> {
    let (name, rest) = piece.split_once(';').filter(|(name, _)| name.len() <= 6)?;
    let c = match name {
        "nbsp" => '\u{A0}',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?)
            .filter(|c| *c == '\t' || *c >= ' ' && *c < '\u{7F}')?,
    };
    Some((c, rest))
}

#[cfg(test)]
mod tests {
    use super::super::scan::{Piece, Scanner};
    use super::*;

    fn read(text: &str) -> StyledText {
        let mut paragraph = Paragraph::default();
        for piece in Scanner::new(text) {
            match piece {
                Piece::Tag(tag) => paragraph.tag(&tag),
                Piece::Text(text) => paragraph.text(text),
                Piece::Comment(_) => {}
            }
        }
        paragraph.finish()
    }

    #[test]
    fn white_space_is_that_of_html() {
        for (markup, plain) in [
            ("\n  one \t two\n", "one two"),
            ("one <br> two<BR/>\nthree<br>", "one\ntwo\nthree"),
            ("<br>one<br><br>two", "one\n\ntwo"),
            ("&nbsp;", ""),
            ("\u{3000} ", ""),
            ("a&#32;<br>&#32;&#9;b&#32;", "a \n \tb "),
            ("&amp;lt; &copy; &nbsp;x & y", "&lt; © \u{A0}x & y"),
            ("<b> one</b> two", "one two"),
        ] {
            assert_eq!(read(markup).plain, plain, "{markup}");
        }
    }

    #[test]
    fn tags_hold_to_their_end_or_to_that_of_the_text() {
        let marks =
            |markup: &str| read(markup).marks.into_iter().map(|mark| (mark.range, mark.kind)).collect::<Vec<_>>();
        assert_eq!(marks("a <b>b"), [(2..3, MarkKind::Bold)]);
        assert_eq!(marks("<i>a</i></b> b"), [(0..1, MarkKind::Italic)]);
        let yellow = crate::model::Rgba { r: 255, g: 255, b: 0, a: 255 };
        assert_eq!(marks("<font color=yellow>a "), [(0..1, MarkKind::Color(yellow))]);
        assert!(matches!(marks("<span style=x>a</span>")[..], [(_, MarkKind::Raw(_))]));
        let ruby = read("<ruby>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>!");
        assert_eq!(ruby.plain, "字!");
        assert!(matches!(&ruby.marks[..], [Mark { kind: MarkKind::Ruby(ruby), .. }] if ruby.text.plain == "zì"));
    }

    #[test]
    fn many_open_tags_take_time_in_proportion() {
        let text = "<i>a</b><u>".repeat(100_000);
        assert_eq!(read(&text).plain.len(), 100_000);
    }
}
