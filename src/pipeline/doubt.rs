//! Cues that may be wrong: which, how wrong, and why.

use crate::diag::codes::align as codes;
use crate::diag::{Code, Diagnostic, Lang, Location, Report};
use crate::error::{Error, ErrorKind};
use crate::model::{Cue, Doubt, Note, Track};

/// A cue is doubtful if the probability that its start is within 300 ms of the truth is below this: it is more likely
/// wrong than right.
pub const DOUBTFUL_BELOW: f32 = 0.5;

/// A doubtful cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubtful {
    /// Which cue, from 0.
    pub cue: usize,
    /// Probability that its start is within 300 ms of the truth.
    pub confidence: f32,
    /// Why, if anything is known.
    pub reason: Option<Doubt>,
}

/// The cues whose confidence is below `limit`, worst first.
pub fn doubtful(track: &Track, limit: f32) -> Vec<Doubtful> {
    let one = |(cue, c): (usize, &Cue)| {
        let evidence = c.evidence.as_deref()?;
        let confidence = evidence.confidence.filter(|confidence| *confidence < limit)?;
        Some(Doubtful { cue, confidence, reason: evidence.doubt })
    };
    let mut found: Vec<Doubtful> = track.cues.iter().enumerate().filter_map(one).collect();
    found.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    found
}

/// The code that says why.
fn code(reason: Option<Doubt>) -> Code {
    match reason {
        Some(Doubt::Unspoken) => codes::DOUBT_UNSPOKEN,
        Some(Doubt::Untranscribed) => codes::DOUBT_UNTRANSCRIBED,
        Some(Doubt::Noise) => codes::DOUBT_NOISE,
        Some(Doubt::Length) => codes::DOUBT_LENGTH,
        Some(Doubt::Unclear) | None => codes::DOUBT_UNCLEAR,
    }
}

fn diagnostic(doubtful: &Doubtful, cue: &Cue) -> Diagnostic {
    let at = Location::cue(doubtful.cue, cue.range.start);
    let diagnostic = Diagnostic::new(code(doubtful.reason), at).with("text", excerpt(&cue.text.plain));
    diagnostic.with("percent", percent(doubtful.confidence))
}

/// Reports the cues that are doubtful below `limit`, worst first.
pub(super) fn report(track: &Track, limit: f32, report: &mut Report) {
    for found in doubtful(track, limit) {
        if let Some(cue) = track.cues.get(found.cue) {
            report.push(diagnostic(&found, cue));
        }
    }
}

/// Puts a note before each doubtful cue: what the report says of it.
pub(super) fn mark(track: &mut Track, limit: f32) {
    let mut found = doubtful(track, limit);
    found.sort_by_key(|doubtful| doubtful.cue);
    let cues = &track.cues;
    let note = |found: &Doubtful| {
        let text = format!("zimu: {}", diagnostic(found, cues.get(found.cue)?).message(Lang::En));
        Some(Note { before: u32::try_from(found.cue).unwrap_or(u32::MAX), text })
    };
    let notes: Vec<Note> = found.iter().filter_map(note).collect();
    track.notes.extend(notes);
    track.notes.sort_by_key(|note| note.before);
}

/// The error of `--fail-on doubtful`, if there are any below `limit`.
pub fn doubtful_cues(track: &Track, limit: f32) -> Option<Error> {
    let count = doubtful(track, limit).len();
    (count > 0).then(|| {
        let percent = f64::from((limit * 1000.0).round()) / 10.0;
        Error::new(
            ErrorKind::Findings,
            format!("doubtful cues: {count} (probability of a right start below {percent} %)"),
        )
        .with_remedy("the outputs were written; the report lists them, worst first")
        .with_chinese(format!("存疑的字幕：{count} 条（起点正确的概率低于 {percent}%）"))
        .with_chinese_remedy("文件已写出；报告从最可疑的开始列出")
    })
}

/// Rounded down: what is not certain is not called 100 %.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 100")]
fn percent(share: f32) -> u64 {
    (share.clamp(0.0, 1.0) * 100.0 + 0.01).floor() as u64
}

fn excerpt(text: &str) -> String {
    const MOST: usize = 16;
    let mut shown: String = text.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Evidence;
    use crate::time::{Time, TimeRange};

    fn track(confidences: &[Option<f32>]) -> Track {
        let mut track = Track::default();
        for (i, confidence) in (0i64..).zip(confidences) {
            let mut cue = Cue::new(TimeRange::new(Time::from_millis(i * 1000), Time::from_millis(i * 1000 + 900)), "x");
            let doubt = Some(Doubt::Unclear);
            cue.evidence = Some(Box::new(Evidence { confidence: *confidence, doubt, ..Evidence::default() }));
            track.cues.push(cue);
        }
        track
    }

    #[test]
    fn the_worst_come_first_and_what_nobody_knows_is_not_doubted() {
        let mut track = track(&[Some(0.4), None, Some(0.9), Some(0.1)]);
        let found: Vec<_> = doubtful(&track, 0.5).iter().map(|d| d.cue).collect();
        assert_eq!(found, [3, 0]);
        assert!(doubtful_cues(&track, 0.05).is_none());
        assert_eq!(doubtful_cues(&track, 0.5).unwrap().kind(), ErrorKind::Findings);
        mark(&mut track, DOUBTFUL_BELOW);
        let notes: Vec<_> = track.notes.iter().map(|note| (note.before, note.text.as_str())).collect();
        assert_eq!(notes[0], (0, "zimu: `x` could as well start elsewhere (right start: 40 %)"));
        assert_eq!(notes[1].0, 3);
    }
}
