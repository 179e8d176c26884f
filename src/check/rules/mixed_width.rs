use super::prelude::*;
use crate::lang::is_han;

rule! {
    /// Marks between Han characters are of one width, letters and digits are half-width.
    ///
    /// **Why.** `你好,世界` beside `你好，世界` looks like the work of two people, and has no room after its comma; `ＡＢＣ１２` falls
    /// apart and is not found by a search.
    ///
    /// **Source.** GB/T 15834-2011 (Chinese punctuation takes a full square); W3C Requirements for Chinese Text Layout, 3.1. A file that has
    /// a mark in half width throughout, as some publishers do, is left alone: found is where the same mark differs from the rest.
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 你好,世界
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// 你好，月亮，星星
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 从 3.5 到 10:30，都好
    /// ```
    MIXED_WIDTH {
        code: codes::MIXED_WIDTH, zh: "汉字之间的标点全半角一致，字母数字用半角",
        settings: &[],
        applies: always,
        check: Check::Track(check),
    }
}

/// A mark in half width, and in full.
const FORMS: &[(char, char)] = &[(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('.', '。')];

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let needs =
        Needs::of(&[Traits::MARK.and(Traits::FULL_WIDTH).and(Traits::CJK_MARK), Traits::HAN.and(Traits::FULL_WIDTH)]);
    // Of each mark: how often it stands in half width, and in full.
    let mut counts = [[0usize; 2]; FORMS.len()];
    for seen in scene.having(needs) {
        marks(seen.text(), |_, c| {
            if let Some(count) = form(c).and_then(|i| counts.get_mut(i)?.get_mut(usize::from(!c.is_ascii()))) {
                *count = count.saturating_add(1);
            }
        });
    }
    let stray = |c: char| match form(c).and_then(|i| counts.get(i)) {
        Some([half, full]) => *half > 0 && *full > 0 && c.is_ascii() != (half > full),
        None => false,
    };
    let mixed = counts.iter().any(|[half, full]| *half > 0 && *full > 0);
    for seen in scene.having(needs).filter(|seen| mixed || seen.facts.traits.has(Traits::FULL_WIDTH)) {
        let mut say = |at: usize, c: char, with: String| {
            let range = at..at.saturating_add(c.len_utf8());
            findings.text(&seen, range.clone(), |d| {
                d.with("mark", c.to_string()).with_fix(true, seen.replace(range, with))
            });
        };
        if mixed {
            marks(seen.text(), |at, c| {
                if stray(c) {
                    say(at, c, other(c).to_string());
                }
            });
        }
        for (at, c) in seen.text().char_indices() {
            if let 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' = c {
                // The block repeats ASCII in its order (Unicode 16.0, Halfwidth and Fullwidth Forms).
                let narrow = char::from_u32((c as u32).wrapping_sub(0xFEE0)).unwrap_or(c);
                say(at, c, narrow.to_string());
            }
        }
    }
}

/// Which of the marks it is, in either width.
fn form(c: char) -> Option<usize> {
    FORMS.iter().position(|(half, full)| *half == c || *full == c)
}

/// The other form of a mark.
fn other(c: char) -> char {
    let found = form(c).and_then(|i| FORMS.get(i));
    found.map_or(c, |(half, full)| if c == *half { *full } else { *half })
}

/// Each mark that stands behind a Han character, and before one or at the end of a line.
fn marks(text: &str, mut see: impl FnMut(usize, char)) {
    let mut before = '\n';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or('\n', |(_, c)| *c);
        let is_mark = matches!(c, ',' | ';' | ':' | '?' | '!' | '.' | '，' | '；' | '：' | '？' | '！' | '。');
        if is_mark && is_han(before) && (is_han(after) || after == '\n') {
            see(at, c);
        }
        before = c;
    }
}
