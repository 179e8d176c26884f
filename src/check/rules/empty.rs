use super::prelude::*;

rule! {
    /// A cue has text.
    ///
    /// **Why.** An empty cue is a leftover. Some players show an empty box, some services refuse the file.
    ///
    /// **Source.** house: no standard forbids it; upload checks of several platforms do.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:02,000
    ///
    /// 2
    /// 00:00:03,000 --> 00:00:04,000
    /// Something.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:03,000 --> 00:00:04,000
    /// Something.
    /// ```
    EMPTY {
        code: codes::EMPTY, zh: "字幕不为空",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    if seen.facts.total == Width::default() || seen.text().trim().is_empty() {
        findings.cue(seen, |d| d.with_fix(false, vec![seen.removed()]));
    }
}
