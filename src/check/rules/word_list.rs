use super::prelude::*;

rule! {
    /// Words of your list do not occur.
    ///
    /// **Why.** What must not be said, must be written otherwise, or must be looked at once more is for each house to decide: profanity, names
    /// under embargo, old spellings.
    ///
    /// **Source.** The list that `--words FILE` names, a word or phrase a line. Upper and lower case count alike; a word in Latin letters is
    /// found as a whole word only.
    ///
    /// ```srt fails default-any words=darn
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Darn it!
    /// ```
    ///
    /// ```srt passes default-any words=darn
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// He is darning socks.
    /// ```
    WORD_LIST {
        code: codes::WORD_LIST, zh: "不出现词表中的词",
        settings: &[],
        applies: |scene| scene.words_of_user.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(words) = scene.words_of_user else { return };
    for found in words.find_iter(seen.text()) {
        findings.text(seen, found.range(), |d| d.with("word", found.as_str()));
    }
}
