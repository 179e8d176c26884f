//! Text with marks as cue text: characters escaped, marks as tags that nest.

use super::tag::{self, Tag};
use super::timestamp;
use super::token::is_collapsed;
use super::tree::MAX_DEPTH;
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::nest::{self, Event};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location};
use crate::model::{Labels, StyledText};

/// Who decides on labels, and who hears of losses.
pub(super) struct Context<'a> {
    /// Puts names in front of what they say.
    pub(super) labels: &'a mut Labeller,
    /// Takes what only another format understands.
    pub(super) leftovers: &'a mut Leftovers,
    /// Hears of each loss, which does not yet say where.
    pub(super) lose: &'a mut dyn FnMut(Diagnostic),
}

/// Writes the payload of `text`, without labels and without a word about losses, to the end of `out`.
pub(super) fn write_quietly(out: &mut String, text: &StyledText) {
    let (labels, leftovers) = (&mut Labeller::new(Labels::Never, Labels::Never), &mut Leftovers::new());
    write(out, text, &mut Context { labels, leftovers, lose: &mut |_| () });
}

/// Writes the payload of `text` to the end of `out`.
pub(super) fn write(out: &mut String, text: &StyledText, context: &mut Context<'_>) {
    if text.marks.is_empty() && !needs_care(&text.plain) {
        return out.push_str(&text.plain);
    }
    let start = out.len();
    let mut writer = Writer { start, line_start: start, out, context };
    writer.styled(text, 0);
    writer.end_line(true);
}

/// What is read from `payload`, which has no blank line, is written as it stands, without trying: it has the form of nearly
/// all cues with markup, a voice around the whole of it, tags that stand side by side, and nothing escaped. Others may
/// come back as they were too.
pub(super) fn is_usual(payload: &str) -> bool {
    let voiced = payload.strip_prefix("<v ").and_then(|tag| tag.split_once('>'));
    let good_name = |name: &str| !name.is_empty() && is_collapsed(name) && !name.contains('<') && !name.ends_with("--");
    let mut rest = match voiced {
        Some((name, text)) if good_name(name) && !text.is_empty() => text,
        Some(_) => return false,
        None => payload,
    };
    while let Some(at) = memchr::memchr2(b'<', b'>', rest.as_bytes()) {
        let Some(after) = rest.get(at..).and_then(after_usual_element) else { return false };
        rest = after;
    }
    memchr::memchr(b'&', payload.as_bytes()).is_none()
}

/// What follows `<i>text</i>`, or the same with one class.
fn after_usual_element(text: &str) -> Option<&str> {
    let (tag, inside) = text.strip_prefix('<')?.split_once('>')?;
    let name = match tag {
        "i" | "b" | "u" => tag,
        _ => tag.strip_prefix("c.").filter(|class| tag::is_class(class)).and(Some("c"))?,
    };
    let (inside, end) = inside.split_at_checked(memchr::memchr2(b'<', b'>', inside.as_bytes())?)?;
    let after = end.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
    (!inside.is_empty()).then_some(after)
}

/// It holds a character that is escaped, or a blank line.
fn needs_care(plain: &str) -> bool {
    let bytes = plain.as_bytes();
    memchr::memchr3(b'<', b'&', b'>', bytes).is_some()
        || memchr::memchr2(b'\r', 0, bytes).is_some()
        || plain.starts_with('\n')
        || plain.ends_with('\n')
        || memchr::memchr_iter(b'\n', bytes).any(|at| bytes.get(at.saturating_add(1)) == Some(&b'\n'))
}

struct Writer<'a, 'c> {
    out: &'a mut String,
    /// Where the payload begins.
    start: usize,
    /// Where its last line begins.
    line_start: usize,
    context: &'a mut Context<'c>,
}

/// Times finer than a millisecond.
pub(super) fn rounded() -> Diagnostic {
    Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms")
}

impl Writer<'_, '_> {
    fn lose(&mut self, loss: Diagnostic) {
        (self.context.lose)(loss);
    }

    /// Writes a text that stands inside `depth` elements.
    fn styled(&mut self, text: &StyledText, depth: usize) {
        let pieces = tag::pieces(text, self.context);
        // §4.2.2: the end tag of a voice around the whole cue may be left out.
        let whole_voice =
            depth == 0 && pieces.first().is_some_and(|p| matches!(p.wrap, Tag::Voice(_)) && p.range == (0..text.len()));
        let budget = MAX_DEPTH.saturating_sub(depth);
        let cut = nest::walk(&pieces, text.len(), budget, &mut |event| match event {
            Event::Text(range) => {
                self.text(text.plain.get(range.start as usize..range.end as usize).unwrap_or_default());
            }
            Event::Open { wrap, again } => self.open(wrap, again),
            Event::Close { wrap: Tag::Voice(_), last: true, depth: 0 } if whole_voice => {}
            Event::Close { wrap, depth: around, last: _ } => self.close(wrap, depth.saturating_add(around)),
            Event::Crossed(wrap) => self.brackets(wrap),
            Event::TooDeep(wrap) => self.lose(Diagnostic::new(loss::TOO_DEEP, Location::FILE).with("tag", wrap.name())),
        });
        if cut {
            self.lose(Diagnostic::new(loss::MARKS_CUT, Location::FILE));
        }
    }

    fn open(&mut self, tag: &Tag<'_>, again: bool) {
        match tag {
            Tag::Voice(voice) => {
                self.start_tag("v", &voice.classes, Some(&voice.name));
                if !again && let Some(label) = self.context.labels.voice(&voice.name) {
                    self.text(&label);
                }
            }
            Tag::Lang(lang) => self.start_tag::<&str>("lang", &[], Some(lang)),
            Tag::Classes(classes) => self.start_tag("c", classes, None),
            Tag::Bare(element) => self.start_tag::<&str>(element.name(), &[], None),
            Tag::Ruby(_) => self.out.push_str("<ruby>"),
            Tag::Gloss(_) => {}
            Tag::Shown(time) => {
                let (millis, exact) = timestamp::millis(*time);
                self.out.push('<');
                timestamp::push(self.out, millis);
                self.out.push('>');
                if !exact {
                    self.lose(rounded());
                }
            }
        }
    }

    fn close(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag {
            Tag::Ruby(ruby) => {
                self.out.push_str("<rt>");
                self.styled(&ruby.text, depth.saturating_add(2));
                self.out.push_str("</rt></ruby>");
            }
            Tag::Gloss(_) => self.brackets(tag),
            Tag::Shown(_) => {}
            Tag::Voice(_) | Tag::Lang(_) | Tag::Classes(_) | Tag::Bare(_) => {
                self.out.extend(["</", tag.name(), ">"]);
            }
        }
    }

    /// What stands beside the text, in brackets after it.
    fn brackets(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Ruby(ruby) => {
                self.lose(Diagnostic::new(loss::RUBY, Location::FILE).with("text", ruby.text.plain.as_str()));
                self.text(&format!("({})", ruby.text.plain));
            }
            Tag::Gloss(gloss) => {
                self.lose(Diagnostic::new(loss::GLOSS, Location::FILE).with("text", gloss.text.as_str()));
                self.text(&format!("{}{}{}", gloss.open, gloss.text, gloss.close));
            }
            Tag::Voice(_) | Tag::Lang(_) | Tag::Classes(_) | Tag::Bare(_) | Tag::Shown(_) => {}
        }
    }

    fn start_tag<S: AsRef<str>>(&mut self, name: &str, classes: &[S], annotation: Option<&str>) {
        self.out.extend(["<", name]);
        for class in classes.iter().map(AsRef::as_ref).filter(|class| tag::is_class(class)) {
            self.out.extend([".", class]);
        }
        if let Some(annotation) = annotation.filter(|text| !text.is_empty()) {
            self.out.push(' ');
            for c in annotation.chars() {
                self.character(c);
            }
        }
        // `-->` would begin a cue; white space at the end of a tag says nothing.
        self.out.push_str(if self.out.ends_with("--") { " >" } else { ">" });
    }

    fn text(&mut self, plain: &str) {
        let special = |b: u8| matches!(b, b'\n' | b'&' | b'<' | b'>' | b'\r' | 0);
        let mut rest = plain;
        while let Some((run, tail)) = rest.bytes().position(special).and_then(|at| rest.split_at_checked(at)) {
            self.out.push_str(run);
            let mut tail = tail.chars();
            match tail.next() {
                Some('\n') => {
                    self.end_line(false);
                    self.out.push('\n');
                    self.line_start = self.out.len();
                }
                c => c.into_iter().for_each(|c| self.character(c)),
            }
            rest = tail.as_str();
        }
        self.out.push_str(rest);
    }

    fn character(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            // As itself it would end the line.
            '\r' => self.out.push_str("&#13;"),
            '\0' => {
                self.out.push(char::REPLACEMENT_CHARACTER);
                self.lose(Diagnostic::new(loss::CHARACTER, Location::FILE).with("character", "U+0000"));
            }
            _ => self.out.push(c),
        }
    }

    /// A blank line would end the cue: it gets a no-break space, as a reference, so that no reader trims it.
    fn end_line(&mut self, last: bool) {
        let only_line = last && self.line_start == self.start;
        if self.out.len() == self.line_start && !only_line {
            self.out.push_str("&nbsp;");
            self.lose(Diagnostic::new(loss::BLANK_LINE_FILLED, Location::FILE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::vtt::cue_text;
    use crate::diag::Code;
    use crate::model::{Mark, MarkKind, Voice};
    use proptest::prelude::*;

    fn written(text: &StyledText) -> (String, Vec<Code>) {
        let (mut out, mut lost) = (String::new(), Vec::new());
        let (labels, leftovers) = (&mut Labeller::new(Labels::Never, Labels::Never), &mut Leftovers::new());
        write(&mut out, text, &mut Context { labels, leftovers, lose: &mut |loss| lost.push(loss.code) });
        (out, lost)
    }

    #[test]
    fn markup_characters_are_escaped() {
        assert_eq!(written(&"a < b & c --> d".into()), ("a &lt; b &amp; c --&gt; d".to_owned(), vec![]));
    }

    #[test]
    fn blank_lines_are_kept_by_a_no_break_space() {
        let (out, lost) = written(&"\na\n\nb\n".into());
        assert_eq!(out, "&nbsp;\na\n&nbsp;\nb\n&nbsp;");
        assert_eq!(lost, [loss::BLANK_LINE_FILLED; 3]);
        assert_eq!(written(&"".into()), (String::new(), vec![]));
    }

    #[test]
    fn usual_payloads_are_told() {
        for usual in ["<v A>b", "<v A><i>b\nc</i>", "a<c.red>b</c> <u>c</u>\n<c.x>d</c>", "<v A B>a\n<b>c</b>"] {
            assert!(is_usual(usual), "{usual}");
        }
        for other in ["<v A>", "<v  A>b", "<v A-->b", "<i></i>", "<i>b", "a>b", "a&b", "<c>a</c>", "<c.x.y>a</c>"] {
            assert!(!is_usual(other), "{other}");
        }
    }

    const PARTS: &[&str] = &[
        "<v A>",
        "<v ",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<c.red>",
        "<c.bg_red>",
        "<c.x>",
        "<c.x<y>",
        "</c>",
        "</v>",
        "a",
        "字",
        " ",
        "\nb",
        "\n",
        "--",
        ">",
        "<",
        "&",
        ".",
        "<u>a</u>",
        "<i>b\nc</i>",
        "<c.lime>c</c>",
        "<ruby>",
        "<c>",
    ];

    proptest! {
        #[test]
        fn usual_payloads_are_written_as_they_stand(parts in prop::collection::vec(prop::sample::select(PARTS), 1..9)) {
            let payload = parts.concat();
            let blank_line = payload.split('\n').any(str::is_empty);
            if is_usual(&payload) && !blank_line {
                prop_assert_eq!(written(&cue_text::read(&payload, &mut |_, _| ())).0, payload);
            }
        }
    }

    #[test]
    fn the_end_tag_of_a_voice_around_everything_is_left_out() {
        let mut text = StyledText::from("ab");
        text.add(Mark::new(0..1, MarkKind::Bold));
        let voice = |name: &str| MarkKind::Voice(Box::new(Voice { name: name.into(), classes: vec![] }));
        text.add(Mark::new(0..2, voice("A > B")));
        assert_eq!(written(&text).0, "<v A &gt; B><b>a</b>b");
        text.marks[0].range.end = 1;
        assert_eq!(written(&text).0, "<v A &gt; B><b>a</b></v>b");
    }
}
