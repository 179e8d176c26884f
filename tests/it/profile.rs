//! Profiles: the built-in ones are whole and honest, files of one's own build on them, mistakes are located.

use crate::golden;
use std::fmt::Write;
use zimu::diag::Lang;
use zimu::lang::LangTag;
use zimu::measure::Ruler;
use zimu::profile::{self, BUILTIN, Dash, Length, Punctuation, Status, builtin, load};
use zimu::time::{FrameRate, Round, TimeDelta};
use zimu::{ErrorKind, Result};

fn alone(text: &str) -> Result<profile::Profile> {
    load(text, "ours.toml", &|_| None)
}

#[test]
fn netflix_zh_hans_has_the_numbers_of_the_guide() {
    let p = builtin("netflix-zh-hans").unwrap();
    let length =
        |s: &Option<profile::Setting<Length>>, rate: &str| s.as_ref().unwrap().value.at(FrameRate::parse(rate));
    assert_eq!((p.max_line.as_ref().unwrap().value, p.max_lines.as_ref().unwrap().value), (16, 2));
    assert_eq!((p.max_cps.as_ref().unwrap().value, p.line_ruler.value), (9.0, Ruler::Each));
    assert_eq!(length(&p.min_gap, "25"), TimeDelta::from_millis(80));
    assert_eq!(p.min_gap.as_ref().unwrap().value.at(None), TimeDelta::from_millis(83));
    assert_eq!((p.punctuation.value, p.punctuation.origin.status), (Punctuation::Space, Status::Unverified));
    assert_eq!(length(&p.max_duration, "24"), TimeDelta::from_seconds(7));
    assert_eq!(p.max_linger.unwrap().value, Length::Time(TimeDelta::from_millis(500)));
}

/// Exactly so many frames are long enough, one fewer is not.
#[test]
fn the_shortest_cue_is_so_many_frames_at_each_rate() {
    for id in ["netflix", "netflix-zh-hans", "netflix-en", "netflix-ko-sdh", "netflix-ru-children"] {
        let least = builtin(id).unwrap().min_duration.unwrap().value;
        for (rate, frames) in [
            ("23.976", 20),
            ("24", 20),
            ("25", 21),
            ("29.97", 25),
            ("30", 25),
            ("48", 40),
            ("50", 42),
            ("59.94", 50),
            ("60", 50),
            ("119.88", 100),
            // Where rounding up and rounding to the nearest differ.
            ("15", 13),
        ] {
            let rate = FrameRate::parse(rate).unwrap();
            assert_eq!((least.frames(rate), least.at(Some(rate))), (frames, rate.frames(frames)), "{id} at {rate}");
        }
        assert_eq!(least.at(None), TimeDelta::from_millis(833));
    }
}

/// Where the rate is not known, times are those of the file, in milliseconds: both ends may be off by half of one. The least
/// number of frames is never too short, one fewer always is.
#[test]
fn without_a_rate_the_shortest_cue_is_told_apart_in_milliseconds() {
    let least = builtin("netflix-en").unwrap().min_duration.unwrap().value.at(None);
    for (rate, frames) in [("23.976", 20), ("24", 20), ("25", 21), ("29.97", 25), ("30", 25), ("59.94", 50), ("60", 50)]
    {
        let rate = FrameRate::parse(rate).unwrap();
        let in_file = |start: u32, frames: u32| {
            let ms = |frame| rate.frames(frame).to_millis(Round::Nearest);
            TimeDelta::from_millis(ms(start + frames) - ms(start))
        };
        let unit = TimeDelta::from_millis(1);
        for start in 0..2000 {
            assert!(in_file(start, frames) + unit >= least, "{frames} frames from {start} at {rate}");
            assert!(in_file(start, frames - 1) + unit < least, "{} frames from {start} at {rate}", frames - 1);
        }
    }
}

#[test]
fn half_a_second_and_two_frames_follow_the_rate() {
    let p = builtin("netflix-en").unwrap();
    let (zone, gap) = (p.shot_zone.unwrap().value, p.shot_gap.unwrap().value);
    for (rate, half) in
        [("23.976", 12), ("24", 12), ("25", 13), ("29.97", 15), ("30", 15), ("50", 25), ("59.94", 30), ("60", 30)]
    {
        let rate = FrameRate::parse(rate).unwrap();
        assert_eq!((zone.frames(rate), gap.frames(rate)), (half, 2), "{rate}");
        assert_eq!(p.min_gap.as_ref().unwrap().value.at(Some(rate)), rate.frames(2));
    }
    assert_eq!((zone.at(None), gap.at(None)), (TimeDelta::from_millis(500), TimeDelta::from_millis(83)));
}

#[test]
fn gaps_of_less_than_half_a_second_are_chained_at_every_rate() {
    let below = builtin("netflix-en").unwrap().chain_below.unwrap().value;
    for (rate, half) in [("23.976", 12), ("24", 12), ("25", 13), ("29.97", 15), ("30", 15), ("50", 25), ("60", 30)] {
        let rate = FrameRate::parse(rate).unwrap();
        assert!(rate.frames(half - 1) < below.at(Some(rate)), "{} at {rate} is closed", half - 1);
        assert!(rate.frames(half) >= below.at(Some(rate)), "{half} at {rate} stays");
    }
}

#[test]
fn a_place_that_states_no_limits_shows_none_as_its_own() {
    for id in ["youtube", "bilibili", "vimeo", "apple-podcasts", "mooc-zh", "default-zh", "default-en", "default-any"] {
        let p = builtin(id).unwrap();
        for (key, (_, origin)) in p.described(Lang::En).filter_map(|s| Some((s.key, s.value?))).take(LIMITS) {
            assert_eq!(origin.status, Status::House, "{id} {key}");
        }
        assert!(p.name.contains("zimu's own"), "{id}");
    }
}

/// The first settings are those that the segmenter needs.
const LIMITS: usize = 12;

#[test]
fn every_built_in_setting_has_source_and_date_and_every_limit_the_segmenter_needs() {
    for id in profile::ids() {
        let p = builtin(&id).unwrap();
        assert!(!p.name.is_empty() && p.id == id);
        for (key, value) in p.described(Lang::En).map(|s| (s.key, s.value)).take(LIMITS) {
            assert!(value.is_some() || (key == "chain_below" && id.starts_with("netflix-ja")), "{id} has no {key}");
        }
        for (key, (value, origin)) in p.described(Lang::En).filter_map(|s| Some((s.key, s.value?))) {
            assert!(!value.is_empty() && !origin.source.contains("neither the profile"), "{id} {key}");
            assert!(origin.source.trim().len() > 5 && origin.date.starts_with("20"), "{id} {key}");
            let house = ["own", "ours", "custom"].iter().any(|word| origin.source.starts_with(word));
            assert!(origin.status == Status::House || !house, "{id} {key} presents a choice of ours as a rule");
        }
    }
}

#[test]
fn the_table_of_variants_is_that_of_the_files() {
    for row in BUILTIN {
        let table: toml::Table = row.text.parse().unwrap();
        let tables = |table: &toml::Table| -> Vec<String> {
            table
                .get("variants")
                .and_then(|all| all.as_table())
                .map(|all| all.keys().cloned().collect())
                .unwrap_or_default()
        };
        assert!(tables(&table).iter().all(|name| row.variants.contains(&name.as_str())), "{}", row.id);
        let mut names = vec![builtin(row.id).unwrap().name];
        for variant in row.variants {
            assert!(tables(&table).iter().any(|name| name == variant), "{} does not name its {variant}", row.id);
            names.push(builtin(&format!("{}-{variant}", row.id)).unwrap().name);
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), row.variants.len() + 1, "{}: two variants of one name", row.id);
    }
    let ids: Vec<String> = profile::ids().collect();
    assert!(ids.iter().all(|id| profile::is_builtin(id)) && !profile::is_builtin("netflix-ja-"));
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
}

/// Subtitle Edit's table of 2026-08-22: characters a second for adults and children, without and with SDH, and how two
/// speakers are marked.
#[test]
fn netflix_reads_as_fast_as_its_languages_do() {
    let both = (Dash::BothSpaced, Dash::BothTight);
    for (lang, speeds, dash) in [
        ("", [17.0, 13.0, 20.0, 17.0], both.1),
        ("-zh-hans", [9.0, 7.0, 11.0, 9.0], both.1),
        ("-zh-hant", [9.0, 7.0, 11.0, 9.0], both.1),
        ("-en", [20.0, 17.0, 20.0, 17.0], both.1),
        ("-ja", [4.0, 4.0, 7.0, 7.0], both.1),
        ("-ko", [12.0, 9.0, 14.0, 11.0], both.0),
        ("-fr", [17.0, 13.0, 20.0, 17.0], both.0),
        ("-de", [17.0, 13.0, 20.0, 17.0], both.1),
        ("-es", [17.0, 13.0, 20.0, 17.0], both.0),
        ("-pt-br", [17.0, 13.0, 20.0, 17.0], both.0),
        ("-ar", [20.0, 17.0, 23.0, 20.0], both.0),
        ("-hi", [22.0, 18.0, 25.0, 20.0], both.1),
        ("-ru", [17.0, 13.0, 20.0, 17.0], both.0),
    ] {
        let profiles =
            ["", "-children", "-sdh", "-sdh-children"].map(|v| builtin(&format!("netflix{lang}{v}")).unwrap());
        for (p, speed) in profiles.iter().zip(speeds) {
            assert_eq!(p.max_cps.as_ref().unwrap().value, speed, "{}", p.id);
            assert_eq!(p.dialogue_dash.as_ref().unwrap().value, dash, "{}", p.id);
            let without = ["-ar", "-hi", "-ko", "-zh-hans", "-zh-hant"].contains(&lang);
            assert_eq!(p.italics.as_ref().map(|s| s.value), without.then_some(false), "{}", p.id);
        }
    }
}

#[test]
fn a_variant_builds_on_its_file_and_on_the_variant_of_its_base() {
    let base = "max_cps = 10\nmax_line = 30\n[variants.loud]\nmax_cps = 5\nmax_lines = 3\n";
    let files = |name: &str| (name == "base").then(|| base.to_owned());
    let loud = |text: &str| {
        let p = profile::load_variant(text, "mine", Some("loud"), &files).unwrap();
        (p.max_cps.unwrap().value, p.max_line.unwrap().value, p.max_lines.map(|s| s.value))
    };
    assert_eq!(loud(base), (5.0, 30, Some(3)));
    assert_eq!(loud("extends = \"base\"\nmax_line = 20\n"), (5.0, 20, Some(3)));
    assert_eq!(loud("extends = \"base\"\nmax_cps = 7\n"), (7.0, 30, Some(3)));
    assert_eq!(loud("extends = \"base\"\n[variants.loud]\nmax_cps = 4\n"), (4.0, 30, Some(3)));
    let built_in = load("extends = \"netflix-ja-children\"\n", "mine", &files).unwrap();
    assert_eq!((built_in.max_cps, built_in.id.as_str()), (builtin("netflix-ja-children").unwrap().max_cps, "mine"));
    for (text, variant) in [(base, "quiet"), ("extends = \"netflix-ja-children\"\n", "quiet")] {
        let error = profile::load_variant(text, "mine", Some(variant), &files).unwrap_err();
        assert_eq!(error.to_string(), "mine has no variant `quiet`");
    }
    let file = "fixtures/profile/house--extends-netflix.toml";
    let of_file = |variant: &str| zimu::pipeline::profile(&format!("{file}#{variant}"));
    assert_eq!(of_file("sdh").unwrap().name, "Studio of our own");
    assert_eq!(of_file("quiet").unwrap_err().to_string(), format!("{file} has no variant `quiet`"));
}

#[test]
fn the_default_follows_the_language() {
    for (lang, id) in
        [("zh-Hant-TW", "default-zh"), ("yue", "default-zh"), ("en-GB", "default-en"), ("ja", "default-any")]
    {
        assert_eq!(profile::choose("default", LangTag::parse(lang).as_ref()).unwrap().id, id);
    }
    assert_eq!(profile::default_for(None).unwrap().id, "default-any");
    assert_eq!(profile::choose("bbc", LangTag::parse("zh").as_ref()).unwrap().id, "bbc");
}

#[test]
fn an_unknown_name_brings_the_nearest() {
    let error = builtin("netflix-zh").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(
        error
            .to_string()
            .contains("unknown profile `netflix-zh` (did you mean `netflix-zh-hans` or `netflix-zh-hant` or"),
        "{error}"
    );
    assert!(builtin(&"长".repeat(100_000)).unwrap_err().to_string().len() < 500);
}

#[test]
fn a_file_of_ones_own_builds_on_a_built_in_one() {
    let p = alone(include_str!("../../fixtures/profile/house--extends-netflix.toml")).unwrap();
    golden::check("fixtures/profile/house--extends-netflix.txt", &profile::describe(&p, Lang::En));
    golden::check("fixtures/profile/house--extends-netflix.zh.txt", &profile::describe(&p, Lang::Zh));
    assert_eq!(p.lang, LangTag::parse("zh-Hans"));
    assert_eq!(p.max_duration, None);
}

#[test]
fn bases_are_asked_of_the_caller_first() {
    let files = |name: &str| match name {
        "bbc" => Some("max_line = 30\n".to_owned()),
        "child" => Some("extends = \"bbc\"\nmax_lines = 3\n".to_owned()),
        _ => None,
    };
    let p = load("extends = \"child\"\nname = \"Mine\"\n", "mine", &files).unwrap();
    assert_eq!((p.max_line.unwrap().value, p.max_lines.unwrap().value, p.max_cps), (30, 3, None));
    assert_eq!((p.id.as_str(), p.name.as_str()), ("mine", "Mine"));
}

#[test]
fn circles_and_endless_chains_are_refused() {
    let circle = |name: &str| Some(format!("extends = \"{}\"\n", if name == "a" { "b" } else { "a" }));
    let error = load("extends = \"a\"\n", "ours.toml", &circle).unwrap_err();
    assert_eq!(error.to_string(), "b:1: extends itself: ours.toml → a → b → a");
    let endless = |name: &str| Some(format!("extends = \"{name}x\"\n"));
    assert!(load("extends = \"x\"\n", "ours.toml", &endless).unwrap_err().to_string().contains("more than 16"));
    assert!(alone("extends = \"ours.toml\"\n").unwrap_err().to_string().contains("extends itself"));
}

#[test]
fn mistakes_are_located_and_say_what_would_be_right() {
    let with =
        |value: &str| format!("\n[min_gap]\nvalue = {value}\nsource = \"s\"\ndate = \"2026-01\"\nstatus = \"house\"\n");
    let cases: &[(&str, &str)] = &[
        ("a = 1\n", "ours.toml:1: unknown key `a` (known are name, lang, extends, variants, max_line"),
        ("\nmax_line = 0\n", "ours.toml:2: max_line must be a whole number from 1 to 1000"),
        ("max_line = -5", "ours.toml:1: max_line must be a whole number"),
        ("max_line = 99999999999999999999", "ours.toml:1: max_line must be a whole number"),
        ("max_line = 14.5", "ours.toml:1: max_line must be a whole number"),
        ("max_cps = nan", "ours.toml:1: max_cps must be a number from 0.1 to 1000"),
        ("max_cps = inf", "ours.toml:1: max_cps must be a number"),
        ("max_duration = 1e300", "ours.toml:1: max_duration must be a number from 0 to 3600"),
        ("min_gap = 2", "ours.toml:1: min_gap needs a unit: \"ms\", \"s\" or \"frames\""),
        ("line_ruler = \"both\"", "ours.toml:1: line_ruler must be \"each-1\" or"),
        ("lang = \"中文\"", "ours.toml:1: lang must be a language tag"),
        ("extends = \"nowhere\"", "ours.toml:1: no profile `nowhere`"),
        ("extends = 3", "ours.toml:1: extends must be text in quotes"),
        ("min_duration = 9\nmax_duration = 8", "ours.toml: min_duration is above max_duration"),
        ("x = [\n", "ours.toml:1: "),
        ("max_line = 1\nmax_line = 2\n", "ours.toml:2: duplicate key"),
        (&with("2"), "ours.toml:2: min_gap needs a unit"),
        (&with("2\nunit = \"frames\""), "ours.toml:2: min_gap in frames needs `or_ms` too"),
        (&with("2\nunit = \"s\"\nor_ms = 3"), "ours.toml:2: min_gap has `or_ms`, which is for lengths in frames"),
        (&with("2\nunits = \"s\""), "ours.toml:4: unknown key `units` in min_gap"),
        ("max_cps = { value = 9, status = \"house\", date = \"2026-01\" }", "ours.toml:1: max_cps needs `source`"),
        ("max_cps = { value = 9, status = \"sure\", date = \"2026-01\", source = \"x\" }", "status must be sourced"),
        ("max_cps = { value = 9, status = \"house\", date = \"lately\", source = \"x\" }", "date must be YYYY-MM"),
        (
            "max_cps = { value = 9, unit = \"wpm\", status = \"house\", date = \"2026-01\", source = \"x\" }",
            "is in \"characters/s\"",
        ),
    ];
    for (text, expected) in cases {
        let error = alone(text).unwrap_err();
        assert!(error.to_string().contains(expected), "{text}\n got: {error}\nwant: {expected}");
        assert_eq!(error.kind(), ErrorKind::Usage);
    }
}

#[test]
fn every_kind_of_value_is_read_and_shown() {
    let p = alone(include_str!("../../fixtures/profile/every-setting.toml")).unwrap();
    assert!(p.described(Lang::En).all(|setting| setting.value.is_some()));
    golden::check("fixtures/profile/every-setting.txt", &profile::describe(&p, Lang::En));
    golden::check("fixtures/profile/every-setting.zh.txt", &profile::describe(&p, Lang::Zh));
}

#[test]
fn values_from_the_command_line_are_house_values() {
    let mut p = builtin("netflix-en").unwrap();
    for (key, value, shown) in [
        ("max_cps", "12", "12 characters a second"),
        ("max-line", "30", "30 characters"),
        ("line_ruler", "columns", "columns"),
        ("line_ruler", "\"each-1\"", "each-1"),
        ("max_duration", "6.5", "6.5 s"),
        ("min_gap", "80 ms", "0.08 s"),
        ("min_gap", "2 frames", "2 frames, 0.083 s without a frame rate"),
        ("shot_zone", "0.5s", "0.5 s"),
        ("italics", "false", "not allowed"),
        ("extensions", ".SRT, vtt", "srt, vtt"),
        ("extensions", "['srt']", "srt"),
        ("markup", "", "none"),
        ("ellipsis", "three-dots", "three-dots"),
        ("encoding", "UTF-8", "UTF-8"),
        ("max_bytes", "2_000_000", "2000000 bytes"),
    ] {
        p.set(key, value).unwrap();
        let row = p.described(Lang::En).find(|s| s.key == key.replace('-', "_")).unwrap();
        let (text, origin) = row.value.unwrap();
        assert_eq!((text.as_str(), origin.status, origin.source.as_str()), (shown, Status::House, "--set"), "{key}");
    }
    p.set("max_lines", "none").unwrap();
    assert_eq!(p.max_lines, None);
}

#[test]
fn mistakes_on_the_command_line_change_nothing_and_say_what_would_be_right() {
    let before = builtin("netflix-en").unwrap();
    for (key, value, expected) in [
        ("max_cpm", "12", "--set: unknown setting `max_cpm` (known are max_line, line_ruler"),
        ("max_cps", "fast", "--set max_cps=fast: max_cps must be a number from 0.1 to 1000, or \"none\""),
        ("min_gap", "2", "min_gap needs a unit"),
        ("min_gap", "2 feet", "min_gap must be a length: \"80 ms\", \"0.5 s\", \"2 frames\""),
        ("min_gap", "1.5 frames", "min_gap must be a length"),
        ("min_duration", "8", "min_duration is above max_duration"),
        ("italics", "maybe", "italics must be true or false"),
        ("markup", "bold, blink", "markup must hold only \"bold\" or"),
        ("dialogue_dash", "em", "dialogue_dash must be \"both-spaced\" or"),
        ("max_bytes", "0", "max_bytes must be a whole number from 1"),
        ("extensions", "3", "extensions must be a list"),
    ] {
        let mut p = before.clone();
        let error = p.set(key, value).unwrap_err();
        assert!(error.to_string().contains(expected), "{key}={value}\n got: {error}\nwant: {expected}");
        assert_eq!((error.kind(), p), (ErrorKind::Usage, before.clone()));
    }
    let mut p = before;
    assert!(p.set(&"长".repeat(100_000), &"x".repeat(100_000)).unwrap_err().to_string().len() < 1000);
}

#[test]
fn hostile_files_are_errors() {
    assert!(alone(&"[".repeat(100_000)).is_err());
    assert!(alone(&format!("x = {}", "[".repeat(100_000))).is_err());
    assert!(alone(&format!("max_line = {}", "{ value = ".repeat(10_000))).is_err());
    assert_eq!(alone(&" ".repeat(2 << 20)).unwrap_err().kind(), ErrorKind::Limit);
}

/// docs/profiles.md: a table of all, then each with what it says otherwise than what it builds on.
#[test]
fn the_document_lists_every_profile() {
    let mut text = String::from(include_str!("../../src/profile/profiles.md"));
    text += "\n| profile | for | variants |\n|---|---|---|\n";
    for row in BUILTIN {
        let variants: Vec<String> = row.variants.iter().map(|variant| format!("`-{variant}`")).collect();
        let name = builtin(row.id).unwrap().name;
        let _ = writeln!(text, "| [{0}](#{0}) | {name} | {1} |", row.id, variants.join(" "));
    }
    for row in BUILTIN {
        let p = builtin(row.id).unwrap();
        let tag = p.lang.as_ref().map_or(String::new(), |tag| format!(" Language: `{tag}`."));
        let _ = writeln!(text, "\n## {}\n\n{}.{tag}", row.id, p.name);
        let table: toml::Table = row.text.parse().unwrap();
        let base = table.get("extends").map(|base| base.as_str().unwrap());
        let mut rows = String::new();
        differences(&mut rows, "", &p, base.map(|base| builtin(base).unwrap()).as_ref());
        if let Some(base) = base {
            let _ = writeln!(text, "As [{base}](#{base}){}", if rows.is_empty() { "." } else { ", but:" });
        }
        if !rows.is_empty() {
            text += "\n| setting | value | trust | source |\n|---|---|---|---|\n";
        }
        text += &rows;
        if !row.variants.is_empty() {
            text += "\nIts variants differ in this:\n\n| variant | setting | value | trust | source |\n|---|---|---|---|---|\n";
        }
        for variant in row.variants {
            let variant = builtin(&format!("{}-{variant}", row.id)).unwrap();
            differences(&mut text, &format!("| {} ", variant.id), &variant, Some(&p));
        }
    }
    golden::check("docs/profiles.md", &text);
}

/// A row for each setting that `p` has otherwise than `base`, after the cells in `first`.
fn differences(text: &mut String, first: &str, p: &profile::Profile, base: Option<&profile::Profile>) {
    let unlimited = profile::Profile::unlimited("");
    let base: Vec<_> = base.unwrap_or(&unlimited).described(Lang::En).collect();
    for (now, _) in p.described(Lang::En).zip(&base).filter(|(now, before)| now.value != before.value) {
        let title = now.title;
        let _ = match now.value {
            None => writeln!(text, "{first}| {title} | nothing is said | | |"),
            Some((value, origin)) => {
                let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!("; {clause}"));
                let status = origin.status.name(Lang::En);
                writeln!(text, "{first}| {title} | {value} | {status}, {} | {}{clause} |", origin.date, origin.source)
            }
        };
    }
}
