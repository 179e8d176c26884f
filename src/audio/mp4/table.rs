//! Where the packets of a track are and when (ISO/IEC 14496-12, 8.6.1.2, 8.7): the tables of `stbl`, read as they are needed.

use super::boxes::{find, u32_at, u64_at};

/// A packet in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Its first byte.
    pub(super) offset: u64,
    /// Its bytes.
    pub(super) size: u32,
    /// When, in units of the track.
    pub(super) time: u64,
    /// How long, in units of the track.
    pub(super) length: u32,
}

/// The tables as they stand in the file, without their heads.
#[derive(Debug, Default)]
pub(super) struct Table {
    stts: Vec<u8>,
    stsc: Vec<u8>,
    sizes: Vec<u8>,
    /// All packets have this size, if it is not 0.
    size: u32,
    count: u32,
    chunks: Vec<u8>,
    wide: bool,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    sample: u32,
    time: u64,
    /// Row of `stts`, and packets of it that are read.
    times: usize,
    timed: u32,
    /// Row of `stsc`.
    run: usize,
    /// The chunk, counted from 0, its packets that are read, and their bytes.
    chunk: u32,
    in_chunk: u32,
    bytes: u64,
}

impl Table {
    /// From the content of `stbl`; none if a table is missing.
    pub(super) fn new(stbl: &[u8]) -> Option<Self> {
        let body = |bytes: &[u8], head: usize| bytes.get(head..).map(<[u8]>::to_vec);
        let stsz = find(stbl, b"stsz")?;
        let (chunks, wide) = match find(stbl, b"stco") {
            Some(stco) => (stco, false),
            None => (find(stbl, b"co64")?, true),
        };
        Some(Self {
            stts: body(find(stbl, b"stts")?, 8)?,
            stsc: body(find(stbl, b"stsc")?, 8)?,
            size: u32_at(stsz, 4)?,
            count: u32_at(stsz, 8)?,
            sizes: body(stsz, 12)?,
            chunks: body(chunks, 8)?,
            wide,
        })
    }

    /// Packets are single samples of PCM: all of one size, each a unit long.
    pub(super) fn is_pcm(&self) -> bool {
        self.size > 0 && self.size <= 64 && u32_at(&self.stts, 4) == Some(1)
    }

    /// The next packet.
    pub(super) fn next(&self, cursor: &mut Cursor) -> Option<Sample> {
        if cursor.sample >= self.count {
            return None;
        }
        let size = match self.size {
            0 => u32_at(&self.sizes, usize::try_from(cursor.sample).ok()?.checked_mul(4)?)?,
            size => size,
        };
        let length = self.length(cursor)?;
        let offset = self.chunk(cursor)?.checked_add(cursor.bytes)?;
        let sample = Sample { offset, size, time: cursor.time, length };
        cursor.sample = cursor.sample.saturating_add(1);
        cursor.time = cursor.time.saturating_add(length.into());
        cursor.timed = cursor.timed.saturating_add(1);
        cursor.in_chunk = cursor.in_chunk.saturating_add(1);
        cursor.bytes = cursor.bytes.saturating_add(size.into());
        Some(sample)
    }

    /// The length of the next packet, by `stts`.
    fn length(&self, cursor: &mut Cursor) -> Option<u32> {
        loop {
            let at = cursor.times.checked_mul(8)?;
            if cursor.timed < u32_at(&self.stts, at)? {
                return u32_at(&self.stts, at.checked_add(4)?);
            }
            cursor.times = cursor.times.checked_add(1)?;
            cursor.timed = 0;
        }
    }

    /// Where the chunk of the next packet begins, by `stsc` and `stco`.
    fn chunk(&self, cursor: &mut Cursor) -> Option<u64> {
        loop {
            let row = |run: usize, at: usize| u32_at(&self.stsc, run.checked_mul(12)?.checked_add(at)?);
            let per_chunk = row(cursor.run, 4)?;
            // Chunks are counted from 1 in the file.
            let next_run = cursor.run.checked_add(1)?;
            if row(next_run, 0).is_some_and(|first| cursor.chunk.saturating_add(1) >= first) {
                cursor.run = next_run;
                continue;
            }
            if cursor.in_chunk < per_chunk {
                break;
            }
            cursor.chunk = cursor.chunk.checked_add(1)?;
            (cursor.in_chunk, cursor.bytes) = (0, 0);
            // Chunks that hold nothing are passed one by one: there must be an end to them.
            self.offset(cursor.chunk)?;
        }
        self.offset(cursor.chunk)
    }

    fn offset(&self, chunk: u32) -> Option<u64> {
        let chunk = usize::try_from(chunk).ok()?;
        if self.wide {
            u64_at(&self.chunks, chunk.checked_mul(8)?)
        } else {
            u32_at(&self.chunks, chunk.checked_mul(4)?).map(u64::from)
        }
    }
}
