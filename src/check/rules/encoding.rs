use super::prelude::*;

rule! {
    /// The file is in the encoding that the place reads.
    ///
    /// **Why.** In another one, every character beyond ASCII is shown wrong.
    ///
    /// **Source.** The profile's `encoding`. A file of ASCII alone is in every encoding.
    ///
    /// ```srt fails default-any encoding="GB18030"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 这是 UTF-8
    /// ```
    ///
    /// ```srt passes default-any encoding="UTF-8"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// 这是 UTF-8
    /// ```
    ENCODING {
        code: codes::ENCODING, zh: "文件编码符合要求",
        settings: &["encoding"],
        applies: |scene| scene.profile.encoding.is_some() && scene.source.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(source)) = (&scene.profile.encoding, scene.source) else { return };
    let found = source.encoding().encoding.name();
    if source.bytes().is_empty() && !found.eq_ignore_ascii_case(&limit.value) && !source.text().is_ascii() {
        findings.file(|d| {
            d.with("found", found).with("limit", limit.value.as_str()).with("source", scene.cite(&limit.origin))
        });
    }
}
