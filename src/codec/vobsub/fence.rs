//! The fence around subparse, which reads times of both files. It was made for good files: long digit runs and odd bytes make it
//! panic, one bad line or picture makes it refuse the whole file, and it takes the dates of pictures for hundredths of a
//! second. So it gets one line or one picture at a time, of bounded size, a panic is caught, and dates are put right by what
//! calls it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use subparse::{IdxFile, SubtitleFileInterface as _, VobFile};

/// Digits of a field: beyond these no field of a time is one.
const MOST_DIGITS: usize = 6;
/// Bytes of a picture in its packs: 65,535 of the picture itself (its length is 16 bits), in packs of 2,048 with headers.
pub(super) const MOST_BYTES: usize = 36 * 2048;

/// `00:00:01:101` in milliseconds.
pub(super) fn millis(time: &str) -> Option<i64> {
    let field = |digits: &str| (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if time.split(':').count() != 4 || !time.split(':').all(field) {
        return None;
    }
    let line = format!("timestamp: {time}, filepos: 0");
    let read = || {
        let entries = IdxFile::parse(&line).ok()?.get_subtitle_entries().ok()?;
        entries.first().map(|entry| entry.timespan.start.msecs())
    };
    catch_unwind(read).ok().flatten()
}

/// When a picture comes and goes, in hundredths of the clock that subparse believes in.
pub(super) struct Dates {
    /// Milliseconds from zero, with the time stamp of the picture.
    pub(super) start: i64,
    /// `None` if it does not say when it goes.
    pub(super) end: Option<i64>,
}

/// Takes the packs of one picture apart. `twice` is room for them, used again.
pub(super) fn dates(packs: &[u8], twice: &mut Vec<u8>) -> Option<Dates> {
    let packs = packs.get(..MOST_BYTES).unwrap_or(packs);
    // A picture without an end is ended just before the next one: where the next one is itself, that is before it begins.
    twice.clear();
    twice.extend_from_slice(packs);
    twice.extend_from_slice(packs);
    let read = || VobFile::parse(twice).ok()?.get_subtitle_entries().ok();
    let entries = catch_unwind(AssertUnwindSafe(read)).ok().flatten()?;
    let span = entries.first()?.timespan;
    let (start, end) = (span.start.msecs(), span.end.msecs());
    Some(Dates { start, end: (end > start).then_some(end) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_it_panic_or_is_no_time_is_kept_away() {
        assert_eq!(millis("01:02:03:004"), Some(3_723_004));
        for bad in ["", "1:2:3", "1:2:3:4:5", "99999999999999999999:0:0:0", "-1:0:0:0", "1:2:3:4,", "１:0:0:0"] {
            assert_eq!(millis(bad), None, "{bad}");
        }
        assert!(dates(b"\0\0\x01\xBA", &mut Vec::new()).is_none());
    }
}
