//! When an element is active: begin, duration and end within a parallel or sequential container (TTML2 §12.2, §12.4).

use crate::time::{Time, TimeDelta};

/// The times that an element specifies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Specified {
    pub(super) begin: Option<TimeDelta>,
    pub(super) dur: Option<TimeDelta>,
    pub(super) end: Option<TimeDelta>,
    /// Its children follow each other.
    pub(super) seq: bool,
}

impl Specified {
    /// It says something about time.
    pub(super) fn is_timed(&self) -> bool {
        self.begin.is_some() || self.dur.is_some() || self.end.is_some()
    }
}

/// When an element is active, and what its children need to know.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing {
    pub(super) begin: Time,
    /// Its own end, if it says one.
    own_end: Option<Time>,
    /// When it is over at the latest: its own end or that of what is around it.
    pub(super) end: Option<Time>,
    /// It is never active: what comes before it in its sequence does not end, or the element around it is over.
    pub(super) never: bool,
    seq: bool,
    /// Where the next child of a sequence begins; `None` after one that does not end.
    cursor: Option<Time>,
    /// The end of its children so far.
    reach: Time,
    /// A child, or text, has no end.
    pub(super) endless: bool,
}

impl Timing {
    /// The document: from zero, without end.
    pub(super) fn document() -> Self {
        Self { cursor: Some(Time::ZERO), ..Self::default() }
    }

    /// A child that begins.
    pub(super) fn enter(&self, specified: Specified) -> Self {
        let base = if self.seq { self.cursor } else { Some(self.begin) };
        let begin = base.unwrap_or(self.begin) + specified.begin.unwrap_or_default();
        let by_end = specified.end.map(|end| base.unwrap_or(self.begin) + end);
        let by_dur = specified.dur.map(|dur| begin + dur);
        let own_end = by_end.into_iter().chain(by_dur).min();
        let over = self.end.is_some_and(|end| end <= begin) && own_end != Some(begin);
        Self {
            begin,
            own_end,
            end: own_end.into_iter().chain(self.end).min(),
            never: self.never || base.is_none() || over,
            seq: specified.seq,
            cursor: Some(begin),
            reach: begin,
            endless: false,
        }
    }

    /// Text without times of its own: it has no end, but in a sequence it takes no time.
    pub(super) fn text(&mut self) {
        self.endless |= !self.seq;
    }

    /// A sequence in which nothing takes time.
    pub(super) fn is_empty_sequence(&self) -> bool {
        self.seq && self.own_end.is_none() && !self.endless && self.reach == self.begin
    }

    /// A child that ended.
    pub(super) fn leave(&mut self, child: &Self) {
        let end = child.own_end.or((!child.endless).then_some(child.reach));
        self.cursor = end;
        self.reach = self.reach.max(end.unwrap_or(self.reach));
        self.endless |= end.is_none();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specified(begin: i64, dur: i64) -> Specified {
        let delta = |n: i64| (n >= 0).then(|| TimeDelta::from_seconds(n));
        Specified { begin: delta(begin), dur: delta(dur), ..Specified::default() }
    }

    #[test]
    fn siblings_follow_each_other_in_a_sequence() {
        let mut seq = Timing::document().enter(Specified { seq: true, ..specified(10, -1) });
        let first = seq.enter(specified(1, 2));
        seq.leave(&first);
        let mut second = seq.enter(specified(1, -1));
        assert_eq!((second.begin, second.end), (Time::from_seconds(14), None));
        second.endless = true;
        seq.leave(&second);
        assert!(seq.enter(specified(-1, -1)).never);
    }

    #[test]
    fn an_end_around_cuts() {
        let outer = Timing::document().enter(specified(2, 3));
        let inner = outer.enter(specified(1, 10));
        assert_eq!((inner.begin, inner.end), (Time::from_seconds(3), Some(Time::from_seconds(5))));
        assert!(outer.enter(specified(3, 1)).never);
    }
}
