use super::prelude::*;
use crate::words::{COST_INSIDE, Place};

rule! {
    /// A line ends where the language can pause.
    ///
    /// **Why.** A word, a name, or a number and its measure word that is cut in two is read twice; an article or a preposition at
    /// the end of a line leaves the reader waiting.
    ///
    /// Between words that belong together a break is found only if the two lines could be broken better.
    ///
    /// **Source.** Netflix Timed Text Style Guide: General Requirements, line treatment (not between article and noun, first and last
    /// name); GY/T 359-2022, 9.4 (words and units of meaning stay whole); Unicode Standard Annex 14 for what can be broken at all.
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// 他们研究的是人工智
    /// 能怎样帮助医院
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// 他们研究的是人工智能
    /// 怎样帮助医院
    /// ```
    LINE_BREAK {
        code: codes::LINE_BREAK, zh: "换行处可以停顿",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::LINES]), check),
    }
}

/// From here on a break parts what belongs together: an article and its noun ([`crate::words::Break::cost`]).
const COST_TOGETHER: u16 = 97;
/// Another place is better from this difference on: a preposition that goes to the next line instead of its noun.
const BETTER: u16 = 20;

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let text = seen.text();
    if scene.is_bilingual(text) {
        return;
    }
    for (at, _) in text.match_indices('\n') {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at.saturating_add(1)..).unwrap_or_default());
        let (before, after) =
            (before.rsplit('\n').next().unwrap_or_default(), after.split('\n').next().unwrap_or_default());
        // Another speaker, or an end that no words need to judge.
        if after.starts_with(['-', '–', '—', '♪']) || before.ends_with(ENDS) || before.is_empty() || after.is_empty()
        {
            continue;
        }
        if let Some(bad) = judge(scene, before, after) {
            let start = at.saturating_sub(before.len());
            findings.text(seen, start..at, |d| {
                let what = if bad {
                    ["inside a word, a name or a number", "词、人名或数目的中间"]
                } else {
                    ["between what belongs together", "不该分开的词之间"]
                };
                d.with("what", what).with_fix(false, scene.rebroken(seen))
            });
        }
    }
}

const ENDS: [char; 16] = ['.', ',', '!', '?', ';', ':', '。', '，', '！', '？', '；', '：', '、', '…', '”', '"'];

/// The two lines as one text: the break where they met; `Some(true)` if it is inside a word, `Some(false)` if it parts what
/// belongs together.
fn judge(scene: &Scene<'_>, before: &str, after: &str) -> Option<bool> {
    let spaced = before.ends_with(|c: char| c.is_ascii_graphic()) || after.starts_with(|c: char| c.is_ascii_graphic());
    let before = before.trim_end();
    let after = after.trim_start();
    let text = [before, if spaced { " " } else { "" }, after].concat();
    let at = text.len().saturating_sub(after.len());
    let breaks = scene.words().breaks(&text, &[]);
    let found = breaks.iter().find(|b| b.at as usize == at);
    match found {
        None => Some(true),
        Some(found) if found.place == Place::Inside || found.cost >= COST_INSIDE => Some(true),
        Some(found) if found.cost < COST_TOGETHER => None,
        Some(found) => {
            let ruler = scene.profile.line_ruler.value;
            let most = scene.profile.max_line.as_ref().map_or(u32::MAX, |limit| limit.value);
            let fits = |line: &str| ruler.width(line.trim()) <= Width::chars(most);
            // A speaker's name with its colon does not stand alone on a line.
            let label = scene.label(&text).map_or(0, |label| label.len().saturating_add('：'.len_utf8()));
            let better = breaks.iter().filter(|b| b.at as usize > label && b.cost.saturating_add(BETTER) <= found.cost);
            let mut cuts = better.map(|b| text.split_at_checked(b.at as usize).unwrap_or_default());
            cuts.any(|(first, second)| fits(first) && fits(second)).then_some(false)
        }
    }
}
