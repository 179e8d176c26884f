use super::prelude::*;

rule! {
    /// The place takes files of this kind.
    ///
    /// **Why.** What is not accepted is refused at upload, often without a reason.
    ///
    /// **Source.** The profile's `extensions`. Standard input has no name and is not judged.
    ///
    /// ```vtt fails default-any extensions=["srt"]
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:03.000
    /// Another format.
    /// ```
    ///
    /// ```srt passes default-any extensions=["srt"]
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// The right format.
    /// ```
    FILE_TYPE {
        code: codes::FILE_TYPE, zh: "文件类型可被接收",
        settings: &["extensions"],
        applies: |scene| scene.profile.extensions.is_some() && scene.source.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(source)) = (&scene.profile.extensions, scene.source) else { return };
    let name = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    let Some((_, extension)) = name.rsplit_once('.') else { return };
    if !limit.value.iter().any(|known| known.eq_ignore_ascii_case(extension)) {
        findings.file(|d| {
            d.with("found", extension).with("limit", limit.value.join(", ")).with("source", scene.cite(&limit.origin))
        });
    }
}
