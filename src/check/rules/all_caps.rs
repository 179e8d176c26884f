use super::prelude::*;

rule! {
    /// Text is not written all in capitals.
    ///
    /// **Why.** Capitals are read more slowly, and mean shouting or text on the screen.
    ///
    /// **Source.** The profile's `all_caps`. One word may be an abbreviation; two words and ten letters are found.
    ///
    /// ```srt fails default-any all_caps=false
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// DO NOT COME IN
    /// ```
    ///
    /// ```srt passes default-any all_caps=false
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// NASA and the FBI
    /// ```
    ALL_CAPS {
        code: codes::ALL_CAPS, zh: "不全用大写",
        settings: &["all_caps"],
        applies: |scene| scene.profile.all_caps.as_ref().is_some_and(|caps| !caps.value),
        check: Check::Cue(Needs::of(&[Traits::UPPER]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.all_caps else { return };
    if seen.facts.traits.has(Traits::LOWER) {
        return;
    }
    let text = seen.text();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if letters == capitals && letters >= 10 && text.split_whitespace().nth(1).is_some() {
        findings.text(seen, 0..text.len(), |d| d.with("source", scene.cite(&setting.origin)));
    }
}
