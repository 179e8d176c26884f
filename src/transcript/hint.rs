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

/// What follows the date and the time of day of a message at the start of `text`: `[12/03/2023, 10:15:03] `,
/// `2023-03-12 10:15 AM`. They are no times of the media.
pub(super) fn stamp(text: &str) -> Option<&str> {
    let of_date = |c: char| c.is_ascii_digit() || matches!(c, '[' | '/' | '-' | '.' | '年' | '月' | '日');
    let after = text.trim_start_matches(of_date);
    let date = text.strip_suffix(after)?;
    let parts = date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    if parts != 3 || date.len() > MAX_DATE {
        return None;
    }
    let (_, rest) = clock(after.trim_start_matches([',', ' ']))?;
    let halves = ["\u{202F}AM", "\u{202F}PM", " AM", " PM", "\u{202F}am", "\u{202F}pm", " am", " pm"];
    let rest = halves.iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest);
    Some(if date.starts_with('[') { rest.strip_prefix(']').unwrap_or(rest) } else { rest })
}

fn range_end(rest: &str) -> Option<((Time, bool), &str)> {
    let rest = rest.trim_start_matches(' ');
    let dashed = ["-->", "—", "–", "-", "~", "～"].iter().find_map(|dash| rest.strip_prefix(dash))?;
    clock(dashed.trim_start_matches(' '))
}

/// Longest date in figures, in bytes: `[2023年12月31日`.
const MAX_DATE: usize = 24;

/// Frames of a time code are taken as of this many a second: with 24 to 30 they are off by a fifth of a second at most.
const FRAMES_PER_SECOND: i64 = 25;

/// `h:mm:ss` or `m:ss`, with a fraction, with frames or without. A ratio such as `3:1` or `16:9` is none: seconds have
/// two digits.
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
    let frames = third.and_then(|_| number(rest.strip_prefix([':', '：', ';'])?, 2..=2)).filter(|(n, _)| *n < 60);
    let (millis, rest) = match frames {
        Some((frames, rest)) => (frames.min(FRAMES_PER_SECOND).saturating_mul(1000 / FRAMES_PER_SECOND), rest),
        None => fraction(rest),
    };
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
            let digits = after.chars().take_while(|c| digit(*c).is_some()).count();
            let scale = [100, 10, 1].get(digits.saturating_sub(1)).copied();
            (n.saturating_mul(scale.unwrap_or(1)), tail)
        }
        None => (0, rest),
    }
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i64, &str)> {
    let mut rest = text;
    let (mut value, mut count) = (0i64, 0usize);
    while let Some(digit) = rest.chars().next().and_then(digit) {
        value = value.saturating_mul(10).saturating_add(digit);
        count = count.saturating_add(1);
        rest = after_first(rest);
        if count > *digits.end() {
            return None;
        }
    }
    digits.contains(&count).then_some((value, rest))
}

/// A decimal digit, of half or of full width.
pub(super) fn digit(c: char) -> Option<i64> {
    let narrow =
        if ('０'..='９').contains(&c) { u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32)? } else { c };
    narrow.to_digit(10).map(i64::from)
}

fn colon(text: &str) -> Option<&str> {
    text.strip_prefix([':', '：'])
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| digit(c).is_some())
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
        assert_eq!(millis("００：０１：２３ x"), Some((83_000, " x")));
        assert_eq!(millis("01:00:00:05 x"), Some((3_600_200, " x")));
        assert_eq!(millis("[00:00:01;12]"), Some((1_480, "")));
        assert_eq!(millis("00:00:07,5"), Some((7_500, "")));
        for other in ["3:1", "16:9", "10:75", "1:2:3", "0:61:00", "12:30pm", "[1:23", "John 3:16", "2016"] {
            assert_eq!(millis(other), None, "{other}");
        }
    }
}
