use super::prelude::*;

rule! {
    /// Cues stand in the order of their times.
    ///
    /// **Why.** Players sort cues or do not; where they do not, a cue that stands too late in the file is not shown, and
    /// tools that join or shift files work in the order of the file.
    ///
    /// **Source.** WebVTT §4.1 (each cue starts no earlier than those before it); Amazon Prime Video asks for ordered
    /// times; SubRip files are numbered in order.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:05,000 --> 00:00:07,000
    /// The second thing said.
    ///
    /// 2
    /// 00:00:01,000 --> 00:00:03,000
    /// The first thing said.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The first thing said.
    ///
    /// 2
    /// 00:00:05,000 --> 00:00:07,000
    /// The second thing said.
    /// ```
    ORDER {
        code: codes::ORDER, zh: "字幕按时间先后排列",
        settings: &[],
        applies: always,
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let mut latest: Option<Time> = None;
    for (index, cue) in scene.track.cues.iter().enumerate() {
        if let Some(latest) = latest.filter(|latest| cue.range.start < *latest) {
            findings.cue(&Seen::bare(index, cue), |d| d.with("start", cue.range.start).with("latest", latest));
        }
        latest = latest.max(Some(cue.range.start));
    }
}
