//! Which styles are headings: by their names, since their ids differ with the language of the program.

use super::{attribute, child, is, is_on};
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

/// What is known of the document's styles, by id.
#[derive(Default)]
pub(super) struct Styles {
    levels: HashMap<String, u8>,
    bold: HashSet<String>,
}

impl Styles {
    /// From word/styles.xml.
    pub(super) fn read(document: &Document<'_>) -> Self {
        let mut styles = Self::default();
        for style in document.descendants().filter(|node| is(*node, "style")) {
            let Some(id) = attribute(style, "styleId") else { continue };
            let name = child(style, "name").and_then(|name| attribute(name, "val")).unwrap_or(id);
            if let Some(level) = level_of(name) {
                styles.levels.insert(id.to_owned(), level);
            }
            if attribute(style, "type") == Some("character") && is_on(child(style, "rPr"), "b") {
                styles.bold.insert(id.to_owned());
            }
        }
        styles
    }

    /// 1 to 6 if a paragraph's properties make it a heading, otherwise 0.
    pub(super) fn heading_level(&self, properties: Option<Node<'_, '_>>) -> u8 {
        let value = |name: &str| properties.and_then(|p| child(p, name)).and_then(|node| attribute(node, "val"));
        // ECMA-376 Part 1 §17.3.1.20: levels count from 0, and 9 is body text.
        let outline = value("outlineLvl").and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 6);
        let style = value("pStyle").and_then(|id| self.levels.get(id).copied().or_else(|| level_of(id)));
        style.or(outline.map(|level| level.saturating_add(1))).unwrap_or(0)
    }

    /// A run's style makes it bold.
    pub(super) fn is_bold(&self, properties: Option<Node<'_, '_>>) -> bool {
        let style = properties.and_then(|p| child(p, "rStyle")).and_then(|node| attribute(node, "val"));
        // Switched off in the run itself, it is off.
        let off = properties.is_some_and(|p| child(p, "b").is_some());
        style.is_some_and(|id| self.bold.contains(id)) && !off
    }
}

/// `heading 2`, `Heading2`, `标题 2`, `Title`, `标题`.
fn level_of(name: &str) -> Option<u8> {
    let name = name.to_lowercase().replace(' ', "");
    let rest = ["heading", "标题", "標題", "title"].iter().find_map(|start| name.strip_prefix(start))?;
    if rest.is_empty() {
        return Some(1);
    }
    rest.parse::<u8>().ok().filter(|level| (1..=9).contains(level)).map(|level| level.min(6))
}

#[cfg(test)]
mod tests {
    use super::level_of;

    #[test]
    fn headings_are_known_by_name() {
        for (name, level) in [
            ("heading 1", Some(1)),
            ("Heading3", Some(3)),
            ("标题 2", Some(2)),
            ("Title", Some(1)),
            ("heading 9", Some(6)),
            ("Heading 0", None),
            ("Normal", None),
            ("Title Page Note", None),
        ] {
            assert_eq!(level_of(name), level, "{name}");
        }
    }
}
