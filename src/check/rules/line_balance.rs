use super::prelude::*;

rule! {
    /// Two lines are not of very different length.
    ///
    /// **Why.** A single word below a full line looks lost, and the eye travels further than it needs to.
    ///
    /// **Source.** house, a note only: found if one line has less than a quarter of the other and the text could be broken more evenly at a
    /// place as good. BBC Subtitle Guidelines hold that sense outranks shape.
    ///
    /// ```srt fails default-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// We went home again after dark, tired
    /// but glad
    /// ```
    ///
    /// ```srt passes default-en
    /// 1
    /// 00:00:01,000 --> 00:00:05,000
    /// We went home again
    /// after dark, tired but glad
    /// ```
    LINE_BALANCE {
        code: codes::LINE_BALANCE, zh: "两行长度相近",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::LINES]), check),
    }
}

fn check(scene: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let mut lines = seen.lines();
    let (Some((_, first)), Some((at, second)), None) = (lines.next(), lines.next(), lines.next()) else { return };
    let ruler = scene.profile.line_ruler.value;
    let (a, b) = (ruler.width(first).as_halves(), ruler.width(second).as_halves());
    let uneven = |a: u32, b: u32| a.min(b).saturating_mul(4) < a.max(b);
    let dialogue = [first, second].iter().any(|line| line.starts_with(['-', '–', '—']) || scene.label(line).is_some());
    if !uneven(a, b) || dialogue || scene.is_bilingual(seen.text()) {
        return;
    }
    let space = if seen.facts.traits.has(Traits::HAN.and(Traits::KANA)) { "" } else { " " };
    let joined = [first.trim_end(), space, second].concat();
    let own = first.trim_end().len().saturating_add(space.len());
    let breaks = scene.words().breaks(&joined, &[]);
    let cost = breaks.iter().find(|b| b.at as usize == own).map_or(u16::MAX, |b| b.cost);
    let limit = scene.profile.max_line.as_ref().map_or(u32::MAX, |limit| limit.value.saturating_mul(2));
    let better = breaks.iter().any(|b| {
        let (x, y) = joined.split_at_checked(b.at as usize).unwrap_or_default();
        let (x, y) = (ruler.width(x.trim_end()).as_halves(), ruler.width(y).as_halves());
        b.cost <= cost && !uneven(x, y) && x.max(y) <= limit
    });
    if better {
        findings.text(seen, at..seen.text().len(), |d| {
            d.with("first", number(f64::from(a) / 2.0))
                .with("second", number(f64::from(b) / 2.0))
                .with_fix(false, scene.rebroken(seen))
        });
    }
}
