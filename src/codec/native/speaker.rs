//! Speakers by name, and turns, through edits.

use super::context::Cx;
use super::field::{Text, Unknown};
use crate::diag::codes;
use crate::model::{Part, PartKind, Speaker};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Someone who speaks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SpeakerJson<'a> {
    /// The name to show, and to refer to.
    #[serde(borrow)]
    name: Text<'a>,
    /// Spellings in the article; parts may refer to these too, so that changing `name` here is enough to rename.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Text<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> SpeakerJson<'a> {
    pub(super) fn write(speaker: &'a Speaker) -> Self {
        let Speaker { name, labels } = speaker;
        let labels = labels.iter().map(|label| Text::new(label)).collect();
        Self { name: Text::new(name), labels, unknown: Unknown::default() }
    }
}

/// The speakers, found by name or label.
pub(super) struct Speakers {
    pub(super) list: Vec<Speaker>,
    index: HashMap<String, u32>,
}

impl Speakers {
    pub(super) fn read(speakers: Vec<SpeakerJson<'_>>, cx: &mut Cx<'_>) -> Self {
        let mut all = Self { list: Vec::with_capacity(speakers.len()), index: HashMap::new() };
        for (i, speaker) in speakers.into_iter().enumerate() {
            cx.within("speakers", i, |cx| cx.unknown(&speaker.unknown));
            let labels = speaker.labels.into_iter().map(Text::into_string).collect();
            all.list.push(Speaker { name: speaker.name.into_string(), labels });
        }
        // Names before labels: a label of one may be the name of another.
        let names = all.list.iter().zip(0u32..).map(|(speaker, i)| (&speaker.name, i));
        let labels = all.list.iter().zip(0u32..).flat_map(|(s, i)| s.labels.iter().map(move |label| (label, i)));
        for (name, i) in names.chain(labels) {
            all.index.entry(name.clone()).or_insert(i);
        }
        all
    }

    /// The index of a speaker; an unknown one is added, and reported.
    pub(super) fn find(&mut self, name: &Text<'_>, cx: &mut Cx<'_>) -> u32 {
        if let Some(index) = self.index.get(name.as_str()) {
            return *index;
        }
        cx.say_at(name.as_str(), codes::parse::JSON_SPEAKER_ADDED, "speaker", &[("name", name.as_str())]);
        let index = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(Speaker { name: name.as_str().to_owned(), labels: Vec::new() });
        self.index.insert(name.as_str().to_owned(), index);
        index
    }
}

/// The turns of the utterances as the file has them, and whether they still hold.
#[derive(Default)]
pub(super) struct Turns {
    seen: Vec<(Option<u32>, Option<u32>)>,
}

impl Turns {
    /// The next utterance's turn, and its speaker.
    pub(super) fn push(&mut self, turn: Option<u32>, speaker: Option<u32>) {
        self.seen.push((turn, speaker));
    }

    /// Counts the turns anew if someone added an utterance without one, or gave one of a turn's to another speaker.
    pub(super) fn settle(self, parts: &mut [Part]) {
        let broken = |pair: &[_]| matches!(pair, [(a, x), (b, y)] if a == b && x != y);
        if self.seen.iter().all(|(turn, _)| turn.is_some()) && !self.seen.windows(2).any(broken) {
            return;
        }
        let utterances = parts.iter_mut().filter_map(|part| match &mut part.kind {
            PartKind::Utterance(utterance) => Some(utterance),
            PartKind::Unspoken(_) => None,
        });
        let mut before: Option<(Option<u32>, Option<u32>)> = None;
        let (mut turn, mut explicit) = (0u32, None);
        for (utterance, (written, speaker)) in utterances.zip(self.seen) {
            let goes_on = before.is_some_and(|(_, who)| who == speaker) && (written.is_none() || written == explicit);
            if before.is_some() && !goes_on {
                turn = turn.saturating_add(1);
            }
            utterance.turn = turn;
            before = Some((written, speaker));
            explicit = written.or(if goes_on { explicit } else { None });
        }
    }
}
