//! Character references in cue text: HTML "consume a character reference", not inside an attribute.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use std::borrow::Cow;

/// The references that caption files use, and what the writer writes.
const USUAL: &[(&str, &str)] = &[
    ("amp;", "&"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("nbsp;", "\u{A0}"),
    ("lrm;", "\u{200E}"),
    ("rlm;", "\u{200F}"),
    ("quot;", "\""),
];
/// The longest name of HTML: `CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 32;

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
        rest = match usual {
            Some((tail, value)) => {
                out.push_str(value);
                tail
            }
            None => reference(after, &mut out).unwrap_or_else(|| {
                out.push('&');
                after
            }),
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Appends the characters of the reference that `text` begins with, after its `&`; gives what follows it.
fn reference<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    match text.strip_prefix('#') {
        Some(number) => numeric(number, out),
        None => named(text, out),
    }
}

/// The longest name that there is (HTML §13.2.5.73): some stand without `;`, so `&notit;` is `&not` and `it;`.
fn named<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let name = text.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let most = name.saturating_add(usize::from(text.as_bytes().get(name) == Some(&b';')));
    // The table has each beginning of a name, too, as no character: the first that is none ends the search.
    let known = (1..=most).map_while(|length| Some((length, NAMED_ENTITIES.get(text.get(..length)?)?)));
    let (length, (first, second)) = known.filter(|(_, (first, _))| *first != 0).last()?;
    out.extend([*first, *second].into_iter().filter(|n| *n != 0).filter_map(char::from_u32));
    text.get(length..)
}

/// Digits, decimal or after `x` hexadecimal (§13.2.5.80); `;` may be missing.
fn numeric<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let length = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    let (number, rest) = digits.split_at_checked(length).filter(|_| length > 0)?;
    let number = u32::from_str_radix(number, radix).unwrap_or(u32::MAX);
    let windows_1252 = number.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    let c = windows_1252.or_else(|| char::from_u32(number)).filter(|c| *c != '\0');
    out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(rest.strip_prefix(';').unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    /// The HTML parser's reading of a text without markup.
    fn by_html(text: &str) -> String {
        let html = scraper::Html::parse_fragment(&text.replace('<', "&lt;"));
        html.root_element().text().collect()
    }

    proptest! {
        #[test]
        fn an_html_parser_reads_the_same(
            parts in prop::collection::vec(prop::sample::select(PARTS), 0..8),
            name in "[a-zA-Z]{1,6}",
        ) {
            let text = parts.concat() + "&" + &name + parts.first().unwrap_or(&"");
            prop_assert_eq!(decode(&text), by_html(&text));
        }
    }

    const PARTS: &[&str] = &[
        "&",
        "#",
        "x",
        "X",
        ";",
        "a",
        "not",
        "in",
        "notin",
        "copy",
        "&copy",
        "&CounterClockwiseContourIntegral;",
        "&acE;",
        "&fjlig;",
        "10",
        "&#",
        "&#x",
        "80",
        "9f",
        "D800",
        "110000",
        "99999999999999",
        "0",
        "13",
        " ",
        "<",
        "é",
        "字",
        "&amp",
        "lt;",
        "&lt",
        "&notit;",
        "&ThickSpace;",
        "&NotEqualTilde;",
    ];

    #[test]
    fn every_name_of_html_is_known() {
        let whole = NAMED_ENTITIES.entries().filter(|(_, (first, _))| *first != 0);
        assert!(NAMED_ENTITIES.keys().all(|name| name.len() <= LONGEST_NAME));
        for (name, (first, _)) in whole {
            assert_eq!(u32::from(decode(&format!("&{name}")).chars().next().unwrap()), *first, "{name}");
        }
    }
}
