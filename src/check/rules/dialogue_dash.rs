use super::prelude::*;

rule! {
    /// Two speakers in one cue are marked as the place has it.
    ///
    /// **Why.** The dash says that somebody else speaks; which lines have one, and whether a space follows, is a habit of each
    /// language.
    ///
    /// **Source.** The profile's `dialogue_dash`.
    ///
    /// ```srt fails default-any dialogue_dash="both-tight"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// - Is it you?
    /// - It is.
    /// ```
    ///
    /// ```srt passes default-any dialogue_dash="both-tight"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// -Is it you?
    /// -It is.
    /// ```
    DIALOGUE_DASH {
        code: codes::DIALOGUE_DASH, zh: "双人对话的破折号写法符合要求",
        settings: &["dialogue_dash"],
        applies: |scene| scene.profile.dialogue_dash.is_some(),
        check: Check::Cue(Needs::of(&[Traits::LINES, Traits::DASH]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.dialogue_dash else { return };
    let dashed: Vec<(usize, &str)> = seen.lines().filter(|(_, line)| after_dash(line).is_some()).collect();
    let first_has = seen.lines().next().is_some_and(|(_, line)| after_dash(line).is_some());
    let spaced = |line: &str| after_dash(line).is_some_and(|rest| rest.starts_with(' '));
    let one_speaker = dashed.len() == 1 && first_has;
    let wrong = dashed.iter().find(|(_, line)| spaced(line) != setting.value.spaced());
    let wrong = wrong.or_else(|| dashed.last().filter(|_| !one_speaker && first_has != setting.value.both()));
    if let Some((at, line)) = wrong {
        let form = match (setting.value.both(), setting.value.spaced()) {
            (true, true) => "- … / - …",
            (true, false) => "-… / -…",
            (false, true) => "… / - …",
            (false, false) => "… / -…",
        };
        findings.text(seen, *at..at.saturating_add(line.len()), |d| {
            d.with("limit", form)
                .with("source", scene.cite(&setting.origin))
                .with_fix(true, spaces(seen, &dashed, setting.value.spaced()))
        });
    }
}

/// The space after each dash comes or goes. Which lines have a dash is for people to say.
fn spaces(seen: &Seen<'_>, dashed: &[(usize, &str)], wanted: bool) -> Vec<CueEdit> {
    let edit = |(at, line): &(usize, &str)| {
        let rest = after_dash(line).unwrap_or_default();
        let start = at.saturating_add(line.len().saturating_sub(rest.len()));
        let run = rest.len().saturating_sub(rest.trim_start_matches(' ').len());
        match (wanted, run) {
            (true, 0) => seen.replace(start..start, " "),
            (false, 1..) => seen.replace(start..start.saturating_add(run), ""),
            _ => Vec::new(),
        }
    };
    dashed.iter().flat_map(edit).collect()
}

/// What follows a dash that begins a line; `None` for a minus before a number, and for a dash that goes on (`--`).
fn after_dash(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '–', '—'])?;
    let next = rest.chars().next()?;
    (!next.is_ascii_digit() && !matches!(next, '-' | '–' | '—' | '>')).then_some(rest)
}
