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
        let target = ask.start.saturating_sub(taken);
        pools.push(Pool { sum: target.into(), count: 1 });
        pool(&mut pools);
        taken = taken.saturating_add(share(ask.needs)).saturating_add(gap);
    }
    let last = taken.saturating_sub(gap);
    let highest = room.end.saturating_sub(last).max(room.start);
    let mut bases = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
    let mut taken = 0i64;
    let mut starts = Vec::with_capacity(asks.len());
    let mut free = room.start;
    for ask in asks {
        let needs = share(ask.needs);
        let start = bases.next().unwrap_or(room.start).clamp(room.start, highest).saturating_add(taken);
        // It may not outlast its words by more than it may linger, if it can begin earlier instead.
        let latest = ask.end.saturating_add(limits.linger_ms).saturating_sub(needs);
        let fixed = first_fixed && starts.is_empty();
        let start = if fixed { room.start } else { start.min(latest.max(free)) };
        starts.push(start);
        free = start.saturating_add(needs).saturating_add(gap);
        taken = taken.saturating_add(needs).saturating_add(gap);
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

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use crate::profile::{Length, Profile, Setting};
    use crate::time::TimeDelta;

    fn limits() -> Limits {
        let mut profile = Profile::unlimited("test");
        let origin = profile.line_ruler.origin.clone();
        let ms = |ms| Some(Setting { value: Length::Time(TimeDelta::from_millis(ms)), origin: origin.clone() });
        profile.min_gap = ms(100);
        profile.chain_below = ms(500);
        profile.max_linger = ms(300);
        Limits::new(&profile, &Options::default())
    }

    fn ask(start: i64, end: i64, needs: i64) -> Ask {
        Ask { start, end, needs, fixed: false }
    }

    #[test]
    fn cues_that_have_time_stay_with_their_words() {
        let asks = [ask(1000, 3000, 1500), ask(3000, 5000, 1500), ask(6000, 8000, 1500)];
        assert_eq!(fit(&asks, 0..10_000, &limits()), [1000..2900, 3000..5000, 6000..8000]);
    }

    #[test]
    fn small_gaps_are_closed_and_brief_cues_linger() {
        let asks = [ask(0, 2000, 500), ask(2300, 2800, 500), ask(6000, 8000, 500)];
        assert_eq!(fit(&asks, 0..10_000, &limits()), [0..2200, 2300..3100, 6000..8000]);
    }

    #[test]
    fn neighbours_lend_time_and_share_the_move() {
        // The second needs 2 s and has 1: it begins earlier, the third later.
        let asks = [ask(2000, 4000, 1000), ask(4000, 5000, 2000), ask(5000, 7000, 1000)];
        let times = fit(&asks, 0..9000, &limits());
        assert!(times.iter().zip(&asks).all(|(t, a)| t.end - t.start >= a.needs), "{times:?}");
        assert!(times.windows(2).all(|w| w[1].start - w[0].end >= 100));
        assert_eq!(times[1].start, 3300);
        assert_eq!(times[2].start, 5550);
    }

    #[test]
    fn a_cue_begins_early_rather_than_outlast_its_words() {
        assert_eq!(fit(&[ask(2000, 2200, 900)], 0..9000, &limits()), std::iter::once(1600..2500).collect::<Vec<_>>());
    }

    #[test]
    fn a_start_that_was_given_stays() {
        let fixed = Ask { fixed: true, ..ask(4000, 5000, 2000) };
        let times = fit(&[ask(2000, 4000, 1000), fixed, ask(5000, 7000, 1000)], 0..9000, &limits());
        assert_eq!(times[1].start, 4000);
        assert_eq!(times[2].start, 6100);
    }

    #[test]
    fn too_little_time_is_shared_out() {
        let asks = [ask(0, 100, 1000), ask(100, 200, 3000)];
        assert_eq!(fit(&asks, 0..2100, &limits()), [0..500, 600..2100]);
        assert_eq!(fit(&asks, 0..0, &limits()), [0..0, 0..0]);
    }
}
