//! Service numbers: 110, 12306 and the like are said digit by digit where someone telephones, and are quantities elsewhere.

/// Words beside a service number: `拨打12306`, `12345热线`.
const TELEPHONING: &[&str] = &[
    "拨", "撥", "热线", "熱線", "电话", "電話", "致电", "致電", "报警", "報警", "急救", "火警", "客服", "号码", "號碼",
    "手机", "手機",
];

/// Figures of a service number: 110 to 955588.
const SHORTEST: usize = 3;
const LONGEST: usize = 6;

/// Words of telephoning stand in the few characters before `at` or after the number there.
pub(super) fn is_near(text: &str, at: usize) -> bool {
    const BEFORE: usize = 10;
    const AFTER: usize = 10;
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let number = after.bytes().take(LONGEST.saturating_add(1)).take_while(u8::is_ascii_digit).count();
    if !(SHORTEST..=LONGEST).contains(&number) {
        return false;
    }
    let start = before.char_indices().rev().take(BEFORE).last().map_or(at, |(start, _)| start);
    let behind = after.get(number..).unwrap_or_default().chars().take(AFTER).take_while(|c| crate::lang::is_han(*c));
    let near: String = text.get(start..at).unwrap_or_default().chars().chain(behind).collect();
    TELEPHONING.iter().any(|word| near.contains(word))
}

/// Before these, a number is a quantity even where people telephone: 打了110个电话.
const COUNTED: &str = "万萬亿億千百多个個人次分元块塊岁歲年月日号號位名台部通条條家米公度";

/// Something is counted by the number that `after` follows.
pub(super) fn counts(after: &str) -> bool {
    after.starts_with(|c| COUNTED.contains(c))
}
