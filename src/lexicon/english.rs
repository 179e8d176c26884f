//! Numbers as they are said in English, in words. `num2words` says whole numbers; decimals, years and plurals are ours
//! (it drops the zero of `0.8` and the last one of `2.50`, and reads 101 as a year "one oh-one").

use num2words::Num2Words;

const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// One by one.
pub(super) fn digits(number: &str) -> String {
    let names = number.chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize));
    names.copied().collect::<Vec<_>>().join(" ")
}

/// A whole number or decimal.
pub(super) fn cardinal(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    let said = words(whole, |n| n);
    match fraction {
        Some(fraction) if whole.is_empty() => format!("point {}", digits(fraction)),
        Some(fraction) => format!("{said} point {}", digits(fraction)),
        None => said,
    }
}

/// First, second, twenty-first.
pub(super) fn ordinal(number: &str) -> String {
    words(number, Num2Words::ordinal)
}

/// 1905 is nineteen oh-five, 2016 twenty sixteen, 2005 two thousand and five.
pub(super) fn year(number: &str) -> String {
    words(number, Num2Words::year)
}

/// Nineties, twenty tens.
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with(['x', 's']) => format!("{words}es"),
        None => format!("{words}s"),
    }
}

fn words(whole: &str, style: fn(Num2Words) -> Num2Words) -> String {
    let value = whole.parse::<i64>().ok();
    let said = value.and_then(|n| style(Num2Words::new(n)).to_words().ok());
    said.unwrap_or_else(|| digits(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_words() {
        assert_eq!(cardinal("0.8"), "zero point eight");
        assert_eq!(cardinal("2.50"), "two point five zero");
        assert_eq!(cardinal("21"), "twenty-one");
        assert_eq!(cardinal("99999999999999999999"), digits("99999999999999999999"));
        assert_eq!(ordinal("21"), "twenty-first");
        assert_eq!(year("1905"), "nineteen oh-five");
        assert_eq!(plural("ninety"), "nineties");
    }
}
