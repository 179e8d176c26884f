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
    WORDS_PER_MINUTE = "rule/words-per-minute", Warning,
        "{speed} words a minute, at most {limit} ({source})", "每分钟 {speed} 词，至多 {limit} 词（{source}）";
    OFF_FRAME = "rule/off-frame", Warning,
        "{time} is {off} from the nearest frame ({source})", "{time} 距最近的帧 {off}（{source}）";
    SHOT_START = "rule/shot-start", Warning,
        "the cue starts at {start}, near the shot change at {shot}: start on it ({source})",
        "该条字幕始于 {start}，靠近 {shot} 的镜头切换：应从切换处开始（{source}）";
    SHOT_END = "rule/shot-end", Warning,
        "the cue ends at {end}, near the shot change at {shot}: end {gap} before it ({source})",
        "该条字幕止于 {end}，靠近 {shot} 的镜头切换：应在切换前 {gap} 结束（{source}）";
    DRIFT = "rule/drift", Warning,
        "the cues start {first} after the reference at first, {last} after it at last", "开头比参考字幕晚 {first}，结尾晚 {last}";
    DUPLICATE = "rule/duplicate", Warning,
        "the text is that of cue {other} again", "文字与第 {other} 条相同";
    ROLLING = "rule/rolling", Warning,
        "the cue begins with the last line of cue {other}", "以第 {other} 条的末行开头";

    // ---- text ----
    EMPTY = "rule/empty", Warning,
        "the cue has no text", "字幕没有文字";
    LINE_LENGTH = "rule/line-length", Warning,
        "the line has {width} characters, at most {limit} ({source})", "该行 {width} 字，至多 {limit} 字（{source}）";
    LINES = "rule/lines", Warning,
        "the cue has {lines} lines, at most {limit} ({source})", "字幕有 {lines} 行，至多 {limit} 行（{source}）";
    ONE_LINE = "rule/one-line", Warning,
        "the text would fit one line: {width} characters of {limit} ({source})", "一行放得下：{width} 字，上限 {limit} 字（{source}）";
    LINE_BREAK = "rule/line-break", Warning,
        "the line breaks {what}", "在{what}换行";
    LINE_BALANCE = "rule/line-balance", Note,
        "the lines have {first} and {second} characters, and could be more even", "两行分别为 {first} 字和 {second} 字，可以更均匀";
    CONTINUATION = "rule/continuation", Warning,
        "the sentence goes on from cue {other}: the split is not marked so there ({source})",
        "句子接自第 {other} 条：那里不这样标示接续（{source}）";
    OUTER_SPACE = "rule/outer-space", Warning,
        "a space at the edge of the line", "行首或行尾有空格";
    DOUBLE_SPACE = "rule/double-space", Warning,
        "more than one space", "有多个连续空格";
    SPACE_BEFORE_MARK = "rule/space-before-mark", Warning,
        "a space before `{mark}`", "“{mark}”前有空格";
    PUNCTUATION = "rule/punctuation", Warning,
        "`{mark}` is left out there ({source})", "那里不用“{mark}”（{source}）";
    MIXED_WIDTH = "rule/mixed-width", Warning,
        "`{mark}` is of the wrong width here", "此处“{mark}”全角、半角用错";
    HAN_LATIN_SPACING = "rule/han-latin-spacing", Warning,
        "{what} between Han and Latin here ({source})", "此处中西文之间{what}（{source}）";
    ELLIPSIS = "rule/ellipsis", Warning,
        "the ellipsis is `{found}`, written `{limit}` there ({source})", "省略号写作“{found}”，那里写作“{limit}”（{source}）";
    QUOTE_MARKS = "rule/quote-marks", Warning,
        "the quotation mark is `{found}`, written {limit} there ({source})", "引号写作“{found}”，那里写作 {limit}（{source}）";
    BRACKETS = "rule/brackets", Warning,
        "`{mark}` has no other half", "“{mark}”不成对";
    DIALOGUE_DASH = "rule/dialogue-dash", Warning,
        "two speakers are written {limit} there ({source})", "双人对话在那里写作 {limit}（{source}）";
    LABEL_POLICY = "rule/label-policy", Warning,
        "{what} ({source})", "{what}（{source}）";
    LABEL_SPELLING = "rule/label-spelling", Warning,
        "the speaker is `{name}` here, `{other}` elsewhere", "说话人在此写作“{name}”，别处写作“{other}”";
    LABEL_REPEATED = "rule/label-repeated", Note,
        "`{name}` speaks still", "仍是“{name}”在说话";
    GLOSS = "rule/gloss", Warning,
        "`{term}` is glossed `{gloss}` here, `{other}` before", "“{term}”在此注为“{gloss}”，之前注为“{other}”";
    ALL_CAPS = "rule/all-caps", Warning,
        "the text is all in capitals ({source})", "全部为大写（{source}）";
    ITALICS = "rule/italics", Warning,
        "italics are not used there ({source})", "那里不用斜体（{source}）";
    SCRIPT_MIXED = "rule/script-mixed", Warning,
        "`{text}` is of the other Chinese script than the rest", "“{text}”与其余文字简繁不一";
    GLYPHS = "rule/glyphs", Warning,
        "`{glyph}` ({number}) cannot be shown there ({source})", "那里无法显示“{glyph}”（{number}）（{source}）";
    MOJIBAKE = "rule/mojibake", Error,
        "`{text}` is the wreck of another encoding", "“{text}”是编码错误留下的乱码";
    UNSEEN = "rule/unseen", Warning,
        "an invisible character, {number}", "看不见的字符 {number}";
    LEFTOVER_MARKUP = "rule/leftover-markup", Warning,
        "`{text}` is shown as text", "“{text}”会作为正文显示";
    WORD_LIST = "rule/word-list", Warning,
        "`{word}` is on your list", "“{word}”在词表中";
    MARKUP = "rule/markup", Warning,
        "{kind} is not shown there ({source})", "那里不显示 {kind}（{source}）";

    // ---- end of text ----

    // ---- the file ----
    FILE_TYPE = "rule/file-type", Error,
        "files of the type {found} are not accepted: {limit} ({source})", "不接收 {found} 文件：可用 {limit}（{source}）";
    FILE_SIZE = "rule/file-size", Error,
        "the file has {bytes} bytes, at most {limit} ({source})", "文件 {bytes} 字节，至多 {limit} 字节（{source}）";
    ENCODING = "rule/encoding", Error,
        "the file is in {found}, not {limit} ({source})", "文件编码为 {found}，应为 {limit}（{source}）";
    BYTE_ORDER_MARK = "rule/byte-order-mark", Warning,
        "the file {what} ({source})", "文件{what}（{source}）";
    NEWLINES = "rule/newlines", Warning,
        "{count} lines do not end in {limit} ({source})", "有 {count} 行不以 {limit} 结尾（{source}）";

    // ---- end ----
}
