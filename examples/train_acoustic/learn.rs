//! Learning: which frames are which state, then what each state sounds like in many conditions.

use crate::chain::Chain;
use crate::clip::{Clip, Norm, features, silence};
use crate::perturb::{CONDITIONS, copies};
use rayon::prelude::*;
use std::collections::BTreeMap;
use zimu::align::gauss::{Fit, Scorer, fit as fit_mixture};
use zimu::model::{FEATURE_DIMS, Mixture, PHONES, Phone};

/// Gaussians a state in each round of the alignment.
const ROUNDS: [usize; 11] = [1, 1, 1, 1, 1, 1, 1, 2, 2, 4, 4];
/// Frames that a state is fitted to, at most, evenly taken from all: in these rounds, and at the end.
const MOST_FRAMES: (usize, usize) = (1_000, 8_000);

/// Finds the state of each frame of each clip, from an even start or from what is known of it.
pub(crate) fn align(clips: &mut [Clip]) {
    let mut frames: Vec<(Vec<f32>, Vec<bool>)> = clips
        .par_iter()
        .map(|clip| {
            let features = features(&clip.samples);
            (features.cepstra, features.speech)
        })
        .collect();
    for members in speakers(clips).values() {
        let spoken = members.iter().flat_map(|&index| {
            let (cepstra, speech) = &frames[index];
            let known = &clips[index].states;
            let speaks = move |t: usize| known.get(t).map_or(speech[t], |state| *state != silence());
            cepstra.chunks_exact(FEATURE_DIMS).enumerate().filter(move |(t, _)| speaks(*t)).map(|(_, frame)| frame)
        });
        let norm = Norm::of(spoken);
        members.iter().for_each(|&index| norm.apply(&mut frames[index].0));
    }
    let chains: Vec<Chain> = clips.iter().map(|clip| Chain::new(&clip.units)).collect();
    for ((clip, chain), (_, speech)) in clips.iter_mut().zip(&chains).zip(&frames) {
        if clip.states.is_empty() {
            clip.states = even(&chain.said(), speech);
        }
    }
    for (round, components) in ROUNDS.into_iter().enumerate() {
        let mut pool = Pool::default();
        for (clip, (cepstra, _)) in clips.iter().zip(&frames) {
            pool.add(cepstra, &clip.states);
        }
        let scorer = Scorer::new(&pool.fit(components, MOST_FRAMES.0, silence() + 1));
        let scores: Vec<f32> = clips
            .par_iter_mut()
            .zip(&chains)
            .zip(&frames)
            .map(|((clip, chain), (cepstra, _))| {
                let mut scores = vec![0.0; cepstra.len() / FEATURE_DIMS * scorer.states()];
                scorer.score(cepstra, &mut scores);
                let Some((states, score)) = chain.best(&scores, scorer.states()) else { return 0.0 };
                clip.states = states;
                score
            })
            .collect();
        let count: usize = clips.iter().map(|clip| clip.states.len()).sum();
        println!("round {round}, {components} a state: {:.3} a frame", scores.iter().sum::<f32>() / count as f32);
    }
}

/// Gives the frames of speech to the states in order, each the same number.
fn even(said: &[usize], speech: &[bool]) -> Vec<usize> {
    let mut frames: Vec<usize> = (0..speech.len()).filter(|&t| speech[t]).collect();
    if frames.len() < said.len() {
        frames = (0..speech.len()).collect();
    }
    let mut states = vec![silence(); speech.len()];
    for (rank, &t) in frames.iter().enumerate() {
        states[t] = said[rank * said.len() / frames.len()];
    }
    states
}

/// Mixtures for all states of phones, from all conditions.
pub(crate) fn fit(clips: &[Clip], components: usize) -> Vec<Mixture> {
    let mut sessions: Vec<(String, Vec<usize>)> = Vec::new();
    for (condition, _) in CONDITIONS.iter().enumerate() {
        for (speaker, members) in speakers(clips) {
            sessions.extend(copies(condition, &speaker, &members));
        }
    }
    let pools: Vec<Pool> = sessions
        .par_iter()
        .map(|(name, members)| {
            let copies = crate::perturb::session(name, members, clips);
            let mut frames: Vec<(Vec<f32>, Vec<usize>)> =
                copies.into_iter().map(|(samples, states)| (features(&samples).cepstra, states)).collect();
            let spoken = frames.iter().flat_map(|(cepstra, states)| {
                cepstra
                    .chunks_exact(FEATURE_DIMS)
                    .zip(states)
                    .filter(|(_, state)| **state != silence())
                    .map(|(frame, _)| frame)
            });
            let norm = Norm::of(spoken);
            let mut pool = Pool::default();
            for (cepstra, states) in &mut frames {
                norm.apply(cepstra);
                pool.add(cepstra, states);
            }
            pool
        })
        .collect();
    let mut pool = Pool::default();
    pools.into_iter().for_each(|other| pool.join(other));
    println!("{} frames in {} sessions", pool.frames(), sessions.len());
    for (index, row) in PHONES.iter().enumerate() {
        let states = Phone::from_index(index).expect("there is one").states();
        let least = states.map(|state| pool.0.get(&state).map_or(0, |frames| frames.len() / FEATURE_DIMS)).min();
        if least.unwrap_or(0) < 1_000 {
            println!("{}: {} frames in its rarest state", row.name, least.unwrap_or(0));
        }
    }
    pool.fit(components, MOST_FRAMES.1, silence())
}

/// The clips of each speaker.
fn speakers(clips: &[Clip]) -> BTreeMap<String, Vec<usize>> {
    let mut speakers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, clip) in clips.iter().enumerate() {
        speakers.entry(clip.speaker.clone()).or_default().push(index);
    }
    speakers
}

/// Frames by state.
#[derive(Default)]
struct Pool(BTreeMap<usize, Vec<f32>>);

impl Pool {
    fn add(&mut self, cepstra: &[f32], states: &[usize]) {
        for (frame, state) in cepstra.chunks_exact(FEATURE_DIMS).zip(states) {
            self.0.entry(*state).or_default().extend_from_slice(frame);
        }
    }

    fn join(&mut self, other: Self) {
        for (state, frames) in other.0 {
            self.0.entry(state).or_default().extend(frames);
        }
    }

    fn frames(&self) -> usize {
        self.0.values().map(|frames| frames.len() / FEATURE_DIMS).sum()
    }

    /// A mixture for each of the first `count` states.
    fn fit(&self, components: usize, most: usize, count: usize) -> Vec<Mixture> {
        let speech = self
            .0
            .iter()
            .filter(|(state, _)| **state != silence())
            .flat_map(|(_, frames)| frames.chunks_exact(FEATURE_DIMS));
        let variance = variance(speech);
        // As ALIGNMENT's prototype had it: variances lean on that of all speech with 30 frames and never fall below a tenth of it.
        let how =
            Fit { components, frames_each: 30, rounds: 6, variance: &variance, variance_frames: 30.0, floor: 0.1 };
        // A state with next to nothing sounds like speech as a whole.
        let one = |state: usize| {
            let frames = self.0.get(&state).filter(|frames| frames.len() >= 3 * FEATURE_DIMS);
            fit_mixture(&frames.map(|frames| thinned(frames, most)).unwrap_or_default(), &how)
        };
        (0..count).into_par_iter().map(one).collect()
    }
}

/// At most so many, evenly taken.
fn thinned(frames: &[f32], most: usize) -> Vec<f32> {
    let count = frames.len() / FEATURE_DIMS;
    let kept = count.min(most);
    (0..kept)
        .flat_map(|index| {
            let from = index * count / kept * FEATURE_DIMS;
            frames[from..from + FEATURE_DIMS].iter().copied()
        })
        .collect()
}

fn variance<'a>(frames: impl Iterator<Item = &'a [f32]>) -> Vec<f32> {
    let (mut count, mut sums, mut squares) = (0.0f64, [0.0f64; FEATURE_DIMS], [0.0f64; FEATURE_DIMS]);
    for frame in frames {
        count += 1.0;
        for (d, x) in frame.iter().enumerate() {
            sums[d] += f64::from(*x);
            squares[d] += f64::from(*x) * f64::from(*x);
        }
    }
    let one = |(sum, square): (&f64, &f64)| (square / count - (sum / count).powi(2)) as f32;
    sums.iter().zip(&squares).map(one).collect()
}
