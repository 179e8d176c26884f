//! What the rules find: `zimu rules NAME` has each one's manual.

codes! {
    // ---- times ----
    ORDER = "rule/order", Error,
        "the cue starts at {start}, before an earlier one, at {latest}", "该条字幕始于 {start}，早于前面某条的 {latest}";
    DURATION = "rule/duration", Error,
        "the cue ends at {end}, not after its start at {start}", "该条字幕的结束时间 {end} 不晚于开始时间 {start}";
    BEFORE_ZERO = "rule/before-zero", Error,
        "the cue starts at {start}, before the media does", "该条字幕始于 {start}，早于媒体开头";
    BEYOND_MEDIA = "rule/beyond-media", Error,
        "the cue ends at {end}, after the media, which ends at {media}", "该条字幕止于 {end}，晚于媒体结尾 {media}";
    OVERLAP = "rule/overlap", Warning,
        "the cue starts {by} before cue {other} ends, in the same place", "该条字幕在第 {other} 条结束前 {by} 就开始，且位置相同";
    MIN_DURATION = "rule/min-duration", Warning,
        "the cue stands for {duration}, at least {limit} ({source})", "停留 {duration}，至少应为 {limit}（{source}）";
    MAX_DURATION = "rule/max-duration", Warning,
        "the cue stands for {duration}, at most {limit} ({source})", "停留 {duration}，至多为 {limit}（{source}）";
    GAP = "rule/gap", Warning,
        "the gap before the cue is {gap}, at least {limit} ({source})", "与上一条的间隔为 {gap}，至少应为 {limit}（{source}）";
    CHAIN = "rule/chain", Warning,
        "the gap before the cue is {gap}: close it to {least}, or make it {limit} ({source})",
        "与上一条的间隔为 {gap}：应收至 {least}，或加到 {limit}（{source}）";
    READING_SPEED = "rule/reading-speed", Warning,
        "{speed} characters a second, at most {limit} ({source})", "每秒 {speed} 字，至多 {limit} 字（{source}）";

    // ---- text ----
    EMPTY = "rule/empty", Warning,
        "the cue has no text", "字幕没有文字";
    LINE_LENGTH = "rule/line-length", Warning,
        "the line has {width} characters, at most {limit} ({source})", "该行 {width} 字，至多 {limit} 字（{source}）";
    LINES = "rule/lines", Warning,
        "the cue has {lines} lines, at most {limit} ({source})", "字幕有 {lines} 行，至多 {limit} 行（{source}）";

    // ---- end of text ----

    // ---- the file ----

    // ---- end ----
}
