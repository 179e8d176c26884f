//! Decimal numbers, read and written by integer arithmetic: a float would lose flicks beyond a few days.

use crate::time::{FLICKS_PER_SECOND, Time, TimeDelta};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::io::{self, Write};

/// Digits that are taken of a number: more than any value needs, and `digits × 705,600,000` fits an `i128`.
const MAX_DIGITS: u32 = 28;

/// A decimal number of `unit`ths, to the nearest (halves away from zero): `("1.5", 1000)` is 1500. `None` if `text` is
/// no JSON number or the result does not fit.
pub(in crate::codec) fn parse(text: &str, unit: i64) -> Option<i64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let exponent_digits = exponent.trim_start_matches(['+', '-']);
    if whole.is_empty() || !plain(whole) || !plain(fraction) || exponent_digits.is_empty() || !plain(exponent_digits) {
        return None;
    }
    let mut digits = Digits::default();
    whole.bytes().for_each(|b| digits.push(b, 1));
    fraction.bytes().for_each(|b| digits.push(b, 0));
    // An exponent too long for an i64 is as good as the largest.
    let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    let product = digits.value.checked_mul(u128::from(unit.unsigned_abs()))?;
    let scaled = scale(product, digits.exponent.saturating_add(exponent))?;
    let value = i64::try_from(scaled).ok()?;
    Some(if negative { value.saturating_neg() } else { value })
}

/// The digits of a number and the power of ten they are to be multiplied with.
#[derive(Default)]
struct Digits {
    value: u128,
    count: u32,
    exponent: i64,
}

impl Digits {
    /// Takes a digit; `dropped` is what the exponent gains if it is one too many (1 before the point).
    fn push(&mut self, digit: u8, dropped: i64) {
        if self.count >= MAX_DIGITS {
            self.exponent = self.exponent.saturating_add(dropped);
            return;
        }
        self.value = self.value.saturating_mul(10).saturating_add(u128::from(digit.saturating_sub(b'0')));
        self.count = self.count.saturating_add(u32::from(self.value > 0));
        self.exponent = self.exponent.saturating_add(dropped).saturating_sub(1);
    }
}

/// `value × 10^exponent`, to the nearest.
fn scale(value: u128, exponent: i64) -> Option<u128> {
    let Some(power) = u32::try_from(exponent.unsigned_abs()).ok().and_then(|n| 10u128.checked_pow(n)) else {
        // Ten to the 39th: nothing but zero survives the division, or is small enough for the product.
        return (value == 0 || exponent < 0).then_some(0);
    };
    match exponent {
        0.. => value.checked_mul(power),
        _ => value.checked_add(power.checked_div(2)?)?.checked_div(power),
    }
}

/// Writes flicks as seconds, with as few digits as [`parse`] brings back to the same flick: nine at most, because a
/// flick is longer than a nanosecond.
#[expect(clippy::arithmetic_side_effects, reason = "a fraction is under 2^30, and under 2^60 times 10^9")]
pub(in crate::codec) fn write_seconds(out: &mut (impl Write + ?Sized), flicks: i128) -> io::Result<()> {
    const UNIT: u64 = FLICKS_PER_SECOND.unsigned_abs();
    let magnitude = u64::try_from(flicks.unsigned_abs()).unwrap_or(u64::MAX);
    let (whole, fraction) = (magnitude / UNIT, magnitude % UNIT);
    if flicks < 0 {
        out.write_all(b"-")?;
    }
    let mut power = 1;
    for digits in 0..=9 {
        let nearest = (fraction * power + UNIT / 2) / UNIT;
        if (nearest * UNIT + power / 2) / power == fraction {
            return match digits {
                0 => write!(out, "{whole}"),
                _ => write!(out, "{whole}.{nearest:0digits$}"),
            };
        }
        power *= 10;
    }
    Ok(())
}

/// An instant or a length in seconds, and the digits it was read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seconds<'a> {
    flicks: i64,
    /// Where it was read; empty if it is to be written.
    pub(super) raw: &'a str,
}

impl Seconds<'_> {
    pub(super) fn time(self) -> Time {
        Time::from_flicks(self.flicks)
    }

    pub(super) fn delta(self) -> TimeDelta {
        TimeDelta::from_flicks(self.flicks)
    }
}

impl From<Time> for Seconds<'_> {
    fn from(time: Time) -> Self {
        Self { flicks: time.flicks(), raw: "" }
    }
}

impl From<TimeDelta> for Seconds<'_> {
    fn from(delta: TimeDelta) -> Self {
        Self { flicks: delta.flicks(), raw: "" }
    }
}

impl Serialize for Seconds<'_> {
    /// The only 128-bit integers of the format are times: [`super::layout::Layout`] writes them as seconds.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i128(self.flicks.into())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Seconds<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        number(raw, "seconds")?;
        let flicks = parse(raw, FLICKS_PER_SECOND).filter(|n| (Time::MIN.flicks()..=Time::MAX.flicks()).contains(n));
        let flicks = flicks.ok_or_else(|| D::Error::custom("a time must lie within ±6,535,710,000 seconds"))?;
        Ok(Self { flicks, raw })
    }
}

/// A measured share such as a confidence, kept to the bit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(pub(super) f32);

impl Share {
    /// `None` if it is not a number that JSON can hold.
    pub(super) fn new(value: Option<f32>) -> Option<Self> {
        value.filter(|v| v.is_finite()).map(Self)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f32(self.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        number(raw, "a share from 0 to 1")?;
        let value = raw.parse().ok().filter(|v: &f32| v.is_finite());
        value.map(Self).ok_or_else(|| D::Error::custom("the number is too large"))
    }
}

/// That `raw`, one JSON value, is a number.
pub(super) fn number<E: serde::de::Error>(raw: &str, expected: &str) -> Result<(), E> {
    let found = match raw.bytes().next() {
        Some(b'-' | b'0'..=b'9') => return Ok(()),
        Some(b'"') => "text in quotation marks",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'n') => "null",
        _ => "true or false",
    };
    Err(E::custom(format_args!("expected a number ({expected}), found {found}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(flicks: i64) -> String {
        let mut out = Vec::new();
        write_seconds(&mut out, flicks.into()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_read_from_their_digits() {
        for (text, expected) in [
            ("1.5", Some(1500)),
            ("-0.0005", Some(-1)),
            ("15e-1", Some(1500)),
            ("1E+2", Some(100_000)),
            ("0.00000000000000000000000000000000000000000000001e50", Some(1_000_000)),
            ("1e-999999999999999999999", Some(0)),
            ("0e999", Some(0)),
            ("1e999", None),
            ("1e17", None),
            ("99999999999999999999999999999999999999999", None),
            ("1.0000000000000000000000000000000000000000000000000001", Some(1000)),
            ("", None),
            ("-", None),
            (".5", None),
            ("1e", None),
            ("NaN", None),
        ] {
            assert_eq!(parse(text, 1000), expected, "{text}");
        }
    }

    #[test]
    fn usual_times_are_short() {
        for (flicks, text) in [(0, "0"), (62_345 * 705_600, "62.345"), (-705_600_000, "-1"), (-1, "-0.000000001")] {
            assert_eq!(seconds(flicks), text);
        }
        assert_eq!(seconds(Time::from_units(1, 24).unwrap().flicks()), "0.041666667");
    }

    proptest! {
        #[test]
        fn every_flick_comes_back(flicks in prop_oneof![-(1i64 << 62)..=1 << 62, -1_000_000_000i64..1_000_000_000]) {
            let text = seconds(flicks);
            prop_assert_eq!(parse(&text, FLICKS_PER_SECOND), Some(flicks), "{}", text);
            // One digit less would be another flick.
            if let Some((whole, fraction)) = text.split_once('.') {
                let digits = fraction.len() as u32 - 1;
                let shorter = format!("{whole}{fraction}").parse::<i128>().unwrap() / 10;
                for near in shorter - 1..=shorter + 1 {
                    let (sign, n) = (if near < 0 { "-" } else { "" }, near.unsigned_abs());
                    let at = parse(&format!("{sign}{n}e-{digits}"), FLICKS_PER_SECOND);
                    prop_assert_ne!(at, Some(flicks), "{}", text);
                }
            }
        }

        #[test]
        fn every_share_comes_back(bits in any::<u32>()) {
            let value = f32::from_bits(bits);
            if let Some(share) = Share::new(Some(value)) {
                let back: Share = serde_json::from_str(&serde_json::to_string(&share).unwrap()).unwrap();
                prop_assert_eq!(back.0.to_bits(), bits);
            }
        }
    }
}
