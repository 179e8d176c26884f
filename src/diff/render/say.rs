//! The sentences of differences, in both languages.

use crate::diag::Lang;
use std::fmt::Display;

/// One sentence; `{name}` stands for an argument.
pub(super) struct Sentence {
    en: &'static str,
    zh: &'static str,
}

impl Sentence {
    /// In `lang`, with its arguments.
    pub(super) fn say(&self, lang: Lang, args: &[(&str, &dyn Display)]) -> String {
        let template = if lang == Lang::En { self.en } else { self.zh };
        args.iter()
            .fold(template.to_owned(), |out, (name, value)| out.replace(&format!("{{{name}}}"), &value.to_string()))
    }
}

pub(super) const ALL_SHIFTED: Sentence = Sentence { en: "all cues {by}", zh: "全部字幕 {by}" };
pub(super) const SHIFTED: Sentence = Sentence { en: "{count} cues {by}", zh: "{count} 条字幕 {by}" };
pub(super) const STRETCHED: Sentence = Sentence { en: "all cues × {factor}", zh: "全部字幕 × {factor}" };
pub(super) const START: Sentence = Sentence { en: "start {by}", zh: "起点 {by}" };
pub(super) const END: Sentence = Sentence { en: "end {by}", zh: "终点 {by}" };
pub(super) const CUES: Sentence = Sentence { en: "cues {a} → {b}", zh: "字幕 {a} → {b} 条" };
pub(super) const SAME: Sentence = Sentence { en: "no difference", zh: "没有差异" };
pub(super) const TITLE: Sentence = Sentence { en: "{a} → {b}", zh: "{a} → {b}" };

/// Each kind of change: its stable name, in English, in Chinese.
pub(super) const KINDS: &[(&str, &str, &str)] = &[
    ("shifted", "shifted", "整体移动"),
    ("stretched", "stretched", "整体伸缩"),
    ("moved", "moved", "移动"),
    ("re-timed", "re-timed", "时间改动"),
    ("re-worded", "re-worded", "文字改动"),
    ("re-broken", "re-broken", "换行改动"),
    ("split", "split", "拆分"),
    ("merged", "merged", "合并"),
    ("re-cut", "re-cut", "重新切分"),
    ("speaker", "speaker", "说话人改动"),
    ("styled", "styled", "样式改动"),
    ("placed", "placed", "位置改动"),
    ("added", "added", "新增"),
    ("removed", "removed", "删除"),
];
