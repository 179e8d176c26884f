//! Which format a text is in, and formats by name.

use super::{FORMATS, Format};
use crate::error::{Error, ErrorKind, Result};

/// What a file name's extension weighs beside the content's score. Less than any sure sign of a format, so that WebVTT in
/// a `.srt` is read as WebVTT; more than a vague one, so that a `.vtt` without its signature is refused as WebVTT and not
/// read as something else.
const EXTENSION_WEIGHT: u16 = 100;

/// The format that `text` is most likely in. The extension of `name_hint` (a file name) is only a hint; it decides
/// alone where the text says nothing, as an empty file does. `None` if nothing points anywhere.
///
/// ```
/// use zimu::codec::probe;
/// assert_eq!(probe(Some("talk.txt"), "1\n00:00:01,000 --> 00:00:02,000\nHi").unwrap().id, "srt");
/// assert_eq!(probe(Some("talk.srt"), "").unwrap().id, "srt");
/// assert!(probe(None, "Dear reader,").is_none());
/// ```
pub fn probe(name_hint: Option<&str>, text: &str) -> Option<&'static Format> {
    let extension = name_hint.and_then(extension_of);
    let score = |format: &Format| {
        let named = extension.is_some_and(|extension| has_extension(format, extension));
        u16::from((format.probe)(text)).saturating_add(if named { EXTENSION_WEIGHT } else { 0 })
    };
    // `max_by_key` takes the last of equals; the first row of the table shall win.
    let texts = FORMATS.iter().filter(|format| !format.is_binary());
    let (format, best) = texts.map(|f| (*f, score(f))).rev().max_by_key(|(_, score)| *score)?;
    (best > 0).then_some(format)
}

/// The format that is no text and that `bytes` are most likely in. As for [`probe`], a file name's extension adds to what the
/// content says; where that says nothing, the bytes are taken for a text.
pub fn probe_bytes(name_hint: &str, bytes: &[u8]) -> Option<&'static Format> {
    let extension = extension_of(name_hint);
    let score = |format: &&'static Format| {
        let content = format.probe_bytes.map_or(0, |probe| probe(bytes));
        let named = extension.is_some_and(|extension| has_extension(format, extension));
        u16::from(content).saturating_add(if named && content > 0 { EXTENSION_WEIGHT } else { 0 })
    };
    let best = FORMATS.iter().copied().map(|format| (score(&format), format)).max_by_key(|(score, _)| *score)?;
    // A sure sign, or a vague one and the name.
    (best.0 > EXTENSION_WEIGHT).then_some(best.1)
}

/// The format of this id, in any case.
///
/// # Errors
/// [`ErrorKind::Usage`] if there is none; the sentence names the nearest.
///
/// ```
/// use zimu::codec::by_id;
/// assert_eq!(by_id("SRT").unwrap().name, "SubRip");
/// assert_eq!(by_id("sbt").err().unwrap().message(), "unknown format `sbt`; did you mean `srt`?");
/// ```
pub fn by_id(id: &str) -> Result<&'static Format> {
    let found = FORMATS.iter().find(|format| format.id.eq_ignore_ascii_case(id));
    found.copied().ok_or_else(|| unknown(("format", "格式"), id, FORMATS.iter().map(|format| format.id)))
}

/// The format of this file name extension (without the dot), in any case. Of several the one that is written, and whose usual
/// extension it is: `json` is the native format, though others are saved under that name, too.
///
/// # Errors
/// [`ErrorKind::Usage`] if no format has it; the sentence names the nearest.
pub fn by_extension(extension: &str) -> Result<&'static Format> {
    let usual = |format: &Format| format.extensions.first().is_some_and(|usual| usual.eq_ignore_ascii_case(extension));
    let all = FORMATS.iter().flat_map(|format| format.extensions.iter().copied());
    let found = FORMATS.iter().copied().filter(|format| has_extension(format, extension));
    // `max_by_key` takes the last of equals; the first row of the table shall win.
    let found = found.rev().max_by_key(|format| (format.write.is_some(), usual(format)));
    found.ok_or_else(|| unknown(("extension", "扩展名"), extension, all))
}

fn extension_of(name: &str) -> Option<&str> {
    name.rsplit(['/', '\\']).next()?.rsplit_once('.').map(|(_, extension)| extension)
}

fn has_extension(format: &Format, extension: &str) -> bool {
    format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn unknown((what, zh): (&str, &str), asked: &str, known: impl Iterator<Item = &'static str>) -> Error {
    let asked_lower = asked.to_ascii_lowercase();
    // Of equals the first row of the table.
    let nearest = known.map(|name| (distance(name, &asked_lower), name)).min_by_key(|(slips, _)| *slips);
    // One slip in a short name: with two, any three letters resemble any others.
    let (hint, hint_zh) = match nearest {
        Some((0..=1, name)) => (format!("; did you mean `{name}`?"), format!("；是否要用 `{name}`？")),
        _ => Default::default(),
    };
    Error::new(ErrorKind::Usage, format!("unknown {what} `{asked}`{hint}"))
        .with_remedy("`zimu formats` lists them")
        .with_chinese(format!("未知的{zh}“{asked}”{hint_zh}"))
        .with_chinese_remedy("`zimu formats` 列出全部格式")
}

/// Levenshtein distance in characters; only the first 16 of each are looked at.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(16).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(16).enumerate() {
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (cb, above) in b.iter().zip(row.windows(2)) {
            let &[diagonal, above] = above else { continue };
            left = diagonal.saturating_add(usize::from(ca != *cb)).min(above.min(left).saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_slips() {
        for (a, b, slips) in [("", "", 0), ("srt", "srt", 0), ("srt", "sbt", 1), ("srt", "str", 2), ("vtt", "vt", 1)] {
            assert_eq!(distance(a, b), slips, "{a} {b}");
            assert_eq!(distance(b, a), slips, "{b} {a}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn the_content_outweighs_the_extension() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nHi\n";
        assert_eq!(probe(Some("a.vtt"), srt).unwrap().id, "srt");
        assert_eq!(probe(Some("a.b/c"), srt).unwrap().id, "srt");
    }

    #[test]
    fn a_vague_likeness_does_not() {
        // No signature, no numbers, no commas: whoever wrote it called it WebVTT.
        assert_eq!(probe(Some("a.vtt"), "00:00:01.000 --> 00:00:02.000\nHi\n").unwrap().id, "vtt");
    }

    #[test]
    fn an_unlike_name_gets_no_advice() {
        assert_eq!(by_id("docx").err().unwrap().message(), "unknown format `docx`");
    }
}
