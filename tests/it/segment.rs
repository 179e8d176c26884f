//! Cues: golden files to read, and what must hold of every one.

use crate::support::{alignment, letters, millis};
use zimu::diag::{Lang, Report};
use zimu::measure::Ruler;
use zimu::model::Track;
use zimu::profile::{Length, Profile, Punctuation, Setting};
use zimu::segment::{GlossMode, Options, segment};
use zimu::time::TimeDelta;

fn stated<T>(like: &Setting<Ruler>, value: T) -> Setting<T> {
    Setting { value, origin: like.origin.clone() }
}

/// Line length, lines, characters a second; times as Netflix has them.
fn profile(max_line: u32, max_lines: u32, max_cps: f64) -> Profile {
    let mut profile = Profile::unlimited("test");
    let like = profile.line_ruler.clone();
    let ms = |ms| Some(stated(&like, Length::Time(TimeDelta::from_millis(ms))));
    profile.max_line = Some(stated(&like, max_line));
    profile.max_lines = Some(stated(&like, max_lines));
    profile.max_cps = Some(stated(&like, max_cps));
    profile.min_duration = ms(833);
    profile.max_duration = ms(7007);
    profile.min_gap = ms(83);
    profile.chain_below = ms(500);
    profile.max_linger = ms(500);
    profile
}

/// As a person reads it.
fn print(track: &Track, report: &Report, profile: &Profile) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for (i, cue) in track.cues.iter().enumerate() {
        let range = millis(cue.range);
        let text = &cue.text.plain;
        let cps = zimu::measure::reading_speed(text, profile.speed_ruler.value, cue.range.duration()).unwrap_or(0.0);
        let voice = cue.text.voice().unwrap_or("-");
        writeln!(
            out,
            "{} [{:.2} +{:.2} {cps:.1}] {voice}\n{text}\n",
            i + 1,
            range.start as f64 / 1e3,
            (range.end - range.start) as f64 / 1e3
        )
        .unwrap();
    }
    for item in report.items() {
        writeln!(out, "{:?} {:?}: {}", item.at.cue.map(|c| c + 1), item.code, item.message(Lang::En)).unwrap();
    }
    out
}

#[test]
fn the_real_article_reads_well() {
    let Ok(path) = std::env::var("ZIMU_ARTICLE") else {
        eprintln!("skipped: ZIMU_ARTICLE is not set");
        return;
    };
    let article = std::fs::read_to_string(path).unwrap();
    let turns: Vec<&str> =
        article.lines().skip(4).filter(|l| !l.starts_with("供稿") && !l.starts_with("编辑")).collect();
    let alignment = alignment(&turns.join("\n"), 359);
    let mut profile = profile(16, 2, 9.0);
    profile.punctuation.value = match std::env::var("ZIMU_PUNCTUATION").as_deref() {
        Ok("keep") => Punctuation::Keep,
        Ok("drop-final") => Punctuation::DropFinal,
        _ => Punctuation::Space,
    };
    let mut options = Options::default();
    options.gloss = match std::env::var("ZIMU_GLOSS").as_deref() {
        Ok("line") => GlossMode::Line,
        Ok("spoken") => GlossMode::Spoken,
        Ok("gloss") => GlossMode::Gloss,
        Ok("ruby") => GlossMode::Ruby,
        _ => GlossMode::Keep,
    };
    let mut report = Report::default();
    let track = segment(&alignment, &profile, &options, &mut report);
    println!("{}", print(&track, &report, &profile));
    let said: String = alignment.transcript.utterances().map(|(_, u)| letters(&u.text.plain)).collect();
    let shown: String = track.cues.iter().map(|c| letters(&c.text.plain)).collect();
    assert!(options.gloss != GlossMode::Spoken || said == shown);
}
