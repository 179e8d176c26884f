use super::prelude::*;

rule! {
    /// No cue repeats the one before it.
    ///
    /// **Why.** The same text twice in a row is one cue that was cut in two, or one that was pasted twice.
    ///
    /// **Source.** house. Repeats with half a second between them may be somebody who says it twice, and are left alone.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Once is enough.
    ///
    /// 2
    /// 00:00:03,083 --> 00:00:05,000
    /// Once is enough.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Again!
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// Again!
    /// ```
    DUPLICATE {
        code: codes::DUPLICATE, zh: "不与上一条重复",
        settings: &[],
        applies: always,
        check: Check::Pair(check),
    }
}

/// Somebody who says it again takes a breath.
const BREATH: TimeDelta = TimeDelta::from_millis(500);

fn check(_: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    let near = seen.cue.range.start - before.cue.range.end < BREATH;
    if near && before.text() == seen.text() && !seen.text().trim().is_empty() {
        findings.text(seen, 0..seen.text().len(), |d| {
            d.with("other", before.index.saturating_add(1))
                .with_fix(false, vec![before.end_at(seen.cue.range.end), seen.removed()])
        });
    }
}
