//! Movie fragments (ISO/IEC 14496-12, 8.8): packets of files that were written as they were recorded or streamed.

use super::boxes::{find, inside, u32_at, u64_at};
use super::table::Sample;
use std::collections::VecDeque;

/// More packets a fragment are not believed: half a day at 21 ms.
const MOST: u32 = 1 << 21;

/// What `trex` says of a track's packets where the fragment does not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Defaults {
    length: u32,
    size: u32,
}

impl Defaults {
    /// Of track `id`, in the content of `moov`; none if the file has no fragments.
    pub(super) fn new(moov: &[u8], id: u32) -> Option<Self> {
        let mvex = find(moov, b"mvex")?;
        let trex = inside(mvex).find(|(kind, trex)| kind == b"trex" && u32_at(trex, 4) == Some(id));
        let read = |at: usize| trex.and_then(|(_, trex)| u32_at(trex, at)).unwrap_or(0);
        Some(Self { length: read(12), size: read(16) })
    }

    /// Appends the packets of track `id` in a fragment whose `moof` begins at `start`; `time` is where the last one ended.
    pub(super) fn samples(self, moof: &[u8], start: u64, id: u32, time: &mut u64, out: &mut VecDeque<Sample>) {
        for (_, traf) in inside(moof).filter(|(kind, _)| kind == b"traf") {
            let Some(tfhd) = find(traf, b"tfhd").filter(|tfhd| u32_at(tfhd, 4) == Some(id)) else { continue };
            let flags = u32_at(tfhd, 0).unwrap_or(0);
            let mut at = 8;
            let base = if flags & 1 == 0 { start } else { u64_at(tfhd, take(&mut at, 8)).unwrap_or(start) };
            if flags & 2 != 0 {
                take(&mut at, 4);
            }
            let mut or = |bit: u32, default: u32| {
                if flags & bit == 0 { default } else { u32_at(tfhd, take(&mut at, 4)).unwrap_or(default) }
            };
            let defaults = Self { length: or(8, self.length), size: or(0x10, self.size) };
            if let Some(tfdt) = find(traf, b"tfdt") {
                let wide = tfdt.first() == Some(&1);
                let found = if wide { u64_at(tfdt, 4) } else { u32_at(tfdt, 4).map(u64::from) };
                *time = found.unwrap_or(*time);
            }
            let mut offset = base;
            for (_, trun) in inside(traf).filter(|(kind, _)| kind == b"trun") {
                defaults.run(trun, base, &mut offset, time, out);
            }
        }
    }

    /// The packets of one `trun` (8.8.8).
    fn run(self, trun: &[u8], base: u64, offset: &mut u64, time: &mut u64, out: &mut VecDeque<Sample>) {
        let flags = u32_at(trun, 0).unwrap_or(0);
        let count = u32_at(trun, 4).unwrap_or(0).min(MOST);
        let mut at = 8;
        if flags & 1 != 0 {
            let by = u32_at(trun, take(&mut at, 4)).unwrap_or(0).cast_signed();
            *offset = base.saturating_add_signed(by.into());
        }
        if flags & 4 != 0 {
            take(&mut at, 4);
        }
        for _ in 0..count {
            let mut or = |bit: u32, default: u32| {
                if flags & bit == 0 { Some(default) } else { u32_at(trun, take(&mut at, 4)) }
            };
            let (Some(length), Some(size)) = (or(0x100, self.length), or(0x200, self.size)) else { return };
            let _ = (or(0x400, 0), or(0x800, 0));
            out.push_back(Sample { offset: *offset, size, time: *time, length });
            *offset = offset.saturating_add(size.into());
            *time = time.saturating_add(length.into());
        }
    }
}

/// Moves `at` on; gives where it was.
fn take(at: &mut usize, by: usize) -> usize {
    let was = *at;
    *at = at.saturating_add(by);
    was
}
