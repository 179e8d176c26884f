//! Alignments: a transcript with times, and the cues that were made of it.

use super::context::Cx;
use super::cue::{CueJson, read_how, read_share};
use super::decimal::{Seconds, Share};
use super::extra::ExtraJson;
use super::field::{Named, Names, Text, Unknown};
use super::gloss::Finder;
use super::head::{Kind, VERSION};
use super::hearing::{FitJson, ProvenanceJson, UntranscribedJson};
use super::offsets::Offsets;
use super::placement::RegionJson;
use super::speaker::SpeakerJson;
use super::track::{Around, Cues, NoteJson, TrackJson};
use super::transcript::{PartJson, RuntimeJson, Said};
use crate::diag::codes;
use crate::model::{Alignment, Boundary, Doubt, Heard, Track, Transcript, UnitTiming, WordRef, WordTiming};
use crate::time::{Time, TimeRange};
use serde::{Deserialize, Serialize};

/// A timed transcript. Captions are made from `parts` and `words`; `cues` are those that were made last.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AlignmentJson<'a, C> {
    /// Version of the format.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    zimu: u64,
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("const" = "alignment")))]
    kind: Text<'a>,
    /// Language of the speech, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Text<'a>>,
    /// How long the media is.
    #[serde(skip_serializing_if = "Option::is_none")]
    runtime: Option<RuntimeJson<'a>>,
    /// The stretch that the words fill.
    #[serde(skip_serializing_if = "Option::is_none")]
    extent: Option<ExtentJson<'a>>,
    /// Who speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<SpeakerJson<'a>>,
    /// What the article consists of, in order.
    parts: Vec<PartJson<'a>>,
    /// Every word that is said, in order.
    words: Vec<TimingJson<'a>>,
    /// Stretches in which something is heard that the transcript does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    untranscribed: Vec<UntranscribedJson<'a>>,
    /// How well transcript and sound fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<FitJson<'a>>,
    /// What it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<ProvenanceJson<'a>>,
    /// As in a track.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<Seconds<'a>>,
    /// As in a track.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Text<'a>>,
    /// As in a track.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<RegionJson<'a>>,
    /// As in a track.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<NoteJson<'a>>,
    /// As in a track.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extras: Vec<ExtraJson<'a>>,
    /// The cues: made again from the words whenever the alignment is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    cues: Option<C>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A stretch of time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ExtentJson<'a> {
    /// Seconds.
    #[serde(borrow)]
    start: Seconds<'a>,
    /// Seconds.
    end: Seconds<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// When a word is said.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TimingJson<'a> {
    /// Index of the part.
    part: u32,
    /// Character of the part's text.
    from: u32,
    /// One past its last character.
    to: u32,
    /// The word; it is looked for nearby if the text was edited.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    /// Seconds; absent if it was not found.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Seconds<'a>>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Seconds<'a>>,
    /// How that is known; `anchored` if absent: whoever wrote the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<Named<'a, Heard>>,
    /// Probability that its start is within 300 ms of the truth.
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<Share>,
    /// Why it is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<Named<'a, Doubt>>,
    /// What stands after it in the writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    boundary: Option<Named<'a, Boundary>>,
    /// Its syllables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    units: Vec<UnitJson<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// When a syllable is said.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct UnitJson<'a> {
    /// For people: pinyin with tone, letters.
    #[serde(borrow)]
    sound: Text<'a>,
    /// Seconds.
    start: Seconds<'a>,
    /// Seconds.
    end: Seconds<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl Names for Boundary {
    fn names() -> &'static [(Self, &'static str)] {
        &[
            (Self::None, "none"),
            (Self::Word, "word"),
            (Self::Weak, "weak"),
            (Self::Comma, "comma"),
            (Self::Semicolon, "semicolon"),
            (Self::Sentence, "sentence"),
            (Self::Paragraph, "paragraph"),
            (Self::Turn, "turn"),
        ]
    }
}

impl<'a> AlignmentJson<'a, Cues<'a>> {
    pub(super) fn write(alignment: &'a Alignment, track: Option<&'a Track>) -> Self {
        let Alignment { transcript, extent, words, untranscribed, fit, provenance } = alignment;
        let Said { lang, runtime, speakers, parts } = Said::write(transcript);
        let around = track.map(TrackJson::write).map(TrackJson::into_around);
        let (around, cues) = around.map_or((Around::default(), None), |(around, cues)| (around, Some(cues)));
        let unknown = Unknown::default;
        let extent = ExtentJson { start: extent.start.into(), end: extent.end.into(), unknown: unknown() };
        Self {
            zimu: VERSION,
            kind: Text::new(Kind::Alignment.name()),
            lang,
            runtime,
            extent: Some(extent),
            speakers,
            parts,
            words: write_words(words, transcript),
            untranscribed: untranscribed.iter().map(UntranscribedJson::write).collect(),
            fit: fit.as_ref().and_then(FitJson::write),
            provenance: provenance.as_deref().map(ProvenanceJson::write),
            resolution: around.resolution,
            header: around.header,
            regions: around.regions,
            notes: around.notes,
            extras: around.extras,
            cues,
            unknown: unknown(),
        }
    }
}

impl<'a, C> AlignmentJson<'a, C> {
    /// The alignment; the cues are not looked at.
    pub(super) fn read(self, cx: &mut Cx<'_>) -> Alignment {
        cx.unknown(&self.unknown);
        let Self { lang, runtime, speakers, parts, .. } = self;
        let transcript = Said { lang, runtime, speakers, parts }.read(cx);
        let words = read_words(self.words, &transcript, cx);
        // A file that someone wrote by hand need not say it: from the start to the last word.
        let whole =
            || TimeRange::new(Time::ZERO, words.iter().filter_map(|w| Some(w.range?.end)).max().unwrap_or_default());
        let extent = self.extent.map(|extent| extent.read(cx)).unwrap_or_else(whole);
        let untranscribed = self.untranscribed.into_iter().enumerate();
        Alignment {
            transcript,
            extent,
            words,
            untranscribed: untranscribed.map(|(i, u)| cx.within("untranscribed", i, |cx| u.read(cx))).collect(),
            fit: self.fit.map(|fit| fit.read(cx)),
            provenance: self.provenance.map(|provenance| Box::new(provenance.read(cx))),
        }
    }
}

impl<'a> AlignmentJson<'a, Vec<CueJson<'a>>> {
    /// The track that was made of it; `None` if there is none in the file.
    pub(super) fn read_track(self, cx: &mut Cx<'_>) -> Option<Track> {
        let Self { lang, resolution, header, regions, notes, extras, .. } = self;
        let cues = self.cues?;
        cx.unknown(&self.unknown);
        let around = Around { lang, resolution, header, regions, notes, extras, ..Around::default() };
        Some(around.read(cues, cx))
    }
}

impl ExtentJson<'_> {
    fn read(self, cx: &mut Cx<'_>) -> TimeRange {
        cx.unknown(&self.unknown);
        TimeRange::new(self.start.time(), self.end.time())
    }
}

/// The text of each part and its characters, made once for a run of words in it.
struct Place<'t> {
    part: u32,
    /// There is such a part, and somebody says it.
    spoken: bool,
    offsets: Offsets,
    finder: Finder<'t>,
}

impl<'t> Place<'t> {
    fn of(part: u32, transcript: &'t Transcript) -> Self {
        let utterance = transcript.utterance(part);
        let text = utterance.map_or("", |utterance| utterance.text.plain.as_str());
        Self { part, spoken: utterance.is_some(), offsets: Offsets::new(text), finder: Finder::new(text) }
    }
}

fn write_words<'a>(words: &'a [WordTiming], transcript: &'a Transcript) -> Vec<TimingJson<'a>> {
    let mut place = Place::of(0, transcript);
    let write = |timing: &'a WordTiming| {
        let WordTiming { word, range, how, start_p, doubt, units, boundary } = timing;
        if word.part != place.part {
            place = Place::of(word.part, transcript);
        }
        let bytes = word.range.start as usize..word.range.end as usize;
        TimingJson {
            part: word.part,
            from: place.offsets.chars(word.range.start),
            to: place.offsets.chars(word.range.end),
            text: place.finder.text.get(bytes).map(Text::new),
            start: range.map(|range| range.start.into()),
            end: range.map(|range| range.end.into()),
            how: Some(Named::Known(*how)),
            p: Share::new(*start_p),
            doubt: doubt.map(Named::Known),
            boundary: Named::unless_default(*boundary),
            units: units.iter().map(UnitJson::write).collect(),
            unknown: Unknown::default(),
        }
    };
    words.iter().map(write).collect()
}

fn read_words(words: Vec<TimingJson<'_>>, transcript: &Transcript, cx: &mut Cx<'_>) -> Vec<WordTiming> {
    let mut place = Place::of(0, transcript);
    let mut read = Vec::with_capacity(words.len());
    for (i, word) in words.into_iter().enumerate() {
        if word.part != place.part {
            place = Place::of(word.part, transcript);
        }
        read.extend(cx.within("words", i, |cx| word.read(&mut place, cx)));
    }
    read
}

impl TimingJson<'_> {
    fn read(self, place: &mut Place<'_>, cx: &mut Cx<'_>) -> Option<WordTiming> {
        cx.unknown(&self.unknown);
        if !place.spoken {
            let text = self.text.as_ref().map_or("", Text::as_str);
            cx.say_at(text, codes::parse::JSON_WORD_UNSPOKEN, "", &[]);
            return None;
        }
        let Some(range) = self.locate(place) else {
            match self.text.as_ref().map(Text::as_str) {
                Some(text) => cx.say_at(text, codes::parse::JSON_WORD_LOST, "", &[("text", text)]),
                None => cx.say(codes::parse::JSON_BAD_RANGE, "", &[]),
            }
            return None;
        };
        place.finder.pass(range.end as usize);
        if self.start.is_some() != self.end.is_some() {
            cx.say(codes::parse::JSON_HALF_TIME, "", &[]);
        }
        let time = self.start.zip(self.end).map(|(start, end)| TimeRange::new(start.time(), end.time()));
        let units = self.units.into_iter().enumerate();
        Some(WordTiming {
            word: WordRef { part: self.part, range },
            range: time,
            how: time.map_or(Heard::Missing, |_| read_how(self.how, cx)),
            start_p: read_share("p", self.p, cx),
            doubt: cx.named("doubt", self.doubt),
            units: units.map(|(i, unit)| cx.within("units", i, |cx| unit.read(cx))).collect(),
            boundary: cx.named("boundary", self.boundary).unwrap_or_default(),
        })
    }

    /// Where the word stands: where the file says, or nearest to it if the text was edited.
    fn locate(&self, place: &mut Place<'_>) -> Option<std::ops::Range<u32>> {
        let range = place.offsets.byte(self.from).zip(place.offsets.byte(self.to)).filter(|(from, to)| from <= to);
        let Some(text) = self.text.as_ref().map(Text::as_str) else {
            return range.map(|(from, to)| from..to);
        };
        let start = place.finder.near(text, range.map_or(place.offsets.end(), |(from, _)| from) as usize)?;
        let start = u32::try_from(start).ok()?;
        Some(start..start.saturating_add(u32::try_from(text.len()).ok()?))
    }
}

impl<'a> UnitJson<'a> {
    fn write(unit: &'a UnitTiming) -> Self {
        let UnitTiming { sound, range } = unit;
        let (start, end) = (range.start.into(), range.end.into());
        Self { sound: Text::new(sound), start, end, unknown: Unknown::default() }
    }

    fn read(self, cx: &mut Cx<'_>) -> UnitTiming {
        cx.unknown(&self.unknown);
        let range = TimeRange::new(self.start.time(), self.end.time());
        UnitTiming { sound: self.sound.into_string().into(), range }
    }
}
