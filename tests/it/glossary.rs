//! Glossaries: three ways to write one, and glosses at the right mentions only.

use proptest::prelude::*;
use zimu::ErrorKind;
use zimu::diag::{Lang, Report, codes};
use zimu::model::{Gloss, Mark, MarkKind, Part, PartKind, Spoken, StyledText, Transcript, Utterance};
use zimu::source::Source;
use zimu::transcript::glossary::{Glossary, Mention, apply, read};

fn glossary(rows: &[(&str, &str)]) -> Glossary {
    let text: String = rows.iter().map(|(term, gloss)| format!("{term}\t{gloss}\n")).collect();
    read(&Source::from_text("terms.tsv", text)).unwrap()
}

/// One utterance for each `(turn, text)`; `{term|gloss}` is a gloss of the article's own, in `()`.
fn transcript(utterances: &[(u32, &str)]) -> Transcript {
    let part = |(turn, source): &(u32, &str)| {
        let mut text = StyledText::default();
        for piece in source.split_inclusive('}') {
            let (before, own) = piece.split_once('{').unwrap_or((piece, ""));
            text.plain.push_str(before);
            if let Some((term, gloss)) = own.trim_end_matches('}').split_once('|') {
                let start = text.len();
                text.plain.push_str(term);
                let gloss = Gloss { text: gloss.into(), open: "(".into(), close: ")".into(), spoken: Spoken::Term };
                text.add(Mark::new(start..text.len(), MarkKind::Gloss(Box::new(gloss))));
            }
        }
        let kind = PartKind::Utterance(Utterance { turn: *turn, text, ..Utterance::default() });
        Part { source: String::new(), kind }
    };
    Transcript { parts: utterances.iter().map(part).collect(), ..Transcript::default() }
}

/// The utterances with every gloss shown, and the terms reported as unused.
fn applied(utterances: &[(u32, &str)], rows: &[(&str, &str)], mention: Mention) -> (String, Vec<String>) {
    let mut transcript = transcript(utterances);
    let mut report = Report::default();
    apply(&mut transcript, &glossary(rows), mention, &mut report);
    let shown = |utterance: &Utterance| {
        let mut out = utterance.text.plain.clone();
        for mark in utterance.text.marks.iter().rev() {
            if let MarkKind::Gloss(gloss) = &mark.kind {
                out.insert_str(mark.range.end as usize, &format!("{}{}{}", gloss.open, gloss.text, gloss.close));
            }
        }
        out
    };
    let texts: Vec<String> = transcript.utterances().map(|(_, utterance)| shown(utterance)).collect();
    assert_eq!(report.total(), report.count(codes::transcript::GLOSSARY_TERM_UNUSED));
    (texts.join(" / "), report.items().iter().map(|item| item.message(Lang::En)).collect())
}

fn shown(utterances: &[(u32, &str)], rows: &[(&str, &str)], mention: Mention) -> String {
    applied(utterances, rows, mention).0
}

#[test]
fn csv_tsv_and_toml_say_the_same() {
    let file = |name: &str, text: &str| read(&Source::from_text(name, text)).unwrap();
    let csv = file("terms.csv", include_str!("../../fixtures/glossary/terms.csv"));
    assert_eq!(csv.terms.len(), 4);
    assert_eq!(csv.terms[3].gloss, "gear ratio, i");
    let tsv = file("terms.tsv", include_str!("../../fixtures/glossary/terms.tsv"));
    assert_eq!(tsv.terms.iter().map(|t| t.term.as_str()).collect::<Vec<_>>(), ["gear", "gearbox", "PLC"]);
    let toml = file("terms.toml", include_str!("../../fixtures/glossary/terms.toml"));
    assert_eq!(toml.terms.len(), 2);
    for term in &toml.terms {
        assert!(csv.terms.contains(term), "{term:?}");
    }
    assert_eq!(file("x", include_str!("../../fixtures/glossary/terms.toml")), toml, "known by content too");
    assert_eq!(file("empty.csv", "").terms, []);
}

#[test]
fn mistakes_in_a_glossary_are_located() {
    for (name, text, expected) in [
        ("t.csv", "a,b\n\nc\n", "t.csv:3: a term and its gloss must both stand here"),
        ("t.csv", "a,b\na,c\n", "t.csv:2: `a` has two glosses, `b` and `c`"),
        ("t.toml", "[terms]\na = 1\n", "t.toml:2: the gloss of `a` must be in quotes"),
        ("t.toml", "a = \"b\"\n", "t.toml:1: `a` where only [terms] may stand"),
        ("t.toml", "[terms]\na = \n", "t.toml:2: "),
        ("t.csv", &format!("a,{}\n", "b".repeat(500)), "t.csv:1: a term or gloss this long is none"),
    ] {
        let error = read(&Source::from_text(name, text)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    assert_eq!(read(&Source::from_text("t.csv", "a,b\na,b\n")).unwrap().terms.len(), 1);
}

#[test]
fn the_mention_decides_where_glosses_go() {
    let talk = &[(0, "齿轮和齿轮。"), (0, "又是齿轮。"), (1, "齿轮？")];
    let rows = &[("齿轮", "gear")];
    assert_eq!(shown(talk, rows, Mention::FirstPerTrack), "齿轮（gear）和齿轮。 / 又是齿轮。 / 齿轮？");
    assert_eq!(shown(talk, rows, Mention::FirstPerTurn), "齿轮（gear）和齿轮。 / 又是齿轮。 / 齿轮（gear）？");
    assert_eq!(
        shown(talk, rows, Mention::Always),
        "齿轮（gear）和齿轮（gear）。 / 又是齿轮（gear）。 / 齿轮（gear）？"
    );
}

#[test]
fn the_longest_term_wins_and_hides_those_inside_it() {
    let rows = &[("齿轮", "gear"), ("齿轮箱", "gearbox"), ("轮箱", "?")];
    let (text, unused) = applied(&[(0, "齿轮箱里有齿轮，齿轮箱")], rows, Mention::FirstPerTurn);
    assert_eq!(text, "齿轮箱（gearbox）里有齿轮（gear），齿轮箱");
    assert_eq!(unused, ["`轮箱` of the glossary stands nowhere by itself, so its gloss is not shown"]);
}

#[test]
fn latin_terms_are_whole_words_in_their_own_case() {
    let always = |text: &str, term: &str| shown(&[(0, text)], &[(term, "g")], Mention::Always);
    assert_eq!(always("AI, MAIN AIs x_AI ai AI-led", "AI"), "AI (g), MAIN AIs x_AI ai AI (g)-led");
    assert_eq!(always("用AI做的", "AI"), "用AI（g）做的");
    assert_eq!(always("Gears and gears", "gears"), "Gears and gears (g)");
    assert_eq!(always("Gears and GEARS", "gears"), "Gears (g) and GEARS (g)", "nowhere as written, so in any case");
    let both = &[("AI", "x"), ("ai", "y"), ("Ai", "z")];
    assert_eq!(shown(&[(0, "AI aI")], both, Mention::Always), "AI (x) aI (y)", "as written first, then in any case");
    assert_eq!(always("naïveté naïve", "naïve"), "naïveté naïve (g)");
    assert_eq!(always("第12年，2年", "2年"), "第12年，2年（g）");
}

#[test]
fn the_articles_own_glosses_stay_and_count() {
    let rows = &[("idea", "想法"), ("点子", "idea"), ("图", "picture")];
    let (text, unused) = applied(&[(0, "从{idea|点子}到idea图"), (1, "idea")], rows, Mention::FirstPerTurn);
    assert_eq!(text, "从idea(点子)到idea图(picture) / idea(想法)", "in the article's brackets");
    assert_eq!(unused.len(), 1);
    assert_eq!(shown(&[(0, "{人工智能|AI}")], &[("智能", "x"), ("人工", "y")], Mention::Always), "人工智能(AI)");
}

proptest! {
    #[test]
    fn glosses_change_no_text_and_never_overlap(
        text in "[ab智能人工 A]{0,30}",
        terms in prop::collection::btree_map("[ab智能人工A]{1,3}", "[xy]{1,2}", 0..6),
        mention in prop::sample::select(vec![Mention::FirstPerTurn, Mention::FirstPerTrack, Mention::Always]),
    ) {
        let rows: Vec<(&str, &str)> = terms.iter().map(|(term, gloss)| (term.as_str(), gloss.as_str())).collect();
        let mut transcript = transcript(&[(0, &text)]);
        apply(&mut transcript, &glossary(&rows), mention, &mut Report::default());
        let (_, utterance) = transcript.utterances().next().unwrap();
        prop_assert_eq!(&utterance.text.plain, &text);
        for pair in utterance.text.marks.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
        for mark in &utterance.text.marks {
            let term = &text[mark.bytes()];
            prop_assert!(terms.keys().any(|known| known.eq_ignore_ascii_case(term)));
        }
    }
}

#[test]
fn a_large_glossary_over_a_long_talk_is_quick() {
    let rows: String = (0..50_000).map(|i| format!("a{}\tg\n", "b".repeat(i % 100) + &i.to_string())).collect();
    let glossary = read(&Source::from_text("t.tsv", rows)).unwrap();
    let mut transcript = transcript(&[(0, &"abbbb 齿轮".repeat(20_000))]);
    let start = std::time::Instant::now();
    apply(&mut transcript, &glossary, Mention::Always, &mut Report::default());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
