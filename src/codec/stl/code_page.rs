//! Code pages of DOS, in which the general block is written (Tech 3264 §4.1, CPN).

/// The page that is written: letters of the West.
pub(super) const LATIN: &str = "850";

/// Code page 850 from 80 on.
const UPPER: [&str; 8] = [
    "ÇüéâäàåçêëèïîìÄÅ",
    "ÉæÆôöòûùÿÖÜø£Ø×ƒ",
    "áíóúñÑªº¿®¬½¼¡«»",
    "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤",
    "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´",
    "\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
];
/// Up to here, and at ß, pages 437, 860, 863 and 865 agree with 850 or nearly so; nobody fills in boxes and fractions.
const SHARED: u8 = 0xA5;
const SHARP_S: u8 = 0xE1;

fn letter(byte: u8) -> char {
    let row = usize::from(byte.saturating_sub(0x80) / 16);
    let found = UPPER.get(row).filter(|_| byte >= 0x80).and_then(|row| row.chars().nth(usize::from(byte % 16)));
    found.unwrap_or(char::from(byte))
}

/// The text of a field in a page.
pub(super) fn text(page: &[u8], bytes: &[u8]) -> String {
    let known = |byte: u8| byte <= SHARED || byte == SHARP_S || page == LATIN.as_bytes();
    bytes.iter().map(|byte| if known(*byte) { letter(*byte) } else { '\u{FFFD}' }).collect()
}

/// The text in page 850; what that has not becomes `?`.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    let byte = |c: char| match u8::try_from(c) {
        Ok(byte) if byte < 0x80 => byte,
        _ => (0x80..=u8::MAX).find(|byte| letter(*byte) == c).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(bytes(&text(b"850", &all)), all);
        assert_eq!((text(b"437", b"\xE1\xD0"), bytes("ß字")), ("ß\u{FFFD}".to_owned(), vec![0xE1, b'?']));
    }
}
