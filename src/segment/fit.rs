//! When cues stand: from the first word to the last, moved as little as possible where that leaves too little time.
//!
//! A cue needs some time to be read. Where speech leaves less (a passage of Latin words in a Chinese talk has more
//! characters than syllables), its neighbours lend it: all starts are moved together so that every cue has its time and
//! the sum of squares of the moves is least (isotonic regression by pooling adjacent violators, exact and linear). No cue
//! is too fast or too brief if the stretch as a whole has the time. Starts that were given, not estimated, stay.

use super::cost::COMFORT_MIN_MS;
use super::limits::Limits;
use std::ops::Range;

/// What a cue asks for, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// Its first word begins.
    pub(super) start: i64,
    /// Its last word ends.
    pub(super) end: i64,
    /// How long it must stand.
    pub(super) needs: i64,
    /// Its start is known, not estimated.
    pub(super) fixed: bool,
}

/// Starts and ends for `asks` within `extent`: in order, apart by the gap, ends after starts.
pub(super) fn fit(asks: &[Ask], extent: Range<i64>, limits: &Limits) -> Vec<Range<i64>> {
    let mut starts = Vec::with_capacity(asks.len());
    let mut floor = extent.start;
    let mut rest = asks;
    // Between two fixed starts is a stretch of its own.
    while !rest.is_empty() {
        let length = rest.iter().skip(1).position(|ask| ask.fixed).map_or(rest.len(), |i| i.saturating_add(1));
        let (stretch, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let stop = after.first().map_or(extent.end, |ask| ask.start.saturating_sub(limits.gap_ms).min(extent.end));
        let first_fixed = stretch.first().is_some_and(|ask| ask.fixed);
        let from = stretch.first().filter(|_| first_fixed).map_or(floor, |ask| ask.start.max(floor).min(extent.end));
        starts.extend(spread(stretch, from..stop.max(from), first_fixed, limits));
        floor = stop.saturating_add(limits.gap_ms).max(from).min(extent.end);
        rest = after;
    }
    (0..asks.len()).filter_map(|i| Some(range(asks.get(i)?, i, &starts, extent.end, limits))).collect()
}

/// Starts of a stretch in which everything may move (but its first, if it is fixed).
fn spread(asks: &[Ask], room: Range<i64>, first_fixed: bool, limits: &Limits) -> Vec<i64> {
    // More cues than the time has room for even the gaps between them: smaller gaps.
    let time = room.end.saturating_sub(room.start).max(0);
    let between = count(asks.len().saturating_sub(1));
    let gap = limits.gap_ms.min(time.checked_div(between).unwrap_or(limits.gap_ms));
    let wanted = asks.iter().fold(0i64, |sum, ask| sum.saturating_add(ask.needs));
    let has = time.saturating_sub(gap.saturating_mul(between));
    // If the whole stretch has too little time, everyone gets the same share of what it needs.
    let share = |ms: i64| {
        if wanted <= has { ms } else { scaled(ms, has, wanted) }
    };
    let mut taken = 0i64;
    let mut pools: Vec<Pool> = Vec::new();
    for ask in asks {
        let latest = ask.end.saturating_add(limits.linger_ms).saturating_sub(ask.needs);
        let target = ask.start.min(latest).saturating_sub(taken);
        pools.push(Pool { sum: target.into(), count: 1 });
        pool(&mut pools);
        taken = taken.saturating_add(share(ask.needs)).saturating_add(gap);
    }
    let last = taken.saturating_sub(gap);
    let highest = room.end.saturating_sub(last).max(room.start);
    let mut bases = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
    let mut taken = 0i64;
    let mut starts = Vec::with_capacity(asks.len());
    for ask in asks {
        let base = bases.next().unwrap_or(room.start).clamp(room.start, highest);
        let base = if starts.is_empty() && first_fixed { room.start } else { base };
        starts.push(base.saturating_add(taken));
        taken = taken.saturating_add(share(ask.needs)).saturating_add(gap);
    }
    starts
}

/// Neighbours that move together.
struct Pool {
    sum: i128,
    count: usize,
}

impl Pool {
    fn mean(&self) -> i64 {
        let count = i128::try_from(self.count).unwrap_or(1).max(1);
        i64::try_from(self.sum.div_euclid(count)).unwrap_or_default()
    }
}

/// Joins the last pools while they are out of order.
fn pool(pools: &mut Vec<Pool>) {
    while let [.., a, b] = pools.as_slice() {
        if a.mean() <= b.mean() {
            return;
        }
        let joined = Pool { sum: a.sum.saturating_add(b.sum), count: a.count.saturating_add(b.count) };
        pools.truncate(pools.len().saturating_sub(2));
        pools.push(joined);
    }
}

/// From its start to the end of its last word, or longer: as its text needs, and over a gap too short to be seen.
fn range(ask: &Ask, i: usize, starts: &[i64], extent_end: i64, limits: &Limits) -> Range<i64> {
    let start = starts.get(i).copied().unwrap_or(ask.start);
    let next = starts.get(i.saturating_add(1));
    let stop = next.map_or(extent_end, |next| next.saturating_sub(limits.gap_ms));
    let longest = start.saturating_add(limits.max_ms.max(ask.end.saturating_sub(ask.start)));
    // A brief cue stays for the eye to find it, as long as a cue may outlast its words.
    let comfort = start.saturating_add(COMFORT_MIN_MS).min(ask.end.saturating_add(limits.linger_ms));
    let mut end = ask.end.max(start.saturating_add(ask.needs)).max(comfort);
    if next.is_some_and(|next| next.saturating_sub(end) < limits.chain_below_ms) {
        end = stop;
    }
    start..end.min(stop).min(longest).max(start)
}

fn scaled(ms: i64, has: i64, wanted: i64) -> i64 {
    let product = i128::from(ms).saturating_mul(i128::from(has));
    i64::try_from(product.checked_div(i128::from(wanted)).unwrap_or(0)).unwrap_or_default()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
