use super::prelude::*;
use std::ops::Range;

rule! {
    /// What is opened is closed.
    ///
    /// **Why.** A bracket or quotation mark without its other half was lost in editing. A quotation may run on over several cues.
    ///
    /// **Source.** house: a slip in any style. The other half is looked for in the ten cues after.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The end (of the story
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The end (of the
    ///
    /// 2
    /// 00:00:03,500 --> 00:00:05,500
    /// story) is near.
    /// ```
    BRACKETS {
        code: codes::BRACKETS, zh: "括号和引号成对",
        settings: &[],
        applies: always,
        check: Check::Track(check),
    }
}

const PAIRS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('（', '）'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('【', '】'),
    ('〈', '〉'),
    ('〔', '〕'),
];
/// A quotation does not run on longer.
const REACH: usize = 10;

struct Open {
    closing: char,
    cue: usize,
    at: Range<usize>,
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let mut open: Vec<Open> = Vec::new();
    for seen in scene.having(Needs::of(&[Traits::BRACKET.and(Traits::QUOTE)])) {
        let index = seen.index;
        while open.first().is_some_and(|first| index.saturating_sub(first.cue) > REACH) {
            let lost = open.remove(0);
            say(scene, &lost, findings);
        }
        let text = seen.text();
        for (at, c) in text.char_indices() {
            if (c.is_ascii() && !matches!(c, '(' | ')' | '[' | ']')) || (c as u32).wrapping_sub(0x4E00) < 0x5200 {
                continue;
            }
            let range = at..at.saturating_add(c.len_utf8());
            if let Some((_, closing)) = PAIRS.iter().find(|(opening, _)| *opening == c) {
                // The same mark again opens the next paragraph of a long quotation.
                if open.len() < MOST_OPEN
                    && !open.iter().any(|o| o.closing == *closing && *closing == '”' && o.cue != index)
                {
                    open.push(Open { closing: *closing, cue: index, at: range });
                }
            } else if PAIRS.iter().any(|(_, closing)| *closing == c) {
                match open.iter().rposition(|open| open.closing == c) {
                    Some(i) => drop(open.remove(i)),
                    // `:)`, and `a)` in a list.
                    None if c == ')' && at <= 2 || text.get(..at).is_some_and(|t| t.ends_with([':', ';', '-'])) => {}
                    None => findings.text(&seen, range, |d| d.with("mark", c.to_string())),
                }
            }
        }
    }
    for lost in open {
        say(scene, &lost, findings);
    }
}

/// More than these at once are no brackets but a drawing.
const MOST_OPEN: usize = 100;

fn say(scene: &Scene<'_>, lost: &Open, findings: &mut Findings<'_>) {
    if let Some(cue) = scene.track.cues.get(lost.cue) {
        let mark = cue.text.plain.get(lost.at.clone()).unwrap_or_default().to_owned();
        findings.text(&Seen::bare(lost.cue, cue), lost.at.clone(), |d| d.with("mark", mark));
    }
}
