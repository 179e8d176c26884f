//! Captions from an article, step by step: `cargo run --example captions -- fixtures/article/interview--zh-glosses.txt`.
//!
//! Each step is a plain function, so a program can stop between any two, look at what it has and change it.

use zimu::align::duration::{estimate, natural_length};
use zimu::codec::{WriteOptions, vtt};
use zimu::diag::{Report, render};
use zimu::time::{Time, TimeRange};
use zimu::{lexicon, parse, profile, segment, transcript};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1).ok_or("name an article")?;
    let mut report = Report::default();

    // Who says what, and what nobody says.
    let document = parse::document(&name, std::fs::read(&name)?, None, &mut report)?;
    let transcript = transcript::read(&document, &transcript::Options::default(), &mut report)?;

    // What is said, and when: over the running time that the article names, or at an ordinary pace.
    let said = lexicon::pronounce(&transcript);
    let length = transcript.runtime.as_ref().map_or_else(|| natural_length(&said), |runtime| runtime.length);
    let alignment = estimate(transcript, &said, TimeRange::new(Time::ZERO, Time::ZERO + length), &mut report)?;

    // Cues for one place, written in one format.
    let profile = profile::default_for(alignment.transcript.lang.as_ref())?;
    let track = segment::segment(&alignment, &profile, &segment::Options::default(), &mut report);
    let bytes = vtt::FORMAT.write(&track, &WriteOptions::default(), &mut report)?;

    println!("{}", String::from_utf8(bytes)?);
    eprint!("{}", render::text(&report, Some(&document.source), &render::Style::default()));
    Ok(())
}
