//! What the demuxer does not tell of Matroska and WebM: `CodecDelay` (RFC 9559, 5.1.4.1.27) exactly, which it rounds to a
//! tick of the file, and whether the file is whole.

use std::io::{self, Read, Seek, SeekFrom};

// RFC 9559, 5.1; RFC 8794, 11.2.1.
const EBML: u64 = 0x1A45_DFA3;
const SEGMENT: u64 = 0x1853_8067;
const TRACKS: u64 = 0x1654_AE6B;
const CLUSTER: u64 = 0x1F43_B675;
const TRACK_ENTRY: u64 = 0xAE;
const TRACK_NUMBER: u64 = 0xD7;
const CODEC_DELAY: u64 = 0x56AA;

/// The largest size of eight bytes means that none is known.
const UNKNOWN: u64 = (1 << 56) - 1;

/// Elements looked at before the tracks; usually two or three stand there.
const MOST_ELEMENTS: usize = 64;

/// The description of tracks is small; some codecs' headers take kilobytes.
const LARGEST_TRACKS: u64 = 1 << 20;

/// What stands before the sound.
#[derive(Debug, Default)]
pub(super) struct Matroska {
    /// Track numbers with their delays in nanoseconds.
    pub(super) delays: Vec<(u64, u64)>,
    /// The segment says that it is longer than the file.
    pub(super) cut: bool,
}

/// Looks at a stream of `length` bytes; none for what is no Matroska. The stream is put back to its start.
pub(super) fn look(stream: &mut (impl Read + Seek), length: u64) -> Option<Matroska> {
    let found = stream.rewind().and_then(|()| heads(stream, length)).ok().flatten();
    // Where this fails, opening fails after it.
    let _ = stream.rewind();
    found
}

fn delay(entry: &[u8]) -> Option<(u64, u64)> {
    let value = |wanted| elements(entry).find(|(id, _)| *id == wanted).map(|(_, bytes)| unsigned(bytes));
    Some((value(TRACK_NUMBER)?, value(CODEC_DELAY)?))
}

fn heads(stream: &mut (impl Read + Seek), length: u64) -> io::Result<Option<Matroska>> {
    let mut found = Matroska::default();
    let mut at = 0u64;
    for _ in 0..MOST_ELEMENTS {
        stream.seek(SeekFrom::Start(at))?;
        let mut head = Vec::new();
        stream.by_ref().take(12).read_to_end(&mut head)?;
        let mut rest = head.as_slice();
        let (id, size) = (number(&mut rest, false), number(&mut rest, true));
        if at == 0 && id != Some(EBML) {
            return Ok(None);
        }
        let (Some(id), Some(size)) = (id, size) else { break };
        at = at.saturating_add(head.len().saturating_sub(rest.len()) as u64);
        match id {
            CLUSTER => break,
            // It holds everything else. All ones: its size is not known (RFC 8794, 6.2).
            SEGMENT => found.cut = size < UNKNOWN && at.saturating_add(size) > length,
            TRACKS if size <= LARGEST_TRACKS => {
                stream.seek(SeekFrom::Start(at))?;
                let mut bytes = Vec::new();
                stream.by_ref().take(size).read_to_end(&mut bytes)?;
                let entries = elements(&bytes).filter(|(id, _)| *id == TRACK_ENTRY);
                found.delays = entries.filter_map(|(_, entry)| delay(entry)).collect();
                break;
            }
            _ => at = at.saturating_add(size),
        }
    }
    Ok(Some(found))
}

fn elements(bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (id, size) = (number(&mut rest, false)?, number(&mut rest, true)?);
        let (content, after) = rest.split_at_checked(usize::try_from(size).ok()?)?;
        rest = after;
        Some((id, content))
    })
}

/// A number of one to eight bytes, whose leading zero bits tell how many (RFC 8794, 4); sizes come without the marker bit.
fn number(rest: &mut &[u8], without_marker: bool) -> Option<u64> {
    let first = *rest.first()?;
    let length = usize::try_from(first.leading_zeros()).ok()?.checked_add(1).filter(|length| *length <= 8)?;
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    let bits = u32::try_from(length).ok()?.checked_mul(7)?;
    let value = unsigned(bytes);
    Some(if without_marker { value & !1u64.checked_shl(bits)? } else { value })
}

fn unsigned(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |value, byte| (value << 8) | u64::from(*byte))
}
