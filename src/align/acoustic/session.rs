//! The passes over one recording.

use super::adapt;
use super::emission::{COARSE, Coarse, Fine};
use super::graph::Place;
use super::lattice::{Costs, Lattice, Rate};
use super::normal;
use super::text::Text;
use super::times;
use super::viterbi::{Emissions, Path, decode};
use super::voice::Voice;
use super::window::Window;
use crate::model::Features;
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

/// A recording and what was found in it so far.
pub(super) struct Session<'a> {
    pub text: &'a Text<'a>,
    pub frames: Vec<f32>,
    pub energy: Vec<f32>,
    pub voice: Voice,
    /// The fine graph.
    pub lattice: Lattice,
    pub path: Path,
    /// The fill score of each frame in the last pass.
    pub fills: Vec<f32>,
}

impl<'a> Session<'a> {
    pub(super) fn new(text: &'a Text<'a>, features: Features, mut voice: Voice) -> Self {
        let Features { mut cepstra, energy, speech, .. } = features;
        normal::normalise(&mut cepstra, |t| speech.get(t).copied().unwrap_or(false));
        voice.silence = adapt::quietest(&cepstra, &energy);
        let lattice = Lattice::new(text, &voice.columns, Rate::Fine, &Costs::USUAL);
        Self { text, frames: cepstra, energy, voice, lattice, path: Path::default(), fills: Vec::new() }
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
        self.lattice = Lattice::new(self.text, &self.voice.columns, Rate::Fine, &Costs::USUAL);
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

    fn first(&mut self, rank: f32, costs: &Costs) -> Option<()> {
        let lattice = Lattice::new(self.text, &self.voice.columns, Rate::Coarse, costs);
        let mut fine = Fine::new(&self.frames, &self.voice, rank);
        let mut coarse = Coarse::new(&mut fine);
        let size = lattice.graph.len().saturating_mul(coarse.frames());
        let window = if size <= FULL { Window::Full } else { Window::Beam { score: BEAM, most: BEAM_MOST } };
        let path = decode(&lattice.graph, &mut coarse, &window)?;
        let frames = fine.frames();
        self.lattice = Lattice::new(self.text, &self.voice.columns, Rate::Fine, costs);
        self.path = Path { nodes: self.finer(&lattice, &path, frames), score: path.score };
        self.fine(rank)
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
        let window = Window::around(&self.path.nodes, BAND, &self.lattice.graph);
        let mut fine = Fine::new(&self.frames, &self.voice, rank);
        self.path = decode(&self.lattice.graph, &mut fine, &window)?;
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
