//! How long syllables and pauses last at an ordinary pace, and how both give when there is less or more time.
//!
//! Only the proportions matter where the running time is known: everything is scaled to fill it.

use crate::model::{Boundary, Reading, SpokenWord, Unit};
use crate::time::TimeDelta;

/// Length of a syllable at an ordinary pace, pauses aside.
///
/// Pellegrino, Coupé & Marsico 2011 (Language 87, table 1) measured, without pauses over 150 ms, 5.18 syllables a second in
/// Mandarin, 6.19 in English, 7.84 in Japanese, and about 7 in French, Italian and Spanish.
pub(super) fn syllable(reading: &Reading) -> TimeDelta {
    let millis = match reading {
        // A neutral tone is about half as long as a full one (Lin & Yan 1980); fitted on AISHELL-derived recordings it
        // came out shorter still, which is not trusted: there most of them are 的.
        Reading::Mandarin { tone: 5, .. } => 105,
        // 5.18 a second are 193 ms on average; with one syllable in ten neutral, a full one has about 200.
        Reading::Mandarin { .. } => 200,
        Reading::English(_) => 162,
        // House values: letters are stressed one by one; W has three syllables.
        Reading::Letter('W') => 420,
        Reading::Letter(_) => 210,
        Reading::Other(_) => 140,
    };
    TimeDelta::from_millis(millis)
}

/// Length of a pause at an ordinary pace: its likelihood times its usual length.
///
/// Likelihoods as measured on read interviews (one `、` in seven, six commas in ten, nine full stops in ten have a pause).
/// Lengths are house values: 0.2 to 0.6 s, inside the medium class of 0.2 to 1 s that Campione & Véronis 2002 found
/// to hold most pauses of five languages.
pub(super) fn pause(boundary: Boundary) -> TimeDelta {
    TimeDelta::from_millis(match boundary {
        Boundary::None => 0,
        Boundary::Word => 0,
        Boundary::Weak => 30,
        Boundary::Comma => 180,
        Boundary::Semicolon => 300,
        Boundary::Sentence => 450,
        Boundary::Paragraph => 520,
        Boundary::Turn => 600,
    })
}

/// How much longer the last syllable before a comma or more is, in percent. That it is longer is well known (Wightman et
/// al. 1992); how much is a house value, fitted on AISHELL-derived recordings, where a clause takes a quarter to half a
/// second more than its syllables.
const FINAL_PERCENT: i64 = 150;

/// The length of each syllable of a word.
pub(super) fn units(word: &SpokenWord) -> impl Iterator<Item = (&Unit, TimeDelta)> {
    let last = word.units.len().saturating_sub(1);
    word.units.iter().enumerate().map(move |(i, unit)| {
        let plain = syllable(&unit.reading);
        let lengthened = i == last && word.boundary >= Boundary::Comma;
        (unit, if lengthened { plain.scale(FINAL_PERCENT, 100, crate::time::Round::Nearest) } else { plain })
    })
}

/// How both kinds of time are scaled, in 1/[`Scale::ONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub speech: i64,
    pub pauses: i64,
}

impl Scale {
    /// An ordinary pace.
    pub(super) const ONE: i64 = 1 << 16;
    /// Slower syllables than 1.6 times the usual (about three a second) are not heard from people who talk.
    const SLOWEST_SPEECH: i64 = Self::ONE / 10 * 16;
    /// A pause shrinks to a quarter, and grows threefold before it grows without measure.
    const LEAST_PAUSE: i64 = Self::ONE / 4;
    const MOST_PAUSE: i64 = Self::ONE * 3;

    /// The scale at which `speech` and `pauses` (flicks at an ordinary pace) fill `length`.
    ///
    /// People who talk faster mostly pause less; the speed of their syllables changes little (Goldman-Eisler 1968). So
    /// the pauses change as the square of the syllables, within bounds: below them the syllables alone are pressed
    /// together, above them the pauses alone grow.
    pub(super) fn to_fill(length: i64, speech: i64, pauses: i64) -> Self {
        if pauses == 0 || Self::with_speech(Self::SLOWEST_SPEECH).fills(speech, pauses) < i128::from(length) {
            return Self::slowest(length, speech, pauses);
        }
        let (mut low, mut high) = (0, Self::SLOWEST_SPEECH);
        while low < high {
            let middle = low.midpoint(high);
            if Self::with_speech(middle).fills(speech, pauses) < i128::from(length) {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        Self::with_speech(low)
    }

    fn with_speech(speech: i64) -> Self {
        let squared = speech.saturating_mul(speech) >> 16;
        Self { speech, pauses: squared.clamp(Self::LEAST_PAUSE, Self::MOST_PAUSE) }
    }

    /// Far too much time: the pauses take what is left over, or the syllables if there is no pause.
    fn slowest(length: i64, speech: i64, pauses: i64) -> Self {
        let share = |whole: i128, part: i64| {
            let scaled = (whole << 16).checked_div(i128::from(part)).unwrap_or(i128::from(Self::ONE));
            i64::try_from(scaled).unwrap_or(i64::MAX).max(1)
        };
        if pauses == 0 {
            return Self { speech: share(i128::from(length), speech), pauses: Self::ONE };
        }
        let said = (i128::from(speech).saturating_mul(i128::from(Self::SLOWEST_SPEECH))) >> 16;
        let rest = i128::from(length).saturating_sub(said);
        Self { speech: Self::SLOWEST_SPEECH, pauses: share(rest, pauses) }
    }

    /// How long both are at this scale, in flicks.
    fn fills(self, speech: i64, pauses: i64) -> i128 {
        let scaled = |time: i64, scale: i64| i128::from(time).saturating_mul(i128::from(scale)) >> 16;
        scaled(speech, self.speech).saturating_add(scaled(pauses, self.pauses))
    }

    /// By how much pauses of `pauses` flicks have grown past the bound.
    pub(super) fn excess(self, pauses: i64) -> TimeDelta {
        let over = self.pauses.saturating_sub(Self::MOST_PAUSE).max(0);
        TimeDelta::from_flicks(pauses).scale(over, Self::ONE, crate::time::Round::Nearest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: i64 = crate::time::FLICKS_PER_SECOND;

    #[test]
    fn pauses_give_more_than_syllables_within_bounds() {
        assert_eq!(
            Scale::to_fill(10 * SECOND, 8 * SECOND, 2 * SECOND),
            Scale { speech: Scale::ONE, pauses: Scale::ONE }
        );
        let fast = Scale::to_fill(5 * SECOND, 8 * SECOND, 2 * SECOND);
        assert!(fast.pauses < fast.speech && fast.pauses >= Scale::LEAST_PAUSE, "{fast:?}");
        let slow = Scale::to_fill(60 * SECOND, 8 * SECOND, 2 * SECOND);
        assert_eq!(slow.speech, Scale::SLOWEST_SPEECH);
        assert!(slow.excess(2 * SECOND) > TimeDelta::from_seconds(40));
    }

    proptest! {
        #[test]
        fn the_scale_fills_the_length(length in 1i64..1000 * SECOND, speech in SECOND/10..500 * SECOND, pauses in 0i64..100 * SECOND) {
            let scale = Scale::to_fill(length, speech, pauses);
            let filled = scale.fills(speech, pauses);
            let slack = i128::from((speech + pauses) >> 13) + 2;
            // Pressed as far as it goes, the pauses alone may already be longer: the rest is squeezed evenly.
            prop_assert!(scale.speech == 0 || (filled - i128::from(length)).abs() <= slack, "{filled} {length}");
        }
    }
}
