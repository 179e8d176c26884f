//! The graph of a text: each unit its states in series, optional silence between units, and between blocks also sound that the
//! text lacks; each block may be left out.

use super::graph::{Graph, NEVER, Place};
use super::pins::Pins;
use super::text::{Block, Text};
use super::voice::Columns;
use crate::model::Boundary;

/// What it costs to say less, or to hear more, than the text has. All are ln probabilities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    /// Untranscribed sound begins at the start of the recording.
    pub fill_start: f32,
    /// ... after a sentence.
    pub fill_sentence: f32,
    /// ... after a comma.
    pub fill_comma: f32,
    /// ... anywhere else.
    pub fill_inside: f32,
    /// A block is left out,
    pub skip: f32,
    /// and each syllable of it.
    pub skip_syllable: f32,
    /// A block in brackets is left out.
    pub skip_bracketed: f32,
}

impl Costs {
    pub(super) const USUAL: Self = Self {
        fill_start: -5.0,
        fill_sentence: -15.0,
        fill_comma: -20.0,
        fill_inside: -40.0,
        skip: -20.0,
        skip_syllable: -8.0,
        skip_bracketed: -5.0,
    };

    /// Everything this many times as dear.
    pub(super) fn times(self, factor: f32) -> Self {
        Self {
            fill_start: self.fill_start * factor,
            fill_sentence: self.fill_sentence * factor,
            fill_comma: self.fill_comma * factor,
            fill_inside: self.fill_inside * factor,
            skip: self.skip * factor,
            skip_syllable: self.skip_syllable * factor,
            ..self
        }
    }

    fn fill(&self, after: Boundary) -> f32 {
        match after {
            Boundary::Sentence | Boundary::Paragraph | Boundary::Turn => self.fill_sentence,
            Boundary::Comma | Boundary::Semicolon => self.fill_comma,
            Boundary::None | Boundary::Word | Boundary::Weak => self.fill_inside,
        }
    }

    fn skip(&self, block: &Block, pins: &Pins) -> f32 {
        if pins.hold(block) {
            return NEVER;
        }
        if block.bracketed { self.skip_bracketed } else { self.skip + self.skip_syllable * block.syllables }
    }
}

/// ln probability that a frame of a phone's state is followed by another one: half of them, so about two frames a state.
const LOOP: f32 = -0.69;
/// ... of silence: half a minute would still be likely, but it ends at some time.
const SILENCE_LOOP: f32 = -0.03;
/// Leaving silence or fill.
const LEAVE: f32 = -0.1;
/// From fill on without a pause.
const FILL_LEAVE: f32 = -0.6;
/// Frames that a pause has at least at 10 ms: shorter gaps are the closures of stops.
const SHORTEST_PAUSE: usize = 3;

/// ln probabilities of a pause and of none, by what is written. People pause at half of the commas and seldom inside a word.
fn pause(boundary: Boundary) -> (f32, f32) {
    match boundary {
        Boundary::None => (-3.0, -0.05),
        Boundary::Word | Boundary::Weak => (-2.0, -0.2),
        Boundary::Comma => (-1.0, -0.7),
        Boundary::Semicolon | Boundary::Sentence | Boundary::Paragraph | Boundary::Turn => (-0.5, -1.0),
    }
}

/// How finely a graph divides time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rate {
    /// A state a phone, a frame of silence: for steps of 30 ms.
    Coarse,
    /// All states: for steps of 10 ms.
    Fine,
}

/// A graph, and where the units are in it.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    pub graph: Graph,
    /// The first node of each unit.
    pub firsts: Vec<u32>,
}

impl Lattice {
    pub(super) fn new(text: &Text, pins: &Pins, columns: &Columns, rate: Rate, costs: &Costs) -> Self {
        let mut builder = Builder { graph: Graph::new(), columns, rate };
        let mut firsts = Vec::with_capacity(text.units.len());
        let mut hub = builder.boundary(0, Boundary::Turn, costs.fill_start);
        for block in &text.blocks {
            let last = builder.block(text, block, hub, &mut firsts);
            let end = builder.graph.hub(&[(last, 0.0), (hub, costs.skip(block, pins))]);
            hub = builder.boundary(end, block.boundary, costs.fill(block.boundary));
        }
        Self { graph: builder.graph, firsts }
    }

    /// The node in the middle of each unit.
    pub(super) fn middles(&self) -> Vec<u32> {
        let end = self.graph.next();
        let ends = self.firsts.iter().skip(1).chain([&end]);
        let middle = |(first, next): (&u32, &u32)| {
            let nodes = self.graph.places.get(*first as usize..*next as usize).unwrap_or_default();
            let unit = nodes.iter().take_while(|place| matches!(place, Place::Unit(_))).count();
            first.saturating_add(unit as u32 / 2)
        };
        self.firsts.iter().zip(ends).map(middle).collect()
    }
}

struct Builder<'a> {
    graph: Graph,
    columns: &'a Columns,
    rate: Rate,
}

impl Builder<'_> {
    /// The units of a block after the place `hub`; returns its last node.
    fn block(&mut self, text: &Text, block: &Block, hub: u32, firsts: &mut Vec<u32>) -> u32 {
        let mut last = hub;
        let mut before = None;
        for number in block.units.clone() {
            let Some(unit) = text.units.get(number) else { break };
            if let Some(boundary) = before {
                self.silence(last, pause(boundary).0);
            }
            firsts.push(self.graph.next());
            let place = Place::Unit(number as u32);
            let states = unit.phones.iter().flat_map(|phone| self.columns.of(*phone, self.rate));
            for (index, column) in states.enumerate() {
                let step = match before {
                    Some(_) if index == 0 => LEAVE + LOOP,
                    _ => LOOP,
                };
                let node = self.graph.node(place, column, LOOP, step);
                if let (0, Some(boundary)) = (index, before) {
                    self.graph.arc(last, pause(boundary).1 + LOOP);
                }
                last = node;
            }
            before = Some(unit.boundary);
        }
        last
    }

    /// A pause after the place `from`, which is the last place or before it.
    fn silence(&mut self, from: u32, cost: f32) -> u32 {
        let count = if self.rate == Rate::Fine { SHORTEST_PAUSE } else { 1 };
        let column = self.columns.silence(self.rate);
        let mut last = from;
        for index in 0..count {
            let stay = if index.saturating_add(1) == count { SILENCE_LOOP } else { NEVER };
            let next = self.graph.next();
            let step = if index == 0 { cost } else { 0.0 };
            let adjacent = last.saturating_add(1) == next;
            last = self.graph.node(Place::Silence, column, stay, if adjacent { step } else { NEVER });
            if !adjacent {
                self.graph.arc(from, step);
            }
        }
        last
    }

    /// From the hub `from`: a pause or none, then perhaps fill, and a pause or none after it. Returns the hub behind.
    fn boundary(&mut self, from: u32, boundary: Boundary, fill: f32) -> u32 {
        let (silence, none) = pause(boundary);
        let pause = self.silence(from, silence);
        let before = self.graph.hub(&[(from, none), (pause, LEAVE)]);
        let fill = self.graph.node(Place::Fill, self.columns.fill(self.rate), 0.0, fill);
        let after = self.silence(fill, silence + LEAVE);
        self.graph.hub(&[(before, 0.0), (fill, FILL_LEAVE), (after, LEAVE)])
    }
}
