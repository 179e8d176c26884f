//! When each word of an article is said, step by step: `cargo run --release --example align_audio -- talk.mp4 article.txt`.
//!
//! Prints a line a word: start, end, how sure the start is, the word.

use std::path::Path;
use zimu::align::{acoustic, acoustics};
use zimu::audio::{self, features::FeatureExtractor};
use zimu::diag::{Report, render};
use zimu::time::Time;
use zimu::{lexicon, parse, pipeline, transcript};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(media), Some(article)) = (arguments.next(), arguments.next()) else {
        return Err("name a media file and an article".into());
    };
    let mut report = Report::default();

    // What is said.
    let document = parse::document(&article, std::fs::read(&article)?, None, &mut report)?;
    let transcript = transcript::read(&document, &transcript::Options::default(), &mut report)?;
    let said = lexicon::pronounce(&transcript);

    // What is heard: the sound comes in chunks, and only its features stay.
    let mut extractor = FeatureExtractor::new(Time::ZERO);
    pipeline::sound(Path::new(&media), &audio::Options::default(), &mut report, &mut |samples| {
        extractor.push(samples);
        Ok(())
    })?;

    // Where the one is in the other.
    let (model, options) = (acoustics::embedded()?, acoustic::Options::default());
    let alignment = acoustic::align(transcript, &said, extractor.finish(), model, &options, &mut report)?;
    for word in &alignment.words {
        let text = alignment.transcript.utterance(word.word.part).map_or("", |utterance| &utterance.text.plain);
        let text = text.get(word.word.range.start as usize..word.word.range.end as usize).unwrap_or_default();
        match (word.range, word.start_p) {
            (Some(range), Some(p)) => println!("{}\t{}\t{p:.3}\t{text}", range.start, range.end),
            (Some(range), None) => println!("{}\t{}\t-\t{text}", range.start, range.end),
            (None, _) => println!("-\t-\t-\t{text}"),
        }
    }
    eprint!("{}", render::text(&report, Some(&document.source), &render::Style::default()));
    Ok(())
}
