//! What a conversion would lose, without writing a file: `cargo run --example losses -- fixtures/vtt/ruby.vtt srt`.

use zimu::codec::{self, ReadOptions, WriteOptions};
use zimu::diag::{Report, render};
use zimu::source;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(name), Some(target)) = (args.next(), args.next()) else {
        return Err("name a caption file and a format".into());
    };
    let source = source::decode(&name, std::fs::read(&name)?, None, &mut Report::default())?;
    let format = codec::probe(Some(&name), source.text()).ok_or("not a caption format that is known")?;
    let track = (format.read)(&source, &ReadOptions::default(), &mut Report::default())?;

    let mut losses = Report::default();
    codec::by_id(&target)?.write(&track, &WriteOptions::default(), &mut losses)?;
    print!("{}", render::summary(&losses, &render::Style::default()));
    Ok(())
}
