//! Where in the original bytes an offset of the decoded text lies.

use super::detect::utf32_char;
use super::{Encoding, Kind};
use encoding_rs::{Decoder, DecoderResult};

/// What a byte means depends on escapes before it, so that bytes cannot be cut anywhere: ISO-2022-JP alone of the web's.
pub(crate) fn is_stateful(encoding: Encoding) -> bool {
    matches!(encoding.0, Kind::Web(web) if web == encoding_rs::ISO_2022_JP)
}

/// Finds byte offsets for offsets of the text, in increasing order: decodes along, a bounded piece at a time.
pub(crate) struct OffsetFinder<'a> {
    bytes: &'a [u8],
    encoding: Encoding,
    decoder: Option<Decoder>,
    /// How many bytes are decoded, and to how much text.
    at: usize,
    text: usize,
}

/// Bytes that are decoded at once.
const CHUNK: usize = 4 << 10;

/// A byte becomes at most so many bytes of UTF-8: a letter of a single-byte encoding, or U+FFFD.
const MOST_PER_BYTE: usize = 3;

impl<'a> OffsetFinder<'a> {
    pub(crate) fn new(bytes: &'a [u8], encoding: Encoding) -> Self {
        let decoder = match encoding.0 {
            Kind::Web(web) => Some(web.new_decoder_without_bom_handling()),
            Kind::Utf32Le | Kind::Utf32Be => None,
        };
        Self { bytes, encoding, decoder, at: 0, text: 0 }
    }

    /// The offset in the bytes; the end of what was asked before, if that lies further.
    pub(crate) fn find(&mut self, text: usize) -> usize {
        while self.text < text && self.at < self.bytes.len() {
            // So few bytes that their text cannot go beyond.
            let step = (text.saturating_sub(self.text) / MOST_PER_BYTE).clamp(1, CHUNK);
            self.step(step);
        }
        self.at
    }

    fn step(&mut self, step: usize) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(decoder) = &mut self.decoder else {
            let unit = rest.get(..4).unwrap_or(rest);
            let length = utf32_char(unit, self.encoding).map_or(MOST_PER_BYTE, char::len_utf8);
            self.at = self.at.saturating_add(unit.len());
            self.text = self.text.saturating_add(length);
            return;
        };
        let mut input = rest.get(..step).unwrap_or(rest);
        let mut room = [0u8; CHUNK * MOST_PER_BYTE + 16];
        loop {
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(input, &mut room, false);
            self.at = self.at.saturating_add(read);
            self.text = self.text.saturating_add(written);
            input = input.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.text = self.text.saturating_add(MOST_PER_BYTE),
            }
        }
    }
}
