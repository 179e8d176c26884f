//! How loud a media file is, second by second: `cargo run --release --example sound -- talk.mp4`.

#![allow(clippy::arithmetic_side_effects)]

use std::path::Path;
use zimu::audio::{Options, SAMPLE_RATE};
use zimu::diag::{Lang, Report};
use zimu::pipeline;

fn main() -> zimu::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "fixtures/media/bursts--edit-list.m4a".to_owned());
    let (mut count, mut energy, mut levels) = (0u32, 0f64, Vec::new());
    let mut report = Report::default();
    let media = pipeline::sound(Path::new(&path), &Options::default(), &mut report, &mut |samples| {
        for sample in samples {
            energy += f64::from(*sample).powi(2);
            count += 1;
            if count == SAMPLE_RATE {
                levels.push(10.0 * (energy / f64::from(SAMPLE_RATE) + 1e-10).log10());
                (count, energy) = (0, 0.0);
            }
        }
        Ok(())
    })?;
    for (second, level) in levels.iter().enumerate().take(10) {
        println!("{second:>4} s {level:>6.1} dB");
    }
    println!("{} seconds of {}, decoded by {}", levels.len(), media.container, media.by.unwrap_or("zimu"));
    for item in report.items() {
        println!("{}", item.message(Lang::En));
    }
    Ok(())
}
