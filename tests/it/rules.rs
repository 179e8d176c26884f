//! The rules: each one's manual holds what it says.

use zimu::check::{self, Example, Options, RULES, Rule, Verdict};
use zimu::codec::{self, ReadOptions};
use zimu::diag::{Lang, Report};
use zimu::model::Track;
use zimu::profile::{self, Profile};
use zimu::source::Source;
use zimu::time::{FrameRate, Time, TimeDelta};

/// The profile and what else an example's fence says.
fn setting(example: &Example) -> (Profile, Options) {
    let mut toml = format!("extends = \"{}\"\n", example.profile);
    let mut options = Options::default();
    let time = |text: &str| Time::ZERO + TimeDelta::parse(text).unwrap();
    for setting in &example.settings {
        let (key, value) = setting.split_once('=').unwrap();
        match key {
            "media" => options.media_end = Some(time(value)),
            "fps" => options.frame_rate = FrameRate::parse(value),
            "reference" => options.reference.extend(value.split(',').map(time)),
            "words" => options.words = check::word_list(value).unwrap(),
            "shot" => options.shots.push(time(value)),
            _ => toml.push_str(&format!("{key} = {value}\n")),
        }
    }
    (profile::load(&toml, "example", &|_| None).unwrap(), options)
}

fn read(example: &Example) -> (Source, Track) {
    let format = codec::by_id(&example.format).unwrap();
    let source = Source::from_text(format!("example.{}", format.extensions[0]), example.text.clone());
    let track = (format.read)(&source, &ReadOptions::default(), &mut Report::default()).unwrap();
    (source, track)
}

fn judge(example: &Example) -> (Source, Report) {
    let (profile, options) = setting(example);
    let (source, track) = read(example);
    let mut report = Report::default();
    check::check(&track, Some(&source), &profile, &options, &mut report);
    (source, report)
}

#[test]
fn every_manual_has_an_example_that_fails_and_one_that_passes_and_both_do() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for verdict in [Verdict::Fails, Verdict::Passes] {
            let examples: Vec<Example> = rule.examples().into_iter().filter(|e| e.verdict == verdict).collect();
            if examples.is_empty() {
                wrong.push(format!("{}: no example that {verdict:?}", rule.id()));
            }
            for (i, example) in examples.iter().enumerate() {
                let (_, report) = judge(example);
                let found = report.count(rule.code) > 0;
                if found != (verdict == Verdict::Fails) {
                    wrong.push(format!("{}: example {i} does not do what it says: {verdict:?}", rule.id()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An example shows one thing: nothing else is wrong with it.
#[test]
fn examples_break_no_other_rule() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples() {
            let (_, report) = judge(&example);
            for item in report.items().iter().filter(|item| item.code != rule.code) {
                wrong.push(format!(
                    "{} ({:?}): {:?}: {}",
                    rule.id(),
                    example.verdict,
                    item.code,
                    item.message(Lang::En)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_have_a_place_in_the_source() {
    for rule in RULES {
        for example in rule.examples() {
            let (source, report) = judge(&example);
            for item in report.items().iter().filter(|item| item.at.cue.is_some()) {
                let span = item.at.span.unwrap_or_else(|| panic!("{}: no place", rule.id()));
                assert!(span.range().end <= source.text().len(), "{}", rule.id());
            }
        }
    }
}

#[test]
fn rules_page() {
    crate::golden::check("docs/rules.md", &check::rules_page());
}

#[test]
fn manuals_say_why_and_whence_in_both_languages() {
    for rule in RULES {
        let manual = rule.manual();
        for part in ["**Why.**", "**Source.**"] {
            assert!(manual.contains(part), "{}: {part}", rule.id());
        }
        assert!(!rule.title().is_empty() && !rule.zh.is_empty() && !rule.zh.is_ascii(), "{}", rule.id());
        assert!(std::ptr::eq(Rule::by_id(rule.id()).unwrap(), *rule));
    }
}
