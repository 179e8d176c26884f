use super::prelude::*;
use crate::model::{Cue, Track};

rule! {
    /// Cues stand in the order of their times.
    ///
    /// **Why.** Players sort cues or do not; where they do not, a cue that stands too late in the file is not shown, and
    /// tools that join or shift files work in the order of the file.
    ///
    /// **Source.** WebVTT §4.1 (each cue starts no earlier than those before it); Amazon Prime Video asks for ordered
    /// times; SubRip files are numbered in order.
    ///
    /// `zimu fix` moves such a cue, with the comments above it, to where it belongs.
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
    strays(scene.track, |index, cue, latest, before| {
        let seen = Seen::bare(index, cue);
        findings.late(latest - cue.range.start).cue(&seen, |d| {
            let edit = CueEdit::Move { cue: seen.number(), before };
            d.with("start", cue.range.start).with("latest", latest).with_fix(true, vec![edit])
        });
    });
}

/// Each cue that starts before one above it: the latest start above it, and the cue before which it belongs, one of those that
/// stand right.
pub(in crate::check) fn strays(track: &Track, mut each: impl FnMut(usize, &Cue, Time, u32)) {
    // The cues that start no earlier than all above them, by their starts.
    let mut right: Vec<(Time, u32)> = Vec::new();
    for ((index, cue), number) in track.cues.iter().enumerate().zip(0u32..) {
        let start = cue.range.start;
        match right.last() {
            Some((latest, _)) if start < *latest => {
                let after = right.partition_point(|(other, _)| *other <= start);
                let before = right.get(after).map_or(number, |(_, number)| *number);
                each(index, cue, *latest, before);
            }
            _ => right.push((start, number)),
        }
    }
}
