use super::prelude::*;
use crate::lang::is_han;
use crate::profile::Punctuation;

rule! {
    /// Chinese punctuation is kept or left out as the place has it.
    ///
    /// **Why.** Chinese captions usually have no commas and full stops: a space or the end of a line parts clauses. A file that
    /// has them in some cues and not in others looks like the work of two people.
    ///
    /// **Source.** The profile's `punctuation`: `space` (none inside a line, none at its end), `drop-final` (none at the end of a
    /// line) or `keep`, under which nothing is found.
    ///
    /// ```srt fails default-any punctuation="space"
    /// 1
    /// 00:00:01,000 --> 00:00:04,000
    /// 我们先看，再说。
    /// ```
    ///
    /// ```srt passes default-any punctuation="space"
    /// 1
    /// 00:00:01,000 --> 00:00:04,000
    /// 我们先看 再说
    /// 好吗？
    /// ```
    PUNCTUATION {
        code: codes::PUNCTUATION, zh: "中文标点的去留符合要求",
        settings: &["punctuation"],
        applies: |scene| scene.profile.punctuation.value != Punctuation::Keep,
        check: Check::Cue(Needs::of(&[Traits::CJK_MARK.and(Traits::FULL_WIDTH).and(Traits::MARK), Traits::HAN]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let setting = &scene.profile.punctuation;
    if !seen.text().contains(['，', '。', '、', '；', ',', '.', ';']) {
        return;
    }
    for (at, line) in seen.lines() {
        let chars: Vec<(usize, char)> = line.char_indices().collect();
        for (i, (place, c)) in chars.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| chars.get(i)).map(|(_, c)| *c);
            let after = chars.get(i.saturating_add(1)).map(|(_, c)| *c);
            let goes = match c {
                '，' | '。' | '、' | '；' => true,
                // Typed in half width, as many articles are.
                ',' | '.' | ';' => before.is_some_and(is_han) && after.is_none_or(|c| is_han(c) || c == ' '),
                _ => false,
            };
            if goes && (setting.value == Punctuation::Space || after.is_none()) {
                let start = at.saturating_add(*place);
                findings.text(seen, start..start.saturating_add(c.len_utf8()), |d| {
                    let with = if after.is_none_or(char::is_whitespace) { "" } else { " " };
                    let fix = seen.replace(start..start.saturating_add(c.len_utf8()), with);
                    d.with("mark", c.to_string()).with("source", scene.cite(&setting.origin)).with_fix(true, fix)
                });
            }
        }
    }
}
