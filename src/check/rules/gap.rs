use super::prelude::*;

rule! {
    /// Between two cues there is a gap that can be seen.
    ///
    /// **Why.** Without a moment of nothing between them, the eye does not notice that the text has changed.
    ///
    /// **Source.** The profile's `min_gap`; Netflix Subtitle Timing Guidelines: two frames at every frame rate. A gap is
    /// found too small only if no times that round to the file's would satisfy it. Overlaps are another rule's.
    ///
    /// ```srt fails netflix-en fps=25
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The gap after this one
    ///
    /// 2
    /// 00:00:03,040 --> 00:00:05,000
    /// is a single frame.
    /// ```
    ///
    /// ```srt passes netflix-en fps=25
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The gap after this one
    ///
    /// 2
    /// 00:00:03,080 --> 00:00:05,000
    /// is two frames.
    /// ```
    GAP {
        code: codes::GAP, zh: "两条字幕之间有看得出的间隔",
        settings: &["min_gap"],
        applies: |scene| scene.profile.min_gap.is_some(),
        check: Check::Pair(check),
    }
}

fn check(scene: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.min_gap else { return };
    let (gap, least) = (seen.cue.range.start - before.cue.range.end, scene.time(limit));
    if !scene.below(gap, TimeDelta::ZERO) && scene.below(gap, least) {
        findings.late(least - gap).cue(seen, |d| {
            d.with("gap", gap)
                .with("limit", least)
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.end_by(before, seen.cue.range.start - least))
        });
    }
}
