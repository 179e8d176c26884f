use super::prelude::*;

rule! {
    /// A cue stands long enough to be read.
    ///
    /// **Why.** Who cannot finish reading stops reading. How many characters a second are too many depends on the
    /// language and on who reads.
    ///
    /// **Source.** The profile's `max_cps`, counted by its `speed_ruler`. The longest duration that rounds to the file's times
    /// counts.
    ///
    /// ```srt fails netflix-zh-hans
    /// 1
    /// 00:00:01,000 --> 00:00:02,000
    /// 一秒钟里读不完这么多字
    /// ```
    ///
    /// ```srt passes netflix-zh-hans
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 两秒钟可以读完这些
    /// ```
    READING_SPEED {
        code: codes::READING_SPEED, zh: "来得及读完",
        settings: &["max_cps", "speed_ruler"],
        applies: |scene| scene.profile.max_cps.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_cps else { return };
    let span = seen.duration();
    if span <= TimeDelta::ZERO {
        return;
    }
    let (characters, seconds) = (seen.facts.total.as_chars(), scene.longest(span).as_seconds_f64());
    // A rounding of the division is no finding.
    if characters > limit.value * seconds + 1e-9 {
        let speed = characters / span.as_seconds_f64();
        findings.beyond(thousandths(speed)).cue(seen, |d| {
            d.with("speed", speed)
                .with("limit", number(limit.value))
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.lengthen(seen, TimeDelta::from_seconds_f64(characters / limit.value)))
        });
    }
}
