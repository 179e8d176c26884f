//! Times that the user gives: `--anchor 0:35=words`.

use super::align::GivenAnchor;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Anchor, Transcript};

/// Adds them to those of the article; where both speak of one place, the user is believed.
///
/// # Errors
/// [`ErrorKind::Usage`] for words that are not said after those of the anchor before.
pub(super) fn add(transcript: &mut Transcript, given: &[GivenAnchor]) -> Result<()> {
    let mut found: Vec<Anchor> = Vec::with_capacity(given.len());
    let mut given: Vec<&GivenAnchor> = given.iter().collect();
    given.sort_by_key(|anchor| anchor.time);
    for anchor in given {
        let after = found.last().map(|last| (last.part, last.at));
        let (part, at) = place(transcript, &anchor.words, after).ok_or_else(|| not_said(anchor))?;
        found.push(Anchor { part, at, time: anchor.time });
    }
    let placed = |anchor: &Anchor| found.iter().any(|f| (f.part, f.at) == (anchor.part, anchor.at));
    transcript.anchors.retain(|anchor| !placed(anchor));
    transcript.anchors.extend(found);
    transcript.anchors.sort_by_key(|anchor| (anchor.part, anchor.at));
    Ok(())
}

/// The first place where these words begin, behind `after`.
fn place(transcript: &Transcript, words: &str, after: Option<(u32, u32)>) -> Option<(u32, u32)> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    transcript.utterances().find_map(|(part, utterance)| {
        let part = u32::try_from(part).ok()?;
        let places = utterance.text.plain.match_indices(words);
        let mut places = places.filter_map(|(at, _)| Some((part, u32::try_from(at).ok()?)));
        places.find(|place| after.is_none_or(|after| *place > after))
    })
}

fn not_said(anchor: &GivenAnchor) -> Error {
    let GivenAnchor { time, words } = anchor;
    Error::new(ErrorKind::Usage, format!("`{words}` of --anchor {time} is not said, or not after the anchor before it"))
        .with_remedy("write the words as the transcript has them; `zimu transcript` shows it")
        .with_chinese(format!("没有说 --anchor {time} 的“{words}”，或不在前一个锚点之后"))
        .with_chinese_remedy("请照文稿原样书写；`zimu transcript` 可以查看")
}
