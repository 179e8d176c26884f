use super::prelude::*;

rule! {
    /// A cue ends after it starts.
    ///
    /// **Why.** A cue of no length, or a negative one, is never shown.
    ///
    /// **Source.** WebVTT §4.1 (the end is greater than the start).
    ///
    /// ```srt fails
    /// 1
    /// 00:00:05,000 --> 00:00:04,000
    /// This is never seen.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:04,000 --> 00:00:05,000
    /// A second of it.
    /// ```
    DURATION {
        code: codes::DURATION, zh: "结束时间晚于开始时间",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    if seen.duration() <= TimeDelta::ZERO {
        findings
            .late(seen.cue.range.start - seen.cue.range.end)
            .cue(seen, |d| d.with("start", seen.cue.range.start).with("end", seen.cue.range.end));
    }
}
