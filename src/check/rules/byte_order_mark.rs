use super::prelude::*;
use crate::profile::Bom;

rule! {
    /// The file begins with a byte order mark, or does not, as the place asks.
    ///
    /// **Why.** Some learning platforms take the mark for a character of the first cue's number and refuse the file; some
    /// programs take a file without one for another encoding.
    ///
    /// **Source.** The profile's `bom`.
    ///
    /// ```srt fails default-any bom="required"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// No mark.
    /// ```
    ///
    /// ```srt passes default-any bom="forbidden"
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// No mark.
    /// ```
    BYTE_ORDER_MARK {
        code: codes::BYTE_ORDER_MARK, zh: "字节顺序标记（BOM）符合要求",
        settings: &["bom"],
        applies: |scene| scene.profile.bom.is_some() && scene.source.is_some(),
        check: Check::Track(check),
    }
}

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let (Some(limit), Some(source)) = (&scene.profile.bom, scene.source) else { return };
    let wanted = limit.value == Bom::Required;
    if source.bytes().is_empty() && source.encoding().bom != wanted {
        let what = if wanted {
            ["has no byte order mark, and needs one", "缺少字节顺序标记（BOM）"]
        } else {
            ["has a byte order mark, and must not", "不应有字节顺序标记（BOM）"]
        };
        findings.file(|d| d.with("what", what).with("source", scene.cite(&limit.origin)));
    }
}
