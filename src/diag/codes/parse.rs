//! Noticed while decoding or reading a file.

codes! {
    ENCODING_GUESSED = "parse/encoding-guessed", Note,
        "read as {encoding} (confidence {confidence}); if that is wrong, name it with --encoding", "按 {encoding} 读取（置信度 {confidence}）；如有误，请用 --encoding 指明编码";
    BAD_BYTES = "parse/bad-bytes", Error,
        "{count} bytes are not valid {encoding} and became U+FFFD", "{count} 个字节不是有效的 {encoding}，已替换为 U+FFFD";
    TABLE_WITHOUT_HEADER = "parse/table-without-header", Note,
        "the table names no speaker and text column; the last column was taken as the text, the one before it as the speaker", "表格没有注明说话人列和文本列；已把最后一列当作文本，其前一列当作说话人";
}
