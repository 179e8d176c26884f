//! What is wrong with a file that cannot be read, and where: line, column and path.

use crate::error::{Error, ErrorKind};
use crate::source::Source;
use serde_json::error::Category;
use std::fmt::Write as _;

/// The error of a file that is not JSON, or not of the shape that is expected: `talk.json:3:17: invalid type: …, at
/// cues[0].text`.
pub(super) fn explain(source: &Source, error: &serde_json::Error) -> Error {
    at(source, error)
        .error
        .with_remedy("correct it there; docs/native.schema.json says what each field holds")
        .with_chinese_remedy("请在该处改正；各字段的含义见 docs/native.schema.json")
}

/// What is wrong, and where.
pub(in crate::codec) struct Fault {
    /// As an error without a remedy.
    pub(in crate::codec) error: Error,
    /// The byte.
    pub(in crate::codec) offset: usize,
    /// In a few words, without the place.
    pub(in crate::codec) problem: String,
}

/// The place and the words for an error of the parser.
pub(in crate::codec) fn at(source: &Source, error: &serde_json::Error) -> Fault {
    // serde_json counts lines by LF, and columns in bytes.
    let mut lines = source.text().split_inclusive('\n');
    let before: usize = lines.by_ref().take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = before.saturating_add(error.column()).min(source.text().len());
    let place = source.line_column(u32::try_from(offset.saturating_sub(1)).unwrap_or(u32::MAX));
    let (en, zh) = sentences(source.text(), error);
    let mut message = format!("{}:{}:{}: {en}", source.name(), place.line, place.column);
    let mut chinese = format!("{}:{}:{}：{zh}", source.name(), place.line, place.column);
    let path = path_at(source.text(), offset);
    if !path.is_empty() {
        message.extend([", at ", path.as_str()]);
        chinese.extend(["，在 ", path.as_str()]);
    }
    Fault { error: Error::new(ErrorKind::Unreadable, message).with_chinese(chinese), offset, problem: en }
}

/// The error without the place that it appends, and in what way the file is wrong; the same in Chinese.
fn sentences(text: &str, error: &serde_json::Error) -> (String, String) {
    let whole = error.to_string();
    let sentence = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(sentence, _)| sentence);
    match error.classify() {
        Category::Eof if text.trim().is_empty() => ("the file is empty".to_owned(), "文件是空的".to_owned()),
        Category::Eof => ("the file ends in the middle".to_owned(), "文件没有写完".to_owned()),
        Category::Syntax => (format!("not valid JSON: {sentence}"), format!("不是有效的 JSON：{sentence}")),
        Category::Data | Category::Io => {
            // What a person who edits by hand does most: leaving out a field, writing one twice.
            let field = |start| sentence.strip_prefix(start).filter(|rest| !rest.contains(' '));
            let zh = match (field("missing field "), field("duplicate field ")) {
                (Some(name), _) => format!("缺少字段 {name}"),
                (_, Some(name)) => format!("字段 {name} 写了两次"),
                _ => format!("值的类型不对：{sentence}"),
            };
            (sentence.to_owned(), zh)
        }
    }
}

/// Where in the structure the byte at `offset` stands: `cues[3].words[0].start`. Reads up to there; the text need not
/// be valid.
fn path_at(text: &str, offset: usize) -> String {
    let mut open: Vec<Step> = Vec::new();
    let bytes = text.as_bytes().get(..offset.min(text.len())).unwrap_or_default();
    let mut i = 0usize;
    while let Some(byte) = bytes.get(i) {
        match byte {
            b'{' => open.push(Step::Object { key: 0..0, named: false }),
            b'[' => open.push(Step::List(0)),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Step::List(index)) => *index = index.saturating_add(1),
                Some(Step::Object { named, .. }) => *named = false,
                None => {}
            },
            b':' => {
                if let Some(Step::Object { named, .. }) = open.last_mut() {
                    *named = true;
                }
            }
            b'"' => {
                let end = string_end(bytes, i);
                if let Some(Step::Object { key, named: false }) = open.last_mut() {
                    *key = i.saturating_add(1)..end;
                }
                i = end;
            }
            _ => {}
        }
        i = i.saturating_add(1);
    }
    render(text, &open)
}

/// A level of the structure that is open.
enum Step {
    /// The bytes of the key that was read last; its value follows if `named`.
    Object { key: std::ops::Range<usize>, named: bool },
    /// The index of the item.
    List(usize),
}

/// The closing quotation mark of the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut i = start.saturating_add(1);
    loop {
        match bytes.get(i) {
            Some(b'\\') => i = i.saturating_add(2),
            Some(b'"') | None => return i.min(bytes.len()),
            Some(_) => i = i.saturating_add(1),
        }
    }
}

fn render(text: &str, open: &[Step]) -> String {
    /// The deepest levels matter least: `…` stands for more.
    const SHOWN: usize = 12;
    let mut path = String::new();
    for step in open.iter().take(SHOWN) {
        // Writing to a String cannot fail.
        let _ = match step {
            Step::List(index) => write!(path, "[{index}]"),
            Step::Object { named: false, .. } => break,
            Step::Object { key, .. } => {
                let dot = if path.is_empty() { "" } else { "." };
                let key = text.get(key.clone()).unwrap_or_default();
                write!(path, "{dot}{}", key.chars().take(60).collect::<String>())
            }
        };
    }
    if open.len() > SHOWN {
        path.push('…');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_names_keys_and_indices() {
        let text = r#"{"a": {"b\"": [1, {"c": 2, "d": [[], [3"#;
        assert_eq!(path_at(text, text.len()), r#"a.b\"[1].d[1][0]"#);
        assert_eq!(path_at(text, 2), "");
        assert_eq!(path_at("[[[[[[[[[[[[[[", 14), "[0][0][0][0][0][0][0][0][0][0][0][0]…");
        assert_eq!(path_at("\"\\", 2), "");
    }
}
