//! Numbers with what belongs to them, as they are said in the language around them: dates, times, ratios, money,
//! shares, units. [`RULES`] is tried in order; the first that fits and has a reading wins.

use super::{chinese, english, measure, telephone};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Where a number stands.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// Said in Chinese; otherwise in English.
    pub chinese: bool,
    /// The character before it.
    pub before: Option<char>,
    /// Words of telephoning stand close by.
    pub telephone: bool,
}

/// Something to be said for the first `len` bytes of a text.
pub(super) struct Said {
    pub len: usize,
    /// Han characters or English words.
    pub words: String,
}

/// How much of the text the rules look at.
const WINDOW_CHARS: usize = 48;
/// A longer string of digits is not a quantity; it is said digit by digit, this many to a word.
const LONGEST_DIGITS: usize = 18;

/// Reads what begins `text` if it is a number.
pub(super) fn read(text: &str, context: Context) -> Option<Said> {
    let window: String = text.chars().take(WINDOW_CHARS).take_while(|c| *c != '\n').map(super::narrow).collect();
    let run = window.bytes().take_while(u8::is_ascii_digit).count();
    let (len, words) = if run > LONGEST_DIGITS {
        (LONGEST_DIGITS, digits(window.get(..LONGEST_DIGITS)?, context))
    } else {
        RULES
            .iter()
            .zip(PATTERNS.iter())
            .find_map(|(rule, pattern)| apply(rule, pattern.as_ref()?, &window, context))?
    };
    // Full-width figures are longer in the text than in the window.
    let chars = window.get(..len)?.chars().count();
    Some(Said { len: text.chars().take(chars).map(char::len_utf8).sum(), words })
}

fn apply(rule: &Rule, pattern: &Regex, window: &str, context: Context) -> Option<(usize, String)> {
    let found = pattern.captures(window)?;
    let whole = found.get(0)?;
    let after = window.get(whole.end()..)?;
    let cut_off = after.starts_with(|c: char| c.is_ascii_digit());
    let words = (!cut_off).then(|| (rule.read)(&Match { found, after, context }))??;
    (!words.is_empty()).then_some((whole.end(), words))
}

pub(super) struct Match<'w> {
    pub found: Captures<'w>,
    pub after: &'w str,
    context: Context,
}

impl Match<'_> {
    pub(super) fn group(&self, index: usize) -> &str {
        self.found.get(index).map_or("", |group| group.as_str())
    }

    fn zh(&self) -> bool {
        self.context.chinese
    }

    /// A group as a quantity.
    pub(super) fn quantity(&self, index: usize) -> String {
        cardinal(&self.group(index).replace(',', ""), self.context)
    }

    /// In the language at hand.
    pub(super) fn either(&self, zh: impl FnOnce() -> String, en: impl FnOnce() -> String) -> Option<String> {
        Some(if self.zh() { zh() } else { en() })
    }
}

/// A form that numbers are written in. `N` in the pattern stands for a number with thousands and decimals; `\d` and
/// `\b` mean ASCII (small automata: there may be a number every other byte).
struct Rule {
    pattern: &'static str,
    read: fn(&Match<'_>) -> Option<String>,
}

const NUMBER: &str = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?";

static PATTERNS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let plain = |rule: &Rule| rule.pattern.replace('N', NUMBER).replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
    let compile = |rule: &Rule| Regex::new(&format!("^(?:{})", plain(rule))).ok();
    RULES.iter().map(compile).collect()
});

static RULES: &[Rule] = &[
    Rule { pattern: r"(1\d{3}|2[01]\d{2})[-/.](0?[1-9]|1[0-2])[-/.]([12]\d|3[01]|0?[1-9])", read: date },
    Rule { pattern: r"(1[1-9]\d{2}|2[01]\d{2})( ?[-–—~至到] ?)(1[1-9]\d{2}|2[01]\d{2})", read: years },
    Rule { pattern: r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?", read: clock },
    Rule { pattern: r"(\d{1,4}):(\d{1,4})", read: ratio },
    Rule { pattern: r"\d{1,4}(?:\.\d{1,4}){2,4}", read: dotted },
    Rule { pattern: r"\d{2,4}(?:-\d{3,4}){2}|0\d{2,3}-\d{7,8}", read: telephone_rule },
    Rule {
        pattern: r"(US\$|HK\$|[$¥€£]) ?(N)( ?(?:万亿|万|亿|million|billion|trillion|thousand|bn)|[kKMB]\b)?",
        read: measure::money,
    },
    Rule { pattern: r"(N) ?([%‰])", read: share },
    Rule { pattern: r"(\d{1,3})/(\d{1,3})", read: fraction },
    Rule { pattern: r"(\d{1,6})(?:st|nd|rd|th)\b", read: ordinal },
    Rule { pattern: r"(1\d{3}|20\d{2}|[2-9]0)['’]?s\b", read: decade },
    Rule { pattern: r"(N) ?([A-Za-zμµ°℃℉Ω][A-Za-z°²³]{0,3}(?:/[a-z]{1,3})?)", read: measure::unit },
    Rule { pattern: r"[#№] ?(N)|(?i:no)\. ?(N)", read: numbered },
    Rule { pattern: r"(N)", read: plain },
    // `1,2010` is no thousands: the 1 alone.
    Rule { pattern: r"(\d+)", read: plain },
    Rule {
        pattern: r"(\.\d+)",
        read: |m| m.either(|| format!("点{}", chinese::digits(m.group(1))), || english::cardinal(m.group(1))),
    },
];

fn date(m: &Match<'_>) -> Option<String> {
    let bare = |index| m.group(index).trim_start_matches('0').to_owned();
    let (year, month, day) = (m.group(1), bare(2), bare(3));
    let zh = || format!("{}年{}月{}日", chinese::digits(year), chinese::cardinal(&month), chinese::cardinal(&day));
    let name = || MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?);
    m.either(zh, || format!("{} {} {}", name().unwrap_or(&""), english::ordinal(&day), english::year(year)))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `2016-2018`: years, unless something else is counted.
fn years(m: &Match<'_>) -> Option<String> {
    let (from, to) = (m.group(1), m.group(3));
    let counted = m.zh() && !m.after.starts_with('年') && m.after.starts_with(crate::lang::is_han);
    (!counted && from < to).then(|| {
        if m.zh() {
            format!("{}到{}", chinese::digits(from), chinese::digits(to))
        } else {
            format!("{} to {}", english::year(from), english::year(to))
        }
    })
}

/// `10:30`; `3:1` and the like are ratios.
fn clock(m: &Match<'_>) -> Option<String> {
    let (hour, minute, second) = (m.group(1), m.group(2), m.group(3));
    let zh = || {
        let sixty = |n: &str| format!("{}{}", if n.starts_with('0') { "零" } else { "" }, chinese::cardinal(n));
        match (minute, second) {
            ("00", "") => format!("{}点", chinese::cardinal(hour)),
            (_, "") => format!("{}点{}", chinese::cardinal(hour), sixty(minute)),
            _ => format!("{}点{}分{}秒", chinese::cardinal(hour), sixty(minute), sixty(second)),
        }
    };
    let en = || {
        let sixty = |n: &str| format!("{}{}", if n.starts_with('0') { "oh " } else { "" }, english::cardinal(n));
        match (minute, second) {
            ("00", "") => format!("{} o'clock", english::cardinal(hour)),
            (_, "") => format!("{} {}", english::cardinal(hour), sixty(minute)),
            _ => format!("{} {} {}", english::cardinal(hour), sixty(minute), sixty(second)),
        }
    };
    m.either(zh, en)
}

fn ratio(m: &Match<'_>) -> Option<String> {
    let middle = if m.zh() { "比" } else { " to " };
    Some(format!("{}{middle}{}", m.quantity(1), m.quantity(2)))
}

/// `192.168.0.1`, `3.11.2`.
fn dotted(m: &Match<'_>) -> Option<String> {
    let point = if m.zh() { "点" } else { " point " };
    let groups = m.group(0).split('.').map(|group| digits(group, m.context));
    Some(groups.collect::<Vec<_>>().join(point))
}

fn telephone_rule(m: &Match<'_>) -> Option<String> {
    Some(telephone_number(m.group(0), m.context))
}

fn share(m: &Match<'_>) -> Option<String> {
    let (zh, en) = if m.group(2) == "%" { ("百", "percent") } else { ("千", "per thousand") };
    m.either(|| format!("{zh}分之{}", m.quantity(1)), || format!("{} {en}", m.quantity(1)))
}

fn fraction(m: &Match<'_>) -> Option<String> {
    let (top, bottom) = (m.group(1), m.group(2));
    let en = || match (top, bottom) {
        ("24", "7") => "twenty-four seven".to_owned(),
        ("1", "2") => "one half".to_owned(),
        ("1", "4") => "one quarter".to_owned(),
        ("3", "4") => "three quarters".to_owned(),
        ("1", _) if bottom.len() <= 2 => format!("one {}", english::ordinal(bottom)),
        _ if bottom.len() <= 2 && top.len() < 2 => {
            format!("{} {}", english::cardinal(top), english::plural(&english::ordinal(bottom)))
        }
        _ => format!("{} over {}", english::cardinal(top), english::cardinal(bottom)),
    };
    let zh = || match (top, bottom) {
        ("24", "7") => "二十四七".to_owned(),
        // 5/1 is a day: no one writes a fraction like that.
        _ if in_year(top) && number_of(bottom) < number_of(top) => {
            format!("{}月{}日", chinese::cardinal(top), chinese::cardinal(bottom))
        }
        _ => format!("{}分之{}", chinese::cardinal(bottom), chinese::cardinal(top)),
    };
    m.either(zh, en)
}

fn number_of(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn in_year(month: &str) -> bool {
    (1..=12).contains(&number_of(month))
}

fn ordinal(m: &Match<'_>) -> Option<String> {
    m.either(|| format!("第{}", chinese::cardinal(m.group(1))), || english::ordinal(m.group(1)))
}

fn decade(m: &Match<'_>) -> Option<String> {
    let number = m.group(1);
    let zh = || if number.len() == 4 { chinese::digits(number) } else { chinese::cardinal(number) };
    let en = || if number.len() == 4 { english::year(number) } else { english::cardinal(number) };
    m.either(|| format!("{}年代", zh()), || english::plural(&en()))
}

/// `#1`, `No. 1`.
fn numbered(m: &Match<'_>) -> Option<String> {
    let number = if m.group(1).is_empty() { 2 } else { 1 };
    m.either(|| format!("第{}", m.quantity(number)), || format!("number {}", m.quantity(number)))
}

fn plain(m: &Match<'_>) -> Option<String> {
    let number = m.group(1);
    let (next, figures) = (m.after.chars().next(), number.bytes().all(|b| b.is_ascii_digit()));
    let after_letter =
        m.context.before.is_some_and(char::is_alphabetic) && !m.context.before.is_some_and(crate::lang::is_han);
    let service = m.context.telephone && !telephone::counts(m.after);
    if figures && (service || is_code(number)) {
        return Some(telephone_number(number, m.context));
    }
    if figures && after_letter && number.len() >= 4 {
        return Some(digits(number, m.context));
    }
    let four = figures && number.len() == 4 && ("1100".."2200").contains(&number);
    let span = LONG.iter().any(|span| m.after.starts_with(span));
    match (m.zh(), next) {
        (true, Some('年')) if four && !span => Some(chinese::digits(number)),
        (true, Some(measure)) if number == "2" && PAIRED.contains(measure) => Some("两".to_owned()),
        (false, _) if four => Some(english::year(number)),
        _ => Some(m.quantity(1)),
    }
}

/// After a four-figure number of years rather than a year.
const LONG: &[&str] =
    &["年前", "年后", "年後", "年来", "年來", "年间", "年間", "年的历史", "年的歷史", "年的时间", "年历史"];

/// Before these, 2 is 两.
const PAIRED: &str = "个個位名种種次家年天只隻条條部台万萬亿億千件本张張辆輛篇座门門间間层層步块塊颗顆场場";

/// A telephone or serial number rather than a quantity: a leading zero, or eight digits that are not round.
fn is_code(number: &str) -> bool {
    number.len() > 1 && number.starts_with('0') || number.len() >= 8 && !number.ends_with("0000")
}

fn digits(number: &str, context: Context) -> String {
    if context.chinese { chinese::digits(number) } else { english::digits(number) }
}

fn telephone_number(number: &str, context: Context) -> String {
    if context.chinese { chinese::telephone(number) } else { english::digits(number) }
}

fn cardinal(number: &str, context: Context) -> String {
    if context.chinese { chinese::cardinal(number) } else { english::cardinal(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(PATTERNS.iter().all(Option::is_some));
    }

    #[test]
    fn a_full_width_number_is_as_long_as_it_is_written() {
        let said = read("５０％的人", Context { chinese: true, before: None, telephone: false }).unwrap();
        assert_eq!((said.words.as_str(), said.len), ("百分之五十", "５０％".len()));
    }
}
