//! Trains the acoustic model that is built in: docs/acoustic-model.md says from what, and how.
//!
//! ```sh
//! cargo run --release --example train_acoustic -- --corpus aishell/train --flite -o src/align/data/zh-en.model
//! ```
//!
//! `--corpus` is a folder with `transcripts.tsv` (clip, speaker, text; a header) and one `.flac` a clip. The same input gives the
//! same bytes.

// A program for the workshop may fail loudly and compute plainly.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice
)]

mod chain;
mod clip;
mod corpus;
mod learn;
mod perturb;
mod random;
mod sound;
mod speech;

use clap::Parser;
use std::path::PathBuf;
use zimu::align::acoustics;
use zimu::model::Acoustics;

/// Trains the acoustic model from recorded Mandarin and, if flite is installed, spoken English.
#[derive(Parser)]
struct Arguments {
    /// Folder with transcripts.tsv and the clips it names.
    #[arg(long, value_name = "FOLDER")]
    corpus: PathBuf,
    /// Leave out this speaker, to measure on a stranger.
    #[arg(long, value_name = "NAME")]
    without_speaker: Vec<String>,
    /// Learn English from the voices of the program `flite`.
    #[arg(long)]
    flite: bool,
    /// Gaussians a state.
    #[arg(long, default_value_t = 4)]
    components: usize,
    /// Where the model goes.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

const NOTICE: &str = "Mandarin: trained on clips of AISHELL-1 (Hui Bu, Jiayu Du, Xingyu Na, Bengu Wu, Hao Zheng 2017, \
openslr.org/33), (c) Beijing Shell Shell Technology Co., Ltd., Apache-2.0. English: trained on sentences of this project spoken by \
the voices slt, rms, awb and kal16 of CMU flite (BSD-like licence, Carnegie Mellon University).";

fn main() {
    let arguments = Arguments::parse();
    let mut clips = corpus::read(&arguments.corpus, &arguments.without_speaker);
    if arguments.flite {
        clips.extend(speech::english());
    }
    let minutes = clips.iter().map(|clip| clip.samples.len()).sum::<usize>() as f64 / 16_000.0 / 60.0;
    println!("{} clips, {minutes:.1} min", clips.len());
    learn::align(&mut clips);
    let states = learn::fit(&clips, arguments.components);
    let model = Acoustics { name: "zh-en 1".into(), notice: NOTICE.into(), states };
    let bytes = acoustics::write(&model);
    println!("{}: {} bytes", arguments.output.display(), bytes.len());
    std::fs::write(&arguments.output, bytes).expect("the output can be written");
}
