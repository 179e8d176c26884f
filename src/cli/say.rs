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
    HEARD: "times heard in {name} · cues that are doubtful: {doubtful}", "时间取自 {name} 中的声音 · 存疑的字幕 {doubtful} 条";
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
    NOT_WRITTEN: "nothing was written (--dry-run)", "未写出任何文件（--dry-run）";
    CHECKED: "files {files} · with findings {bad} · findings {findings}", "文件 {files} 个 · 有问题 {bad} 个 · 问题 {findings} 处";
    N_ERRORS: "errors {n}", "错误 {n}";
    N_WARNINGS: "warnings {n}", "警告 {n}";
    N_NOTES: "notes {n}", "说明 {n}";
    N_MORE_FILES: "… and {n} more files", "…… 另有 {n} 个文件";
    NOT_LISTED: "findings not listed: {n} (--all lists up to a million of a file)", "未列出的问题 {n} 处（--all 每个文件最多列出一百万处）";
    FIXED: "files {files} · mended {mended} · left {left}", "文件 {files} 个 · 已修正 {mended} 处 · 剩余 {left} 处";
    RETIMED: "{name}: cues {cues} · moved {moved} by {by}", "{name}：字幕 {cues} 条 · 移动 {moved} 条，{by}";
    RETIMED_NOT: "{name}: cues {cues} · none moved", "{name}：字幕 {cues} 条 · 均未移动";
    N_CUT: "left out {n}", "去掉 {n} 条";
    LOSSES: "not kept as it was: {list}", "未能原样保留：{list}";
    LOSS: "{code} {count}× in {files}", "{code} {count} 处（{files} 个输出）";
    BATCH: "files {files} · cues {in} in, {out} out", "文件 {files} 个 · 字幕读入 {in} 条，写出 {out} 条";
    N_WRITTEN: "written {n}", "写出 {n}";
    N_WOULD_WRITE: "would be written {n}", "将写出 {n}";
    N_KEPT: "there already {n}", "已有 {n}";
    N_PASSED_OVER: "no captions {n}", "非字幕 {n}";
    N_CUES_LOST: "without all cues {n}", "缺少字幕 {n}";
    N_DENIED: "not written for their losses {n}", "因损失未写出 {n}";
    N_FAILED: "failed {n}", "失败 {n}";
    N_CUES_LOST_OF: "cues that are lost: {n}", "丢失字幕 {n} 条";
    N_LOST: "losses: {n}", "损失 {n} 处";
    REPORT: "report: {path}", "报告：{path}";
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
