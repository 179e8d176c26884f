//! Opus packets → samples (RFC 6716), with the header's gain (RFC 7845, 5.1).

use opus_pure::{MAX_PACKET_SAMPLES, OpusDecoder, OpusMSDecoder};

/// Opus always decodes to 48 kHz; positions count in it.
pub(super) const RATE: u32 = 48_000;

/// What an `OpusHead` says (RFC 7845, 5.1).
pub(super) struct Head {
    pub(super) channels: usize,
    /// Samples at 48 kHz before the sound.
    pub(super) pre_skip: u16,
    /// Q7.8, in dB.
    gain: i16,
    /// 0: mono or stereo; 1: surround.
    family: u8,
}

impl Head {
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"OpusHead")?;
        let [_version, channels, skip_0, skip_1, _, _, _, _, gain_0, gain_1, family, ..] = *rest else { return None };
        let (pre_skip, gain) = (u16::from_le_bytes([skip_0, skip_1]), i16::from_le_bytes([gain_0, gain_1]));
        Some(Self { channels: channels.into(), pre_skip, gain, family }).filter(|head| head.channels > 0)
    }
}

/// A decoder of one stream, or of several that make up surround sound.
pub(super) struct Decoder {
    kind: Kind,
    channels: usize,
    /// The header's output gain as a factor.
    gain: f32,
    buffer: Vec<f32>,
}

enum Kind {
    One(Box<OpusDecoder>),
    Many(Box<OpusMSDecoder>),
}

impl Decoder {
    /// For a stream with this header (`OpusHead`, also as Matroska's `CodecPrivate`); without one, `channels`.
    pub(super) fn new(header: Option<&[u8]>, channels: usize) -> Option<Self> {
        let fallback = Head { channels: channels.clamp(1, 2), pre_skip: 0, gain: 0, family: 0 };
        let Head { channels, gain, family, .. } = header.and_then(Head::parse).unwrap_or(fallback);
        let rate = i32::try_from(RATE).ok()?;
        let kind = if family == 0 {
            Kind::One(Box::new(OpusDecoder::new(rate, channels).ok()?))
        } else {
            Kind::Many(Box::new(OpusMSDecoder::new(rate, channels, family).ok()?))
        };
        let buffer = vec![0.0; MAX_PACKET_SAMPLES.checked_mul(channels)?];
        let gain = 10f32.powf(f32::from(gain) / (20.0 * 256.0));
        Some(Self { kind, channels, gain, buffer })
    }

    /// Decodes a packet; gives the samples, interleaved, and the number of channels.
    pub(super) fn decode(&mut self, packet: &[u8]) -> Option<(&[f32], usize)> {
        let done = match &mut self.kind {
            Kind::One(decoder) => decoder.decode(packet, MAX_PACKET_SAMPLES, &mut self.buffer),
            Kind::Many(decoder) => decoder.decode(packet, MAX_PACKET_SAMPLES, &mut self.buffer),
        };
        let length = done.ok()?.checked_mul(self.channels)?;
        let samples = self.buffer.get_mut(..length)?;
        if self.gain != 1.0 {
            samples.iter_mut().for_each(|sample| *sample *= self.gain);
        }
        Some((samples, self.channels))
    }

    pub(super) fn reset(&mut self) {
        // A state that cannot be reset is one that was never used.
        let _ = match &mut self.kind {
            Kind::One(decoder) => decoder.reset_state(),
            Kind::Many(decoder) => decoder.reset_state(),
        };
    }
}
