//! Finding the encoding of bytes without a byte order mark.

use super::{Encoding, EncodingGuess, Kind, web};
use crate::lang::is_han;
use crate::source::decoded::Decoded;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::sync::LazyLock;

/// How much text is looked at: enough for any guess, and a bound on what guessing costs.
const WINDOW: usize = 64 << 10;
/// How much of that is decoded on trial, once for each candidate of East Asia.
const SAMPLE: usize = 8 << 10;
/// How much the detector is fed. It weighs every byte in forty encodings: 0.2 ms a kilobyte, as much as converting a film
/// costs. Fifty lines with letters tell what there is to tell.
const FED: usize = 2 << 10;

/// What was found.
pub(super) enum Detected {
    /// Valid UTF-8.
    Utf8(Decoded),
    /// Something else, or UTF-8 with mistakes in it.
    Other(EncodingGuess, Vec<u8>),
    /// No text.
    Binary,
}

pub(super) fn detect(bytes: Vec<u8>) -> Detected {
    let prefix = bytes.get(..WINDOW.min(bytes.len())).unwrap_or_default();
    // Text in UTF-16 or UTF-32 that is all ASCII would pass as UTF-8 with NULs.
    let nuls = memchr::memchr_iter(0, prefix).count();
    if nuls.saturating_mul(20) > prefix.len()
        && let Some(guess) = wide(prefix)
    {
        return Detected::Other(guess, bytes);
    }
    // Valid UTF-8 too, but nobody's text: a file with holes, or never filled.
    if nuls.saturating_mul(2) > prefix.len() {
        return Detected::Binary;
    }
    let checked = if iso_2022_jp(&bytes) { Err(bytes) } else { Decoded::checked(bytes) };
    let bytes = match checked {
        Ok(text) => return Detected::Utf8(text),
        Err(bytes) => bytes,
    };
    match guess(&bytes) {
        Some(guess) => Detected::Other(guess, bytes),
        None => Detected::Binary,
    }
}

fn guess(bytes: &[u8]) -> Option<EncodingGuess> {
    let prefix = bytes.get(..WINDOW.min(bytes.len())).unwrap_or_default();
    if iso_2022_jp(bytes) {
        return Some(guessed(web(encoding_rs::ISO_2022_JP), 0.95));
    }
    if let Some(guess) = wide(prefix) {
        return Some(guess);
    }
    // More than one control in fifty: a picture, a film, a program.
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    if prefix.iter().filter(control).count().saturating_mul(50) > prefix.len() {
        return None;
    }
    let window = lines_with_letters(bytes);
    utf8_with_mistakes(&window).or_else(|| Some(legacy(&window)))
}

fn guessed(encoding: Encoding, confidence: f32) -> EncodingGuess {
    EncodingGuess { encoding, confidence, bom: false }
}

/// ISO-2022-JP is ASCII with escapes to JIS X 0208.
fn iso_2022_jp(bytes: &[u8]) -> bool {
    let prefix = bytes.get(..WINDOW.min(bytes.len())).unwrap_or_default();
    let escape = |at: usize| matches!(prefix.get(at.saturating_add(1)..at.saturating_add(3)), Some(b"$B" | b"$@"));
    memchr::memchr_iter(0x1B, prefix).any(escape) && bytes.is_ascii()
}

/// The lines that hold more than ASCII, up to the window's size: in captions, timings would only dilute them. No
/// encoding considered here uses 0x0A inside a character.
fn lines_with_letters(bytes: &[u8]) -> Vec<u8> {
    let mut window = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        let room = WINDOW.saturating_sub(window.len());
        // A long line may begin with ASCII; its letters count.
        let start = line.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(64);
        let line = line.get(start..).unwrap_or_default();
        window.extend_from_slice(line.get(..room.min(line.len())).unwrap_or_default());
        if line.len() >= room {
            break;
        }
    }
    window
}

/// UTF-32 or UTF-16 by the validity of its units and by bytes that no other text has.
fn wide(prefix: &[u8]) -> Option<EncodingGuess> {
    if let Some(encoding) = [Encoding::UTF_32LE, Encoding::UTF_32BE].into_iter().find(|e| is_utf32(prefix, *e)) {
        return Some(guessed(encoding, 0.99));
    }
    let little = wide_share(prefix, u16::from_le_bytes);
    let big = wide_share(prefix, u16::from_be_bytes);
    let (encoding, share) = if little >= big { (encoding_rs::UTF_16LE, little) } else { (encoding_rs::UTF_16BE, big) };
    (share > 0.9).then(|| guessed(web(encoding), share.min(0.99)))
}

fn is_utf32(prefix: &[u8], encoding: Encoding) -> bool {
    let units = prefix.chunks_exact(4);
    units.len() > 0 && units.into_iter().all(|unit| utf32_char(unit, encoding).is_some_and(|c| c != '\0'))
}

/// The character of four bytes.
pub(super) fn utf32_char(unit: &[u8], encoding: Encoding) -> Option<char> {
    let unit = unit.try_into().ok()?;
    char::from_u32(if encoding.0 == Kind::Utf32Be { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) })
}

/// How much of it is text if read as UTF-16: 0 if a unit is impossible, or if no byte shows that it is UTF-16 at all.
fn wide_share(prefix: &[u8], unit: fn([u8; 2]) -> u16) -> f32 {
    // `、。！，？` and ASCII have such bytes in UTF-16; 8-bit text has none of them.
    if !prefix.iter().any(|byte| matches!(byte, 0..=8 | 0x0B | 0x0C | 0x0E..=0x1A | 0x1C..=0x1F)) {
        return 0.0;
    }
    let nuls = prefix.contains(&0);
    let units = prefix.chunks_exact(2).map(|pair| unit(pair.try_into().unwrap_or_default()));
    let (mut count, mut good) = (0u32, 0u32);
    for c in char::decode_utf16(units) {
        let usual = match c {
            Ok('\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{52F}' | '\u{2010}'..='\u{203B}') => true,
            Ok(c) if c.is_control() => return 0.0,
            Ok('\u{3000}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF65}') => true,
            Ok('\u{4E00}'..='\u{9FA5}') => true,
            // A pair of surrogates that fit, or any letter of another script with the NULs of ASCII beside it.
            Ok(c) => nuls && (c > '\u{FFFF}' || c.is_alphabetic() && !is_han(c)),
            // The window may end between surrogates.
            Err(_) if count > 1000 => true,
            Err(_) => return 0.0,
        };
        count = count.saturating_add(1);
        good = good.saturating_add(u32::from(usual));
    }
    ratio(good, count)
}

/// UTF-8 with a few wrong bytes: many well-formed sequences for each bad one.
fn utf8_with_mistakes(window: &[u8]) -> Option<EncodingGuess> {
    let (mut good, mut bad) = (0u32, 0u32);
    for chunk in window.utf8_chunks() {
        let long = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        good = good.saturating_add(u32::try_from(long).unwrap_or(u32::MAX));
        bad = bad.saturating_add(u32::from(!chunk.invalid().is_empty()));
    }
    (good > bad.saturating_mul(3)).then(|| guessed(Encoding::UTF_8, ratio(good, good.saturating_add(bad))))
}

/// The legacy encodings of East Asia, in which every byte pair means something: the ones that detectors confuse when
/// there is little text.
const EAST_ASIAN: &[&encoding_rs::Encoding] =
    &[encoding_rs::GB18030, encoding_rs::BIG5, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::EUC_KR];

/// Looks for an encoding of East Asia that yields common characters where the others do not; else asks the detector, and
/// overrules it where its answer yields hardly a common character and another yields little else.
fn legacy(window: &[u8]) -> EncodingGuess {
    let mut by_share: Vec<_> = EAST_ASIAN.iter().map(|encoding| (*encoding, commonness(window, encoding))).collect();
    by_share.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    if let [(encoding, (share, count)), (_, (next, _)), ..] = by_share.as_slice()
        && *count >= PLENTY
        && *share >= 0.4
        && *next <= share * 0.5
    {
        return guessed(web(encoding), confidence(*share, *count));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let fed = window.get(..FED.min(window.len())).unwrap_or_default();
    // What is cut off may end inside a character.
    detector.feed(fed, fed.len() < FED);
    let first = match detector.guess(None, Utf8Detection::Deny) {
        // A superset: real "GBK" files hold characters of GB18030.
        guess if guess == encoding_rs::GBK => encoding_rs::GB18030,
        guess if guess == encoding_rs::KOI8_U && !has_ukrainian(window) => encoding_rs::KOI8_R,
        guess => guess,
    };
    let (share, count) = commonness(window, first);
    match by_share.first() {
        Some((encoding, (other, count))) if *other >= 0.6 && share <= 0.2 && *encoding != first => {
            guessed(web(encoding), confidence(*other, *count) * 0.8)
        }
        _ if EAST_ASIAN.contains(&first) => guessed(web(first), confidence(share, count)),
        _ => guessed(web(first), letters_share(window, first)),
    }
}

/// So many characters are no accident.
const PLENTY: u32 = 100;

/// The letters `ґєії` in KOI8-U are box drawings in KOI8-R.
fn has_ukrainian(window: &[u8]) -> bool {
    window.iter().any(|byte| matches!(byte, 0xA4 | 0xA6 | 0xA7 | 0xAD | 0xB4 | 0xB6 | 0xB7 | 0xBD))
}

/// Of long texts in the right encoding, at least two fifths are common characters; of short ones less is known.
fn confidence(share: f32, count: u32) -> f32 {
    (0.3 + 0.69 * (share / 0.4).min(1.0)) * ratio(count, count.saturating_add(2))
}

/// Single-byte encodings differ in a few letters only, so a guess is never near certain.
fn letters_share(window: &[u8], encoding: &'static encoding_rs::Encoding) -> f32 {
    let (text, _) = encoding.decode_without_bom_handling(window);
    let foreign = text.chars().filter(|c| !c.is_ascii());
    let (mut count, mut letters) = (0u32, 0u32);
    for c in foreign {
        count = count.saturating_add(1);
        letters = letters.saturating_add(u32::from(c.is_alphabetic() || ('\u{2010}'..='\u{203A}').contains(&c)));
    }
    0.9 * ratio(letters, count) * ratio(count, count.saturating_add(2))
}

/// The share of common characters among those that are not ASCII, and how many those are; no share if it is not valid.
fn commonness(window: &[u8], encoding: &'static encoding_rs::Encoding) -> (f32, u32) {
    let window = window.get(..SAMPLE.min(window.len())).unwrap_or_default();
    let (text, bad) = encoding.decode_without_bom_handling(window);
    let (mut count, mut common) = (0u32, 0u32);
    for c in text.chars().filter(|c| !c.is_ascii() && !('\u{3000}'..='\u{301F}').contains(c)) {
        count = count.saturating_add(1);
        let known = ('\u{3041}'..='\u{30FE}').contains(&c) || is_common(c);
        common = common.saturating_add(u32::from(known));
    }
    // A sample may end inside a character: one mistake there is none.
    let mistakes = if bad { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    let allowed = usize::from(window.len() >= SAMPLE);
    (if mistakes > allowed { 0.0 } else { ratio(common, count) }, count)
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// About the three hundred Han characters and the hundred Hangul syllables that running text uses most: a bit for each
/// character of the basic plane, set when they are first asked for.
fn is_common(c: char) -> bool {
    static BITS: LazyLock<Vec<u64>> = LazyLock::new(common_bits);
    let code = u32::from(c) as usize;
    BITS.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
}

fn common_bits() -> Vec<u64> {
    const HAN: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然\
        家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十\
        民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话\
        合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四神\
        总何电数安少报才结反受目太量再感建务做接必场件计管期市直资命山金指许统区保至形社便空决治展科五基书非则听白却界达\
        光放强即像难且思象完设式色路记品住告类求据程北边该交规万取望觉术确传师观今切让识候带导运吧呢吗啊谢请您哪谁喜爱谈\
        這個們來為國說時會對過發後裡種經麼學當沒動還進樣開無與長機關點業將兩間問應頭體見產話內門東聲論處義幾認條氣題變總\
        電數報結務場計資許統區決書則聽達強難記類據邊該規萬覺術確傳師觀讓識帶導運嗎謝請誰愛談";
    const HANGUL: &str = "이다는을가에의고지하한기를사로어리서아자도인나그은해라대시들으있과니정수만부보전일장안스원여것와우제게면구주요네\
        습감합세오말까좋았했없잘녕늘날씨군렇";
    let mut bits = vec![0; 0x10000 / 64];
    for code in HAN.chars().chain(HANGUL.chars()).map(|c| u32::from(c) as usize) {
        if let Some(bits) = bits.get_mut(code / 64) {
            *bits |= 1 << (code % 64);
        }
    }
    bits
}
