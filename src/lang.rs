//! Languages: BCP 47 tags and the few facts that captions need of them.

mod simplified;

pub(crate) use simplified::{HanScript, fold, script_of, simplified};

use std::fmt;
use unicode_script::{Script, UnicodeScript};

/// A language tag (BCP 47), kept as written except for case: `zh-Hans`, `en`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LangTag(Box<str>);

impl LangTag {
    /// Reads a tag; `None` unless it is well-formed (RFC 5646 §2.1: subtags of 1-8 letters or digits, the first of
    /// letters, joined by `-`; `_` is taken as `-`).
    ///
    /// ```
    /// use zimu::lang::LangTag;
    /// assert_eq!(LangTag::parse("zh_hans").unwrap().as_str(), "zh-Hans");
    /// assert_eq!(LangTag::parse("中文"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let subtags: Vec<&str> = text.trim().split(['-', '_']).collect();
        let well_formed = |s: &&str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
        if !subtags.iter().all(well_formed) || !subtags.first()?.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        // RFC 5646 §2.1.1: language lower, script titled, region upper.
        let cased = subtags.iter().enumerate().map(|(i, s)| match (i, s.len()) {
            (0, _) => s.to_ascii_lowercase(),
            (_, 2) => s.to_ascii_uppercase(),
            (_, 4) if s.bytes().all(|b| b.is_ascii_alphabetic()) => titled(s),
            _ => s.to_ascii_lowercase(),
        });
        Some(Self(cased.collect::<Vec<_>>().join("-").into()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language: `zh` of `zh-Hant-TW`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Chinese in any script or region.
    pub fn is_chinese(&self) -> bool {
        matches!(self.primary(), "zh" | "cmn" | "yue")
    }
}

impl fmt::Display for LangTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn titled(subtag: &str) -> String {
    let mut lower = subtag.to_ascii_lowercase();
    if let Some(first) = lower.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    lower
}

/// A Han character (any of the CJK ideograph blocks, and `〇`).
pub fn is_han(c: char) -> bool {
    // The block of nearly all of them (Unicode 16.0, CJK Unified Ideographs), so that few are searched for.
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '〇') || (c >= '\u{2E80}' && c.script() == Script::Han)
}

/// A letter of the Latin script, accents included.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (c >= '\u{AA}' && c.script() == Script::Latin)
}

/// Characters that only the traditional, or only the simplified, script uses; common enough that a paragraph holds some.
const TRADITIONAL_ONLY: &str =
    "們個這來說對時會為國學過還進問開關點無與從後裡麼樣發經現實體業產術機電話語請讓認覺應該處當務聽見長東車馬門";
const SIMPLIFIED_ONLY: &str =
    "们个这来说对时会为国学过还进问开关点无与从后里么样发经现实体业产术机电话语请让认觉应该处当务听见长东车马门";

/// Guesses the language of a text from its scripts: `zh-Hans`, `zh-Hant`, `ja`, `ko`, or `en` where Latin letters lead;
/// `None` for anything else or for no letters. A bounded prefix (20,000 characters) decides.
///
/// ```
/// use zimu::lang::{LangTag, guess};
/// assert_eq!(guess("从idea到产品"), LangTag::parse("zh-Hans"));
/// assert_eq!(guess("這是個問題"), LangTag::parse("zh-Hant"));
/// assert_eq!(guess("Good morning."), LangTag::parse("en"));
/// assert_eq!(guess("1 + 1"), None);
/// ```
pub fn guess(text: &str) -> Option<LangTag> {
    let (mut han, mut kana, mut hangul, mut latin, mut simplified, mut traditional) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    for c in text.chars().take(20_000) {
        match c {
            _ if c.is_ascii_alphabetic() => latin = latin.saturating_add(1),
            '\u{3040}'..='\u{30FF}' => kana = kana.saturating_add(1),
            '\u{AC00}'..='\u{D7AF}' => hangul = hangul.saturating_add(1),
            _ if is_han(c) => {
                han = han.saturating_add(1);
                simplified = simplified.saturating_add(u32::from(SIMPLIFIED_ONLY.contains(c)));
                traditional = traditional.saturating_add(u32::from(TRADITIONAL_ONLY.contains(c)));
            }
            _ => {}
        }
    }
    let cjk = han.saturating_add(kana).saturating_add(hangul);
    // Latin letters make words of about five; a Han character is a word or half of one. Compare words with words.
    let tag = match () {
        () if cjk.saturating_mul(3) < latin && latin > 0 => "en",
        () if cjk == 0 => return None,
        () if kana.saturating_mul(10) > cjk => "ja",
        () if hangul.saturating_mul(2) > cjk => "ko",
        () if traditional > simplified => "zh-Hant",
        () => "zh-Hans",
    };
    LangTag::parse(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_han_leads_to_the_same() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_han(c), c == '〇' || (c >= '\u{2E80}' && c.script() == Script::Han), "{c}");
        }
    }
}
