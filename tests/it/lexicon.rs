//! Readings of words, numbers and signs, and what holds of every pronunciation.

use crate::golden;
use proptest::prelude::*;
use std::fmt::Write as _;
use zimu::lang::is_han;
use zimu::lexicon::pronounce;
use zimu::model::*;

/// One utterance for each text, with its turn.
pub(crate) fn transcript(texts: &[(u32, &str)]) -> Transcript {
    let part = |(turn, text): &(u32, &str)| {
        let utterance = Utterance { turn: *turn, speaker: None, text: (*text).into() };
        Part { source: (*text).to_owned(), kind: PartKind::Utterance(utterance) }
    };
    Transcript { parts: texts.iter().map(part).collect(), ..Transcript::default() }
}

/// Syllables joined by `.`, words parted by what their boundary says.
fn dump(pronunciation: &Pronunciation) -> String {
    let mut out = String::new();
    for word in &pronunciation.words {
        let sounds: Vec<String> = word.units.iter().map(|unit| unit.reading.to_string()).collect();
        let mark = match word.boundary {
            Boundary::None => " ",
            Boundary::Word => " _ ",
            Boundary::Weak => " ` ",
            Boundary::Comma => " , ",
            Boundary::Semicolon => " ; ",
            Boundary::Sentence => " . ",
            Boundary::Paragraph => " ¶\n",
            Boundary::Turn => " ¶¶\n",
        };
        write!(out, "{}{mark}", sounds.join(".")).unwrap();
    }
    out
}

#[test]
fn written_words_are_read_as_the_fixtures_say() {
    for (name, lang) in [("chinese", "zh"), ("polyphones", "zh"), ("other", "zh"), ("english", "en")] {
        golden::remake(&format!("lexicon/readings--{name}.txt"), |old| {
            let mut new = String::new();
            for line in old.lines() {
                let written = line.split(" ⇒ ").next().unwrap();
                match line.starts_with('#') {
                    true => writeln!(new, "{line}").unwrap(),
                    false => {
                        let mut transcript = transcript(&[(0, written)]);
                        transcript.lang = zimu::lang::LangTag::parse(lang);
                        let said = dump(&pronounce(&transcript));
                        writeln!(new, "{written} ⇒ {}", said.trim_end().trim_end_matches(" ¶¶")).unwrap();
                    }
                }
            }
            new
        });
    }
}

#[test]
fn a_whole_conversation_is_read_in_order_with_paragraphs_and_turns() {
    let text = golden::read("lexicon/conversation.txt");
    let lines: Vec<(u32, &str)> = text.lines().map(|line| line.split_once('\t').unwrap()).map(turn).collect();
    golden::remake("lexicon/conversation.said.txt", |_| dump(&pronounce(&transcript(&lines))));
}

fn turn((turn, text): (&str, &'static str)) -> (u32, &'static str) {
    (turn.parse().unwrap(), text)
}

fn with_gloss(plain: &str, range: std::ops::Range<u32>, gloss: &str, spoken: Spoken) -> Pronunciation {
    let mut transcript = transcript(&[(0, plain)]);
    let PartKind::Utterance(utterance) = &mut transcript.parts[0].kind else { unreachable!() };
    let (open, close) = ("(".to_owned(), ")".to_owned());
    let gloss = Gloss { text: gloss.to_owned(), open, close, spoken };
    utterance.text.add(Mark::new(range, MarkKind::Gloss(Box::new(gloss))));
    pronounce(&transcript)
}

#[test]
fn a_gloss_that_is_said_stands_at_its_term() {
    let said = with_gloss("从idea到AI", 3..7, "点子", Spoken::Gloss);
    assert_eq!(dump(&said), "cong2 _ dian3.zi5 _ dao4 _ A.I ¶¶\n");
    assert_eq!(said.words[1].at.range, 3..7);
    assert!(said.words[1].units.iter().all(|unit| unit.range == (3..7)));

    let said = with_gloss("从idea到AI", 3..7, "点子", Spoken::Term);
    assert_eq!(dump(&said), "cong2 _ i.de.a _ dao4 _ A.I ¶¶\n");
}

#[test]
fn a_gloss_without_a_sound_leaves_its_term() {
    for (range, gloss) in [(3..7, "……"), (4..5, "点"), (3..3, "点子"), (5..99, "点子")] {
        let said = with_gloss("从idea到", range, gloss, Spoken::Gloss);
        assert!(said.words.iter().any(|word| word.at.part == 0 && word.at.range.start <= 3 + 4), "{gloss}");
        holds(&said, &["从idea到"]);
    }
}

#[test]
fn han_in_a_japanese_transcript_is_not_mandarin() {
    let mut japanese = transcript(&[(0, "東京は雨")]);
    japanese.lang = zimu::lang::LangTag::parse("ja");
    let said = pronounce(&japanese);
    let mandarin = |unit: &&Unit| matches!(unit.reading, Reading::Mandarin { .. });
    assert_eq!(said.words.iter().flat_map(|word| &word.units).filter(mandarin).count(), 0);
}

/// What holds of every pronunciation: nothing that is said is lost or said twice, and places only grow.
fn holds(said: &Pronunciation, texts: &[&str]) {
    for (part, text) in texts.iter().enumerate() {
        let mut covered = vec![0u8; text.len()];
        let mut last = 0;
        for word in said.words.iter().filter(|word| word.at.part as usize == part) {
            let range = word.at.range.clone();
            assert!(last <= range.start && range.start < range.end, "{text:?} {word:?}");
            assert!(text.get(range.start as usize..range.end as usize).is_some(), "{text:?} {word:?}");
            last = range.end;
            covered[range.start as usize..range.end as usize].iter_mut().for_each(|n| *n += 1);
            units_hold(word, text);
        }
        for (i, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() || is_han(*c)) {
            assert_eq!(covered[i], 1, "{c:?} of {text:?}");
        }
    }
}

fn units_hold(word: &SpokenWord, text: &str) {
    assert!(!word.units.is_empty());
    let mut begin = word.at.range.start;
    for unit in &word.units {
        let range = unit.range.clone();
        assert!(begin <= range.start && range.start < range.end && range.end <= word.at.range.end, "{text:?} {word:?}");
        assert!(text.get(range.start as usize..range.end as usize).is_some(), "{text:?} {word:?}");
        assert!(!unit.reading.to_string().is_empty());
        assert!(is_known(&unit.reading) != Some(unit.phones.is_empty()), "{text:?} {word:?}");
        begin = range.start;
    }
}

/// The acoustic model has the phones of Mandarin and English; `ə` in a Latin word tells nothing, whatever is around it.
fn is_known(reading: &Reading) -> Option<bool> {
    match reading {
        Reading::Mandarin { .. } => Some(true),
        Reading::English(letters) => letters.is_ascii().then_some(true),
        Reading::Letter(letter) => Some(letter.is_ascii()),
        Reading::Other(_) => Some(false),
    }
}

#[test]
fn english_syllables_have_one_vowel_each() {
    let mut transcript = transcript(&[(0, golden::read("lexicon/readings--english.txt"))]);
    transcript.lang = zimu::lang::LangTag::parse("en");
    let said = pronounce(&transcript);
    let units = said.words.iter().flat_map(|word| &word.units);
    let english = units.filter(|unit| matches!(unit.reading, Reading::English(_)));
    let vowels = |unit: &Unit| unit.phones.iter().filter(|phone| phone.row().class == PhoneClass::Vowel).count();
    let counts: Vec<(String, usize)> = english.map(|unit| (unit.reading.to_string(), vowels(unit))).collect();
    assert!(counts.len() > 300, "{}", counts.len());
    let others: Vec<_> = counts.iter().filter(|(_, vowels)| *vowels != 1).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn words_and_letters_have_phones_wherever_they_stand() {
    for (text, phones) in [
        ("从idea到AI", "z_c z_ong|e_ay|e_d e_iy|e_ax|z_d z_ao|e_ey|e_ay"),
        ("don't", "e_d e_ow e_n e_t"),
        ("LLMs", "e_eh e_l|e_eh e_l|e_eh e_m e_z"),
        ("Google's DeepMinds", "e_g e_uw|e_g e_ax e_l e_z|e_d e_iy e_p|e_m e_ay e_n e_d e_z"),
        ("Dr", "e_d e_aa e_k|e_t e_er"),
    ] {
        let said = pronounce(&transcript(&[(0, text)]));
        let units = said.words.iter().flat_map(|word| &word.units);
        let names = |unit: &Unit| unit.phones.iter().map(|phone| phone.row().name).collect::<Vec<_>>().join(" ");
        assert_eq!(units.map(names).collect::<Vec<_>>().join("|"), phones, "{text}");
    }
}

fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "2016年",
        "0.8+0.8>2",
        "50%",
        "3:1",
        "10:30",
        "¥3,000",
        "$5",
        "1/2",
        "-",
        "–",
        "～",
        "No.1",
        "1st",
        "GPT-4",
        "iPhone",
        "don't",
        "“",
        "”",
        "（",
        "。",
        "，",
        "、",
        " ",
        ". ",
        "\n",
        "C++",
        "@",
        "#",
        "&",
        "℃",
        "１２",
        "Ａ",
        "é",
        "е\u{301}",
        "①",
        "々",
        "〇",
        "🎉",
        "きゃ",
        "한",
        "न\u{93F}",
        "ß",
        "Ⅳ",
        "²",
        "٣",
        "重庆",
        "长大",
        "AI",
        "ªº",
        "ﬁ",
        "ǅ",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => "[0-9a-zA-Z.,:/%$-]{1,12}", 1 => "[一-龥]{1,6}"]
}

proptest! {
    #[test]
    fn every_letter_digit_and_han_is_said_once(pieces in prop::collection::vec(piece(), 0..12), second in "\\PC{0,12}") {
        let first = pieces.concat();
        holds(&pronounce(&transcript(&[(0, &first), (1, &second)])), &[&first, &second]);
    }

    #[test]
    fn pieces_of_text_are_read_whatever_stands_around(text in "\\PC{0,40}") {
        holds(&pronounce(&transcript(&[(0, &text)])), &[&text]);
    }
}

#[test]
fn long_runs_are_cut_and_cost_in_proportion() {
    for unit in ["9", "a", "好", "+", "-1", "A1", ".", "é", "b", "1,", "か"] {
        let text = unit.repeat(20_000);
        let said = pronounce(&transcript(&[(0, &text)]));
        holds(&said, &[&text]);
        assert!(said.words.iter().all(|word| word.units.len() <= 128), "{unit}");
    }
}

/// Debug builds on a loaded machine are given a wide margin; a quadratic step would need hours.
#[test]
fn dense_numbers_are_read_in_linear_time() {
    for (name, text, lang) in [
        ("after letters", "A1 ".repeat(100_000), "en"),
        ("in Chinese", "打1电话".repeat(50_000), "zh"),
        ("long", "1,234,567.89 ".repeat(20_000), "en"),
        ("no end", "7".repeat(300_000), "zh"),
    ] {
        let start = std::time::Instant::now();
        let mut transcript = transcript(&[(0, &text)]);
        transcript.lang = zimu::lang::LangTag::parse(lang);
        let words = pronounce(&transcript).words.len();
        eprintln!("{name}: {} bytes, {words} words in {:?}", text.len(), start.elapsed());
        assert!(start.elapsed() < std::time::Duration::from_secs(30), "{name}");
    }
}
