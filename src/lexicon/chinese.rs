//! Numbers as they are said in Mandarin, written in Han characters.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// Places inside a group of four digits, from the right.
const PLACES: [&str; 4] = ["", "十", "百", "千"];
/// Groups of four digits, from the right.
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// One by one: `2016` is 二零一六.
pub(super) fn digits(number: &str) -> String {
    let names = number.chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize));
    names.copied().collect()
}

/// As a telephone number is said: its ones are 幺.
pub(super) fn telephone(number: &str) -> String {
    digits(number).replace('一', "幺")
}

/// A whole number or decimal: `1002` is 一千零二, `0.8` is 零点八. More than twenty digits are said one by one.
pub(super) fn cardinal(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    let significant = whole.trim_start_matches('0');
    let said = match significant.len() {
        0 => "零".to_owned(),
        1..=20 => grouped(significant),
        _ => digits(significant),
    };
    match fraction {
        Some(fraction) => format!("{said}点{}", digits(fraction)),
        None => said,
    }
}

fn grouped(number: &str) -> String {
    let figures: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    let mut said = String::new();
    let groups: Vec<&[u32]> = figures.rchunks(4).rev().collect();
    let mut gap = false;
    for (left, group) in groups.iter().enumerate() {
        if group.iter().all(|figure| *figure == 0) {
            gap = true;
            continue;
        }
        let leading_zero = group.first() == Some(&0);
        if (gap || leading_zero) && !said.is_empty() {
            said.push('零');
        }
        four(group, &mut said);
        let from_right = groups.len().saturating_sub(left).saturating_sub(1);
        said.push_str(GROUPS.get(from_right).copied().unwrap_or_default());
        gap = false;
    }
    // 一十二 is said 十二.
    match said.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => said,
    }
}

/// Up to four digits, without a zero before the first that counts.
fn four(group: &[u32], said: &mut String) {
    let (mut zero, mut begun) = (false, false);
    for (left, figure) in group.iter().enumerate() {
        if *figure == 0 {
            zero = true;
            continue;
        }
        if zero && begun {
            said.push('零');
        }
        (zero, begun) = (false, true);
        said.push_str(DIGITS.get(*figure as usize).copied().unwrap_or_default());
        let place = group.len().saturating_sub(left).saturating_sub(1);
        said.push_str(PLACES.get(place).copied().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_by_place() {
        for (number, said) in [
            ("0", "零"),
            ("10", "十"),
            ("12", "十二"),
            ("20", "二十"),
            ("101", "一百零一"),
            ("110", "一百一十"),
            ("2500", "二千五百"),
            ("1002", "一千零二"),
            ("10010", "一万零一十"),
            ("120000", "十二万"),
            ("100000001", "一亿零一"),
            ("1000000000000", "一万亿"),
            ("3.14", "三点一四"),
            ("0.8", "零点八"),
            ("007", "七"),
        ] {
            assert_eq!(cardinal(number), said, "{number}");
        }
        assert_eq!(digits("2016"), "二零一六");
    }
}
