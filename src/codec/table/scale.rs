//! What the numbers of a table count.

use super::cell::Cell;
use super::layout::Columns;
use crate::codec::plain::frame_start;
use crate::diag::codes::{parse, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::parse::columns::Unit;
use crate::time::{FrameRate, Time, TimeDelta};

/// Whole numbers count milliseconds if cues would otherwise last so many seconds on average: recognisers write milliseconds, and
/// nobody reads one text for a minute and a half.
const LONG: i64 = 100;

/// Rates that are taken where none is known: the first that has the frame numbers of the file. Where numbers are dropped it is
/// the one of the NTSC family.
const RATES: [u32; 4] = [25, 30, 50, 60];
/// One frame number of so many may be a slip.
const SLIPS: u64 = 50;

/// The times of a row: its start, and its end or its length.
pub(super) struct Times {
    pub(super) start: Cell,
    pub(super) stop: Option<Cell>,
}

/// How times are understood.
pub(super) struct Scale {
    /// What numbers count: starts, and ends or lengths.
    units: [Unit; 2],
    /// The second is a length.
    lengths: bool,
    /// Frames a second, if the table counts frames.
    pub(super) rate: Option<FrameRate>,
}

impl Scale {
    /// By what the names say, else by the numbers.
    pub(super) fn of(times: &[Times], columns: &Columns, asked: Option<FrameRate>, report: &mut Report) -> Self {
        let lengths = columns.end.is_none() && columns.duration.is_some();
        let [start, end, duration] = columns.units;
        let said = [start, if lengths { duration } else { end }];
        let usual = if said == [None, None] && in_millis(times, lengths) {
            report.push(Diagnostic::new(text::TABLE_MILLIS, Location::FILE));
            Unit::Millis
        } else {
            Unit::Seconds
        };
        // One name says it for both.
        let units = said.map(|unit| unit.or(start).unwrap_or(usual));
        Self { units, lengths, rate: rate(times, units, asked, report) }
    }

    /// Start, and end if there is one; `None` if a time code is none at this rate.
    pub(super) fn range(&self, Times { start, stop }: &Times) -> Option<(Time, Option<Time>)> {
        let [starts, stops] = self.units;
        let start = Time::ZERO + self.delta(*start, starts)?;
        let Some(stop) = *stop else { return Some((start, None)) };
        let stop = self.delta(stop, stops)?;
        Some((start, Some(if self.lengths { start + stop } else { Time::ZERO + stop })))
    }

    fn delta(&self, cell: Cell, unit: Unit) -> Option<TimeDelta> {
        let delta = match (cell, unit) {
            (Cell::Clock(flicks), _) | (Cell::Number(flicks), Unit::Seconds | Unit::Frames) => {
                TimeDelta::from_flicks(flicks)
            }
            (Cell::Number(flicks), Unit::Millis) => TimeDelta::from_flicks(flicks.checked_div(1000)?),
            (Cell::Whole(count), Unit::Seconds) => TimeDelta::from_seconds(count),
            (Cell::Whole(count), Unit::Millis) => TimeDelta::from_millis(count),
            (Cell::Whole(count), Unit::Frames) => frame_start(u64::try_from(count).ok()?, self.rate?) - Time::ZERO,
            (Cell::Code(code), _) => code.offset(self.rate?)?,
        };
        Some(delta)
    }

    /// Frames, or thousandths: nobody writes coarser ones on purpose.
    pub(super) fn resolution(&self) -> TimeDelta {
        self.rate.map_or(TimeDelta::from_millis(1), |rate| rate.frames(1))
    }
}

/// Every number is whole, and as seconds they would be too long.
fn in_millis(times: &[Times], lengths: bool) -> bool {
    let whole = |cell: &Cell| match cell {
        Cell::Whole(count) => Some(*count),
        Cell::Clock(_) | Cell::Number(_) | Cell::Code(_) => None,
    };
    let (mut sum, mut count, mut before) = (0i128, 0i128, None::<i64>);
    for Times { start, stop } in times {
        let (Some(start), stop) = (whole(start), stop.as_ref().map(whole)) else { return false };
        let length = match stop {
            Some(None) => return false,
            Some(Some(stop)) if lengths => Some(stop),
            Some(Some(stop)) => Some(stop.saturating_sub(start)),
            None => before.map(|before| start.saturating_sub(before)),
        };
        before = Some(start);
        if let Some(length) = length {
            sum = sum.saturating_add(length.into());
            count = count.saturating_add(1);
        }
    }
    count > 0 && sum >= count.saturating_mul(LONG.into())
}

/// The frame rate, if anything counts frames: the one asked for, else the lowest usual one, which is reported.
fn rate(times: &[Times], units: [Unit; 2], asked: Option<FrameRate>, report: &mut Report) -> Option<FrameRate> {
    let cells = times.iter().flat_map(|times| [Some(times.start), times.stop]).flatten();
    let codes = cells.filter_map(|cell| if let Cell::Code(code) = cell { Some(code) } else { None });
    let (mut count, mut drop, mut beyond) = (0u64, false, [0u64; RATES.len()]);
    for code in codes {
        (count, drop) = (count.saturating_add(1), drop | code.drop);
        for (beyond, num) in beyond.iter_mut().zip(RATES) {
            *beyond = beyond.saturating_add(u64::from(code.frames >= num));
        }
    }
    if (count == 0 && !units.contains(&Unit::Frames)) || asked.is_some() {
        return asked.filter(|_| count > 0 || units.contains(&Unit::Frames));
    }
    let fits = beyond.iter().position(|beyond| beyond.saturating_mul(SLIPS) <= count).unwrap_or(RATES.len());
    let nominal = RATES.get(fits).or(RATES.last()).copied()?;
    let rate = match (drop, nominal) {
        (false, nominal) => FrameRate::new(nominal, 1),
        (true, 0..=30) => FrameRate::new(30_000, 1001),
        (true, _) => FrameRate::new(60_000, 1001),
    };
    if let Some(rate) = rate {
        report.push(Diagnostic::new(parse::FRAME_RATE_ASSUMED, Location::FILE).with("rate", rate.to_string()));
    }
    rate
}
