//! `retime`: other times for the captions of a file.

use super::{Captions, splice};
use crate::diag::Report;
use crate::edit::{Mark, Retime, Retimed, Warp};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// The bytes of a file whose captions are timed anew, and what was done. See [`splice`] for what of the file stays.
///
/// # Errors
/// Those of [`Retime::edits`] and [`splice`].
pub fn retime(captions: &mut Captions, retime: &Retime, report: &mut Report) -> Result<(Vec<u8>, Retimed)> {
    let retimed = retime.edits(&captions.track)?;
    if captions.format.splice.is_none() {
        retime.move_words(&mut captions.track);
    }
    let bytes = splice(captions, &retimed.edits, report)?;
    Ok((bytes, retimed))
}

/// The course through points that name cues or times: each becomes the time beside it.
///
/// # Errors
/// [`ErrorKind::Usage`] for a cue that is not there, and those of [`Warp::through`].
pub fn sync(captions: &Captions, points: &[(Mark, Time)]) -> Result<Warp> {
    let cues = &captions.track.cues;
    let place = |mark: Mark| match mark {
        Mark::Time(time) => Ok(time),
        Mark::Cue(number) => number
            .checked_sub(1)
            .and_then(|index| cues.get(index as usize))
            .map(|cue| cue.range.start)
            .ok_or_else(|| no_cue(number, cues.len())),
    };
    let points = points.iter().map(|(mark, to)| Ok((place(*mark)?, *to))).collect::<Result<_>>()?;
    Warp::through(points)
}

fn no_cue(number: u32, count: usize) -> Error {
    Error::new(ErrorKind::Usage, format!("there is no cue {number}: the file has {count}"))
        .with_remedy("cues are counted from 1, in the order of the file")
        .with_chinese(format!("没有第 {number} 条字幕：文件共有 {count} 条"))
        .with_chinese_remedy("字幕按文件中的顺序从 1 数起")
}
