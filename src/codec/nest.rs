//! Marks may overlap, tags must nest: cuts pieces so that they do.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// What a piece of text is wrapped in.
pub(in crate::codec) trait Wrap {
    /// It is written once, at the end of its text: it must not be cut in two.
    fn is_solid(&self) -> bool;
    /// It only marks the place where it begins.
    fn is_point(&self) -> bool;
}

/// A stretch of text and what it is wrapped in.
pub(in crate::codec) struct Piece<T> {
    pub(in crate::codec) range: Range<u32>,
    pub(in crate::codec) wrap: T,
}

/// What is written next.
pub(in crate::codec) enum Event<'a, T> {
    Text(Range<u32>),
    /// `again`: a piece that was cut goes on.
    Open {
        wrap: &'a T,
        again: bool,
    },
    /// `depth` elements are open around it; `last`: nothing follows.
    Close {
        wrap: &'a T,
        depth: usize,
        last: bool,
    },
    /// A solid piece ends here that crosses another one and so was not opened.
    Crossed(&'a T),
    /// It would have been nested too deep.
    TooDeep(&'a T),
}

/// Walks over a text of `length` bytes whose pieces stand in order, and tells `event` what to write so that everything
/// nests. At most `max_depth` pieces are open at once, which also bounds the work. Returns whether a piece was cut.
pub(in crate::codec) fn walk<T: Wrap>(
    pieces: &[Piece<T>],
    length: u32,
    max_depth: usize,
    event: &mut impl FnMut(Event<'_, T>),
) -> bool {
    // Nearly always there is one piece, and nothing that it could cross.
    if let [Piece { range, wrap }] = pieces
        && range.end <= length
        && max_depth > 0
        && !wrap.is_point()
    {
        let text = |range: Range<u32>, event: &mut dyn FnMut(Event<'_, T>)| {
            if !range.is_empty() {
                event(Event::Text(range));
            }
        };
        text(0..range.start, event);
        event(Event::Open { wrap, again: false });
        text(range.clone(), event);
        event(Event::Close { wrap, depth: 0, last: true });
        text(range.end..length, event);
        return false;
    }
    let waiting = pieces.iter().enumerate().map(|(index, piece)| {
        Reverse(Waiting { start: piece.range.start, step: Step::Open, end: Reverse(piece.range.end), index })
    });
    let mut walk = Walk { pieces, max_depth, waiting: waiting.collect(), open: Vec::new(), cut: false };
    let mut position = 0;
    loop {
        let stop = walk.next_stop().unwrap_or(length).max(position);
        if stop > position {
            event(Event::Text(position..stop));
        }
        position = stop;
        if walk.next_stop().is_none() {
            return walk.cut;
        }
        walk.close_up_to(position, event);
        walk.open_up_to(position, event);
    }
}

struct Walk<'a, T> {
    pieces: &'a [Piece<T>],
    max_depth: usize,
    waiting: BinaryHeap<Reverse<Waiting>>,
    /// From the outermost in; no end lies behind the one before it.
    open: Vec<(u32, &'a T)>,
    cut: bool,
}

/// A piece that is still to come, ordered by place, longest first, then as the marks stood.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    start: u32,
    step: Step,
    end: Reverse<u32>,
    index: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Crossed,
    Open,
    OpenAgain,
}

impl<'a, T: Wrap> Walk<'a, T> {
    fn next_stop(&self) -> Option<u32> {
        let start = self.waiting.peek().map(|next| next.0.start);
        let end = self.open.last().map(|(end, _)| *end);
        start.into_iter().chain(end).min()
    }

    fn close_up_to(&mut self, position: u32, event: &mut impl FnMut(Event<'_, T>)) {
        while let Some((_, wrap)) = self.open.pop_if(|(end, _)| *end <= position) {
            let depth = self.open.len();
            event(Event::Close { wrap, depth, last: depth == 0 && self.waiting.is_empty() });
        }
    }

    fn open_up_to(&mut self, position: u32, event: &mut impl FnMut(Event<'_, T>)) {
        while self.waiting.peek().is_some_and(|next| next.0.start <= position) {
            let Some(Reverse(next)) = self.waiting.pop() else { return };
            let Some(piece) = self.pieces.get(next.index) else { return };
            match next.step {
                Step::Crossed => event(Event::Crossed(&piece.wrap)),
                _ if piece.wrap.is_point() => event(Event::Open { wrap: &piece.wrap, again: false }),
                _ if self.open.len() >= self.max_depth => event(Event::TooDeep(&piece.wrap)),
                step @ (Step::Open | Step::OpenAgain) => {
                    self.open(&piece.wrap, next.end.0, next.index, step == Step::OpenAgain, event)
                }
            }
        }
    }

    /// Opens a piece. What is open and ends before it is closed first and opened again inside, so that ends stay in
    /// order; where that would cut a solid piece, the new one is cut at the solid one's end instead.
    fn open(&mut self, wrap: &'a T, end: u32, index: usize, again: bool, event: &mut impl FnMut(Event<'_, T>)) {
        let mut end = end;
        let crossed = self.open.iter().rev().take_while(|(e, _)| *e < end).find(|(_, w)| w.is_solid());
        if let Some((solid_end, _)) = crossed {
            let (start, step) = if wrap.is_solid() { (end, Step::Crossed) } else { (*solid_end, Step::OpenAgain) };
            self.waiting.push(Reverse(Waiting { start, step, end: Reverse(end), index }));
            if step == Step::Crossed {
                return;
            }
            (end, self.cut) = (*solid_end, true);
        }
        let inner = self.open.split_off(self.open.partition_point(|(e, _)| *e >= end));
        for (i, (_, wrap)) in inner.iter().enumerate().rev() {
            event(Event::Close { wrap, depth: self.open.len().saturating_add(i), last: false });
        }
        event(Event::Open { wrap, again });
        self.open.push((end, wrap));
        for (_, wrap) in &inner {
            event(Event::Open { wrap, again: true });
        }
        self.cut |= !inner.is_empty();
        self.open.extend(inner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Wrap for char {
        fn is_solid(&self) -> bool {
            self.is_uppercase()
        }
        fn is_point(&self) -> bool {
            *self == '!'
        }
    }

    fn written(pieces: &[(Range<u32>, char)], max_depth: usize) -> String {
        let pieces: Vec<_> = pieces.iter().map(|(range, wrap)| Piece { range: range.clone(), wrap: *wrap }).collect();
        let mut out = String::new();
        walk(&pieces, 6, max_depth, &mut |event| match event {
            Event::Text(range) => range.for_each(|at| out.push_str(&at.to_string())),
            Event::Open { wrap: '!', .. } => out.push('!'),
            Event::Open { wrap, .. } => out.extend(['(', *wrap]),
            Event::Close { wrap, .. } => out.extend([*wrap, ')']),
            Event::Crossed(wrap) => out.extend(['~', *wrap]),
            Event::TooDeep(wrap) => out.extend(['?', *wrap]),
        });
        out
    }

    #[test]
    fn what_nests_is_not_cut() {
        assert_eq!(written(&[(0..6, 'a'), (0..6, 'b'), (1..3, 'c'), (3..4, 'd')], 9), "(a(b0(c12c)(d3d)45b)a)");
        assert_eq!(written(&[(0..6, 'a'), (2..6, '!'), (2..2, 'p'), (6..6, 'q')], 9), "(a01!(pp)2345a)(qq)");
    }

    #[test]
    fn what_overlaps_is_cut_where_the_longer_one_begins() {
        assert_eq!(written(&[(0..3, 'a'), (2..5, 'b')], 9), "(a01a)(b(a2a)34b)5");
    }

    #[test]
    fn solid_pieces_are_never_cut() {
        assert_eq!(written(&[(0..3, 'A'), (2..5, 'b')], 9), "(A01(b2b)A)(b34b)5");
        assert_eq!(written(&[(0..3, 'a'), (2..5, 'B')], 9), "(a01a)(B(a2a)34B)5");
        assert_eq!(written(&[(0..3, 'A'), (2..5, 'B')], 9), "(A012A)34~B5");
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(written(&[(0..6, 'a'), (0..6, 'b'), (0..5, 'c')], 2), "(a(b?c012345b)a)");
    }
}
