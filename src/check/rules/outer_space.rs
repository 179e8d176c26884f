use super::prelude::*;

rule! {
    /// No line begins or ends with a space.
    ///
    /// **Why.** It moves centred text aside and makes boxes uneven.
    ///
    /// **Source.** Netflix Timed Text Style Guide (as Subtitle Edit checks it, 2026-08-22): no leading or trailing space.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The first line
    ///  and the second
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The first line
    /// and the second
    /// ```
    OUTER_SPACE {
        code: codes::OUTER_SPACE, zh: "行首行尾没有空格",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::EDGE_SPACE.and(Traits::WIDE_SPACE)]), check),
    }
}

const SPACES: [char; 2] = [' ', '\u{3000}'];

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    for (at, line) in seen.lines() {
        let inner = line.trim_matches(SPACES);
        if inner.len() < line.len() && !inner.is_empty() {
            let lead = line.len().saturating_sub(line.trim_start_matches(SPACES).len());
            let range = if lead > 0 { 0..lead } else { line.trim_end_matches(SPACES).len()..line.len() };
            findings.text(seen, at.saturating_add(range.start)..at.saturating_add(range.end), |d| {
                let range = at.saturating_add(range.start)..at.saturating_add(range.end);
                d.with_fix(true, seen.replace(range, ""))
            });
        }
    }
}
