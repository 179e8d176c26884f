//! What belongs together over more than one token: expressions, numbers with their measure, names, titles, quotations.

use super::chinese::Class as Zh;
use super::english::Class as En;
use super::punct::Mark;
use super::token::{Kind, Token};
use crate::lang::is_han;
use std::ops::Range;

/// A title in 《》 up to this many characters stays whole; a longer one does not fit a line anyway.
const TITLE_CHARS: usize = 14;
/// A quotation up to this many characters is better not broken (“六边形战士”).
const QUOTATION_CHARS: usize = 10;
/// A name of several capitalised words: more than these are a heading, not a name.
const NAME_WORDS: usize = 4;

/// Finds the last token of a stretch that begins at the given one and must stay whole.
type Rule = fn(&str, &[Token], usize) -> Option<usize>;

/// Stretches that must stay whole, in no particular order. Breaks strictly inside them are `Inside`.
pub(super) fn together(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let rules: [Rule; 6] = [expression, measured, latin_name, dotted_name, asked_twice, titled_person];
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        for rule in rules {
            let last = rule(text, tokens, i).and_then(|end| tokens.get(end));
            out.extend(last.map(|last| token.range.start..last.range.end));
        }
    }
    out.extend(enclosed(text, tokens, TITLE_CHARS, |open| open == "《"));
    out
}

/// Short quotations, sorted and apart.
pub(super) fn quotations(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = enclosed(text, tokens, QUOTATION_CHARS, |open| "“‘「『\"＂".contains(open));
    out.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut end = 0usize;
    // Of nested ones, the outer.
    out.retain(|r| {
        let apart = end <= r.start;
        end = end.max(r.end);
        apart
    });
    out
}

/// What stands between an opening mark that `wanted` names and its closing mark, both included.
fn enclosed(text: &str, tokens: &[Token], max_chars: usize, wanted: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Mark(Mark::Open) if wanted(token.text(text)) => open.push(token.range.start),
            Kind::Mark(Mark::Close) => {
                let Some(start) = open.pop() else { continue };
                // A character is at most four bytes: no need to count in what is much too long.
                let short = token.range.end.saturating_sub(start) <= max_chars.saturating_mul(4).saturating_add(8);
                let inner = text.get(start..token.range.start).unwrap_or_default();
                if short && inner.chars().count() <= max_chars.saturating_add(1) {
                    out.push(start..token.range.end);
                }
            }
            Kind::Space { paragraph: true } => open.clear(),
            _ => {}
        }
    }
    out
}

fn get(tokens: &[Token], index: usize) -> Option<&Token> {
    tokens.get(index)
}

/// The index after `index`, past one space within a paragraph.
fn next(tokens: &[Token], index: usize) -> usize {
    let after = index.saturating_add(1);
    let space = get(tokens, after).is_some_and(|t| t.kind == Kind::Space { paragraph: false } && t.range.len() == 1);
    if space { after.saturating_add(1) } else { after }
}

/// `0.8+0.8>2`, `1 + 1 = 2`: numbers joined by signs.
fn expression(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let number = |i: usize| get(tokens, i).is_some_and(|t| t.kind == Kind::Number);
    let sign =
        |i: usize| get(tokens, i).is_some_and(|t| "+-−×*÷/=≠<>≤≥≈~^±:".contains(t.text(text)) && !t.range.is_empty());
    // Only from its first number: the others are inside already.
    let goes_on = start.checked_sub(1).is_some_and(|i| sign(i) && i.checked_sub(1).is_some_and(number));
    if !number(start) || goes_on {
        return None;
    }
    let mut end = start;
    loop {
        let operator = next(tokens, end);
        let operand = next(tokens, operator);
        if !(sign(operator) && number(operand)) {
            return (end > start).then_some(end);
        }
        end = operand;
    }
}

/// Units and nouns that count as a measure after a number, where jieba calls them nouns.
const MEASURES: &str =
    "年月日号时点分秒天周岁人名位个次元块角美度倍种件家座条台辆张本篇页层楼米里斤克吨亩升万亿千百成代届期集章节句字";
/// What a date or time goes on after: `5月1日`, `5分59秒`.
const DATE_UNITS: &str = "年月日时点分";

/// A number with its measure: `12年`, `80分`, `两年半`, `几百万人`, `5分59秒`, `第5`.
fn measured(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let token = get(tokens, start)?;
    let word = token.text(text);
    let after = next(tokens, start);
    let follower = get(tokens, after)?;
    let following = follower.text(text);
    let adjacent = after == start.saturating_add(1);
    match (token.kind, follower.kind) {
        (Kind::Han(_), Kind::Number) if adjacent => {
            let unit = word.chars().next_back().filter(|c| DATE_UNITS.contains(*c));
            let dated = start.checked_sub(1).and_then(|i| get(tokens, i)).is_some_and(|t| t.kind == Kind::Number);
            (word.ends_with('第') || (unit.is_some() && dated)).then_some(after)
        }
        (Kind::Number, Kind::Han(class)) => {
            let measure = following.chars().next().is_some_and(|c| MEASURES.contains(c));
            (matches!(class, Zh::Measure | Zh::Numeral | Zh::Time) || measure).then_some(after)
        }
        (Kind::Han(Zh::Numeral), Kind::Han(class)) if adjacent => {
            let counts =
                word.chars().next_back().is_some_and(|c| "〇零一二三四五六七八九十百千万亿两几半数多".contains(c));
            let single = following.chars().nth(1).is_none() && following.chars().all(|c| MEASURES.contains(c));
            let fits = class == Zh::Measure || (counts && (single || class == Zh::Numeral));
            (fits || matches!(following, "半" | "多")).then_some(after)
        }
        _ => None,
    }
}

/// `Open AI`, `New York Times`, `Mr. Smith`, `GPT 4`: capitalised words in a row.
fn latin_name(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let named = |i: usize| {
        get(tokens, i).is_some_and(|t| match t.kind {
            Kind::Latin(En::Pronoun) => false,
            // Words that only a sentence's start gives a capital are no name: The, New, And.
            Kind::Latin(class) => {
                let capital = t.text(text).chars().next().is_some_and(char::is_uppercase);
                capital && (class == En::Capital || !begins_sentence(tokens, i))
            }
            _ => false,
        })
    };
    if !named(start) {
        return None;
    }
    let mut end = start;
    for _ in 1..NAME_WORDS {
        let dot = end.saturating_add(1);
        let dotted = get(tokens, dot).is_some_and(|t| t.kind == Kind::Mark(Mark::Other) && t.text(text) == ".");
        let following = next(tokens, if dotted { dot } else { end });
        let spaced = following > dot;
        let number = get(tokens, following).is_some_and(|t| t.kind == Kind::Number);
        if !(spaced && (named(following) || (number && !dotted))) {
            break;
        }
        end = following;
    }
    (end > start).then_some(end)
}

/// Nothing before it, or the end of a sentence, or an opening mark.
fn begins_sentence(tokens: &[Token], index: usize) -> bool {
    let before = tokens.iter().take(index).rev().find(|t| t.kind != Kind::Space { paragraph: false }).map(|t| t.kind);
    matches!(before, None | Some(Kind::Space { .. } | Kind::Mark(Mark::Sentence | Mark::Open | Mark::Close)))
}

/// `威廉·莎士比亚`, and what jieba cut of it.
fn dotted_name(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let word = |i: usize| get(tokens, i).filter(|t| t.is_word());
    let dot = |i: usize| get(tokens, i).is_some_and(|t| "·・•‧".contains(t.text(text)) && !t.range.is_empty());
    let chars = word(start)?.text(text).chars().count();
    let second = start.saturating_add(1);
    // A single character before the dot is the end of a name that was cut: `阿卜|杜`.
    let at = if dot(second) {
        second
    } else if chars <= 2
        && word(second).is_some_and(|t| t.text(text).chars().nth(1).is_none())
        && dot(second.saturating_add(1))
    {
        second.saturating_add(1)
    } else {
        return None;
    };
    let after = at.saturating_add(1);
    word(after)?;
    let rest = after.saturating_add(1);
    let cut = word(after).is_some_and(|t| t.text(text).chars().all(is_han) && t.text(text).chars().nth(1).is_none());
    Some(if cut && word(rest).is_some() { rest } else { after })
}

/// `要不要`, `是不是`.
fn asked_twice(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let after = start.saturating_add(1);
    let token = get(tokens, start).filter(|t| matches!(t.kind, Kind::Han(_)))?;
    let following = get(tokens, after)?.text(text);
    let rest = following.strip_prefix('不').or_else(|| following.strip_prefix('没'))?;
    if rest.is_empty() {
        let third = after.saturating_add(1);
        return get(tokens, third).filter(|t| t.text(text) == token.text(text)).map(|_| third);
    }
    (rest == token.text(text)).then_some(after)
}

/// The hundred commonest family names: one of them before a title is a person.
const FAMILY_NAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田\
     任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文陳張劉黃楊趙吳孫鄭謝許蔣葉閻譚鄒陸龍錢湯賀賴龔";
/// Titles that follow a family name.
const TITLES: &[&str] = &[
    "老师", "教授", "先生", "女士", "小姐", "博士", "院士", "同学", "医生", "总", "院长", "校长", "主任", "经理",
    "部长", "局长", "老師", "醫生", "院長", "校長",
];

/// `汪老师`, `戴教授`.
fn titled_person(text: &str, tokens: &[Token], start: usize) -> Option<usize> {
    let after = start.saturating_add(1);
    let name = get(tokens, start)?.text(text);
    let family = name.chars().nth(1).is_none() && FAMILY_NAMES.contains(name);
    (family && !name.is_empty() && TITLES.contains(&get(tokens, after)?.text(text))).then_some(after)
}
