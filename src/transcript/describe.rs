//! What was understood, for a person to see at a glance: the print of `zimu transcript`.

use super::shortened;
use crate::diag::Lang;
use crate::model::{Gloss, Mark, MarkKind, Part, PartKind, Reason, Spoken, Transcript, Utterance};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many characters of a paragraph are shown.
const SHOWN_CHARS: usize = 60;
/// How many items of a list are shown.
const LISTED: usize = 40;

/// The words of the print, a row for each: English, 中文.
struct Words {
    language: &'static str,
    runtime: &'static str,
    unknown: &'static str,
    speakers: &'static str,
    unnamed: &'static str,
    turns: &'static str,
    characters: &'static str,
    unspoken: &'static str,
    unsaid: &'static str,
    glosses: &'static str,
    gloss_spoken: &'static str,
    times: &'static str,
    more: &'static str,
    reasons: &'static [(Reason, &'static str)],
}

static EN: Words = Words {
    language: "Language",
    runtime: "Running time",
    unknown: "not given",
    speakers: "Speakers",
    unnamed: "(no name)",
    turns: "turns",
    characters: "characters",
    unspoken: "Not spoken",
    unsaid: "Left unsaid inside speech",
    glosses: "Glosses",
    gloss_spoken: "gloss is said",
    times: "Times",
    more: "more",
    reasons: &[
        (Reason::Headline, "headline"),
        (Reason::Lead, "lead"),
        (Reason::Heading, "heading"),
        (Reason::Metadata, "metadata"),
        (Reason::Credit, "credit"),
        (Reason::Direction, "direction"),
        (Reason::Label, "label"),
        (Reason::TimeHint, "time"),
        (Reason::Layout, "markup"),
        (Reason::Asked, "as asked"),
    ],
};

static ZH: Words = Words {
    language: "语言",
    runtime: "时长",
    unknown: "未说明",
    speakers: "说话人",
    unnamed: "（无名）",
    turns: "段发言",
    characters: "字符",
    unspoken: "不读出",
    unsaid: "发言中不读出",
    glosses: "释义",
    gloss_spoken: "读释义",
    times: "时间",
    more: "其他",
    reasons: &[
        (Reason::Headline, "标题"),
        (Reason::Lead, "导语"),
        (Reason::Heading, "小标题"),
        (Reason::Metadata, "附注信息"),
        (Reason::Credit, "署名"),
        (Reason::Direction, "舞台提示"),
        (Reason::Label, "标签"),
        (Reason::TimeHint, "时间"),
        (Reason::Layout, "标记"),
        (Reason::Asked, "按要求"),
    ],
};

impl Words {
    fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }

    fn reason(&self, reason: Reason) -> &'static str {
        self.reasons.iter().find(|(known, _)| *known == reason).map_or("", |(_, word)| word)
    }
}

/// Describes a transcript: speakers, running time, what is not spoken and why, glosses, times, and the turns, shortened.
pub fn describe(transcript: &Transcript, lang: Lang) -> String {
    let words = Words::of(lang);
    let mut out = String::new();
    facts(transcript, words, &mut out);
    unspoken(transcript, words, &mut out);
    unsaid(transcript, words, &mut out);
    glosses(transcript, words, &mut out);
    times(transcript, words, &mut out);
    turns(transcript, words, &mut out);
    out
}

/// Why something is not spoken, in words.
pub fn reason_words(reason: Reason, lang: Lang) -> &'static str {
    Words::of(lang).reason(reason)
}

fn row(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
    out.push('\n');
}

/// A text on one line, control characters and damage visible as they are.
fn line(text: &str) -> String {
    shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), SHOWN_CHARS)
}

fn facts(transcript: &Transcript, words: &Words, out: &mut String) {
    let language = transcript.lang.as_ref().map_or(words.unknown, |lang| lang.as_str());
    row(out, format_args!("{}: {language}", words.language));
    match &transcript.runtime {
        Some(runtime) => row(out, format_args!("{}: {} ({})", words.runtime, runtime.length, runtime.text)),
        None => row(out, format_args!("{}: {}", words.runtime, words.unknown)),
    }
    speakers(transcript, words, out);
}

/// Turns and characters of each speaker, in one pass.
fn speakers(transcript: &Transcript, words: &Words, out: &mut String) {
    let mut counts: BTreeMap<Option<u32>, (usize, usize)> = BTreeMap::new();
    let mut turn = None;
    for (_, utterance) in transcript.utterances() {
        let (turns, characters) = counts.entry(utterance.speaker).or_default();
        *turns = turns.saturating_add(usize::from(turn != Some(utterance.turn)));
        *characters = characters.saturating_add(utterance.text.plain.chars().count());
        turn = Some(utterance.turn);
    }
    let of = |(speaker, (turns, characters)): (Option<u32>, (usize, usize))| {
        format!("{}: {turns} {}, {characters} {}", name(transcript, speaker, words), words.turns, words.characters)
    };
    list(out, words.speakers, words, counts.into_iter().map(of));
}

fn name<'a>(transcript: &'a Transcript, speaker: Option<u32>, words: &Words) -> &'a str {
    let found = speaker.and_then(|index| transcript.speakers.get(index as usize));
    found.map_or(words.unnamed, |speaker| speaker.name.as_str())
}

/// Labels, times in front of turns and layout are no news; what stands for itself is.
fn unspoken(transcript: &Transcript, words: &Words, out: &mut String) {
    let silent = transcript.parts.iter().filter_map(|part| match part {
        Part { kind: PartKind::Unspoken(Reason::Label | Reason::TimeHint | Reason::Layout), .. } => None,
        Part { source, kind: PartKind::Unspoken(reason) } => Some((*reason, source)),
        Part { kind: PartKind::Utterance(_), .. } => None,
    });
    list(
        out,
        words.unspoken,
        words,
        silent.map(|(reason, source)| format!("{}: {}", words.reason(reason), line(source))),
    );
}

fn marks(transcript: &Transcript) -> impl Iterator<Item = (&Utterance, &Mark)> {
    transcript.utterances().flat_map(|(_, utterance)| utterance.text.marks.iter().map(move |mark| (utterance, mark)))
}

fn unsaid(transcript: &Transcript, words: &Words, out: &mut String) {
    let taken = marks(transcript).filter_map(|(_, mark)| match &mark.kind {
        MarkKind::Unsaid(unsaid) => Some(format!("{}: {}", words.reason(unsaid.reason), line(&unsaid.text))),
        _ => None,
    });
    list(out, words.unsaid, words, taken);
}

fn glosses(transcript: &Transcript, words: &Words, out: &mut String) {
    let said = |gloss: &Gloss| match gloss.spoken {
        Spoken::Term => String::new(),
        Spoken::Gloss => format!(" ({})", words.gloss_spoken),
    };
    let found = marks(transcript).filter_map(|(utterance, mark)| match &mark.kind {
        MarkKind::Gloss(gloss) => {
            let term = utterance.text.plain.get(mark.bytes()).unwrap_or_default();
            Some(format!("{term} = {}{}", gloss.text, said(gloss)))
        }
        _ => None,
    });
    list(out, words.glosses, words, found);
}

fn times(transcript: &Transcript, words: &Words, out: &mut String) {
    let anchored = transcript.anchors.iter().map(|anchor| {
        let plain = transcript.utterance(anchor.part).map_or("", |utterance| utterance.text.plain.as_str());
        format!("{} {}", anchor.time, line(plain.get(anchor.at as usize..).unwrap_or_default()))
    });
    list(out, words.times, words, anchored);
}

/// A heading with the count, and the first items.
fn list(out: &mut String, heading: &str, words: &Words, items: impl Iterator<Item = String>) {
    let (mut shown, mut count) = (String::new(), 0usize);
    for item in items {
        count = count.saturating_add(1);
        if count <= LISTED {
            row(&mut shown, format_args!("  {item}"));
        }
    }
    if count == 0 {
        return;
    }
    row(out, format_args!("\n{heading} ({count})"));
    out.push_str(&shown);
    if let Some(more) = count.checked_sub(LISTED).filter(|more| *more > 0) {
        row(out, format_args!("  … {more} {}", words.more));
    }
}

/// Every turn with its number from 1; further paragraphs of a turn are indented below it.
fn turns(transcript: &Transcript, words: &Words, out: &mut String) {
    let width = transcript.turns().to_string().len();
    out.push('\n');
    let mut last = None;
    for (_, utterance) in transcript.utterances() {
        let text = line(&utterance.text.plain);
        if last == Some(utterance.turn) {
            row(out, format_args!("{:width$}    {text}", ""));
        } else {
            let name = name(transcript, utterance.speaker, words);
            row(out, format_args!("{:width$}. {name}: {text}", utterance.turn.saturating_add(1)));
        }
        last = Some(utterance.turn);
    }
}
