//! The grammars of values.

use crate::codec::ttml::color;

/// What a value must be.
pub(super) enum Grammar {
    Any,
    OneOf(&'static [&'static str]),
    /// One or more of the words.
    Words(&'static [&'static str]),
    /// A word, or what the other grammar says.
    Word(&'static str, &'static Grammar),
    Color,
    /// `#rrggbb` or `#rrggbbaa`: no names.
    Hex,
    /// An XML name without a colon.
    Name,
    /// The id of a region; ids of styles.
    Region,
    Styles,
    /// TTML2 §12.3.1.
    Time,
    /// EBU Tech 3380, distributionMediaTimingType: hours, minutes, seconds, perhaps a fraction.
    MediaTime,
    /// So many whole numbers above zero.
    Counts(usize),
    /// From so many to so many lengths in these units, none below zero.
    Lengths(usize, usize, &'static [&'static str]),
    /// One length, or the same twice.
    FontSize(&'static [&'static str]),
    /// `auto`, or two lengths.
    Box(&'static [&'static str]),
    /// `auto`, or two lengths in pixels.
    Pixels,
    /// One length with a sign.
    Signed(&'static [&'static str]),
    Number,
    Position,
    Reserve(&'static [&'static str]),
    Emphasis(&'static [&'static str]),
    Outline(&'static [&'static str]),
    Shadow(&'static [&'static str]),
    /// Only where the document says that it is of an image profile.
    ImageProfile,
}

/// What a value needs of the document, beside its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Pixels,
    Frames,
    Ticks,
}

impl Grammar {
    /// Whether a value follows it, and what it then needs.
    pub(super) fn accepts(&self, text: &str, image: bool) -> Option<Needs> {
        let words = || text.split_ascii_whitespace();
        let count = words().count();
        let good = |good: bool| good.then_some(Needs::Nothing);
        match self {
            Grammar::Any | Grammar::Region | Grammar::Styles => Some(Needs::Nothing),
            Grammar::OneOf(known) => good(known.contains(&text.trim())),
            Grammar::Words(known) => good(count > 0 && words().all(|word| known.contains(&word))),
            Grammar::Word(word, other) => {
                if text.trim() == *word {
                    Some(Needs::Nothing)
                } else {
                    other.accepts(text, image)
                }
            }
            Grammar::Color => good(color::parse(text).is_some()),
            Grammar::Hex => good(text.starts_with('#') && color::parse(text).is_some()),
            Grammar::Name => good(is_name(text)),
            Grammar::Time => time(text.trim()),
            Grammar::MediaTime => good(time(text) == Some(Needs::Nothing) && text.contains(':')),
            Grammar::Counts(expected) => {
                let whole = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) && word.bytes().any(|b| b != b'0');
                good(count == *expected && words().all(whole))
            }
            Grammar::Lengths(least, most, units) => {
                if (*least..=*most).contains(&count) {
                    lengths(words(), units, false)
                } else {
                    None
                }
            }
            Grammar::FontSize(units) => {
                let first = words().next()?;
                if count <= 2 && words().all(|word| word == first) { lengths(words(), units, false) } else { None }
            }
            Grammar::Box(units) => {
                if text.trim() == "auto" {
                    return Some(Needs::Nothing);
                }
                if count == 2 { lengths(words(), units, false) } else { None }
            }
            Grammar::Pixels => {
                let pixels = count == 2 && lengths(words(), &["px"], false).is_some();
                good(pixels || text.trim() == "auto")
            }
            Grammar::Signed(units) => {
                if count == 1 {
                    lengths(words(), units, true)
                } else {
                    None
                }
            }
            Grammar::Number => good(text.trim().parse::<f64>().is_ok_and(|n| n.is_finite() && n >= 0.0)),
            Grammar::Position => {
                let keyword = |word: &&str| matches!(*word, "left" | "right" | "top" | "bottom" | "center");
                if !(1..=4).contains(&count) {
                    return None;
                }
                lengths(words().filter(|word| !keyword(word)), &["%", "px", "em", "rw", "rh"], true)
            }
            Grammar::Reserve(units) => reserve(text, units),
            Grammar::Emphasis(known) => {
                let quoted = |word: &str| word.starts_with(['"', '\'']) || word.ends_with(['"', '\'']);
                good(count > 0 && words().all(|w| known.contains(&w) || quoted(w) || color::parse(w).is_some()))
            }
            Grammar::Outline(units) => outline(text, units),
            Grammar::Shadow(units) => shadow(text, units),
            Grammar::ImageProfile => good(image),
        }
    }
}

/// A name of XML (NCName), as far as identifiers use it.
fn is_name(text: &str) -> bool {
    let first = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '·'))
}

/// `tts:rubyReserve`: a place, and a length for it.
fn reserve(text: &str, units: &[&str]) -> Option<Needs> {
    let mut words = text.split_ascii_whitespace();
    let place = words.next().is_some_and(|place| matches!(place, "none" | "both" | "before" | "after" | "outside"));
    if place && words.clone().count() <= 1 { lengths(words, units, false) } else { None }
}

/// `tts:textOutline`: a colour and a length.
fn outline(text: &str, units: &[&str]) -> Option<Needs> {
    if text.trim() == "none" {
        return Some(Needs::Nothing);
    }
    // Outlines have no lists.
    let text = joined(text).replace(JOINT, ",");
    let rest: Vec<&str> = text.split_ascii_whitespace().filter(|w| color::parse(w).is_none()).collect();
    if rest.len() == 1 { lengths(rest.into_iter(), units, false) } else { None }
}

/// `tts:textShadow`: a list, each two lengths or three and a colour.
fn shadow(text: &str, units: &[&str]) -> Option<Needs> {
    if text.trim() == "none" {
        return Some(Needs::Nothing);
    }
    joined(text).split(',').try_fold(Needs::Nothing, |needs, shadow| {
        let shadow = shadow.replace(JOINT, ",");
        let rest: Vec<&str> = shadow.split_ascii_whitespace().filter(|w| color::parse(w).is_none()).collect();
        let found = lengths(rest.iter().copied(), units, true).filter(|_| matches!(rest.len(), 2 | 3))?;
        Some(if found == Needs::Nothing { needs } else { found })
    })
}

/// Stands for the commas inside a colour, which part no list.
const JOINT: char = '\u{1}';

/// Colours as single words: `rgb(1, 2, 3)` loses its spaces, and in lists its commas.
fn joined(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match c {
            ' ' if depth > 0 => {}
            ',' if depth > 0 => out.push(JOINT),
            _ => out.push(c),
        }
    }
    out
}

/// Lengths in these units.
fn lengths<'a>(words: impl Iterator<Item = &'a str>, units: &[&str], signed: bool) -> Option<Needs> {
    let mut needs = Needs::Nothing;
    for word in words {
        let number_end =
            word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(word.len());
        let (number, unit) = word.split_at_checked(number_end)?;
        let digits = number.trim_start_matches(['+', '-']);
        let good = number.len().saturating_sub(digits.len()) <= 1
            && digits.bytes().any(|b| b.is_ascii_digit())
            && digits.bytes().filter(|b| *b == b'.').count() <= 1
            && !digits.contains(['+', '-']);
        if !good || !units.contains(&unit) || (!signed && number.starts_with('-')) {
            return None;
        }
        if unit == "px" {
            needs = Needs::Pixels;
        }
    }
    Some(needs)
}

/// A time expression of the media time base.
fn time(text: &str) -> Option<Needs> {
    let digits = |part: &str, least: usize| part.len() >= least && part.bytes().all(|b| b.is_ascii_digit());
    let decimal = |part: &str, least: usize| match part.split_once('.') {
        Some((whole, fraction)) => digits(whole, least) && digits(fraction, 1),
        None => digits(part, least),
    };
    if text.contains(':') {
        let parts: Vec<&str> = text.split(':').collect();
        let sixty = |part: &str| part.get(..2).and_then(|n| n.parse::<u8>().ok()).is_some_and(|n| n < 60);
        return match parts.as_slice() {
            [h, m, s] => {
                let good = digits(h, 2) && digits(m, 2) && m.len() == 2 && sixty(m) && decimal(s, 2) && sixty(s);
                (good && s.split('.').next().is_some_and(|s| s.len() == 2)).then_some(Needs::Nothing)
            }
            [h, m, s, f] => {
                let good = digits(h, 2) && digits(m, 2) && digits(s, 2) && sixty(m) && sixty(s) && digits(f, 2);
                good.then_some(Needs::Frames)
            }
            _ => None,
        };
    }
    let metric = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, metric) = text.split_at_checked(metric)?;
    let needs = match metric {
        "h" | "m" | "s" | "ms" => Needs::Nothing,
        "f" => Needs::Frames,
        "t" => Needs::Ticks,
        _ => return None,
    };
    decimal(number, 1).then_some(needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_their_grammars() {
        let units: &[&str] = &["%", "px"];
        for (grammar, good, bad) in [
            (
                Grammar::Box(&["%", "px"]),
                vec!["auto", "10% 20%", "+1% 2px"],
                vec!["10%", "1c 1c", "-1% 2%", "1% 2% 3%"],
            ),
            (Grammar::Counts(2), vec!["16 9"], vec!["16", "0 9", "-1 9", ""]),
            (
                Grammar::Outline(&["%", "px"]),
                vec!["none", "red 5%", "rgb(1, 2, 3) 5%", "2px"],
                vec!["red 5% 2%", "1c", ""],
            ),
            (Grammar::Shadow(&["%", "px"]), vec!["1px 1px", "red 1px 2px 3px, rgb(1,2,3) 1px 1px"], vec!["1px", "red"]),
            (Grammar::Position, vec!["center", "right 10% bottom 2px", "-5% 0%"], vec!["", "middle", "1c"]),
            (
                Grammar::Time,
                vec!["1.5s", "00:00:01", "00:00:01:02", "3t", "100:00:00.5"],
                vec!["1", "0:00:01", "-1s", "x"],
            ),
        ] {
            for text in good {
                assert!(grammar.accepts(text, false).is_some(), "{text}");
            }
            for text in bad {
                assert!(grammar.accepts(text, false).is_none(), "{text}");
            }
        }
        assert_eq!(lengths("1px".split(' '), units, false), Some(Needs::Pixels));
        assert_eq!(time("5f"), Some(Needs::Frames));
    }
}
