//! Which encoding bytes are in, and the text they hold.

mod decode;
mod detect;
mod encode;
mod offset;

pub use decode::decode;
pub use encode::{EncodeOptions, Eol, Missing, encode};
pub(crate) use offset::{OffsetFinder, is_stateful};

/// A text encoding: UTF-8, UTF-16, UTF-32 or one of the WHATWG legacy encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The WHATWG Encoding Standard has it.
    Web(&'static encoding_rs::Encoding),
    /// The standard has no UTF-32; files have.
    Utf32Le,
    Utf32Be,
}

const fn web(encoding: &'static encoding_rs::Encoding) -> Encoding {
    Encoding(Kind::Web(encoding))
}

/// Byte order marks; the longer first, since UTF-32LE's begins with UTF-16LE's.
const BOMS: &[(&[u8], Encoding)] = &[
    (&[0xFF, 0xFE, 0, 0], Encoding::UTF_32LE),
    (&[0, 0, 0xFE, 0xFF], Encoding::UTF_32BE),
    (&[0xEF, 0xBB, 0xBF], Encoding::UTF_8),
    (&[0xFF, 0xFE], web(encoding_rs::UTF_16LE)),
    (&[0xFE, 0xFF], web(encoding_rs::UTF_16BE)),
    (&[0x84, 0x31, 0x95, 0x33], web(encoding_rs::GB18030)),
];

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = web(encoding_rs::UTF_8);
    /// UTF-32, low byte first.
    pub const UTF_32LE: Self = Self(Kind::Utf32Le);
    /// UTF-32, high byte first.
    pub const UTF_32BE: Self = Self(Kind::Utf32Be);

    /// Its name (`gb18030`, `UTF-16LE`).
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Web(encoding) => encoding.name(),
            Kind::Utf32Le => "UTF-32LE",
            Kind::Utf32Be => "UTF-32BE",
        }
    }

    /// The encoding of a label: those of the WHATWG Encoding Standard §4.2 (`gbk`, `sjis`, `latin1`, `utf-16`) and
    /// `utf-32`, `utf-32le`, `utf-32be`. Case and white space around it do not matter.
    ///
    /// ```
    /// use zimu::source::Encoding;
    /// assert_eq!(Encoding::parse(" GBK ").unwrap().name(), "GBK");
    /// assert_eq!(Encoding::parse("utf-32"), Some(Encoding::UTF_32LE));
    /// assert_eq!(Encoding::parse("morse"), None);
    /// ```
    pub fn parse(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-32" | "utf32" | "utf-32le" | "utf32le" => Some(Self::UTF_32LE),
            "utf-32be" | "utf32be" => Some(Self::UTF_32BE),
            label => encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(web),
        }
    }

    /// They differ in nothing but byte order.
    fn same_family(self, other: Self) -> bool {
        let family = |encoding: Self| encoding.name().trim_end_matches("LE").trim_end_matches("BE");
        family(self) == family(other)
    }
}

/// The encoding an input was read as, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct EncodingGuess {
    /// The encoding.
    pub encoding: Encoding,
    /// 0 to 1: 1 for a byte order mark, valid UTF-8, or the user's word.
    pub confidence: f32,
    /// It began with a byte order mark.
    pub bom: bool,
}

impl EncodingGuess {
    /// Certain UTF-8 without a byte order mark.
    pub fn utf8() -> Self {
        Self { encoding: Encoding::UTF_8, confidence: 1.0, bom: false }
    }

    fn certain(encoding: Encoding, bom: bool) -> Self {
        Self { encoding, confidence: 1.0, bom }
    }
}
