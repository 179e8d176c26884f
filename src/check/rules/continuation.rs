use super::prelude::*;
use crate::profile::Continuation;

rule! {
    /// A sentence that goes on in the next cue is marked as the place has it.
    ///
    /// **Why.** An ellipsis says that somebody pauses or is cut off. At a mere end of a cue it says something that was not said.
    ///
    /// **Source.** The profile's `continuation`; Netflix Timed Text Style Guide, Simplified Chinese: neither ellipsis nor dash at
    /// the split, and the next cue does not repeat it.
    ///
    /// ```srt fails default-any continuation="unmarked"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// And when I went there…
    ///
    /// 2
    /// 00:00:03,500 --> 00:00:05,500
    /// …nobody was at home.
    /// ```
    ///
    /// ```srt passes default-any continuation="unmarked"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// And when I went there
    ///
    /// 2
    /// 00:00:03,500 --> 00:00:05,500
    /// nobody was at home.
    /// ```
    CONTINUATION {
        code: codes::CONTINUATION, zh: "跨条句子的接续写法符合要求",
        settings: &["continuation"],
        applies: |scene| scene.profile.continuation.is_some(),
        check: Check::Pair(check),
    }
}

/// Marks that say that a sentence goes on.
const MARKS: &[&str] = &["…", "...", "⋯", "--", "—", "–", " -"];

fn check(scene: &Scene<'_>, [before, seen]: [&Seen<'_>; 2], findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.continuation else { return };
    let marks = Traits::DOTS.and(Traits::ELLIPSIS).and(Traits::DASH);
    if !before.facts.traits.and(seen.facts.traits).has(marks) {
        return;
    }
    let (end, start) = (before.text().trim_end(), seen.text().trim_start());
    let marked_end = MARKS.iter().any(|mark| end.ends_with(mark));
    let mark =
        MARKS.iter().find(|mark| start.starts_with(*mark) && (!mark.contains(['-', '–', '—']) || !has_dialogue(seen)));
    let wrong = match setting.value {
        // The mark on both sides of the split: the one at the end alone may be a real pause.
        Continuation::None => marked_end && mark.is_some(),
        Continuation::Ellipsis => mark.is_some() != marked_end && goes_on(end, start),
    };
    if wrong {
        let range = 0..seen.text().len().saturating_sub(start.len()).saturating_add(mark.map_or(0, |mark| mark.len()));
        findings.text(seen, range, |d| {
            d.with("other", before.index.saturating_add(1)).with("source", scene.cite(&setting.origin))
        });
    }
}

/// A dash at the start of each line is another speaker.
fn has_dialogue(seen: &Seen<'_>) -> bool {
    seen.text().starts_with(['-', '–', '—'])
}

/// The sentence has not ended, and the next cue begins in lower case.
fn goes_on(end: &str, start: &str) -> bool {
    let open = !end.ends_with(['.', '!', '?', '。', '！', '？', '”', '"']) || end.ends_with("...");
    open && start.trim_start_matches(['.', '…', '⋯']).starts_with(char::is_lowercase)
}
