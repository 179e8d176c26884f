//! Noticed in captions that are pictures.

codes! {
    PICTURE = "parse/vobsub/picture", Error,
        "the caption is a picture, and no text is read from it: `{text}` stands in its place", "该条字幕是图像，未作文字识别，以“{text}”代替";
    BAD_TIME = "parse/vobsub/bad-time", Error,
        "`{text}` has no time, and its picture is not read (write `timestamp: 00:00:01:000, filepos: 000000000`)",
        "“{text}”没有时间，对应的图像未读取（应写作 timestamp: 00:00:01:000, filepos: 000000000）";
    OTHER_LANGUAGES = "parse/vobsub/other-languages", Warning,
        "the file has several subtitle tracks: {language} is read, and not {others}; --subtitle-track or --language names the one to read",
        "文件含有多条字幕轨：读取的是 {language}，未读取 {others}；可用 --subtitle-track 或 --language 指定要读取的一条";
    NO_PICTURES = "parse/vobsub/no-pictures", Note,
        "when a picture goes stands in the `.sub` file, which was not beside this one: each stays until the next one comes",
        "图像的消失时间记录在 `.sub` 文件中，而该文件不在旁边：各条都持续到下一条出现";
    NO_END = "parse/vobsub/no-end", Note,
        "pictures that do not say when they go, or cannot be taken apart, stay until the next one comes ({count})",
        "有 {count} 幅图像没有说明何时消失，或无法解析：持续到下一条出现";
    TIME_OFFSET = "parse/vobsub/time-offset", Warning,
        "`time offset: {text}` is not applied, for players do not apply it; they apply `delay:`", "没有应用 `time offset: {text}`：播放器不应用它，只应用 `delay:`";
    BAD_DELAY = "parse/vobsub/bad-delay", Warning,
        "`{text}` is no time, and moves nothing (write `delay: 00:00:01:000`)", "“{text}”不是时间，没有移动任何字幕（应写作 delay: 00:00:01:000）";
    NO_LANGUAGE = "parse/vobsub/no-language", Warning,
        "the file does not say that any of its subtitle tracks is in {lang}; {language} is read", "文件没有标明哪条字幕轨的语言是 {lang}，读取的是 {language}";
}
