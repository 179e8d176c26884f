use super::prelude::*;
use std::collections::HashSet;

rule! {
    /// Every character can be shown there.
    ///
    /// **Why.** A character that the place has no glyph for is shown as a box, as another one, or not at all.
    ///
    /// **Source.** The profile's `glyphs`.
    ///
    /// ```srt fails default-any glyphs="latin-1"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// a smile ☺ for you
    /// ```
    ///
    /// ```srt passes default-any glyphs="latin-1"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// a café for you
    /// ```
    GLYPHS {
        code: codes::GLYPHS, zh: "字符都在可显示的范围内",
        settings: &["glyphs"],
        applies: |scene| scene.profile.glyphs.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.glyphs else { return };
    let mut said: HashSet<char> = HashSet::new();
    for (at, c) in seen.text().char_indices() {
        if !setting.value.has(c) && said.insert(c) {
            findings.text(seen, at..at.saturating_add(c.len_utf8()), |d| {
                d.with("glyph", c.to_string())
                    .with("number", format!("U+{:04X}", c as u32))
                    .with("source", scene.cite(&setting.origin))
            });
        }
    }
}
