//! Noticed while understanding an article.

codes! {
    NO_LABELS = "transcript/no-labels", Warning,
        "no speaker labels found: everything from the first paragraph on is taken as one person's speech (`--speaker` names labels)",
        "没有找到说话人标签：从第一段起全部视为同一人所说（可用 `--speaker` 指定标签）";
    FEW_LABELS = "transcript/few-labels", Warning,
        "each label stands only once: {names}; taken as speakers (`--speaker` decides otherwise)",
        "每个标签只出现一次：{names}；视为说话人（可用 `--speaker` 更正）";
    LONE_LABEL = "transcript/lone-label", Note,
        "`{name}` speaks only once; if this is no speaker, list the speakers with `--speaker`",
        "“{name}”只说了一次；若不是说话人，请用 `--speaker` 列出说话人";
    UNNAMED_QUESTIONS = "transcript/unnamed-questions", Note,
        "{count} questions have no name and are taken as one speaker's, `{name}`; `--rename {name}=NAME` names them",
        "{count} 个问题没有署名，视为同一人“{name}”所说；可用 `--rename {name}=名字` 命名";
    NO_SUCH_SPEAKER = "transcript/no-such-speaker", Warning,
        "no label `{name}` in the article", "文中没有标签“{name}”";
    EMPTY_TURN = "transcript/empty-turn", Warning,
        "`{name}` has a label here but says nothing", "此处有标签“{name}”，但没有说话内容";
    NOTHING_SPOKEN = "transcript/nothing-spoken", Error,
        "nothing in the article is taken as speech; `--spoken PATTERN` names paragraphs that are",
        "文中没有任何内容被视为说话；可用 `--spoken 模式` 指定";
    REMARK = "transcript/remark", Note,
        "`{text}` is taken as spoken; `--not-spoken PATTERN` leaves it out", "“{text}”视为要读出；可用 `--not-spoken 模式` 略去";
    ASIDE = "transcript/aside", Note,
        "`{text}` stands by itself and is taken as nobody's speech; `--spoken PATTERN` makes it speech",
        "“{text}”独立成段，视为无人说出；可用 `--spoken 模式` 改为要读出";
    HEADING_GUESSED = "transcript/heading-guessed", Note,
        "`{text}` is taken as a heading; `--spoken PATTERN` makes it speech", "“{text}”视为小标题；可用 `--spoken 模式` 改为要读出";
    AFTER_RULE = "transcript/after-rule", Warning,
        "`{text}` stands below a rule, an end mark or credits after the last turn and is taken as one; `--spoken PATTERN` makes it speech",
        "“{text}”位于最后一段发言之后的分隔线、结束标记或署名下方，视为署名信息；可用 `--spoken 模式` 改为要读出";
    RUNTIME_DISAGREES = "transcript/runtime-disagrees", Warning,
        "`{second}` disagrees with `{first}`, which is used; `--duration` decides", "“{second}”与“{first}”不一致，采用后者；可用 `--duration` 指定";
    HINT_BACKWARD = "transcript/hint-backward", Warning,
        "the time {at} goes back against the times around it and is not used", "时间 {at} 与前后的时间不成顺序，未采用";
    HINT_AFTER_END = "transcript/hint-after-end", Warning,
        "the time {at} is after the end of the media ({length}) and is not used", "时间 {at} 超出媒体时长（{length}），未采用";
    HINT_UNUSED = "transcript/hint-unused", Note,
        "no speech follows the time {at}", "时间 {at} 之后没有说话内容";
    UNREADABLE_CHARACTERS = "transcript/unreadable-characters", Warning,
        "{count} characters are U+FFFD: the text was damaged before it came here; correct them in the article",
        "有 {count} 个 U+FFFD 字符：文本此前已损坏；请在文章中更正";
    CONTROL_CHARACTERS = "transcript/control-characters", Note,
        "{count} control characters are kept in the article and not shown", "{count} 个控制字符保留在文中，但不显示";
    GLOSSARY_TERM_UNUSED = "transcript/glossary-term-unused", Note,
        "`{term}` of the glossary stands nowhere by itself, so its gloss is not shown", "词汇表中的“{term}”没有单独出现，其释义未显示";
}
