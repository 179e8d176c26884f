use super::prelude::*;

rule! {
    /// A cue stands long enough to be noticed.
    ///
    /// **Why.** Below about five sixths of a second a caption is a flash: the eye does not get there.
    ///
    /// **Source.** The profile's `min_duration`. A cue is found only if no times that round to the file's would satisfy it,
    /// so that exactly the least number of frames always passes.
    ///
    /// ```srt fails netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:01,500
    /// No!
    /// ```
    ///
    /// ```srt passes netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:01,833
    /// No!
    /// ```
    MIN_DURATION {
        code: codes::MIN_DURATION, zh: "停留时间足以被看到",
        settings: &["min_duration"],
        applies: |scene| scene.profile.min_duration.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.min_duration else { return };
    let (span, least) = (seen.duration(), scene.time(limit));
    if span > TimeDelta::ZERO && scene.below(span, least) {
        findings.late(least - span).cue(seen, |d| {
            d.with("duration", span)
                .with("limit", least)
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.lengthen(seen, least))
        });
    }
}
