use super::prelude::*;

rule! {
    /// Words are parted by one space.
    ///
    /// **Why.** Two are a slip of the keyboard, or a place where something was deleted.
    ///
    /// **Source.** Netflix Timed Text Style Guide (as Subtitle Edit checks it, 2026-08-22): no double spaces. In Chinese, where
    /// the profile's `punctuation` makes spaces of commas, two of them are a slip too.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// There are  two.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// There is one.
    /// ```
    DOUBLE_SPACE {
        code: codes::DOUBLE_SPACE, zh: "词间只有一个空格",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::SPACES]), check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    for (at, line) in seen.lines() {
        let lead = line.len().saturating_sub(line.trim_start().len());
        let mut from = lead;
        while let Some(found) = line.get(from..).and_then(|rest| rest.find("  ")) {
            let start = from.saturating_add(found);
            let run = line.get(start..).map_or(2, |rest| rest.len().saturating_sub(rest.trim_start_matches(' ').len()));
            from = start.saturating_add(run);
            if from < line.len() {
                findings.text(seen, at.saturating_add(start)..at.saturating_add(from), |d| {
                    d.with_fix(true, seen.replace(at.saturating_add(start)..at.saturating_add(from), " "))
                });
            }
        }
    }
}
