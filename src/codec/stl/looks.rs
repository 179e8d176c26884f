//! Marks and characters on their way into a text field.

use super::compose::Styled;
use super::letter::{Letters, compose};
use super::plan::Plan;
use super::text::{BLACK, Look, WHITE, rgba};
use crate::codec::plain::{Begun, Markup, Open, Pen};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Mark, MarkKind, Rgba};
use std::ops::Range;

/// Codes in the written text, which no table has.
const ITALIC: (&str, &str) = ("\u{1}", "\u{2}");
const UNDERLINE: (&str, &str) = ("\u{3}", "\u{4}");
const END_COLOR: &str = "\u{5}";
const END_BACKGROUND: &str = "\u{6}";
/// By the numbers of the colours.
const BEGIN_COLORS: [&str; 8] = ["\u{10}", "\u{11}", "\u{12}", "\u{13}", "\u{14}", "\u{15}", "\u{16}", "\u{17}"];
const BEGIN_BACKGROUNDS: [&str; 8] = ["\u{18}", "\u{19}", "\u{1A}", "\u{1B}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{1F}"];

/// What open subtitles and teletext can show.
pub(super) struct Looks {
    letters: &'static Letters,
    /// Letters and digits of the cue that no table has.
    lost: u64,
    /// Cues of which nothing is left.
    cues: u64,
}

impl Looks {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { letters: plan.letters, lost: 0, cues: 0 }
    }

    pub(super) fn begin_cue(&mut self) {
        self.lost = 0;
    }

    /// Letters were lost, and none came through.
    pub(super) fn is_nothing_left(&mut self, written: &str) -> bool {
        let nothing = self.lost > 0 && !written.chars().any(char::is_alphanumeric);
        self.cues = self.cues.saturating_add(u64::from(nothing));
        nothing
    }

    /// Says once that the text is in a script without a table.
    pub(super) fn say(&self, report: &mut Report) {
        if self.cues > 0 {
            report.push(Diagnostic::new(loss::SCRIPT, Location::FILE).with("count", self.cues));
        }
    }
}

impl<'a> Markup<'a> for Looks {
    type Found = ();

    fn look(&mut self, text: &str, _: bool, pen: &mut Pen<'_>) {
        let (mut replaced, mut lost) = (String::new(), String::new());
        let mut before = None;
        for c in text.chars() {
            // A mark and its letter are read as one, where there is such.
            let joined = before.is_some_and(|before| compose(before, c).1.is_none());
            let marks = self.letters.mark(c).is_some() && before.is_some_and(|before| self.letters.has(before));
            let known = c == '\n' || self.letters.has(c) || (marks && !joined);
            before = Some(c);
            if known {
                continue;
            }
            let list = match c {
                '\r' => {
                    pen.lost(loss::LINE_BREAK);
                    continue;
                }
                c if marks || self.letters.nearest(c).is_some() => &mut replaced,
                _ => {
                    self.lost = self.lost.saturating_add(u64::from(c.is_alphanumeric()));
                    &mut lost
                }
            };
            if list.len() < 60 && !list.contains(c) {
                list.push(c);
            }
        }
        if !replaced.is_empty() {
            pen.loss(loss::LETTERS_REPLACED, "letters", replaced.escape_debug().to_string());
        }
        if !lost.is_empty() {
            pen.loss(loss::LETTERS_LOST, "letters", lost.escape_debug().to_string());
        }
    }

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        for c in text.get(part).unwrap_or_default().chars() {
            match c {
                '\n' | '\r' => out.push('\n'),
                c if self.letters.has(c) || self.letters.mark(c).is_some() => out.push(c),
                c => out.push_str(self.letters.nearest(c).unwrap_or("?")),
            }
        }
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        let mut nearest = |color: Rgba, code| {
            let (index, exact) = nearest(color);
            if !exact {
                pen.lost(code);
            }
            index
        };
        let of = |list: [&'static str; 8], index: usize| list.get(index).copied().unwrap_or_default();
        let (open, close) = match &mark.kind {
            MarkKind::Italic => ITALIC,
            MarkKind::Underline => UNDERLINE,
            MarkKind::Color(color) => (of(BEGIN_COLORS, nearest(*color, loss::COLOR)), END_COLOR),
            MarkKind::Background(color) => (of(BEGIN_BACKGROUNDS, nearest(*color, loss::BACKGROUND)), END_BACKGROUND),
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Bold
            | MarkKind::Strike
            | MarkKind::Font(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Emphasis(_)
            | MarkKind::Upright
            | MarkKind::Shown(_)
            | MarkKind::Raw(_) => return Begun::No,
        };
        pen.out.push_str(open);
        Begun::Tag(close)
    }

    fn end(&mut self, tag: &'a str, out: &mut String) {
        out.push_str(tag);
    }
}

/// The nearest of the eight colours, and whether it is that.
fn nearest(color: Rgba) -> (usize, bool) {
    let half = |channel: u8, bit: u8| if channel >= 0x80 { bit } else { 0 };
    let number = half(color.r, 1) | half(color.g, 2) | half(color.b, 4);
    (usize::from(number), rgba(number) == color)
}

/// The written text as lines of characters with their looks.
pub(super) fn styled(text: &str) -> Vec<Vec<Styled>> {
    let mut lines = vec![Vec::new()];
    let (mut italic, mut underline, mut colors, mut backgrounds) = (0u32, 0u32, Vec::<u8>::new(), Vec::<u8>::new());
    let number = |c: char, first: u32| u8::try_from(u32::from(c).saturating_sub(first)).unwrap_or(0);
    for c in text.chars() {
        match c {
            '\n' => lines.push(Vec::new()),
            '\u{1}' => italic = italic.saturating_add(1),
            '\u{2}' => italic = italic.saturating_sub(1),
            '\u{3}' => underline = underline.saturating_add(1),
            '\u{4}' => underline = underline.saturating_sub(1),
            '\u{5}' => drop(colors.pop()),
            '\u{6}' => drop(backgrounds.pop()),
            '\u{10}'..='\u{17}' => colors.push(number(c, 0x10)),
            '\u{18}'..='\u{1F}' => backgrounds.push(number(c, 0x18)),
            c => {
                let color = colors.last().copied().unwrap_or(WHITE);
                let background = backgrounds.last().copied().unwrap_or(BLACK);
                let look = Look { color, background, italic: italic > 0, underline: underline > 0 };
                if let Some(line) = lines.last_mut() {
                    line.push((c, look));
                }
            }
        }
    }
    lines
}
