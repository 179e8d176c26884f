use super::prelude::*;

rule! {
    /// No cue ends after the media does.
    ///
    /// **Why.** Text after the end means that the captions belong to another cut, or were timed at another speed. Platforms
    /// refuse such files or cut them.
    ///
    /// **Source.** Follows from the length of the media, which `--media` or `--duration` gives; without one the rule is silent.
    ///
    /// ```srt fails default-any media=00:00:10
    /// 1
    /// 00:00:08,000 --> 00:00:12,000
    /// Two seconds too long.
    /// ```
    ///
    /// ```srt passes default-any media=00:00:10
    /// 1
    /// 00:00:08,000 --> 00:00:10,000
    /// To the last frame.
    /// ```
    BEYOND_MEDIA {
        code: codes::BEYOND_MEDIA, zh: "没有字幕超出媒体结尾",
        settings: &[],
        applies: |scene| scene.media_end.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(media_end) = scene.media_end else { return };
    let over = seen.cue.range.end - media_end;
    if scene.above(over, TimeDelta::ZERO) {
        findings.late(over).cue(seen, |d| {
            d.with("end", seen.cue.range.end).with("media", media_end).with_fix(false, scene.end_by(seen, media_end))
        });
    }
}
