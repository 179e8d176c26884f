//! Noticed while decoding or reading a file.

codes! {
    ENCODING_GUESSED = "parse/encoding-guessed", Note,
        "read as {encoding} (confidence {confidence}); if that is wrong, name it with --encoding", "按 {encoding} 读取（置信度 {confidence}）；如有误，请用 --encoding 指明编码";
    BAD_BYTES = "parse/bad-bytes", Error,
        "{count} bytes are not valid {encoding} and became U+FFFD", "{count} 个字节不是有效的 {encoding}，已替换为 U+FFFD";
    SRT_BAD_TIMING = "parse/srt/bad-timing", Error,
        "`{text}` is not a timing line; its cue is not read (write it as `00:00:01,000 --> 00:00:02,000`)",
        "“{text}”不是有效的时间行，该条字幕未读取（应写作 00:00:01,000 --> 00:00:02,000）";
    SRT_STRAY_TEXT = "parse/srt/stray-text", Warning,
        "`{text}` belongs to no cue and is not read", "“{text}”不属于任何字幕，未读取";
    SRT_ODD_TIME = "parse/srt/odd-time", Warning,
        "`{text}` is read as {start} to {end}; other software may differ", "“{text}”读作 {start} 至 {end}，其他软件可能读法不同";
    SRT_INDEX = "parse/srt/index", Note,
        "cue numbers out of sequence: {count}, first `{found}` instead of {expected}",
        "有 {count} 个字幕序号不连续，首个为“{found}”，应为 {expected}";
    SRT_NO_INDEX = "parse/srt/no-index", Note,
        "cues without a number: {count}", "有 {count} 条字幕没有序号";
    SRT_NEGATIVE_TIME = "parse/srt/negative-time", Warning,
        "the cue begins before zero, at {start}", "字幕的开始时间 {start} 为负";
    SRT_END_BEFORE_START = "parse/srt/end-before-start", Warning,
        "the cue ends at {end}, before it begins at {start}", "字幕的结束时间 {end} 早于开始时间 {start}";
    SRT_OUT_OF_ORDER = "parse/srt/out-of-order", Warning,
        "the cue begins at {start}, before the one above it", "字幕的开始时间 {start} 早于上一条";
    SRT_OVERLAP = "parse/srt/overlap", Note,
        "the cue begins at {start}, while an earlier one stands until {end}",
        "字幕在 {start} 开始时，前面的字幕要到 {end} 才结束";
    SRT_EMPTY_TEXT = "parse/srt/empty-text", Note,
        "the cue has no text", "字幕没有文字";
    SRT_BLANK_LINE = "parse/srt/blank-line", Note,
        "a blank line inside the cue: some players show only what stands above it", "字幕中有空行，有些播放器只显示空行以上的文字";
    SRT_UNMATCHED_TAG = "parse/srt/unmatched-tag", Note,
        "`{tag}` has no partner", "“{tag}”没有与之配对的标签";
    SRT_REPLACEMENT = "parse/srt/replacement-character", Warning,
        "U+FFFD in place of characters: {count}; they were lost in an earlier conversion, or the encoding is another (`--encoding`)",
        "有 {count} 个字符是 U+FFFD：可能在之前的转换中丢失，或编码判断有误（可用 --encoding 指定）";
    SRT_MIXED_NEWLINES = "parse/srt/mixed-newlines", Note,
        "line ends are mixed: {lf} LF, {crlf} CRLF, {cr} CR", "换行符混用：{lf} 个 LF，{crlf} 个 CRLF，{cr} 个 CR";
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
    TABLE_WITHOUT_HEADER = "parse/table-without-header", Note,
        "the table names no speaker and text column; the last column was taken as the text, the one before it as the speaker", "表格没有注明说话人列和文本列；已把最后一列当作文本，其前一列当作说话人";
    BAD_LINE = "parse/bad-line", Error,
        "`{text}` is no line of this format and is not read", "“{text}”不是该格式的行，未读取";
    FRAME_RATE_ASSUMED = "parse/frame-rate-assumed", Warning,
        "the file counts frames and does not say how many make a second: {rate} is assumed; --fps names another", "文件按帧计时而未写明帧率：按 {rate} 处理；可用 --fps 指定";
    END_ASSUMED = "parse/end-assumed", Warning,
        "nothing says when the last cue ends; {end} is assumed", "没有写明最后一条字幕的结束时间，按 {end} 处理";
    ASS_BAD_EVENT = "parse/ass/bad-event", Error,
        "`{text}` lacks fields or has a time that cannot be read; it is kept as it is and shown nowhere",
        "“{text}”缺少字段或时间无法读取；原样保留，不作为字幕显示";
    ASS_DRAWING = "parse/ass/drawing", Warning,
        "the event only draws and has no text: it is no cue; this format keeps it, others lose it", "该事件只有绘图而没有文字，不算字幕；本格式予以保留，其他格式中会丢失";
    ASS_NO_STYLE = "parse/ass/no-style", Warning,
        "there is no style `{style}`; players take the usual one", "没有名为“{style}”的样式，播放器会使用默认样式";
    ASS_ODD_TIME = "parse/ass/odd-time", Warning,
        "`{text}` is read as {start} to {end}; other software may differ", "“{text}”读作 {start} 至 {end}，其他软件可能读法不同";
    ASS_END_BEFORE_START = "parse/ass/end-before-start", Warning,
        "the event ends at {end}, before it begins at {start}", "事件的结束时间 {end} 早于开始时间 {start}";

    TTML_BROKEN = "parse/ttml/broken", Error,
        "the XML is broken at `{text}`: nothing after it is read", "XML 在“{text}”处损坏：其后的内容未读取";
    TTML_BAD_TIME = "parse/ttml/bad-time", Error,
        "`{text}` is no time here and is passed over; write `00:00:01.000`, or frames below the frame rate",
        "“{text}”在此不是有效的时间，已忽略；应写作 `00:00:01.000`，帧号须小于帧率";
    TTML_BAD_VALUE = "parse/ttml/bad-value", Warning,
        "`{text}` is no value of `{name}` that is known; it has no effect", "“{text}”不是 `{name}` 的已知取值，不起作用";
    TTML_NO_STYLE = "parse/ttml/no-style", Warning,
        "there is no style `{id}`", "没有名为“{id}”的样式";
    TTML_NO_REGION = "parse/ttml/no-region", Warning,
        "there is no region `{id}`; the cue is shown where the player puts it", "没有名为“{id}”的区域；该条字幕的位置由播放器决定";
    TTML_STYLE_LOOP = "parse/ttml/style-loop", Warning,
        "the style `{id}` refers to itself, or through too many others; that reference has no effect",
        "样式“{id}”引用了自身，或引用链过长；该引用不起作用";
    TTML_NOT_KEPT = "parse/ttml/not-kept", Warning,
        "`{what}` is not understood here and is not kept", "此处无法理解“{what}”，未予保留";
    TTML_IMAGE = "parse/ttml/image", Error,
        "an image or sound is no text and is lost", "图像或声音不是文字，已丢失";
    TTML_NO_END = "parse/ttml/no-end", Warning,
        "the cue has no end; {end} is taken", "字幕没有结束时间；按 {end} 处理";
    TTML_NEVER_SHOWN = "parse/ttml/never-shown", Error,
        "`{text}` is never shown, because what it stands in is over before; it makes no cue", "“{text}”所在的元素已先结束，永不显示，不生成字幕";
    TTML_SPLIT = "parse/ttml/split", Note,
        "parts of the paragraph end at times of their own: {count} cues are made of it", "段落的各部分有各自的结束时间：拆成 {count} 条字幕";
    TTML_TOO_MANY_TIMES = "parse/ttml/too-many-times", Warning,
        "too many parts of the paragraph end at times of their own; they are shown to its end", "段落中有各自结束时间的部分过多；均显示到段落结束";
    TTML_ENTITY = "parse/ttml/entity", Warning,
        "`{text}` is no character that XML knows, and is kept as text; write `&#160;` or the character itself",
        "XML 没有定义“{text}”，按文字保留；应写作 `&#160;` 或字符本身";
    TTML_STRAY_TEXT = "parse/ttml/stray-text", Error,
        "`{text}` stands outside of any `p`, so it is never shown", "“{text}”不在任何 `p` 之中，永不显示";


    SCC_RATE = "parse/scc/rate", Warning,
        "SCC has 30000/1001 or 30 frames a second, not {rate}: 30000/1001 is taken", "SCC 的帧率为 30000/1001 或 30，而非 {rate}：按 30000/1001 处理";
    SCC_BAD_CODE = "parse/scc/bad-code", Warning,
        "there is no frame `{code}`; a dropped number is taken for the next frame, another line is not read", "没有“{code}”这一帧；被丢弃的帧号按下一帧处理，其他情况不读取该行";
    SCC_BAD_WORD = "parse/scc/bad-word", Error,
        "words that are not four hexadecimal digits are not read ({count})", "不是四位十六进制数的数据字未读取（{count} 个）";
    SCC_PARITY = "parse/scc/parity", Warning,
        "words have a byte of even parity; it is read as if that were right ({count})", "数据字的奇校验有误，仍按原值读取（{count} 个）";
    SCC_OVERRUN = "parse/scc/overrun", Warning,
        "lines begin before the words of the line above are sent; each is taken at its own time code ({count})", "有的行在上一行数据尚未送完时就开始；各行均按自己的时间码处理（{count} 行）";
    SCC_UNKNOWN = "parse/scc/unknown", Warning,
        "codes for backgrounds, flashing and other extensions, or of no meaning, are not kept ({count})", "背景、闪烁等扩展代码或无意义的代码未保留（{count} 个）";
    SCC_OVERLONG = "parse/scc/overlong", Warning,
        "characters beyond the last column are written over it, as decoders do ({count})", "超出最后一列的字符写在最后一列上，与解码器一致（{count} 个）";
    SCC_ROLL_UP = "parse/scc/roll-up", Note,
        "roll-up captions: each line is a cue of its own, until the next one ({count})", "滚动字幕：每行成为一条字幕，到下一行为止（{count} 处）";
    SCC_TEXT_MODE = "parse/scc/text-mode", Warning,
        "text service is no captions and is not read ({count})", "文本服务不是字幕，未读取（{count} 处）";
    SCC_CHANNEL = "parse/scc/channel", Note,
        "the captions are those of CC{channel}", "读取的是 CC{channel} 的字幕";
    SCC_OTHER_CHANNELS = "parse/scc/other-channels", Warning,
        "captions of other channels are not read ({count} codes)", "其他频道的字幕未读取（{count} 个代码）";

    STL_BAD_TIME = "parse/stl/bad-time", Error,
        "subtitle {number} has a time code that does not exist, and is not read", "第 {number} 条字幕的时间码不存在，未读取";
    STL_COUNT = "parse/stl/count", Warning,
        "the file says that it has {said} blocks, and has {count}", "文件声明有 {said} 个数据块，实际有 {count} 个";
    STL_TRUNCATED = "parse/stl/truncated", Error,
        "the last block is cut off and is not read", "最后一个数据块不完整，未读取";
    STL_COMMENT = "parse/stl/comment", Note,
        "of comments the text is kept, not their looks, groups and time codes ({count})", "批注只保留文字，其外观、分组和时间码未保留（{count} 条）";
    STL_CUMULATIVE = "parse/stl/cumulative", Note,
        "subtitles that grow are cues of their own, each to its end ({count})", "累积显示的字幕各自成为一条，直到各自结束（{count} 条）";
    STL_NO_CHARACTER = "parse/stl/no-character", Warning,
        "bytes that are no character of the file's table became U+FFFD ({count})", "不属于该文件字符表的字节已换成 U+FFFD（{count} 个）";
    STL_TABLE_ASSUMED = "parse/stl/table-assumed", Warning,
        "`{table}` is no character table of this format: the Latin one is assumed", "“{table}”不是该格式的字符表：按拉丁字符表处理";
    STL_START_GUESSED = "parse/stl/start-guessed", Note,
        "the file does not say when the programme starts: {code} is taken, the hour of the first subtitle", "文件没有写明节目起始时间码：以第一条字幕所在的整点 {code} 为准";
    ASS_COLUMNS = "parse/ass/columns", Note,
        "events from here on have other columns; they are written with those of the first section", "从这里起事件的各列不同；写出时采用第一节的列";
}
