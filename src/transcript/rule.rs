//! Lines that are layout alone.

use super::cut;
use super::line::Line;

/// Most lines of a YAML front matter.
const FRONT_MATTER_LINES: usize = 60;

/// `---`, `* * *`, `———`, `=====`, `· · ·`: three or more of the same mark and nothing else.
pub(super) fn is_rule(body: &str) -> bool {
    let mut marks = body.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| "-*_—–─━═=~·•#※☆★＊".contains(*c)) else {
        return false;
    };
    let rest = marks.clone().count();
    (2..200).contains(&rest) && marks.all(|c| c == first)
}

/// `- END -`, `（完）`, `全文完`: nothing below it is said.
pub(super) fn is_end(body: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || "-—–─━═=~·•*_（）()[]【】「」.。/|".contains(c);
    let word = body.trim_matches(marks);
    let bare = word.len() < body.len();
    body.len() < 60
        && match word.to_lowercase().as_str() {
            "完" | "end" | "结束" | "結束" | "fin" => bare,
            "the end" | "全文完" | "正文完" | "本文完" | "采访完" | "訪談完" => true,
            _ => false,
        }
}

/// `01`, `二`, `Part 2`, `（三）`, `第四章`: the number of a section, alone on its line.
pub(super) fn is_section_number(body: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || "-—–─*_（）()[]【】.。、/|·#".contains(c);
    let word = body.trim_matches(marks).to_lowercase();
    if word.len() > 24 {
        return false;
    }
    let named = ["part", "chapter", "section", "no", "第"].iter().find_map(|name| word.strip_prefix(name));
    let number = named.unwrap_or(&word).trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let number = if named.is_some() {
        number.trim_end_matches(['章', '节', '節', '部', '幕', '回', '篇', '分'])
    } else {
        number
    };
    let figures = number.chars().all(|c| c.is_ascii_digit());
    let han = number.chars().all(|c| "〇一二三四五六七八九十".contains(c));
    // A bare `12` may be an answer; `01` is none.
    let listed = named.is_some() || word.len() < body.trim().len() || number.starts_with('0');
    !number.is_empty() && number.chars().count() <= 3 && (figures || han) && listed
}

/// A rule, an empty line of a quotation, a picture alone on its line, a comment, the fence of a code block, the frame of a table.
pub(super) fn is_layout(body: &str) -> bool {
    let picture =
        body.starts_with("![") && body.ends_with(')') && body.contains("](") && body.matches("](").count() == 1;
    let comment = body.starts_with("<!--") && body.ends_with("-->");
    let fence = body.starts_with("```") && !body.trim_start_matches('`').contains('`');
    let frame = body.len() > 2 && body.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'));
    let quote = body.chars().all(|c| c == '>' || c == ' ');
    is_rule(body) || quote || picture || comment || fence || frame
}

/// How many lines a YAML front matter takes at the beginning, both `---` included; 0 without one.
pub(super) fn front_matter(text: &str, lines: &[Line]) -> usize {
    let is_fence = |line: &Line| cut(text, line.body.clone()) == "---";
    if !lines.first().is_some_and(is_fence) {
        return 0;
    }
    let found = lines.iter().skip(1).take(FRONT_MATTER_LINES).position(is_fence);
    found.map_or(0, |index| index.saturating_add(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_told_from_text() {
        for layout in ["---", "* * *", "———", "![a](b.png)", "<!-- a -->", "```text", "|---|:--|", "=====", "· · ·"]
        {
            assert!(is_layout(layout), "{layout}");
        }
        for end in ["- END -", "END.", "（完）", "全文完", "—完—", "The End"] {
            assert!(is_end(end), "{end}");
        }
        for number in ["01", "（二）", "Part 2", "PART.03", "第四章", "- 1 -", "二、", "3."] {
            assert!(is_section_number(number), "{number}");
        }
        for text in ["12", "完", "end", "三", "10:30", "（2016）", "第一次", "好"] {
            assert!(!is_end(text) && !is_section_number(text), "{text}");
        }
        for text in ["--", "—— 是的", "![a](b.png) text", "a", "**a**", "-", ":", "``a``"] {
            assert!(!is_layout(text), "{text}");
        }
    }
}
