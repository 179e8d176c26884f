//! Spoken English: sentences of our own, said by the voices of flite, which also says when each phone is over.

use crate::clip::{Clip, silence};
use crate::corpus;
use rayon::prelude::*;
use std::process::Command;
use zimu::model::Phone;

/// The permissively licensed voices that come with flite: a woman from the United States, a man from there, a Scotsman, and a diphone
/// voice of a man from the United States.
const VOICES: [&str; 4] = ["slt", "rms", "awb", "kal16"];

const SENTENCES: &str = include_str!("sentences.txt");

/// Every sentence by two of the voices, each pair in turn.
pub(crate) fn english() -> Vec<Clip> {
    let sentences: Vec<&str> = SENTENCES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let jobs: Vec<(usize, &str)> =
        sentences.iter().enumerate().flat_map(|(n, text)| [(n % 4, *text), ((n / 4 + n + 1) % 4, *text)]).collect();
    let folder = tempfile::tempdir().expect("a folder for the sound");
    let say = |(n, (voice, text)): (usize, &(usize, &str))| {
        let path = folder.path().join(format!("{n}.wav"));
        let output =
            Command::new("flite").args(["-voice", VOICES[*voice], "-psdur", "-t", text, "-o"]).arg(&path).output();
        let output = output.expect("flite is installed");
        let times = String::from_utf8_lossy(&output.stdout).into_owned();
        clip(VOICES[*voice], corpus::samples(&path), &times)
    };
    jobs.par_iter().enumerate().map(say).collect()
}

/// A clip from what flite prints: `pau:0.162 hh:0.275`, each phone with its end in seconds.
fn clip(voice: &str, samples: Vec<f32>, times: &str) -> Clip {
    let mut units = vec![Vec::new()];
    let mut states = vec![silence(); samples.len().div_ceil(160)];
    let mut from = 0.0f64;
    for (name, end) in times.split_whitespace().filter_map(|word| word.split_once(':')) {
        let end: f64 = end.parse().expect("flite prints seconds");
        if name == "pau" {
            units.push(Vec::new());
        } else {
            let phone = Phone::named(&format!("e_{name}")).unwrap_or_else(|| panic!("unknown phone {name}"));
            units.last_mut().expect("there is one").push(phone);
            spread(phone, from * 100.0, end * 100.0, &mut states);
        }
        from = end;
    }
    units.retain(|unit| !unit.is_empty());
    Clip { speaker: voice.to_owned(), samples, units, states }
}

/// Divides the frames from one time to another evenly among the states of a phone.
fn spread(phone: Phone, from: f64, to: f64, states: &mut [usize]) {
    let count = phone.states().len();
    let edge = |index: usize| (from + (to - from) * index as f64 / count as f64).round() as usize;
    for (index, state) in phone.states().enumerate() {
        let end = edge(index + 1).min(states.len());
        states[edge(index).min(end)..end].fill(state);
    }
}
