//! Words that are neither Chinese nor English: sounds from espeak-ng, where it is installed.

use crate::lexicon::transcript;
use std::process::Command;
use zimu::diag::Report;
use zimu::host::{Program, espeak};
use zimu::lexicon::{pronounce, unsounded};
use zimu::model::{Pronunciation, Transcript};
use zimu::pipeline::sound_out;

/// Another run of this test program is given a variable that names no espeak-ng.
const ELSEWHERE: &str = "ZIMU_ESPEAK_NG";

fn in_language(text: &str, lang: &str) -> Transcript {
    let mut transcript = transcript(&[(0, text)]);
    transcript.lang = zimu::lang::LangTag::parse(lang);
    transcript
}

fn sounded(text: &str, lang: &str) -> (Pronunciation, Report) {
    let transcript = in_language(text, lang);
    let (mut said, mut report) = (pronounce(&transcript), Report::default());
    sound_out(&transcript, &mut said, &mut report);
    (said, report)
}

fn names(said: &Pronunciation) -> String {
    let word = |units: &[zimu::model::Unit]| {
        let phones = units.iter().flat_map(|unit| &unit.phones).map(|phone| phone.row().name);
        phones.collect::<Vec<_>>().join(" ")
    };
    said.words.iter().map(|w| word(&w.units)).collect::<Vec<_>>().join("|")
}

fn codes(report: &Report) -> Vec<String> {
    report.items().iter().map(|diagnostic| format!("{:?}", diagnostic.code)).collect()
}

fn installed() -> bool {
    let installed = Program::by_id(espeak::ESPEAK).and_then(Program::find).is_some();
    if !installed {
        eprintln!("skipped: espeak-ng is not installed");
    }
    installed
}

#[test]
fn the_language_of_a_word_without_phones_is_told_by_the_transcript_or_the_script() {
    for (text, lang, expected) in [
        ("bonjour monde", "fr", vec![("bonjour", Some("fr")), ("monde", Some("fr"))]),
        ("他说 привет 和 カメラ", "zh", vec![("привет", Some("ru")), ("カメラ", Some("ja"))]),
        ("東京タワー", "ja", vec![("東", None), ("京", None), ("タワー", Some("ja"))]),
        ("Це книга GPT", "uk", vec![("Це", Some("uk")), ("книга", Some("uk"))]),
        ("hello 你好 AI", "zh", vec![]),
        ("hello AI", "en", vec![]),
        ("12 mois", "fr", vec![("12", Some("fr")), ("mois", Some("fr"))]),
    ] {
        let transcript = in_language(text, lang);
        let said = pronounce(&transcript);
        let found: Vec<_> = unsounded(&transcript, &said).iter().map(|word| (word.text, word.language)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn espeak_tells_the_sounds_of_words() {
    if !installed() {
        return;
    }
    for (text, lang) in [
        ("Bonjour le monde, 12 mois", "fr"),
        ("Guten Morgen, schöne Straße", "de"),
        ("Buenos días, señor", "es"),
        ("안녕하세요", "ko"),
        ("カメラとテレビ", "ja"),
        ("привет мир", "ru"),
    ] {
        let (said, report) = sounded(text, lang);
        eprintln!("{text}: {}", names(&said));
        assert_eq!(codes(&report), [""; 0], "{text}");
        assert!(said.words.iter().all(|word| word.units.iter().any(|unit| !unit.phones.is_empty())), "{text}");
    }
    assert_eq!(names(&sounded("bonjour", "fr").0), "e_b e_ao e_n e_zh z_u z_h");
    assert_eq!(names(&sounded("カメラ", "ja").0), "e_k z_a e_m e_eh e_d z_a");
}

#[test]
fn words_that_nobody_can_read_are_named_in_one_report() {
    if !installed() {
        return;
    }
    let (said, report) = sounded("東京は雨", "ja");
    assert_eq!(codes(&report), ["align/no-sounds"]);
    assert!(names(&said).starts_with("||"), "{}", names(&said));
    let (_, report) = sounded("ana bik", "xx");
    assert_eq!(codes(&report), ["align/espeak-failed"]);
}

#[test]
fn phonemes_come_in_the_order_of_the_words() {
    if !installed() {
        return;
    }
    let words: Vec<String> =
        (0..1200).map(|n| if n % 3 == 0 { "a[[b]]".to_owned() } else { format!("mot{n}") }).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = espeak::phonemes(&words, "fr").unwrap().unwrap();
    assert_eq!(said.len(), words.len());
    assert_eq!(said[0], said[3]);
    assert_ne!(said[1], said[2]);
    assert!(espeak::phonemes(&["mot"], "../fr").is_err());
}

#[test]
fn without_espeak_words_keep_no_phones_and_one_report_says_the_remedy() {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--ignored", "foreign::where_espeak_is_not"]).env(ELSEWHERE, "/nowhere/espeak-ng");
    let output = again.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[test]
#[ignore = "run by the test above, which hides espeak-ng"]
fn where_espeak_is_not() {
    if std::env::var_os(ELSEWHERE).is_none() {
        return;
    }
    let (said, report) = sounded("bonjour le monde", "fr");
    assert_eq!(names(&said), "||");
    assert_eq!(codes(&report), ["align/no-espeak"]);
}
