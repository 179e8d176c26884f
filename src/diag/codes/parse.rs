//! Noticed while decoding or reading a file.

codes! {
    ENCODING_GUESSED = "parse/encoding-guessed", Note,
        "read as {encoding} (confidence {confidence})", "按 {encoding} 读取（置信度 {confidence}）";
    BAD_BYTES = "parse/bad-bytes", Error,
        "{count} bytes are not valid {encoding} and became U+FFFD", "{count} 个字节不是有效的 {encoding}，已替换为 U+FFFD";
    VTT_NUL = "parse/vtt/nul", Warning,
        "NUL characters became U+FFFD", "空字符（NUL）已替换为 U+FFFD";
    VTT_HEADER_LINES = "parse/vtt/header-lines", Note,
        "players pass over these lines below `WEBVTT`; they are kept", "播放器会忽略 `WEBVTT` 下面的这些行；此处予以保留";
    VTT_BAD_TIMING = "parse/vtt/bad-timing", Error,
        "`{text}` is no timing line, so players drop this block; write `00:00:01.000 --> 00:00:02.000`",
        "“{text}”不是有效的时间行，播放器会丢弃此块；应写作 `00:00:01.000 --> 00:00:02.000`";
    VTT_TIME_CLAMPED = "parse/vtt/time-clamped", Warning,
        "the time is too large and became the largest there is", "时间过大，已改为可用的最大值";
    VTT_NO_BLANK_LINE = "parse/vtt/no-blank-line", Warning,
        "a line with `-->` ends this block; put a blank line between blocks", "含有 `-->` 的行使此块结束；块与块之间应有空行";
    VTT_LATE_BLOCK = "parse/vtt/late-block", Error,
        "`{text}` stands after the first cue, so players drop it; move it to the top",
        "“{text}”位于第一条字幕之后，播放器会丢弃它；请移到文件开头";
    VTT_IGNORED_BLOCK = "parse/vtt/ignored-block", Error,
        "the block `{text}` is neither cue nor comment, so players drop it; begin it with `NOTE` or give it times",
        "“{text}”这一块既不是字幕也不是注释，播放器会丢弃它；请以 `NOTE` 开头或加上时间";
    VTT_BAD_SETTING = "parse/vtt/bad-setting", Warning,
        "players pass over the setting `{text}`", "播放器会忽略设置“{text}”";
    VTT_NO_REGION = "parse/vtt/no-region", Warning,
        "there is no region `{text}` above", "上文没有名为“{text}”的区域";
    VTT_LEAVES_REGION = "parse/vtt/leaves-region", Warning,
        "`{text}` takes the cue out of its region", "“{text}”使该条字幕脱离其区域";
    VTT_UNKNOWN_TAG = "parse/vtt/unknown-tag", Warning,
        "players drop `{text}`, which is no tag; write `&lt;` for `<`", "“{text}”不是标签，播放器会将其丢弃；`<` 应写作 `&lt;`";
    VTT_MISPLACED_RT = "parse/vtt/misplaced-rt", Warning,
        "`{text}` does not stand directly in a `<ruby>`, so players drop the tag", "“{text}”不直接位于 `<ruby>` 之中，播放器会丢弃该标签";
    VTT_STRAY_END_TAG = "parse/vtt/stray-end-tag", Warning,
        "`{text}` does not close what was opened last, so players drop it", "“{text}”与最近打开的标签不对应，播放器会将其丢弃";
    VTT_BAD_TIMESTAMP = "parse/vtt/bad-timestamp", Warning,
        "players drop `{text}`, which is no time; write `&lt;` for `<`", "“{text}”不是时间，播放器会将其丢弃；`<` 应写作 `&lt;`";
    VTT_UNTERMINATED_TAG = "parse/vtt/unterminated-tag", Warning,
        "`{text}` has no `>`: all the rest of the cue belongs to the tag", "“{text}”缺少 `>`：该条字幕其余的内容都成了标签的一部分";
    VTT_UNCLOSED_TAG = "parse/vtt/unclosed-tag", Warning,
        "`{text}` is not closed; players close it at the end of the cue", "“{text}”没有关闭；播放器会在该条字幕末尾将其关闭";
    VTT_TOO_DEEP = "parse/vtt/too-deep", Warning,
        "more than {limit} tags are open; this one is kept only in the raw text", "同时打开的标签超过 {limit} 个；此标签只保留在原文中";
}
