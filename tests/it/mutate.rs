//! A seeded mutator of texts: the same seed gives the same text, on every machine.

/// A small random number generator (xorshift64*): its quality is enough to pick places and pieces.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        // Zero would stay zero; neighbouring seeds shall not give neighbouring numbers.
        Self((seed ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `bound`; 0 if there is none.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { usize::try_from(self.next() >> 11).unwrap_or(0) % bound }
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Pieces that readers of caption files and articles look for.
const TOKENS: &[&str] = &[
    "-->",
    "00:00:01,000 --> 00:00:02,000",
    "00:01.000 --> 00:02.000",
    "99:59:59,999",
    "-1",
    "999999999999999999999",
    ":",
    ",",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "\u{FEFF}",
    "\0",
    "\u{2028}",
    "1\n",
    "<i>",
    "</i>",
    "<b>",
    "<font color=\"red\">",
    "</font>",
    "<font =>",
    "<v Bob>",
    "<c.x>",
    "</c>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<lang en>",
    "<00:00:01.500>",
    "<",
    ">",
    "&",
    "&amp;",
    "&#x110000;",
    "&lrm;",
    "{\\an8}",
    "{\\",
    "}",
    "WEBVTT",
    "NOTE",
    "STYLE",
    "REGION",
    "id:a",
    "line:0",
    "line:-1%",
    "position:1e9%",
    "size:100%",
    "region:a",
    "X1:1 X2:2",
    "{",
    "[",
    "]",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-0",
    "1e999",
    "字幕",
    "（笑）",
    "：",
    "e\u{301}",
    "𠀀",
    "主持人：",
    "[music]",
    "**A:**",
    "5分59秒",
    "#",
    "|",
    ";",
    "\",\"",
    "<p>",
    "<table><tr><td>",
    "</td>",
    "<script>",
    "<!--",
    "&nbsp;",
    "<w:p>",
    "</w:r>",
    "<w:tbl><w:tr><w:tc>",
    "\n1.5,2.5,",
    "\n1.5\t2.5\t",
    "\n\\\t1\t2\n",
    "'=",
    "00:00:01:12",
    "<SYNC Start=1500>",
    "<P Class=ENCC>",
    "<P ID=Source>",
    "[00:00:01]",
    "[br]",
    "[COLF]",
    "00:00:01.00,00:00:02.00",
    "\"IntervalTier\"",
    "<exists>",
    "3 4 \"x\"",
    "&#0;",
];

/// [`mutate_bytes`] for texts: invalid UTF-8 becomes U+FFFD.
pub(crate) fn mutate(rng: &mut Rng, text: &str, other: &str) -> String {
    String::from_utf8_lossy(&mutate_bytes(rng, text.as_bytes(), other.as_bytes())).into_owned()
}

/// `bytes` with one to eight changes: bytes, tokens, lines, or pieces of `other`.
pub(crate) fn mutate_bytes(rng: &mut Rng, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(8) {
        match rng.below(6) {
            0 => change_byte(rng, &mut bytes),
            1 => insert(rng, &mut bytes),
            2 => remove(rng, &mut bytes),
            3 => repeat(rng, &mut bytes),
            4 => move_lines(rng, &mut bytes),
            _ => splice(rng, &mut bytes, other),
        }
        // Repeats of repeats grow without bound.
        bytes.truncate(1 << 16);
    }
    bytes
}

fn change_byte(rng: &mut Rng, bytes: &mut [u8]) {
    let at = rng.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte = if rng.below(2) == 0 { *byte ^ (1 << rng.below(8)) } else { *rng.pick(b"\0\n\r <>{}&:,.-09\xFF") };
    }
}

fn insert(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let at = rng.below(bytes.len() + 1);
    let token = rng.pick(TOKENS).as_bytes().repeat(if rng.below(20) == 0 { 300 } else { 1 });
    bytes.splice(at..at, token);
}

fn remove(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let range = stretch(rng, bytes.len());
    bytes.drain(range);
}

fn repeat(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let range = stretch(rng, bytes.len());
    let piece = bytes[range.clone()].repeat(1 + rng.below(4));
    bytes.splice(range.end..range.end, piece);
}

fn move_lines(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    let (from, to) = (rng.below(lines.len()), rng.below(lines.len()));
    match rng.below(3) {
        _ if lines.is_empty() => {}
        0 => lines.swap(from, to),
        1 => drop(lines.remove(from)),
        _ => lines.insert(to, lines[from]),
    }
    *bytes = lines.concat();
}

fn splice(rng: &mut Rng, bytes: &mut Vec<u8>, other: &[u8]) {
    let (here, there) = (stretch(rng, bytes.len()), stretch(rng, other.len()));
    bytes.splice(here, other[there].iter().copied());
}

/// A stretch of up to 64 bytes; sometimes of any length.
fn stretch(rng: &mut Rng, length: usize) -> std::ops::Range<usize> {
    let start = rng.below(length + 1);
    let most = if rng.below(10) == 0 { length - start } else { (length - start).min(64) };
    start..start + rng.below(most + 1)
}
