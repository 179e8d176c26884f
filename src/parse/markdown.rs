//! Writing what a container says as Markdown.

/// Text under way: paragraphs with a blank line after each.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    /// The paragraph so far, in stretches of the same weight.
    stretches: Vec<(bool, String)>,
    /// No markup and no escapes: a part of what another writer will write.
    plain: bool,
}

impl Writer {
    /// A writer of text without markup.
    pub(super) fn plain() -> Self {
        Self { plain: true, ..Self::default() }
    }

    /// Adds to the paragraph. `\n` in it is a line break.
    pub(super) fn text(&mut self, text: &str, bold: bool) {
        match self.stretches.last_mut() {
            Some((same, stretch)) if *same == bold => stretch.push_str(text),
            _ => self.stretches.push((bold, text.to_owned())),
        }
    }

    /// The last character of the paragraph.
    pub(super) fn last(&self) -> Option<char> {
        self.stretches.iter().rev().find_map(|(_, text)| text.chars().next_back())
    }

    /// Ends the paragraph; as a heading of `level` 1 to 6 if that is not 0. An empty one leaves no trace.
    pub(super) fn end_paragraph(&mut self, level: u8) {
        let stretches = std::mem::take(&mut self.stretches);
        let whole: String = stretches.iter().map(|(_, text)| text.as_str()).collect();
        if self.plain {
            self.lines(&whole);
            return;
        }
        let paragraph = marked(&stretches, &whole, level);
        if level == 0 {
            self.lines(&paragraph);
            return;
        }
        let lines = paragraph.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            self.out.extend(["#".repeat(level.min(6).into()).as_str(), " ", &line, "\n\n"]);
        }
    }

    fn lines(&mut self, paragraph: &str) {
        let length = self.out.len();
        for line in paragraph.lines().map(str::trim).filter(|line| !line.is_empty()) {
            // Text that looks like a heading is none.
            let hashes = line.trim_start_matches('#');
            let looks = hashes.len() < line.len() && (hashes.is_empty() || hashes.starts_with(' '));
            self.out.extend([if looks && !self.plain { "\\" } else { "" }, line, "\n"]);
        }
        if self.out.len() > length {
            self.out.push('\n');
        }
    }

    /// All of it, with one line end at the end.
    pub(super) fn finish(mut self) -> String {
        self.end_paragraph(0);
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

/// The paragraph with its bold marked and with escapes.
fn marked(stretches: &[(bool, String)], whole: &str, level: u8) -> String {
    let traps = Traps::of(whole);
    let mut out = String::new();
    let mut before = None;
    for (bold, text) in stretches {
        let escaped = traps.escape(text, before);
        before = text.chars().next_back().or(before);
        if *bold && level == 0 { bold_lines(&escaped, &mut out) } else { out.push_str(&escaped) }
    }
    out
}

/// Bold does not reach over line breaks, and its marks touch the words.
fn bold_lines(text: &str, out: &mut String) {
    for line in text.split_inclusive('\n') {
        let inner = line.trim();
        match line.split_once(inner) {
            Some((before, after)) if !inner.is_empty() => out.extend([before, "**", inner, "**", after]),
            _ => out.push_str(line),
        }
    }
}

/// Characters that are markup in this paragraph unless escaped: those with a partner.
struct Traps {
    pairs: [bool; 3],
    link: bool,
}

const PAIRED: [char; 3] = ['*', '_', '`'];

impl Traps {
    fn of(text: &str) -> Self {
        Self { pairs: PAIRED.map(|c| text.matches(c).nth(1).is_some()), link: text.contains("](") }
    }

    fn escape(&self, text: &str, before: Option<char>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = before.unwrap_or(' ');
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            let trap = match c {
                '_' if before.is_alphanumeric() && next.is_alphanumeric() => false,
                '[' => self.link,
                '\\' => next.is_ascii_punctuation(),
                '~' => next == '~' || before == '~',
                _ => PAIRED.iter().zip(self.pairs).any(|(paired, trap)| trap && *paired == c),
            };
            if trap {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(stretches: &[(&str, bool)], level: u8) -> String {
        let mut writer = Writer::default();
        stretches.iter().for_each(|(text, bold)| writer.text(text, *bold));
        writer.end_paragraph(level);
        writer.finish()
    }

    #[test]
    fn bold_touches_words_and_stays_in_its_line() {
        assert_eq!(paragraph(&[("Ann: ", true), ("hello", false)], 0), "**Ann:** hello\n");
        assert_eq!(paragraph(&[("A", true), ("nn:", true), (" \n", true), ("so", false)], 0), "**Ann:**\nso\n");
        assert_eq!(paragraph(&[("one\ntwo", true)], 0), "**one**\n**two**\n");
        assert_eq!(paragraph(&[("A title", true), (" here\nand there", false)], 2), "## A title here and there\n");
        assert_eq!(paragraph(&[(" ", true), ("\n\n", false)], 0), "");
    }

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, written) in [
            ("a * b", "a * b"),
            ("a *b* c", "a \\*b\\* c"),
            ("snake_case_name", "snake_case_name"),
            ("_so_", "\\_so\\_"),
            ("# no heading", "\\# no heading"),
            ("#1 is first", "#1 is first"),
            ("C:\\dir \\*", "C:\\dir \\\\*"),
            ("[a](b) [c]", "\\[a](b) \\[c]"),
            ("a ~~ b ~ c", "a \\~\\~ b ~ c"),
        ] {
            assert_eq!(paragraph(&[(text, false)], 0), format!("{written}\n"));
        }
    }
}
