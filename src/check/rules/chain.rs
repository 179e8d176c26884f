use super::prelude::*;

rule! {
    /// A gap is either the least one or one that is meant.
    ///
    /// **Why.** A gap of a few frames flickers: it is too long for a change of text and too short for a pause. It is closed to
    /// the least gap (chaining), or made half a second. Where the cue before it already stands as long as it may, it stays.
    ///
    /// **Source.** The profile's `chain_below`; Netflix Subtitle Timing Guidelines: at 24 frames a second no gap of 3 to 11.
    ///
    /// ```srt fails netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Between this one
    ///
    /// 2
    /// 00:00:03,250 --> 00:00:05,000
    /// and this one the screen flickers.
    /// ```
    ///
    /// ```srt passes netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Between this one
    ///
    /// 2
    /// 00:00:03,083 --> 00:00:05,000
    /// and this one it does not.
    /// ```
    CHAIN {
        code: codes::CHAIN, zh: "间隔要么最小，要么明显",
        settings: &["chain_below", "min_gap"],
        applies: |scene| scene.profile.chain_below.is_some(),
        check: Check::Pair(check),
    }
}

fn check(scene: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.chain_below else { return };
    let gap = seen.cue.range.start - before.cue.range.end;
    let least = scene.profile.min_gap.as_ref().map_or(TimeDelta::ZERO, |gap| scene.time(gap));
    let below = scene.time(limit);
    // Times in a file of milliseconds that stand for frames may be a frame's rounding over the least gap.
    let frame = scene.rate.map_or(TimeDelta::ZERO, |_| TimeDelta::from_millis(1));
    // Where the cue before would stand too long, the gap cannot be closed.
    let most = scene.profile.max_duration.as_ref().map_or(TimeDelta::MAX, |most| scene.time(most));
    let closed = before.duration() + (gap - least);
    if scene.above(gap, least + frame) && scene.below(gap, below) && !scene.above(closed, most) {
        findings.late((gap - least).min(below - gap)).cue(seen, |d| {
            d.with("gap", gap)
                .with("least", least)
                .with("limit", below)
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.end_by(before, seen.cue.range.start - least))
        });
    }
}
