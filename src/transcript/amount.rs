//! Numbers in brackets: an amount, a date or a year, and what it says again in other words.
//!
//! What an editor puts in brackets behind an amount says it again (`八千元（8000元）`, `30万元（约合4.2万美元）`): a gloss,
//! shown and not said. A number behind anything else (`那一年（2016）`) may have been said, and stays.

use super::credit;
use regex::Regex;
use std::sync::LazyLock;

/// Longest amount that is looked at, in characters.
const MAX_CHARS: usize = 30;

/// Figures, or numerals in Chinese, with what is counted.
const NUMBER: &str = "(?:[0-9０-９][0-9０-９,.，:：/]*[百千万萬亿億]*|[零〇一二两兩三四五六七八九十百千万萬亿億]+)";
const FIGURES: &str = "[0-9０-９][0-9０-９,.，:：/]*[百千万萬亿億]*";
/// What is counted.
const UNIT: &str = r"(?:\s?(?:\p{Han}{1,4}|[A-Za-zµμ°℃²³/]{1,10}|[%％‰]))?";
/// What comes in front of a number that says another one again.
const ABOUT: &str = "(?:现在|現在|当时|當時)?(?:约合|約合|折合|相当于|相當於|大约|大約|约|約|合|即|近|about|around|approximately|approx\\.?|\
                     roughly|nearly|some|or|i\\.e\\.,?|~|≈|=)?";
const MONEY: &str = r"(?:US\$|HK\$|NT\$|RMB|[$¥￥€£])?";

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // 三五牌 is no amount: with numerals in Chinese only known units count.
    let one = format!(
        "(?:{MONEY}{FIGURES}{UNIT}|{NUMBER}(?:[年月日号號时時点點分秒元块塊人岁歲成倍天米]|[美欧港日]元|分钟|小时|公里|公斤)?)"
    );
    Regex::new(&format!(r"^(?i:{ABOUT}\s?{one}(?:\s?[-–—~～至到]?\s?{one}){{0,3}})$")).ok()
});
/// An amount at the end of a text; the first that is found.
static LAST: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let unit = "(?:[年月日号號时時点點分秒元块塊个個人次名岁歲度级級米克吨噸斤亩畝里升倍成天周周家台辆輛件只]|\
                公里|公斤|千克|平方米|公顷|公頃|英里|美元|欧元|歐元|日元|港元|港币|人民币|英镑|卢布|分钟|分鐘|小时|小時|个月|個月|\
                [%％‰]|\\s?(?:km|kg|cm|mm|m|g|miles?|feet|foot|inch(?:es)?|pounds?|lbs?|dollars?|yuan|euros?|years?|percent|degrees)\\b)?";
    // Parts of a date, of a time or of a length join; what is counted apart does not: 一年|八万元.
    let parts = "年月日号號时時点點分秒米尺斤块塊";
    let own = "[元块塊美欧港日]?元|[块塊人名岁歲%％]";
    let patterns = [format!("{NUMBER}(?:{own})$"), format!("(?:{NUMBER}[{parts}])*{MONEY}{NUMBER}{unit}$")];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Nothing but an amount, a date, a span of years: `2016`, `约合4.2万美元`, `2019年5月`, `about 3 km`, `May 5, 2024`.
pub(super) fn is_amount(inside: &str) -> bool {
    let inside = inside.trim();
    inside.chars().nth(MAX_CHARS).is_none()
        && (WHOLE.as_ref().is_some_and(|whole| whole.is_match(inside)) || credit::is_date(inside))
}

/// The unit that an editor adds to a number: `2016（年）`.
pub(super) fn is_unit(before: &str, inside: &str) -> bool {
    before.ends_with(|c: char| super::hint::digit(c).is_some()) && inside.chars().nth(3).is_none()
}

/// The length in bytes of the amount at the end of `before` that `inside` says again.
pub(super) fn term(before: &str, inside: &str) -> Option<usize> {
    is_amount(inside).then_some(())?;
    let start = before.char_indices().rev().take(MAX_CHARS).last()?.0;
    let tail = before.get(start..)?;
    let found = LAST.iter().find_map(|last| last.find(tail))?;
    // `第一（2016）` and `GPT4（2023）` are names.
    let ahead = before.get(..start.saturating_add(found.start())).and_then(|ahead| ahead.chars().next_back());
    let named = ahead.is_some_and(|c| c == '第' || c == '-' || c.is_ascii_alphanumeric());
    (!named).then_some(found.len())
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_behind_an_amount_says_it_again() {
        for (before, inside, expected) in [
            ("一个月八千元", "8000元", "八千元"),
            ("一年八万元", "80000元", "八万元"),
            ("二〇一九年五月", "2019年5月", "二〇一九年五月"),
            ("损失了30万元", "约合4.2万美元", "30万元"),
            ("对，五月", "2019年5月", "五月"),
            ("大约一米八", "1.8米", "一米八"),
            ("it is 5 miles", "about 8 km", "5 miles"),
            ("we paid £950", "$1,200", "£950"),
            ("三十岁", "1985年", "三十岁"),
            ("有60%", "六成", "60%"),
        ] {
            let length = term(before, inside);
            assert_eq!(length.map(|length| &before[before.len() - length..]), Some(expected), "{before}({inside})");
        }
    }

    #[test]
    fn numbers_behind_words_and_words_behind_numbers_are_something_else() {
        for (before, inside) in [
            ("那一次", "也是最后一次"),
            ("那个冬天", "2016"),
            ("the year", "2016"),
            ("第一", "2016"),
            ("GPT4", "2023"),
            ("8000元", "很多"),
            ("30万元", "后来还了"),
        ] {
            assert_eq!(term(before, inside), None, "{before}({inside})");
        }
        assert!(is_amount("2016") && is_amount("2016-2018年") && is_amount("May 5, 2024") && is_amount("十万元"));
        assert!(
            !is_amount("三五牌") && !is_amount("也是第一次") && !is_amount("again") && !is_amount("3:1 is a ratio")
        );
        assert!(is_unit("2016", "年") && !is_unit("那", "年"));
    }
}
