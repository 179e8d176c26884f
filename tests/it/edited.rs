//! What each list of edits makes of a file of each format that is edited in place, in golden files.

use crate::golden::golden;
use crate::splice::{cut, edits_of, end, merge, moved, read, remove, shown, spliced_file, start, text};
use std::fmt::Write as _;
use std::path::Path;
use zimu::codec;
use zimu::diag::CueEdit;
use zimu::source::Source;
use zimu::time::{Time, TimeDelta};

/// What each list of edits makes of a file, in a golden file. Carriage returns are shown.
fn says(name: &str, id: &str, cases: &[(&str, &[CueEdit])]) {
    let path = Path::new("fixtures/splice").join(name);
    let content = std::fs::read_to_string(&path).unwrap();
    let format = codec::by_id(id).unwrap();
    let source = Source::from_text(name, content);
    let track = read(format, &source).unwrap();
    let mut out = String::new();
    for (title, list) in cases {
        let Some((bytes, report)) = spliced_file(format, &source, &track, &edits_of(list)) else {
            writeln!(out, "══ {title} · is written anew").unwrap();
            continue;
        };
        let bytes = String::from_utf8(bytes).unwrap().replace('\r', "␍");
        let said: Vec<String> = report.counts().map(|(code, n)| format!(" · {} {n}×", code.row().id)).collect();
        writeln!(out, "══ {title}{}\n{bytes}", said.concat()).unwrap();
    }
    golden(&path.with_extension("expected"), &out);
}

#[test]
fn subrip() {
    says(
        "subrip.srt",
        "srt",
        &[
            ("times, each as it was spelled", &[start(0, 1234), end(1, 4000), start(1, 3_600_000), end(2, 5999)]),
            ("before zero", &[start(0, -1)]),
            ("finer than a millisecond", &[CueEdit::Start { cue: 0, to: Time::from_units(1, 24).unwrap() }]),
            ("text and a line break", &[text(0, 4..7, "2"), text(1, 4..5, " ")]),
            ("text put in before and after tags", &[text(0, 0..0, "- "), text(0, 13..13, "!")]),
            ("text across tags", &[text(0, 4..9, "2, t")]),
            ("the first goes", &[remove(0)]),
            ("the last two go", &[remove(1), remove(2)]),
            ("split at a line break", &[cut(1, 4..5, 3700, 3800)]),
            ("split inside a tag, with a place", &[cut(0, 3..4, 1500, 1500)]),
            ("split in three, and edited", &[cut(0, 3..4, 1300, 1400), cut(0, 7..8, 1500, 1600), text(0, 4..7, "2")]),
            ("merged", &[merge(1, "\n"), end(2, 7000), text(2, 0..3, "6")]),
            ("all merged", &[merge(0, " "), merge(1, " ")]),
            ("the last goes first, and is edited", &[moved(2, 0), start(2, 500), text(2, 0..3, "0")]),
            ("two change places", &[moved(2, 1)]),
            ("an arrow is refused", &[text(2, 0..0, "00:00:01,000 --> 00:00:02,000\n")]),
        ],
    );
}

#[test]
fn subrip_numbers() {
    says(
        "numbers.srt",
        "srt",
        &[
            ("wrong numbers stay", &[remove(1)]),
            ("and go with their cues", &[moved(1, 0)]),
            ("unless asked", &[remove(1), CueEdit::Renumber]),
            ("split", &[cut(0, 1..2, 1500, 1500)]),
        ],
    );
}

#[test]
fn webvtt() {
    says(
        "webvtt.vtt",
        "vtt",
        &[
            ("times, with hours where they are needed", &[start(0, 1234), end(1, 3_600_000), shown(1, 0, 3500)]),
            ("text with references", &[text(0, 0..3, "A & B"), text(2, 4..5, ">")]),
            ("text in a voice", &[text(1, 0..3, "Two")]),
            ("a comment stays where a cue goes", &[remove(1)]),
            ("the last goes", &[remove(2)]),
            ("split inside a voice", &[cut(1, 3..4, 3500, 3600)]),
            ("merged over a comment", &[merge(1, "\n")]),
            ("the last goes first, with its comment", &[moved(2, 0)]),
            ("merged", &[merge(0, " ")]),
            ("a blank line is refused", &[text(0, 3..3, "\n\n")]),
        ],
    );
}

#[test]
fn substation() {
    says(
        "substation.ass",
        "ass",
        &[
            ("times", &[start(0, 1234), end(0, 36_000_000)]),
            ("text", &[text(0, 0..3, "A\nB"), text(1, 0..2, "Do")]),
            ("syllables move with their event", &[start(1, 4000), end(1, 7000), shown(1, 0, 5000), shown(1, 1, 6000)]),
            ("or stay when it starts earlier", &[start(1, 2500)]),
            ("gone", &[remove(0)]),
            ("the last goes first, for nothing is shown with it", &[moved(2, 0)]),
            ("split at a line break", &[cut(0, 7..8, 1500, 1600)]),
            ("split inside a tag, with a place", &[cut(2, 6..7, 8000, 8000)]),
            ("merged, but for other speakers", &[merge(0, "\n"), merge(1, "\n")]),
            ("braces are refused", &[text(0, 0..3, "{b}")]),
        ],
    );
}

#[test]
fn other_formats() {
    let list = |cue| [start(cue, 62_500), end(cue, 65_000), text(cue, 0..1, "X & <")];
    for (name, id) in [("sbv.sbv", "sbv"), ("microdvd.sub", "microdvd"), ("mpl2.mpl", "mpl2"), ("ttml.ttml", "ttml")] {
        let first = [remove(0)];
        let cases: [(&str, &[CueEdit]); 6] = [
            ("another place", &[moved(1, 0)]),
            ("times and text", &list(1)),
            ("gone", &first),
            ("split", &[cut(0, 3..4, 1500, 1600)]),
            ("merged", &[merge(0, "\n")]),
            ("only one time", &[end(1, 9000), end(2, 9500)]),
        ];
        says(name, id, &cases);
    }
}

#[test]
fn bilibili() {
    says(
        "bcc.bcc",
        "bcc",
        &[
            (
                "times, each as it was spelled",
                &[start(0, 1250), end(0, 4000), start(1, 61_000), end(1, 64_000), end(2, 72_000)],
            ),
            ("exact", &[CueEdit::Start { cue: 0, to: Time::from_units(1, 24).unwrap() }]),
            ("text with escapes", &[text(0, 4..7, "\"2\" \\\n\u{5B57}"), text(1, 0..3, "\u{7B2C}1")]),
            ("an escape goes", &[text(1, 3..6, "2"), text(1, 9..10, " ")]),
            ("the first goes", &[remove(0)]),
            ("the last two go", &[remove(1), remove(2)]),
            ("all go", &[remove(0), remove(1), remove(2)]),
            ("the last goes first, and is edited", &[moved(2, 0), text(2, 0..0, "- ")]),
            ("split", &[cut(0, 3..4, 2000, 2000)]),
            ("what has its text before its times is not split", &[cut(2, 3..3, 70_500, 70_500)]),
            ("merged", &[merge(0, "\n"), merge(1, " ")]),
        ],
    );
}

#[test]
fn lrc() {
    says(
        "lrc.lrc",
        "lrc",
        &[
            (
                "starts and an end that an empty line says",
                &[start(0, 0), start(1, 3200), end(0, 3200), end(1, 3500), end(2, 9000)],
            ),
            ("an end that nothing said", &[end(0, 2000)]),
            ("an end that a last time says, and words", &[end(2, 8750), shown(2, 0, 8000), shown(2, 1, 8625)]),
            ("of the last", &[end(5, 31_000)]),
            ("a line that comes twice: one of its times", &[start(3, 19_000)]),
            ("text in two lines of the file", &[text(1, 0..3, "Many"), text(1, 11..16, " after it")]),
            ("a line break", &[text(0, 3..4, "\n")]),
            ("text between words' times", &[text(2, 0..4, "4")]),
            ("text of a line that comes twice", &[text(3, 0..3, "x")]),
            ("both times", &[text(3, 0..3, "x"), text(5, 0..3, "x")]),
            ("an end after the next start", &[end(0, 4600)]),
            ("a cue goes", &[remove(0)]),
        ],
    );
}

/// Frames of 30000/1001 Hz as an edit has them.
fn frames(count: i64) -> Time {
    Time::ZERO + TimeDelta::from_flicks(count * 1001 * 23_520)
}

#[test]
fn line_21() {
    // The first words that show are the ninth of each line.
    let (first, second) = (1740 + 8, 17_982 + 8);
    let moved = |cue, start, end| [CueEdit::Start { cue, to: frames(start) }, CueEdit::End { cue, to: frames(end) }];
    let shift = |by: i64| [moved(0, first + by, 1808 + by), moved(1, second + by, 18_042 + by)].concat();
    says(
        "scc.scc",
        "scc",
        &[
            ("a second later, over a minute: two numbers are dropped", &shift(60)),
            ("ten minutes earlier would be before zero", &shift(-17_982)),
            ("only the end of the first", &[CueEdit::End { cue: 0, to: frames(1900) }]),
            ("only the second", &moved(1, second + 1, 18_042 + 1)),
            ("off the frames", &[CueEdit::Start { cue: 1, to: frames(second) + TimeDelta::from_millis(5) }]),
            ("text is written anew", &[text(0, 0..1, "A")]),
        ],
    );
}
