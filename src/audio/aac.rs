//! Whether AAC is HE-AAC: sound of half the rate, whose upper half is described (SBR), and which starts later than the decoder of the
//! lower half alone would have it (by 962 samples). Three ways to say so: in the configuration, behind a configuration that old
//! readers understand, and only in the packets (ISO/IEC 14496-3, 1.6.5.2).

use symphonia::core::packet::Packet;

/// What HE-AAC is called here.
pub(super) const HE_AAC: &str = "he-aac";

/// SBR doubles the rate of the core, to at most 48 kHz in practice: a core above this has none.
pub(super) const HIGHEST_CORE: u32 = 24_000;

/// Packets that are asked. One could look by chance as if it had SBR; the first of a stream may have none yet.
pub(super) const ASKED: usize = 8;

// Audio object types (1.5.1.1).
const LC: u32 = 2;
const SBR: u32 = 5;
const PS: u32 = 29;

/// Mark before an extension behind the configuration (1.6.6.1).
const SYNC_EXTENSION: u32 = 0x2B7;

/// Bits from the most significant on.
#[derive(Clone, Copy)]
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.at)
    }

    /// At most 32 bits; none if there are not so many.
    fn take(&mut self, count: usize) -> Option<u32> {
        if count > self.left() {
            return None;
        }
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value = (value << 1) | u32::from((byte << (self.at % 8)) >> 7);
            self.at = self.at.saturating_add(1);
        }
        Some(value)
    }
}

/// An `AudioSpecificConfig` says that there is SBR.
pub(super) fn says_sbr(config: &[u8]) -> bool {
    sbr_in_config(config).unwrap_or(false)
}

fn sbr_in_config(config: &[u8]) -> Option<bool> {
    let mut bits = Bits { bytes: config, at: 0 };
    let object = bits.take(5)?;
    if object != LC {
        return Some(object == SBR || object == PS);
    }
    rate(&mut bits)?;
    // Channels; whether frames have 960 samples. Then GASpecificConfig (4.4.1).
    let _ = (bits.take(4)?, bits.take(1)?);
    if bits.take(1)? == 1 {
        bits.take(14)?;
    }
    bits.take(1)?;
    Some(bits.take(11)? == SYNC_EXTENSION && bits.take(5)? == SBR && bits.take(1)? == 1)
}

fn rate(bits: &mut Bits) -> Option<u32> {
    match bits.take(4)? {
        15 => bits.take(24),
        index => Some(index),
    }
}

/// Most of these packets carry SBR, whatever the configuration says.
pub(super) fn carry_sbr<'a>(packets: impl ExactSizeIterator<Item = &'a Packet>) -> bool {
    let half = packets.len() / 2;
    packets.filter(|packet| carries_sbr(&packet.data)).count() > half
}

// Elements of a block (4.5.2.1), extension types (4.5.2.8.2).
const FILL: u32 = 6;
const END: u32 = 7;
const EXT_SBR_DATA: u32 = 13;
const EXT_SBR_DATA_CRC: u32 = 14;

/// Where the sound's own elements end cannot be told without decoding them, but SBR is a fill element behind them, and what is
/// behind it is nothing but fill, the end and less than a byte of zeros. Sound that looks like this is one packet in some hundred.
fn carries_sbr(packet: &[u8]) -> bool {
    let bits = packet.len().saturating_mul(8);
    (0..bits).any(|at| {
        let mut rest = Bits { bytes: packet, at };
        fill(&mut rest) == Some(true) && is_rest(rest)
    })
}

/// Reads a fill element; whether it is SBR. None if there is none here.
fn fill(bits: &mut Bits) -> Option<bool> {
    if bits.take(3)? != FILL {
        return None;
    }
    let mut count = bits.take(4)? as usize;
    if count == 15 {
        count = count.saturating_add(bits.take(8)? as usize).saturating_sub(1);
    }
    let end = bits.at.saturating_add(count.saturating_mul(8));
    let kind = if count > 0 { bits.take(4)? } else { 0 };
    let whole = end <= bits.bytes.len().saturating_mul(8);
    bits.at = end;
    whole.then_some(kind == EXT_SBR_DATA || kind == EXT_SBR_DATA_CRC)
}

/// Nothing but fill, the end, zeros to the next byte.
fn is_rest(mut bits: Bits) -> bool {
    while bits.left() > 0 {
        let mut here = bits;
        if here.take(3) == Some(END) {
            let left = here.left();
            return left < 8 && here.take(left) == Some(0);
        }
        if fill(&mut bits).is_none() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_say_it_in_two_ways() {
        // 24 kHz, one channel: AAC-LC; SBR before it; PS before it; SBR behind it; absent behind it.
        for (config, sbr) in [
            (&[0x13, 0x08][..], false),
            (&[0x2B, 0x09, 0x88, 0x00][..], true),
            (&[0xEB, 0x09, 0x88, 0x00][..], true),
            (&[0x13, 0x08, 0x56, 0xE5, 0x98][..], true),
            (&[0x13, 0x08, 0x56, 0xE5, 0x18][..], false),
            (&[0x13][..], false),
            (&[][..], false),
        ] {
            assert_eq!(says_sbr(config), sbr, "{config:02x?}");
        }
    }

    #[test]
    fn packets_are_read_from_behind() {
        // Something, then 110 0010 1101 + 12 bits, 111, zeros.
        assert!(carries_sbr(&[0x21, 0x4F, 0b1100_0101, 0b1010_0000, 0b0000_0001, 0b1100_0000]));
        // The same, and a fill element of one byte behind it.
        let with_fill = [0x21, 0b1100_0101, 0b1010_0000, 0b0000_0001, 0b1000_0010, 0, 0b1110_0000];
        assert!(!carries_sbr(&with_fill), "the end is two bytes away from where the count says");
        assert!(carries_sbr(&[0b1100_0101, 0b1010_0000, 0b0000_0001, 0b1000_0100, 0b0000_0011, 0b1000_0000]));
        // Another extension, and noise.
        assert!(!carries_sbr(&[0x21, 0x4F, 0b1100_0100, 0b0010_0000, 0b0000_0001, 0b1100_0000]));
        let mut state = 9u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let like_sbr = (0..1000).filter(|_| carries_sbr(&(0..200).map(|_| byte()).collect::<Vec<_>>())).count();
        assert!(like_sbr < 40, "{like_sbr} of 1000");
    }
}
