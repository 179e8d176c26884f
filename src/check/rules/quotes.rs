use super::prelude::*;
use crate::profile::{QUOTES, Quotes};

rule! {
    /// Quotation marks are written as the place has them.
    ///
    /// **Why.** Straight and curly ones in one file look careless; in Chinese the wrong pair is another region's.
    ///
    /// **Source.** The profile's `quotes`. An apostrophe inside a word is no quotation mark.
    ///
    /// ```srt fails default-any quotes="curly"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// He said "no".
    /// ```
    ///
    /// ```srt passes default-any quotes="curly"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// He said “no” and didn't laugh.
    /// ```
    QUOTE_MARKS {
        code: codes::QUOTE_MARKS, zh: "引号写法符合要求",
        settings: &["quotes"],
        applies: |scene| scene.profile.quotes.is_some(),
        check: Check::Cue(Needs::of(&[Traits::QUOTE]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(setting) = &scene.profile.quotes else { return };
    let text = seen.text();
    for (at, c) in text.char_indices() {
        // Single marks double as apostrophes and primes: only pairs of double ones are sure.
        let outer = |quotes: Quotes| quotes.pairs().first().is_some_and(|(open, close)| c == *open || c == *close);
        let Some((found, _)) = QUOTES.iter().find(|(quotes, _)| outer(*quotes)) else { continue };
        // Inches and seconds: 5".
        let unit = c == '"' && text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        if *found != setting.value && !unit {
            let [(open, close), _] = setting.value.pairs();
            findings.text(seen, at..at.saturating_add(c.len_utf8()), |d| {
                d.with("found", c.to_string())
                    .with("limit", format!("{open} {close}"))
                    .with("source", scene.cite(&setting.origin))
                    .with_fix(
                        true,
                        seen.replace(
                            at..at.saturating_add(c.len_utf8()),
                            if opens(text, at, c) { open } else { close },
                        ),
                    )
            });
        }
    }
}

/// Whether a mark opens: by its own form, or, if it is straight, by what stands before it.
fn opens(text: &str, at: usize, c: char) -> bool {
    match c {
        '“' | '「' | '«' => true,
        '”' | '」' | '»' => false,
        _ => text.get(..at).is_none_or(|before| {
            before
                .chars()
                .next_back()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '（' | '[' | '-' | '–' | '—' | '：' | '，'))
        }),
    }
}
