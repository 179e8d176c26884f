//! How a cue looks: who speaks, how its words are styled, where it stands. In words that all formats share; codes that only one format
//! knows are not compared.

use super::{Texts, squeezed};
use crate::model::{Align, Cue, Decimal, Line, LineAlign, MarkKind, Placement, Position, PositionAlign, WritingMode};
use std::collections::HashMap;
use std::fmt::Write as _;

/// What `a` and `b` name differently, each as often as it does; `None` if that is nothing.
fn apart(a: Vec<String>, b: Vec<String>) -> Option<Texts> {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for (list, by) in [(&a, 1), (&b, -1)] {
        for one in list {
            let count = counts.entry(one).or_default();
            *count = count.saturating_add(by);
        }
    }
    let mut take = |list: &[String], sign: i64| -> Vec<String> {
        let mut own = |one: &&String| match counts.get_mut(one.as_str()) {
            Some(count) if count.signum() == sign => {
                *count = count.saturating_sub(sign);
                true
            }
            _ => false,
        };
        list.iter().filter(|one| own(one)).cloned().collect()
    };
    let (gone, new) = (take(&a, 1), take(&b, -1));
    (!gone.is_empty() || !new.is_empty()).then_some(Texts { a: gone, b: new })
}

/// The speakers of two cues, if they differ.
pub(super) fn speakers(a: &Cue, b: &Cue) -> Option<Texts> {
    let names = |cue: &Cue| -> Vec<String> {
        let voice = |kind: &MarkKind| match kind {
            MarkKind::Voice(voice) => Some(voice.name.clone()),
            _ => None,
        };
        let mut names: Vec<String> = cue.text.marks.iter().filter_map(|mark| voice(&mark.kind)).collect();
        names.dedup();
        names
    };
    let (a, b) = (names(a), names(b));
    (a != b).then_some(Texts { a, b })
}

/// The styles of two cues, if they differ: each with the words that it is on, if the words are the same.
pub(super) fn styles(a: &Cue, b: &Cue) -> Option<Texts> {
    let same = squeezed(&a.text.plain) == squeezed(&b.text.plain);
    let styles = |cue: &Cue| -> Vec<String> {
        let one = |mark: &crate::model::Mark| {
            let name = style(&mark.kind)?;
            let words = cue.text.plain.get(mark.bytes()).unwrap_or_default();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            // What is on no word is not seen.
            (!words.is_empty()).then(|| if same { format!("{name}: {words}") } else { name })
        };
        let mut styles: Vec<String> = cue.text.marks.iter().filter_map(one).collect();
        if !same {
            styles.sort();
            styles.dedup();
        }
        styles
    };
    apart(styles(a), styles(b))
}

/// What a mark makes of words; `None` if that is nothing to see.
fn style(kind: &MarkKind) -> Option<String> {
    Some(match kind {
        MarkKind::Lang(lang) => format!("lang {lang}"),
        MarkKind::Class(class) => format!("class {class}"),
        MarkKind::Bold => "bold".to_owned(),
        MarkKind::Italic => "italic".to_owned(),
        MarkKind::Underline => "underline".to_owned(),
        MarkKind::Strike => "strike".to_owned(),
        MarkKind::Color(color) => format!("color {}", color),
        MarkKind::Background(color) => format!("background {}", color),
        MarkKind::Font(font) => {
            let parts = [font.family.as_deref(), font.size.as_deref()];
            ["font"].into_iter().chain(parts.into_iter().flatten()).collect::<Vec<_>>().join(" ")
        }
        MarkKind::Ruby(ruby) => format!("ruby {}", ruby.text.plain),
        MarkKind::Emphasis(form) => format!("emphasis {form:?}").to_lowercase(),
        MarkKind::Upright => "upright".to_owned(),
        MarkKind::Voice(_) | MarkKind::Gloss(_) | MarkKind::Unsaid(_) | MarkKind::Shown(_) | MarkKind::Raw(_) => {
            return None;
        }
    })
}

/// The places of two cues, if they differ.
pub(super) fn places(a: &Cue, b: &Cue) -> Option<Texts> {
    let place = |cue: &Cue| cue.placement.as_deref().map(settings).filter(|place| !place.is_empty());
    let (a, b) = (place(a), place(b));
    (a != b).then(|| Texts { a: a.into_iter().collect(), b: b.into_iter().collect() })
}

/// A place in the words of WebVTT's cue settings (§4.4), without what is the usual.
fn settings(placement: &Placement) -> String {
    let Placement { writing, line, line_align, position, position_align, size, align, region } = placement;
    let usual = Placement::default();
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut put = |name: &str, value: &str| {
        let space = if out.is_empty() { "" } else { " " };
        let _ = write!(out, "{space}{name}:{value}");
    };
    match writing {
        WritingMode::Horizontal => {}
        WritingMode::VerticalRl => put("vertical", "rl"),
        WritingMode::VerticalLr => put("vertical", "lr"),
    }
    let edge = match line_align {
        LineAlign::Start => "",
        LineAlign::Center => ",center",
        LineAlign::End => ",end",
    };
    match line {
        Line::Auto if edge.is_empty() => {}
        Line::Auto => put("line", &["auto", edge].concat()),
        Line::Number(number) => put("line", &[&Decimal(*number).to_string(), edge].concat()),
        Line::Percent(share) => put("line", &[&Decimal(*share).to_string(), "%", edge].concat()),
    }
    let edge = match position_align {
        PositionAlign::Auto => "",
        PositionAlign::LineLeft => ",line-left",
        PositionAlign::Center => ",center",
        PositionAlign::LineRight => ",line-right",
    };
    match position {
        Position::Auto if edge.is_empty() => {}
        Position::Auto => put("position", &["auto", edge].concat()),
        Position::Percent(share) => put("position", &[&Decimal(*share).to_string(), "%", edge].concat()),
    }
    if *size != usual.size {
        put("size", &[&Decimal(*size).to_string(), "%"].concat());
    }
    match align {
        Align::Center => {}
        Align::Start => put("align", "start"),
        Align::End => put("align", "end"),
        Align::Left => put("align", "left"),
        Align::Right => put("align", "right"),
    }
    if let Some(region) = region {
        put("region", region);
    }
    out
}
