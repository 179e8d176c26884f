//! The content of a `p`: characters escaped, marks as spans that nest.

use super::dialect::Dialect;
use super::write::Shared;
use super::{ID, key, style, trial};
use crate::codec::nest::{self, Event, Piece, Wrap};
use crate::diag::codes::loss;
use crate::diag::{Code, Diagnostic, Location};
use crate::model::{Font, Gloss, Mark, MarkKind, Ruby, StyledText};
use crate::time::Time;

/// How many spans may be open at once: readers may limit depth.
pub(super) const MAX_DEPTH: usize = 100;

/// What a stretch of text is wrapped in.
pub(super) enum Element<'a> {
    /// A `span`; its attributes in the order that they are read in.
    Span {
        attrs: Vec<(&'static str, String)>,
        begin: Option<Time>,
        voice: Option<&'a str>,
        rank: u8,
    },
    Ruby(&'a Ruby),
    Gloss(&'a Gloss),
    /// An element that is written as it stands.
    Raw(&'a str),
}

impl Wrap for Element<'_> {
    fn is_solid(&self) -> bool {
        matches!(self, Element::Ruby(_) | Element::Gloss(_))
    }

    fn is_point(&self) -> bool {
        matches!(self, Element::Raw(_))
    }
}

/// What a mark is written as.
enum Said<'a> {
    /// Attributes of a span: where they stand in the order of reading, and themselves.
    Attrs(u8, Vec<(&'static str, String)>),
    Voice(&'a str),
    Begin(Time),
    Element(Element<'a>),
    Nothing,
}

/// Where attributes stand when a span is read: its time, its speakers, its styles.
const TIME: u8 = 0;
const VOICE: u8 = 1;
const STYLE: u8 = 2;
/// Languages, where styles are only referred to.
const LANG: u8 = 3;
/// Leftovers come after everything.
const REST: u8 = 4;

/// Writes the content of a paragraph.
pub(super) struct Content<'w, 'a, 'r> {
    pub(super) out: &'w mut String,
    pub(super) shared: &'w mut Shared<'a, 'r>,
    pub(super) at: Location,
    /// When the elements around begin, innermost last.
    pub(super) begins: Vec<Time>,
    /// Inside a reading.
    pub(super) reading: bool,
}

impl<'a> Content<'_, 'a, '_> {
    /// Writes a text that stands inside `depth` spans.
    pub(super) fn styled(&mut self, text: &'a StyledText, depth: usize) {
        if text.marks.is_empty() {
            return self.text(&text.plain);
        }
        let pieces = self.pieces(text);
        if self.shared.dialect.referential {
            return self.flat(text, &pieces);
        }
        let mut opened: Vec<bool> = Vec::new();
        let budget = MAX_DEPTH.saturating_sub(depth);
        let cut = nest::walk(&pieces, text.len(), budget, &mut |event| match event {
            Event::Text(range) => {
                self.text(text.plain.get(range.start as usize..range.end as usize).unwrap_or_default());
            }
            Event::Open { wrap, again } => self.open(wrap, again, &mut opened),
            Event::Close { wrap, depth: around, last: _ } => {
                self.close(wrap, depth.saturating_add(around), &mut opened);
            }
            Event::Crossed(wrap) => self.brackets(wrap),
            Event::TooDeep(_) => self.shared.report.push(Diagnostic::new(loss::TOO_DEEP, self.at).with("tag", "span")),
        });
        if cut {
            self.lose(loss::MARKS_CUT);
        }
    }

    /// The elements for the marks of a text; marks over the same stretch share a span where that is read the same.
    fn pieces(&mut self, text: &'a StyledText) -> Vec<Piece<Element<'a>>> {
        let mut pieces: Vec<Piece<Element<'a>>> = Vec::new();
        for mark in &text.marks {
            let range = floor(&text.plain, mark.range.start)..floor(&text.plain, mark.range.end);
            let (rank, attrs, begin, voice) = match self.said(mark) {
                Said::Nothing => continue,
                Said::Element(element) => {
                    pieces.push(Piece { range, wrap: element });
                    continue;
                }
                Said::Attrs(rank, attrs) => (rank, attrs, None, None),
                Said::Voice(name) => {
                    let id = self.shared.agent(name);
                    (VOICE, vec![("ttm:agent", id)], None, Some(name))
                }
                Said::Begin(time) => (TIME, Vec::new(), Some(time), None),
            };
            if let Some(Piece { range: known, wrap: Element::Span { attrs: had, voice: spoken, rank: last, .. } }) =
                pieces.last_mut()
            {
                let free = attrs.iter().all(|(name, _)| had.iter().all(|(other, _)| other != name && *other != "rest"));
                // A family and a size in one span would be read as one font.
                let font = |name: &str| matches!(name, "tts:fontFamily" | "tts:fontSize");
                let fonts = attrs.iter().any(|(name, _)| font(name)) && had.iter().any(|(name, _)| font(name));
                if *known == range && *last <= rank && rank != REST && begin.is_none() && free && !fonts {
                    had.extend(attrs);
                    *spoken = spoken.or(voice);
                    *last = rank;
                    continue;
                }
            }
            pieces.push(Piece { range, wrap: Element::Span { attrs, begin, voice, rank } });
        }
        pieces
    }

    fn said(&mut self, mark: &'a Mark) -> Said<'a> {
        let dialect = self.shared.dialect;
        let one = |name, value: &str| Said::Attrs(STYLE, vec![(name, value.to_owned())]);
        match &mark.kind {
            MarkKind::Voice(voice) => {
                for class in &voice.classes {
                    let lost = Diagnostic::new(loss::CLASS, self.at).with("class", class.as_str());
                    self.shared.report.push(lost);
                }
                Said::Voice(&voice.name)
            }
            MarkKind::Lang(lang) => {
                let rank = if dialect.referential { LANG } else { STYLE };
                Said::Attrs(rank, vec![("xml:lang", lang.as_str().to_owned())])
            }
            MarkKind::Class(class) => {
                self.shared.report.push_with(loss::CLASS, self.at, |loss| loss.with("class", &**class));
                Said::Nothing
            }
            MarkKind::Bold => one("tts:fontWeight", "bold"),
            MarkKind::Italic => one("tts:fontStyle", "italic"),
            MarkKind::Underline => one("tts:textDecoration", "underline"),
            MarkKind::Strike if dialect.strike => one("tts:textDecoration", "lineThrough"),
            MarkKind::Strike => self.lost(loss::STRIKE),
            MarkKind::Color(color) => one("tts:color", &color.to_string()),
            MarkKind::Background(color) => one("tts:backgroundColor", &color.to_string()),
            MarkKind::Font(font) => self.font(font, dialect),
            MarkKind::Ruby(ruby) => Said::Element(Element::Ruby(ruby)),
            MarkKind::Gloss(gloss) => Said::Element(Element::Gloss(gloss)),
            MarkKind::Unsaid(unsaid) => {
                self.shared.report.push_with(loss::UNSAID, self.at, |loss| loss.with("text", unsaid.text.as_str()));
                Said::Nothing
            }
            MarkKind::Emphasis(emphasis) if dialect.east_asian => {
                let word = style::EMPHASES.iter().find(|(known, _)| known == emphasis).map_or("auto", |(_, word)| word);
                one("tts:textEmphasis", word)
            }
            MarkKind::Emphasis(_) => self.lost(loss::EMPHASIS),
            MarkKind::Upright if dialect.east_asian => one("tts:textCombine", "all"),
            MarkKind::Upright => self.lost(loss::UPRIGHT),
            MarkKind::Shown(time) if dialect.inner_times && !self.reading => Said::Begin(*time),
            MarkKind::Shown(time) => {
                self.shared.report.push_with(loss::SHOWN, self.at, |loss| loss.with("time", *time));
                Said::Nothing
            }
            MarkKind::Raw(extra) => {
                let fits = extra.format == ID
                    && self.shared.allows(&extra.value)
                    && (extra.key == key::STYLE || (mark.range.is_empty() && dialect.inner_times));
                if !fits || !trial::mark(extra) {
                    self.shared.leftovers.at = self.at;
                    self.shared.leftovers.drop(extra);
                    return Said::Nothing;
                }
                self.shared.use_namespaces(&extra.value);
                if extra.key == key::STYLE {
                    Said::Attrs(REST, vec![("rest", extra.value.clone())])
                } else {
                    Said::Element(Element::Raw(&extra.value))
                }
            }
        }
    }

    /// Families and sizes that the dialect can spell.
    fn font(&mut self, font: &Font, dialect: &Dialect) -> Said<'a> {
        let Font { family, size } = font;
        let mut attrs = Vec::new();
        let spelled = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | ',');
        let good_family = family.as_ref().is_none_or(|family| {
            !family.is_empty() && family.chars().all(spelled) && family.trim() == family && !family.contains("  ")
        });
        let number = |text: &str| {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
            [whole, fraction].iter().all(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
        };
        let good_size = size
            .as_ref()
            .is_none_or(|size| dialect.font_units.iter().any(|unit| size.strip_suffix(unit).is_some_and(number)));
        if !good_family || !good_size || (family.is_none() && size.is_none()) {
            return self.lost(loss::FONT);
        }
        attrs.extend(family.iter().map(|family| ("tts:fontFamily", family.clone())));
        attrs.extend(size.iter().map(|size| ("tts:fontSize", size.clone())));
        Said::Attrs(STYLE, attrs)
    }

    fn open(&mut self, element: &Element<'a>, again: bool, opened: &mut Vec<bool>) {
        match element {
            Element::Span { attrs, begin, voice, rank: _ } => {
                self.span(attrs, *begin);
                opened.push(begin.is_some());
                if !again
                    && let Some(name) = voice
                    && let Some(label) = self.shared.labels.voice(name)
                {
                    self.text(&label);
                }
            }
            Element::Ruby(_) if self.shared.dialect.east_asian => {
                self.out.push_str("<span tts:ruby=\"container\"><span tts:ruby=\"base\">");
            }
            Element::Raw(raw) => self.out.push_str(raw),
            Element::Ruby(_) | Element::Gloss(_) => {}
        }
    }

    pub(super) fn span(&mut self, attrs: &[(&'static str, String)], begin: Option<Time>) {
        self.out.push_str("<span");
        if let Some(time) = begin {
            let around = self.begins.last().copied().unwrap_or_default();
            self.begins.push(time.max(around));
            if time < around {
                self.shared.report.push_with(loss::SHOWN, self.at, |loss| loss.with("time", time));
            }
            let after = (time - around).max(crate::time::TimeDelta::ZERO);
            self.out.push_str(" begin=\"");
            self.shared.offset(self.out, after);
            self.out.push('"');
        }
        let referential = self.shared.dialect.referential;
        let mut styles = String::new();
        for (name, value) in attrs {
            if *name == "rest" {
                // Styles are only referred to where that is the rule; roles and what is foreign stand on the span.
                for (name, whole) in super::kept::attributes(value) {
                    let in_style = referential && super::kept::is_style(name);
                    let out = if in_style { &mut styles } else { &mut *self.out };
                    if !(in_style && out.is_empty()) {
                        out.push(' ');
                    }
                    out.push_str(whole);
                }
                continue;
            }
            let in_style = referential && name.starts_with("tts:");
            let gap = if in_style && styles.is_empty() { "" } else { " " };
            let out = if in_style { &mut styles } else { &mut *self.out };
            out.push_str(gap);
            out.extend([name, "=\""]);
            style::escape_attribute(out, value);
            out.push('"');
        }
        if !styles.is_empty() {
            let id = self.shared.style(&styles);
            self.out.extend([" style=\"", &id, "\""]);
        }
        self.out.push('>');
    }

    fn close(&mut self, element: &Element<'a>, depth: usize, opened: &mut Vec<bool>) {
        match element {
            Element::Span { .. } => {
                if opened.pop() == Some(true) {
                    self.begins.pop();
                }
                self.out.push_str("</span>");
            }
            Element::Ruby(ruby) if self.shared.dialect.east_asian => {
                self.out.push_str("</span><span tts:ruby=\"text\">");
                let around = std::mem::replace(&mut self.reading, true);
                self.styled(&ruby.text, depth.saturating_add(3));
                self.reading = around;
                self.out.push_str("</span></span>");
            }
            Element::Ruby(_) | Element::Gloss(_) => self.brackets(element),
            Element::Raw(_) => {}
        }
    }

    /// What stands beside the text, in brackets after it.
    pub(super) fn brackets(&mut self, element: &Element<'a>) {
        let (code, shown, text) = match element {
            Element::Ruby(ruby) => (loss::RUBY, ruby.text.plain.as_str(), format!("({})", ruby.text.plain)),
            Element::Gloss(gloss) => {
                (loss::GLOSS, gloss.text.as_str(), [gloss.open.as_str(), &gloss.text, &gloss.close].concat())
            }
            Element::Span { .. } | Element::Raw(_) => return,
        };
        self.shared.report.push_with(code, self.at, |loss| loss.with("text", shown));
        self.text(&text);
    }

    pub(super) fn text(&mut self, plain: &str) {
        if escape(self.out, plain) {
            self.shared.report.push_with(loss::CHARACTER, self.at, |loss| loss.with("character", "U+0000"));
        }
    }

    pub(super) fn lose(&mut self, code: Code) {
        self.shared.report.push_with(code, self.at, |loss| loss);
    }

    fn lost(&mut self, code: Code) -> Said<'a> {
        self.lose(code);
        Said::Nothing
    }
}

/// Appends a text as character data, line breaks as `br`. Whether it held a character that XML has not (§2.2), which
/// becomes U+FFFD.
pub(super) fn escape(out: &mut String, plain: &str) -> bool {
    let (mut rest, mut bad) = (plain, false);
    while let Some(at) = memchr::memchr(b'\n', rest.as_bytes()) {
        let (line, below) = rest.split_at_checked(at).unwrap_or((rest, ""));
        bad |= escape_line(out, line);
        out.push_str("<br/>");
        rest = below.get(1..).unwrap_or_default();
    }
    escape_line(out, rest) | bad
}

fn escape_line(out: &mut String, line: &str) -> bool {
    // Without a way out in the middle, so that many bytes are looked at together. Few lines hold any of these.
    let special = |b: u8| b < b' ' || matches!(b, b'&' | b'<' | b'>');
    let plain = !line.bytes().fold(false, |found, b| found | special(b));
    // U+FFFE and U+FFFF, EF BF BE and EF BF BF, are no characters of XML.
    let none = |at: usize| matches!(line.as_bytes().get(at..), Some([_, 0xBF, 0xBE | 0xBF, ..]));
    if plain && !memchr::memchr_iter(0xEF, line.as_bytes()).any(none) {
        out.push_str(line);
        return false;
    }
    let mut bad = false;
    for c in line.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\u{FFFE}' | '\u{FFFF}' => {
                out.push(char::REPLACEMENT_CHARACTER);
                bad = true;
            }
            c if c < ' ' && c != '\t' => {
                out.push(char::REPLACEMENT_CHARACTER);
                bad = true;
            }
            c => out.push(c),
        }
    }
    bad
}

/// White space in it would collapse.
pub(super) fn needs_preserve(text: &StyledText) -> bool {
    let bytes = text.plain.as_bytes();
    let collapses = |plain: &[u8]| {
        let space = |b: Option<&u8>| matches!(b, None | Some(b' ' | b'\n'));
        memchr::memchr(b'\t', plain).is_some()
            || memchr::memchr_iter(b' ', plain)
                .any(|at| space(plain.get(at.saturating_add(1))) || space(at.checked_sub(1).and_then(|b| plain.get(b))))
    };
    collapses(bytes)
        || text.marks.iter().any(|mark| matches!(&mark.kind, MarkKind::Ruby(ruby) if needs_preserve(&ruby.text)))
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_escaped() {
        let mut out = String::new();
        assert!(!escape(&mut out, "a & b < c > d\ne\r字\u{FEFF}"));
        assert_eq!(out, "a &amp; b &lt; c &gt; d<br/>e&#13;字\u{FEFF}");
        assert!(escape(&mut out, "\0\u{FFFF}"));
    }

    #[test]
    fn white_space_that_collapses_is_preserved() {
        for (text, preserve) in
            [("a b", false), ("a  b", true), (" a", true), ("a\n b", true), ("a\tb", true), ("", false)]
        {
            assert_eq!(needs_preserve(&text.into()), preserve, "{text:?}");
        }
    }
}
