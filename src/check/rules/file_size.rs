use super::prelude::*;

rule! {
    /// The file is not larger than the place takes.
    ///
    /// **Why.** Larger files are refused.
    ///
    /// **Source.** The profile's `max_bytes`. A text in another encoding than UTF-8 is counted as it would be in UTF-8.
    ///
    /// ```srt fails default-any max_bytes=20
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Too much.
    /// ```
    ///
    /// ```srt passes default-any max_bytes=2000
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Small enough.
    /// ```
    FILE_SIZE {
        code: codes::FILE_SIZE, zh: "文件不超过大小上限",
        settings: &["max_bytes"],
        applies: |scene| scene.profile.max_bytes.is_some() && scene.source.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(source)) = (&scene.profile.max_bytes, scene.source) else { return };
    let bytes = source.text().len().max(source.bytes().len()) as u64;
    if bytes > limit.value {
        findings.file(|d| d.with("bytes", bytes).with("limit", limit.value).with("source", scene.cite(&limit.origin)));
    }
}
