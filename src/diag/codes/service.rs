//! Noticed in the formats of services: YouTube, Bilibili, speech recognisers.

codes! {
    UNREAD = "parse/unread", Note,
        "fields without a place in a track are not read: {names}", "以下字段在字幕轨中无处可放，未读取：{names}";
    CUT_OFF = "parse/cut-off", Error,
        "the file is broken from here on ({problem}); what stands before is read", "文件从此处起已损坏（{problem}），已读取此前的内容";
    BAD_ITEM = "parse/bad-item", Error,
        "`{path}` has no {field} that can be read; it is left out", "`{path}` 没有可读的 {field}，已略去";
    NO_END = "parse/no-end", Warning,
        "`{path}` does not say when it ends: it lasts until the next one begins, no time at all if none does", "`{path}` 没有写明结束时间：持续到下一条开始；若没有下一条，则时长为零";
    WORDS_UNTIMED = "parse/words-untimed", Note,
        "words without a time: {count}", "有 {count} 个词没有时间";
    EMPTY = "parse/empty", Note,
        "entries that show nothing are left out ({count})", "没有文字的条目已略去（{count} 条）";
    ROLLING = "parse/rolling", Note,
        "rolling captions: each line became a cue that ends where the next begins ({count})",
        "滚动字幕：每行成为一条字幕，到下一行开始时结束（{count} 条）";
    SBV_BAD_TIMING = "parse/sbv/bad-timing", Error,
        "`{text}` is not a timing line; its cue is not read (write it as `0:00:01.000,0:00:02.000`)",
        "“{text}”不是有效的时间行，该条字幕未读取（应写作 0:00:01.000,0:00:02.000）";
    SBV_STRAY_TEXT = "parse/sbv/stray-text", Warning,
        "`{text}` belongs to no cue and is not read", "“{text}”不属于任何字幕，未读取";
}
