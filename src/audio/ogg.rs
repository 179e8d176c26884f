//! Whether an Ogg file is whole: the demuxer opens only those that are, if it may look at the end.

use std::io::{self, Read, Seek, SeekFrom};

/// Largest page (RFC 3533, 6): 27 bytes, 255 of the segment table, 255 × 255 of data.
const LARGEST_PAGE: u64 = 27 + 255 + 255 * 255;

/// The last page of the stream of `length` bytes does not end where the stream does; `false` for what is no Ogg. The stream is
/// put back to its start.
pub(super) fn is_cut(stream: &mut (impl Read + Seek), length: u64) -> bool {
    let whole = looks_whole(stream, length);
    // Where this fails, opening fails after it.
    let _ = stream.rewind();
    whole.is_ok_and(|whole| !whole)
}

fn looks_whole(stream: &mut (impl Read + Seek), length: u64) -> io::Result<bool> {
    let mut mark = [0; 4];
    stream.rewind()?;
    stream.read_exact(&mut mark)?;
    if &mark != b"OggS" {
        return Ok(true);
    }
    stream.seek(SeekFrom::Start(length.saturating_sub(LARGEST_PAGE)))?;
    let mut end = Vec::new();
    stream.by_ref().take(LARGEST_PAGE).read_to_end(&mut end)?;
    let last = memchr::memmem::rfind(&end, b"OggS").and_then(|at| end.get(at..));
    Ok(last.is_some_and(|page| page_length(page) == Some(page.len())))
}

fn page_length(page: &[u8]) -> Option<usize> {
    let segments = usize::from(*page.get(26)?);
    let table = page.get(27..27usize.checked_add(segments)?)?;
    let data: usize = table.iter().map(|size| usize::from(*size)).sum();
    27usize.checked_add(segments)?.checked_add(data)
}
