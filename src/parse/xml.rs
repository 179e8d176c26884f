//! XML within limits: no DTD, and no shape that costs more than its size.

use crate::error::{Error, ErrorKind, Result};
use roxmltree::{Document, ParsingOptions};

/// Real documents nest a few dozen deep; readers may recurse this far.
const MAX_DEPTH: usize = 256;
/// Attributes of one element; the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 256;
/// Namespace declarations in scope, which the parser searches for every name; and in all, which it may copy for
/// every element that declares one.
const MAX_NAMESPACES_IN_SCOPE: usize = 256;
const MAX_NAMESPACES: usize = 4000;
/// Elements and texts, about a hundred bytes each.
const MAX_NODES: u32 = 2_000_000;

/// Parses `text`, a part of the file `name`.
pub(super) fn parse<'a>(name: &str, text: &'a str) -> Result<Document<'a>> {
    if let Some((most, what, chinese)) = excess(text) {
        return Err(Error::new(ErrorKind::Limit, format!("{name} holds XML with more than {most} {what}"))
            .with_chinese(format!("{name} 中的 XML {chinese}超过 {most}")));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => {
            Error::new(ErrorKind::Limit, format!("{name} holds XML with more than {MAX_NODES} nodes"))
                .with_chinese(format!("{name} 中的 XML 节点超过 {MAX_NODES} 个"))
        }
        error => Error::new(ErrorKind::Unreadable, format!("{name} holds XML that is not well-formed"))
            .with_cause(error)
            .with_chinese(format!("{name} 中的 XML 格式不正确")),
    })
}

/// What there is too much of, found in one pass over the tags.
fn excess(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let mut scopes: Vec<usize> = Vec::new();
    let mut declared = 0usize;
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if let Some(end) = skipped(tag) {
            rest = tag.split_once(end).map_or("", |(_, after)| after);
            continue;
        }
        let (attributes, namespaces, empty) = measure(tag);
        if tag.starts_with('/') {
            scopes.pop();
            continue;
        }
        let in_scope = scopes.last().copied().unwrap_or(0).saturating_add(namespaces);
        declared = declared.saturating_add(namespaces);
        if !empty {
            scopes.push(in_scope);
        }
        let limits = [
            (scopes.len(), MAX_DEPTH, "levels of elements", "元素层数"),
            (attributes, MAX_ATTRIBUTES, "attributes on one element", "单个元素的属性数"),
            (in_scope, MAX_NAMESPACES_IN_SCOPE, "namespaces in one place", "同一处的命名空间数"),
            (declared, MAX_NAMESPACES, "namespace declarations", "命名空间声明数"),
        ];
        if let Some((_, most, what, chinese)) = limits.into_iter().find(|(count, most, ..)| count > most) {
            return Some((most, what, chinese));
        }
    }
    None
}

/// Comments, instructions and CDATA end elsewhere than tags do.
fn skipped(tag: &str) -> Option<&'static str> {
    [("!--", "-->"), ("?", "?>"), ("![CDATA[", "]]>")]
        .into_iter()
        .find(|(start, _)| tag.starts_with(start))
        .map(|t| t.1)
}

/// Attributes and namespace declarations of the tag that `tag` starts with, and whether it closes itself.
fn measure(tag: &str) -> (usize, usize, bool) {
    let (mut attributes, mut namespaces) = (0usize, 0usize);
    let mut quote = None;
    let mut before = b' ';
    let bytes = tag.as_bytes();
    for (at, byte) in bytes.iter().copied().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            // A quote cannot hold `<`: the parser will refuse it, and the next tag must be seen here.
            (_, b'<') => break,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return (attributes, namespaces, before == b'/'),
            (None, b'=') => attributes = attributes.saturating_add(1),
            (None, b'x') if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"xmlns")) => {
                namespaces = namespaces.saturating_add(1);
            }
            _ => {}
        }
        before = byte;
    }
    (attributes, namespaces, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_cost_more_than_their_size_are_limits() {
        let attributes: String = (0..100_000).map(|i| format!(" a{i}='<'")).collect();
        let names: String = (0..5000).map(|i| format!("<a xmlns:n{i}='u{i}'/>")).collect();
        for text in [
            format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)),
            format!("<a {}/>", attributes.replace('<', "&lt;")),
            format!("<a>{names}</a>"),
            format!("<a>{}</a>", "<b/>".repeat(2_000_001)),
        ] {
            assert_eq!(parse("x", &text).unwrap_err().kind(), ErrorKind::Limit);
        }
        let dtd = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        assert_eq!(parse("x", dtd).unwrap_err().kind(), ErrorKind::Unreadable);
        let huge = format!("<a b='{}'><!-- <<<< ' --><![CDATA[<x y='>]]>t</a>", "v>".repeat(5_000_000));
        assert_eq!(parse("x", &huge).unwrap().root_element().last_child().unwrap().text(), Some("<x y='>t"));
    }
}
