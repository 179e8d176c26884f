use super::prelude::*;

rule! {
    /// A cue that ends near a shot change ends just before it.
    ///
    /// **Why.** Text that stands over a cut for a few frames, or vanishes a few frames before it, flickers.
    ///
    /// **Source.** The profile's `shot_zone` and `shot_gap`, and `--shots`. Netflix Subtitle Timing Guidelines, section 2: an end on
    /// a cut, or less than half a second from it, is set two frames before it.
    ///
    /// ```srt fails netflix-en shot=00:00:05 fps=25 shot_zone={value=12,unit="frames",or_ms=500,source="x",date="2026-11",status="house"} shot_gap={value=2,unit="frames",or_ms=83,source="x",date="2026-11",status="house"}
    /// 1
    /// 00:00:02,000 --> 00:00:05,200
    /// Five frames over the cut.
    /// ```
    ///
    /// ```srt passes netflix-en shot=00:00:05 fps=25 shot_zone={value=12,unit="frames",or_ms=500,source="x",date="2026-11",status="house"} shot_gap={value=2,unit="frames",or_ms=83,source="x",date="2026-11",status="house"}
    /// 1
    /// 00:00:02,000 --> 00:00:04,920
    /// Two frames before the cut.
    /// ```
    SHOT_END {
        code: codes::SHOT_END, zh: "靠近镜头切换的字幕在切换前结束",
        settings: &["shot_zone", "shot_gap"],
        applies: |scene| !scene.shots.is_empty() && scene.profile.shot_zone.is_some() && scene.profile.shot_gap.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(gap)) = (&scene.profile.shot_zone, &scene.profile.shot_gap) else { return };
    let (zone, gap) = (scene.time(limit), scene.time(gap));
    for shot in scene.shots_near(seen.cue.range.end, zone) {
        let before = shot - seen.cue.range.end;
        let distance = before.abs();
        let right = !scene.below(before, gap) && !scene.above(before, gap);
        if scene.below(distance, zone) && !right {
            return findings.late((before - gap).abs().min(zone - distance)).cue(seen, |d| {
                d.with("end", seen.cue.range.end)
                    .with("shot", shot)
                    .with("gap", gap)
                    .with("source", scene.cite(&limit.origin))
                    .with_fix(false, scene.end_by(seen, shot - gap))
            });
        }
    }
}
