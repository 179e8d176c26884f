use super::prelude::*;
use crate::lang::is_han;

rule! {
    /// Marks between Han characters are full-width, letters and digits are not.
    ///
    /// **Why.** `你好,世界` has no room after its comma; `ＡＢＣ１２` falls apart and is not found by a search.
    ///
    /// **Source.** GB/T 15834-2011 (Chinese punctuation takes a full square); W3C Requirements for Chinese Text Layout, 3.1; the
    /// letters: Netflix Timed Text Style Guide, Simplified Chinese (half-width Latin letters and digits), unverified.
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 你好,世界
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 从 3.5 到 10:30，都好
    /// ```
    MIXED_WIDTH {
        code: codes::MIXED_WIDTH, zh: "汉字之间用全角标点，字母数字用半角",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::HAN, Traits::MARK.and(Traits::FULL_WIDTH)]), check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let text = seen.text();
    let mut before = '\n';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or('\n', |(_, c)| *c);
        let wrong = match c {
            ',' | ';' | ':' | '?' | '!' | '.' => is_han(before) && (is_han(after) || after == '\n'),
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => true,
            _ => false,
        };
        if wrong {
            findings.text(seen, at..at.saturating_add(c.len_utf8()), |d| d.with("mark", c.to_string()));
        }
        before = c;
    }
}
