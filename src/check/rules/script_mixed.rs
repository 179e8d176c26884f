use super::prelude::*;
use crate::lang;

rule! {
    /// Chinese is either simplified or traditional.
    ///
    /// **Why.** Both in one file come of pasting from two sources, or of a conversion that missed a word.
    ///
    /// **Source.** house: which script a file is in follows from its own characters, or from its language tag. Characters that both
    /// scripts have are not counted.
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:04,000
    /// 我们这个问题 還沒解决
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:04,000
    /// 我们这个问题 还没解决
    /// ```
    SCRIPT_MIXED {
        code: codes::SCRIPT_MIXED, zh: "简繁不混用",
        settings: &[],
        applies: |scene| scene.lang().is_some_and(lang::LangTag::is_chinese),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (mut simplified, mut traditional) = (0usize, 0usize);
    let han = || scene.having(Needs::of(&[Traits::HAN]));
    for c in han().flat_map(|seen| seen.text().chars()) {
        match lang::script_of(c) {
            Some(lang::HanScript::Simplified) => simplified = simplified.saturating_add(1),
            Some(lang::HanScript::Traditional) => traditional = traditional.saturating_add(1),
            None => {}
        }
    }
    let stray = if simplified >= traditional { lang::HanScript::Traditional } else { lang::HanScript::Simplified };
    // A file in one script has none.
    if simplified == 0 || traditional == 0 {
        return;
    }
    for seen in han() {
        let mut strays = seen.text().char_indices().filter(|(_, c)| lang::script_of(*c) == Some(stray));
        if let Some((at, c)) = strays.next() {
            findings.text(&seen, at..at.saturating_add(c.len_utf8()), |d| d.with("text", c.to_string()));
        }
    }
}
