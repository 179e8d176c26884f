use super::prelude::*;

rule! {
    /// Cues start and end on frames.
    ///
    /// **Why.** A time between two frames is moved to one of them by whoever writes the delivery, and a gap or a shot change
    /// that was right is not any more.
    ///
    /// **Source.** The profile's `snap_to_frames`; it needs the frame rate. A time of a file in milliseconds passes if
    /// some frame rounds to it.
    ///
    /// ```srt fails default-any snap_to_frames=true fps=25
    /// 1
    /// 00:00:01,010 --> 00:00:03,000
    /// A quarter of a frame late.
    /// ```
    ///
    /// ```srt passes default-any snap_to_frames=true fps=23.976
    /// 1
    /// 00:00:01,001 --> 00:00:03,003
    /// Frames 24 and 72.
    /// ```
    OFF_FRAME {
        code: codes::OFF_FRAME, zh: "开始和结束都落在帧上",
        settings: &["snap_to_frames"],
        applies: |scene| scene.rate.is_some() && scene.profile.snap_to_frames.as_ref().is_some_and(|snap| snap.value),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let (Some(rate), Some(setting)) = (scene.rate, &scene.profile.snap_to_frames) else { return };
    for (time, is_start) in [(seen.cue.range.start, true), (seen.cue.range.end, false)] {
        let nearest = rate.nearest_frame(time);
        let off = (time - nearest).abs();
        if scene.above(off, TimeDelta::ZERO) {
            findings.late(off).cue(seen, |d| {
                d.with("time", time)
                    .with("off", off)
                    .with("source", scene.cite(&setting.origin))
                    .with_fix(true, vec![if is_start { seen.start_at(nearest) } else { seen.end_at(nearest) }])
            });
        }
    }
}
