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
        for text in ["--", "—— 是的", "![a](b.png) text", "a", "**a**", "-", ":", "``a``"] {
            assert!(!is_layout(text), "{text}");
        }
    }
}
