use super::prelude::*;

rule! {
    /// A speaker's name is spelled in one way.
    ///
    /// **Why.** Two spellings are two people to a reader, and to a search.
    ///
    /// **Source.** house: a name used once or twice that differs in one character, in case or in spaces from one used at least three
    /// times as often is taken for a slip. Voices of WebVTT and labels in the text are looked at.
    ///
    /// ```vtt fails
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:02.500
    /// <v Katharina>So it is.
    ///
    /// 00:03.000 --> 00:04.500
    /// <v Katharina>Is it not?
    ///
    /// 00:05.000 --> 00:06.500
    /// <v Katharina>It is.
    ///
    /// 00:07.000 --> 00:08.500
    /// <v Katherina>Well, well.
    /// ```
    ///
    /// ```vtt passes
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:02.500
    /// <v Katharina>So it is.
    ///
    /// 00:03.000 --> 00:04.500
    /// <v Petruchio>It is not.
    /// ```
    LABEL_SPELLING {
        code: codes::LABEL_SPELLING, zh: "说话人姓名写法一致",
        settings: &[],
        applies: always,
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let names = scene.names();
    // Names are few; a file with more of them than this has no speakers in them.
    if names.is_empty() || names.len() > 200 {
        return;
    }
    for seen in scene.having(Needs::NOTHING) {
        // A slip may stand there only once: what makes it a label is the name that it is like.
        let Some(name) = seen.speaker() else { continue };
        let count = names.get(name).copied().unwrap_or(0);
        let better = names.iter().filter(|(other, often)| **often >= count.saturating_mul(3) && alike(name, other));
        if let Some((other, _)) = better.max_by_key(|(_, often)| **often) {
            let range = 0..if seen.text().starts_with(name) { name.len() } else { 0 };
            findings.text(&seen, range, |d| d.with("name", name).with("other", other.as_str()));
        }
    }
}

/// Different, but by one character, by case or by spaces.
fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> Vec<char> {
        name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let (x, y) = (plain(a), plain(b));
    if a == b {
        return false;
    }
    let prefix = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let suffix = x.iter().rev().zip(y.iter().rev()).take_while(|(p, q)| p == q).count();
    let (longer, shorter) = (x.len().max(y.len()), x.len().min(y.len()));
    let one_off = longer.saturating_sub(shorter) <= 1 && prefix.saturating_add(suffix) >= longer.saturating_sub(1);
    // `Ann` and `Ian`, 王一 and 王二 are two people; a slip shows in longer names.
    x == y || (one_off && shorter >= if a.is_ascii() { 5 } else { 3 })
}
