use super::prelude::*;
use crate::model::MarkKind;

rule! {
    /// Italics are used only where the language has them.
    ///
    /// **Why.** Han characters, kana, hangul, Arabic, Hebrew, Devanagari and Thai have no slanted form; a machine's slant is hard to read.
    ///
    /// **Source.** The profile's `italics`.
    ///
    /// ```srt fails default-any italics=false
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 她说<i>不行</i>
    /// ```
    ///
    /// ```srt passes default-any italics=false
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 她说不行
    /// ```
    ITALICS {
        code: codes::ITALICS, zh: "不该用斜体的语言不用斜体",
        settings: &["italics"],
        applies: |scene| scene.profile.italics.as_ref().is_some_and(|italics| !italics.value),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.italics else { return };
    if let Some(mark) = seen.cue.text.marks.iter().find(|mark| mark.kind == MarkKind::Italic) {
        findings.text(seen, mark.bytes(), |d| d.with("source", scene.cite(&setting.origin)));
    }
}
