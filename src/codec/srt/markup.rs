//! The text of a cue, from its markup.

use super::placement::from_keypad;
use super::token::{Kind, Tag, Token, tokens};
use super::{ID, color, key};
use crate::model::{Extra, Font, Mark, MarkKind, Placement, Rgba, StyledText};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// A cue's text, understood.
#[derive(Default)]
pub(super) struct Markup<'a> {
    /// What is shown, and how.
    pub(super) text: StyledText,
    /// Where, by the first `{\anN}`: of several, players follow the first.
    pub(super) placement: Option<Placement>,
    /// The first tag that lacks its partner: open to the end, or closing nothing.
    pub(super) unmatched: Option<&'a str>,
}

/// Reads the text of a cue, its line ends already `\n`.
///
/// * `<i> <b> <u> <s> <font>` hold to their closing tag or to the end of the cue; they may cross.
/// * `{\anN}` is the placement. Other `{\…}`, MicroDVD's `{y:i}` and closing tags that close nothing are kept as points that show nothing:
///   players hide them.
/// * An unknown tag is kept, and hidden, where it has a closing tag; alone it is text, as in `I <love> you` or `a <b`.
pub(super) fn read(text: &str) -> Markup<'_> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut builder = Builder { source: text, ends: vec![0..0; tokens.len()], ..Builder::default() };
    builder.markup.text.plain.reserve_exact(text.len());
    let partners = partners(&tokens);
    for (index, (token, partner)) in tokens.iter().zip(&partners).enumerate() {
        builder.token(index, token, *partner);
    }
    builder.finish()
}

/// The markup of a text that is not shown, in order.
pub(super) fn hidden(text: &str) -> Vec<Range<usize>> {
    let tokens: Vec<Token> = tokens(text).collect();
    let partners = partners(&tokens);
    let hides = |token: &Token, partner: &Option<usize>| match token.kind {
        Kind::Open(tag, rest) => partner.is_some() || style(tag, rest).is_some(),
        Kind::Close(Tag::Other(_)) => partner.is_some(),
        Kind::Close(Tag::Known(_)) | Kind::Override(_) => true,
    };
    let found = tokens.iter().zip(&partners).filter(|(token, partner)| hides(token, partner));
    found.map(|(token, _)| token.at.clone()).collect()
}

/// For each token the token that it opens or closes with: the nearest open one of its name.
fn partners(tokens: &[Token]) -> Vec<Option<usize>> {
    // Nearly always: one tag and its end.
    if let [Token { kind: Kind::Open(open, _), .. }, Token { kind: Kind::Close(close), .. }] = tokens {
        return if open == close { vec![Some(1), Some(0)] } else { vec![None; 2] };
    }
    let mut open: HashMap<Tag, Vec<usize>> = HashMap::new();
    let mut partners = vec![None; tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(tag, _) => open.entry(tag).or_default().push(index),
            Kind::Close(tag) => {
                let Some(opener) = open.get_mut(&tag).and_then(Vec::pop) else { continue };
                for (at, partner) in [(index, opener), (opener, index)] {
                    if let Some(slot) = partners.get_mut(at) {
                        *slot = Some(partner);
                    }
                }
            }
            Kind::Override(_) => {}
        }
    }
    partners
}

#[derive(Default)]
struct Builder<'a> {
    source: &'a str,
    /// How much of `source` is dealt with.
    done: usize,
    markup: Markup<'a>,
    /// By opening token: which marks it made, so that its closing tag can end them.
    ends: Vec<Range<usize>>,
}

impl<'a> Builder<'a> {
    fn token(&mut self, index: usize, token: &Token<'a>, partner: Option<usize>) {
        let verbatim = self.source.get(token.at.clone()).unwrap_or_default();
        match token.kind {
            Kind::Open(tag, rest) => {
                let kinds = match style(tag, rest) {
                    Some(kinds) => kinds,
                    None if partner.is_some() => vec![raw(verbatim)],
                    None => return,
                };
                self.literal(token);
                if partner.is_none() {
                    self.markup.unmatched.get_or_insert(verbatim);
                }
                self.open(index, kinds);
            }
            Kind::Close(tag) => match (partner, tag) {
                (Some(opener), _) => {
                    self.literal(token);
                    self.close(opener);
                }
                (None, Tag::Known(_)) => {
                    self.literal(token);
                    self.markup.unmatched.get_or_insert(verbatim);
                    self.point(raw(verbatim));
                }
                (None, Tag::Other(_)) => {}
            },
            Kind::Override(inside) => {
                self.literal(token);
                self.override_block(inside, verbatim);
            }
        }
    }

    /// Takes the text up to the token as text, and the token as dealt with.
    fn literal(&mut self, token: &Token) {
        self.markup.text.plain.push_str(self.source.get(self.done..token.at.start).unwrap_or_default());
        self.done = token.at.end;
    }

    fn open(&mut self, token: usize, kinds: Vec<MarkKind>) {
        let first = self.markup.text.marks.len();
        let start = self.markup.text.len();
        self.markup.text.marks.extend(kinds.into_iter().map(|kind| Mark::new(start..u32::MAX, kind)));
        if let Some(made) = self.ends.get_mut(token) {
            *made = first..self.markup.text.marks.len();
        }
    }

    fn close(&mut self, opener: usize) {
        let end = self.markup.text.len();
        let made = self.ends.get(opener).cloned().unwrap_or_default();
        for mark in self.markup.text.marks.get_mut(made).unwrap_or_default() {
            mark.range.end = end;
        }
    }

    fn point(&mut self, kind: MarkKind) {
        let at = self.markup.text.len();
        self.markup.text.marks.push(Mark::new(at..at, kind));
    }

    fn override_block(&mut self, inside: &str, verbatim: &str) {
        let placement = if self.markup.placement.is_none() { keypad(inside) } else { None };
        let Some((code, placement)) = placement else { return self.point(raw(verbatim)) };
        self.markup.placement = Some(placement);
        if code != inside {
            self.point(raw(&verbatim.replacen(code, "", 1)));
        }
    }

    fn finish(mut self) -> Markup<'a> {
        self.markup.text.plain.push_str(self.source.get(self.done..).unwrap_or_default());
        let end = self.markup.text.len();
        for mark in &mut self.markup.text.marks {
            mark.range.end = mark.range.end.min(end);
        }
        // Stable: marks of equal range stay in the order in which they opened.
        self.markup.text.marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
        self.markup
    }
}

/// The `\anN` among the codes of an override block.
fn keypad(inside: &str) -> Option<(&str, Placement)> {
    inside.match_indices("\\an").find_map(|(at, _)| {
        let code = inside.get(at..at.checked_add(4)?)?;
        let next = inside.as_bytes().get(at.checked_add(4)?);
        let digit = code.strip_prefix("\\an")?.parse().ok()?;
        (next.is_none_or(|b| *b == b'\\')).then(|| from_keypad(digit)).flatten().map(|placement| (code, placement))
    })
}

/// The marks that a tag of SubRip makes; `None` if it is not one.
fn style(tag: Tag, rest: &str) -> Option<Vec<MarkKind>> {
    let bare = rest.trim().is_empty();
    match tag {
        Tag::Known("i") if bare => Some(vec![MarkKind::Italic]),
        Tag::Known("b") if bare => Some(vec![MarkKind::Bold]),
        Tag::Known("u") if bare => Some(vec![MarkKind::Underline]),
        Tag::Known("s") if bare => Some(vec![MarkKind::Strike]),
        Tag::Known("font") if bare || rest.starts_with(char::is_whitespace) => font(rest),
        Tag::Known(_) | Tag::Other(_) => None,
    }
}

/// The marks of `<font …>`: its colour, its face and size, and what is left of it verbatim. `None` if nothing of it is
/// understood.
fn font(attributes: &str) -> Option<Vec<MarkKind>> {
    let (mut color, mut face, mut left) = (None::<Rgba>, Font::default(), String::new());
    let mut rest = attributes.trim_start();
    let bare = rest.is_empty();
    while !rest.is_empty() {
        let (name, value, verbatim, after) = attribute(rest);
        match value {
            Some(value) if name.eq_ignore_ascii_case("color") && color.is_none() && color::parse(value).is_some() => {
                color = color::parse(value);
            }
            Some(value) if name.eq_ignore_ascii_case("face") && face.family.is_none() => {
                face.family = Some(value.to_owned());
            }
            Some(value) if name.eq_ignore_ascii_case("size") && face.size.is_none() => {
                face.size = Some(value.to_owned());
            }
            _ => left.extend([" ", verbatim]),
        }
        rest = after.trim_start();
    }
    let mut kinds: Vec<MarkKind> = color.map(MarkKind::Color).into_iter().collect();
    if bare || face != Font::default() {
        kinds.push(MarkKind::Font(Box::new(face)));
    }
    if !kinds.is_empty() && !left.is_empty() {
        kinds.push(raw(&format!("<font{left}>")));
    }
    (!kinds.is_empty()).then_some(kinds)
}

/// The attribute at the start of `text`: its name, its value without quotes, all of it verbatim, and what follows.
fn attribute(text: &str) -> (&str, Option<&str>, &str, &str) {
    let split = |at: usize| text.split_at_checked(at).unwrap_or((text, ""));
    let name_end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
    // A lone `=` is an attribute without a name: every round takes at least one character.
    let (name, after_name) = split(name_end);
    let Some(value) = after_name.trim_start().strip_prefix('=') else {
        let (verbatim, after) = split(name_end);
        return (name, None, verbatim, after);
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (inner, after) = match quote.and_then(|q| value.get(1..)?.split_once(q)) {
        Some(parts) => parts,
        None => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len())).unwrap_or((value, "")),
    };
    let (verbatim, after) = split(text.len().saturating_sub(after.len()));
    (name, Some(inner), verbatim, after)
}

fn raw(verbatim: &str) -> MarkKind {
    MarkKind::Raw(Box::new(Extra { format: ID, key: key::TAG, value: verbatim.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> (String, Vec<String>) {
        let read = read(text);
        let marks = read.text.marks.iter().map(|m| {
            let shown = if let MarkKind::Raw(extra) = &m.kind { extra.value.clone() } else { format!("{:?}", m.kind) };
            format!("{:?} {shown}", m.range)
        });
        (read.text.plain.clone(), marks.collect())
    }

    #[test]
    fn tags_become_marks() {
        assert_eq!(marks("a <I>b</i> c"), ("a b c".into(), vec!["2..3 Italic".into()]));
        assert_eq!(marks("<b>a<i>b</b>c</i>"), ("abc".into(), vec!["0..2 Bold".into(), "1..3 Italic".into()]));
        assert_eq!(marks("<u>open"), ("open".into(), vec!["0..4 Underline".into()]));
        assert_eq!(marks("a</i>b"), ("ab".into(), vec!["1..1 </i>".into()]));
        assert_eq!(marks("<b></b>x"), ("x".into(), vec!["0..0 Bold".into()]));
    }

    #[test]
    fn what_only_resembles_a_tag_is_text() {
        for text in ["I <love> you", "1 < 2 & 3 > 2", "a <b", "<3", "{note}", "{\\an8", "</c> alone", "<a\n>b</a\n>"] {
            assert_eq!(marks(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn unknown_markup_is_kept_and_hidden() {
        assert_eq!(marks("<c.loud>x</c>"), ("x".into(), vec!["0..1 <c.loud>".into()]));
        assert_eq!(marks("a{\\fad(1,2)}b"), ("ab".into(), vec!["1..1 {\\fad(1,2)}".into()]));
    }

    #[test]
    fn font_attributes() {
        let yellow = "Color(Rgba { r: 255, g: 255, b: 0, a: 255 })";
        for tag in ["<font color=\"#FFFF00\">", "<font color=yellow>", "<FONT  COLOR = 'ffff00' >"] {
            assert_eq!(marks(&format!("{tag}x</font>")).1, [format!("0..1 {yellow}")], "{tag}");
        }
        let mixed = marks("<font color=\"yellow\" face=\"Noto Sans\" size=24 blink>x</font>").1;
        let font = "0..1 Font(Font { family: Some(\"Noto Sans\"), size: Some(\"24\") })";
        assert_eq!(mixed, [format!("0..1 {yellow}"), font.into(), "0..1 <font blink>".into()]);
        assert_eq!(marks("<font color=\"?\">x</font>").1, ["0..1 <font color=\"?\">"]);
        assert_eq!(marks("<font ==>x</font>").1, ["0..1 <font ==>"]);
    }

    #[test]
    fn the_first_keypad_code_places_the_cue() {
        let read = read("{\\an8\\b1}Up{\\an1}");
        assert_eq!(read.placement, from_keypad(8));
        assert_eq!(marks("{\\an8\\b1}Up{\\an1}").1, ["0..0 {\\b1}", "2..2 {\\an1}"]);
        assert_eq!(marks("{\\an88}").1, ["0..0 {\\an88}"]);
    }
}
