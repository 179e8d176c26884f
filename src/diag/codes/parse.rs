//! Noticed while decoding or reading a file.

codes! {
    ENCODING_GUESSED = "parse/encoding-guessed", Note,
        "read as {encoding} (confidence {confidence}); if that is wrong, name it with --encoding", "按 {encoding} 读取（置信度 {confidence}）；如有误，请用 --encoding 指明编码";
    BAD_BYTES = "parse/bad-bytes", Error,
        "{count} bytes are not valid {encoding} and became U+FFFD", "{count} 个字节不是有效的 {encoding}，已替换为 U+FFFD";
}
