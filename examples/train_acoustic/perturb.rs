//! Copies of clips in other voices, rooms and noises. A session is some clips of one speaker under one condition: it is normalised
//! as one recording.

use crate::clip::Clip;
use crate::random::Random;
use crate::sound;

/// A way to change the sound.
#[derive(Clone, Copy)]
pub(crate) struct Condition {
    name: &'static str,
    /// Clips a session; all of a speaker's if there are fewer.
    clips: usize,
    /// Another speed, and so another pitch and length of the vocal tract; another tilt of the spectrum.
    voice: bool,
    /// Noise, music or other voices, often a room, sometimes a telephone.
    noise: bool,
}

/// Each copy of the whole corpus.
pub(crate) const CONDITIONS: [Condition; 4] = [
    Condition { name: "clean", clips: usize::MAX, voice: false, noise: false },
    Condition { name: "voices", clips: 40, voice: true, noise: false },
    Condition { name: "noise", clips: 40, voice: true, noise: true },
    Condition { name: "more noise", clips: 40, voice: true, noise: true },
];

/// The sessions of a speaker under a condition: a name that fixes all choices, and the clips.
pub(crate) fn copies(condition: usize, speaker: &str, members: &[usize]) -> Vec<(String, Vec<usize>)> {
    let Condition { name, clips, .. } = CONDITIONS[condition];
    let mut members = members.to_vec();
    Random::named(&format!("{name} {speaker}")).shuffle(&mut members);
    let sessions = members.chunks(clips.min(members.len())).enumerate();
    sessions.map(|(n, members)| (format!("{condition} {speaker} {n}"), members.to_vec())).collect()
}

/// The sound and the states of a session's clips.
pub(crate) fn session(name: &str, members: &[usize], clips: &[Clip]) -> Vec<(Vec<f32>, Vec<usize>)> {
    let condition = CONDITIONS[name[..1].parse::<usize>().expect("a name begins with its condition")];
    let mut random = Random::named(name);
    let mut copies: Vec<(Vec<f32>, Vec<usize>)> =
        members.iter().map(|&index| (clips[index].samples.clone(), clips[index].states.clone())).collect();
    if condition.voice {
        let (speed, tilt) = (random.between(0.88, 1.15), random.between(-0.5, 0.5));
        for (samples, states) in &mut copies {
            *samples = sound::tilted(&sound::faster(samples, speed), tilt);
            *states = stretched(states, speed, samples.len());
        }
    }
    if condition.noise {
        let room = random.chance(0.5).then(|| sound::room(&mut random));
        let telephone = random.chance(0.2);
        let length = copies.iter().map(|(samples, _)| samples.len()).sum();
        let noise = match random.below(3) {
            0 => sound::pink(length, &mut random),
            1 => sound::music(length, &mut random),
            _ => babble(length, clips, &mut random),
        };
        let ratio = random.between(3.0, 20.0);
        let all: Vec<&[f32]> = copies.iter().map(|(samples, _)| samples.as_slice()).collect();
        let gain = sound::gain(&all, &noise, ratio);
        let mut noise = noise.as_slice();
        let mut filter = sound::Filter::default();
        for (samples, _) in &mut copies {
            if let Some(room) = &room {
                *samples = filter.apply(samples, room, None);
            }
            let (own, rest) = noise.split_at(samples.len());
            samples.iter_mut().zip(own).for_each(|(sample, noise)| *sample += gain * noise);
            noise = rest;
            if telephone {
                *samples = filter.apply(samples, &[1.0], Some((300.0, 3_400.0)));
            }
        }
    }
    copies
}

/// The states of a clip that was made faster.
fn stretched(states: &[usize], speed: f32, samples: usize) -> Vec<usize> {
    let last = states.len().saturating_sub(1);
    (0..samples.div_ceil(160)).map(|t| states[((t as f32 * speed).round() as usize).min(last)]).collect()
}

/// Three to eight people at once.
fn babble(length: usize, clips: &[Clip], random: &mut Random) -> Vec<f32> {
    let mut sum = vec![0.0; length];
    for _ in 0..3 + random.below(6) {
        let mut at = 0;
        while at < length {
            let (clip, loud) = (&clips[random.below(clips.len())].samples, random.between(0.4, 1.0));
            sum[at..].iter_mut().zip(clip).for_each(|(sum, sample)| *sum += loud * sample);
            at += clip.len();
        }
    }
    sum
}
