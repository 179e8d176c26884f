//! Codes of `align`.

codes! {
    RUNTIME_OVERRIDDEN = "align/runtime-overridden", Note,
        "the article says `{text}`; the asked duration of {duration} is used", "文章写的是“{text}”；采用指定的时长 {duration}";
}
