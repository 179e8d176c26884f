use super::prelude::*;

rule! {
    /// Cues in the same place do not overlap in time.
    ///
    /// **Why.** Where two cues stand at once, one covers the other or pushes it away: the text jumps. Cues in different
    /// places (a sign at the top, speech below) may overlap, and so may cues with the very same times, which are the
    /// lines of one picture.
    ///
    /// **Source.** Netflix Timed Text Style Guide (one event at a time); EBU-TT-D players show one block a region.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The first one stays too long.
    ///
    /// 2
    /// 00:00:02,500 --> 00:00:05,000
    /// The second one is there already.
    /// ```
    ///
    /// ```vtt passes
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:04.000 line:0
    /// A sign at the top.
    ///
    /// 00:02.000 --> 00:04.000
    /// And somebody speaks below.
    /// ```
    OVERLAP {
        code: codes::OVERLAP, zh: "同一位置的字幕在时间上不重叠",
        settings: &[],
        applies: always,
        check: Check::Pair(check),
    }
}

fn check(scene: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    let (first, second) = (before.cue.range, seen.cue.range);
    let over = first.end - second.start;
    // Two roundings may make neighbours seem to overlap by one unit.
    if first != second && scene.above(over, TimeDelta::ZERO) && first.end > first.start {
        findings.late(over).cue(seen, |d| {
            d.with("by", over)
                .with("other", before.index.saturating_add(1))
                .with_fix(false, scene.end_by(before, second.start - scene.least_gap()))
        });
    }
}
