use super::prelude::*;

rule! {
    /// A cue has no more lines than it may.
    ///
    /// **Why.** A third line hides the picture, and what is on it is read last or not at all.
    ///
    /// **Source.** The profile's `max_lines`.
    ///
    /// ```srt fails netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// one line that is rather long,
    /// another line that is long,
    /// a third line
    /// ```
    ///
    /// ```srt passes netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// one line that is rather long,
    /// another line that is long
    /// ```
    LINES {
        code: codes::LINES, zh: "行数不超过上限",
        settings: &["max_lines"],
        applies: |scene| scene.profile.max_lines.is_some(),
        check: Check::Cue(Needs::of(&[Traits::LINES]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_lines else { return };
    if seen.facts.lines > limit.value {
        let extra = seen.lines().nth(limit.value as usize).map_or(0, |(at, _)| at);
        findings.beyond(seen.facts.lines.into()).text(seen, extra..seen.text().len(), |d| {
            d.with("lines", seen.facts.lines)
                .with("limit", limit.value)
                .with("source", scene.cite(&limit.origin))
                .with_fix(false, scene.rebroken(seen))
        });
    }
}
