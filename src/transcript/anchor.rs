//! Which of the times in the text can be relied on.

use super::hint::Hint;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::model::{Anchor, Runtime};
use crate::time::Time;

/// A time and the place in the speech it stands at.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) part: u32,
    pub(super) at: u32,
    pub(super) hint: Hint,
}

/// The most times that grow with their places; the rest contradicts them and is reported. Times equal to the one
/// before say nothing new and go without a word.
pub(super) fn choose(candidates: Vec<Candidate>, runtime: Option<&Runtime>, report: &mut Report) -> Vec<Anchor> {
    let end = runtime.map(|runtime| Time::ZERO + runtime.length);
    let (within, after): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|candidate| end.is_none_or(|end| candidate.hint.time <= end));
    for (late, runtime) in after.iter().zip(std::iter::repeat(runtime)) {
        let length = runtime.map_or(String::new(), |runtime| runtime.length.to_string());
        report.push(dropped(codes::transcript::HINT_AFTER_END, late).with("length", length));
    }
    let kept = longest_growing(&within);
    let mut anchors: Vec<Anchor> = Vec::with_capacity(kept.len());
    let mut kept = kept.into_iter().peekable();
    for (index, candidate) in within.iter().enumerate() {
        if kept.next_if_eq(&index).is_some() {
            anchors.push(Anchor { part: candidate.part, at: candidate.at, time: candidate.hint.time });
        } else if anchors.last().is_none_or(|last| last.time != candidate.hint.time) {
            report.push(dropped(codes::transcript::HINT_BACKWARD, candidate));
        }
    }
    anchors
}

fn dropped(code: crate::diag::Code, candidate: &Candidate) -> Diagnostic {
    Diagnostic::new(code, Location::span(candidate.hint.range.clone())).with("at", candidate.hint.time)
}

/// Indices of a longest strictly growing subsequence (patience sorting, O(n log n)); of several times at one place only
/// one.
fn longest_growing(candidates: &[Candidate]) -> Vec<usize> {
    // The last index of the best subsequence of each length, and for each index the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let time = |index: &usize| candidates.get(*index).map(|candidate| candidate.hint.time);
    let place = |index: usize| candidates.get(index).map(|candidate| (candidate.part, candidate.at));
    for (index, candidate) in candidates.iter().enumerate() {
        let length = ends.partition_point(|end| time(end) < Some(candidate.hint.time));
        let previous = length.checked_sub(1).and_then(|at| ends.get(at)).copied();
        before.push(previous);
        if previous.is_some_and(|previous| place(previous) == place(index)) {
            continue;
        }
        match ends.get_mut(length) {
            // Of equal times the first place stays.
            Some(end) if time(end) == Some(candidate.hint.time) => {}
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        chain.push(index);
        next = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidates(seconds: &[i64]) -> Vec<Candidate> {
        let hint = |s: i64| Hint { range: 0..1, time: Time::from_seconds(s), bracketed: true, full: false };
        seconds.iter().zip(0..).map(|(s, part)| Candidate { part, at: 0, hint: hint(*s) }).collect()
    }

    #[test]
    fn a_time_out_of_order_is_dropped_and_said() {
        let mut report = Report::default();
        let anchors = choose(candidates(&[0, 10, 300, 20, 20, 30]), None, &mut report);
        let seconds: Vec<_> = anchors.iter().map(|a| a.time.as_seconds_f64()).collect();
        assert_eq!(seconds, [0.0, 10.0, 20.0, 30.0]);
        assert_eq!(report.count(codes::transcript::HINT_BACKWARD), 1);
        let runtime = Runtime { length: crate::time::TimeDelta::from_seconds(25), text: String::new() };
        assert_eq!(choose(candidates(&[0, 10, 30]), Some(&runtime), &mut report).len(), 2);
        assert_eq!(report.count(codes::transcript::HINT_AFTER_END), 1);
    }

    proptest! {
        #[test]
        fn anchors_grow(seconds in prop::collection::vec(0i64..50, 0..40)) {
            let anchors = choose(candidates(&seconds), None, &mut Report::default());
            prop_assert!(anchors.windows(2).all(|w| w[0].time < w[1].time && w[0].part < w[1].part));
        }
    }
}
