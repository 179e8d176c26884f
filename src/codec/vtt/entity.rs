//! Character references in cue text: HTML "consume a character reference", not inside an attribute.

use std::borrow::Cow;

/// The references that caption files use, and what the writer writes. All others go through the HTML tokenizer.
const USUAL: &[(&str, &str)] = &[
    ("amp;", "&"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("nbsp;", "\u{A0}"),
    ("lrm;", "\u{200E}"),
    ("rlm;", "\u{200F}"),
    ("quot;", "\""),
];

/// `text` with its character references replaced. What is no reference stays as written.
pub(in crate::codec) fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let usual = USUAL.iter().find_map(|(name, value)| Some((after.strip_prefix(name)?, *value)));
        if let Some((tail, value)) = usual {
            out.push_str(value);
            rest = tail;
        } else if after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
            // One call for all that is left: a run of unusual references stays linear.
            out.push_str(&by_html(rest.get(before.len()..).unwrap_or_default()));
            return Cow::Owned(out);
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The HTML parser's reading of a text without markup: all 2,231 names, numbers, forms without `;`.
fn by_html(text: &str) -> String {
    let html = scraper::Html::parse_fragment(&text.replace('<', "&lt;"));
    html.root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_those_of_html() {
        for (written, read) in [
            ("a &amp; b &lt;", "a & b <"),
            ("a & b &", "a & b &"),
            ("&copy; &AMP &notit; &#x5b57;&#128;", "© & ¬it; 字€"),
            ("&nosuch; &#; &#x;", "&nosuch; &#; &#x;"),
            ("&eacute;<&lt;", "é<<"),
            ("&#0;\n  &ensp;x", "\u{FFFD}\n  \u{2002}x"),
        ] {
            assert_eq!(decode(written), read);
        }
    }
}
