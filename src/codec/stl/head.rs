//! The general subtitle information block (Tech 3264 §4.1).

use super::letter::Table;
use crate::lang::LangTag;
use crate::time::{FrameRate, Timecode};

/// Bytes of the block.
pub(super) const LENGTH: usize = 1024;

/// A file that begins with a disk format code: `STL25.01` after the code page.
pub(super) fn probe(bytes: &[u8]) -> u8 {
    let code = bytes.get(3..11).unwrap_or_default();
    let [b'S', b'T', b'L', a, b, b'.', b'0', b'1'] = code else { return 0 };
    if a.is_ascii_digit() && b.is_ascii_digit() { u8::MAX } else { 0 }
}

/// The fields that have no place in a track, and where they stand.
const OTHERS: &[(&str, usize, usize)] = &[
    ("OET", 48, 32),
    ("TPT", 80, 32),
    ("TET", 112, 32),
    ("TN", 144, 32),
    ("TCD", 176, 32),
    ("SLR", 208, 16),
    ("PUB", 277, 32),
    ("EN", 309, 32),
    ("ECD", 341, 32),
    ("UDA", 448, 576),
];

/// Language codes by number (Tech 3264 appendix 3).
const LATIN: [&str; 0x2B] = [
    "sq", "br", "ca", "hr", "cy", "cs", "da", "de", "en", "es", "eo", "et", "eu", "fo", "fr", "fy", "ga", "gd", "gl",
    "is", "it", "se", "la", "lv", "lb", "lt", "hu", "mt", "nl", "no", "oc", "pl", "pt", "ro", "rm", "sr", "sk", "sl",
    "fi", "sv", "tr", "nl-BE", "wa",
];
/// From 45 on.
const OTHER_SCRIPTS: [&str; 0x3B] = [
    "zu", "vi", "uz", "ur", "uk", "th", "te", "tt", "ta", "tg", "sw", "srn", "so", "si", "sn", "sh", "rue", "ru", "qu",
    "ps", "pa", "fa", "pap", "or", "ne", "nd", "mr", "mo", "ms", "mg", "mk", "lo", "ko", "km", "kk", "kn", "ja", "id",
    "hi", "he", "ha", "gn", "gu", "el", "ka", "ff", "prs", "cv", "zh", "my", "bg", "bn", "be", "bm", "az", "as", "hy",
    "ar", "am",
];

/// What the block says.
pub(super) struct Head {
    /// `None` for a disk format code that is not known.
    pub(super) rate: Option<FrameRate>,
    /// The table of characters, or what stands in its place.
    pub(super) table: Result<Table, String>,
    pub(super) lang: Option<LangTag>,
    /// The original title of the programme.
    pub(super) title: String,
    /// How many blocks follow, if that is a number.
    pub(super) blocks: Option<usize>,
    /// Rows of the screen.
    pub(super) rows: u8,
    pub(super) start: Option<Timecode>,
    /// Names of fields that are filled in and have no place.
    pub(super) others: Vec<&'static str>,
}

impl Head {
    /// From the block; what is missing of it is as if it were blank.
    pub(super) fn read(block: &[u8]) -> Self {
        let field = |start: usize, length: usize| {
            let bytes = block.get(start..start.saturating_add(length)).unwrap_or_default();
            let text = code_page(field_text(block, 0, 3).trim(), bytes);
            text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned()
        };
        let teletext = matches!(field(11, 1).as_str(), "1" | "2");
        // Teletext has 23 rows for subtitles; else it is what the file says (§4.1, MNR).
        let rows = if teletext { None } else { field(253, 2).parse().ok().filter(|rows| *rows > 0) };
        let others = OTHERS.iter().filter(|(_, start, length)| !field(*start, *length).is_empty());
        Self {
            rate: match field(3, 8).as_str() {
                "STL25.01" => FrameRate::new(25, 1),
                "STL30.01" => FrameRate::new(30_000, 1001),
                _ => None,
            },
            table: Table::named(&field(12, 2)).ok_or_else(|| field(12, 2)),
            lang: language(&field(14, 2)),
            title: field(16, 32),
            blocks: field(238, 5).parse().ok(),
            rows: rows.unwrap_or(23),
            start: digits(&field(256, 8)),
            others: others.map(|(name, ..)| *name).collect(),
        }
    }
}

fn field_text(block: &[u8], start: usize, length: usize) -> String {
    String::from_utf8_lossy(block.get(start..start.saturating_add(length)).unwrap_or_default()).into_owned()
}

/// The text of a field. Of the code pages of DOS only 850 and its like are met, whose letters are those of the West.
fn code_page(_page: &str, bytes: &[u8]) -> String {
    /// The letters of code pages 437, 850 and 860 to 865 from 80 to A5, where these agree with 850.
    const UPPER: [char; 38] = [
        'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ', 'Æ', 'ô', 'ö', 'ò',
        'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', 'á', 'í', 'ó', 'ú', 'ñ', 'Ñ',
    ];
    let letter = |b: &u8| match b {
        0..=0x7F => char::from(*b),
        0xE1 => 'ß',
        _ => UPPER.get(usize::from(b.saturating_sub(0x80))).copied().unwrap_or('\u{FFFD}'),
    };
    bytes.iter().map(letter).collect()
}

fn language(code: &str) -> Option<LangTag> {
    let number = usize::from_str_radix(code, 16).ok()?;
    let latin = number.checked_sub(1).and_then(|i| LATIN.get(i));
    let tag = latin.or_else(|| number.checked_sub(0x45).and_then(|i| OTHER_SCRIPTS.get(i)))?;
    LangTag::parse(tag)
}

/// `10000000`.
fn digits(code: &str) -> Option<Timecode> {
    let parts: Vec<&str> =
        (0..4).filter_map(|i: usize| code.get(i.saturating_mul(2)..i.saturating_mul(2).saturating_add(2))).collect();
    if code.len() != 8 { None } else { Timecode::parse(&parts.join(":")) }
}
