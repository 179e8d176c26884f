//! What a format could not keep. `Error` means lost; `Warning` means kept in another way.

codes! {
    TIME_ROUNDED = "loss/time-rounded", Warning,
        "times were rounded to {unit}", "时间已舍入到 {unit}";
    NEGATIVE_TIME = "loss/negative-time", Warning,
        "the time {time} is before zero and became zero", "时间 {time} 为负，已改为零";
    CUE = "loss/cue", Error,
        "the cue could not be written", "该条字幕无法写出";
    CUE_ID = "loss/cue-id", Error,
        "the cue's id `{id}` is lost", "字幕标识“{id}”丢失";
    LANG = "loss/lang", Error,
        "the language `{lang}` of a stretch of text is lost", "文字片段的语言“{lang}”丢失";
    CLASS = "loss/class", Error,
        "the class `{class}` is lost", "类名“{class}”丢失";
    BACKGROUND = "loss/background", Error,
        "the background colour is lost", "背景颜色丢失";
    FONT = "loss/font", Error,
        "the font is lost", "字体丢失";
    COLOR = "loss/color", Error,
        "the colour or its opacity is lost", "颜色或其透明度丢失";
    STRIKE = "loss/strike", Error,
        "the strike-through is lost", "删除线丢失";
    EMPHASIS = "loss/emphasis", Error,
        "the emphasis marks are lost", "着重号丢失";
    UPRIGHT = "loss/upright", Error,
        "the upright setting of vertical text is lost", "直排文字中的横置丢失";
    UNSAID = "loss/unsaid", Error,
        "`{text}`, which nobody says, is left out", "无人说出的“{text}”已略去";
    GLOSS = "loss/gloss", Warning,
        "gloss `{text}` is shown in brackets after its term", "注释“{text}”改为在词后加括号显示";
    RUBY = "loss/ruby", Warning,
        "ruby `{text}` is shown in brackets after its base", "注音“{text}”改为在原文后加括号显示";
    /// Lost (Error) where names are not shown.
    VOICE = "loss/voice", Warning,
        "who speaks is shown as a label in the text, or not at all with `--labels never` ({count}×)",
        "说话人改为在文字前显示名字，使用 --labels never 时则丢失（{count} 处）";
    SHOWN = "loss/inner-time", Error,
        "the time {time} inside a cue is lost", "字幕内部的时间 {time} 丢失";
    OVERLAP = "loss/overlap", Warning,
        "overlapping `{tag}` marks are joined", "互相重叠的“{tag}”标记已合并";
    PLACEMENT = "loss/placement", Warning,
        "the placement is brought to the nearest that the format has", "位置已改为该格式中最接近的位置";
    REGION = "loss/region", Error,
        "the region `{id}` is lost", "区域“{id}”丢失";
    NOTE = "loss/note", Error,
        "the note `{text}` is lost", "注记“{text}”丢失";
    HEADER = "loss/header", Error,
        "the header `{text}` is lost", "文件头“{text}”丢失";
    TRACK_LANG = "loss/track-lang", Error,
        "the track's language `{lang}` is lost", "字幕轨的语言“{lang}”丢失";
    FRAME_RATE = "loss/frame-rate", Note,
        "the frame rate {rate} is not written", "帧率 {rate} 没有写出";
    START_TIMECODE = "loss/start-timecode", Warning,
        "times are written from zero; that the programme starts at {code} is lost", "时间从零写起；节目起始时间码 {code} 丢失";
    EVIDENCE = "loss/evidence", Error,
        "words with times, and how they are known, are lost (cues: {count})", "词的时间及其来源丢失（{count} 条字幕）";
    FOREIGN = "loss/foreign", Error,
        "`{key}` of the format {format} has no place here and is lost ({count}×, first `{text}`)",
        "{format} 格式的“{key}”在此无处可放，已丢失（{count} 处，第一处是“{text}”）";
    SPELLING = "loss/spelling", Note,
        "the file's own spelling is not kept; what it says is ({count}×)", "未保留文件自己的写法，内容不变（{count} 处）";
    BLANK_LINE = "loss/blank-line", Warning,
        "blank lines in the text, which would end the cue, are left out ({count})", "文字中的空行会使字幕中断，已略去（{count} 行）";
    LINE_BREAK = "loss/line-break", Warning,
        "a carriage return in the text became a line break", "文字中的回车符改为换行";
    MISREAD = "loss/misread", Warning,
        "`{text}` would be read as markup or as a timing line: an invisible U+2060 is put into it",
        "“{text}”会被误读为标记或时间行，已在其中插入不可见的 U+2060";
    MARKS_CUT = "loss/marks-cut", Warning,
        "overlapping marks were cut so that their tags nest", "互相重叠的标记已切分，以便标签正确嵌套";
    TOO_DEEP = "loss/too-deep", Error,
        "`{tag}` would be nested too deep and is lost", "“{tag}”嵌套过深，已丢失";
    CLASS_IS_COLOR = "loss/class-is-color", Warning,
        "the class `{class}` is the name of a colour in this format and will be read as that",
        "类名“{class}”在该格式中是颜色名，将被读作颜色";
    VOICE_NAME = "loss/voice-name", Warning,
        "white space in the speaker's name `{name}` is brought to single spaces", "说话人姓名“{name}”中的空白已合并为单个空格";
    INNER_TIME_RANGE = "loss/inner-time-range", Warning,
        "the time {time} inside a cue holds to the cue's end, not only where it did", "字幕内部的时间 {time} 改为一直作用到该条字幕末尾";
    BLANK_LINE_FILLED = "loss/blank-line-filled", Warning,
        "a blank line in the text, which would end the cue, got a no-break space", "文字中的空行会使字幕中断，已填入不换行空格";
    CHARACTER = "loss/character", Warning,
        "the character {character} became U+FFFD", "字符 {character} 已替换为 U+FFFD";
    NOTE_CHANGED = "loss/note-changed", Warning,
        "blank lines or arrows in the note `{text}` would end it and are written differently",
        "注记“{text}”中的空行或箭头会使其中断，已改变写法";
    HEADER_CHANGED = "loss/header-changed", Warning,
        "the header `{text}` is brought to one line", "文件头“{text}”已合并为一行";
    RESPELLED = "loss/respelled", Note,
        "cues that were changed are written anew, not as the file spelled them ({count}×)",
        "改动过的字幕按新内容写出，不再保留文件原来的写法（{count} 处）";
    NOT_FINITE = "loss/not-finite", Error,
        "a confidence or score that is no finite number is left out", "置信度或得分不是有限数值，已略去";
    // ---- writing in another encoding ----
    NOT_IN_ENCODING = "loss/not-in-encoding", Error,
        "{character} is not in {encoding} and became `{replacement}` (line {line} of the output)",
        "{encoding} 中没有字符 {character}，已改为“{replacement}”（输出的第 {line} 行）";
    FRAME_RATE_ASSUMED = "loss/frame-rate-assumed", Warning,
        "no frame rate is known: frames of {rate} a second are written; --fps names another", "帧率未知：按每秒 {rate} 帧写出；可用 --fps 指定";
    MARKS_JOINED = "loss/marks-joined", Warning,
        "marks were joined, cut or ordered differently so that override tags can say them", "标记已合并、切分或重新排序，以便用特效标签表示";
    BRACES = "loss/braces", Warning,
        "braces would hide what stands between them; `{text}` is written with ｛ and ｝", "花括号会隐藏其中的文字，“{text}”中的花括号已改写为 ｛ 和 ｝";
    FIELD_CHANGED = "loss/field-changed", Warning,
        "`{text}` cannot stand in a field as it is; commas became semicolons, white space single", "“{text}”不能原样写入字段：逗号改为分号，换行改为空格";
    STYLE_COLUMN = "loss/style-column", Error,
        "`{column}` {value} of the style `{style}` is lost", "样式“{style}”的“{column}”（{value}）丢失";
    STYLES_CONVERTED = "loss/styles-converted", Warning,
        "script info and styles were rewritten from script type {from} to {to}", "脚本信息和样式已从 {from} 版改写为 {to} 版";
    BOLD = "loss/bold", Error,
        "bold is lost", "粗体丢失";
    ITALIC = "loss/italic", Error,
        "italics are lost", "斜体丢失";
    UNDERLINE = "loss/underline", Error,
        "the underline is lost", "下划线丢失";
    CHARACTER_CHANGED = "loss/character-changed", Warning,
        "the character {character} means something in this format; the one most like it stands in its place", "字符 {character} 在该格式中有特殊含义，已换成最相近的字符";
    CUE_JOINED = "loss/cue-joined", Warning,
        "the cue begins when the one before it does, and both become one", "该条与上一条同时开始，合并为一条";
    ORDER = "loss/order", Warning,
        "the cue begins before the one above it; a reader puts them in order", "该条早于上一条开始；读取时会重新排序";
    END = "loss/end", Error,
        "the end {end} is lost: this format ends a cue where the next one begins", "结束时间 {end} 丢失：该格式的字幕持续到下一条开始";
    EDGE_SPACE = "loss/edge-space", Note,
        "white space at the edge of a line is not kept", "行首行尾的空白没有保留";


    LATE = "loss/late", Warning,
        "there is not enough time to send the caption: it appears {frames} frames late", "传输时间不足：该条字幕晚 {frames} 帧出现";
    CUT_SHORT = "loss/cut-short", Warning,
        "only one caption is shown at a time: this one ends at {end}, when the next one appears", "同一时间只能显示一条字幕：该条在下一条出现时（{end}）结束";
    START_GUESSED = "loss/start-guessed", Warning,
        "the programme starts at {code}, which this format does not say; readers take {read}, the hour of the first caption",
        "节目起始时间码为 {code}，但该格式不记录它；读取时会以第一条字幕所在的整点 {read} 为准";
    LETTERS_REPLACED = "loss/letters-replaced", Warning,
        "the format has no `{letters}`: what is most like them is written", "该格式没有字符“{letters}”，已换成最相近的写法";
    LETTERS_LOST = "loss/letters-lost", Error,
        "the format has no `{letters}`: `?` is written", "该格式没有字符“{letters}”，已写成“?”";
    WRAPPED = "loss/wrapped", Warning,
        "a line is too long for the screen and was broken", "一行过长，已断开";
    ROWS_CUT = "loss/rows-cut", Error,
        "`{text}` finds no row on the screen and is lost", "“{text}”在屏幕上无处可放，已丢失";
    STYLE_SPACE = "loss/style-space", Warning,
        "a change of colour or style takes a column of its own: a space was put in", "颜色或样式的变化要占一列，已插入空格";
    LOOKS_CHANGED = "loss/looks-changed", Warning,
        "colours, italics or underlines begin and end at other places than they did, or are joined", "颜色、斜体或下划线的起止位置有变化，或已合并";
    SCRIPT = "loss/script", Error,
        "the format has no characters for the text of {count} cues: its tables are Latin, Cyrillic, Arabic, Greek and Hebrew",
        "有 {count} 条字幕的文字不在该格式的字符表中：它只有拉丁、西里尔、阿拉伯、希腊和希伯来字母";
    LINES_JOINED = "loss/lines-joined", Warning,
        "the format has one line for a text: line breaks became spaces", "该格式中每条文字只有一行：换行已改为空格";
}
