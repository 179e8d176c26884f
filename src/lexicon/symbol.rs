//! Signs that are said: `+` between numbers, `&` between names, `@` in an address. Elsewhere they are silent.

use crate::lang::is_han;

/// Where a sign must stand to be said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Something to join on both sides, at most a space away.
    Between,
    /// Something on one side at least, or on both a space away: `C++`, `1 + 1`, `10+`.
    Beside,
    /// Numbers on both sides: a stretch from one to the other, or a subtraction beside other signs; before a lone number
    /// it is a minus.
    Range,
    /// Something right after it: `@name`.
    Before,
    /// A capital right before it: `C#`.
    AfterCapital,
    /// Anywhere, because it is a number.
    Always,
    /// Letters right before and after it, as in `example.com`; but not in `U.S.`.
    InName,
}

/// A sign: in Chinese, in English.
struct Sign {
    sign: char,
    zh: &'static str,
    en: &'static str,
    place: Place,
}

const fn sign(sign: char, zh: &'static str, en: &'static str, place: Place) -> Sign {
    Sign { sign, zh, en, place }
}

static SIGNS: &[Sign] = &[
    sign('+', "加", "plus", Place::Beside),
    sign('×', "乘", "times", Place::Between),
    sign('÷', "除以", "divided by", Place::Between),
    sign('=', "等于", "equals", Place::Between),
    sign('>', "大于", "is greater than", Place::Between),
    sign('<', "小于", "is less than", Place::Between),
    sign('≥', "大于等于", "is at least", Place::Between),
    sign('≤', "小于等于", "is at most", Place::Between),
    sign('≠', "不等于", "is not equal to", Place::Between),
    sign('≈', "约等于", "is about", Place::Between),
    sign('±', "正负", "plus or minus", Place::Before),
    sign('&', "和", "and", Place::Between),
    sign('-', "到", "to", Place::Range),
    sign('−', "到", "to", Place::Range),
    sign('–', "到", "to", Place::Range),
    sign('—', "到", "to", Place::Range),
    sign('~', "到", "to", Place::Range),
    sign('@', "at", "at", Place::Before),
    sign('#', "sharp", "sharp", Place::AfterCapital),
    sign('.', "点", "dot", Place::InName),
    sign('²', "平方", "squared", Place::Always),
    sign('³', "立方", "cubed", Place::Always),
    sign('½', "二分之一", "one half", Place::Always),
    sign('¼', "四分之一", "one quarter", Place::Always),
    sign('¾', "四分之三", "three quarters", Place::Always),
    sign('①', "一", "one", Place::Always),
    sign('②', "二", "two", Place::Always),
    sign('③', "三", "three", Place::Always),
    sign('④', "四", "four", Place::Always),
    sign('⑤', "五", "five", Place::Always),
    sign('⑥', "六", "six", Place::Always),
    sign('⑦', "七", "seven", Place::Always),
    sign('⑧', "八", "eight", Place::Always),
    sign('⑨', "九", "nine", Place::Always),
    sign('⑩', "十", "ten", Place::Always),
];

/// What is said for the sign `c` at `at`, if it stands where it is said.
pub(super) fn read(text: &str, at: usize, c: char, chinese: bool) -> Option<&'static str> {
    let narrow = super::narrow(c);
    let row = SIGNS.iter().find(|row| row.sign == narrow || row.sign == c)?;
    let sides = Sides::of(text, at, c);
    // AT&T is said in English anywhere.
    let latin = |side: Option<char>| side.is_some_and(|c| c.is_ascii_uppercase());
    let brand = c == '&' && latin(sides.previous) && latin(sides.next);
    let said = if chinese && !brand { row.zh } else { row.en };
    let fits = match row.place {
        Place::Between => sides.left.is_some_and(operand) && sides.right.is_some_and(operand),
        Place::Beside => beside(&sides),
        Place::Range => return range(text, at, &sides, said, chinese),
        Place::Before => sides.next.is_some_and(char::is_alphanumeric),
        Place::AfterCapital => sides.previous.is_some_and(|c| c.is_ascii_uppercase()),
        Place::Always => true,
        Place::InName => in_name(text, at, &sides),
    };
    fits.then_some(said)
}

/// The neighbours of a sign: at once, and past one space.
struct Sides {
    previous: Option<char>,
    next: Option<char>,
    left: Option<char>,
    right: Option<char>,
}

impl Sides {
    fn of(text: &str, at: usize, c: char) -> Self {
        let mut before = text.get(..at).unwrap_or_default().chars().rev().map(super::narrow);
        let mut after = text.get(at.saturating_add(c.len_utf8())..).unwrap_or_default().chars().map(super::narrow);
        let (previous, next) = (before.next(), after.next());
        let left = if previous == Some(' ') { before.next() } else { previous };
        let right = if next == Some(' ') { after.next() } else { next };
        Self { previous, next, left, right }
    }
}

fn operand(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '(' | ')' | '%' | '℃' | '-' | '$' | '¥')
}

fn beside(sides: &Sides) -> bool {
    let solid = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '+' || c == '%' || c == ')');
    solid(sides.previous) || sides.next.is_some_and(char::is_alphanumeric) || solid(sides.left) && solid(sides.right)
}

fn range(text: &str, at: usize, sides: &Sides, to: &'static str, chinese: bool) -> Option<&'static str> {
    let number_after = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '¥'));
    let dash = text.get(at..).is_some_and(|rest| rest.starts_with(['-', '−']));
    let minus = if chinese { "减" } else { "minus" };
    let negative = if chinese { "负" } else { "minus" };
    let ends_number = |c: char| c.is_ascii_digit() || matches!(c, '%' | '℃' | '°') || is_han(c) && COUNTED.contains(c);
    match (sides.previous, sides.next) {
        (Some(p), n) if ends_number(p) && number_after(n) => Some(if dash && in_sum(text, at) { minus } else { to }),
        (Some(' '), Some(' ')) if dash && in_sum(text, at) && number_after(sides.right) => Some(minus),
        (p, Some(n)) if dash && n.is_ascii_digit() && !p.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-') => {
            Some(negative)
        }
        _ => None,
    }
}

/// What may end a number before a range: 3万-5万, 10点-12点.
const COUNTED: &str = "十百千万萬亿億年月日号號点點时時分秒元岁歲度";

/// Another sign of arithmetic stands close by.
fn in_sum(text: &str, at: usize) -> bool {
    const NEAR: usize = 12;
    let sum = |c: &char| matches!(c, '+' | '=' | '×' | '÷' | '>' | '<');
    let before = text.get(..at).unwrap_or_default().chars().rev();
    let after = text.get(at..).unwrap_or_default().chars();
    let near = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-' | '−' | '%') || sum(c);
    before.take(NEAR).take_while(near).any(|c| sum(&c)) || after.take(NEAR).take_while(near).any(|c| sum(&c))
}

/// `baidu.com`, `Node.js`; not `U.S.`, `e.g.`, or a missing space before a new sentence.
fn in_name(text: &str, at: usize, sides: &Sides) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let small = sides.next.is_some_and(|c| c.is_ascii_lowercase());
    let word = text.get(..at).unwrap_or_default().chars().rev().take(2).filter(char::is_ascii_alphabetic).count() == 2;
    letter(sides.previous) && small && word
}
