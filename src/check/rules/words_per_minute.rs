use super::prelude::*;
use crate::measure;

rule! {
    /// A cue has no more words than can be read in its time.
    ///
    /// **Why.** Some guidelines count words a minute and not characters a second: BBC, DCMP, Ofcom.
    ///
    /// **Source.** The profile's `max_wpm`. A word is what stands between spaces and has a letter or digit; text in Han
    /// characters, which has no spaces, is not judged.
    ///
    /// ```srt fails default-en max_wpm=160
    /// 1
    /// 00:00:01,000 --> 00:00:02,500
    /// I am so big as it is to us
    /// ```
    ///
    /// ```srt passes default-en max_wpm=160
    /// 1
    /// 00:00:01,000 --> 00:00:04,000
    /// Seven words in three seconds are fine.
    /// ```
    WORDS_PER_MINUTE {
        code: codes::WORDS_PER_MINUTE, zh: "每分钟词数不超过上限",
        settings: &["max_wpm"],
        applies: |scene| scene.profile.max_wpm.is_some(),
        check: Check::Cue(Needs::of(&[Traits::LETTERS]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_wpm else { return };
    let span = seen.duration();
    let Some(words) = measure::words(seen.text()).filter(|_| span > TimeDelta::ZERO) else { return };
    let words = f64::from(words);
    if words * 60.0 > limit.value * scene.longest(span).as_seconds_f64() + 1e-9 {
        let speed = words * 60.0 / span.as_seconds_f64();
        findings.beyond(thousandths(speed)).cue(seen, |d| {
            d.with("speed", number(speed.round()))
                .with("limit", number(limit.value))
                .with("source", scene.cite(&limit.origin))
        });
    }
}
