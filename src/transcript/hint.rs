//! Times in the text: `[00:01:23]`, `(1:23)`, `0:05`.

use crate::time::Time;
use std::ops::Range;

/// A time that the article gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hint {
    /// Where it is written, brackets included.
    pub(super) range: Range<usize>,
    /// The time.
    pub(super) time: Time,
    /// It stands in brackets.
    pub(super) bracketed: bool,
    /// It names hours, minutes and seconds.
    pub(super) full: bool,
}

/// The hint that `text` starts with, if it does, and what follows. `at` is the offset of `text` in the article.
pub(super) fn read(text: &str, at: usize) -> Option<(Hint, &str)> {
    let bracketed = text.starts_with(['[', '(', '（', '【', '［', '<']);
    let inside = if bracketed { after_first(text).trim_start() } else { text };
    let ((time, full), mut rest) = clock(inside)?;
    // A range (`0:10 - 0:15`, `00:10 --> 00:15`): its start is the hint.
    if let Some((_, after)) = range_end(rest) {
        rest = after;
    }
    if bracketed {
        rest = rest.trim_start().strip_prefix([']', ')', '）', '】', '］', '>'])?;
    }
    let end = at.saturating_add(text.len().saturating_sub(rest.len()));
    Some((Hint { range: at..end, time, bracketed, full }, rest))
}

fn range_end(rest: &str) -> Option<((Time, bool), &str)> {
    let rest = rest.trim_start_matches(' ');
    let dashed = ["-->", "—", "–", "-", "~", "～"].iter().find_map(|dash| rest.strip_prefix(dash))?;
    clock(dashed.trim_start_matches(' '))
}

/// `h:mm:ss` or `m:ss`, with a fraction or without. A ratio such as `3:1` or `16:9` is none: seconds have two digits.
pub(super) fn clock(text: &str) -> Option<((Time, bool), &str)> {
    let (first, rest) = number(text, 1..=3)?;
    let (second, rest) = number(colon(rest)?, 2..=2)?;
    let third = colon(rest).and_then(|rest| number(rest, 2..=2));
    let (hours, minutes, seconds, rest) = match third {
        Some((third, rest)) => (first, second, third, rest),
        None => (0, first, second, rest),
    };
    if seconds > 59 || (third.is_some() && minutes > 59) {
        return None;
    }
    let (millis, rest) = fraction(rest);
    // `1:23:4`, `1:234` and `12:30pm` are something else.
    if rest.starts_with(|c: char| c.is_alphanumeric() && c.is_ascii()) || colon(rest).is_some_and(starts_with_digit) {
        return None;
    }
    let total = hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60)).saturating_add(seconds);
    Some(((Time::from_millis(total.saturating_mul(1000).saturating_add(millis)), third.is_some()), rest))
}

fn fraction(rest: &str) -> (i64, &str) {
    let digits = rest.strip_prefix(['.', ',']).and_then(|after| number(after, 1..=3).map(|(n, tail)| (n, after, tail)));
    match digits {
        Some((n, after, tail)) => {
            let scale = [100, 10, 1].get(after.len().saturating_sub(tail.len()).saturating_sub(1)).copied();
            (n.saturating_mul(scale.unwrap_or(1)), tail)
        }
        None => (0, rest),
    }
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i64, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let found = text.strip_suffix(rest)?;
    digits.contains(&found.len()).then(|| found.parse().ok().map(|n| (n, rest)))?
}

fn colon(text: &str) -> Option<&str> {
    text.strip_prefix([':', '：'])
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn after_first(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str) -> Option<(i64, &str)> {
        read(text, 0).map(|(hint, rest)| (hint.time.to_millis(crate::time::Round::Nearest), rest))
    }

    #[test]
    fn times_are_read_and_ratios_are_not() {
        assert_eq!(millis("[00:01:23] so"), Some((83_000, " so")));
        assert_eq!(millis("（1:23）"), Some((83_000, "")));
        assert_eq!(millis("1:02:03.5 x"), Some((3_723_500, " x")));
        assert_eq!(millis("00:10,250 --> 00:12,000"), Some((10_250, "")));
        assert_eq!(millis("[0:10 – 0:15] x"), Some((10_000, " x")));
        for other in ["3:1", "16:9", "10:75", "1:2:3", "0:61:00", "12:30pm", "[1:23", "John 3:16", "2016"] {
            assert_eq!(millis(other), None, "{other}");
        }
    }
}
