use super::prelude::*;
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// No markup of another format stands in the text.
    ///
    /// **Why.** It is shown as it is: `{\an8}`, `&nbsp;`, `\N`.
    ///
    /// **Source.** house: what a format does not know is text, and a reader sees it.
    ///
    /// ```vtt fails
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:03.000
    /// {\an8}Up there
    /// ```
    ///
    /// ```vtt passes
    /// WEBVTT
    ///
    /// 00:01.000 --> 00:03.000 line:0
    /// Up there
    /// ```
    LEFTOVER_MARKUP {
        code: codes::LEFTOVER_MARKUP, zh: "正文中没有其他格式的标记",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::MARKUP]), check),
    }
}

/// Tags of SubRip and WebVTT, overrides of ASS, codes of MicroDVD, character references, line breaks of ASS.
static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        </?(?:[biuscv]|font|span|ruby|rt|lang|br|p|div)(?:[\s.][^<>\n]{0,200})?/?>
        | \{\\[^{}\n]{1,200}\} | \{[yYfFsScCPH]:[^{}\n]{1,60}\}
        | &(?:nbsp|lt|gt|amp|quot|apos|lrm|rlm|\#[0-9]{1,7}|\#x[0-9A-Fa-f]{1,6});
        | \\[Nnh]
    ",
    )
    .ok()
});

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(markup) = MARKUP.as_ref() else { return };
    for found in markup.find_iter(seen.text()) {
        findings.text(seen, found.range(), |d| d.with("text", found.as_str()));
    }
}
