//! Any sample rate → 16 kHz, as a stream, without delay.

use super::SAMPLE_RATE;
use crate::error::{Error, ErrorKind, Result};
use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Resampler as _};

/// Sample rates that are believed: from telephone codecs' half to the highest of PCM.
pub(super) const RATES: std::ops::RangeInclusive<u32> = 2_000..=768_000;

/// A block has at least so many samples: the filter is as long as a block, and falls off within 5 % of the band.
const LEAST_BLOCK: usize = 1024;

/// Where samples go.
pub(super) type Sink<'a> = &'a mut dyn FnMut(&[f32]) -> Result<()>;

/// Resamples a stream; output sample 0 is the time of input sample 0.
pub(super) struct Resampler {
    /// None where the rate is right already.
    fft: Option<Fft<f32>>,
    rate: u32,
    block: Vec<f32>,
    filled: usize,
    out: Vec<f32>,
    /// Output samples still to be dropped: the filter's delay.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    pub(super) fn new(rate: u32) -> Result<Self> {
        if !RATES.contains(&rate) {
            return Err(wrong_rate(rate));
        }
        let fft = if rate == SAMPLE_RATE { None } else { Some(fft(rate).ok_or_else(|| wrong_rate(rate))?) };
        let (inside, outside) = fft.as_ref().map_or((LEAST_BLOCK, 0), |fft| (fft.fft_size_in(), fft.fft_size_out()));
        let delay = fft.as_ref().map_or(0, |fft| fft.output_delay());
        let (block, out) = (vec![0.0; inside], vec![0.0; outside]);
        Ok(Self { fft, rate, block, filled: 0, out, delay, taken: 0, given: 0 })
    }

    pub(super) fn push(&mut self, mut samples: &[f32], sink: Sink) -> Result<()> {
        self.taken = self.taken.saturating_add(samples.len() as u64);
        if self.fft.is_none() {
            self.given = self.taken;
            return sink(samples);
        }
        while !samples.is_empty() {
            let room = self.block.len().saturating_sub(self.filled).min(samples.len());
            let (now, later) = samples.split_at_checked(room).unwrap_or((samples, &[]));
            let end = self.filled.saturating_add(room);
            if let Some(place) = self.block.get_mut(self.filled..end) {
                place.copy_from_slice(now);
            }
            self.filled = end;
            samples = later;
            if self.filled >= self.block.len() {
                self.turn(u64::MAX, sink)?;
            }
        }
        Ok(())
    }

    /// Puts `count` samples of silence into the stream, at the cost of a few blocks.
    pub(super) fn silence(&mut self, count: u64, sink: Sink) -> Result<()> {
        let zeros = [0.0; LEAST_BLOCK];
        let block = self.block.len() as u64;
        // What is in the filter is out after two blocks of silence, and a whole block in is a whole block out.
        let ends = block.saturating_mul(4);
        let skipped = if self.fft.is_some() { count.saturating_sub(ends).checked_div(block).unwrap_or(0) } else { 0 };
        let mut rest = count.saturating_sub(skipped.saturating_mul(block));
        let first = rest.min(block.saturating_mul(3));
        rest = rest.saturating_sub(first);
        self.zeros(first, &zeros, sink)?;
        for _ in 0..skipped {
            self.taken = self.taken.saturating_add(block);
            self.out.fill(0.0);
            self.given = self.given.saturating_add(self.out.len() as u64);
            sink(&self.out)?;
        }
        self.zeros(rest, &zeros, sink)
    }

    fn zeros(&mut self, mut count: u64, zeros: &[f32], sink: Sink) -> Result<()> {
        while count > 0 {
            let now = usize::try_from(count).unwrap_or(usize::MAX).min(zeros.len());
            self.push(zeros.get(..now).unwrap_or_default(), sink)?;
            count = count.saturating_sub(now as u64);
        }
        Ok(())
    }

    /// Lets out what is still inside. As many samples come out in all as the input is long, rounded up.
    pub(super) fn finish(&mut self, sink: Sink) -> Result<u64> {
        if self.fft.is_none() {
            return Ok(self.given);
        }
        let total = u128::from(self.taken).saturating_mul(SAMPLE_RATE.into()).div_ceil(u128::from(self.rate.max(1)));
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        while self.given < total {
            if let Some(rest) = self.block.get_mut(self.filled..) {
                rest.fill(0.0);
            }
            self.turn(total, sink)?;
        }
        Ok(self.given)
    }

    /// One block through the filter; no more than `most` samples are given in all.
    fn turn(&mut self, most: u64, sink: Sink) -> Result<()> {
        self.filled = 0;
        let Some(fft) = &mut self.fft else { return Ok(()) };
        let (inside, outside) = (self.block.len(), self.out.len());
        let input = SequentialSlice::new(&self.block, 1, inside);
        let output = SequentialSlice::new_mut(&mut self.out, 1, outside);
        let done = match (input, output) {
            (Ok(input), Ok(mut output)) => fft.process_into_buffer(&input, &mut output, None).is_ok(),
            _ => false,
        };
        if !done {
            return Err(wrong_rate(self.rate));
        }
        let dropped = self.delay.min(outside);
        self.delay = self.delay.saturating_sub(dropped);
        let room = usize::try_from(most.saturating_sub(self.given)).unwrap_or(usize::MAX);
        let fresh = self.out.get(dropped..).unwrap_or_default();
        let fresh = fresh.get(..room.min(fresh.len())).unwrap_or_default();
        self.given = self.given.saturating_add(fresh.len() as u64);
        if fresh.is_empty() { Ok(()) } else { sink(fresh) }
    }
}

/// A filter whose blocks are whole, and even, on both sides: then its delay, half a block, is a whole number of samples.
fn fft(rate: u32) -> Option<Fft<f32>> {
    let (from, to) = (usize::try_from(rate).ok()?, usize::try_from(SAMPLE_RATE).ok()?);
    let unit = from.checked_div(gcd(from, to))?;
    let units = LEAST_BLOCK.div_ceil(unit).next_multiple_of(2);
    Fft::new_custom(from, to, unit.checked_mul(units)?, 1, 1, rubato::WindowFunction::BlackmanHarris2, FixedSync::Both)
        .ok()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a.checked_rem(b).unwrap_or(0)) }
}

fn wrong_rate(rate: u32) -> Error {
    Error::new(ErrorKind::Unreadable, format!("a sample rate of {rate} Hz cannot be handled"))
        .with_chinese(format!("无法处理 {rate} Hz 的采样率"))
}
