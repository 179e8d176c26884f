//! What the standards of the formats ask of authors, and a document breaks: `zimu check`. The sentence names the clause.

codes! {
    // ---- WebVTT (https://www.w3.org/TR/webvtt1/) ----
    VTT_ENCODING = "conform/vtt/encoding", Error,
        "the file is in {encoding}; WebVTT is UTF-8 (§4.1)", "文件编码为 {encoding}；WebVTT 必须是 UTF-8（§4.1）";
    VTT_SIGNATURE = "conform/vtt/signature", Error,
        "the file does not begin with `WEBVTT` on a line of its own, or followed by a space or tab (§4.1)",
        "文件开头不是单独一行或后接空格、制表符的 `WEBVTT`（§4.1）";
    VTT_NUL = "conform/vtt/nul", Warning,
        "a NUL character, which players replace by U+FFFD (§6.1)", "空字符（NUL），播放器会将其替换为 U+FFFD（§6.1）";
    VTT_HEADER = "conform/vtt/header", Error,
        "`{text}` stands right below the first line; a blank line belongs there (§4.1)",
        "“{text}”紧接在首行之下；此处应为空行（§4.1）";
    VTT_LAST_LINE = "conform/vtt/last-line", Warning,
        "the last line has no line end (§4.1)", "最后一行没有换行符（§4.1）";
    VTT_ARROW = "conform/vtt/arrow", Error,
        "`{text}` holds `-->` and stands in a block; write `--&gt;`, or put a blank line before a cue (§4.1)",
        "块中的“{text}”含有 `-->`；应写作 `--&gt;`，若是新的字幕则在其前加空行（§4.1）";
    VTT_TIMING = "conform/vtt/timing", Error,
        "`{text}` is no line of cue timings, such as `00:00:01.000 --> 00:00:02.000` (§4.1)",
        "“{text}”不是有效的时间行，应形如 `00:00:01.000 --> 00:00:02.000`（§4.1）";
    VTT_ORDER = "conform/vtt/order", Error,
        "the cue begins at {start}, before an earlier one does, at {latest} (§4.1)",
        "该条字幕始于 {start}，早于前面某条的 {latest}（§4.1）";
    VTT_END = "conform/vtt/end", Error,
        "the cue ends at {end}, not after its start at {start} (§4.1)", "该条字幕的结束时间 {end} 不晚于开始时间 {start}（§4.1）";
    VTT_ID = "conform/vtt/id", Error,
        "another cue has the identifier `{id}` already (§4.1)", "标识“{id}”已被另一条字幕使用（§4.1）";
    VTT_SETTING = "conform/vtt/setting", Error,
        "`{text}` is no cue setting (§4.4)", "“{text}”不是有效的字幕设置（§4.4）";
    VTT_SETTING_TWICE = "conform/vtt/setting-twice", Error,
        "the setting `{name}` stands twice in one cue (§4.4)", "设置“{name}”在同一条字幕中出现两次（§4.4）";
    VTT_NO_REGION = "conform/vtt/no-region", Warning,
        "no REGION block defines `{id}` (§4.4)", "没有 REGION 块定义“{id}”（§4.4）";
    VTT_LEAVES_REGION = "conform/vtt/leaves-region", Warning,
        "`{name}` takes the cue out of its region (§4.4)", "“{name}”使该条字幕脱离其区域（§4.4）";
    VTT_BLOCK = "conform/vtt/block", Error,
        "the block `{text}` is neither cue nor comment, region or style (§4.1)", "“{text}”这一块既不是字幕，也不是注释、区域或样式（§4.1）";
    VTT_LATE_BLOCK = "conform/vtt/late-block", Error,
        "`{text}` stands after the first cue (§4.1)", "“{text}”位于第一条字幕之后（§4.1）";
    VTT_REGION_SETTING = "conform/vtt/region-setting", Error,
        "`{text}` is no region setting (§4.3)", "“{text}”不是有效的区域设置（§4.3）";
    VTT_REGION_SETTING_TWICE = "conform/vtt/region-setting-twice", Error,
        "the setting `{name}` stands twice in one region (§4.3)", "设置“{name}”在同一区域中出现两次（§4.3）";
    VTT_REGION_NO_ID = "conform/vtt/region-no-id", Error,
        "the region has no `id` (§4.3)", "区域没有 `id`（§4.3）";
    VTT_REGION_ID = "conform/vtt/region-id", Error,
        "another region has the id `{id}` already (§4.3)", "标识“{id}”已被另一区域使用（§4.3）";
    VTT_REFERENCE = "conform/vtt/reference", Error,
        "`{text}` is no character reference; write `&amp;` for `&` (§4.2.2)", "“{text}”不是字符引用；`&` 应写作 `&amp;`（§4.2.2）";
    VTT_TAG = "conform/vtt/tag", Error,
        "`{text}` is no tag; write `&lt;` for `<` (§4.2.2)", "“{text}”不是标签；`<` 应写作 `&lt;`（§4.2.2）";
    VTT_NESTING = "conform/vtt/nesting", Error,
        "`{text}` does not close the tag that was opened last (§4.2.2)", "“{text}”与最近打开的标签不对应（§4.2.2）";
    VTT_UNCLOSED = "conform/vtt/unclosed", Error,
        "`{text}` is not closed (§4.2.2)", "“{text}”没有关闭（§4.2.2）";
    VTT_CLASS = "conform/vtt/class", Error,
        "`{text}` has a class that is empty or holds `&` or `<` (§4.2.2)", "“{text}”的类名为空，或含有 `&`、`<`（§4.2.2）";
    VTT_ANNOTATION = "conform/vtt/annotation", Error,
        "`{text}`: `v` and `lang` need a value after a space or tab, other tags have none (§4.2.2)",
        "“{text}”：`v` 和 `lang` 需在空格或制表符后带值，其他标签不带值（§4.2.2）";
    VTT_LANG = "conform/vtt/lang", Error,
        "`{text}` is no language tag of BCP 47 (§4.2.2)", "“{text}”不是 BCP 47 语言标签（§4.2.2）";
    VTT_RUBY = "conform/vtt/ruby", Error,
        "`{text}`: in a `<ruby>`, each base is followed by its `<rt>`, and an `<rt>` stands only there (§4.2.2)",
        "“{text}”：`<ruby>` 中每段原文之后须有 `<rt>`，且 `<rt>` 只能位于此处（§4.2.2）";
    VTT_INNER_TIME = "conform/vtt/inner-time", Error,
        "`{text}` is no timestamp (§4.2.2)", "“{text}”不是有效的时间戳（§4.2.2）";
    VTT_INNER_TIME_ORDER = "conform/vtt/inner-time-order", Error,
        "the time {time} does not lie after the ones before it and inside the cue, from {start} to {end} (§4.2.2)",
        "时间 {time} 没有晚于其前的时间，或不在该条字幕的 {start} 至 {end} 之内（§4.2.2）";

    // ---- SubRip: no standard; what every player takes ----
    SRT_ENCODING = "conform/srt/encoding", Warning,
        "the file is in {encoding}; players expect UTF-8, or guess", "文件编码为 {encoding}；播放器通常按 UTF-8 读取，或只能猜测";
    SRT_NEWLINES = "conform/srt/newlines", Warning,
        "line ends are mixed", "换行符混用";
    SRT_NUMBER = "conform/srt/number", Error,
        "the cue's number is `{found}`; it should be {expected}: cues are counted from 1", "字幕序号为“{found}”，应为 {expected}：序号从 1 起连续";
    SRT_NO_NUMBER = "conform/srt/no-number", Error,
        "the cue has no number; it should be {expected}", "字幕没有序号，应为 {expected}";
    SRT_BLOCK = "conform/srt/block", Error,
        "`{text}` belongs to no cue: a blank line ends a cue, and a cue begins with its number", "“{text}”不属于任何字幕：空行结束一条字幕，每条字幕以序号开头";
    SRT_TIMING = "conform/srt/timing", Error,
        "`{text}` is not of the form `00:00:01,000 --> 00:00:02,000`", "“{text}”不是 `00:00:01,000 --> 00:00:02,000` 的形式";
    SRT_NO_BLANK_LINE = "conform/srt/no-blank-line", Error,
        "a cue begins here without a blank line before it", "此处开始一条字幕，但其前没有空行";
    SRT_EMPTY = "conform/srt/empty", Warning,
        "the cue has no text", "字幕没有文字";
    SRT_ORDER = "conform/srt/order", Warning,
        "the cue begins at {start}, before the one above it, at {latest}", "该条字幕始于 {start}，早于上一条的 {latest}";
    SRT_END = "conform/srt/end", Error,
        "the cue ends at {end}, not after its start at {start}", "该条字幕的结束时间 {end} 不晚于开始时间 {start}";

    // ---- TTML: IMSC, EBU-TT-D ----

    // ---- end ----
}
