//! Cues and their words.

use super::context::Cx;
use super::decimal::{Seconds, Share};
use super::extra::{self, ExtraJson};
use super::field::{Derived, Named, Names, Text, Unknown};
use super::mark::MarkJson;
use super::placement::PlacementJson;
use super::text::{read_text, write_voiced};
use crate::codec::vtt;
use crate::diag::{Location, codes};
use crate::model::{Cue, CueWord, Doubt, Evidence, Heard, Track};
use crate::time::TimeRange;
use serde::{Deserialize, Serialize};

/// Text on screen for a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CueJson<'a> {
    /// Seconds.
    #[serde(borrow)]
    pub(super) start: Seconds<'a>,
    /// Seconds.
    pub(super) end: Seconds<'a>,
    /// The identifier the file gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Text<'a>>,
    /// Who speaks all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Text<'a>>,
    /// What is shown; lines end in `\n`.
    text: Text<'a>,
    /// Probability that the start is within 300 ms of the truth.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Share>,
    /// How its times came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<Named<'a, Heard>>,
    /// Why it is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<Named<'a, Doubt>>,
    /// Where it stands, if not where the player puts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    placement: Option<Box<PlacementJson<'a>>>,
    /// Leftovers of one format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extras: Vec<ExtraJson<'a>>,
    /// What holds of stretches of `text`, but for `speaker`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkJson<'a>>,
    /// Its words with their times.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Vec<WordJson<'a>>>,
    /// What a browser makes of it, if it came from WebVTT: written for other programs, ignored when reading.
    #[serde(default, skip_serializing_if = "Derived::is_none")]
    vtt: Derived<serde_json::Value>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A word of a cue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct WordJson<'a> {
    /// As it stands in the cue's text.
    #[serde(borrow)]
    text: Text<'a>,
    /// Seconds.
    start: Seconds<'a>,
    /// Seconds.
    end: Seconds<'a>,
    /// How the times are known; `anchored` if absent: whoever wrote the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<Named<'a, Heard>>,
    /// A measured score.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Share>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl Names for Heard {
    fn names() -> &'static [(Self, &'static str)] {
        crate::model::HEARD
    }
}

/// A `how`: [`Heard::Anchored`] if the file does not say, the humblest if it says what this version does not know.
pub(super) fn read_how(how: Option<Named<'_, Heard>>, cx: &mut Cx<'_>) -> Heard {
    match how {
        None => Heard::Anchored,
        how => cx.named("how", how).unwrap_or(Heard::Estimated),
    }
}

impl<'a> CueJson<'a> {
    /// To be written, as a cue of `track`.
    pub(super) fn write(cue: &'a Cue, track: &Track) -> Self {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        let (speaker, marks) = write_voiced(text);
        let evidence = evidence.as_deref();
        // Evidence that says nothing is still there: it shows as an empty list of words.
        let words = |e: &'a Evidence| {
            let silent = e.confidence.is_none() && e.how.is_none() && e.doubt.is_none();
            (silent || !e.words.is_empty()).then(|| e.words.iter().map(WordJson::write).collect())
        };
        Self {
            start: range.start.into(),
            end: range.end.into(),
            id: id.as_deref().map(Text::new),
            speaker,
            text: Text::new(&text.plain),
            confidence: evidence.and_then(|e| Share::new(e.confidence)),
            how: evidence.and_then(|e| e.how).map(Named::Known),
            doubt: evidence.and_then(|e| e.doubt).map(Named::Known),
            placement: placement.as_deref().map(|placement| Box::new(PlacementJson::write(placement))),
            extras: extras.iter().map(ExtraJson::write).collect(),
            marks,
            words: evidence.and_then(words),
            vtt: Derived::new(vtt::browser_view(track, cue)),
            unknown: Unknown::default(),
        }
    }

    /// Reads cue `index` of the file.
    pub(super) fn read(self, index: usize, cx: &mut Cx<'_>) -> Cue {
        let start = self.start.time();
        let origin = cx.source().span_of(self.start.raw);
        cx.at = Location { span: origin, ..Location::cue(index, start) };
        cx.unknown(&self.unknown);
        let text = read_text(self.text.into_string(), self.marks, self.speaker, cx);
        let mut cue = Cue::new(TimeRange::new(start, self.end.time()), text);
        cue.id = self.id.map(|id| id.into_string().into());
        cue.placement = self.placement.map(|placement| Box::new(placement.read(cx)));
        cue.extras = extra::read_all(self.extras, cx).into();
        cue.evidence = read_evidence(self.confidence, (self.how, self.doubt), self.words, cx);
        cue.origin = origin;
        cx.at = Location::FILE;
        cue
    }
}

fn read_evidence(
    confidence: Option<Share>,
    (how, doubt): (Option<Named<'_, Heard>>, Option<Named<'_, Doubt>>),
    words: Option<Vec<WordJson<'_>>>,
    cx: &mut Cx<'_>,
) -> Option<Box<Evidence>> {
    if confidence.is_none() && how.is_none() && doubt.is_none() && words.is_none() {
        return None;
    }
    let words = words.unwrap_or_default().into_iter().enumerate();
    Some(Box::new(Evidence {
        confidence: read_share("confidence", confidence, cx),
        how: cx.named("how", how),
        doubt: cx.named("doubt", doubt),
        words: words.map(|(i, word)| cx.within("words", i, |cx| word.read(cx))).collect(),
    }))
}

/// A share, kept as it is; one that is none is reported.
pub(super) fn read_share(field: &str, share: Option<Share>, cx: &mut Cx<'_>) -> Option<f32> {
    let value = share?.0;
    if !(0.0..=1.0).contains(&value) {
        cx.say(codes::parse::JSON_NO_SHARE, field, &[("value", &value.to_string())]);
    }
    Some(value)
}

impl<'a> WordJson<'a> {
    fn write(word: &'a CueWord) -> Self {
        let CueWord { text, range, how, score } = word;
        Self {
            text: Text::new(text),
            start: range.start.into(),
            end: range.end.into(),
            how: Some(Named::Known(*how)),
            score: Share::new(*score),
            unknown: Unknown::default(),
        }
    }

    fn read(self, cx: &mut Cx<'_>) -> CueWord {
        cx.unknown(&self.unknown);
        CueWord {
            text: self.text.into_string(),
            range: TimeRange::new(self.start.time(), self.end.time()),
            how: read_how(self.how, cx),
            score: read_share("score", self.score, cx),
        }
    }
}
