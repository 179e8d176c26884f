//! `CodecDelay` of Matroska and WebM tracks (RFC 9559, 5.1.4.1.27), exactly: the demuxer rounds it to a tick of the file.

use std::io::{self, Read, Seek, SeekFrom};

// RFC 9559, 5.1; RFC 8794, 11.2.1.
const EBML: u64 = 0x1A45_DFA3;
const SEGMENT: u64 = 0x1853_8067;
const TRACKS: u64 = 0x1654_AE6B;
const CLUSTER: u64 = 0x1F43_B675;
const TRACK_ENTRY: u64 = 0xAE;
const TRACK_NUMBER: u64 = 0xD7;
const CODEC_DELAY: u64 = 0x56AA;

/// Elements looked at before the tracks; usually two or three stand there.
const MOST_ELEMENTS: usize = 64;

/// The description of tracks is small; some codecs' headers take kilobytes.
const LARGEST_TRACKS: u64 = 1 << 20;

/// The track numbers with their delays in nanoseconds; none for what is no Matroska, or has its tracks behind the sound. The
/// stream is put back to its start.
pub(super) fn delays(stream: &mut (impl Read + Seek)) -> Vec<(u64, u64)> {
    let tracks = stream.rewind().and_then(|()| tracks(stream)).unwrap_or_default();
    // Where this fails, opening fails after it.
    let _ = stream.rewind();
    elements(&tracks).filter(|(id, _)| *id == TRACK_ENTRY).filter_map(|(_, entry)| delay(entry)).collect()
}

fn delay(entry: &[u8]) -> Option<(u64, u64)> {
    let value = |wanted| elements(entry).find(|(id, _)| *id == wanted).map(|(_, bytes)| unsigned(bytes));
    Some((value(TRACK_NUMBER)?, value(CODEC_DELAY)?))
}

fn tracks(stream: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut at = 0u64;
    for _ in 0..MOST_ELEMENTS {
        stream.seek(SeekFrom::Start(at))?;
        let mut head = Vec::new();
        stream.by_ref().take(12).read_to_end(&mut head)?;
        let mut rest = head.as_slice();
        let (Some(id), Some(size)) = (number(&mut rest, false), number(&mut rest, true)) else { break };
        if at == 0 && id != EBML || id == CLUSTER {
            break;
        }
        at = at.saturating_add(head.len().saturating_sub(rest.len()) as u64);
        if id == TRACKS && size <= LARGEST_TRACKS {
            stream.seek(SeekFrom::Start(at))?;
            let mut bytes = Vec::new();
            stream.by_ref().take(size).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        // The segment holds everything else.
        if id != SEGMENT {
            at = at.saturating_add(size);
        }
    }
    Ok(Vec::new())
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
