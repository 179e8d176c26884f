//! Glosses: `idea(点子)`, `人工智能（artificial intelligence）`, `ASR (automatic speech recognition)`.
//!
//! Brackets hold a gloss if they say the term before them in another script, or spell it out. Anything else in brackets
//! is a remark, a correction, a number, a year; those stay in the text.

use super::initialism;
use super::vocabulary::{HAN_STOPS, LATIN_STOPS};
use crate::lang::{is_han, is_latin};
use unicode_script::{Script, UnicodeScript};

/// Longest gloss, in characters. Longer ones explain.
const MAX_GLOSS: usize = 80;
/// Longest Han gloss. `首席执行官` has 5, `自动语音识别技术` 8.
const MAX_HAN_GLOSS: usize = 12;
/// Longest Han term.
const MAX_HAN_TERM: usize = 12;
/// Longest term in words.
const MAX_WORDS: usize = 4;
/// How much of the article is searched for a term that recurs, and how much searching is done in all: with them the
/// work stays linear however many glosses there are.
const SEARCHED_BYTES: usize = 256 << 10;
const SEARCH_BUDGET_BYTES: usize = 64 << 20;

/// The article, asked whether a run of characters stands in it elsewhere.
#[derive(Debug)]
pub(super) struct Recurrence<'a> {
    text: &'a str,
    budget: usize,
}

impl<'a> Recurrence<'a> {
    /// Over the beginning of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let mut end = text.len().min(SEARCHED_BYTES);
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        Self { text: text.get(..end).unwrap_or_default(), budget: SEARCH_BUDGET_BYTES }
    }

    fn recurs(&mut self, run: &str) -> bool {
        let Some(left) = self.budget.checked_sub(self.text.len()) else { return false };
        self.budget = left;
        memchr::memmem::find_iter(self.text.as_bytes(), run.as_bytes()).nth(1).is_some()
    }
}

/// The length in bytes of the term at the end of `before` that `inside` is the gloss of; `None` if it is no gloss.
pub(super) fn term(before: &str, inside: &str, recurrence: &mut Recurrence<'_>) -> Option<usize> {
    let inside = inside.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    let gloss = writing(inside)?;
    if inside.chars().count() > MAX_GLOSS || inside.contains(is_clause) || starts_with_digit(inside) {
        return None;
    }
    if let Some(quoted) = quoted(before) {
        return (writing(quoted)? != gloss && !is_remark(gloss, inside)).then_some(quoted.len());
    }
    let written = writing(before.get(before.char_indices().next_back()?.0..)?).or_else(|| digit_tail(before))?;
    match (written, gloss) {
        (Script::Latin, Script::Latin) => initialism::term(before, inside),
        (one, other) if one == other || is_remark(other, inside) => None,
        (Script::Han, Script::Latin) => han_term(before, initialism::expected_han(inside), recurrence),
        (Script::Han, Script::Hiragana) => Some(trailing(before, is_han, 8).len()).filter(|len| *len > 0),
        (Script::Han, _) | (Script::Hiragana, _) | (Script::Hangul, _) => {
            Some(trailing(before, char::is_alphabetic, 8).len())
        }
        (_, _) => latin_term(before, inside),
    }
}

/// The one script a text is written in: kana lead Han in Japanese; Han leads the Latin letters among it.
fn writing(text: &str) -> Option<Script> {
    let mut seen: Option<Script> = None;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        let script = match c.script() {
            Script::Katakana => Script::Hiragana,
            Script::Common | Script::Inherited => continue,
            script => script,
        };
        seen = match (seen, script) {
            (None, _) => Some(script),
            (Some(same), _) if same == script => seen,
            (Some(Script::Han), Script::Hiragana) | (Some(Script::Hiragana), Script::Han) => Some(Script::Hiragana),
            (Some(Script::Han), Script::Latin) | (Some(Script::Latin), Script::Han) => Some(Script::Han),
            _ => return None,
        };
    }
    seen
}

/// `GPT-4`, `MP3`: a digit at the end belongs to the Latin word before it.
fn digit_tail(before: &str) -> Option<Script> {
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    (word.len() < before.len() && word.ends_with(is_latin)).then_some(Script::Latin)
}

/// Punctuation of clauses: what holds it is a remark.
fn is_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '！' | '？' | '：' | ',' | ';' | '!' | '?' | ':' | '\n' | '…' | '、')
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// It speaks about the term instead of saying it in another way.
fn is_remark(gloss: Script, inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let han = inside.chars().filter(|c| is_han(*c)).count();
    let starts = [
        "应为",
        "應為",
        "注",
        "即",
        "也就是",
        "比如",
        "例如",
        "如",
        "包括",
        "指",
        "原",
        "时任",
        "時任",
        "约",
        "約",
        "下同",
        "下称",
        "简称",
        "簡稱",
        "以下",
        "全称",
        "见",
        "見",
        "误",
        "实为",
        "现任",
        "現任",
        "曾",
        "又",
        "后",
        "i.e",
        "e.g",
        "see ",
        "or ",
        "and ",
        "not ",
        "then ",
        "who ",
        "which ",
        "the ",
    ];
    let people = ["我", "你", "您", "他", "她", "它", "这", "這", "那", "吗", "嗎", "呢", "吧"];
    let explains = han > 3 && ["的", "了", "是", "在"].iter().any(|word| inside.contains(word));
    let pronoun = |word: &str| {
        matches!(
            word,
            "i" | "my"
                | "we"
                | "our"
                | "he"
                | "his"
                | "she"
                | "her"
                | "they"
                | "their"
                | "is"
                | "was"
                | "are"
                | "were"
                | "that"
                | "this"
                | "you"
                | "your"
        )
    };
    gloss == Script::Han && (han > MAX_HAN_GLOSS || explains || people.iter().any(|word| inside.contains(word)))
        || starts.iter().any(|start| lower.starts_with(start))
        || gloss == Script::Latin && (lower.split(' ').count() > 8 || lower.split(' ').any(pronoun))
}

/// `“六边形”`, `《三体》`: the quotation that `before` ends with, marks included.
fn quoted(before: &str) -> Option<&str> {
    let last = before.chars().next_back()?;
    let open = match last {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        '》' => '《',
        '〉' => '〈',
        _ => return None,
    };
    let start = before.rfind(open)?;
    before.get(start..).filter(|text| text.chars().count() <= 30)
}

/// The end of `text` as long as `belongs` holds, at most `most` characters.
fn trailing(text: &str, belongs: impl Fn(char) -> bool, most: usize) -> &str {
    let start = text.char_indices().rev().take(most).take_while(|(_, c)| belongs(*c)).last();
    start.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

/// How far back a Han term reaches. Chinese does not mark words, so: not past punctuation, nor past a function
/// character; of what is left, a run that the article uses elsewhere, or as many characters as the gloss lets expect.
fn han_term(before: &str, expected: usize, recurrence: &mut Recurrence<'_>) -> Option<usize> {
    let run = trailing(before, |c| is_han(c) || c == '·', MAX_HAN_TERM);
    let last = run.chars().next_back()?;
    if "我你您他她它们們这這那吗嗎呢了".contains(last) {
        return None;
    }
    // A term has two characters at least, so the last two are not held against it: 目的, 机会.
    let starts: Vec<usize> = run.char_indices().rev().map(|(at, _)| at).collect();
    let free = run.chars().rev().enumerate().position(|(i, c)| i >= 2 && HAN_STOPS.contains(c)).unwrap_or(starts.len());
    let free = free.saturating_sub(measured(run, free));
    let suffix = |chars: usize| starts.get(chars.saturating_sub(1)).and_then(|at| run.get(*at..));
    let chars = if free <= expected {
        free
    } else {
        let longest = (2..=free).rev().find(|chars| suffix(*chars).is_some_and(|run| recurrence.recurs(run)));
        longest.unwrap_or(expected.max(2))
    };
    suffix(chars).map(str::len)
}

/// How many of the last `free` characters of `run` are a measure word behind its number: `一次` of `一次大数据`.
fn measured(run: &str, free: usize) -> usize {
    let start = run.chars().count().saturating_sub(free);
    let number = |c: char| "一二两兩三四五六七八九十几幾每某多数數".contains(c);
    let measure = |c: char| "次个個种種项項位名家款条條套类類门門座台批段场場篇部本张張份件层層".contains(c);
    let before = start.checked_sub(1).and_then(|at| run.chars().nth(at)).unwrap_or(' ');
    let mut chars = std::iter::once(before).chain(run.chars().skip(start));
    let (first, second, third) = (chars.next(), chars.next(), chars.next());
    match (first, second, third) {
        _ if free < 3 => 0,
        (Some(n), Some(m), _) if number(n) && measure(m) => 1,
        (_, Some(n), Some(m)) if number(n) && measure(m) && free > 3 => 2,
        _ => 0,
    }
}

/// How far back a term in an alphabet reaches: over all words if Chinese text or punctuation stands before them;
/// otherwise over as many as the gloss lets expect (a word for two Han characters), or over words in capitals.
fn latin_term(before: &str, inside: &str) -> Option<usize> {
    let belongs =
        |c: char| c.is_alphanumeric() && !is_han(c) || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '&' | '+' | '/');
    let run = trailing(before, belongs, 60).trim_start();
    let words: Vec<&str> = run.split(' ').filter(|word| !word.is_empty()).collect();
    let among_han =
        before.strip_suffix(run)?.trim_end().chars().next_back().is_some_and(|c| c >= '\u{2E80}' || c == '“');
    let capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let capitals = words.iter().rev().take_while(capital).count();
    let expected = inside.chars().filter(|c| c.is_alphabetic()).count().div_ceil(2);
    let count = match words.len() {
        all if among_han && all <= MAX_WORDS => all,
        all if capitals > 0 => capitals.min(all),
        all => expected.clamp(1, MAX_WORDS).min(all),
    };
    let words = words.get(words.len().saturating_sub(count)..)?;
    let first = words.iter().position(|word| !LATIN_STOPS.contains(&word.to_lowercase().as_str()))?;
    let term = words.get(first..)?.join(" ");
    run.ends_with(&term).then_some(term.len())
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    fn found<'a>(article: &str, before: &'a str, inside: &str) -> Option<&'a str> {
        let length = term(before, inside, &mut Recurrence::new(article))?;
        Some(&before[before.len() - length..])
    }

    #[test]
    fn terms_in_another_script() {
        for (before, inside, expected) in [
            ("从idea", "点子", "idea"),
            ("我们用machine learning", "机器学习", "machine learning"),
            ("we had such an idea", "点子", "idea"),
            ("they teach machine learning", "机器学习", "machine learning"),
            ("a talk at Deep Mind", "深度思维", "Deep Mind"),
            ("用GPT-4", "大模型", "GPT-4"),
            ("我们专注于人工智能", "artificial intelligence", "人工智能"),
            ("我学的是自然语言处理", "NLP", "自然语言处理"),
            ("我們做過一次大數據", "big data", "大數據"),
            ("我读过三体问题", "three-body problem", "三体问题"),
            ("所谓“六边形战士”", "all-rounder", "“六边形战士”"),
            ("東京", "とうきょう", "東京"),
        ] {
            assert_eq!(found("", before, inside), Some(expected), "{before}({inside})");
        }
    }

    #[test]
    fn a_run_that_recurs_decides_how_far_a_han_term_reaches() {
        let article = "研究深度学习（deep learning）。深度学习很好。";
        assert_eq!(found(article, "研究深度学习", "deep learning"), Some("深度学习"));
    }

    #[test]
    fn remarks_corrections_numbers_and_years_are_no_glosses() {
        for (before, inside) in [
            ("他", "我的老师"),
            ("他", "my teacher"),
            ("汪玉", "我的导师"),
            ("Google", "我以前的公司"),
            ("DeepMind", "谷歌旗下的公司"),
            ("the year", "2016"),
            ("芯片", "2018年"),
            ("idea", "应为复数"),
            ("Bob", "who left"),
            ("word", "another word"),
            ("", "点子"),
            ("end. ", "点子"),
            ("公司", "即无问芯穹"),
        ] {
            assert_eq!(found("", before, inside), None, "{before}({inside})");
        }
    }
}
