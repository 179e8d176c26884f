use super::prelude::*;

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
        settings: &["max_line", "line_ruler"],
        applies: |scene| scene.profile.max_line.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.max_line else { return };
    if seen.facts.widest <= Width::chars(limit.value) {
        return;
    }
    for (at, line) in seen.lines() {
        let width = scene.profile.line_ruler.value.width(line);
        if width > Width::chars(limit.value) {
            findings.text(seen, at..at.saturating_add(line.len()), |d| {
                d.with("width", number(width.as_chars())).with("limit", limit.value).with("source", scene.cite(&limit.origin))
            });
        }
    }
}
