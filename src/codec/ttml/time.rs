//! Time expressions (TTML2 §12.3.1, TTML1 §10.3.1), exact in flicks, and the parameters that they depend on.

use super::namespace::Ns;
use super::xml::Attr;
use crate::codec::clock;
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, TimeDelta, Timecode};

/// What times count (TTML2 §7.2.14 `ttp:timeBase`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TimeBase {
    #[default]
    Media,
    /// Time codes: labels of frames.
    Smpte,
    /// Time of day.
    Clock,
}

/// The timing parameters of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) base: TimeBase,
    /// Frames a second with the multiplier.
    pub(super) rate: FrameRate,
    /// The document says its frame rate.
    pub(super) rate_given: bool,
    pub(super) sub_frames: u32,
    /// Ticks a second.
    pub(super) ticks: u32,
    /// Numbers are dropped (`ttp:dropMode="dropNTSC"`).
    pub(super) drop: bool,
}

/// TTML2 §7.2.5: 30 where nothing else is said.
const DEFAULT_RATE: u32 = 30;

impl Default for Clock {
    fn default() -> Self {
        Self::new(&[], None)
    }
}

impl Clock {
    /// From the attributes of `tt`, and the rate to take where they say none.
    pub(super) fn new(attrs: &[Attr<'_>], fallback: Option<FrameRate>) -> Self {
        let get = |name: &str| {
            let found = attrs.iter().find(|attr| attr.ns == Ns::Parameter && attr.local == name);
            found.map(|attr| attr.value().trim().to_owned())
        };
        let count = |name: &str| get(name)?.parse::<u32>().ok().filter(|n| *n > 0);
        let nominal = count("frameRate");
        let (up, down) = get("frameRateMultiplier").and_then(|text| multiplier(&text)).unwrap_or((1, 1));
        let ratio = |nominal: u32| reduced(u64::from(nominal).saturating_mul(u64::from(up)), down.into());
        let given = nominal.and_then(ratio);
        let default = FrameRate::new(DEFAULT_RATE, 1);
        let rate = given.or(fallback).or_else(|| ratio(DEFAULT_RATE)).or(default);
        let sub_frames = count("subFrameRate").unwrap_or(1);
        // TTML2 §7.2.13: without a tick rate, frames times sub-frames where there is a frame rate, else one.
        let implied = nominal.map_or(1, |rate| rate.saturating_mul(sub_frames));
        Self {
            base: match get("timeBase").as_deref() {
                Some("smpte") => TimeBase::Smpte,
                Some("clock") => TimeBase::Clock,
                _ => TimeBase::Media,
            },
            rate: rate.unwrap_or(LAST_RESORT),
            rate_given: given.is_some(),
            sub_frames,
            ticks: count("tickRate").unwrap_or(implied),
            drop: get("dropMode").is_some_and(|mode| mode == "dropNTSC" || mode == "dropPAL"),
        }
    }
}

/// Never used: 30 is a rate.
const LAST_RESORT: FrameRate = match FrameRate::new(DEFAULT_RATE, 1) {
    Some(rate) => rate,
    None => unreachable!(),
};

/// `1000 1001`; the first edition wrote `1000:1001`.
fn multiplier(text: &str) -> Option<(u32, u32)> {
    let (up, down) = text.split_once([' ', ':'])?;
    let (up, down) = (up.parse().ok()?, down.trim().parse().ok()?);
    (up > 0 && down > 0).then_some((up, down))
}

/// The ratio in lowest terms.
fn reduced(num: u64, den: u64) -> Option<FrameRate> {
    let (mut a, mut b) = (num, den);
    while b > 0 {
        (a, b) = (b, a.checked_rem(b)?);
    }
    FrameRate::new(u32::try_from(num.checked_div(a)?).ok()?, u32::try_from(den.checked_div(a)?).ok()?)
}

/// `ttp:frameRate` and `ttp:frameRateMultiplier` of a rate; `None` if reading them would give another one.
pub(super) fn rate_attributes(rate: FrameRate) -> Option<(u32, Option<(u32, u32)>)> {
    let ((num, den), nominal) = (rate.ratio(), rate.nominal());
    if den == 1 {
        return Some((num, None));
    }
    let factor = reduced_pair(num.into(), u64::from(den).checked_mul(nominal.into())?)?;
    let again = reduced(u64::from(nominal).checked_mul(factor.0.into())?, factor.1.into())?;
    (again == rate).then_some((nominal, Some(factor)))
}

fn reduced_pair(num: u64, den: u64) -> Option<(u32, u32)> {
    let (mut a, mut b) = (num, den);
    while b > 0 {
        (a, b) = (b, a.checked_rem(b)?);
    }
    Some((u32::try_from(num.checked_div(a)?).ok()?, u32::try_from(den.checked_div(a)?).ok()?))
}

/// What a time was counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Frames,
    Ticks,
}

/// A time expression: how long after zero it is. `None` if it is none, or names a frame that the rate does not have.
pub(super) fn parse(text: &str, clock: &Clock) -> Option<(TimeDelta, Unit)> {
    let text = text.trim();
    if let Ok(plain) = <&[u8; 12]>::try_from(text.as_bytes())
        && let Some((millis, b'.')) = clock::read(plain)
    {
        return Some((TimeDelta::from_millis(millis), Unit::Seconds));
    }
    if text.contains(':') { clock_time(text, clock) } else { offset_time(text, clock) }
}

/// `hours:minutes:seconds` with a fraction, or with frames and sub-frames.
fn clock_time(text: &str, clock: &Clock) -> Option<(TimeDelta, Unit)> {
    // Drop-frame codes are seen with a semicolon, too.
    let mut parts = text.split([':', ';']);
    let (hours, minutes, seconds, frames) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || hours.len() < 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|n| *n < 60)?);
    let (whole, fraction) = seconds.split_once('.').map_or((seconds, None), |(w, f)| (w, Some(f)));
    // 60 is a leap second.
    let seconds = number(whole).filter(|n| whole.len() == 2 && *n <= 60)?;
    let total = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    let Some(frames) = frames else {
        let flicks = rational(total, fraction.unwrap_or("0"), i128::from(FLICKS_PER_SECOND), 1)?;
        return Some((flicks, Unit::Seconds));
    };
    if fraction.is_some() {
        return None;
    }
    let (frames, sub) = frames.split_once('.').map_or((frames, None), |(f, s)| (f, Some(s)));
    let frames = number(frames).filter(|n| *n < i128::from(clock.rate.nominal()))?;
    let (num, den) = clock.rate.ratio();
    let whole = if clock.base == TimeBase::Smpte {
        let part = |n: i128| u32::try_from(n).ok();
        let code = Timecode {
            hours: part(hours)?,
            minutes: part(minutes)?,
            seconds: part(seconds)?,
            frames: part(frames)?,
            drop: clock.drop,
        };
        // A rate that drops no numbers has none to skip.
        code.offset(clock.rate)
            .or_else(|| Timecode { drop: false, ..code }.offset(clock.rate).filter(|_| !clock.drop))?
    } else {
        let flicks = frames.checked_mul(i128::from(FLICKS_PER_SECOND))?.checked_mul(den.into())?;
        let frames = delta(Round::Nearest.divide(flicks, num.into()))?;
        delta(total.checked_mul(i128::from(FLICKS_PER_SECOND))?)? + frames
    };
    let Some(sub) = sub else { return Some((whole, Unit::Frames)) };
    let sub = number(sub).filter(|n| *n < i128::from(clock.sub_frames))?;
    let unit = i128::from(num).checked_mul(clock.sub_frames.into())?;
    let flicks = sub.checked_mul(i128::from(FLICKS_PER_SECOND))?.checked_mul(den.into())?;
    Some((whole + delta(Round::Nearest.divide(flicks, unit))?, Unit::Frames))
}

/// `3.5s`, `100f`, `20000000t`.
fn offset_time(text: &str, clock: &Clock) -> Option<(TimeDelta, Unit)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (count, metric) = text.split_at_checked(digits)?;
    let (whole, fraction) = count.split_once('.').unwrap_or((count, "0"));
    let whole = number(whole)?;
    let second = i128::from(FLICKS_PER_SECOND);
    let (num, den) = clock.rate.ratio();
    let (up, down, unit) = match metric {
        "h" => (second.checked_mul(3600)?, 1, Unit::Seconds),
        "m" => (second.checked_mul(60)?, 1, Unit::Seconds),
        "s" => (second, 1, Unit::Seconds),
        "ms" => (second, 1000, Unit::Seconds),
        "f" => (second.checked_mul(den.into())?, num.into(), Unit::Frames),
        "t" => (second, clock.ticks.into(), Unit::Ticks),
        _ => return None,
    };
    Some((rational(whole, fraction, up, down)?, unit))
}

/// Digits, at most as many as fit.
fn number(text: &str) -> Option<i128> {
    let good = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok())?
}

/// `whole.fraction` units of `up/down` flicks, to the nearest flick.
fn rational(whole: i128, fraction: &str, up: i128, down: i128) -> Option<TimeDelta> {
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Fifteen digits are finer than a flick by a factor of a million.
    let digits = fraction.get(..fraction.len().min(15))?;
    let scale = 10i128.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let value = whole.checked_mul(scale)?.checked_add(digits.parse().ok()?)?;
    delta(Round::Nearest.divide(value.checked_mul(up)?, scale.checked_mul(down)?))
}

fn delta(flicks: i128) -> Option<TimeDelta> {
    i64::try_from(flicks).ok().map(TimeDelta::from_flicks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str, clock: &Clock) -> Option<i64> {
        parse(text, clock).map(|(time, _)| time.to_millis(Round::Nearest))
    }

    #[test]
    fn every_form_is_exact() {
        let pal = Clock { rate: FrameRate::new(25, 1).unwrap(), ticks: 10_000_000, ..Clock::default() };
        for (text, expected) in [
            ("00:00:03.5", 3500),
            ("00:00:03", 3000),
            ("01:02:03.004", 3_723_004),
            ("100:00:00", 360_000_000),
            ("00:00:01:12", 1480),
            ("100f", 4000),
            ("1.5h", 5_400_000),
            ("2m", 120_000),
            ("3.25s", 3250),
            ("400ms", 400),
            ("20000000t", 2000),
        ] {
            assert_eq!(millis(text, &pal), Some(expected), "{text}");
        }
        for bad in
            ["", "1", "1:2:3", "00:60:00", "00:00:01:25", "00:00:01.", "1.s", "-1s", "1 s", "0:00:01", "1x", ".5s"]
        {
            assert_eq!(millis(bad, &pal), None, "{bad}");
        }
    }

    #[test]
    fn time_codes_count_frames() {
        let ntsc = FrameRate::parse("29.97").unwrap();
        let clock = Clock { base: TimeBase::Smpte, rate: ntsc, drop: true, ..Clock::default() };
        assert_eq!(millis("01:00:00:00", &clock), Some(3_599_996));
        assert_eq!(millis("00:01:00:01", &clock), None);
        let clock = Clock { drop: false, ..clock };
        assert_eq!(millis("01:00:00:00", &clock), Some(3_603_600));
    }

    #[test]
    fn rates_come_back() {
        for rate in ["25", "23.976", "29.97", "24", "59.94"] {
            let rate = FrameRate::parse(rate).unwrap();
            let (nominal, factor) = rate_attributes(rate).unwrap();
            let (up, down) = factor.unwrap_or((1, 1));
            assert_eq!(reduced(u64::from(nominal) * u64::from(up), down.into()), Some(rate));
        }
        assert_eq!(rate_attributes(FrameRate::parse("29.97").unwrap()), Some((30, Some((1000, 1001)))));
        assert_eq!(multiplier("999:1000"), Some((999, 1000)));
    }
}
