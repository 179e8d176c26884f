use super::prelude::*;
use crate::profile::Ellipsis;

rule! {
    /// An ellipsis is written as the place has it.
    ///
    /// **Why.** Three full stops break at the end of a line, and some fonts set `⋯` where others set `…`; both in one file catch
    /// the eye.
    ///
    /// **Source.** The profile's `ellipsis`.
    ///
    /// ```srt fails default-any ellipsis="one-character"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Well... no.
    /// ```
    ///
    /// ```srt passes default-any ellipsis="one-character"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Well… no.
    /// ```
    ELLIPSIS {
        code: codes::ELLIPSIS, zh: "省略号写法符合要求",
        settings: &["ellipsis"],
        applies: |scene| scene.profile.ellipsis.is_some(),
        check: Check::Cue(Needs::of(&[Traits::DOTS.and(Traits::ELLIPSIS)]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.ellipsis else { return };
    let text = seen.text();
    let is_part = |c: char| matches!(c, '.' | '…' | '⋯');
    let mut from = 0usize;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(is_part)).map(|at| from.saturating_add(at)) {
        let rest = text.get(start..).unwrap_or_default();
        let run = rest.get(..rest.len().saturating_sub(rest.trim_start_matches(is_part).len())).unwrap_or_default();
        from = start.saturating_add(run.len().max(1));
        if run != "." && run != setting.value.text() && !closes_sentence(run, setting.value) {
            findings.text(seen, start..from, |d| {
                d.with("found", run)
                    .with("limit", setting.value.text())
                    .with("source", scene.cite(&setting.origin))
                    .with_fix(run != ".." && run.len() > 1, seen.replace(start..from, setting.value.text()))
            });
        }
    }
}

/// Four full stops: an ellipsis after the end of a sentence.
fn closes_sentence(run: &str, ellipsis: Ellipsis) -> bool {
    run == "...." && ellipsis == Ellipsis::ThreeDots
}
