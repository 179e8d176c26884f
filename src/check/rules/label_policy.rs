use super::prelude::*;
use crate::profile::LabelPolicy;

rule! {
    /// The text says who speaks where the place wants it.
    ///
    /// **Why.** Some places show the speaker by a dash, a colour or a name in the text; some by none of these.
    ///
    /// **Source.** The profile's `labels`. A label is a name with a colon at the start of a line that begins at least two cues of the file,
    /// or names a voice of it. `at-change` is judged by voices, where the format has them.
    ///
    /// ```srt fails default-any labels="never"
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
    ///
    /// ```srt passes default-any labels="never"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Is it you?
    /// ```
    LABEL_POLICY {
        code: codes::LABEL_POLICY, zh: "说话人标注符合要求",
        settings: &["labels"],
        applies: |scene| scene.profile.labels.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.labels else { return };
    let mut speaker: Option<&str> = None;
    for (index, cue) in scene.track.cues.iter().enumerate() {
        let seen = Seen::bare(index, cue);
        let label = scene.label(seen.text());
        let voice = cue.text.voice();
        let changed = voice.is_some() && speaker.is_some() && voice != speaker;
        let what = match setting.value {
            LabelPolicy::Never if label.is_some() => {
                Some(["a speaker's name stands in the text", "正文中有说话人姓名"])
            }
            LabelPolicy::Always if label.is_none() && !seen.text().is_empty() => {
                Some(["no speaker's name stands in the text", "正文中没有说话人姓名"])
            }
            LabelPolicy::AtChange if label.is_none() && changed => {
                Some(["the speaker changes, and the text does not say so", "换了说话人，正文中却没有标注"])
            }
            LabelPolicy::Never | LabelPolicy::Always | LabelPolicy::AtChange => None,
        };
        if let Some(what) = what {
            let range = 0..label.map_or(0, str::len);
            findings.text(&seen, range, |d| d.with("what", what).with("source", scene.cite(&setting.origin)));
        }
        speaker = voice.or(speaker);
    }
}
