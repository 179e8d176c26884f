//! Lengths of time as people write them.

use super::TimeDelta;

/// Units by their spellings, largest first: seconds in each.
const UNITS: &[(i64, &[&str])] = &[
    (3600, &["h", "hr", "hrs", "hour", "hours", "小时", "小時", "时", "時"]),
    (60, &["m", "min", "mins", "minute", "minutes", "分", "分钟", "分鐘"]),
    (1, &["s", "sec", "secs", "second", "seconds", "秒", "秒钟", "秒鐘"]),
];

impl TimeDelta {
    /// Reads a length: `359`, `359s`, `5:59`, `0:05:59.5`, `5m59s`, `PT5M59S` (ISO 8601), `5分59秒`. A bare number is
    /// seconds; it is never negative.
    ///
    /// ```
    /// use zimu::time::TimeDelta;
    /// let length = Some(TimeDelta::from_seconds(359));
    /// for text in ["359", "359s", "5:59", "0:05:59.0", "5m 59s", "PT5M59S", "5分59秒"] {
    ///     assert_eq!(TimeDelta::parse(text), length, "{text}");
    /// }
    /// assert_eq!(TimeDelta::parse("5:60"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('：', ":").to_lowercase();
        if text.contains(':') {
            return clock(&text);
        }
        number(&text).map_or_else(|| with_units(text.strip_prefix("pt").unwrap_or(&text)), |value| scaled(value, 1))
    }
}

/// `m:ss` or `h:mm:ss`, the seconds with a fraction if there is one.
fn clock(text: &str) -> Option<TimeDelta> {
    let fields: Vec<&str> = text.split(':').collect();
    let factors: &[i64] = match fields.len() {
        2 => &[60, 1],
        3 => &[3600, 60, 1],
        _ => return None,
    };
    let mut total = TimeDelta::ZERO;
    for (place, (field, factor)) in fields.iter().zip(factors).enumerate() {
        let value = number(field)?;
        let whole = *factor != 1 && value.1 != 1;
        // `90:00` is an hour and a half, but `5:60` is a slip.
        if whole || (place > 0 && value.0 >= value.1.checked_mul(60)?) {
            return None;
        }
        total += scaled(value, *factor)?;
    }
    Some(total)
}

/// `5m59s`, `1小时2分`: each unit at most once, larger ones first.
fn with_units(text: &str) -> Option<TimeDelta> {
    let mut rest = text.trim_start();
    let mut units = UNITS;
    let mut total = None;
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let after = after.trim_start();
        let (name, after) = after.split_at(after.find(|c: char| c.is_ascii_digit() || c == ' ').unwrap_or(after.len()));
        let at = units.iter().position(|(_, names)| names.contains(&name))?;
        let (seconds, _) = units.get(at)?;
        units = units.get(at.saturating_add(1)..)?;
        total = Some(total.unwrap_or(TimeDelta::ZERO) + scaled(number(digits)?, *seconds)?);
        rest = after.trim_start();
    }
    total
}

/// A decimal number as a ratio: `59.5` is 595/10.
fn number(text: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 9 || text.ends_with('.') {
        return None;
    }
    let denominator = 10i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Some((format!("{whole}{fraction}").parse().ok()?, denominator))
}

/// `value` times `seconds`, exact to the flick.
fn scaled((numerator, denominator): (i64, i64), seconds: i64) -> Option<TimeDelta> {
    TimeDelta::from_units(numerator.checked_mul(seconds)?, u32::try_from(denominator).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_length_is_none() {
        for text in ["", "-5", "5:", ":59", "1:2:3:4", "5.5:10", "5s3m", "5m5m", "5 parsecs", "1e3", "5.", "pt", "分"]
        {
            assert_eq!(TimeDelta::parse(text), None, "{text}");
        }
        assert_eq!(TimeDelta::parse("99999999999999999999"), None);
        assert_eq!(TimeDelta::parse("90:00"), Some(TimeDelta::from_seconds(5400)));
        assert_eq!(TimeDelta::parse("1小时 2分钟"), Some(TimeDelta::from_seconds(3720)));
        assert_eq!(TimeDelta::parse("0:05:59.5"), Some(TimeDelta::from_millis(359_500)));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9:.hmsPT分秒 ]{0,20}") {
            let _ = TimeDelta::parse(&text);
        }
    }
}
