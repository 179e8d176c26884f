use super::prelude::*;

rule! {
    /// No character is the wreck of another encoding.
    ///
    /// **Why.** `�`, `Ã©`, `â€™`, `锟斤拷`: the text was read in the wrong encoding and saved; what it said is lost or garbled.
    ///
    /// **Source.** Unicode 16.0, 5.22 (U+FFFD stands for what could not be decoded); the others are UTF-8 read as Windows-1252 or GBK.
    ///
    /// ```srt fails
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// It isnâ€™t right
    /// ```
    ///
    /// ```srt passes
    /// 1
    /// 00:00:01,000 --> 00:00:03,000
    /// It isn’t wrong, São Paulo
    /// ```
    MOJIBAKE {
        code: codes::MOJIBAKE, zh: "没有乱码",
        settings: &[],
        applies: always,
        check: Check::Cue(Needs::of(&[Traits::REPLACEMENT.and(Traits::LATIN_1).and(Traits::HAN)]), check),
    }
}

/// What is never written on purpose: UTF-8 of punctuation and accents as Windows-1252 shows it, U+FFFD in UTF-8 as GBK shows it.
const WRECKS: &[&str] = &[
    "\u{FFFD}",
    "锟斤拷",
    "锟斤",
    "烫烫烫",
    "屯屯屯",
    "â€",
    "ï»¿",
    "ï¼",
    "ã€",
    "ä¸",
    "å°",
    "æ˜",
    "è¿",
    "鈥檛",
    "鈥淚",
];

fn check(_: &Scene<'_>, seen: &Seen<'_>, findings: &mut Findings<'_>) {
    let text = seen.text();
    // What a wreck begins with: most texts are looked at once, not once for each.
    let begins = |c: char| {
        matches!(c, '\u{FFFD}' | '锟' | '烫' | '屯' | '鈥' | 'â' | 'ï' | 'ã' | 'ä' | 'å' | 'æ' | 'è' | 'Ã' | 'Â')
    };
    if !text.contains(begins) {
        return;
    }
    let found = WRECKS.iter().filter_map(|wreck| text.find(wreck).map(|at| at..at.saturating_add(wreck.len())));
    let found = found.chain(accents(text)).min_by_key(|range| range.start);
    if let Some(range) = found {
        let wreck = text.get(range.clone()).unwrap_or_default().to_owned();
        findings.text(seen, range, |d| d.with("text", wreck));
    }
}

/// `Ã` or `Â` and a character that Windows-1252 has for a continuation byte: no language writes these together inside words.
fn accents(text: &str) -> Option<std::ops::Range<usize>> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if matches!(c, 'Ã' | 'Â') && next.is_some_and(|c| ('\u{80}'..='\u{BF}').contains(&c)) {
            let end = chars.peek().map_or(at, |(at, c)| at.saturating_add(c.len_utf8()));
            return Some(at..end);
        }
    }
    None
}
