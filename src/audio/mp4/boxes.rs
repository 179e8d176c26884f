//! Boxes (ISO/IEC 14496-12, 4.2): in the stream, and in bytes that were read.

use std::io::{self, Read, Seek, SeekFrom};

/// Boxes larger than this are not read into memory: the largest, the sizes of a day of packets, have 16 MB.
const LARGEST: u64 = 64 << 20;

/// A box in the stream: what kind, and where its content is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) kind: [u8; 4],
    /// Where the box itself begins.
    pub(super) start: u64,
    /// Where its content begins.
    pub(super) content: u64,
    /// Where it ends.
    pub(super) end: u64,
}

/// The box at `at`, in a stream of `length` bytes; none where no whole header is left.
pub(super) fn at(stream: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Option<Place>> {
    if length.saturating_sub(at) < 8 {
        return Ok(None);
    }
    stream.seek(SeekFrom::Start(at))?;
    let mut head = [0; 16];
    let wide = length.saturating_sub(at) >= 16;
    stream.read_exact(head.get_mut(..if wide { 16 } else { 8 }).unwrap_or_default())?;
    let Some(found) = parse(&head, length.saturating_sub(at)) else { return Ok(None) };
    let (kind, header, size) = found;
    let add = |n: u64| at.saturating_add(n);
    Ok(Some(Place { kind, start: at, content: add(header), end: add(size).min(length) }))
}

/// Kind, bytes of the header, bytes of the whole box; 0 means to the end.
fn parse(head: &[u8; 16], left: u64) -> Option<([u8; 4], u64, u64)> {
    let size = u64::from(u32_at(head, 0)?);
    let kind = *head.get(4..8)?.first_chunk()?;
    let (header, size) = match size {
        0 => (8, left),
        1 => (16, u64_at(head, 8)?),
        size => (8, size),
    };
    (size >= header).then_some((kind, header, size))
}

/// The content of a box.
pub(super) fn read(stream: &mut (impl Read + Seek), place: &Place) -> io::Result<Vec<u8>> {
    let length = place.end.saturating_sub(place.content);
    if length > LARGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a box of over 64 MiB"));
    }
    stream.seek(SeekFrom::Start(place.content))?;
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The boxes in `bytes`, in order; ends where they make no sense.
pub(super) fn inside(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let mut head = [0; 16];
        let known = rest.len().min(16);
        head.get_mut(..known)?.copy_from_slice(rest.get(..known)?);
        if known < 8 {
            return None;
        }
        let (kind, header, size) = parse(&head, rest.len() as u64)?;
        let size = usize::try_from(size).ok()?.min(rest.len());
        let content = rest.get(usize::try_from(header).ok()?..size)?;
        rest = rest.get(size..)?;
        Some((kind, content))
    })
}

/// The first box of a kind in `bytes`.
pub(super) fn find<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    inside(bytes).find(|(found, _)| found == kind).map(|(_, content)| content)
}

/// The first box at the end of a path of kinds.
pub(super) fn path<'a>(bytes: &'a [u8], kinds: &[&[u8; 4]]) -> Option<&'a [u8]> {
    kinds.iter().try_fold(bytes, |bytes, kind| find(bytes, kind))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|eight| u64::from_be_bytes(*eight))
}
