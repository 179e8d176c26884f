//! Bytes to text.

use super::detect::{self, Detected};
use super::{BOMS, Encoding, EncodingGuess, Kind};
use crate::diag::{Diagnostic, Location, Report, Severity, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;
use crate::source::decoded::Decoded;
use encoding_rs::DecoderResult;

/// A guess below this confidence is a warning, not a note.
const DOUBTFUL: f32 = 0.5;

/// Decodes `bytes`: in the encoding the user named, or the one that is found from a byte order mark, the pattern of
/// NULs, UTF-8's own form, or the letters that come out. Where it had to be guessed, the report says so; bytes that are
/// wrong in it become U+FFFD and are located, never dropped. UTF-8 is taken over in place.
///
/// # Errors
/// [`ErrorKind::Unreadable`] if it is no text at all, [`ErrorKind::Limit`] if the text is over 4 GiB.
///
/// ```
/// use zimu::{diag::Report, source::decode};
/// let source = decode("a.srt", b"\xC4\xE3\xBA\xC3\xA1\xA3".to_vec(), None, &mut Report::default()).unwrap();
/// assert_eq!((source.text(), source.encoding().encoding.name()), ("你好。", "gb18030"));
/// ```
pub fn decode(name: &str, bytes: Vec<u8>, forced: Option<Encoding>, report: &mut Report) -> Result<Source> {
    let bom = BOMS.iter().find(|(mark, _)| bytes.starts_with(mark));
    let bom = bom.filter(|(_, encoding)| forced.is_none_or(|forced| forced.same_family(*encoding)));
    let (guess, bytes) = match (bom, forced) {
        (Some((mark, encoding)), _) => {
            let mut bytes = bytes;
            bytes.drain(..mark.len());
            (EncodingGuess::certain(*encoding, true), bytes)
        }
        (None, Some(forced)) => (EncodingGuess::certain(forced, false), bytes),
        (None, None) => match detect::detect(bytes) {
            Detected::Utf8(text) => return finish(name, text, EncodingGuess::utf8(), None),
            Detected::Other(guess, bytes) => (guess, bytes),
            Detected::Binary => {
                let error = Error::new(ErrorKind::Unreadable, format!("{name} is not text"));
                return Err(error
                    .with_remedy("if it is, name its encoding with --encoding")
                    .with_chinese(format!("{name} 不是文本"))
                    .with_chinese_remedy("如果是，请用 --encoding 指定编码"));
            }
        },
    };
    if guess.confidence < 1.0 {
        announce(&guess, report);
    }
    let (text, bytes) = match guess.encoding.0 {
        Kind::Utf32Le | Kind::Utf32Be => (utf32(&bytes, guess.encoding, report), bytes),
        Kind::Web(encoding) if encoding == encoding_rs::UTF_8 => match Decoded::checked(bytes) {
            Ok(text) => return finish(name, text, guess, None),
            Err(bytes) => (web(&bytes, encoding, report), bytes),
        },
        Kind::Web(encoding) => (web(&bytes, encoding, report), bytes),
    };
    finish(name, text.into(), guess, Some(bytes))
}

fn finish(name: &str, text: Decoded, guess: EncodingGuess, original: Option<Vec<u8>>) -> Result<Source> {
    if u32::try_from(text.as_str().len()).is_err() {
        return Err(Error::new(ErrorKind::Limit, format!("{name} holds more than 4 GiB of text"))
            .with_chinese(format!("{name} 的文本超过 4 GiB")));
    }
    Ok(Source { original, ..Source::of(name, text, guess) })
}

fn announce(guess: &EncodingGuess, report: &mut Report) {
    let mut note = Diagnostic::new(codes::parse::ENCODING_GUESSED, Location::FILE)
        .with("encoding", guess.encoding.name())
        .with("confidence", f64::from(guess.confidence));
    if guess.confidence < DOUBTFUL {
        note.severity = Severity::Warning;
    }
    report.push(note);
}

/// Text as it grows, and the bytes that were no characters: each becomes U+FFFD, a run of them one diagnostic.
struct Text<'r> {
    out: String,
    encoding: &'static str,
    /// Where the current run of bad bytes starts and ends in `out`, and how many bytes it stands for.
    run: (usize, usize, u64),
    report: &'r mut Report,
}

impl<'r> Text<'r> {
    fn new(capacity: usize, encoding: &'static str, report: &'r mut Report) -> Self {
        Self { out: String::with_capacity(capacity), encoding, run: (0, 0, 0), report }
    }

    fn bad(&mut self, bytes: u64) {
        if self.run.2 > 0 && self.run.1 != self.out.len() {
            self.end_run();
        }
        if self.run.2 == 0 {
            self.run.0 = self.out.len();
        }
        self.out.push(char::REPLACEMENT_CHARACTER);
        self.run = (self.run.0, self.out.len(), self.run.2.saturating_add(bytes));
    }

    fn end_run(&mut self) {
        let (start, end, count) = std::mem::take(&mut self.run);
        if count > 0 {
            let bad = Diagnostic::new(codes::parse::BAD_BYTES, Location::span(start..end));
            self.report.push(bad.with("count", count).with("encoding", self.encoding));
        }
    }

    fn finish(mut self) -> String {
        self.end_run();
        self.out
    }
}

fn web(bytes: &[u8], encoding: &'static encoding_rs::Encoding, report: &mut Report) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = Text::new(bytes.len(), encoding.name(), report);
    let mut rest = bytes;
    loop {
        // Room for what is left, and for one more character: the decoder writes only whole ones.
        let need = decoder.max_utf8_buffer_length_without_replacement(rest.len().min(1 << 16)).unwrap_or(1 << 18);
        text.out.reserve(need);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text.out, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return text.finish(),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, _) => text.bad(u64::from(bad)),
        }
    }
}

fn utf32(bytes: &[u8], encoding: Encoding, report: &mut Report) -> String {
    let mut text = Text::new(bytes.len(), encoding.name(), report);
    let mut units = bytes.chunks_exact(4);
    for unit in &mut units {
        match detect::utf32_char(unit, encoding) {
            Some(c) => text.out.push(c),
            None => text.bad(4),
        }
    }
    if !units.remainder().is_empty() {
        text.bad(units.remainder().len() as u64);
    }
    text.finish()
}
