use super::prelude::*;

rule! {
    /// A cue does not begin with the last line of the one before it.
    ///
    /// **Why.** Captions that roll up, as automatic ones do, show every line twice: once below, once above. As captions in blocks they
    /// are read twice.
    ///
    /// **Source.** house: how YouTube's automatic captions look when they were exported without joining. `zimu convert` joins those of json3
    /// and srv3.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:00,000 --> 00:00:03,000
    /// this is the first line
    /// and this the second
    ///
    /// 2
    /// 00:00:03,083 --> 00:00:06,500
    /// and this the second
    /// and this the third one
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:00,000 --> 00:00:03,000
    /// this is the first line
    /// and this the second
    ///
    /// 2
    /// 00:00:03,083 --> 00:00:06,500
    /// and this the third one
    /// ```
    ROLLING {
        code: codes::ROLLING, zh: "不以上一条的末行开头",
        settings: &[],
        applies: always,
        check: Check::Pair(check),
    }
}

/// A shorter line may be said again: `No.`
const LEAST_BYTES: usize = 8;

fn check(_: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    if seen.facts.lines < 2 && before.facts.lines < 2 {
        return;
    }
    let (Some((_, last)), Some((at, first))) = (before.lines().last(), seen.lines().next()) else { return };
    if last == first && first.len() >= LEAST_BYTES && before.text() != seen.text() {
        findings.text(seen, at..at.saturating_add(first.len()), |d| {
            d.with("other", before.index.saturating_add(1))
                .with_fix(false, seen.replace(at..at.saturating_add(first.len()).saturating_add(1), ""))
        });
    }
}
