//! Cues: golden files to read as a viewer would, and what must hold of every track.

use crate::support::{alignment, letters, millis};
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;
use zimu::diag::{Lang, Report, codes};
use zimu::measure::{Ruler, reading_speed, text_width};
use zimu::model::{Alignment, Cue, Labels, Track, Voice};
use zimu::profile::{Length, Profile, Punctuation, Setting, Spacing};
use zimu::segment::{GlossMode, Options, segment};
use zimu::time::TimeDelta;

fn stated<T>(value: T) -> Setting<T> {
    Setting { value, origin: Profile::unlimited("").line_ruler.origin }
}

fn ms(ms: i64) -> Option<Setting<Length>> {
    Some(stated(Length::Time(TimeDelta::from_millis(ms))))
}

/// A profile and options from words such as `line=16 lines=2 cps=9 gloss=keep`. Times as Netflix has them, unless
/// nothing is limited.
fn settings(words: &str) -> (Profile, Options) {
    let (mut profile, mut options) = (Profile::unlimited("test"), Options::default());
    if !words.trim().is_empty() {
        profile.min_duration = ms(833);
        profile.max_duration = ms(7007);
        profile.min_gap = ms(83);
        profile.chain_below = ms(500);
        profile.max_linger = ms(500);
    }
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').unwrap();
        match (key, value) {
            ("line", n) => profile.max_line = Some(stated(n.parse().unwrap())),
            ("lines", n) => profile.max_lines = Some(stated(n.parse().unwrap())),
            ("cps", n) => profile.max_cps = Some(stated(n.parse().unwrap())),
            ("ruler", "half") => {
                profile.line_ruler.value = Ruler::WideOneNarrowHalf;
                profile.speed_ruler.value = Ruler::WideOneNarrowHalf;
            }
            ("punctuation", "keep") => profile.punctuation.value = Punctuation::Keep,
            ("punctuation", "drop-final") => profile.punctuation.value = Punctuation::DropFinal,
            ("punctuation", "space") => options.punctuation = Some(Punctuation::Space),
            ("spacing", "insert") => options.spacing = Some(Spacing::Insert),
            ("spacing", "remove") => profile.spacing.value = Spacing::Remove,
            ("labels", "always") => options.labels = Labels::Always,
            ("labels", "never") => options.labels = Labels::Never,
            ("dialogue", "yes") => options.dialogue = true,
            ("gloss", mode) => options.gloss = gloss_mode(mode),
            other => panic!("{other:?}"),
        }
    }
    (profile, options)
}

fn gloss_mode(name: &str) -> GlossMode {
    match name {
        "keep" => GlossMode::Keep,
        "spoken" => GlossMode::Spoken,
        "gloss" => GlossMode::Gloss,
        "line" => GlossMode::Line,
        "ruby" => GlossMode::Ruby,
        "off" => GlossMode::Off,
        _ => panic!("{name}"),
    }
}

/// As a person reads it.
fn print(track: &Track, report: &Report, profile: &Profile) -> String {
    let mut out = String::new();
    for (i, cue) in track.cues.iter().enumerate() {
        let range = millis(cue.range);
        let text = &cue.text.plain;
        let cps = reading_speed(text, profile.speed_ruler.value, cue.range.duration()).unwrap_or(0.0);
        let (start, length) = (range.start as f64 / 1e3, (range.end - range.start) as f64 / 1e3);
        let voice = cue.text.voice().unwrap_or("two voices");
        writeln!(out, "{} · {start:.3} + {length:.3} · {cps:.1}/s · {voice}\n{text}\n", i + 1).unwrap();
    }
    for item in report.items() {
        let cue = item.at.cue.map_or("track".to_owned(), |cue| (cue + 1).to_string());
        writeln!(out, "{cue}: {:?}: {}", item.code, item.message(Lang::En)).unwrap();
    }
    out
}

/// What must hold of any track that was made.
fn assert_sound(alignment: &Alignment, track: &Track, (profile, options): &(Profile, Options), report: &Report) {
    let extent = millis(alignment.extent);
    for pair in track.cues.windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
    }
    assert!(track.cues.iter().all(|c| c.range.start <= c.range.end));
    assert!(track.cues.iter().all(|c| c.text.plain.split('\n').all(|line| !line.is_empty() && line.trim() == line)));
    let ends = track.cues.first().zip(track.cues.last());
    assert!(ends.is_none_or(|(a, b)| millis(a.range).start >= extent.start && millis(b.range).end <= extent.end));
    if matches!(options.gloss, GlossMode::Off | GlossMode::Ruby | GlossMode::Spoken) {
        let said: String = alignment.transcript.utterances().map(|(_, u)| letters(&u.text.plain)).collect();
        let shown: String = track.cues.iter().map(|c| letters(&c.text.plain)).collect();
        assert_eq!(said, shown, "every character that is said, once, in order");
    }
    assert_no_needless_report(alignment, track, profile, report);
    if report.items().iter().all(|item| item.code == codes::segment::MOVED) {
        assert_within(track, profile, options);
    }
}

/// A limit is given up only where nothing helps: a line is broken anywhere rather than be too long, and no cue is too
/// fast or too brief if the whole has time enough.
fn assert_no_needless_report(alignment: &Alignment, track: &Track, profile: &Profile, report: &Report) {
    if profile.max_line.as_ref().is_some_and(|s| s.value > 8) {
        assert_eq!(report.count(codes::segment::LINE_TOO_LONG), 0, "{report:?}");
        assert_eq!(report.count(codes::segment::TOO_MANY_LINES), 0, "{report:?}");
    }
    let cps = profile.max_cps.as_ref().map_or(f64::MAX, |s| s.value);
    let needs = |cue: &Cue| {
        let label = cue.text.voice().map(Voice::label).unwrap_or_default();
        let chars = text_width(&format!("{label}{}", cue.text.plain), profile.speed_ruler.value).as_chars();
        (chars / cps).max(0.833) + 0.085
    };
    let wanted: f64 = track.cues.iter().map(needs).sum();
    if wanted <= alignment.extent.duration().as_seconds_f64() {
        assert_eq!(report.count(codes::segment::TOO_FAST), 0, "{report:?}");
        assert_eq!(report.count(codes::segment::TOO_SHORT), 0, "{report:?}");
    }
}

/// The limits, measured with the label that a format without voices shows.
fn assert_within(track: &Track, profile: &Profile, options: &Options) {
    let mut last = None;
    for (i, cue) in track.cues.iter().enumerate() {
        let voice = cue.text.voice();
        let label = voice.filter(|_| match options.labels {
            Labels::Never => false,
            Labels::Always => true,
            Labels::Auto | Labels::OnChange => voice != last,
        });
        last = voice;
        let text = format!("{}{}", label.map(Voice::label).unwrap_or_default(), cue.text.plain);
        let duration = cue.range.duration();
        let limit = |s: &Option<Setting<Length>>| s.as_ref().map(|s| s.value.at(None));
        let line = profile.max_line.as_ref().map_or(f64::MAX, |s| f64::from(s.value));
        assert!(text.lines().all(|l| profile.line_ruler.value.width(l).as_chars() <= line), "{text}");
        assert!(profile.max_lines.as_ref().is_none_or(|s| text.lines().count() <= s.value as usize), "{text}");
        let cps = reading_speed(&text, profile.speed_ruler.value, duration);
        assert!(profile.max_cps.as_ref().is_none_or(|s| cps.is_some_and(|cps| cps <= s.value)), "{cps:?} {text}");
        assert!(limit(&profile.min_duration).is_none_or(|least| duration >= least), "{text}");
        assert!(limit(&profile.max_duration).is_none_or(|most| duration <= most), "{text}");
        let next = track.cues.get(i + 1).map(|next| next.range.start - cue.range.end);
        assert!(next.zip(limit(&profile.min_gap)).is_none_or(|(gap, least)| gap >= least), "{text}");
        // A gap is left open only if closing it would keep the cue too long.
        let chained = next.zip(limit(&profile.chain_below)).is_none_or(|(gap, below)| {
            let longest = limit(&profile.max_duration).is_some_and(|most| duration + gap > most);
            gap <= TimeDelta::from_millis(83) || gap >= below || longest
        });
        assert!(chained, "a gap to be closed after {text}");
    }
}

#[test]
fn golden_files_read_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/segment");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if stem.contains('.') {
            continue;
        }
        let article = std::fs::read_to_string(&path).unwrap();
        let header = |key: &str| {
            article.lines().filter_map(|l| l.strip_prefix(&format!("# {key} ")).map(str::to_owned)).collect::<Vec<_>>()
        };
        let alignment = alignment(&article, header("seconds")[0].parse().unwrap());
        for run in header("run") {
            let (name, words) = run.split_once(' ').unwrap_or((&run, ""));
            let settings = settings(words);
            let mut report = Report::default();
            let track = segment(&alignment, &settings.0, &settings.1, &mut report);
            assert_sound(&alignment, &track, &settings, &report);
            assert_eq!(
                stem.starts_with("bad-"),
                report.worst() > Some(zimu::diag::Severity::Note),
                "{stem} {run}: {report:?}"
            );
            let found = print(&track, &report, &settings.0);
            let golden = folder.join(format!("{stem}.{name}.txt"));
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&golden, &found).unwrap();
            } else if std::fs::read_to_string(&golden).ok().as_ref() != Some(&found) {
                wrong.push(format!("{}:\n{found}", golden.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "BLESS=1 rewrites\n{}", wrong.join("\n"));
}

#[test]
fn a_real_article_satisfies_its_profile() {
    let Ok(path) = std::env::var("ZIMU_ARTICLE") else {
        eprintln!("skipped: ZIMU_ARTICLE is not set");
        return;
    };
    let article = std::fs::read_to_string(path).unwrap();
    let turns: Vec<&str> =
        article.lines().skip(4).filter(|l| !l.starts_with("供稿") && !l.starts_with("编辑")).collect();
    let alignment = alignment(&turns.join("\n"), 359);
    for gloss in ["keep", "spoken", "gloss", "line", "ruby", "off"] {
        for look in [
            "punctuation=space",
            "punctuation=keep",
            "punctuation=drop-final labels=always",
            "labels=never spacing=insert",
        ] {
            let words = format!("line=16 lines=2 cps=9 gloss={gloss} {look}");
            let settings = settings(&words);
            let mut report = Report::default();
            let track = segment(&alignment, &settings.0, &settings.1, &mut report);
            assert_sound(&alignment, &track, &settings, &report);
            if std::env::var("ZIMU_PRINT").is_ok_and(|wanted| wanted == words) {
                println!("{}", print(&track, &report, &settings.0));
            }
            assert!(
                report.worst() <= Some(zimu::diag::Severity::Note),
                "{words}: {}",
                print(&track, &report, &settings.0)
            );
        }
    }
}

/// Texts that look like interviews, and some that do not.
fn article() -> impl Strategy<Value = String> {
    let zh = "(我们|今天|12年|人工智能|非常|重要|的|了|在|看到|idea\\(点子\\)|Blue Valley|0\\.8\\+0\\.8>2|“六角”|《长歌》|，|。|、|？|,| ){1,60}";
    let en = "([A-Z]?[a-z]{1,12}[,.?]? |[0-9]{1,4} |New Haven ){1,40}";
    let odd = "[\u{1}-\u{2fff}一-丏😀-😎]{1,60}";
    let line = (
        prop_oneof!["甲", "乙", "Mia"],
        prop_oneof![4 => zh.prop_map(|s| s), 3 => en.prop_map(|s| s), 1 => odd.prop_map(|s| s)],
    );
    prop::collection::vec(line, 1..6).prop_map(|lines| {
        lines.iter().map(|(name, text)| format!("{name}：{}\n", text.replace(['{', '}', '\n', '\r'], ""))).collect()
    })
}

fn words() -> impl Strategy<Value = String> {
    (
        prop_oneof![
            Just(""),
            Just("line=16 lines=2 cps=9"),
            Just("line=42 lines=2 cps=20"),
            Just("line=5 lines=1 cps=30"),
            Just("line=14 lines=3 ruler=half")
        ],
        prop_oneof![Just("keep"), Just("drop-final"), Just("space")],
        prop_oneof![Just("keep"), Just("spoken"), Just("gloss"), Just("line"), Just("ruby"), Just("off")],
        prop_oneof![Just(""), Just("labels=always"), Just("labels=never"), Just("dialogue=yes")],
        prop_oneof![Just(""), Just("spacing=insert"), Just("spacing=remove")],
    )
        .prop_map(|(limits, punctuation, gloss, labels, spacing)| {
            format!("{limits} punctuation={punctuation} gloss={gloss} {labels} {spacing}")
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_not_reported_holds(article in article(), words in words(), seconds in 1i64..90) {
        let alignment = alignment(&article, seconds);
        let settings = settings(&words);
        let mut report = Report::default();
        let track = segment(&alignment, &settings.0, &settings.1, &mut report);
        assert_sound(&alignment, &track, &settings, &report);
    }
}

#[test]
fn long_and_unbroken_texts_take_linear_time() {
    let start = std::time::Instant::now();
    let settings = settings("line=16 lines=2 cps=9 punctuation=space");
    for article in [
        format!("甲：{}", "a".repeat(200_000)),
        format!("甲：{}", "字".repeat(30_000)),
        format!("甲：{}", "word ".repeat(12_000)),
        "甲：好。\n乙：对。\n".repeat(2_000),
    ] {
        let alignment = alignment(&article, 3600);
        let mut report = Report::default();
        let track = segment(&alignment, &settings.0, &settings.1, &mut report);
        assert_sound(&alignment, &track, &settings, &report);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
