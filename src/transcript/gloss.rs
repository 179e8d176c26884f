//! Glosses: `idea(点子)`, `人工智能（artificial intelligence）`, `ASR (automatic speech recognition)`.
//!
//! Brackets hold a gloss if they say the term before them in another script, spell it out, or say an amount again.
//! Anything else in brackets is a remark, a correction, a year; those stay in the text.

use super::amount;
use super::initialism;
use super::term::{self, Recurrence};
use crate::lang::{is_han, is_latin};
use unicode_script::{Script, UnicodeScript};

/// Longest gloss, in characters. Longer ones explain.
const MAX_GLOSS: usize = 80;
/// Longest Han gloss. `首席执行官` has 5, `自动语音识别技术` 8.
const MAX_HAN_GLOSS: usize = 12;
/// The length in bytes of the term at the end of `before` that `inside` is the gloss of; `None` if it is no gloss. A
/// gloss may have two halves: `FSD（Full Self-Driving，完全自动驾驶）`.
pub(super) fn term(before: &str, inside: &str, recurrence: &mut Recurrence<'_>) -> Option<usize> {
    if let Some(length) = amount::term(before, inside) {
        return Some(length);
    }
    let halves: Vec<&str> = inside.split(['，', ',', ';', '；', '/']).take(3).collect();
    match halves.as_slice() {
        [first, second] => one_term(before, first, recurrence).and(one_term(before, second, recurrence)),
        _ => one_term(before, inside, recurrence),
    }
}

fn one_term(before: &str, inside: &str, recurrence: &mut Recurrence<'_>) -> Option<usize> {
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
        (Script::Han, Script::Latin) => term::han(before, initialism::expected_han(inside), recurrence),
        (Script::Han, Script::Hiragana) => Some(term::trailing(before, is_han, 8).len()).filter(|len| *len > 0),
        (Script::Han | Script::Hiragana | Script::Hangul, _) => {
            Some(term::trailing(before, char::is_alphabetic, 8).len())
        }
        (_, _) => term::latin(before, inside),
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

/// Beginnings of what speaks about a term, or corrects it.
#[rustfmt::skip]
static ABOUT: &[&str] = &[
    "应为", "應為", "注", "即", "也就是", "比如", "例如", "如", "包括", "指", "原", "时任", "時任", "约", "約", "下同",
    "下称", "简称", "簡稱", "以下", "全称", "见", "見", "误", "实为", "现任", "現任", "曾", "又", "后", "i.e", "e.g",
    "see ", "or ", "and ", "not ", "then ", "who ", "which ",
];

/// English words of sentences.
#[rustfmt::skip]
static SENTENCE_WORDS: &[&str] = &[
    "i", "my", "we", "our", "he", "his", "she", "her", "they", "their", "you", "your", "that", "this", "is", "was",
    "are", "were",
];

/// Longest English gloss, in words.
const MAX_GLOSS_WORDS: usize = 8;

/// It speaks about the term instead of saying it in another way.
fn is_remark(gloss: Script, inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let about = ABOUT.iter().any(|start| lower.starts_with(start));
    match gloss {
        Script::Han => {
            let han = inside.chars().filter(|c| is_han(*c)).count();
            let explains = han > 3 && inside.contains(['的', '了', '是', '在']);
            let people =
                inside.contains(['我', '你', '您', '他', '她', '它', '这', '這', '那', '吗', '嗎', '呢', '吧']);
            about || explains || people || han > MAX_HAN_GLOSS
        }
        Script::Latin => {
            let words: Vec<&str> = lower.split(' ').collect();
            about || words.len() > MAX_GLOSS_WORDS || words.iter().any(|word| SENTENCE_WORDS.contains(word))
        }
        _ => about,
    }
}

/// `“多面手”`, `《三体》`: the quotation that `before` ends with, marks included.
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
            ("介词with", "用", "with"),
            ("我们用machine learning", "机器学习", "machine learning"),
            ("we had such an idea", "点子", "idea"),
            ("they teach machine learning", "机器学习", "machine learning"),
            ("a talk at Deep Mind", "深度思维", "Deep Mind"),
            ("用GPT-4", "大模型", "GPT-4"),
            ("我们专注于人工智能", "artificial intelligence", "人工智能"),
            ("我学的是自然语言处理", "NLP", "自然语言处理"),
            ("我們做過一次大數據", "big data", "大數據"),
            ("我们收购了特斯拉", "Tesla", "特斯拉"),
            ("他叫埃隆·马斯克", "Elon Musk", "埃隆·马斯克"),
            ("the Ministry of Education", "教育部", "Ministry of Education"),
            ("我们用FSD", "Full Self-Driving，完全自动驾驶", "FSD"),
            ("《三体》", "The Three-Body Problem", "《三体》"),
            ("我读过三体问题", "three-body problem", "三体问题"),
            ("我们公司发射星链", "Starlink", "星链"),
            ("我们公司推出星链", "Starlink", "星链"),
            ("我买过比特币", "Bitcoin", "比特币"),
            ("也研究过区块链", "blockchain", "区块链"),
            ("我们讨论反向传播", "backpropagation", "反向传播"),
            ("我每天打开微信", "WeChat", "微信"),
            ("去了麻省理工学院", "MIT", "麻省理工学院"),
            ("也训练过循环神经网络", "RNN", "循环神经网络"),
            ("我们参考了注意力机制", "attention mechanism", "注意力机制"),
            ("这是一种幻觉", "hallucination", "幻觉"),
            ("在硅谷创办谷歌", "Google", "谷歌"),
            ("有用無人機", "drone", "無人機"),
            ("加入台积电", "TSMC", "台积电"),
            ("所谓“多面手”", "all-rounder", "“多面手”"),
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
            ("梁平", "我的导师"),
            ("Google", "我以前的公司"),
            ("DeepMind", "谷歌旗下的公司"),
            ("the year", "2016"),
            ("芯片", "2018年"),
            ("idea", "应为复数"),
            ("Bob", "who left"),
            ("word", "another word"),
            ("", "点子"),
            ("end. ", "点子"),
            ("公司", "即现在的总部"),
        ] {
            assert_eq!(found("", before, inside), None, "{before}({inside})");
        }
    }
}
