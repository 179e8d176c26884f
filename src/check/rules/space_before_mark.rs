use super::prelude::*;

rule! {
    /// No space stands before a punctuation mark.
    ///
    /// **Why.** The mark may be broken away from its word, onto a line of its own.
    ///
    /// **Source.** Netflix Timed Text Style Guide (as Subtitle Edit checks it, 2026-08-22): no space before `! ? ) . , …`. French sets
    /// one before `! ? : ;` (Imprimerie nationale, Lexique des règles typographiques), and there only the other marks are found.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Is it so ?
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// It is so ...it seems.
    /// ```
    SPACE_BEFORE_MARK {
        code: codes::SPACE_BEFORE_MARK, zh: "标点前没有空格",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::SPACE_THEN_MARK]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let french = scene.lang().is_some_and(|lang| lang.primary() == "fr");
    let text = seen.text();
    for (at, _) in text.match_indices(' ') {
        let mark_at = at.saturating_add(1);
        let mut after = text.get(mark_at..).unwrap_or_default().chars();
        let (Some(mark), next) = (after.next(), after.next()) else { continue };
        let found = match mark {
            '!' | '?' | ':' | ';' if french => false,
            // A face, `:)`, or a time.
            ':' | ';' => next.is_none_or(char::is_whitespace),
            // A number, `.5`; an ellipsis that begins a clause.
            '.' | ',' => next.is_none_or(char::is_whitespace),
            '!' | '?' | ')' | ']' => true,
            '…' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if found {
            findings.text(seen, at..mark_at.saturating_add(mark.len_utf8()), |d| {
                d.with("mark", mark.to_string()).with_fix(true, seen.replace(at..mark_at, ""))
            });
        }
    }
}
