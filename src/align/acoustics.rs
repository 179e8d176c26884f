//! The acoustic model as a file, and the one that is built in.
//!
//! ```text
//! "zimu-am" 0x01                                  magic, version of the format
//! name, notice                                    each: length (u16), UTF-8
//! phones (u16), each: length (u8), name, states (u8)
//! dimensions (u8), each: lowest mean, step, lowest ln variance, step (f32)
//! states of all phones, each: components (u8), each: weight, means, variances (one byte a number)
//! SHA-256 of all before it
//! ```
//!
//! Numbers are little-endian. A weight of `b` is b / 255; they are scaled to sum to 1. One byte for each mean (linear) and
//! each variance (logarithmic): half a step is 0.2 % of the range that a dimension takes.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Acoustics, FEATURE_DIMS, Mixture, PHONES, Phone};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The model that is built in: Mandarin and English.
static EMBEDDED: &[u8] = include_bytes!("data/zh-en.model");

const MAGIC: &[u8; 8] = b"zimu-am\x01";
/// Bytes of a SHA-256.
const CHECKSUM: usize = 32;
/// Components of a mixture that the format can hold; the aligner uses eight.
const MOST_COMPONENTS: usize = 255;
/// Steps of one byte.
const STEPS: f32 = 255.0;

/// The built-in model, read at the first call.
///
/// # Errors
/// [`ErrorKind::Internal`] if the build is damaged.
pub fn embedded() -> Result<&'static Acoustics> {
    static READ: OnceLock<Option<Acoustics>> = OnceLock::new();
    READ.get_or_init(|| read(EMBEDDED).ok()).as_ref().ok_or_else(|| {
        Error::new(ErrorKind::Internal, "the built-in acoustic model is damaged").with_chinese("内置声学模型已损坏")
    })
}

/// Reads a model that [`write()`] wrote. Phones it does not know get no components; phones of it that [`PHONES`] does not have
/// are left out.
///
/// # Errors
/// [`ErrorKind::Unreadable`] if it is no such file, of another version, cut short or changed.
pub fn read(bytes: &[u8]) -> Result<Acoustics> {
    let damaged = || {
        Error::new(ErrorKind::Unreadable, "this is no whole acoustic model of this version")
            .with_chinese("这不是此版本的完整声学模型")
            .with_remedy("make it again with the example `train_acoustic`")
            .with_chinese_remedy("请用示例程序 train_acoustic 重新生成")
    };
    let (body, checksum) = bytes.split_at_checked(bytes.len().saturating_sub(CHECKSUM)).ok_or_else(damaged)?;
    if !body.starts_with(MAGIC) || Sha256::digest(body).as_slice() != checksum {
        return Err(damaged());
    }
    parse(&mut Reader(body)).ok_or_else(damaged)
}

fn parse(reader: &mut Reader) -> Option<Acoustics> {
    reader.take(MAGIC.len())?;
    let name = reader.text()?;
    let notice = reader.text()?;
    let phones: Vec<(Option<Phone>, u8)> = (0..reader.u16()?).map(|_| reader.phone()).collect::<Option<_>>()?;
    if usize::from(reader.u8()?) != FEATURE_DIMS {
        return None;
    }
    let scales: Vec<Scales> = (0..FEATURE_DIMS).map(|_| reader.scales()).collect::<Option<_>>()?;
    let count = PHONES.iter().map(|row| usize::from(row.states)).sum();
    let mut states = vec![Mixture::default(); count];
    for (phone, count) in phones {
        let places = phone.filter(|phone| phone.row().states == count).map(Phone::states).unwrap_or_default();
        let mut places = states.get_mut(places).unwrap_or_default().iter_mut();
        for _ in 0..count {
            let mixture = reader.mixture(&scales)?;
            if let Some(place) = places.next() {
                *place = mixture;
            }
        }
    }
    reader.0.is_empty().then_some(Acoustics { name, notice, states })
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.array().map(f32::from_le_bytes).filter(|value| value.is_finite())
    }

    fn text(&mut self) -> Option<String> {
        let length = self.u16()?;
        String::from_utf8(self.take(usize::from(length))?.to_vec()).ok()
    }

    fn phone(&mut self) -> Option<(Option<Phone>, u8)> {
        let length = self.u8()?;
        let name = std::str::from_utf8(self.take(usize::from(length))?).ok()?;
        Some((Phone::named(name), self.u8()?))
    }

    fn scales(&mut self) -> Option<Scales> {
        let mut scale = || Some(Scale { low: self.f32()?, step: self.f32()? });
        Some(Scales { mean: scale()?, variance: scale()? })
    }

    fn mixture(&mut self, scales: &[Scales]) -> Option<Mixture> {
        let mut mixture = Mixture::default();
        for _ in 0..self.u8()? {
            mixture.weights.push(f32::from(self.u8()?));
            let means = self.take(FEATURE_DIMS)?.iter().zip(scales);
            mixture.means.extend(means.map(|(byte, scales)| scales.mean.value(*byte)));
            let variances = self.take(FEATURE_DIMS)?.iter().zip(scales);
            mixture.variances.extend(variances.map(|(byte, scales)| scales.variance.value(*byte).exp()));
        }
        let sum: f32 = mixture.weights.iter().sum();
        mixture.weights.iter_mut().for_each(|weight| *weight /= sum.max(1.0));
        Some(mixture)
    }
}

/// How a byte stands for a number.
#[derive(Clone, Copy)]
struct Scale {
    low: f32,
    step: f32,
}

#[derive(Clone, Copy)]
struct Scales {
    mean: Scale,
    variance: Scale,
}

impl Scale {
    fn over(values: impl Iterator<Item = f32>) -> Self {
        let (low, high) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, h), value| (l.min(value), h.max(value)));
        let step = (high - low) / STEPS;
        if step.is_finite() { Self { low, step } } else { Self { low: 0.0, step: 0.0 } }
    }

    fn value(self, byte: u8) -> f32 {
        self.low + self.step * f32::from(byte)
    }

    fn byte(self, value: f32) -> u8 {
        if self.step > 0.0 { ((value - self.low) / self.step).round().clamp(0.0, STEPS) as u8 } else { 0 }
    }
}

/// The bytes of a model; the same model gives the same bytes.
pub fn write(acoustics: &Acoustics) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for text in [&acoustics.name, &acoustics.notice] {
        let text = text.as_bytes();
        let text = text.get(..usize::from(u16::MAX)).unwrap_or(text);
        out.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend(text);
    }
    out.extend(u16::try_from(PHONES.len()).unwrap_or(u16::MAX).to_le_bytes());
    for row in PHONES {
        out.push(u8::try_from(row.name.len()).unwrap_or(u8::MAX));
        out.extend(row.name.as_bytes());
        out.push(row.states);
    }
    out.push(u8::try_from(FEATURE_DIMS).unwrap_or(u8::MAX));
    let scales: Vec<Scales> = (0..FEATURE_DIMS).map(|dimension| scales(&acoustics.states, dimension)).collect();
    for scale in scales.iter().flat_map(|scales| [scales.mean, scales.variance]) {
        out.extend(scale.low.to_le_bytes());
        out.extend(scale.step.to_le_bytes());
    }
    let count = PHONES.iter().map(|row| usize::from(row.states)).sum();
    let none = Mixture::default();
    for state in acoustics.states.iter().chain(std::iter::repeat(&none)).take(count) {
        write_mixture(state, &scales, &mut out);
    }
    let checksum = Sha256::digest(&out);
    out.extend(checksum);
    out
}

fn scales(states: &[Mixture], dimension: usize) -> Scales {
    let means = states.iter().flat_map(|state| state.means.iter().skip(dimension).step_by(FEATURE_DIMS));
    let variances = states.iter().flat_map(|state| state.variances.iter().skip(dimension).step_by(FEATURE_DIMS));
    Scales { mean: Scale::over(means.copied()), variance: Scale::over(variances.map(|v| v.ln())) }
}

fn write_mixture(state: &Mixture, scales: &[Scales], out: &mut Vec<u8>) {
    let count = state.weights.len().min(MOST_COMPONENTS);
    out.push(u8::try_from(count).unwrap_or(u8::MAX));
    for (index, weight) in state.weights.iter().enumerate().take(count) {
        let (means, variances) = state.component(index).unwrap_or_default();
        // No component is lost: one step is the least weight.
        out.push((weight * STEPS).round().clamp(1.0, STEPS) as u8);
        out.extend(means.iter().zip(scales).map(|(mean, scales)| scales.mean.byte(*mean)));
        out.extend(variances.iter().zip(scales).map(|(variance, scales)| scales.variance.byte(variance.ln())));
    }
}

#[cfg(test)]
mod tests {
    use super::super::gauss::test_support::mixture;
    use super::*;

    fn model() -> Acoustics {
        let count: usize = PHONES.iter().map(|row| usize::from(row.states)).sum();
        let states =
            (0..count).map(|index| if index == 3 { Mixture::default() } else { mixture(1 + index % 4, index as u64) });
        Acoustics { name: "test 1".into(), notice: "nobody's".into(), states: states.collect() }
    }

    #[test]
    fn what_is_written_is_read_within_half_a_step() {
        let model = model();
        let back = read(&write(&model)).unwrap();
        assert_eq!((&back.name, &back.notice), (&model.name, &model.notice));
        assert_eq!(back.states.len(), model.states.len());
        for (old, new) in model.states.iter().zip(&back.states) {
            assert_eq!(old.weights.len(), new.weights.len());
            let near =
                |old: &[f32], new: &[f32], tolerance| old.iter().zip(new).all(|(o, n)| (o - n).abs() <= tolerance);
            // Means lie in ±1, variances in 0.1 to 1.1: half a step is 0.004, and 0.5 % of the value.
            assert!(near(&old.means, &new.means, 0.005));
            assert!(near(&old.variances, &new.variances, 0.01));
            assert!(near(&old.weights, &new.weights, 0.01));
        }
        // A second time nothing is lost at all but the last bits.
        assert_eq!(write(&back).len(), write(&model).len());
    }

    #[test]
    fn damage_is_noticed() {
        let bytes = write(&model());
        for length in [0, 1, 31, 32, 40, bytes.len() - 1] {
            assert!(read(&bytes[..length]).is_err(), "{length} bytes");
        }
        for place in (0..bytes.len()).step_by(997) {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            assert_eq!(read(&changed).unwrap_err().kind(), ErrorKind::Unreadable, "byte {place}");
        }
    }

    #[test]
    fn a_false_length_under_a_right_checksum_does_no_harm() {
        let mut bytes = write(&model());
        bytes.truncate(bytes.len() - CHECKSUM);
        for place in 8..400 {
            let mut changed = bytes.clone();
            changed[place] = 0xff;
            let checksum = Sha256::digest(&changed);
            changed.extend(checksum);
            let _ = read(&changed);
        }
    }

    #[test]
    fn the_built_in_model_is_whole_and_says_where_it_comes_from() {
        let model = embedded().unwrap();
        assert!(EMBEDDED.len() < 500_000);
        for words in ["AISHELL-1", "Apache-2.0", "flite"] {
            assert!(model.notice.contains(words), "{}", model.notice);
        }
        for (index, row) in PHONES.iter().enumerate() {
            for state in Phone::from_index(index).unwrap().states() {
                assert!(!model.states[state].weights.is_empty(), "{} has no sound", row.name);
            }
        }
    }
}
