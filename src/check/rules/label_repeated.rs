use super::prelude::*;

rule! {
    /// A label that has not changed is not repeated.
    ///
    /// **Why.** Whoever reads `Anna:` before every cue reads the name and not the words.
    ///
    /// **Source.** DCMP Captioning Key, speaker identification (a speaker is identified when it is not clear who speaks); a note only.
    /// Silent where the profile's `labels` are `always`.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Anna: Is it you?
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// Anna: It is.
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Anna: Is it you?
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// Ben: It is.
    ///
    /// 3
    /// 00:00:07,000 --> 00:00:09,000
    /// Anna: I thought so.
    ///
    /// 4
    /// 00:00:10,000 --> 00:00:12,000
    /// Ben: Did you?
    /// ```
    LABEL_REPEATED {
        code: codes::LABEL_REPEATED, zh: "说话人未变时不重复标注",
        settings: &["labels"],
        applies: |scene| !scene.profile.labels.as_ref().is_some_and(|labels| labels.value == crate::profile::LabelPolicy::Always),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let mut last: Option<&str> = None;
    for seen in scene.having(Needs::of(&[Traits::COLON])) {
        let label = scene.label(seen.text());
        if let Some(name) = label.filter(|name| last == Some(*name)) {
            findings.text(&seen, 0..name.len(), |d| d.with("name", name));
        }
        last = label.or(last);
    }
}
