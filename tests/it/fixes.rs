//! Mending: it settles, makes nothing worse, and changes nothing but what it names.

use crate::codecs::fixtures;
use crate::fuzz::{is_asked, rounds, watched};
use crate::golden::golden;
use crate::mutate::{Rng, mutate};
use crate::rules::setting;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use zimu::check::{RULES, Verdict};
use zimu::codec::{self, FORMATS, Format};
use zimu::diag::{Code, CueEdit, Lang, Report, Value, codes};
use zimu::host::Input;
use zimu::pipeline::{self, CheckOptions, Fixed, Judge};
use zimu::source::{EncodeOptions, Encoding, Eol, Span, encode};
use zimu::time::{FrameRate, Time};

/// Formats that are edited in place.
fn spliced() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.splice.is_some())
}

/// Profiles and settings under which most rules have something to say.
const STRICT: &[(&str, &[(&str, &str)])] = &[
    ("default", &[]),
    ("netflix-en", &[("snap_to_frames", "true"), ("quotes", "curly"), ("max_line", "20"), ("spacing", "insert")]),
    ("fansub-zh", &[("spacing", "remove"), ("ellipsis", "three-dots"), ("prefer_one_line", "true")]),
    ("bbc", &[("max_duration", "3 s"), ("continuation", "unmarked"), ("max_lines", "1")]),
];

fn options(format: &'static Format, (profile, settings): (&str, &[(&str, &str)])) -> CheckOptions {
    let mut options = CheckOptions::default();
    (options.from, options.encoding) = (Some(format), Some(Encoding::UTF_8));
    options.judges = vec![Judge::by_name(profile).unwrap()];
    options.set = settings.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    options.rules.frame_rate = FrameRate::new(25, 1);
    options
}

fn input(format: &Format, bytes: impl Into<Vec<u8>>) -> Input {
    Input { name: format!("talk.{}", format.extensions[0]), bytes: bytes.into() }
}

/// `None` if it is not this format, or a comment in it allows a rule that does not exist.
fn fix(format: &'static Format, bytes: &[u8], options: &CheckOptions, all: bool) -> Option<Fixed> {
    fix_and_say(format, bytes, options, all).map(|(fixed, _)| fixed)
}

/// The same, and whether the file was edited in place.
fn fix_and_say(format: &'static Format, bytes: &[u8], options: &CheckOptions, all: bool) -> Option<(Fixed, bool)> {
    let mut report = Report::default();
    let fixed = pipeline::fix(input(format, bytes), options, all, &mut report).ok()?;
    Some((fixed, report.count(codes::edit::REWRITTEN) == 0))
}

fn found(format: &'static Format, bytes: &[u8], options: &CheckOptions) -> Report {
    let mut report = Report::in_full();
    pipeline::check(input(format, bytes), options, &mut report).unwrap();
    report
}

fn counts(report: &Report) -> BTreeMap<Code, u64> {
    report.counts().collect()
}

/// Rules that measure, and how bad what they say is: the larger, the worse.
type Measure = fn(&dyn Fn(&str) -> f64) -> f64;
const MEASURES: &[(Code, Measure)] = &[
    (codes::rule::OVERLAP, |arg| arg("by")),
    (codes::rule::GAP, |arg| -arg("gap")),
    (codes::rule::CHAIN, |arg| (arg("gap") - arg("least")).min(arg("limit") - arg("gap"))),
    (codes::rule::MIN_DURATION, |arg| -arg("duration")),
    (codes::rule::MAX_DURATION, |arg| arg("duration")),
    (codes::rule::READING_SPEED, |arg| arg("speed")),
    (codes::rule::WORDS_PER_MINUTE, |arg| arg("speed")),
    (codes::rule::LINE_LENGTH, |arg| arg("width")),
    (codes::rule::LINES, |arg| arg("lines")),
    (codes::rule::OFF_FRAME, |arg| arg("off")),
    (codes::rule::BEYOND_MEDIA, |arg| arg("end")),
    (codes::rule::BEFORE_ZERO, |arg| -arg("start")),
    (codes::rule::ORDER, |arg| arg("latest") - arg("start")),
    (codes::rule::DURATION, |arg| arg("start") - arg("end")),
];

/// Of each rule and cue: how far the worst value is from where it should be.
fn sizes(report: &Report) -> BTreeMap<(Code, u32), f64> {
    let mut sizes = BTreeMap::new();
    for item in report.items() {
        let Some((_, measure)) = MEASURES.iter().find(|(code, _)| *code == item.code) else { continue };
        let arg = |name: &str| match item.args.iter().find(|(key, _)| *key == name).map(|(_, value)| value) {
            Some(Value::Number(number)) => *number,
            Some(Value::Count(count)) => *count as f64,
            Some(Value::Delta(delta)) => delta.as_seconds_f64(),
            Some(Value::Time(time)) => (*time - Time::ZERO).as_seconds_f64(),
            Some(Value::Text(text)) => text.parse().unwrap(),
            other => panic!("{:?} {name}: {other:?}", item.code),
        };
        let size = sizes.entry((item.code, item.at.cue.unwrap())).or_insert(f64::MIN);
        *size = size.max(measure(&arg));
    }
    sizes
}

/// What stands between the cues of a file. In LRC a cue may have several lines, an empty one for its end among them,
/// in SCC a time code before them.
fn between(fixed: &pipeline::Captions) -> Vec<String> {
    let mut spans: Vec<Span> = fixed.track.cues.iter().filter_map(|cue| cue.origin).collect();
    spans.sort_by_key(|span| span.start);
    let mut at = 0u32;
    let mut out = Vec::new();
    for span in spans {
        out.push(fixed.source.slice(Span { start: at, end: span.start.max(at) }).to_owned());
        at = span.end.max(at);
    }
    out.push(fixed.source.text()[at as usize..].to_owned());
    if fixed.format.id == "lrc" {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        let timed =
            |line: &str| line.trim().strip_prefix('[').is_some_and(|l| l.trim_start_matches(digits).starts_with(']'));
        out.iter_mut().for_each(|part| *part = part.split(['\n', '\r']).filter(|line| !timed(line)).collect());
        out = vec![out.concat()];
    }
    if fixed.format.id == "scc" {
        // The time of a caption is that of its line.
        let words = |line: &str| match line.starts_with(|c: char| c.is_ascii_digit()) {
            true => line.split_once([' ', '\t']).map_or("", |(_, words)| words).to_owned(),
            false => line.to_owned(),
        };
        out.iter_mut().for_each(|part| *part = part.lines().map(words).collect());
    }
    out
}

/// Letters and digits, full-width ones as the others.
fn letters(text: &str) -> String {
    let narrow = |c: char| char::from_u32(c as u32 - 0xFEE0).filter(|_| ('！'..='～').contains(&c)).unwrap_or(c);
    text.chars()
        .map(|c| if ('！'..='～').contains(&c) { narrow(c) } else { c })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// What must hold of every file that is mended.
fn holds(format: &'static Format, content: &str, options: &CheckOptions, all: bool) {
    let Some((fixed, in_place)) = fix_and_say(format, content.as_bytes(), options, all) else { return };
    let what = || {
        format!("{} all={all} {:?}\n{content}\n----\n{}", format.id, options.set, String::from_utf8_lossy(&fixed.bytes))
    };
    let again = fix(format, &fixed.bytes, options, all).unwrap();
    assert!(
        again.bytes == fixed.bytes,
        "mending again changes more: {}\n----\n{}",
        what(),
        String::from_utf8_lossy(&again.bytes)
    );
    let (before, after) = (found(format, content.as_bytes(), options), found(format, &fixed.bytes, options));
    for (code, count) in counts(&after) {
        let had = before.count(code);
        assert!(count <= had, "{} was found {had} times, now {count}: {}", code.row().id, what());
    }
    let offered: Vec<_> =
        before.items().iter().filter_map(|item| item.fix.as_deref()).filter(|fix| all || fix.safe).collect();
    let renumbered = before.counts().any(|(code, _)| code.row().id.contains("number"));
    assert!(fixed.same == (fixed.bytes == content.as_bytes()));
    assert!(!offered.is_empty() || renumbered || fixed.same, "nothing was to be mended: {}", what());
    let (old, new) = (&fixed.before.track.cues, &fixed.after.track.cues);
    if old.len() != new.len() {
        assert!(all, "cues came or went: {}", what());
        return;
    }
    // Cues that change places are looked at as a heap; what moves with them is looked at elsewhere.
    if offered.iter().flat_map(|fix| &fix.edits).any(|edit| matches!(edit, CueEdit::Move { .. })) {
        let heap = |cues: &[zimu::model::Cue]| {
            let mut heap: Vec<String> = cues.iter().map(|cue| letters(&cue.text.plain)).collect();
            heap.sort();
            heap
        };
        assert!(all || heap(old) == heap(new), "the words: {}", what());
        return;
    }
    let had = sizes(&before);
    for ((code, cue), size) in sizes(&after) {
        let had = had.get(&(code, cue)).unwrap_or_else(|| panic!("{} is new in cue {cue}: {}", code.row().id, what()));
        assert!(size <= had + 1e-3, "{} was {had} in cue {cue}, now {size}: {}", code.row().id, what());
    }
    // A file that cannot be edited in place (ASS with events of several columns) is written anew, and that is said.
    if !in_place {
        return;
    }
    assert_eq!(between(&fixed.before), between(&fixed.after), "between the cues: {}", what());
    let named: BTreeSet<u32> = offered.iter().flat_map(|fix| &fix.edits).filter_map(cue_of).collect();
    for (index, (old, new)) in (0u32..).zip(old.iter().zip(new)) {
        let slice = |captions: &pipeline::Captions, cue: &zimu::model::Cue| {
            captions.source.slice(cue.origin.unwrap()).to_owned()
        };
        // An edit may write down what the file leaves out: an open end of MicroDVD.
        let same = old.range == new.range && old.text == new.text && !named.contains(&index);
        if same && !renumbered {
            assert_eq!(slice(&fixed.before, old), slice(&fixed.after, new), "cue {index} means the same: {}", what());
        } else if !all {
            assert!(named.contains(&index) || renumbered, "cue {index} is of no fix: {}", what());
        }
        // A line that rolls up goes as a whole.
        let (old, new) = (letters(&old.text.plain), letters(&new.text.plain));
        assert!(old == new || (all && old.ends_with(&new)), "the words of cue {index}: {}", what());
    }
}

fn cue_of(edit: &CueEdit) -> Option<u32> {
    match edit {
        CueEdit::Start { cue, .. }
        | CueEdit::End { cue, .. }
        | CueEdit::Replace { cue, .. }
        | CueEdit::Remove { cue } => Some(*cue),
        _ => None,
    }
}

#[test]
fn fixtures_are_mended_for_good_and_for_the_better() {
    for format in spliced() {
        for (_, content) in fixtures(format) {
            for strict in STRICT {
                for all in [false, true] {
                    holds(format, &content, &options(format, *strict), all);
                }
            }
        }
    }
}

const MOST_BYTES: usize = 8_000;

#[test]
fn damaged_files_are_mended_for_good_and_for_the_better() {
    for format in spliced().filter(|format| is_asked(format.id)) {
        let texts: Vec<String> = fixtures(format).into_iter().map(|(_, text)| text).collect();
        watched(format.id, rounds() / 4, |seed| {
            let mut rng = Rng::new(seed);
            let (one, other) = (rng.pick(&texts), rng.pick(&texts));
            let text = mutate(&mut rng, one, other);
            // Some dozen selections of fixes are tried: what a cue of 60 KB costs is multiplied.
            if text.len() > MOST_BYTES {
                return;
            }
            let options = options(format, *rng.pick(STRICT));
            holds(format, &text, &options, rng.below(2) == 0);
        });
    }
}

/// Captions that roll up, out of order: written anew as they are, as pop-on, one would be lost; in order, none is.
#[test]
fn no_cue_is_lost_for_a_finding() {
    let content = std::fs::read("fixtures/scc/bad-order--roll-up.scc").unwrap();
    let format = codec::by_id("scc").unwrap();
    let options = options(format, STRICT[1]);
    assert!(found(format, &content, &options).items().iter().any(|item| item.fix.is_some()));
    let mut report = Report::default();
    let fixed = pipeline::fix(input(format, content), &options, false, &mut report).unwrap();
    assert_eq!([&fixed.before, &fixed.after].map(|captions| captions.track.cues.len()), [3, 3]);
    assert_eq!((report.count(codes::loss::CUE), fixed.left.count(codes::rule::ORDER)), (0, 0));
}

/// Files with a fault in every cue, in two languages.
fn faulty() -> impl Iterator<Item = (&'static Format, String, &'static str, String)> {
    let entries = std::fs::read_dir("fixtures/fix").unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "expected"));
    paths.sort();
    paths.into_iter().map(|path| {
        let content = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let profile = if name.contains("zh") { "netflix-zh-hans" } else { "netflix-en" };
        let format = codec::probe(Some(&name), &content).unwrap();
        (format, name, profile, content)
    })
}

#[test]
fn mended_files_look_as_they_should() {
    for (format, name, profile, content) in faulty() {
        let mut out = String::new();
        for all in [false, true] {
            let fixed = fix(format, content.as_bytes(), &options(format, (profile, &[])), all).unwrap();
            writeln!(out, "══ {profile}{}", if all { " --unsafe" } else { "" }).unwrap();
            out.push_str(std::str::from_utf8(&fixed.bytes).unwrap());
            for item in fixed.left.items() {
                let cue = item.at.cue.map_or(0, |cue| cue + 1);
                writeln!(out, "══ left: {cue}: {}: {}", item.code.row().id, item.message(Lang::En)).unwrap();
            }
            holds(format, &content, &options(format, (profile, &[])), all);
        }
        golden(&Path::new("fixtures/fix").join(format!("{name}.expected")), &out);
    }
}

#[test]
fn line_ends_byte_order_marks_and_encodings_stay() {
    for (format, name, profile, content) in faulty() {
        let fixed = |bytes: &[u8], encoding, all| {
            let mut options = options(format, (profile, &[]));
            options.encoding = Some(encoding);
            fix(format, bytes, &options, all).unwrap().bytes
        };
        for all in [false, true] {
            let plain = String::from_utf8(fixed(content.as_bytes(), Encoding::UTF_8, all)).unwrap();
            assert_ne!(plain, content, "{name}");
            for (encoding, bom, eol) in [
                ("utf-8", true, Eol::CrLf),
                ("utf-8", false, Eol::CrLf),
                ("utf-16le", true, Eol::Lf),
                ("utf-16be", true, Eol::CrLf),
                ("gb18030", false, Eol::Lf),
            ] {
                let mut as_other = EncodeOptions::default();
                (as_other.encoding, as_other.bom) = (Encoding::parse(encoding).unwrap(), bom);
                as_other.eol = Some(eol);
                let other = |text: &str| encode(text, &as_other, |_| panic!("{text}"));
                let got = fixed(&other(&content), as_other.encoding, all);
                assert!(got == other(&plain), "{name} {encoding} {bom} {eol:?}:\n{}", String::from_utf8_lossy(&got));
            }
        }
    }
}

/// Each manual's example that fails, as `zimu fix` leaves it.
#[test]
fn examples_of_the_manuals_are_mended() {
    let mut out = String::new();
    for rule in RULES {
        for example in rule.examples().into_iter().filter(|example| example.verdict == Verdict::Fails) {
            let format = codec::by_id(&example.format).unwrap();
            let (profile, known) = setting(&example);
            let mut options = options(format, ("default", &[]));
            options.judges = vec![Judge::Rules(Box::new(profile))];
            let rules = &mut options.rules;
            (rules.frame_rate, rules.media_end, rules.shots) = (known.frame_rate, known.media_end, known.shots);
            if format.splice.is_none() {
                continue;
            }
            let (safe, all) = (
                fix(format, example.text.as_bytes(), &options, false).unwrap(),
                fix(format, example.text.as_bytes(), &options, true).unwrap(),
            );
            let (how, fixed) = match (safe.same, all.same) {
                (false, _) => ("", safe),
                (true, false) => (" --unsafe", all),
                (true, true) => (" stays", safe),
            };
            writeln!(out, "══ {}{how}", rule.id()).unwrap();
            let new = String::from_utf8(fixed.bytes).unwrap();
            if !fixed.same {
                changes(&example.text, &new, &mut out);
                assert_eq!(fixed.left.count(rule.code), 0, "{}:\n{new}", rule.id());
            }
        }
    }
    golden(Path::new("fixtures/fix/manuals.expected"), &out);
}

/// The lines that differ, old ones first.
fn changes(old: &str, new: &str, out: &mut String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(x, y)| x == y).count();
    for line in &a[same..a.len() - tail] {
        writeln!(out, "- {line}·").unwrap();
    }
    for line in &b[same..b.len() - tail] {
        writeln!(out, "+ {line}·").unwrap();
    }
}

#[test]
fn clean_files_come_back_as_they_are() {
    let files = [
        (
            "srt",
            "1\r\n00:00:01,000 --> 00:00:03,000\r\nA first line.\r\n\r\n\r\n2\r\n0:00:5,0 --> 00:00:07,000 X1:1\r\n<I>Another</I> one.\r\n",
        ),
        (
            "vtt",
            "WEBVTT - a talk\n\nSTYLE\n::cue { color: red }\n\nNOTE kept\n\nid\n00:01.000 --> 00:03.000 align:start\n<v Anna>A line &amp; more.\n",
        ),
        (
            "ass",
            "[Script Info]\n; a comment\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Text\nDialogue: 0,0:00:01.00,0:00:03.00,{\\b1}A{\\b0} line.\nComment: 0,0:00:01.00,0:00:03.00,No line .\n",
        ),
    ];
    for (id, content) in files {
        let format = codec::by_id(id).unwrap();
        for all in [false, true] {
            let fixed = fix(format, content.as_bytes(), &options(format, ("default-en", &[])), all).unwrap();
            assert!(fixed.same && fixed.bytes == content.as_bytes(), "{id}: {:?}", fixed.counts);
        }
    }
}

/// SubRip of cues by their milliseconds and texts.
fn subrip(cues: impl IntoIterator<Item = (u64, u64, &'static str)>) -> String {
    let time =
        |ms: u64| format!("{:02}:{:02}:{:02},{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
    let cues = cues.into_iter().zip(1u32..);
    cues.map(|((start, end, text), n)| format!("{n}\n{} --> {}\n{text}\n\n", time(start), time(end))).collect()
}

#[test]
fn what_does_harm_is_left_out_and_nothing_else() {
    // Of each two overlaps one can go; the other would leave a text no time to be read, which is too short as it is.
    let pairs = (0..400u64).flat_map(|n| {
        let at = n * 10_000;
        let crowded = "So much text that nobody can read it all in the time that it has.";
        let text = if n % 2 == 0 { crowded } else { "A few words." };
        [(at, at + 2000, text), (at + 1900, at + 4900, "And a few more.")]
    });
    let content = subrip(pairs);
    let format = codec::by_id("srt").unwrap();
    let options = options(format, ("netflix-en", &[("max_line", "80")]));
    let fixed = fix(format, content.as_bytes(), &options, true).unwrap();
    assert_eq!(fixed.counts[&codes::rule::OVERLAP], (400, 200), "{:?}", fixed.counts);
    assert_eq!(fixed.counts[&codes::rule::READING_SPEED], (200, 200), "{:?}", fixed.counts);
    let again = fix(format, &fixed.bytes, &options, true).unwrap();
    assert!(again.same);
}

#[test]
fn what_is_said_a_thousand_times_is_said_once() {
    let content = subrip((0..1000u64).map(|n| (n * 1000, n * 1000 + 990, "Again.")));
    let format = codec::by_id("srt").unwrap();
    let options = options(format, ("default", &[("max_duration", "1000 s")]));
    let fixed = fix(format, content.as_bytes(), &options, true).unwrap();
    assert_eq!(String::from_utf8(fixed.bytes).unwrap().trim_end(), subrip([(0, 999_990, "Again.")]).trim_end());
}
