//! Text of files in the midst of other text: nothing in it can end a field, move a cursor or be taken for an order.

/// Text of a file as part of a line on a terminal: nothing in it can move the cursor, turn the writing direction or fill
/// the screen.
pub(super) fn clean(text: &str) -> String {
    const SHOWN: usize = 400;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => escaped(text.get(..end).unwrap_or_default()) + "…",
        None => escaped(text),
    }
}

/// The whole text on one line, with escapes for what disturbs.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if disturbs(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// Control characters, and those that turn the writing direction (Unicode UAX #9 §2).
pub(super) fn disturbs(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Text in XML 1.0 and HTML, between tags or in a quoted attribute. What XML cannot hold at all (§2.2: most control
/// characters, U+FFFE, U+FFFF) becomes U+FFFD; white space stays what it is, also in attributes (§3.3.3).
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // `]]>` may not stand in text.
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// A path as services compare it: with `/`, and without a `./` before it.
pub(super) fn plain_path(path: &str) -> String {
    let mut path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/').to_owned();
    }
    path
}

/// A path as a URI (RFC 3986): a relative one stays relative, segments are percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let path = plain_path(path);
    let prefix = match path.as_bytes() {
        [b'/', ..] => "file://",
        [drive, b':', b'/', ..] if cfg!(windows) && drive.is_ascii_alphabetic() => "file:///",
        _ => "",
    };
    let mut out = String::from(prefix);
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => out.push(byte.into()),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_anything() {
        let text = xml("a<b>&\"'\u{0}\u{1b}\n]]>\u{FFFF}字");
        assert_eq!(text, "a&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\u{FFFD}&#10;]]&gt;\u{FFFD}字");
    }

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("a b/字:#?.srt"), "a%20b/%E5%AD%97%3A%23%3F.srt");
        assert_eq!(uri("/tmp/a%.srt"), "file:///tmp/a%25.srt");
        assert_eq!(uri("././/a/../b.srt"), "a/../b.srt");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
