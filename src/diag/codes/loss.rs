//! What a format could not keep. `Error` means lost; `Warning` means kept in another way.

codes! {
    TIME_ROUNDED = "loss/time-rounded", Warning,
        "times were rounded to {unit}", "时间已舍入到 {unit}";
    RUBY = "loss/ruby", Warning,
        "ruby `{text}` is shown in brackets after its base", "注音“{text}”改为在原文后加括号显示";
}
