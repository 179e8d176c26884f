//! Chinese words (jieba, with parts of speech) and what they bind to.

use super::token::{Kind, Token};
use crate::lang::fold;
use jieba_rs::Jieba;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Loaded when the first Han text is judged: some tens of milliseconds.
pub(super) static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Longest stretch given to jieba at once, in bytes: a sentence of Han without a mark in it is shorter; bounds memory.
const STRETCH: usize = 1500;

/// What a Chinese word does in a sentence, as far as breaking there is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Nouns and names.
    Noun,
    /// What a clause hangs on after 的: 时候, 事情, 人.
    LightNoun,
    /// Verbs.
    Verb,
    /// 让, 使, 叫: the verb's object acts.
    Causative,
    /// 会, 能, 可以, 想, 愿意.
    Auxiliary,
    /// 希望, 觉得, 说: what follows is a clause.
    ClauseVerb,
    /// Adjectives.
    Adjective,
    /// 不, 很, 都: bound to what follows.
    Adverb,
    /// 其实, 往往, 当然: about the whole clause.
    ClauseAdverb,
    /// 在, 从, 把.
    Preposition,
    /// 到, 于: between a verb and its place.
    Towards,
    /// 因为, 但是, 并且, 比如.
    Conjunction,
    /// 和, 与, 或.
    Coordinator,
    /// 我, 他们, 自己.
    Pronoun,
    /// 这, 那个, 一些, 任何.
    Determiner,
    /// 三, 一个, 第一次.
    Numeral,
    /// 个, 年, 次.
    Measure,
    /// 的.
    De,
    /// 了, 着, 过, 吗, 们: bound to what is before.
    Particle,
    /// 上, 里, 之间, 当中: closes a phrase.
    Localizer,
    /// 来说, 而言, 的话, 以来: closes a topic.
    Topic,
    /// 今天, 当时.
    Time,
    /// 是.
    Be,
    /// 有.
    Have,
    /// 出来, 起来, 到: completes the verb before.
    Complement,
}

/// Words whose part of speech jieba does not tell, or tells too coarsely.
const WORDS: &[(Class, &str)] = &[
    // Which jieba has the other way round.
    (Class::Noun, "位置 创新 输入 输出"),
    (Class::Verb, "意识 助力"),
    (Class::De, "的 之"),
    (Class::Particle, "了 着 过 们 地 得 吗 呢 吧 啊 呀 嘛 么 啦 哦 等 等等 似的 与否"),
    (Class::Topic, "来说 来讲 而言 来看 的话 以来 以后 之后 之前 以前 期间 之余 起见"),
    (Class::Localizer, "上 里 中 下 内 外 间 前 后 之间 之中 当中 其间 以上 以下 以内 以外 里面 上面 下面 方面"),
    (Class::Be, "是 就是 这是 那是 不是 也是 正是 都是 便是"),
    (Class::Have, "有 没有 没 拥有 具有"),
    (Class::Complement, "出来 起来 下去 下来 进来 进去 上去 过来 过去 回来 出去 进 住 完"),
    (Class::Causative, "让 使 叫 令 请 使得"),
    (
        Class::Auxiliary,
        "会 能 能够 可以 可能 要 想 应 应该 应当 必须 需要 想要 打算 敢 肯 不能 不会 不要 不可 不想 去 来 就要 才能",
    ),
    (Class::ClauseVerb, "希望 愿意 觉得 认为 相信 知道 说 问 意识到 意味着 表示 发现 看到 期待 以为 不知道 想到 确保"),
    (
        Class::Conjunction,
        "因为 由于 但是 但 可是 可 所以 因此 因而 如果 假如 要是 而 而且 并且 并 不过 然而 虽然 尽管 即使 或者 还是 既然 那么 只要 \
         只有 除非 哪怕 无论 无论是 不管 不仅 不但 不只 甚至 甚至是 比如 例如 譬如 包括 然后 也就是 也就是说 同时 另外 此外 其中 否则 \
         以及 从而 以便 直到 一方面 另一方面 既 若 虽 则 且 便",
    ),
    (Class::Coordinator, "和 与 跟 及 或 同"),
    (
        Class::Preposition,
        "在 从 对 对于 关于 至于 把 被 将 由 以 向 往 朝 为 为了 通过 随着 根据 按照 依据 凭借 凭 比 给 自 除了 作为 经过 像 当 用 \
         针对 围绕 按 靠 沿着 趁 替 跟着 比起 基于 拿",
    ),
    (Class::Towards, "到 于 至 成 成为 自于 在于"),
    (
        Class::ClauseAdverb,
        "其实 当然 往往 原来 恰恰 最终 当时 确实 确确实实 一定 的确 本来 显然 究竟 到底 居然 终于 突然 首先 其次 最后 一直 一般 \
         通常 常常 经常 曾经 目前 现在 如今 后来 接着 于是 真的 尤其 特别是 毕竟 反而 也许 大概 或许",
    ),
    (
        Class::Adverb,
        "不 很 都 也 就 还 又 再 只 才 更 最 太 非常 特别 已经 已 正在 正 刚 刚刚 没 别 总 越 极 真 好 多么 这么 那么 怎么 如此 比较 相当",
    ),
    (Class::Adverb, "完全 一起 共同 互相 相互 逐渐 不断 快速 只是 只能 才能 都能 一样"),
    (
        Class::Determiner,
        "这 那 这个 那个 这些 那些 这种 那种 这样 那样 这样的 哪 哪个 哪些 哪里的 每 每个 某 某个 各 各个 各种 该 本 整个 任何 一些 \
         什么 所有 全 全部 许多 很多 很少 不少 其他 其它 另 某些 多少 几 另外一 第一 唯一 什么样",
    ),
    (Class::Pronoun, "我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 谁 人家 其"),
    (
        Class::LightNoun,
        "时候 人 事 事情 话 时 地方 东西 同时 原因 目的 情况 问题 过程 方式 机会 可能性 意义 结果 样子 样 效果",
    ),
];

/// The Chinese words of a Han stretch of `text`, appended to `out`.
pub(super) fn cut(text: &str, range: Range<usize>, out: &mut Vec<Token>) {
    let mut at = range.start;
    while at < range.end {
        let mut end = range.end.min(at.saturating_add(STRETCH));
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        // jieba knows few words in traditional characters: 有沒有 would be 有沒|有.
        let stretch = fold(text.get(at..end).unwrap_or_default());
        for tag in JIEBA.tag(&stretch, true) {
            let start = out.last().map_or(at, |t| t.range.end).max(at);
            let before = out.last().filter(|t| t.range.end == start && start > range.start).map(|t| t.kind);
            let class = in_company(class(tag.word, tag.tag), tag.word, before);
            if let (Some(last), Class::Verb | Class::ClauseVerb) = (out.last_mut(), class)
                && last.text(text) == "在"
            {
                last.kind = Kind::Han(Class::Adverb);
            }
            let kind = Kind::Han(class);
            out.push(Token { range: start..start.saturating_add(tag.word.len()), kind });
        }
        at = end;
    }
}

/// A word of the dictionary, not one that the model of unknown words made up.
pub(super) fn in_dictionary(word: &str) -> bool {
    JIEBA.has_word(&fold(word))
}

fn class(word: &str, tag: &str) -> Class {
    static TABLE: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| super::by_word(WORDS));
    if let Some(class) = TABLE.get(word) {
        return *class;
    }
    // ICTCLAS tags, as jieba's dictionary has them.
    match tag.chars().next() {
        _ if tag.starts_with("mq") || (tag == "r" && starts_with_determiner(word)) => Class::Determiner,
        Some('m') => Class::Numeral,
        Some('q') => Class::Measure,
        Some('v') if tag != "vn" => Class::Verb,
        Some('a') if tag == "ad" => Class::Adverb,
        Some('a' | 'b' | 'z') => Class::Adjective,
        Some('d') => Class::Adverb,
        Some('p') => Class::Preposition,
        Some('c') => Class::Conjunction,
        Some('u' | 'y' | 'k') => Class::Particle,
        Some('f') => Class::Localizer,
        Some('t') => Class::Time,
        Some('r') => Class::Adverb,
        _ => Class::Noun,
    }
}

/// What a word is after the word before it: 到 completes a verb (意识到), but joins nouns (从本科到博士). (在 before a verb
/// is an adverb: 在做.)
fn in_company(class: Class, word: &str, before: Option<Kind>) -> Class {
    let after_verb = matches!(before, Some(Kind::Han(Class::Verb | Class::ClauseVerb)));
    match class {
        Class::Towards if after_verb && matches!(word, "到" | "成") => Class::Complement,
        class => class,
    }
}

fn starts_with_determiner(word: &str) -> bool {
    word.chars().next().is_some_and(|c| "这那每哪某各一".contains(c))
}
