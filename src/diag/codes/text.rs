//! Noticed in formats that are tables, labels and tags of text programs.

codes! {
    TABLE_UNNAMED = "parse/table/unnamed", Note,
        "no row names the columns; two columns of times were taken for start and end, the last column for the text",
        "没有写明各列名称；把相邻的两个时间列当作开始和结束，最后一列当作文本";
    TABLE_MILLIS = "parse/table/millis", Note,
        "whole numbers are taken for milliseconds, for the cues would be minutes long; a column named `start (s)` counts seconds",
        "整数按毫秒处理，否则每条字幕会长达数分钟；若为秒，请把列名写作 `start (s)`";
    TABLE_LENGTH = "parse/table/length", Warning,
        "the length `{text}` does not fit start and end, which count; it is not kept", "时长“{text}”与开始、结束时间不符，以后者为准，不予保留";
    POINTS = "parse/points", Note,
        "labels of a point in time became cues of no length ({count})", "标记时间点的标签成为时长为零的字幕（{count} 条）";
    SUBVIEWER_FIRST = "parse/subviewer/first", Note,
        "this is version 1 of SubViewer, whose times are whole seconds; version 2 is written", "这是 SubViewer 第 1 版，时间只精确到秒；写出时为第 2 版";
    DELAY = "parse/subviewer/delay", Warning,
        "the file asks for a delay of `{text}`, and programs do not agree of what: it is kept and not applied", "文件要求延迟“{text}”，但各软件对其单位解释不一：予以保留，未作处理";
    STRAY = "parse/stray-text", Warning,
        "`{text}` belongs to no cue and is not read", "“{text}”不属于任何字幕，未读取";
    SAMI_OTHER = "parse/sami/other-language", Warning,
        "the class {class} (language: {lang}) has {count} texts, which are not read; --language names the one to read",
        "类 {class}（语言：{lang}）中的 {count} 条文字未读取；可用 --language 指定要读取的语言";
    SAMI_NO_LANGUAGE = "parse/sami/no-language", Warning,
        "the file has nothing in {lang}; what it has most of is read", "文件中没有 {lang} 的字幕，读取其中条数最多的语言";
    SAMI_UNREAD = "parse/sami/unread", Note,
        "attributes that are not understood are left out ({names})", "无法识别的属性未保留（{names}）";
    TEXTGRID_PHONES = "parse/textgrid/phones", Warning,
        "the tier `{name}` has sounds, not captions: its {count} labels are not read", "层“{name}”是音素而非字幕，其 {count} 个标签未读取";
    TEXTGRID_REVERSED = "parse/textgrid/reversed", Error,
        "the interval of `{text}` ends before it begins and is not read", "“{text}”的区间结束早于开始，未读取";
}
