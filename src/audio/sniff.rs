//! Which container a file begins as. Only a first look: what it really is shows when it is opened.

/// So many bytes of the beginning are enough.
pub const HEAD: usize = 4096;

/// A container known by its first bytes.
struct Kind {
    name: &'static str,
    /// Its packets can be read here.
    ours: bool,
    /// Bytes, and where they stand.
    marks: &'static [(usize, &'static [u8])],
}

const fn ours(name: &'static str, marks: &'static [(usize, &'static [u8])]) -> Kind {
    Kind { name, ours: true, marks }
}

const fn other(name: &'static str, marks: &'static [(usize, &'static [u8])]) -> Kind {
    Kind { name, ours: false, marks }
}

/// The longer marks first.
static KINDS: &[Kind] = &[
    ours("wave", &[(0, b"RIFF"), (8, b"WAVE")]),
    ours("wave", &[(0, b"RF64"), (8, b"WAVE")]),
    ours("aiff", &[(0, b"FORM"), (8, b"AIF")]),
    ours("isomp4", &[(4, b"ftyp")]),
    ours("isomp4", &[(4, b"moov")]),
    ours("mkv", &[(0, b"\x1A\x45\xDF\xA3")]),
    ours("ogg", &[(0, b"OggS")]),
    ours("flac", &[(0, b"fLaC")]),
    ours("caf", &[(0, b"caff\0\x01")]),
    // ID3 may also stand before FLAC and AAC.
    ours("mp3", &[(0, b"ID3")]),
    // ISO/IEC 11172-3, 2.4.1.3: sync word, version, layer III.
    ours("mp3", &[(0, b"\xFF\xFB")]),
    ours("mp3", &[(0, b"\xFF\xFA")]),
    ours("mp3", &[(0, b"\xFF\xF3")]),
    ours("mp3", &[(0, b"\xFF\xF2")]),
    ours("mp3", &[(0, b"\xFF\xE3")]),
    // ISO/IEC 14496-3, 1.A.3.2.1: ADTS.
    ours("adts", &[(0, b"\xFF\xF1")]),
    ours("adts", &[(0, b"\xFF\xF9")]),
    other("avi", &[(0, b"RIFF"), (8, b"AVI ")]),
    other("flv", &[(0, b"FLV\x01")]),
    other("asf", &[(0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11")]),
    // ISO/IEC 13818-1, 2.4.3.2: packets of 188 bytes, each with its sync byte; with a time code before each, of 192.
    other("mpegts", &[(0, b"\x47"), (188, b"\x47"), (376, b"\x47")]),
    other("mpegts", &[(4, b"\x47"), (196, b"\x47"), (388, b"\x47")]),
    other("mpegps", &[(0, b"\0\0\x01\xBA")]),
    other("ac3", &[(0, b"\x0B\x77")]),
    other("amr", &[(0, b"#!AMR")]),
    other("dts", &[(0, b"\x7F\xFE\x80\x01")]),
    other("rm", &[(0, b".RMF")]),
    other("ape", &[(0, b"MAC ")]),
    other("wavpack", &[(0, b"wvpk")]),
    other("tta", &[(0, b"TTA1")]),
];

/// The container that a file which begins with `head` seems to be, and whether its packets can be read here.
///
/// ```
/// assert_eq!(zimu::audio::sniff(b"OggS\0\x02"), Some(("ogg", true)));
/// assert_eq!(zimu::audio::sniff(b"WEBVTT\n\n"), None);
/// ```
pub fn sniff(head: &[u8]) -> Option<(&'static str, bool)> {
    let has = |(at, mark): &(usize, &[u8])| head.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    KINDS.iter().find(|kind| kind.marks.iter().all(has)).map(|kind| (kind.name, kind.ours))
}
