//! The passes over one recording.

use super::adapt;
use super::emission::{self, COARSE, Coarse, Fine, Masked, Seen};
use super::graph::{Graph, Place};
use super::lattice::{Costs, Lattice, Rate};
use super::margin;
use super::normal;
use super::pins::Pins;
use super::text::Text;
use super::times;
use super::viterbi::{BLOCK, Emissions, Path, decode};
use super::voice::Voice;
use super::window::Window;
use crate::model::{FEATURE_DIMS, Features};
use std::ops::Range;

/// Share of the states better than fill: usually, and when the first pass is repeated strictly.
const RANK: f32 = 0.10;
const STRICT_RANK: f32 = 0.20;
/// How many times as dear everything is then.
const STRICT_COSTS: f32 = 8.0;
/// More units left out than this, and the first pass is repeated strictly: a voice far from the model's looks like
/// missing text. (Strict at once would ruin recordings where text is missing.)
const LENIENT_MISSING: f32 = 0.15;
/// Rounds of learning from the recording.
const ROUNDS: usize = 2;
/// Places to each side of the coarse way that the fine pass looks at: 25 s of speech.
const BAND: u32 = 1200;
/// Up to this many places × frames the coarse pass looks at all of them (30 MB).
const FULL: usize = 120_000_000;
/// Else at those within this of the best, and at most so many.
const BEAM: f32 = 3000.0;
const BEAM_MOST: usize = 8000;

/// Places of the coarse graph to each side of the way within which other ways are looked for: 12 s of speech.
const MARGIN_BAND: u32 = 160;

/// What the last pass tells about itself.
pub(super) struct Evidence {
    /// The margin of each unit's start ([`margin`]).
    pub margins: Vec<f32>,
    /// Every third frame.
    pub seen: Vec<Seen>,
}

/// A recording and what was found in it so far.
pub(super) struct Session<'a> {
    pub text: &'a Text<'a>,
    pub frames: Vec<f32>,
    pub energy: Vec<f32>,
    speech: Vec<bool>,
    pub voice: Voice,
    /// Empty once they could not be kept.
    pub pins: Pins,
    /// The fine graph.
    pub lattice: Lattice,
    pub path: Path,
    /// The fill score of each frame in the last pass.
    pub fills: Vec<f32>,
}

impl<'a> Session<'a> {
    pub(super) fn new(text: &'a Text<'a>, features: Features, mut voice: Voice, pins: Pins) -> Self {
        let Features { mut cepstra, energy, speech, .. } = features;
        normal::normalise(&mut cepstra, |t| speech.get(t).copied().unwrap_or(false));
        voice.silence = adapt::quietest(&cepstra, &energy);
        let lattice = Lattice::new(text, &pins, &voice.columns, Rate::Fine, &Costs::USUAL);
        Self { text, frames: cepstra, energy, speech, voice, pins, lattice, path: Path::default(), fills: Vec::new() }
    }

    /// All passes; `None` if the text does not fit into the sound at all.
    pub(super) fn run(&mut self) -> Option<()> {
        self.first(RANK, &Costs::USUAL)?;
        if times::missing(&self.units()) > LENIENT_MISSING {
            let kept = (self.path.clone(), self.fills.clone());
            if self.first(STRICT_RANK, &Costs::USUAL.times(STRICT_COSTS)).is_none() {
                (self.path, self.fills) = kept;
            }
        }
        self.lattice = self.lattice(Rate::Fine, &Costs::USUAL);
        for round in 0..ROUNDS {
            if round == 0 {
                self.normalise();
            }
            adapt::adapt(&mut self.voice, &self.frames, &self.lattice.graph, &self.path, &self.fills);
            self.fine(RANK)?;
        }
        Some(())
    }

    /// The frames of each unit.
    pub(super) fn units(&self) -> Vec<Option<Range<usize>>> {
        times::unit_frames(&self.lattice.graph, &self.path, self.text.units.len())
    }

    /// What there is to hear, once more: whatever scale it has now does not matter.
    pub(super) fn into_features(self) -> Features {
        Features { cepstra: self.frames, energy: self.energy, speech: self.speech, ..Features::default() }
    }

    /// The node of each of `count` third frames, and the column that it is to be compared with.
    fn places(&self, count: usize) -> (Vec<Option<u32>>, Vec<Option<u16>>) {
        let at = |t: usize| self.path.nodes.get(t.saturating_mul(COARSE).saturating_add(COARSE / 2)).copied();
        let nodes: Vec<Option<u32>> = (0..count).map(at).collect();
        let graph = &self.lattice.graph;
        let own = |node: u32| match graph.places.get(node as usize)? {
            Place::Unit(_) => graph.columns.get(node as usize).copied(),
            Place::Silence | Place::Fill | Place::Hub => None,
        };
        let own = nodes.iter().map(|node| node.and_then(own)).collect();
        (nodes, own)
    }

    /// How well every third frame fits.
    pub(super) fn seen(&self) -> Vec<Seen> {
        let frames = emission::sampled(&self.frames);
        let mut fine = Fine::new(&frames, &self.voice, RANK).observe(self.places(frames.len() / FEATURE_DIMS).1);
        let (count, mut rows) = (fine.frames(), Vec::new());
        for from in (0..count).step_by(BLOCK) {
            fine.rows(from..count.min(from.saturating_add(BLOCK)), &mut rows);
        }
        fine.seen
    }

    /// How sure each unit's place is, and how well it fits.
    pub(super) fn evidence(&self, units: &[Option<Range<usize>>]) -> Evidence {
        let frames = emission::sampled(&self.frames);
        let (nodes, own) = self.places(frames.len() / FEATURE_DIMS);
        let place = |node: u32| self.lattice.graph.places.get(node as usize).copied();
        let mut fine = Fine::new(&frames, &self.voice, RANK).observe(own);
        let lattice = self.lattice(Rate::Coarse, &Costs::USUAL);
        let mut centre = 0;
        let centres = nodes.iter().map(|node| {
            if let Some(Place::Unit(unit)) = node.and_then(place) {
                centre = lattice.firsts.get(unit as usize).copied().unwrap_or(centre);
            }
            centre
        });
        let window = Window::around(&centres.collect::<Vec<_>>(), MARGIN_BAND, &lattice.graph);
        let starts: Vec<Option<usize>> =
            units.iter().map(|unit| unit.as_ref().map(|frames| frames.start / COARSE)).collect();
        let mut coarse = Coarse::sampled(&mut fine);
        let margins = margin::margins(&lattice.graph, &mut coarse, &window, &lattice.firsts, &starts);
        Evidence { margins, seen: fine.seen }
    }

    fn lattice(&self, rate: Rate, costs: &Costs) -> Lattice {
        Lattice::new(self.text, &self.pins, &self.voice.columns, rate, costs)
    }

    fn first(&mut self, rank: f32, costs: &Costs) -> Option<()> {
        let Some((lattice, path)) = self.coarse(rank, costs) else {
            // Between the named times there may be no room for the words.
            let none = std::mem::take(&mut self.pins).is_empty();
            return if none { None } else { self.first(rank, costs) };
        };
        let frames = self.frames.len() / FEATURE_DIMS;
        self.lattice = self.lattice(Rate::Fine, costs);
        self.path = Path { nodes: self.finer(&lattice, &path, frames), score: path.score };
        self.fine(rank)
    }

    fn coarse(&self, rank: f32, costs: &Costs) -> Option<(Lattice, Path)> {
        let lattice = self.lattice(Rate::Coarse, costs);
        let mut fine = Fine::new(&self.frames, &self.voice, rank);
        let mut coarse = Coarse::new(&mut fine);
        let frames = coarse.frames();
        let full = lattice.graph.len().saturating_mul(frames) <= FULL;
        let window = match (self.pins.is_empty(), full) {
            (true, true) => Window::Full,
            (false, true) => Window::Band(self.pins.limits(&lattice, frames, COARSE)),
            (_, false) => {
                let limits = self.pins.limits(&lattice, frames, COARSE);
                Window::Beam { score: BEAM, most: BEAM_MOST, limits }
            }
        };
        let path = place_again(&lattice.graph, &mut coarse, &window)?;
        Some((lattice, path))
    }

    /// For each fine frame the place in the fine graph where a coarse path is.
    fn finer(&self, coarse: &Lattice, path: &Path, frames: usize) -> Vec<u32> {
        let middles = self.lattice.middles();
        let mut at = 0;
        let place = |node: &u32| coarse.graph.places.get(*node as usize).copied().unwrap_or(Place::Hub);
        let mut centres = Vec::with_capacity(frames);
        for place in path.nodes.iter().map(place) {
            if let Place::Unit(unit) = place {
                at = middles.get(unit as usize).copied().unwrap_or(at);
            }
            centres.extend([at; COARSE]);
        }
        centres.resize(frames, at);
        centres
    }

    fn fine(&mut self, rank: f32) -> Option<()> {
        let window = self.pins.within(&self.lattice, &self.path.nodes, BAND, &self.lattice.graph);
        let mut fine = Fine::new(&self.frames, &self.voice, rank);
        match place_again(&self.lattice.graph, &mut fine, &window) {
            Some(path) => self.path = path,
            None if self.pins.is_empty() => return None,
            None => {
                self.pins = Pins::default();
                return self.fine(rank);
            }
        }
        self.fills = fine.fills;
        Some(())
    }

    /// Mean and variance again, over what was found to be speech.
    fn normalise(&mut self) {
        let graph = &self.lattice.graph;
        let spoken = |node: &u32| matches!(graph.places.get(*node as usize), Some(Place::Unit(_)));
        let spoken: Vec<bool> = self.path.nodes.iter().map(spoken).collect();
        if spoken.iter().filter(|s| **s).count() > normal::FEW {
            normal::normalise(&mut self.frames, |t| spoken.get(t).copied().unwrap_or(false));
        }
    }
}

/// Seconds of one state, in frames of 10 ms, that are looked at again: nobody holds a quarter of a syllable for so long, but in
/// steady chords one vowel can swallow all of them.
const LONGEST: usize = 100;
/// How often.
const TIMES: usize = 2;

/// The best way; where a state lasts too long no word is looked for, and the best way is sought again. The next pass knows nothing
/// of it: to forbid such places for good would make an early error last.
fn place_again(graph: &Graph, emissions: &mut dyn Masked, window: &Window) -> Option<Path> {
    let mut path = decode(graph, emissions, window)?;
    for _ in 0..TIMES {
        let long = long_runs(graph, &path, LONGEST.checked_div(emissions.hop()).unwrap_or(LONGEST));
        if long.is_empty() {
            break;
        }
        emissions.mask(&long);
        match decode(graph, emissions, window) {
            Some(better) => path = better,
            None => break,
        }
    }
    Some(path)
}

/// The frames of states of units that last longer than this.
fn long_runs(graph: &Graph, path: &Path, longest: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0usize;
    for run in path.nodes.chunk_by(|a, b| a == b) {
        let to = from.saturating_add(run.len());
        let node = run.first().map_or(0, |node| *node as usize);
        if run.len() > longest && matches!(graph.places.get(node), Some(Place::Unit(_))) {
            runs.push(from..to);
        }
        from = to;
    }
    runs
}
