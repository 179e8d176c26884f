//! Cues out of order come in order, each with all that belongs to it, byte for byte.

use crate::mutate::Rng;
use zimu::codec;
use zimu::diag::{Report, codes};
use zimu::host::Input;
use zimu::pipeline::{self, CheckOptions, Fixed, Judge};

fn fixed(id: &'static str, content: &str) -> Fixed {
    let mut options = CheckOptions::default();
    options.from = Some(codec::by_id(id).unwrap());
    // Nothing but the order is wrong.
    options.judges = vec![Judge::by_name("default-any").unwrap()];
    let input = Input { name: format!("talk.{id}"), bytes: content.as_bytes().to_vec() };
    pipeline::fix(input, &options, false, &mut Report::default()).unwrap()
}

/// `0:00:07.000` and the like.
fn time(n: usize, second: usize, point: char) -> String {
    format!("0:{:02}:{:02}{point}", n / 20, n % 20 * 3 + second)
}

/// A block of the n-th cue in time, at the given place in the file.
type Block = fn(n: usize, place: usize) -> String;

/// A head, a block, what stands between two, whether a number comes first that is refreshed.
const KINDS: &[(&str, &str, Block, &str, bool)] = &[
    (
        "srt",
        "",
        |n, _| format!("0{} --> 0{}\n<i>Cue</i> {n}.", time(n, 0, ',') + "000", time(n, 2, ',') + "000"),
        "\n\n",
        true,
    ),
    (
        "vtt",
        "WEBVTT - a talk\n\nSTYLE\n::cue { color: red }\n\n",
        |n, place| {
            let note = if place == 0 { String::new() } else { format!("NOTE of {n}\nin two lines\n\n") };
            format!(
                "{note}id {n}\n0{} --> 0{} line:{n}\n<v A{n}>Cue {n}.",
                time(n, 0, '.') + "000",
                time(n, 2, '.') + "000"
            )
        },
        "\n\n",
        false,
    ),
    (
        "sbv",
        "",
        |n, _| format!("{},{}\nCue {n}.\nTwo lines.", time(n, 0, '.') + "000", time(n, 2, '.') + "000"),
        "\n\n",
        false,
    ),
    ("mpl2", "", |n, _| format!("[{}][{}]/Cue {n}.|Two", n * 30, n * 30 + 20), "\n", false),
    (
        "microdvd",
        "{1}{1}25.000\n",
        |n, _| format!("{{{}}}{{{}}}{{y:i}}Cue {n}.", n * 75 + 25, n * 75 + 50),
        "\n",
        false,
    ),
    (
        "ass",
        "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Text\n",
        |n, _| format!("Dialogue: {n},{},{},{{\\b1}}Cue{{\\b0}} {n}.", time(n, 0, '.') + "00", time(n, 2, '.') + "00"),
        "\n",
        false,
    ),
    (
        "ttml",
        "<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"en\"><body><div>\n",
        |n, _| format!("<p xml:id=\"c{n}\" begin='{n}s' end='{n}.5s'>Cue<br/>{n}.</p>"),
        "\n  ",
        false,
    ),
];

fn file(
    (id, head, block, between, numbered): &(&str, &str, Block, &str, bool),
    order: &[usize],
    sorted: bool,
) -> String {
    let cues: Vec<(usize, usize)> = order.iter().enumerate().map(|(place, n)| (*n, place)).collect();
    let mut shown = cues.clone();
    if sorted {
        shown.sort();
    }
    let blocks: Vec<String> = shown
        .iter()
        .enumerate()
        .map(|(at, (n, place))| {
            let number = if *numbered { format!("{}\n", at + 1) } else { String::new() };
            number + &block(*n, *place)
        })
        .collect();
    let tail = if *id == "ttml" { "\n</div></body></tt>\n" } else { "\n" };
    [*head, &blocks.join(between), tail].concat()
}

#[test]
fn cues_come_in_order_with_all_that_belongs_to_them() {
    for kind in KINDS {
        let id = kind.0;
        for seed in 0..40 {
            let mut rng = Rng::new(seed);
            // The first cue of TTML says where the programme starts.
            let mut order: Vec<usize> = (1..=2 + rng.below(12)).collect();
            for at in 1..order.len() {
                order.swap(at, rng.below(at + 1));
            }
            if id == "ttml" {
                order.insert(0, 0);
            }
            let (content, wanted) = (file(kind, &order, false), file(kind, &order, true));
            let fixed = fixed(id, &content);
            assert_eq!(String::from_utf8(fixed.bytes).unwrap(), wanted, "{id} {seed}: {content}");
            assert_eq!(fixed.left.count(codes::rule::ORDER), 0);
            assert_eq!(fixed.same, content == wanted);
        }
    }
}

/// Where a move would change what a file means, the finding stays and nothing moves.
#[test]
fn what_depends_on_its_place_stays() {
    let ttml = |middle: &str| {
        format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"en\"><body><div>\n<p begin=\"0s\" end=\"1s\">Zero.</p>\n\
             <p begin=\"5s\" end=\"6s\">Five.</p>{middle}<p begin=\"2s\" end=\"3s\">Two.</p>\n</div></body></tt>\n"
        )
    };
    let ass = "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:05.00,0:00:07.00,A sign.\nDialogue: 0:00:01.00,0:00:06.00,Below it.\n";
    for (id, content, stays) in [
        ("ttml", ttml("</div>\n<div>"), true),
        ("ttml", ttml("\n"), false),
        ("ass", ass.to_owned(), true),
        ("ass", ass.replace("0:00:06.00", "0:00:04.00"), false),
        ("microdvd", "{1}{1}25\n{100}{}Four.\n{25}{75}One.\n{200}{225}Eight.\n".to_owned(), true),
        ("microdvd", "{1}{1}25\n{100}{125}Four.\n{25}{75}One.\n{200}{225}Eight.\n".to_owned(), false),
    ] {
        let fixed = fixed(id, &content);
        assert_eq!(fixed.same, stays, "{id}: {content}\n{}", String::from_utf8_lossy(&fixed.bytes));
        assert_eq!(fixed.left.count(codes::rule::ORDER), u64::from(stays));
    }
}
