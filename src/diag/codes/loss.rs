//! What a format could not keep. `Error` means lost; `Warning` means kept in another way.

codes! {
    TIME_ROUNDED = "loss/time-rounded", Warning,
        "times were rounded to {unit}", "时间已舍入到 {unit}";
    RUBY = "loss/ruby", Warning,
        "ruby `{text}` is shown in brackets after its base", "注音“{text}”改为在原文后加括号显示";
    NOT_FINITE = "loss/not-finite", Error,
        "a confidence or score that is no finite number is left out", "置信度或得分不是有限数值，已略去";
    READINGS_TOO_DEEP = "loss/readings-too-deep", Error,
        "marks on readings inside more than {depth} readings are left out", "注音嵌套超过 {depth} 层，其中的标记已略去";
}
