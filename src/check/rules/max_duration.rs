use super::prelude::*;

rule! {
    /// A cue does not stand longer than it is needed.
    ///
    /// **Why.** What stands too long is read twice, and hides the picture.
    ///
    /// **Source.** The profile's `max_duration`.
    ///
    /// ```srt fails netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:09,500
    /// This stands there for too long.
    /// ```
    ///
    /// ```srt passes netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:08,000
    /// This stands there for seven seconds.
    /// ```
    MAX_DURATION {
        code: codes::MAX_DURATION, zh: "停留时间不过长",
        settings: &["max_duration"],
        applies: |scene| scene.profile.max_duration.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_duration else { return };
    let (span, most) = (seen.duration(), scene.time(limit));
    if scene.above(span, most) {
        findings.late(span - most).cue(seen, |d| {
            d.with("duration", span)
                .with("limit", most)
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.end_by(seen, seen.cue.range.start + most))
        });
    }
}
