use super::super::scene::script;
use super::prelude::*;
use crate::measure::Ruler;

rule! {
    /// No line is longer than fits.
    ///
    /// **Why.** Players break lines that are too long where it happens to be, or set them smaller, or run them out of the picture.
    ///
    /// **Source.** The profile's `max_line`, counted by its `line_ruler`: a Han character and a Latin letter need not count
    /// alike. Lines in Latin letters of captions in Chinese, Japanese or Korean (the second language of bilingual ones) are
    /// held against `max_line_latin`.
    ///
    /// ```srt fails netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// This line goes on for rather more than forty-two characters.
    /// ```
    ///
    /// ```srt passes netflix-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// This line was broken
    /// before it had forty-two characters.
    /// ```
    LINE_LENGTH {
        code: codes::LINE_LENGTH, zh: "每行不过长",
        settings: &["max_line", "line_ruler", "max_line_latin"],
        applies: |scene| scene.profile.max_line.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_line else { return };
    if seen.facts.widest <= Width::chars(limit.value) {
        return;
    }
    let ruler = scene.profile.line_ruler.value;
    let latin =
        scene.profile.max_line_latin.as_ref().filter(|_| seen.facts.traits.has(Traits::LOWER.and(Traits::UPPER)));
    for (at, line) in seen.lines() {
        let (limit, ruler) = match latin.filter(|_| script(line) == Some(false)) {
            Some(latin) => (latin, Ruler::Each),
            None => (limit, ruler),
        };
        let width = ruler.width(line);
        if width > Width::chars(limit.value) {
            findings.beyond(width.as_halves().into()).text(seen, at..at.saturating_add(line.len()), |d| {
                d.with("width", number(width.as_chars()))
                    .with("limit", limit.value)
                    .with("source", scene.cite(&limit.origin))
                    .with_fix(false, scene.rebroken(seen))
            });
        }
    }
}
