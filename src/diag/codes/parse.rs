//! Noticed while decoding or reading a file.

codes! {
    ENCODING_GUESSED = "parse/encoding-guessed", Note,
        "read as {encoding} (confidence {confidence})", "按 {encoding} 读取（置信度 {confidence}）";
    BAD_BYTES = "parse/bad-bytes", Error,
        "{count} bytes are not valid {encoding} and became U+FFFD", "{count} 个字节不是有效的 {encoding}，已替换为 U+FFFD";
    JSON_UNKNOWN_FIELD = "parse/json/unknown-field", Warning,
        "`{path}` is not a field of the native format here; ignored", "原生格式此处没有字段 `{path}`，已忽略";
    JSON_UNKNOWN_VALUE = "parse/json/unknown-value", Warning,
        "`{path}` is `{value}`, which is not known; ignored (known: {known})", "`{path}` 的值 `{value}` 无法识别，已忽略（可用：{known}）";
    JSON_BAD_MARK = "parse/json/bad-mark", Error,
        "`{path}` lacks a field that its kind needs, or has a bad one; left out", "`{path}` 缺少该类标记必需的字段，或字段有误，已略去";
    JSON_BAD_RANGE = "parse/json/bad-range", Error,
        "`{path}` is not a stretch of its text; left out", "`{path}` 不是其文本中的一段，已略去";
    JSON_RANGE_CUT = "parse/json/range-cut", Warning,
        "`{path}` lies beyond the end of its text; moved to the end", "`{path}` 超出文本末尾，已移至末尾";
    JSON_NO_SHARE = "parse/json/no-share", Warning,
        "`{path}` is {value}, not between 0 and 1; kept", "`{path}` 为 {value}，不在 0 到 1 之间，已保留";
    JSON_UNKNOWN_EXTRA = "parse/json/unknown-extra", Error,
        "`{path}`: no format here has an extra `{format}` `{key}`; left out", "`{path}`：没有任何格式使用附加项 `{format}` `{key}`，已略去";
    JSON_GLOSS_LOST = "parse/json/gloss-lost", Error,
        "`{path}`: the term `{term}` is not in the text (any more); its gloss `{gloss}` is left out", "`{path}`：文本中（已）没有词语“{term}”，其注释“{gloss}”已略去";
    JSON_SPEAKER_ADDED = "parse/json/speaker-added", Note,
        "`{path}`: `{name}` is not in `speakers`; added", "`{path}`：“{name}”不在 `speakers` 中，已添加";
    JSON_ANCHOR_LOST = "parse/json/anchor-lost", Error,
        "`{path}` gives a time to something that nobody says; left out", "`{path}` 为无人说出的内容指定了时间，已略去";
    JSON_WORD_LOST = "parse/json/word-lost", Error,
        "`{path}`: `{text}` is no longer there in the text; its time is left out (align again to time the new text)", "`{path}`：文本中已没有“{text}”，其时间已略去（请重新对齐以获得新文本的时间）";
    JSON_WORD_UNSPOKEN = "parse/json/word-unspoken", Note,
        "`{path}`: its part is not said; its time is left out", "`{path}`：所在部分无人说出，其时间已略去";
    JSON_HALF_TIME = "parse/json/half-time", Warning,
        "`{path}` has a start without an end, or an end without a start; taken as not timed", "`{path}` 只有起始或结束时间，视为没有时间";
}
