//! Recorded Mandarin: clips with their texts.

use crate::clip::Clip;
use rayon::prelude::*;
use std::fs::{File, read_to_string};
use std::path::Path;
use zimu::audio;
use zimu::diag::Report;
use zimu::lexicon;
use zimu::model::{Part, PartKind, Phone, Transcript, Utterance};

/// The clips of `folder/transcripts.tsv` whose text is all Mandarin, without those of some speakers.
pub(crate) fn read(folder: &Path, without: &[String]) -> Vec<Clip> {
    let list = read_to_string(folder.join("transcripts.tsv")).expect("the corpus has a transcripts.tsv");
    let rows: Vec<&str> = list.lines().skip(1).collect();
    rows.par_iter().filter_map(|row| clip(folder, row, without)).collect()
}

fn clip(folder: &Path, row: &str, without: &[String]) -> Option<Clip> {
    let mut columns = row.split('\t');
    let (name, speaker, text) = (columns.next()?, columns.next()?, columns.next()?);
    if without.iter().any(|other| other == speaker) {
        return None;
    }
    let units = units(text);
    if units.is_empty() || units.iter().any(Vec::is_empty) {
        println!("{name} is left out: {text}");
        return None;
    }
    let samples = samples(&folder.join(name).with_extension("flac"));
    Some(Clip { speaker: speaker.to_owned(), samples, units, states: Vec::new() })
}

/// The phones of each syllable of a text.
pub(crate) fn units(text: &str) -> Vec<Vec<Phone>> {
    let utterance = Utterance { text: text.into(), ..Utterance::default() };
    let part = Part { source: text.into(), kind: PartKind::Utterance(utterance) };
    let said = lexicon::pronounce(&Transcript { parts: vec![part], ..Transcript::default() });
    said.words.into_iter().flat_map(|word| word.units).map(|unit| unit.phones.to_vec()).collect()
}

/// A recording at 16,000 samples a second.
pub(crate) fn samples(path: &Path) -> Vec<f32> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut samples = Vec::new();
    let mut sink = |piece: &[f32]| {
        samples.extend_from_slice(piece);
        Ok(())
    };
    let options = audio::Options::default();
    let name = path.display().to_string();
    audio::decode(Box::new(file), &name, &options, &mut Report::default(), &mut sink).expect("the clip is sound");
    samples
}
