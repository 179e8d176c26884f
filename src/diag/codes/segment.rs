//! Noticed while making cues: what the profile asks and the text or its times do not allow.

codes! {
    TOO_FAST = "segment/too-fast", Warning,
        "{cps} characters per second, at most {limit}: the speech around it leaves no more time",
        "每秒 {cps} 字，超过上限 {limit}：前后语速已无时间可让";
    TOO_SHORT = "segment/too-short", Warning,
        "on screen for {duration}, at least {limit}: the speech around it leaves no more time",
        "显示 {duration}，不足 {limit}：前后语句已无时间可让";
    TOO_LONG = "segment/too-long", Warning,
        "on screen for {duration}, at most {limit}: there is no place to break it",
        "显示 {duration}，超过上限 {limit}：中间没有可断开的位置";
    LINE_TOO_LONG = "segment/line-too-long", Warning,
        "line `{text}` is {width} characters long, at most {limit}: it leaves no place to break",
        "行“{text}”长 {width} 字，超过上限 {limit}：没有可断行的位置";
    TOO_MANY_LINES = "segment/too-many-lines", Warning,
        "{lines} lines, at most {limit}: choose another way to show glosses", "{lines} 行，超过上限 {limit}：请改用其他注释显示方式";
    NO_BREAK = "segment/no-break", Warning,
        "`{text}` belongs together but no line holds it; it was broken at `|`", "“{text}”本应完整，但一行放不下，已在“|”处断开";
    GAP_TOO_SMALL = "segment/gap-too-small", Warning,
        "only {gap} to the next cue, at least {limit}", "与下一条字幕仅隔 {gap}，至少应为 {limit}";
    NO_TIME = "segment/no-time", Warning,
        "no time is known for its words", "其中的词没有时间信息";
    MOVED = "segment/moved", Note,
        "starts {by} from its first word's estimated time, so that it can be read", "为留出阅读时间，起点较首词的估计时间移动了 {by}";
    NOTHING_SAID = "segment/nothing-said", Note,
        "`{text}` has no word that is said and makes no cue", "“{text}”没有可读出的内容，不生成字幕";
}
