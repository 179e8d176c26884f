use super::prelude::*;
use crate::profile::Newlines;

rule! {
    /// Lines end as the place asks.
    ///
    /// **Why.** Some players and editors show the other line ends as one long line, or as boxes.
    ///
    /// **Source.** The profile's `newlines`.
    ///
    /// ```srt fails default-any newlines="crlf"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Line feeds only.
    /// ```
    ///
    /// ```srt passes default-any newlines="lf"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// Line feeds only.
    /// ```
    NEWLINES {
        code: codes::NEWLINES, zh: "换行符符合要求",
        settings: &["newlines"],
        applies: |scene| scene.profile.newlines.is_some() && scene.source.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(source)) = (&scene.profile.newlines, scene.source) else { return };
    let text = source.text().as_bytes();
    let name = if limit.value == Newlines::Lf { "LF" } else { "CRLF" };
    let feeds = memchr::memchr_iter(b'\n', text).count();
    let pairs = memchr::memmem::find_iter(text, b"\r\n").count();
    let returns = memchr::memchr_iter(b'\r', text).count();
    let wrong = match limit.value {
        Newlines::Lf => returns,
        Newlines::CrLf => feeds.saturating_sub(pairs).saturating_add(returns.saturating_sub(pairs)),
    };
    if wrong > 0 {
        findings.file(|d| d.with("count", wrong).with("limit", name).with("source", scene.cite(&limit.origin)));
    }
}
