use super::prelude::*;
use crate::lang::{is_han, is_latin};
use crate::profile::Spacing;
use std::ops::Range;

rule! {
    /// Between Han characters and Latin letters there is a space everywhere or nowhere.
    ///
    /// **Why.** Both are good typography; both in one file are not.
    ///
    /// **Source.** The profile's `spacing`. Where it is `keep`, what the file does more often is the rule (house; W3C Requirements for
    /// Chinese Text Layout, 3.2.6, leaves it to the author).
    ///
    /// ```srt fails default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 这个 idea 不错
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// 那个idea 呢
    /// ```
    ///
    /// ```srt passes default-zh
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 这个 idea 不错
    ///
    /// 2
    /// 00:00:04,000 --> 00:00:06,000
    /// 那个 idea 呢
    /// ```
    HAN_LATIN_SPACING {
        code: codes::HAN_LATIN_SPACING, zh: "中西文之间的空格前后一致",
        settings: &["spacing"],
        applies: always,
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let setting = &scene.profile.spacing;
    let (mut spaced, mut tight) = (0usize, 0usize);
    let mut found: Vec<(usize, Range<usize>, bool)> = Vec::new();
    for seen in scene.having(Needs::of(&[Traits::HAN, Traits::LETTERS.and(Traits::DIGIT)])) {
        let index = seen.index;
        seams(seen.text(), |range, space| {
            if space {
                spaced = spaced.saturating_add(1);
            } else {
                tight = tight.saturating_add(1);
            }
            if found.len() < MOST {
                found.push((index, range, space));
            }
        });
    }
    let wanted = match setting.value {
        Spacing::Insert => true,
        Spacing::Remove => false,
        Spacing::Keep if spaced == 0 || tight == 0 => return,
        Spacing::Keep => spaced >= tight,
    };
    // What nobody asked for is worth a note.
    if setting.value == Spacing::Keep {
        findings.soften(Severity::Note);
    }
    for (index, range, space) in found {
        let Some(cue) = scene.track.cues.get(index).filter(|_| space != wanted) else { continue };
        let what = if wanted { ["a space belongs", "应有空格"] } else { ["no space belongs", "不应有空格"] };
        let seen = Seen::bare(index, cue);
        findings.text(&seen, range.clone(), |d| {
            let fix = mended(&seen, range, wanted);
            d.with("what", what).with("source", scene.cite(&setting.origin)).with_fix(true, fix)
        });
    }
}

/// The two characters with a space between them, or without.
fn mended(seen: &Seen<'_>, range: Range<usize>, wanted: bool) -> Vec<CueEdit> {
    let text = seen.text().get(range.clone()).unwrap_or_default();
    let first = range.start.saturating_add(text.chars().next().map_or(0, char::len_utf8));
    let space = text.len().saturating_sub(text.replace(' ', "").len());
    seen.replace(first..first.saturating_add(space), if wanted { " " } else { "" })
}

/// So many places are remembered; more of the same tells nobody anything.
const MOST: usize = 100_000;

/// Each place where Han meets Latin letters or digits, and whether a space parts them.
fn seams(text: &str, mut see: impl FnMut(Range<usize>, bool)) {
    if text.is_ascii() {
        return;
    }
    let latin = |c: char| is_latin(c) || c.is_ascii_digit();
    let mut before = [(0usize, '\n'); 2];
    for (at, c) in text.char_indices() {
        let [(far_at, far), (near_at, near)] = before;
        let meets = |a: char, b: char| (is_han(a) && latin(b)) || (latin(a) && is_han(b));
        let end = at.saturating_add(c.len_utf8());
        if meets(near, c) {
            see(near_at..end, false);
        } else if near == ' ' && meets(far, c) {
            see(far_at..end, true);
        }
        before = [(near_at, near), (at, c)];
    }
}
