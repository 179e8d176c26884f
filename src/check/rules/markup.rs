use super::prelude::*;
use crate::model::MarkKind;

rule! {
    /// Markup that the place does not show is not used.
    ///
    /// **Why.** It is dropped without a word, or shown as text: `<i>`.
    ///
    /// **Source.** The profile's `markup`: the kinds that are shown there.
    ///
    /// ```srt fails default-any markup=[]
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// This is <i>slanted</i>.
    /// ```
    ///
    /// ```srt passes default-any markup=["italic"]
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// This is <i>slanted</i>.
    /// ```
    MARKUP {
        code: codes::MARKUP, zh: "不使用不会显示的标记",
        settings: &["markup"],
        applies: |scene| scene.profile.markup.is_some(),
        check: Check::Cue(Needs::NOTHING, check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = &scene.profile.markup else { return };
    let shown = |name: &str| limit.value.iter().any(|kind| kind == name);
    let marks = seen.cue.text.marks.iter().filter_map(|mark| Some((name(&mark.kind)?, mark.bytes())));
    let placed = seen.cue.placement.is_some().then_some(("placement", 0..0));
    let mut said: Vec<&str> = Vec::new();
    for (name, range) in marks.chain(placed) {
        if !shown(name) && !said.contains(&name) {
            said.push(name);
            findings.text(seen, range, |d| d.with("kind", name).with("source", scene.cite(&limit.origin)));
        }
    }
}

/// What profiles call a mark ([`crate::profile::MARKUP`]); `None` for what is no markup in a file.
fn name(kind: &MarkKind) -> Option<&'static str> {
    Some(match kind {
        MarkKind::Voice(_) => "voice",
        MarkKind::Lang(_) => "lang",
        MarkKind::Class(_) => "class",
        MarkKind::Bold => "bold",
        MarkKind::Italic => "italic",
        MarkKind::Underline => "underline",
        MarkKind::Strike => "strike",
        MarkKind::Color(_) => "color",
        MarkKind::Background(_) => "background",
        MarkKind::Font(_) => "font",
        MarkKind::Ruby(_) => "ruby",
        MarkKind::Emphasis(_) => "emphasis",
        MarkKind::Upright => "upright",
        MarkKind::Shown(_) => "inner-time",
        MarkKind::Gloss(_) | MarkKind::Unsaid(_) | MarkKind::Raw(_) => return None,
    })
}
