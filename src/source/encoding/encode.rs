//! Text to bytes.

use super::{BOMS, Encoding, Kind};
use encoding_rs::EncoderResult;
use std::borrow::Cow;

/// A line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eol {
    /// `\n`, as on Unix.
    Lf,
    /// `\r\n`, as on Windows.
    CrLf,
    /// `\r`, as on old Macs.
    Cr,
}

impl Eol {
    fn text(self) -> &'static str {
        match self {
            Eol::Lf => "\n",
            Eol::CrLf => "\r\n",
            Eol::Cr => "\r",
        }
    }
}

/// How a text becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncodeOptions {
    /// The encoding.
    pub encoding: Encoding,
    /// A byte order mark goes first, if the encoding has one ([`Encoding::bom`]).
    pub bom: bool,
    /// Every line ends so; `None` leaves line ends as they are.
    pub eol: Option<Eol>,
}

impl Default for EncodeOptions {
    /// UTF-8, no byte order mark, line ends as they are.
    fn default() -> Self {
        Self { encoding: Encoding::UTF_8, bom: false, eol: None }
    }
}

/// A character that the encoding lacks, and what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where it stands: a byte offset in the text that was given.
    pub offset: usize,
    /// The character.
    pub character: char,
    /// What was written: the same in plainer characters (`...` for `…`), or `?`.
    pub replacement: &'static str,
}

impl Missing {
    /// The replacement says the same.
    pub fn is_kept(&self) -> bool {
        self.replacement != UNKNOWN
    }
}

/// What is written for a character that has no plainer form.
const UNKNOWN: &str = "?";

/// Typography that older encodings lack, and how typewriters write it.
const PLAINER: &[(char, &str)] = &[
    ('\u{A0}', " "),
    ('\u{AD}', "-"),
    ('\u{2002}', " "),
    ('\u{2003}', " "),
    ('\u{2009}', " "),
    ('\u{202F}', " "),
    ('‐', "-"),
    ('‑', "-"),
    ('–', "-"),
    ('—', "-"),
    ('―', "-"),
    ('−', "-"),
    ('‘', "'"),
    ('’', "'"),
    ('‚', ","),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('…', "..."),
    ('⋯', "..."),
    ('•', "*"),
    ('·', "."),
    ('♪', "#"),
    ('♫', "#"),
];

impl Encoding {
    /// Its byte order mark, if it has one.
    pub fn bom(self) -> Option<&'static [u8]> {
        BOMS.iter().find(|(_, encoding)| *encoding == self).map(|(mark, _)| *mark)
    }
}

/// Encodes `text`. `missing` hears of each character that the encoding lacks; nothing is left out in silence.
///
/// ```
/// use zimu::source::{EncodeOptions, Encoding, encode};
/// let mut options = EncodeOptions::default();
/// options.encoding = Encoding::parse("latin1").unwrap();
/// let mut lost = Vec::new();
/// assert_eq!(encode("café → 字", &options, |missing| lost.push(missing.character)), b"caf\xE9 ? ?");
/// assert_eq!(lost, ['→', '字']);
/// ```
pub fn encode(text: &str, options: &EncodeOptions, mut missing: impl FnMut(Missing)) -> Vec<u8> {
    let EncodeOptions { encoding, bom, eol } = *options;
    let mark = if bom { encoding.bom().unwrap_or_default() } else { &[] };
    let mut out = Vec::with_capacity(text.len().saturating_add(mark.len()));
    out.extend_from_slice(mark);
    // Line by line where line ends change; else all at once.
    let lines = Lines { text, at: 0, eol };
    match encoding.0 {
        Kind::Utf32Le => lines.chars(|c| out.extend_from_slice(&u32::from(c).to_le_bytes())),
        Kind::Utf32Be => lines.chars(|c| out.extend_from_slice(&u32::from(c).to_be_bytes())),
        Kind::Web(wide) if wide == encoding_rs::UTF_16LE => lines.units(|u| out.extend_from_slice(&u.to_le_bytes())),
        Kind::Web(wide) if wide == encoding_rs::UTF_16BE => lines.units(|u| out.extend_from_slice(&u.to_be_bytes())),
        Kind::Web(utf8) if utf8 == encoding_rs::UTF_8 => {
            lines.for_each(|(_, piece)| out.extend_from_slice(piece.as_bytes()))
        }
        Kind::Web(encoding) => legacy(lines, encoding, &mut out, &mut missing),
    }
    out
}

/// The text in pieces whose line ends are as asked, each with its place in the text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    eol: Option<Eol>,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let Some(eol) = self.eol else {
            self.at = self.text.len();
            return Some((start, Cow::Borrowed(rest)));
        };
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (line, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let end = if tail.starts_with("\r\n") { 2 } else { usize::from(!tail.is_empty()) };
        self.at = start.saturating_add(length).saturating_add(end);
        let as_asked = tail.get(..end) == Some(eol.text()) || end == 0;
        let whole = rest.get(..length.saturating_add(end)).unwrap_or_default();
        Some((start, if as_asked { Cow::Borrowed(whole) } else { Cow::Owned([line, eol.text()].concat()) }))
    }
}

impl Lines<'_> {
    fn chars(self, mut each: impl FnMut(char)) {
        self.for_each(|(_, piece)| piece.chars().for_each(&mut each));
    }

    fn units(self, mut each: impl FnMut(u16)) {
        self.for_each(|(_, piece)| piece.encode_utf16().for_each(&mut each));
    }
}

fn legacy(
    lines: Lines<'_>,
    encoding: &'static encoding_rs::Encoding,
    out: &mut Vec<u8>,
    missing: &mut impl FnMut(Missing),
) {
    let mut encoder = encoding.new_encoder();
    let mut put = |text: &str, last: bool, out: &mut Vec<u8>| {
        let mut rest = text;
        loop {
            let room = encoder.max_buffer_length_from_utf8_without_replacement(rest.len().min(1 << 16));
            out.reserve(room.unwrap_or(1 << 18));
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, out, last);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                EncoderResult::InputEmpty => return None,
                EncoderResult::OutputFull => {}
                EncoderResult::Unmappable(character) => {
                    return Some((character, text.len().saturating_sub(rest.len())));
                }
            }
        }
    };
    for (start, piece) in lines {
        let mut done = 0usize;
        while let Some((character, read)) = put(piece.get(done..).unwrap_or_default(), false, out) {
            done = done.saturating_add(read);
            let offset = start.saturating_add(done).saturating_sub(character.len_utf8());
            let plainer = PLAINER.iter().find(|(c, _)| *c == character).map_or(UNKNOWN, |(_, plain)| *plain);
            put(plainer, false, out);
            missing(Missing { offset, character, replacement: plainer });
        }
    }
    put("", true, out);
}
