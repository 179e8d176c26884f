//! `iTunSMPB`, a comment in which Apple's encoders note their delay.

use super::boxes::{inside, path};

/// More samples before the sound are no encoder's.
const LONGEST: u64 = 16_384;

/// Samples before the sound. The comment is hexadecimal words with blanks before them; the second is the delay.
pub(super) fn delay(moov: &[u8]) -> Option<u64> {
    // `meta` is a full box: four bytes before its boxes.
    let meta = path(moov, &[b"udta", b"meta"])?.get(4..)?;
    let ilst = path(meta, &[b"ilst"])?;
    let ours = |item: &[u8]| inside(item).any(|(kind, name)| &kind == b"name" && name.get(4..) == Some(b"iTunSMPB"));
    let (_, item) = inside(ilst).find(|(kind, item)| kind == b"----" && ours(item))?;
    let text = std::str::from_utf8(path(item, &[b"data"])?.get(8..)?).ok()?;
    u64::from_str_radix(text.split_ascii_whitespace().nth(1)?, 16).ok().filter(|delay| *delay < LONGEST)
}
