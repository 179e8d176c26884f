//! `HH:MM:SS.mmm` by its fixed places: the spelling that nearly every timestamp has, in formats with a point or a comma.

/// Reads it: milliseconds, and what stands before them. `None` if a place holds something else.
pub(in crate::codec) fn read(text: &[u8; 12]) -> Option<(i64, u8)> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, point, f1, f2, f3] = *text else { return None };
    // One look for all nine instead of nine branches.
    let digits = [h1, h2, m1, m2, s1, s2, f1, f2, f3];
    if m1 > b'5' || s1 > b'5' || digits.iter().fold(false, |bad, b| bad | !b.is_ascii_digit()) {
        return None;
    }
    let n = |b: u8| i64::from(b.wrapping_sub(b'0'));
    #[expect(clippy::arithmetic_side_effects, reason = "nine decimal digits make at most 360,000,000")]
    let millis = ((n(h1) * 10 + n(h2)) * 60 + n(m1) * 10 + n(m2)) * 60_000
        + (n(s1) * 10 + n(s2)) * 1000
        + (n(f1) * 100 + n(f2) * 10 + n(f3));
    Some((millis, point))
}

/// Writes it, with the last two digits of the hours.
pub(in crate::codec) fn write(millis: u64, point: u8) -> [u8; 12] {
    let (seconds, fraction) = (millis / 1000, millis % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let [h1, h2] = two(hours % 100);
    let [m1, m2] = two(minutes);
    let [s1, s2] = two(seconds);
    let [f1, f2] = two(fraction / 10);
    let [_, f3] = two(fraction % 10);
    [h1, h2, b':', m1, m2, b':', s1, s2, point, f1, f2, f3]
}

/// The two digits of a number below 100.
pub(in crate::codec) fn two(value: u64) -> [u8; 2] {
    let digit = |n: u64| b'0'.wrapping_add(u8::try_from(n % 10).unwrap_or(0));
    [digit(value / 10), digit(value)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_counts() {
        assert_eq!(read(b"12:34:56,789"), Some((45_296_789, b',')));
        assert_eq!(&write(45_296_789, b'.'), b"12:34:56.789");
        for bad in [b"12:60:00.000", b"12:00:60.000", b"12-00:00.000", b"1a:00:00.000", b"12:00:00.0 0"] {
            assert_eq!(read(bad), None);
        }
    }
}
