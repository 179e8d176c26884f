//! A film through every pair of formats: how many cues come back with their text, and what each format says it loses.

use crate::codecs::{read, write, written};
use crate::golden::golden;
use std::fmt::Write as _;
use std::path::Path;
use zimu::codec::{Format, native};
use zimu::model::*;
use zimu::time::{FrameRate, Time, TimeRange};

/// Cues of a film of 100 minutes.
const CUES: u32 = 900;

/// Two speakers, two lines; now and then italics, a colour, a place at the top, a note: what a broadcaster's file has.
fn film() -> Track {
    let mut track = Track::default();
    track.frame_rate = FrameRate::new(25, 1);
    for i in 0..CUES {
        let start = Time::from_millis(2_000 + i64::from(i) * 6_400);
        let range = TimeRange::new(start, start + zimu::time::TimeDelta::from_millis(3_000 + i64::from(i % 5) * 400));
        let mut text = StyledText::from(format!("The sea was rough, number {i},\nso the café stayed shut."));
        if i % 10 == 3 {
            text.add(Mark::new(0..7, MarkKind::Italic));
        }
        if i % 25 == 4 {
            text.add(Mark::new(4..7, MarkKind::Color(Rgba { r: 255, g: 255, b: 0, a: 255 })));
        }
        if i % 4 == 0 {
            let name = if i % 8 == 0 { "Ann" } else { "Bo" };
            let voice = Voice { name: name.into(), classes: Vec::new() };
            text.add(Mark::new(0..text.len(), MarkKind::Voice(Box::new(voice))));
        }
        let mut cue = Cue::new(range, text);
        if i % 30 == 7 {
            cue.placement = Some(Box::new(Placement { line: Line::Number(0), ..Placement::default() }));
        }
        track.cues.push(cue);
    }
    track.notes.push(Note { before: 450, text: "second reel".into() });
    track
}

/// How many cues have the text and, within a frame, the start of the film's.
fn come_back(film: &Track, track: &Track) -> usize {
    // Names of speakers stand in the text of formats that have no voices.
    let spoken = |text: &str| text.trim_start_matches("Ann: ").trim_start_matches("Bo: ").replace('\n', " ");
    let same = |(a, b): &(&Cue, &Cue)| {
        let off = (a.range.start - b.range.start).to_millis(zimu::time::Round::Nearest).abs();
        spoken(&a.text.plain) == spoken(&b.text.plain) && off <= 500
    };
    film.cues.iter().zip(&track.cues).filter(same).count()
}

#[test]
fn pairs_page() {
    let film = film();
    let formats: Vec<&'static Format> = written().collect();
    let mut page = format!(
        "# A film through every pair of formats\n\nMade by `BLESS=1 cargo test pairs_page`: a film of {CUES} cues in two lines, with speakers, some italics and \
         colours, some cues at the\ntop, and a note. It is written in the format of the row, read, written in the format of the column, and read again. \
         The number is how\nmany cues come back with their text at their time; a point stands for all of them.\n\n| |"
    );
    formats.iter().for_each(|to| page.extend([" ", to.id, " |"]));
    page.push_str("\n|---|");
    page.push_str(&"--:|".repeat(formats.len()));
    for from in &formats {
        let (bytes, _) = write(from, &film);
        let (first, _) = read(from, &bytes).unwrap();
        let _ = write!(page, "\n| **{}** |", from.id);
        for to in &formats {
            let (bytes, _) = write(to, &first);
            let (again, _) = read(to, &bytes).unwrap();
            let count = come_back(&film, &again);
            let all = count == film.cues.len();
            page.extend([" ", &if all { "·".to_owned() } else { count.to_string() }, " |"]);
        }
    }
    page.push_str("\n\n## What each format says of the film\n\nWhat is reported when the film is written: nothing else is lost.\n\n");
    for to in &formats {
        let (_, report) = write(to, &film);
        let said: Vec<String> = report
            .counts()
            .map(|(code, count)| format!("{} {count}×", code.row().id.trim_start_matches("loss/")))
            .collect();
        let said = if said.is_empty() { "nothing".to_owned() } else { said.join(", ") };
        let _ = writeln!(page, "* `{}`: {said}", to.id);
    }
    assert!(formats.iter().any(|format| std::ptr::eq(*format, &native::FORMAT)));
    golden(Path::new("docs/pairs.md"), &page);
}
