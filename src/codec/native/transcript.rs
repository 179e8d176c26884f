//! Transcripts, made to be edited: speakers by name, glosses by term, derived fields optional.

use super::context::Cx;
use super::decimal::Seconds;
use super::field::{Named, Text, Unknown};
use super::gloss::{GlossJson, Marks, UnsaidJson};
use super::head::{Kind, VERSION};
use super::mark::MarkJson;
use super::offsets::Offsets;
use super::speaker::{SpeakerJson, Speakers, Turns};
use super::track::read_lang;
use crate::diag::codes;
use crate::model::{Anchor, Part, PartKind, Reason, Runtime, Transcript, Utterance};
use serde::{Deserialize, Serialize};

/// An article, understood: who says what, and what nobody says.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TranscriptJson<'a> {
    /// Version of the format.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    zimu: u64,
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("const" = "transcript")))]
    kind: Text<'a>,
    /// Language of the speech, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Text<'a>>,
    /// How long the media is.
    #[serde(skip_serializing_if = "Option::is_none")]
    runtime: Option<RuntimeJson<'a>>,
    /// Who speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<SpeakerJson<'a>>,
    /// What the article consists of, in order.
    parts: Vec<PartJson<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A running time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RuntimeJson<'a> {
    #[serde(borrow)]
    seconds: Seconds<'a>,
    /// The words it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A piece of the article. An utterance needs `text` and usually `speaker`; something unspoken needs `text`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PartJson<'a> {
    kind: PartName,
    /// utterance: which turn it belongs to; found from the speakers if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    turn: Option<u32>,
    /// utterance: the name of one of `speakers`.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    speaker: Option<Text<'a>>,
    /// unspoken: why; `asked` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Named<'a, Reason>>,
    /// What is said, or what stands there.
    text: Text<'a>,
    /// utterance: glosses on terms of the text, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    glosses: Vec<GlossJson<'a>>,
    /// utterance: what is written in it and not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unsaid: Vec<UnsaidJson<'a>>,
    /// utterance: other marks on the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkJson<'a>>,
    /// utterance: times that the article gives for places in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    anchors: Vec<AnchorJson<'a>>,
    /// The article here, verbatim; `text` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Text<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// Whether a piece is said.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum PartName {
    Utterance,
    Unspoken,
}

/// A time that the article gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnchorJson<'a> {
    /// Character of the text.
    at: u32,
    /// Seconds.
    #[serde(borrow)]
    time: Seconds<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> TranscriptJson<'a> {
    pub(super) fn write(transcript: &'a Transcript) -> Self {
        let Said { lang, runtime, speakers, parts } = Said::write(transcript);
        let kind = Text::new(Kind::Transcript.name());
        Self { zimu: VERSION, kind, lang, runtime, speakers, parts, unknown: Unknown::default() }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Transcript {
        cx.unknown(&self.unknown);
        let Self { lang, runtime, speakers, parts, .. } = self;
        Said { lang, runtime, speakers, parts }.read(cx)
    }
}

/// What a transcript says, in its own file or in an alignment.
pub(super) struct Said<'a> {
    pub(super) lang: Option<Text<'a>>,
    pub(super) runtime: Option<RuntimeJson<'a>>,
    pub(super) speakers: Vec<SpeakerJson<'a>>,
    pub(super) parts: Vec<PartJson<'a>>,
}

impl<'a> Said<'a> {
    pub(super) fn write(transcript: &'a Transcript) -> Self {
        let Transcript { lang, runtime, speakers, parts, anchors } = transcript;
        let mut anchors: Vec<&Anchor> = anchors.iter().collect();
        anchors.sort_by_key(|anchor| anchor.part);
        let mut rest = anchors.as_slice();
        let parts = parts.iter().zip(0u32..).map(|(part, index)| {
            let (own, after) = rest.split_at(rest.partition_point(|anchor| anchor.part <= index));
            rest = after;
            PartJson::write(part, transcript, own)
        });
        Self {
            lang: lang.as_ref().map(|lang| Text::new(lang.as_str())),
            runtime: runtime.as_ref().map(RuntimeJson::write),
            speakers: speakers.iter().map(SpeakerJson::write).collect(),
            parts: parts.collect(),
        }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Transcript {
        let lang = read_lang(self.lang, cx);
        let runtime = self.runtime.map(|runtime| runtime.read(cx));
        let mut speakers = Speakers::read(self.speakers, cx);
        let mut turns = Turns::default();
        let (mut parts, mut anchors) = (Vec::with_capacity(self.parts.len()), Vec::new());
        for (i, part) in self.parts.into_iter().enumerate() {
            parts.push(cx.within("parts", i, |cx| part.read(i, &mut speakers, &mut turns, &mut anchors, cx)));
        }
        turns.settle(&mut parts);
        Transcript { lang, runtime, speakers: speakers.list, parts, anchors }
    }
}

impl<'a> RuntimeJson<'a> {
    fn write(runtime: &'a Runtime) -> Self {
        let Runtime { length, text } = runtime;
        let text = (!text.is_empty()).then(|| Text::new(text));
        Self { seconds: (*length).into(), text, unknown: Unknown::default() }
    }

    fn read(self, cx: &mut Cx<'_>) -> Runtime {
        cx.unknown(&self.unknown);
        Runtime { length: self.seconds.delta(), text: self.text.map(Text::into_string).unwrap_or_default() }
    }
}

impl<'a> PartJson<'a> {
    fn new(kind: PartName, text: &'a str) -> Self {
        Self {
            kind,
            turn: None,
            speaker: None,
            reason: None,
            text: Text::new(text),
            glosses: Vec::new(),
            unsaid: Vec::new(),
            marks: Vec::new(),
            anchors: Vec::new(),
            source: None,
            unknown: Unknown::default(),
        }
    }

    fn write(part: &'a Part, transcript: &'a Transcript, anchors: &[&Anchor]) -> Self {
        let Part { source, kind } = part;
        let utterance = match kind {
            PartKind::Unspoken(reason) => {
                let reason = Some(Named::Known(*reason));
                return Self { reason, ..Self::new(PartName::Unspoken, source) };
            }
            PartKind::Utterance(utterance) => utterance,
        };
        let Utterance { turn, speaker: _, text } = utterance;
        let Marks { glosses, unsaid, marks } = Marks::write(text);
        // Without a source, a reader tidies the text: it may have been a heading a moment ago.
        let derived = *source == text.plain && tidy(&text.plain).is_none();
        let offsets = Offsets::new(&text.plain);
        Self {
            turn: Some(*turn),
            speaker: transcript.speaker_of(utterance).map(Text::new),
            glosses,
            unsaid,
            marks,
            anchors: anchors.iter().map(|anchor| AnchorJson::write(anchor, &offsets)).collect(),
            source: (!derived).then(|| Text::new(source)),
            ..Self::new(PartName::Utterance, &text.plain)
        }
    }

    fn read(
        self,
        index: usize,
        speakers: &mut Speakers,
        turns: &mut Turns,
        anchors: &mut Vec<Anchor>,
        cx: &mut Cx<'_>,
    ) -> Part {
        cx.unknown(&self.unknown);
        let source = self.source.map(Text::into_string);
        let text = self.text.into_string();
        if matches!(self.kind, PartName::Unspoken) {
            // What an utterance has stays unused, so that a person can change it back.
            let reason = cx.named("reason", self.reason).unwrap_or(Reason::Asked);
            (0..self.anchors.len()).for_each(|i| {
                cx.within("anchors", i, |cx| cx.say(codes::parse::JSON_ANCHOR_LOST, "", &[]));
            });
            return Part { source: source.unwrap_or(text), kind: PartKind::Unspoken(reason) };
        }
        let (plain, source) = match source {
            Some(source) => (text, source),
            None => (tidy(&text).unwrap_or_else(|| text.clone()), text),
        };
        let offsets = Offsets::new(&plain);
        for (i, anchor) in self.anchors.into_iter().enumerate() {
            let part = u32::try_from(index).unwrap_or(u32::MAX);
            anchors.push(cx.within("anchors", i, |cx| anchor.read(part, &offsets, cx)));
        }
        let text = Marks { glosses: self.glosses, unsaid: self.unsaid, marks: self.marks }.read(plain, cx);
        let speaker = self.speaker.map(|name| speakers.find(&name, cx));
        turns.push(self.turn, speaker);
        Part { source, kind: PartKind::Utterance(Utterance { turn: self.turn.unwrap_or(0), speaker, text }) }
    }
}

/// The text without the white space around it, its lines ended by `\n`; `None` if it is so already.
fn tidy(text: &str) -> Option<String> {
    let tidy = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    (tidy != text).then_some(tidy)
}

impl AnchorJson<'_> {
    fn write(anchor: &Anchor, offsets: &Offsets) -> Self {
        let Anchor { part: _, at, time } = anchor;
        Self { at: offsets.chars(*at), time: (*time).into(), unknown: Unknown::default() }
    }

    fn read(self, part: u32, offsets: &Offsets, cx: &mut Cx<'_>) -> Anchor {
        cx.unknown(&self.unknown);
        let at = offsets.byte(self.at).unwrap_or_else(|| {
            cx.say(codes::parse::JSON_RANGE_CUT, "at", &[]);
            offsets.end()
        });
        Anchor { part, at, time: self.time.time() }
    }
}
