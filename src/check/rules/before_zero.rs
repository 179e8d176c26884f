use super::prelude::*;

rule! {
    /// No cue starts before the media does.
    ///
    /// **Why.** A negative time comes of shifting too far; players drop such cues or show them at once.
    ///
    /// **Source.** WebVTT §4.1: times are not negative; Amazon Prime Video: zero-based times.
    ///
    /// ```ass fails
    /// [Script Info]
    /// ScriptType: v4.00+
    ///
    /// [Events]
    /// Format: Start, End, Text
    /// Dialogue: -0:00:01.00,0:00:02.00,Too early.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:00,000 --> 00:00:02,000
    /// From the first frame on.
    /// ```
    BEFORE_ZERO {
        code: codes::BEFORE_ZERO, zh: "没有字幕早于媒体开头",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    if seen.cue.range.start < Time::ZERO {
        findings.late(Time::ZERO - seen.cue.range.start).cue(seen, |d| d.with("start", seen.cue.range.start));
    }
}
