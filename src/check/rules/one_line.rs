use super::prelude::*;
use crate::profile::Punctuation;

rule! {
    /// Text that fits one line stands on one line.
    ///
    /// **Why.** Two short lines take longer to read than one, and hide more of the picture. Two speakers, and a second language,
    /// have lines of their own.
    ///
    /// **Source.** The profile's `prefer_one_line` and `max_line`; Netflix Timed Text Style Guide: General Requirements, line treatment.
    ///
    /// ```srt fails netflix-en prefer_one_line=true
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// This would
    /// fit one line.
    /// ```
    ///
    /// ```srt passes netflix-en prefer_one_line=true
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// This does fit one line.
    /// ```
    ONE_LINE {
        code: codes::ONE_LINE, zh: "一行放得下的不分两行",
        settings: &["prefer_one_line", "max_line"],
        applies: |scene| scene.profile.max_line.is_some() && scene.profile.prefer_one_line.as_ref().is_some_and(|one| one.value),
        check: Check::Cue(Needs::of(&[Traits::LINES]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(setting)) = (&scene.profile.max_line, &scene.profile.prefer_one_line) else { return };
    let text = seen.text();
    let others = text.lines().any(|line| line.starts_with(['-', '–', '—']) || scene.label(line).is_some());
    if others || scene.is_bilingual(text) {
        return;
    }
    // Where spaces stand for commas, the end of a line may stand for one too.
    let tight =
        seen.facts.traits.has(Traits::HAN.and(Traits::KANA)) && scene.profile.punctuation.value != Punctuation::Space;
    let joined = text.replace('\n', if tight { "" } else { " " });
    let width = scene.profile.line_ruler.value.width(&joined);
    if width <= Width::chars(limit.value) {
        findings.text(seen, 0..text.len(), |d| {
            d.with("width", number(width.as_chars()))
                .with("limit", limit.value)
                .with("source", scene.cite(&setting.origin))
                .with_fix(false, scene.rebroken(seen))
        });
    }
}
