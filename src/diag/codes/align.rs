//! Codes of `align`.

codes! {
    RATE_IMPLAUSIBLE = "align/rate-implausible", Warning,
        "{rate} syllables a second from {from} to {to}, where speech has {least} to {most}: is the running time right, and is text missing or never said?",
        "{from} 至 {to} 每秒 {rate} 个音节，而正常说话每秒 {least} 到 {most} 个：请检查时长是否正确，文字是否有缺失或并未念出";
    PAUSES_STRETCHED = "align/pauses-stretched", Note,
        "{extra} more than the text needs from {from} to {to} went into the pauses: is there music, or speech that the text lacks?",
        "{from} 至 {to} 比文字所需多出 {extra}，已分摊到停顿中：其间是否有音乐，或文稿缺少的内容？";
    ANCHOR_OUTSIDE = "align/anchor-outside", Warning,
        "the time {time} in the text lies outside {from} to {to} and was not used", "文中的时间 {time} 不在 {from} 至 {to} 之内，未采用";
    ANCHOR_OUT_OF_ORDER = "align/anchor-out-of-order", Warning,
        "the time {time} in the text does not fit the order of the other times and was not used",
        "文中的时间 {time} 与其他时间的先后顺序不符，未采用";
    ANCHOR_WITHOUT_WORD = "align/anchor-without-word", Note,
        "nothing is said after the time {time} in the text; it was not used", "文中的时间 {time} 之后没有可念的内容，未采用";
    RUNTIME_OVERRIDDEN = "align/runtime-overridden", Note,
        "the article says `{text}`; the asked duration of {duration} is used", "文章写的是“{text}”；采用指定的时长 {duration}";
    PROFILE_LANGUAGE = "align/profile-language", Warning,
        "the profile {profile} is for {its}, and the speech is in {found}; its limits are applied all the same", "规范 {profile} 适用于 {its}，而讲话的语言是 {found}；仍按其限制处理";
    DOUBT_UNSPOKEN = "align/doubt-unspoken", Warning,
        "`{text}` may not be said at all (right start: {percent} %)", "“{text}”可能根本没有说（起点正确的概率 {percent}%）";
    DOUBT_UNTRANSCRIBED = "align/doubt-untranscribed", Warning,
        "near `{text}` something is said that the text lacks (right start: {percent} %)", "“{text}”附近有文稿中没有的话（起点正确的概率 {percent}%）";
    DOUBT_NOISE = "align/doubt-noise", Warning,
        "music or noise covers `{text}` (right start: {percent} %)", "“{text}”被音乐或噪声盖住（起点正确的概率 {percent}%）";
    DOUBT_LENGTH = "align/doubt-length", Warning,
        "`{text}` got too little or too much time for its words (right start: {percent} %)", "“{text}”的时长与字数不符（起点正确的概率 {percent}%）";
    DOUBT_UNCLEAR = "align/doubt-unclear", Warning,
        "`{text}` could as well start elsewhere (right start: {percent} %)", "“{text}”的起点不明确（起点正确的概率 {percent}%）";
    NO_ESPEAK = "align/no-espeak", Warning,
        "the sounds of {count} words (`{text}`) are only known to espeak-ng, which is not installed: their times come from the words around them; install it (`apt install espeak-ng`), or name it in ZIMU_ESPEAK_NG",
        "{count} 个词（“{text}”）的读音只有 espeak-ng 知道，但没有安装：其时间由前后的词推得；请安装（`apt install espeak-ng`），或用 ZIMU_ESPEAK_NG 指明其位置";
    NO_SOUNDS = "align/no-sounds", Warning,
        "the sounds of {count} words (`{text}`) are not known: their times come from the words around them", "不知道 {count} 个词（“{text}”）的读音：其时间由前后的词推得";
    ESPEAK_FAILED = "align/espeak-failed", Warning,
        "espeak-ng did not tell the sounds of {count} words (`{text}`), whose times come from the words around them: {reason}", "espeak-ng 未能给出 {count} 个词（“{text}”）的读音，其时间由前后的词推得：{reason}";
    // What the sound tells.
    UNSPOKEN = "align/unspoken", Warning,
        "`{text}` ({words} words) was not found between {from} and {to}: is it said at all?", "在 {from} 与 {to} 之间未找到“{text}”（{words} 个词）：是否并未念出？";
    UNTRANSCRIBED_SPEECH = "align/untranscribed-speech", Warning,
        "somebody speaks from {from} to {to}, and the text lacks it", "{from} 至 {to} 有人说话，而文稿中没有";
    UNTRANSCRIBED_SOUND = "align/untranscribed-sound", Note,
        "something is heard from {from} to {to} that is not of the text: music, noise", "{from} 至 {to} 有文稿以外的声音：音乐或噪声";
    ANCHOR_WITHOUT_ROOM = "align/anchor-without-room", Warning,
        "the time {time} in the text was not used: the sound between the times is too short for the words between them",
        "文中的时间 {time} 未采用：各时间之间的声音太短，放不下其间的文字";
}
