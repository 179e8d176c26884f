//! Numbers as they are said in English, in words.

/// Up to nineteen.
#[rustfmt::skip]
const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Groups of three digits, from the left.
const GROUPS: [(u64, &str); 5] = [
    (1_000_000_000_000, " trillion"),
    (1_000_000_000, " billion"),
    (1_000_000, " million"),
    (1_000, " thousand"),
    (1, ""),
];
/// Larger numbers are said digit by digit.
const LARGEST: u64 = 999_999_999_999_999;
/// Ordinals that are not the number with `th`.
const ORDINALS: [(&str, &str); 7] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("five", "fifth"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("twelve", "twelfth"),
];

/// One by one.
pub(super) fn digits(number: &str) -> String {
    let names = number.chars().filter_map(|c| SMALL.get(c.to_digit(10)? as usize));
    names.copied().collect::<Vec<_>>().join(" ")
}

/// A whole number or decimal.
pub(super) fn cardinal(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    match fraction {
        Some(fraction) if whole.is_empty() => format!("point {}", digits(fraction)),
        Some(fraction) => format!("{} point {}", whole_number(whole), digits(fraction)),
        None => whole_number(whole),
    }
}

/// First, second, twenty-first.
pub(super) fn ordinal(number: &str) -> String {
    let said = whole_number(number);
    let start = said.rfind([' ', '-']).map_or(0, |at| at.saturating_add(1));
    let (front, last) = said.split_at_checked(start).unwrap_or(("", &said));
    let known = ORDINALS.iter().find(|(cardinal, _)| *cardinal == last).map(|(_, ordinal)| (*ordinal).to_owned());
    let regular = || match last.strip_suffix('y') {
        Some(stem) => format!("{stem}ieth"),
        None => format!("{last}th"),
    };
    format!("{front}{}", known.unwrap_or_else(regular))
}

/// 1905 is nineteen oh-five, 2016 twenty sixteen, 2005 two thousand and five.
pub(super) fn year(number: &str) -> String {
    let Some(year) = number.parse::<u64>().ok().filter(|year| (1_100..10_000).contains(year)) else {
        return whole_number(number);
    };
    let (century, rest) = (year / 100, year % 100);
    match (century % 10, rest) {
        (0, 0) => whole_number(number),
        (0, 1..=9) => format!("{} thousand and {}", below_thousand(century / 10), below_thousand(rest)),
        (_, 0) => format!("{} hundred", below_thousand(century)),
        (_, 1..=9) => format!("{} oh-{}", below_thousand(century), below_thousand(rest)),
        _ => format!("{} {}", below_thousand(century), below_thousand(rest)),
    }
}

/// Nineties, twenty tens.
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with(['x', 's']) => format!("{words}es"),
        None => format!("{words}s"),
    }
}

fn whole_number(whole: &str) -> String {
    match whole.parse::<u64>() {
        Ok(0) => "zero".to_owned(),
        Ok(value) if value <= LARGEST => grouped(value),
        _ => digits(whole),
    }
}

fn grouped(value: u64) -> String {
    let (mut said, mut left) = (String::new(), value);
    for (size, name) in GROUPS {
        let group = left.checked_div(size).unwrap_or(0);
        left = left.checked_rem(size).unwrap_or(0);
        if group > 0 {
            let space = if said.is_empty() { "" } else { " " };
            said.extend([space, &below_thousand(group), name]);
        }
    }
    said
}

/// 1 to 999.
fn below_thousand(value: u64) -> String {
    let (hundreds, rest) = (value / 100, value % 100);
    let name = |index: u64| usize::try_from(index).ok().and_then(|index| SMALL.get(index)).copied().unwrap_or("");
    let tens = usize::try_from(rest / 10).ok().and_then(|index| TENS.get(index)).copied().unwrap_or("");
    let below_hundred = match (rest, rest % 10) {
        (0, _) => String::new(),
        (1..=19, _) => name(rest).to_owned(),
        (_, 0) => tens.to_owned(),
        (_, one) => format!("{tens}-{}", name(one)),
    };
    match (hundreds, below_hundred.is_empty()) {
        (0, _) => below_hundred,
        (_, true) => format!("{} hundred", name(hundreds)),
        (_, false) => format!("{} hundred {below_hundred}", name(hundreds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_words() {
        assert_eq!(cardinal("0.8"), "zero point eight");
        assert_eq!(cardinal("2.50"), "two point five zero");
        for (number, said) in [
            ("0", "zero"),
            ("21", "twenty-one"),
            ("40", "forty"),
            ("101", "one hundred one"),
            ("1000", "one thousand"),
            ("12345", "twelve thousand three hundred forty-five"),
            ("1000001", "one million one"),
            (
                "999999999999999",
                "nine hundred ninety-nine trillion nine hundred ninety-nine billion nine hundred \
                ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine",
            ),
        ] {
            assert_eq!(cardinal(number), said, "{number}");
        }
        assert_eq!(cardinal("99999999999999999999"), digits("99999999999999999999"));
        assert_eq!(ordinal("21"), "twenty-first");
        let ordinals = ["1", "2", "3", "8", "9", "12", "20", "100"].map(ordinal);
        assert_eq!(ordinals.join(" "), "first second third eighth ninth twelfth twentieth one hundredth");
        let years = ["1905", "2000", "2005", "2016", "1500", "1999", "101"].map(year);
        assert_eq!(
            years.join(", "),
            "nineteen oh-five, two thousand, two thousand and five, twenty sixteen, fifteen hundred, nineteen ninety-nine, \
             one hundred one"
        );
        assert_eq!(plural("ninety"), "nineties");
    }
}
