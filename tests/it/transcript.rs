//! Articles to transcripts: fixtures with dumps, hostile inputs, properties.

use proptest::prelude::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use zimu::diag::{Report, Severity};
use zimu::model::{MarkKind, PartKind, Reason, Spoken, Transcript};
use zimu::parse::Document;
use zimu::source::Source;
use zimu::time::TimeDelta;
use zimu::transcript::{Options, describe, read};

fn document(text: &str) -> Document {
    Document { source: Source::from_text("article", text), speakers: Vec::new(), omitted: Vec::new() }
}

fn understood(text: &str, options: &Options) -> (Transcript, Report) {
    let mut report = Report::default();
    let transcript = read(&document(text), options, &mut report).unwrap();
    holds(&transcript, text);
    (transcript, report)
}

/// What is true of every transcript: the parts are the text, marks lie within it, glosses are not part of it.
fn holds(transcript: &Transcript, text: &str) {
    let whole: String = transcript.parts.iter().map(|part| part.source.as_str()).collect();
    assert!(whole == text, "the parts are not the text");
    assert!(transcript.parts.iter().all(|part| !part.source.is_empty()));
    for (_, utterance) in transcript.utterances() {
        let plain = &utterance.text.plain;
        assert_eq!(plain.trim(), plain);
        assert!(!plain.is_empty() && !plain.contains('\n'));
        let mut floor = 0;
        for mark in &utterance.text.marks {
            assert!(plain.get(mark.bytes()).is_some(), "{mark:?} in {plain:?}");
            if let MarkKind::Gloss(_) = &mark.kind {
                assert!(mark.range.start >= floor && !mark.range.is_empty(), "{mark:?} in {plain:?}");
                floor = mark.range.end;
            }
        }
    }
    assert!(transcript.anchors.windows(2).all(|pair| pair[0].time < pair[1].time));
    for anchor in &transcript.anchors {
        let plain = &transcript.utterance(anchor.part).unwrap().text.plain;
        assert!(plain.is_char_boundary(anchor.at as usize));
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/article").join(name)
}

/// One line a part (layout left out), then anchors, running time and the report.
fn dump(transcript: &Transcript, report: &Report) -> String {
    let mut out = String::new();
    for part in &transcript.parts {
        match &part.kind {
            PartKind::Unspoken(Reason::Layout) => {}
            PartKind::Unspoken(reason) => writeln!(out, "{} | {}", reason.name(), part.source.trim()).unwrap(),
            PartKind::Utterance(utterance) => {
                let speaker = transcript.speaker_of(utterance).unwrap_or("-");
                writeln!(out, "{} {speaker} | {}", utterance.turn, marked(&utterance.text)).unwrap();
            }
        }
    }
    for anchor in &transcript.anchors {
        writeln!(out, "anchor | {} part {} at {}", anchor.time, anchor.part, anchor.at).unwrap();
    }
    for speaker in &transcript.speakers {
        writeln!(out, "speaker | {} = {}", speaker.name, speaker.labels.join(" / ")).unwrap();
    }
    let runtime = transcript.runtime.as_ref().map_or("-".to_owned(), |runtime| runtime.length.to_string());
    writeln!(out, "runtime | {runtime}").unwrap();
    writeln!(out, "lang | {}", transcript.lang.as_ref().map_or("-", |lang| lang.as_str())).unwrap();
    for item in report.items() {
        writeln!(out, "{} | {}", item.code.row().id, item.message(zimu::diag::Lang::En)).unwrap();
    }
    out
}

/// The text with `{term=gloss}` and `{-(laughs)}`.
fn marked(text: &zimu::model::StyledText) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in &text.marks {
        out.push_str(&text.plain[at..mark.range.start as usize]);
        at = mark.range.end as usize;
        match &mark.kind {
            MarkKind::Gloss(gloss) => write!(out, "{{{}={}}}", &text.plain[mark.bytes()], gloss.text).unwrap(),
            MarkKind::Unsaid(unsaid) => write!(out, "{{-{}}}", unsaid.text).unwrap(),
            other => panic!("{other:?}"),
        }
    }
    out + &text.plain[at..]
}

#[test]
fn fixtures_are_understood_as_their_dumps_say() {
    let mut seen = 0;
    for entry in std::fs::read_dir(path("")).unwrap() {
        let file = entry.unwrap().path();
        if !matches!(file.extension().and_then(|e| e.to_str()), Some("txt" | "md")) {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&file).unwrap();
        let (transcript, report) = understood(&text, &Options::default());
        let found = dump(&transcript, &report);
        let golden = file.with_extension("dump");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&golden, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, expected, "{}", file.display());
    }
    assert!(seen >= 18);
}

/// The main job: a real interview, not part of this repository.
#[test]
fn the_article_is_understood() {
    let Some(file) = std::env::var_os("ZIMU_ARTICLE") else {
        eprintln!("skipped: ZIMU_ARTICLE names no article");
        return;
    };
    let text = std::fs::read_to_string(file).unwrap();
    let (transcript, report) = understood(&text, &Options::default());
    eprintln!("{}\n{}", describe(&transcript, zimu::diag::Lang::Zh), dump(&transcript, &report));
    assert_eq!(transcript.turns(), 22);
    let by = |speaker| transcript.utterances().filter(|(_, u)| u.speaker == Some(speaker)).count();
    assert_eq!((by(0), by(1)), (11, 11));
    let names: Vec<_> = transcript.speakers.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["主持人", "戴国浩"]);
    assert_eq!(transcript.runtime.as_ref().map(|r| r.length), Some(TimeDelta::from_seconds(359)));
    let marks = transcript.utterances().flat_map(|(_, u)| u.text.marks.iter().map(move |m| &u.text.plain[m.bytes()]));
    assert_eq!(marks.collect::<Vec<_>>(), ["idea", "paper", "demo", "products", "industry"]);
    let unspoken = transcript.parts.iter().filter_map(|part| match part.kind {
        PartKind::Unspoken(Reason::Layout | Reason::Label) | PartKind::Utterance(_) => None,
        PartKind::Unspoken(reason) => Some(reason),
    });
    let (lead, credit) = (Reason::Lead, Reason::Credit);
    assert_eq!(unspoken.collect::<Vec<_>>(), [Reason::Headline, lead, lead, Reason::Metadata, credit, credit]);
    assert_eq!(report.worst(), None);
}

fn patterns(pattern: &str) -> Vec<regex::Regex> {
    vec![regex::Regex::new(pattern).unwrap()]
}

fn options(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    change(&mut options);
    options
}

fn spoken(transcript: &Transcript) -> Vec<String> {
    let line = |utterance: &zimu::model::Utterance| {
        format!("{}: {}", transcript.speaker_of(utterance).unwrap_or("-"), marked(&utterance.text))
    };
    transcript.utterances().map(|(_, utterance)| line(utterance)).collect()
}

#[test]
fn named_speakers_are_the_only_ones() {
    let text = "Note: hello.\nthe voice of reason, part 2: no.\nAnn: yes.\n";
    let asked = options(|o| o.speakers = vec!["Note".into(), "The voice of reason, part 2".into(), "Bob".into()]);
    let (transcript, report) = understood(text, &asked);
    assert_eq!(
        spoken(&transcript),
        ["Note: hello.", "The voice of reason, part 2: no.", "The voice of reason, part 2: Ann: yes."]
    );
    assert_eq!(report.count(zimu::diag::codes::transcript::NO_SUCH_SPEAKER), 1);
}

#[test]
fn a_container_that_names_the_speakers_is_believed() {
    let mut document = document("结论: 好\n\n7: 对\n");
    document.speakers = vec!["结论".into(), "7".into()];
    let transcript = read(&document, &Options::default(), &mut Report::default()).unwrap();
    assert_eq!(spoken(&transcript), ["结论: 好", "7: 对"]);
}

#[test]
fn labels_are_renamed_and_joined() {
    let text = "Q: Why?\nA: Because.\nHost: Really?\nA: Yes.\nHost: Well!\n";
    let rename = vec![("q".into(), "Ann".into()), ("Host".into(), "Ann".into()), ("A".into(), "Bo".into())];
    let (transcript, _) = understood(text, &options(|o| o.rename = rename));
    assert_eq!(spoken(&transcript), ["Ann: Why?", "Bo: Because.", "Ann: Really?", "Bo: Yes.", "Ann: Well!"]);
    let labels: Vec<_> = transcript.speakers.iter().map(|s| s.labels.join(" ")).collect();
    assert_eq!(labels, ["Q Host", "A"]);
}

#[test]
fn the_user_decides_what_is_spoken() {
    let text =
        "今天的故事。\n问：广告之后呢（广告位招租中）？\n答：继续。\n问：（这句不要）好。\n答：完了。\n编辑：吴\n";
    let asked = options(|o| {
        o.spoken = patterns("今天|编辑");
        o.not_spoken = patterns("（广告[^）]*）|^答：继续。$|（这句不要）");
    });
    let (transcript, _) = understood(text, &asked);
    let expected = [
        "-: 今天的故事。",
        "问: 广告之后呢{-（广告位招租中）}？",
        "问: {-（这句不要）}好。",
        "答: 完了。",
        "答: 编辑：吴",
    ];
    assert_eq!(spoken(&transcript), expected);
    let asked = transcript.parts.iter().filter(|p| matches!(p.kind, PartKind::Unspoken(Reason::Asked)));
    assert_eq!(asked.map(|p| p.source.as_str()).collect::<Vec<_>>(), ["答：继续。"]);
}

#[test]
fn the_spoken_half_and_the_language_are_taken_from_the_options() {
    let asked = options(|o| {
        o.gloss = Spoken::Gloss;
        o.lang = zimu::lang::LangTag::parse("en");
    });
    let (transcript, _) = understood("甲：这个 idea（点子）好。\n乙：paper (论文)呢？\n甲：也好。\n", &asked);
    let glosses: Vec<_> = transcript.utterances().flat_map(|(_, u)| &u.text.marks).collect();
    let [MarkKind::Gloss(idea), MarkKind::Gloss(paper)] = [&glosses[0].kind, &glosses[1].kind] else { panic!() };
    assert_eq!((idea.spoken, idea.open.as_str(), idea.close.as_str()), (Spoken::Gloss, "（", "）"));
    assert_eq!(paper.open, " (");
    assert_eq!(transcript.utterances().next().unwrap().1.text.plain, "这个 idea好。");
    assert_eq!(transcript.lang.unwrap().as_str(), "en");
}

#[test]
fn two_running_times_that_disagree_are_reported() {
    let (transcript, report) =
        understood("标题\n时长：5分\nDuration: 6:00\n问：好吗？\n答：好。\n", &Options::default());
    assert_eq!(transcript.runtime.unwrap().length, TimeDelta::from_seconds(300));
    assert_eq!(report.count(zimu::diag::codes::transcript::RUNTIME_DISAGREES), 1);
}

#[test]
fn nothing_spoken_is_never_silent() {
    let mut report = Report::default();
    let error = read(&document(" \n\u{200B}\r\n"), &Options::default(), &mut report).unwrap_err();
    assert_eq!(error.kind(), zimu::ErrorKind::Unreadable);
    let (_, report) = understood("# 标题\n编辑：吴晓\n", &Options::default());
    assert_eq!(report.worst(), Some(Severity::Error));
}

#[test]
fn the_description_shows_what_was_understood() {
    let text = "秋天的信\n时长：1分5秒\n[0:00] 问：idea(点子)呢？\n[0:30] 答：（笑）没有。\n问：好。\n编辑：吴晓\n";
    let (transcript, _) = understood(text, &Options::default());
    let english = describe(&transcript, zimu::diag::Lang::En);
    for line in [
        "  问: 2 turns, 8 characters",
        "  headline: 秋天的信",
        "  credit: 编辑：吴晓",
        "  idea = 点子",
        "2. 答: 没有。",
        "  00:00:30.000 没有。",
    ] {
        assert!(english.lines().any(|found| found == line), "{line}\n{english}");
    }
    assert!(describe(&transcript, zimu::diag::Lang::Zh).contains("署名: 编辑：吴晓"));
}

/// Debug builds on a loaded machine are given a wide margin; a quadratic step would need hours.
fn quickly(name: &str, text: &str) -> Transcript {
    let start = Instant::now();
    let mut report = Report::default();
    let transcript = read(&document(text), &Options::default(), &mut report).unwrap();
    eprintln!("{name}: {} bytes in {:?}", text.len(), start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(60), "{name}");
    holds(&transcript, text);
    describe(&transcript, zimu::diag::Lang::En);
    transcript
}

#[test]
fn ten_megabytes_take_linear_time() {
    let mut text = String::new();
    for turn in 0..68_000 {
        let (name, idea) = if turn % 2 == 0 {
            ("主持人", "idea(点子)")
        } else {
            ("周明", "人工智能（AI）和一句（很短的）话")
        };
        writeln!(
            text,
            "{name}：第{turn}个问题说的是{idea}，不过**重点**在后面，也就是3:1的比例，还有很多别的内容要说。"
        )
        .unwrap();
    }
    assert!(text.len() > 9 << 20, "{}", text.len());
    assert_eq!(quickly("a long interview", &text).turns(), 68_000);
}

#[test]
fn hostile_articles_take_linear_time() {
    let (half, all) = (200_000, 1_000_000);
    for (name, text) in [
        ("colons", ":".repeat(all)),
        ("full-width colons", "a：".repeat(half)),
        ("labels", (0..30_000).map(|n| format!("N{n}: x\n")).collect()),
        ("opening brackets", "(".repeat(all)),
        ("closing brackets", "]）".repeat(half)),
        ("nested brackets", format!("{}{}", "（".repeat(half), "）".repeat(half))),
        ("crossing brackets", "([)]".repeat(half / 2)),
        ("glosses", format!("A: x\nB: y\nA: {}", "研究很深的学问（deep）".repeat(30_000))),
        ("unsaid", format!("A: x\nB: y\nA: a{}", "(笑)".repeat(50_000))),
        ("stars", "*".repeat(all)),
        ("mixed emphasis", "*a_b~~c`**".repeat(30_000)),
        ("addresses", "<http".repeat(50_000)),
        ("links", "[a](".repeat(50_000)),
        ("times", "1:23\n".repeat(50_000)),
        ("falling times", (0..30_000).rev().map(|n| format!("[{}:{:02}] a.\n", n / 60 % 999, n % 60)).collect()),
        ("blank lines", "\n\r\u{2028}".repeat(100_000) + "a"),
        ("one line", "字".repeat(all)),
        ("spaces", format!("a{}b", " ".repeat(all))),
        ("quotation", "> ".repeat(half) + "a"),
        ("damage", "\u{FFFD}\0".repeat(half)),
        ("wrapped", "this line has no end and goes on and on to the next one of\n".repeat(20_000) + "."),
    ] {
        quickly(name, &text);
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let fixed = [
        "问：",
        "答: ",
        "**Ann:** ",
        "[Bo] ",
        "Ann (host): ",
        "00:01:23 ",
        "[0:05]",
        "（1:02:03）",
        "李四 00:00:09",
        "idea(点子)",
        "人工智能（AI）",
        "ASR (automatic speech recognition)",
        "（笑）",
        "[music]",
        "【…】",
        "(2016)",
        "（我的老师）",
        "# ",
        "- ",
        "> ",
        "---",
        "**",
        "*",
        "_",
        "`",
        "\\",
        "~~",
        "[a](http://b)",
        "![p](q.png)",
        "[^1]",
        "(",
        "）",
        "[",
        "】",
        "“",
        "”",
        "。",
        "：",
        ":",
        ".",
        " ",
        "\u{3000}",
        "\u{A0}",
        "\u{200B}",
        "\u{202E}",
        "\0",
        "\u{FFFD}",
        "编辑：吴",
        "视频时长:5分59秒",
        "Photo by Ann Lee",
        "word",
        "汉字",
        "é",
        "e\u{301}",
        "👩‍🚀",
        "1",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\u{2028}",
    ];
    let piece = prop_oneof![8 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_any_article_are_the_article(text in pieces(), forced in any::<bool>()) {
        let asked = options(|o| {
            if forced {
                o.speakers = vec!["Ann".into(), "问".into()];
                o.spoken = patterns("word");
                o.not_spoken = patterns("汉字|idea");
            }
        });
        let mut report = Report::default();
        if let Ok(transcript) = read(&document(&text), &asked, &mut report) {
            holds(&transcript, &text);
            describe(&transcript, zimu::diag::Lang::Zh);
        }
    }

    #[test]
    fn a_damaged_fixture_is_still_put_together(at in any::<prop::sample::Index>(), len in 0usize..30, with in pieces()) {
        let text = std::fs::read_to_string(path("english-podcast.md")).unwrap();
        let floor = |mut i: usize| { while !text.is_char_boundary(i) { i -= 1; } i };
        let start = floor(at.index(text.len()));
        let end = floor((start + len).min(text.len()));
        let damaged = format!("{}{with}{}", &text[..start], &text[end..]);
        let transcript = read(&document(&damaged), &Options::default(), &mut Report::default()).unwrap();
        holds(&transcript, &damaged);
    }

    #[test]
    fn a_gloss_is_never_in_what_is_shown(gloss in "[甲乙丙丁戊己庚辛]{2,4}", term in "[b-z]{3,8}", tail in "[a-z ]{0,20}") {
        let text = format!("Q: 我们有{term}({gloss})吗？\nA: {tail}.\nQ: 好。\nA: 好。\n");
        let mut report = Report::default();
        let transcript = read(&document(&text), &Options::default(), &mut report).unwrap();
        let first = transcript.utterances().next().unwrap().1;
        prop_assert_eq!(transcript.glosses(), 1, "{}", text);
        prop_assert!(!first.text.plain.contains(&gloss));
        prop_assert_eq!(&first.text.plain[first.text.marks[0].bytes()], term);
    }
}
