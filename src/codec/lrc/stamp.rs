//! `mm:ss.xx`.

use crate::time::Time;
use std::fmt::Write as _;

/// The last minute that a time can have has nine digits.
const MINUTE_DIGITS: usize = 9;
/// Minutes, seconds, three digits of a fraction, the marks between them, and the closing bracket.
const LONGEST: usize = MINUTE_DIGITS + 8;

/// Reads a stamp in these brackets at the beginning: the time and the rest. Minutes have as many digits as they need, the fraction one to
/// three, after a point or a colon, or none.
pub(super) fn stamp(text: &str, (open, close): (char, char)) -> Option<(Time, &str)> {
    let text = text.strip_prefix(open)?;
    // Nothing longer is a time, and a text of opening brackets costs no more than its size.
    let end = text.bytes().take(LONGEST).position(|b| b == u8::try_from(close).unwrap_or(0))?;
    let (inside, rest) = (text.get(..end)?, text.get(end.saturating_add(1)..)?);
    let (minutes, seconds) = inside.split_once(':')?;
    let (seconds, fraction) = seconds.split_once(['.', ':']).unwrap_or((seconds, ""));
    let number = |digits: &str, most: usize| {
        let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (minutes, seconds) = (number(minutes, MINUTE_DIGITS)?, number(seconds, 2).filter(|s| *s < 60)?);
    let millis = if fraction.is_empty() { 0 } else { number(&format!("{fraction:0<3}"), 3)? };
    let total = minutes.saturating_mul(60_000).saturating_add(seconds.saturating_mul(1000)).saturating_add(millis);
    Some((Time::from_millis(total), rest))
}

/// Without what shows nothing at its edges: white space and U+FEFF, which stands where files were put together.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_edge)
}

/// What is no part of a line at its edges.
pub(super) fn is_edge(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// The brackets of lines.
pub(super) const LINE: (char, char) = ('[', ']');
/// The brackets of words.
pub(super) const WORD: (char, char) = ('<', '>');

/// Appends a time in hundredths of a second.
pub(super) fn push(out: &mut String, hundredths: u64, (open, close): (char, char)) {
    let (seconds, fraction) = (hundredths / 100, hundredths % 100);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    // Writing to a string cannot fail.
    let _ = write!(out, "{open}{minutes:02}:{seconds:02}.{fraction:02}{close}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_as_players_do() {
        for (text, millis) in [
            ("[00:01.50]", 1500),
            ("[1:2.5]", 62_500),
            ("[100:00]", 6_000_000),
            ("[00:01:250]", 1250),
            ("[00:00.005]", 5),
            ("[108000000:00]", 6_480_000_000_000),
        ] {
            assert_eq!(stamp(text, LINE), Some((Time::from_millis(millis), "")), "{text}");
        }
        for text in [
            "",
            "[",
            "[ti:x]",
            "[00:60.00]",
            "[00:00.0000]",
            "[a:b]",
            "<00:01.00>",
            "[1234567890:00]",
            "[1234567890123:00]",
            "[00:é0]",
        ] {
            assert_eq!(stamp(text, LINE), None, "{text}");
        }
    }
}
