//! The settings a profile has: one row each, walked by the loader, by `zimu profiles` and by docs/profiles.md.

use super::given::{CPS_RANGE, Given, LINE_RANGE, LINES_RANGE, WPM_RANGE};
use super::{
    BOMS, CONTINUATIONS, DASHES, ELLIPSES, GLYPHS, LABEL_POLICIES, Length, MARKUP, NEWLINES, Origin, PUNCTUATIONS,
    Profile, QUOTES, SPACINGS, Setting,
};
use crate::diag::Lang;
use crate::measure::RULERS;
use crate::time::Round;
use std::fmt::Write;

/// One setting.
pub(super) struct Row {
    /// Its key in TOML.
    pub(super) key: &'static str,
    /// What it is, in English.
    pub(super) en: &'static str,
    /// The same in Chinese.
    pub(super) zh: &'static str,
    /// Puts a value into a profile; the error says what the value must be.
    pub(super) set: fn(&mut Profile, Given<'_>) -> Result<(), String>,
    /// The value for people, and where it comes from; `None` if the profile has none.
    pub(super) show: fn(&Profile, Lang) -> Option<(String, &Origin)>,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        key: "max_line",
        en: "longest line",
        zh: "每行最长",
        set: |p, given| given.count("characters", LINE_RANGE).map(|v| p.max_line = v),
        show: |p, lang| shown(&p.max_line, |n| format!("{n} {}", word(lang, "characters", "字"))),
    },
    Row {
        key: "line_ruler",
        en: "how a line is counted",
        zh: "行长计法",
        set: |p, given| given.choice(RULERS).map(|v| p.line_ruler = v),
        show: |p, _| named(&p.line_ruler, RULERS),
    },
    Row {
        key: "max_lines",
        en: "most lines",
        zh: "最多行数",
        set: |p, given| given.count("lines", LINES_RANGE).map(|v| p.max_lines = v),
        show: |p, lang| {
            shown(&p.max_lines, |n| format!("{n} {}", word(lang, if n == 1 { "line" } else { "lines" }, "行")))
        },
    },
    Row {
        key: "max_cps",
        en: "fastest reading",
        zh: "阅读速度上限",
        set: |p, given| given.rate("characters/s", CPS_RANGE).map(|v| p.max_cps = v),
        show: |p, lang| shown(&p.max_cps, |n| format!("{n} {}", word(lang, "characters a second", "字/秒"))),
    },
    Row {
        key: "speed_ruler",
        en: "how reading is counted",
        zh: "阅读速度计法",
        set: |p, given| given.choice(RULERS).map(|v| p.speed_ruler = v),
        show: |p, _| named(&p.speed_ruler, RULERS),
    },
    Row {
        key: "min_duration",
        en: "shortest cue",
        zh: "最短时长",
        set: |p, given| given.length().map(|v| p.min_duration = v),
        show: |p, lang| shown(&p.min_duration, |n| length(n, lang)),
    },
    Row {
        key: "max_duration",
        en: "longest cue",
        zh: "最长时长",
        set: |p, given| given.length().map(|v| p.max_duration = v),
        show: |p, lang| shown(&p.max_duration, |n| length(n, lang)),
    },
    Row {
        key: "min_gap",
        en: "least gap",
        zh: "最小间隔",
        set: |p, given| given.length().map(|v| p.min_gap = v),
        show: |p, lang| shown(&p.min_gap, |n| length(n, lang)),
    },
    Row {
        key: "chain_below",
        en: "gaps closed to the least gap if below",
        zh: "短于此的间隔收至最小间隔",
        set: |p, given| given.length().map(|v| p.chain_below = v),
        show: |p, lang| shown(&p.chain_below, |n| length(n, lang)),
    },
    Row {
        key: "max_linger",
        en: "longest stay after the last word",
        zh: "话音落后最多停留",
        set: |p, given| given.length().map(|v| p.max_linger = v),
        show: |p, lang| shown(&p.max_linger, |n| length(n, lang)),
    },
    Row {
        key: "punctuation",
        en: "Chinese punctuation",
        zh: "中文标点",
        set: |p, given| given.choice(PUNCTUATIONS).map(|v| p.punctuation = v),
        show: |p, _| named(&p.punctuation, PUNCTUATIONS),
    },
    Row {
        key: "spacing",
        en: "space between Han and Latin",
        zh: "中西文间空格",
        set: |p, given| given.choice(SPACINGS).map(|v| p.spacing = v),
        show: |p, _| named(&p.spacing, SPACINGS),
    },
    Row {
        key: "max_wpm",
        en: "fastest reading in words",
        zh: "阅读速度上限（词）",
        set: |p, given| given.rate("words/min", WPM_RANGE).map(|v| p.max_wpm = v),
        show: |p, lang| shown(&p.max_wpm, |n| format!("{n} {}", word(lang, "words a minute", "词/分钟"))),
    },
    Row {
        key: "max_line_latin",
        en: "longest line in Latin script",
        zh: "拉丁文字每行最长",
        set: |p, given| given.count("characters", LINE_RANGE).map(|v| p.max_line_latin = v),
        show: |p, lang| shown(&p.max_line_latin, |n| format!("{n} {}", word(lang, "characters", "字"))),
    },
    Row {
        key: "prefer_one_line",
        en: "text that fits one line stands on one",
        zh: "一行放得下的不分两行",
        set: |p, given| given.yes_or_no().map(|v| p.prefer_one_line = v),
        show: |p, lang| shown(&p.prefer_one_line, |yes| yes_no(yes, lang)),
    },
    Row {
        key: "snap_to_frames",
        en: "times on frames",
        zh: "时间对齐到帧",
        set: |p, given| given.yes_or_no().map(|v| p.snap_to_frames = v),
        show: |p, lang| shown(&p.snap_to_frames, |yes| yes_no(yes, lang)),
    },
    Row {
        key: "shot_zone",
        en: "no start or end nearer to a shot change",
        zh: "起止距镜头切换不得近于",
        set: |p, given| given.length().map(|v| p.shot_zone = v),
        show: |p, lang| shown(&p.shot_zone, |n| length(n, lang)),
    },
    Row {
        key: "shot_gap",
        en: "end before a shot change",
        zh: "在镜头切换前结束",
        set: |p, given| given.length().map(|v| p.shot_gap = v),
        show: |p, lang| shown(&p.shot_gap, |n| length(n, lang)),
    },
    Row {
        key: "ellipsis",
        en: "ellipsis",
        zh: "省略号",
        set: |p, given| given.maybe(ELLIPSES).map(|v| p.ellipsis = v),
        show: |p, _| optional(&p.ellipsis, ELLIPSES),
    },
    Row {
        key: "quotes",
        en: "quotation marks",
        zh: "引号",
        set: |p, given| given.maybe(QUOTES).map(|v| p.quotes = v),
        show: |p, _| optional(&p.quotes, QUOTES),
    },
    Row {
        key: "dialogue_dash",
        en: "dash before speakers",
        zh: "对话短横",
        set: |p, given| given.maybe(DASHES).map(|v| p.dialogue_dash = v),
        show: |p, _| optional(&p.dialogue_dash, DASHES),
    },
    Row {
        key: "italics",
        en: "italics",
        zh: "斜体",
        set: |p, given| given.yes_or_no().map(|v| p.italics = v),
        show: |p, lang| shown(&p.italics, |yes| allowed(yes, lang)),
    },
    Row {
        key: "all_caps",
        en: "text all in capitals",
        zh: "全大写",
        set: |p, given| given.yes_or_no().map(|v| p.all_caps = v),
        show: |p, lang| shown(&p.all_caps, |yes| allowed(yes, lang)),
    },
    Row {
        key: "continuation",
        en: "sentence that goes on in the next cue",
        zh: "跨条的句子",
        set: |p, given| given.maybe(CONTINUATIONS).map(|v| p.continuation = v),
        show: |p, _| optional(&p.continuation, CONTINUATIONS),
    },
    Row {
        key: "labels",
        en: "speaker in the text",
        zh: "文中标说话人",
        set: |p, given| given.maybe(LABEL_POLICIES).map(|v| p.labels = v),
        show: |p, _| optional(&p.labels, LABEL_POLICIES),
    },
    Row {
        key: "glyphs",
        en: "characters",
        zh: "字符集",
        set: |p, given| given.maybe(GLYPHS).map(|v| p.glyphs = v),
        show: |p, _| optional(&p.glyphs, GLYPHS),
    },
    Row {
        key: "extensions",
        en: "accepted files",
        zh: "接受的文件",
        set: |p, given| given.words(&[]).map(|v| p.extensions = v),
        show: |p, lang| listed(&p.extensions, lang),
    },
    Row {
        key: "max_bytes",
        en: "largest file",
        zh: "文件最大",
        set: |p, given| given.bytes().map(|v| p.max_bytes = v),
        show: |p, lang| shown(&p.max_bytes, |n| format!("{n} {}", word(lang, "bytes", "字节"))),
    },
    Row {
        key: "bom",
        en: "byte order mark",
        zh: "字节顺序标记",
        set: |p, given| given.maybe(BOMS).map(|v| p.bom = v),
        show: |p, _| optional(&p.bom, BOMS),
    },
    Row {
        key: "newlines",
        en: "line ends",
        zh: "换行符",
        set: |p, given| given.maybe(NEWLINES).map(|v| p.newlines = v),
        show: |p, _| optional(&p.newlines, NEWLINES),
    },
    Row {
        key: "encoding",
        en: "encoding",
        zh: "编码",
        set: |p, given| given.text().map(|v| p.encoding = v),
        show: |p, _| p.encoding.as_ref().map(|s| (s.value.clone(), &s.origin)),
    },
    Row {
        key: "markup",
        en: "markup that is shown",
        zh: "保留的标记",
        set: |p, given| given.words(MARKUP).map(|v| p.markup = v),
        show: |p, lang| listed(&p.markup, lang),
    },
];

fn shown<T: Copy>(setting: &Option<Setting<T>>, show: impl Fn(T) -> String) -> Option<(String, &Origin)> {
    setting.as_ref().map(|setting| (show(setting.value), &setting.origin))
}

fn named<'p, T: Copy + PartialEq>(setting: &'p Setting<T>, names: &[(T, &str)]) -> Option<(String, &'p Origin)> {
    let (_, name) = names.iter().find(|(value, _)| *value == setting.value)?;
    Some(((*name).to_owned(), &setting.origin))
}

fn optional<'p, T: Copy + PartialEq>(
    setting: &'p Option<Setting<T>>,
    names: &[(T, &str)],
) -> Option<(String, &'p Origin)> {
    named(setting.as_ref()?, names)
}

fn listed(setting: &Option<Setting<Vec<String>>>, lang: Lang) -> Option<(String, &Origin)> {
    let setting = setting.as_ref()?;
    let text = setting.value.join(word(lang, ", ", "、"));
    Some((if text.is_empty() { word(lang, "none", "无").to_owned() } else { text }, &setting.origin))
}

fn yes_no(yes: bool, lang: Lang) -> String {
    if yes { word(lang, "yes", "是") } else { word(lang, "no", "否") }.to_owned()
}

fn allowed(yes: bool, lang: Lang) -> String {
    if yes { word(lang, "allowed", "可用") } else { word(lang, "not allowed", "不可用") }.to_owned()
}

fn length(length: Length, lang: Lang) -> String {
    match length {
        Length::Time(time) => time.to_string(),
        Length::WholeFrames { time, round } => {
            let (en, zh) = match round {
                Round::Up => ("rounded up to whole frames", "向上取整帧"),
                Round::Nearest => ("to the nearest frame", "取最近的整帧"),
                Round::Down => ("rounded down to whole frames", "向下取整帧"),
            };
            format!("{time}{}{}", word(lang, ", ", "，"), word(lang, en, zh))
        }
        Length::Frames { frames, otherwise } => {
            let mut out = format!("{frames} {}", word(lang, "frames", "帧"));
            let _ = match lang {
                Lang::En => write!(out, ", {otherwise} without a frame rate"),
                Lang::Zh => write!(out, "，无帧率时为 {otherwise}"),
            };
            out
        }
    }
}

fn word(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
