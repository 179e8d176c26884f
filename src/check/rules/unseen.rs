use super::prelude::*;

rule! {
    /// No invisible characters stand in the text.
    ///
    /// **Why.** Zero-width spaces, byte order marks inside the text, tabs and control characters come of copying from web pages. They
    /// are counted, break words where nobody sees it, and show as boxes on some players. Marks of direction in right-to-left
    /// languages, joiners of Indic scripts and emoji, and the no-break spaces of French belong there.
    ///
    /// **Source.** Unicode Standard Annex 14 and Technical Report 20 (characters not suitable for text with markup).
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// one	two
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// one two
    /// ```
    UNSEEN {
        code: codes::UNSEEN, zh: "正文中没有看不见的字符",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::UNSEEN]), check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let text = seen.text();
    let ascii = text.chars().all(|c| c.is_ascii() || is_unseen(c));
    for (at, c) in text.char_indices() {
        let fits = match c {
            // No-break spaces, and in text that is not ASCII joiners and marks of direction.
            '\u{A0}' | '\u{202F}' | '\u{2009}' => true,
            '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => !ascii,
            _ => !is_unseen(c),
        };
        if !fits {
            let number = format!("U+{:04X}", c as u32);
            return findings.text(seen, at..at.saturating_add(c.len_utf8()), |d| {
                // A tab and the odd spaces part words; what has no width, or only moves the cursor, does not.
                let space = c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{FEFF}');
                let range = at..at.saturating_add(c.len_utf8());
                d.with("number", number).with_fix(true, seen.replace(range, if space { " " } else { "" }))
            });
        }
    }
}

fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}
