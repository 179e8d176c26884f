//! Codes of `transcript`.

codes! {
    GLOSSARY_TERM_UNUSED = "transcript/glossary-term-unused", Note,
        "`{term}` of the glossary stands nowhere by itself, so its gloss is not shown", "词汇表中的“{term}”没有单独出现，其释义未显示";
}
