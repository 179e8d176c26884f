//! Captions that are right pass; each damage done to them is found, by its rule and by no other.

use crate::codecs::{read, write};
use crate::support::alignment;
use std::collections::BTreeSet;
use zimu::check::{self, RULES};
use zimu::codec::{self, Format};
use zimu::diag::{Lang, Report};
use zimu::host::Input;
use zimu::model::{Cue, Mark, MarkKind, Track, Voice};
use zimu::pipeline::{self, CheckOptions, Judge};
use zimu::profile;
use zimu::segment::{Options, segment};
use zimu::source::{EncodeOptions, Encoding, encode};
use zimu::time::{FrameRate, Time, TimeDelta, TimeRange};

const EN: &[&str] = &[
    "The kettle is on, and the radio too.",
    "Most of the neighbours were asleep\nwhen the first snow came down.",
    "He told us “not before Friday”.",
    "Nobody minded (not even Anna).",
    "What did she say about it?",
    "She said that it was fine…",
    "The old house by the river\nhas been empty for many years.",
    "We could walk there on Sunday.",
];
const ZH: &[&str] = &[
    "水开了 收音机也开着",
    "那天夜里邻居们都睡了\n第一场雪悄悄落了下来",
    "他只说了“星期五之前不行”",
    "没有人介意（连她也不介意）",
    "她后来是怎么说的？",
    "她说这样就很好",
    "河边的那座灰色老房子\n已经空了很多很多年了",
    "这个 idea 我们试试",
];
/// A cue of these texts stands for four seconds, and two pass before the next.
const STANDS: i64 = 4_000;
const EVERY: i64 = 6_000;
/// When the last cue ends.
const END: i64 = 1_000 + 7 * EVERY + STANDS;

fn clean(texts: &[&str]) -> Track {
    let mut track = Track::default();
    for (i, text) in (0i64..).zip(texts) {
        let start = 1_000 + i * EVERY;
        track.cues.push(Cue::new(range(start, start + STANDS), *text));
    }
    track
}

fn at(millis: i64) -> Time {
    Time::from_millis(millis)
}

fn range(start: i64, end: i64) -> TimeRange {
    TimeRange::new(at(start), at(end))
}

fn millis(millis: i64) -> TimeDelta {
    TimeDelta::from_millis(millis)
}

/// What is done.
enum Harm {
    Track(fn(&mut Track)),
    /// To the file: its name or its bytes.
    File(fn(&mut Input)),
}
use Harm::{File, Track as Cues};

/// A damage, and what must be found: the rule and the cues (from 1; none for the file) that it is found at.
struct Damage {
    name: &'static str,
    base: &'static [&'static str],
    /// By each of these profiles alike.
    profiles: &'static [&'static str],
    settings: &'static [(&'static str, &'static str)],
    rule: &'static str,
    cues: &'static [usize],
    harm: Harm,
    /// What else must follow.
    also: &'static [(&'static str, usize)],
}

macro_rules! damages {
    ($($rule:literal $cues:expr, $name:literal, $base:ident, $profiles:expr, $settings:expr, $harm:expr $(, also $also:expr)?;)*) => {
        &[$(Damage {
            name: $name, base: $base, profiles: &$profiles, settings: &$settings, rule: $rule, cues: &$cues, harm: $harm,
            also: damages!(@ $($also)?),
        }),*]
    };
    (@) => { &[] };
    (@ $also:expr) => { &$also };
}

const ALL_EN: [&str; 9] = [
    "netflix-en",
    "netflix-en-children",
    "netflix-en-sdh",
    "default-en",
    "default-any",
    "bbc",
    "ted",
    "youtube",
    "vimeo",
];
const ALL_ZH: [&str; 7] =
    ["netflix-zh-hans", "netflix-zh-hans-sdh", "default-zh", "bilibili", "gyt-359", "fansub-zh", "youtube"];

#[rustfmt::skip]
static DAMAGES: &[Damage] = damages! {
    // Times. 25 frames a second; shots change when cue 5 starts and two frames after it ends.
    "order" [5], "two cues changed places", EN, ALL_EN, [], Cues(|t| t.cues.swap(3, 4));
    "duration" [5], "no length", ZH, ALL_ZH, [], Cues(|t| end_after(t, 4, 0));
    "duration" [5], "ends before it starts", EN, ALL_EN, [], Cues(|t| end_after(t, 4, -500));
    "before-zero" [1], "starts before the media", EN, ALL_EN, [], File(|f| replace(f, "0:00:01.00,", "-0:00:01.00,"));
    "beyond-media" [8], "ends after the media", ZH, ALL_ZH, [], Cues(|t| end_after(t, 7, STANDS + 80));
    "overlap" [4], "stays too long", EN, ["default-en", "netflix-en", "ted"], [], Cues(|t| end_after(t, 2, EVERY + 400));
    "min-duration" [4], "a flash", EN, ["default-en", "netflix-en", "ted"], [], Cues(|t| { say(t, 3, "No!"); end_after(t, 3, 600) });
    "min-duration" [4], "nineteen frames", EN, ["netflix-en"], [], Cues(|t| { say(t, 3, "No!"); end_after(t, 3, 760) });
    "max-duration" [4], "stays for ever", ZH, ["netflix-zh-hans", "default-zh"], [], Cues(|t| { later(t, 4, 5_000); end_after(t, 3, 7_240) });
    "gap" [4], "one frame", EN, ["netflix-en", "default-en", "ted"], [], Cues(|t| end_after(t, 2, EVERY - 40));
    "gap" [4], "none", EN, ["netflix-en", "default-en", "ted"], [], Cues(|t| end_after(t, 2, EVERY));
    "chain" [4], "three frames", ZH, ["netflix-zh-hans", "default-zh"], [], Cues(|t| end_after(t, 2, EVERY - 120));
    "chain" [4], "eleven frames", EN, ["netflix-en", "default-en", "bbc"], [], Cues(|t| end_after(t, 2, EVERY - 440));
    "reading-speed" [4], "too much text", EN, ["netflix-en"], [], Cues(|t| say(t, 3, "Nobody who lived in the valley at the time\nwould have called it beautiful, I suppose."));
    "reading-speed" [2], "too little time", ZH, ["netflix-zh-hans", "default-zh"], [], Cues(|t| end_after(t, 1, 2_000));
    "words-per-minute" [4], "many short words", EN, ["bbc"], [], Cues(|t| say(t, 3, "I am so glad to see you here\nat the sea, and so am I too."));
    "off-frame" [4], "half a frame late", ZH, ALL_ZH, [("snap_to_frames", "true")], Cues(|t| { let start = t.cues[3].range.start; t.cues[3].range.start = start + millis(20); });
    "off-frame" [4], "ends between frames", EN, ALL_EN, [("snap_to_frames", "true")], Cues(|t| end_after(t, 3, STANDS + 20));
    "shot-start" [5], "four frames after the cut", EN, ["netflix-en"], [], Cues(|t| { let start = t.cues[4].range.start; t.cues[4].range.start = start + millis(160); });
    "shot-start" [5], "four frames before the cut", EN, ["netflix-en"], [], Cues(|t| { let start = t.cues[4].range.start; t.cues[4].range.start = start - millis(160); });
    "shot-end" [5], "over the cut", ZH, ["netflix-zh-hans"], [], Cues(|t| end_after(t, 4, STANDS + 200));
    "shot-end" [5], "on the cut", ZH, ["netflix-zh-hans"], [], Cues(|t| end_after(t, 4, STANDS + 80));
    "duplicate" [7], "pasted twice", EN, ["netflix-en", "default-en", "ted"], [], Cues(|t| { say(t, 6, "She said that it was fine…"); end_after(t, 5, EVERY - 80) });
    "rolling" [7], "rolls up", EN, ["netflix-en", "default-en", "ted"], [], Cues(|t| { say(t, 5, "a first line that goes on for a while,\nand a second one below the first,"); say(t, 6, "and a second one below the first,\nand the third one, which is the last.") });

    "drift" [], "another cut", EN, ALL_EN, [], Cues(|t| later(t, 0, 400));

    // Text.
    "empty" [4], "nothing", EN, ALL_EN, [], Cues(|t| say(t, 3, ""));
    "line-length" [4], "does not fit", EN, ALL_EN, [], Cues(|t| say(t, 3, "This line has more than forty-two letters in it"));
    "line-length" [6], "does not fit", ZH, ["netflix-zh-hans"], [], Cues(|t| say(t, 5, "她说这样就很好因为这样大家都很高兴"));
    "line-length" [6], "second language", ZH, ["default-zh"], [], Cues(|t| say(t, 5, "她说这样就很好\nShe said that it was fine, as all were glad"));
    "lines" [4], "a third line", EN, ["netflix-en", "default-en", "bbc", "ted"], [], Cues(|t| say(t, 3, "One line that goes on,\nanother that does,\nand a third."));
    "one-line" [4], "a needless second line", EN, ["netflix-en"], [], Cues(|t| say(t, 3, "Nobody minded,\nnot even Anna."));
    "one-line" [6], "a needless second line", ZH, ["netflix-zh-hans", "gyt-359"], [], Cues(|t| say(t, 5, "她说这样\n就很好"));
    "line-break" [6], "a word cut in two", ZH, ["default-zh"], [], Cues(|t| say(t, 5, "他们研究的是人工智\n能怎样帮助医院"));
    "line-break" [4], "an article and its noun", EN, ["netflix-en", "default-en", "ted"], [], Cues(|t| say(t, 3, "Nobody had ever walked along the\nriver when it was frozen."));
    "line-balance" [4], "a word by itself", EN, ["netflix-en", "default-en"], [], Cues(|t| say(t, 3, "We went home again after dark, very tired\nbut glad."));
    "continuation" [7], "an ellipsis on both sides", EN, ["netflix-en"], [], Cues(|t| say(t, 6, "…and then she said it again."));
    "outer-space" [4], "behind", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody really minded about it, \nnot even Anna's friends."));
    "outer-space" [6], "in front", ZH, ALL_ZH, [], Cues(|t| say(t, 5, "\u{3000}她说这样就很好"));
    "double-space" [4], "a space too many", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody  minded."));
    "space-before-mark" [5], "as in French", EN, ALL_EN, [], Cues(|t| say(t, 4, "What did she say ?"));
    "punctuation" [6], "a comma", ZH, ["netflix-zh-hans", "bilibili", "fansub-zh"], [], Cues(|t| say(t, 5, "她说，这样就很好"));
    "punctuation" [6], "a full stop", ZH, ["netflix-zh-hans", "bilibili", "fansub-zh", "mooc-zh"], [("max_lines", "2")], Cues(|t| say(t, 5, "她说这样就很好。"));
    "mixed-width" [6], "a narrow mark", ZH, ["default-zh", "gyt-359", "youtube"], [], Cues(|t| say(t, 5, "她说这样就很好吗?"));
    "mixed-width" [8], "wide letters", ZH, ["default-zh", "gyt-359"], [], Cues(|t| say(t, 7, "这个 Ａ 我们试试"));
    "han-latin-spacing" [6], "no space", ZH, ALL_ZH, [], Cues(|t| say(t, 5, "她说OK就很好"));
    "ellipsis" [6], "three dots", EN, ["netflix-en"], [], Cues(|t| say(t, 5, "She said that it was fine..."));
    "quote-marks" [3], "straight", ZH, ["fansub-zh"], [], Cues(|t| say(t, 2, "他只说了\"星期五之前不行\""));
    "quote-marks" [3], "corners", ZH, ["fansub-zh"], [], Cues(|t| say(t, 2, "他只说了「星期五之前不行」"));
    "brackets" [4], "not closed", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody minded (not even Anna."));
    "brackets" [3], "not opened", ZH, ALL_ZH, [], Cues(|t| say(t, 2, "他只说了星期五之前不行”"));
    "dialogue-dash" [5], "a space", EN, ["netflix-en"], [], Cues(|t| say(t, 4, "- What did she say?\n- Nothing."));
    "dialogue-dash" [5], "no space", EN, ["bbc"], [], Cues(|t| say(t, 4, "-What did she say?\n-Nothing."));
    "dialogue-dash" [5], "a dash on the second line alone", EN, ["netflix-en"], [], Cues(|t| say(t, 4, "What did she say?\n-Nothing."));
    "label-policy" [4, 5, 6, 7], "names", EN, ALL_EN, [("labels", "never")], Cues(|t| talk(t, ["Anna: Nobody did.", "Ben: Did she?", "Anna: She did.", "Ben: Well."]));
    "label-policy" [1, 2, 3, 8], "names on some", EN, ALL_EN, [("labels", "always")], Cues(|t| talk(t, ["Anna: Nobody did.", "Ben: Did she?", "Anna: She did.", "Ben: Well."]));
    "label-spelling" [5], "a voice misspelt", EN, ALL_EN, [], Cues(|t| for (i, name) in ["Katharina", "Katharina", "Katharina", "Katharina", "Katherina"].into_iter().enumerate() { voice(t, i, name) });
    "label-spelling" [7], "a label misspelt", EN, ALL_EN, [], Cues(|t| { say(t, 0, "Katharina: So it is."); say(t, 1, "Ben: It is not."); talk(t, ["Katharina: It is.", "Ben: No.", "Katharina: Yes.", "Katherina: Well."]) });
    "label-repeated" [5], "a name again", EN, ALL_EN, [], Cues(|t| { say(t, 3, "Anna: Nobody did."); say(t, 4, "Anna: Did she?") });
    "gloss" [7], "glossed in two ways", ZH, ALL_ZH, [], Cues(|t| { say(t, 5, "一个 agent(智能体)"); say(t, 6, "另一个 agent(代理)") });
    "all-caps" [4], "shouted", EN, ALL_EN, [("all_caps", "false")], Cues(|t| say(t, 3, "DO NOT COME IN HERE"));
    "italics" [6], "slanted", ZH, ["netflix-zh-hans"], [], Cues(|t| mark(t, 5, MarkKind::Italic));
    "script-mixed" [6], "a traditional character", ZH, ALL_ZH, [], Cues(|t| say(t, 5, "她說这样就很好"));
    "glyphs" [6], "not in GB 2312", ZH, ALL_ZH, [("glyphs", "gb2312")], Cues(|t| say(t, 5, "她说这样就很好☺"));
    "mojibake" [4], "read as another encoding", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody didnâ€™t mind."));
    "mojibake" [6], "lost", ZH, ALL_ZH, [], Cues(|t| say(t, 5, "她说这样就\u{FFFD}好"));
    "unseen" [4], "a tab", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody\tminded."));
    "unseen" [6], "a mark of byte order", ZH, ALL_ZH, [], Cues(|t| say(t, 5, "她说这样\u{FEFF}就很好"));
    "leftover-markup" [4], "a reference", EN, ALL_EN, [], Cues(|t| say(t, 3, "Nobody&nbsp;minded."));
    "word-list" [4], "a word of the list", EN, ALL_EN, [], Cues(|t| say(t, 3, "Darn it!"));
    "markup" [4], "bold", EN, ALL_EN, [("markup", "[]")], Cues(|t| mark(t, 3, MarkKind::Bold));

    // The file.
    "file-type" [], "not accepted", EN, ["youtube", "vimeo"], [], File(|f| f.name = "talk.txt".into());
    "file-size" [], "too large", ZH, ALL_ZH, [("max_bytes", "2500")], File(|f| f.bytes.extend([b'\n'; 2000]));
    "encoding" [], "another encoding", ZH, ["youtube"], [], File(|f| recode(f, "gb18030"));
    "byte-order-mark" [], "not wanted", ZH, ALL_ZH, [("bom", "forbidden")], File(|f| drop(f.bytes.splice(0..0, *b"\xEF\xBB\xBF")));
    "newlines" [], "of another system", EN, ALL_EN, [("newlines", "lf")], File(|f| replace(f, "\n", "\r\n"));
};

fn say(track: &mut Track, cue: usize, text: &str) {
    track.cues[cue].text = text.into();
}

fn talk(track: &mut Track, texts: [&str; 4]) {
    for (i, text) in texts.into_iter().enumerate() {
        say(track, 3 + i, text);
    }
}

fn end_after(track: &mut Track, cue: usize, length: i64) {
    let range = &mut track.cues[cue].range;
    range.end = range.start + millis(length);
}

fn later(track: &mut Track, from: usize, by: i64) {
    for cue in &mut track.cues[from..] {
        cue.range = TimeRange::new(cue.range.start + millis(by), cue.range.end + millis(by));
    }
}

fn mark(track: &mut Track, cue: usize, kind: MarkKind) {
    let text = &mut track.cues[cue].text;
    text.add(Mark::new(0..text.plain.len() as u32, kind));
}

fn voice(track: &mut Track, cue: usize, name: &str) {
    mark(track, cue, MarkKind::Voice(Box::new(Voice { name: name.into(), ..Voice::default() })));
}

fn recode(file: &mut Input, encoding: &str) {
    let mut options = EncodeOptions::default();
    options.encoding = Encoding::parse(encoding).unwrap();
    file.bytes = encode(std::str::from_utf8(&file.bytes).unwrap(), &options, |_| panic!());
}

fn replace(file: &mut Input, from: &str, to: &str) {
    file.bytes = std::str::from_utf8(&file.bytes).unwrap().replace(from, to).into_bytes();
}

fn options(profile: &str, settings: &[(&str, &str)]) -> CheckOptions {
    let mut options = CheckOptions::default();
    options.judges = vec![Judge::by_name(profile).unwrap()];
    options.rules.frame_rate = FrameRate::new(25, 1);
    options.set = settings.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    options
}

fn formats() -> [&'static Format; 4] {
    ["srt", "vtt", "ass", "ttml"].map(|id| codec::by_id(id).unwrap())
}

/// The track as a file; `None` if the format does not bring back its texts, times and marks.
fn file(format: &Format, track: &Track) -> Option<Input> {
    let (bytes, _) = write(format, track);
    let (again, _) = read(format, &bytes)?;
    let same = |a: &Cue, b: &Cue| {
        let marks = |cue: &Cue| cue.text.marks.iter().map(|mark| mark.kind.clone()).collect::<Vec<_>>();
        a.range == b.range && a.text.plain == b.text.plain && marks(a) == marks(b)
    };
    let kept = again.cues.len() == track.cues.len() && again.cues.iter().zip(&track.cues).all(|(a, b)| same(a, b));
    kept.then(|| Input { name: format!("talk.{}", format.extensions[0]), bytes })
}

/// The rules that find something, and where: cues from 1, or 0 for the file.
fn found(file: &Input, options: &CheckOptions) -> (BTreeSet<(&'static str, usize)>, String) {
    let mut report = Report::in_full();
    pipeline::check(Input { name: file.name.clone(), bytes: file.bytes.clone() }, options, &mut report).unwrap();
    let rules = report.items().iter().filter_map(|item| {
        let id = item.code.row().id.strip_prefix("rule/")?;
        Some((id, item.at.cue.map_or(0, |cue| cue as usize + 1)))
    });
    let said: Vec<String> = report.items().iter().map(|item| format!("  {}", item.message(Lang::En))).collect();
    (rules.collect(), said.join("\n"))
}

/// What the rules know beside the file, for those that need it.
fn with_media(mut options: CheckOptions, rule: &str) -> CheckOptions {
    match rule {
        "beyond-media" => options.rules.media_end = Some(at(END)),
        "drift" => options.rules.reference = (0..8).map(|i| at(1_000 + i * EVERY)).collect(),
        "word-list" => options.rules.words = check::word_list("darn").unwrap(),
        "shot-start" => options.rules.shots = vec![at(25_000)],
        "shot-end" => options.rules.shots = vec![at(29_080)],
        _ => {}
    }
    options
}

#[test]
fn each_damage_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for damage in DAMAGES {
        let mut judged = 0;
        for profile in damage.profiles {
            let options = with_media(options(profile, damage.settings), damage.rule);
            for format in formats() {
                let mut track = clean(damage.base);
                let refused = (options.judges.iter()).any(|judge| matches!(judge, Judge::Rules(p) if p.extensions.as_ref().is_some_and(|e| !e.value.iter().any(|e| *e == format.extensions[0]))));
                if refused {
                    continue;
                }
                let whole = file(format, &track).unwrap();
                let what = format!("{} ({}), {profile}, {}", damage.rule, damage.name, format.id);
                let (before, said) = found(&whole, &options);
                // A table that asks for labels on all cues finds fault with those that have none.
                if !before.is_empty() && damage.name != "names on some" {
                    wrong.push(format!("{what}: found before the damage:\n{said}"));
                }
                let damaged = match damage.harm {
                    Cues(harm) => {
                        harm(&mut track);
                        let Some(damaged) = file(format, &track) else { continue };
                        damaged
                    }
                    File(harm) => {
                        let mut damaged = Input { name: whole.name.clone(), bytes: whole.bytes.clone() };
                        harm(&mut damaged);
                        if damaged.name == whole.name && damaged.bytes == whole.bytes {
                            // A format that does not write it so.
                            continue;
                        }
                        damaged
                    }
                };
                let (after, said) = found(&damaged, &options);
                let cues = if damage.cues.is_empty() { &[0] } else { damage.cues };
                let mut must: BTreeSet<_> = cues.iter().map(|cue| (damage.rule, *cue)).collect();
                must.extend(damage.also);
                if after != must {
                    wrong.push(format!("{what}: found {after:?}, should be {must:?}\n{said}"));
                }
                judged += 1;
            }
        }
        if judged == 0 {
            wrong.push(format!("{} ({}): no format carries it", damage.rule, damage.name));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_damage() {
    for rule in RULES {
        assert!(DAMAGES.iter().any(|damage| damage.rule == rule.id()), "{} is never tried", rule.id());
    }
    for damage in DAMAGES {
        assert!(RULES.iter().any(|rule| rule.id() == damage.rule), "{} is no rule", damage.rule);
    }
}

/// The profiles for a language, and those for any.
fn profiles(lang: &str) -> impl Iterator<Item = profile::Profile> {
    let all = profile::ids().map(|id| profile::builtin(&id).unwrap());
    all.filter(move |profile| profile.lang.as_ref().is_none_or(|known| known.primary() == lang))
}

/// Captions of an article as they go out: written, speakers' names in front, and read again.
#[test]
fn what_is_made_of_an_article_passes_the_profile_it_is_made_for() {
    let mut wrong = Vec::new();
    for (lang, seconds) in [("en", 120), ("zh", 105)] {
        let article = std::fs::read_to_string(format!("fixtures/rules/article--{lang}.txt")).unwrap();
        let alignment = alignment(&article, seconds);
        for profile in profiles(lang) {
            let mut report = Report::in_full();
            let track = segment(&alignment, &profile, &Options::default(), &mut report);
            assert!(track.cues.len() > 20, "{}: {} cues", profile.id, track.cues.len());
            let format = codec::by_id("srt").unwrap();
            let (track, _) = read(format, write(format, &track).0).unwrap();
            check::check(&track, None, &profile, &check::Options::default(), &mut report);
            for item in report.items().iter().filter(|item| item.code.row().id.starts_with("rule/")) {
                let cue = item.at.cue.map(|cue| &track.cues[cue as usize].text.plain);
                let (code, message) = (item.code.row().id, item.message(Lang::En));
                wrong.push(format!("{}: {cue:?}: {code}: {message}", profile.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
