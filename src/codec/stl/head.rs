//! The general subtitle information block (Tech 3264 §4.1).

use super::code_page;
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

/// A field that has no place in a track: it is kept under its name, and comes back.
pub(super) struct Field {
    pub(super) name: &'static str,
    start: usize,
    length: usize,
    /// What is written if nothing is known, and not kept.
    default: &'static str,
}

const fn field(name: &'static str, start: usize, length: usize) -> Field {
    Field { name, start, length, default: "" }
}

/// In the order of the block. The display standard (DSC) is `1` for teletext; what says otherwise is [`super::plan::Plan`].
#[rustfmt::skip]
pub(super) static FIELDS: &[Field] = &[
    field(DSC, 11, 1),
    field("OET", 48, 32),
    field("TPT", 80, 32),
    field("TET", 112, 32),
    field("TN", 144, 32),
    field("TCD", 176, 32),
    field("SLR", 208, 16),
    // Dates of creation and revision; nobody knows them here.
    Field { default: "000000", ..field("CD", 224, 6) },
    Field { default: "000000", ..field("RD", 230, 6) },
    Field { default: "00", ..field("RN", 236, 2) },
    Field { default: "40", ..field(MNC, 251, 2) },
    Field { default: "23", ..field(MNR, 253, 2) },
    field("CO", 274, 3),
    field("PUB", 277, 32),
    field("EN", 309, 32),
    field("ECD", 341, 32),
    field("UDA", 448, 576),
];

/// Display standard code, characters in a row, rows.
pub(super) const DSC: &str = "DSC";
pub(super) const MNC: &str = "MNC";
pub(super) const MNR: &str = "MNR";

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
    pub(super) start: Option<Timecode>,
    /// Fields that are filled in and have no place: name and value.
    pub(super) others: Vec<(&'static str, String)>,
}

impl Head {
    /// From the block; what is missing of it is as if it were blank.
    pub(super) fn read(block: &[u8]) -> Self {
        let page = block.get(..3).unwrap_or_default();
        let field = |start: usize, length: usize| {
            let bytes = block.get(start..start.saturating_add(length)).unwrap_or_default();
            trim(&code_page::text(page, bytes)).to_owned()
        };
        let others = FIELDS.iter().map(|row| (row, field(row.start, row.length)));
        let others = others.filter(|(row, value)| !value.is_empty() && value != row.default);
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
            start: digits(&field(256, 8)),
            others: others.map(|(row, value)| (row.name, value)).collect(),
        }
    }
}

/// What is written into the block besides the fields that are kept.
pub(super) struct Written<'a> {
    /// `STL25.01`.
    pub(super) disk_format: &'static str,
    pub(super) table: &'static str,
    pub(super) lang: Option<&'a LangTag>,
    pub(super) title: &'a str,
    pub(super) blocks: usize,
    pub(super) subtitles: usize,
    pub(super) start: Timecode,
    /// That of the first subtitle.
    pub(super) first: Timecode,
    /// Names and values.
    pub(super) fields: &'a [(&'static str, &'a str)],
}

impl Written<'_> {
    /// The block.
    pub(super) fn block(&self) -> Vec<u8> {
        let Self { disk_format, table, lang, title, blocks, subtitles, start, first, fields } = self;
        let code = |code: &Timecode| {
            let Timecode { hours, minutes, seconds, frames, drop: _ } = code;
            format!("{hours:02}{minutes:02}{seconds:02}{frames:02}")
        };
        let mut block = vec![b' '; LENGTH];
        let mut put = |at: usize, length: usize, text: &str| {
            let bytes = code_page::bytes(text);
            let place = block.get_mut(at..at.saturating_add(length)).unwrap_or_default();
            place.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
        };
        put(0, 3, code_page::LATIN);
        put(3, 8, disk_format);
        put(12, 2, table);
        put(14, 2, &lang.and_then(number).map_or("00".to_owned(), |number| format!("{number:02X}")));
        put(16, 32, title);
        put(238, 5, &format!("{blocks:05}"));
        put(243, 5, &format!("{subtitles:05}"));
        // One group of subtitles; time codes are meant to be used (TCS); disk 1 of 1.
        put(248, 3, "001");
        put(255, 1, "1");
        put(256, 8, &code(start));
        put(264, 8, &code(first));
        put(272, 2, "11");
        for row in FIELDS {
            let known = fields.iter().find(|(name, _)| *name == row.name).map_or(row.default, |(_, value)| value);
            put(row.start, row.length, known);
        }
        block
    }
}

/// A value that comes back from this field as it is.
pub(super) fn fits(name: &str, value: &str) -> bool {
    let row = FIELDS.iter().find(|row| row.name == name);
    row.is_some_and(|row| value != row.default && comes_back(value, row.length))
}

/// A title that comes back as it is.
pub(super) fn title_fits(title: &str) -> bool {
    comes_back(title, 32)
}

fn comes_back(value: &str, length: usize) -> bool {
    let bytes = code_page::bytes(value);
    let whole = bytes.len() <= length && code_page::text(code_page::LATIN.as_bytes(), &bytes) == value;
    whole && !value.is_empty() && trim(value) == value
}

/// Without the padding of a field.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
}

/// The number of a language; `None` if it has none, or says more than the table does.
fn number(lang: &LangTag) -> Option<usize> {
    let base = lang.as_str().split('-').next().unwrap_or_default();
    let find = |tag: &str| {
        let at =
            |list: &[&str], first: usize| list.iter().position(|known| *known == tag).map(|i| i.saturating_add(first));
        at(&LATIN, 1).or_else(|| at(&OTHER_SCRIPTS, 0x45))
    };
    find(lang.as_str()).or_else(|| find(base))
}

/// What a language comes back as.
pub(super) fn lang_read(lang: &LangTag) -> Option<LangTag> {
    language(&format!("{:02X}", number(lang)?))
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
