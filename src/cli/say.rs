//! The command line's own sentences, in both languages. Those about data stand with their codes in `zimu::diag::codes`.

use std::fmt::Display;
use zimu::diag::Lang;

/// One sentence; `{name}` stands for an argument.
pub(super) struct Sentence {
    en: &'static str,
    zh: &'static str,
}

macro_rules! sentences {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        $(pub(super) const $name: Sentence = Sentence { en: $en, zh: $zh };)*
        #[cfg(test)]
        const ALL: &[Sentence] = &[$($name),*];
    };
}

sentences! {
    ERROR: "error: {message}", "错误：{message}";
    REMEDY: "  help: {remedy}", "  建议：{remedy}";
    ESTIMATED: "times estimated from the length of the text, not heard", "时间是按文字长度估计的，并非听出来的";
    KEPT: "times kept from {name}", "沿用 {name} 中的时间";
    SPEECH: "turns {turns} · speakers {speakers} · cues {cues} · {start} to {end}",
        "发言 {turns} 段 · 说话人 {speakers} · 字幕 {cues} 条 · {start} 至 {end}";
    RATE: "syllables a second {rate} · fastest to read: cue {cue}, {speed} characters a second",
        "语速每秒 {rate} 音节 · 读得最快的是第 {cue} 条，每秒 {speed} 字";
    UNSPOKEN: "not spoken: {list}", "不说的部分：{list}";
    PROFILE: "profile: {id}", "规范：{id}";
    WRITTEN: "written: {list}", "已写出：{list}";
    CONVERTED: "cues {cues} · from {from}", "字幕 {cues} 条 · 来自 {from}";
    NOT_FOUND: "not found", "未找到";
    DELAY: "{length}, trimmed ({how})", "{length}，已去除（{how}）";
}

impl Sentence {
    /// In `lang`, with its arguments.
    pub(super) fn say(&self, lang: Lang, args: &[(&str, &dyn Display)]) -> String {
        let template = match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        };
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            out.push_str(before);
            if let Some((_, value)) = args.iter().find(|(key, _)| *key == name) {
                out.push_str(&value.to_string());
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// Items in a row.
pub(super) fn list(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_the_same_arguments() {
        let names = |text: &'static str| {
            let mut names: Vec<_> = text.split('{').skip(1).filter_map(|s| s.split('}').next()).collect();
            names.sort_unstable();
            names
        };
        for sentence in ALL {
            assert_eq!(names(sentence.en), names(sentence.zh), "{}", sentence.en);
        }
    }
}
