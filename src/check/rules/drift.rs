use super::prelude::*;

rule! {
    /// Times keep their distance from a reference.
    ///
    /// **Why.** Captions that run ahead more and more were timed on a copy of another speed (25 instead of 23.976 frames a second is 2.5 seconds
    /// in a minute), or of another cut.
    ///
    /// **Source.** The captions that `--reference FILE` names, such as those of another language. Each start is compared with the nearest one of the
    /// reference within two seconds; found is a median distance over 0.2 s in the first or the last quarter, or one that changes by more
    /// than that between them (house). `zimu retime` mends it.
    ///
    /// ```srt fails default-any reference=1,5,9,13
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// one
    ///
    /// 2
    /// 00:00:05,200 --> 00:00:07,000
    /// two
    ///
    /// 3
    /// 00:00:09,400 --> 00:00:11,000
    /// three
    ///
    /// 4
    /// 00:00:13,600 --> 00:00:15,000
    /// four
    /// ```
    ///
    /// ```srt passes default-any reference=1,5,9,13
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// one
    ///
    /// 2
    /// 00:00:05,100 --> 00:00:07,000
    /// two
    ///
    /// 3
    /// 00:00:09,000 --> 00:00:11,000
    /// three
    ///
    /// 4
    /// 00:00:13,000 --> 00:00:15,000
    /// four
    /// ```
    DRIFT {
        code: codes::DRIFT, zh: "时间与参考字幕保持一致",
        settings: &[],
        applies: |scene| !scene.reference.is_empty(),
        check: Check::Track(check),
    }
}

const REACH: TimeDelta = TimeDelta::from_seconds(2);
const MOST: TimeDelta = TimeDelta::from_millis(200);

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let cues = &scene.track.cues;
    let off: Vec<TimeDelta> = cues.iter().filter_map(|cue| distance(cue.range.start, scene.reference)).collect();
    let quarter = off.len().div_ceil(4);
    let (Some(first), Some(last)) = (median(off.get(..quarter)), median(off.get(off.len().saturating_sub(quarter)..)))
    else {
        return;
    };
    let far = |span: TimeDelta| span.abs() > MOST;
    if far(first) || far(last) || far(last - first) {
        findings
            .late(first.abs().max(last.abs()).max((last - first).abs()))
            .file(|d| d.with("first", first).with("last", last));
    }
}

/// How far after the nearest time of the reference.
fn distance(time: Time, reference: &[Time]) -> Option<TimeDelta> {
    let at = reference.partition_point(|other| *other < time);
    let near = reference.get(at.saturating_sub(1)..at.saturating_add(1).min(reference.len()))?;
    let off = near.iter().map(|other| time - *other).min_by_key(|off| off.abs())?;
    (off.abs() <= REACH).then_some(off)
}

fn median(spans: Option<&[TimeDelta]>) -> Option<TimeDelta> {
    let mut spans = spans?.to_vec();
    spans.sort_unstable();
    spans.get(spans.len() / 2).copied()
}
