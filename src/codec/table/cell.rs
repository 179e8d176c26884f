//! Cells with times.

use crate::codec::native::decimal;
use crate::time::{FLICKS_PER_SECOND, Timecode};

/// A time as a cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// So many flicks.
    Clock(i64),
    /// A number with a fraction: so many flicks if it counts seconds.
    Number(i64),
    /// A whole number. What it counts, the table as a whole must tell.
    Whole(i64),
    /// A time code with frames.
    Code(Timecode),
}

/// No time is longer: `00:00:00.` and as many digits as anything writes.
const LONGEST: usize = 40;

/// Units behind a number, and how many of them make a second.
const UNITS: [(&str, i64); 6] = [("毫秒", 1000), ("msec", 1000), ("ms", 1000), ("秒", 1), ("sec", 1), ("s", 1)];

/// Reads `83`, `83.5`, `83,5`, `1500ms`, `1:23`, `00:01:23,500`, `00:01:23:12`, `00;01;23;12`.
pub(super) fn time(cell: &str) -> Option<Cell> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > LONGEST {
        return None;
    }
    if cell.contains([':', ';']) {
        return clock(cell);
    }
    let unit = UNITS.iter().find_map(|(name, parts)| Some((cell.strip_suffix(name)?.trim_end(), *parts)));
    if let Some((number, parts)) = unit {
        return decimal::parse(&point(number), FLICKS_PER_SECOND.checked_div(parts)?).map(Cell::Clock);
    }
    match cell.parse() {
        Ok(whole) => Some(Cell::Whole(whole)),
        Err(_) => decimal::parse(&point(cell), FLICKS_PER_SECOND).map(Cell::Number),
    }
}

/// A decimal number with a point where people write a comma, and a digit before it.
fn point(number: &str) -> String {
    let number = number.replace(',', ".");
    if number.starts_with('.') { ["0", &number].concat() } else { number }
}

/// `[h:]m:s[.fraction]`, or `h:m:s:f`. Three digits behind the seconds are milliseconds.
fn clock(cell: &str) -> Option<Cell> {
    let (negative, cell) = cell.strip_prefix('-').map_or((false, cell), |rest| (true, rest));
    let parts = cell.split([':', ';']).count();
    let tail = cell.rsplit([':', ';']).next().unwrap_or_default();
    if parts == 4 && tail.len() != 3 {
        return Timecode::parse(cell).filter(|_| !negative).map(Cell::Code);
    }
    if !(2..=4).contains(&parts) {
        return None;
    }
    let (front, seconds) = match parts {
        4 => {
            let (front, millis) = cell.rsplit_once([':', ';'])?;
            let (front, seconds) = front.rsplit_once([':', ';'])?;
            (front, [seconds, ".", millis].concat())
        }
        _ => cell.rsplit_once([':', ';']).map(|(front, seconds)| (front, point(seconds)))?,
    };
    let mut minutes = 0i64;
    for part in front.split([':', ';']) {
        let part = part.trim();
        // Nine digits: no hour of any file comes near.
        if part.is_empty() || part.len() > 9 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        minutes = minutes.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let seconds = seconds.trim();
    if !seconds.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let flicks = decimal::parse(seconds, FLICKS_PER_SECOND)?;
    let flicks = minutes.checked_mul(60)?.checked_mul(FLICKS_PER_SECOND)?.checked_add(flicks)?;
    Some(Cell::Clock(if negative { flicks.saturating_neg() } else { flicks }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    #[test]
    fn times_are_read_in_every_spelling() {
        for (cell, millis) in [
            ("83.5", 83_500),
            ("83,5", 83_500),
            (".5", 500),
            ("-1.5", -1_500),
            ("1500ms", 1_500),
            ("1.5 s", 1_500),
            ("2秒", 2_000),
            ("1:23", 83_000),
            ("00:01:23,500", 83_500),
            ("0:01:23.5", 83_500),
            ("00:01:23:500", 83_500),
            ("-0:00:01.000", -1_000),
            ("5e-1", 500),
        ] {
            let (Some(Cell::Clock(flicks) | Cell::Number(flicks)), expected) = (time(cell), Time::from_millis(millis))
            else {
                panic!("{cell}: {:?}", time(cell))
            };
            assert_eq!(Time::from_flicks(flicks), expected, "{cell}");
        }
        assert_eq!(time("83"), Some(Cell::Whole(83)));
        assert_eq!(time("00:00:06:02"), Timecode::parse("00:00:06:02").map(Cell::Code));
        assert!(matches!(time("00;00;06;02"), Some(Cell::Code(code)) if code.drop));
        for cell in
            ["", " ", "soon", "1:2:3:4:5", ":", "1:", "a:1", "1:b", "9999999999:00:00", &"1".repeat(50), "1:1e3"]
        {
            assert_eq!(time(cell), None, "{cell}");
        }
    }
}
