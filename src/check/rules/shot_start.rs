use super::prelude::*;

rule! {
    /// A cue that starts near a shot change starts on it.
    ///
    /// **Why.** Text that comes a few frames before or after a cut is read twice: the eye takes the cut for a change of text.
    ///
    /// **Source.** The profile's `shot_zone` and `--shots`. Netflix Subtitle Timing Guidelines, section 2: a start less than half
    /// a second after a cut moves to the cut; up to three quarters of that before it, too; nearer to half a second, it is
    /// pulled back to half a second before it.
    ///
    /// ```srt fails default-any shot_zone={value=12,unit="frames",or_ms=500,source="x",date="2026-11",status="house"} shot=2 fps=24
    /// 1
    /// 00:00:02,167 --> 00:00:05,000
    /// Four frames after the cut.
    /// ```
    ///
    /// ```srt passes default-any shot_zone={value=12,unit="frames",or_ms=500,source="x",date="2026-11",status="house"} shot=2 fps=24
    /// 1
    /// 00:00:02,000 --> 00:00:05,000
    /// On the cut.
    /// ```
    SHOT_START {
        code: codes::SHOT_START, zh: "靠近镜头切换的字幕从切换处开始",
        settings: &["shot_zone"],
        applies: |scene| !scene.shots.is_empty() && scene.profile.shot_zone.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.shot_zone else { return };
    let zone = scene.time(limit);
    for shot in scene.shots_near(seen.cue.range.start, zone) {
        let distance = (seen.cue.range.start - shot).abs();
        if scene.above(distance, TimeDelta::ZERO) && scene.below(distance, zone) {
            return findings.late(distance.min(zone - distance)).cue(seen, |d| {
                d.with("start", seen.cue.range.start)
                    .with("shot", shot)
                    .with("source", scene.cite(&limit.origin))
                    .with_fix(false, vec![seen.start_at(shot)])
            });
        }
    }
}
