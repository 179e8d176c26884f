//! A turn as it is to be shown: its paragraphs put together, glosses in the way that was asked for, words with times.

use super::{GlossMode, cut};
use crate::diag::codes::segment::NOTHING_SAID;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Alignment, Doubt, Gloss, Heard, Mark, MarkKind, Ruby, Spoken, StyledText, Utterance, WordTiming};
use crate::time::TimeRange;
use std::ops::Range;

/// A turn: what one speaker says until another one does.
#[derive(Clone, Debug, Default)]
pub(super) struct Turn {
    /// Index of the speaker.
    pub(super) speaker: Option<u32>,
    /// Paragraphs, parted by `\n`.
    pub(super) text: String,
    /// What must not be broken: a term and its gloss.
    pub(super) glued: Vec<Range<u32>>,
    /// Marks of the text: ruby, emphasis and the like.
    pub(super) marks: Vec<Mark>,
    /// Glosses that go on a line of their own, each with the place of its term.
    pub(super) notes: Vec<(Range<u32>, String)>,
    /// The words, in order.
    pub(super) words: Vec<Word>,
}

/// A word of the turn.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Bytes of the turn's text.
    pub(super) at: Range<u32>,
    /// When.
    pub(super) time: Option<TimeRange>,
    /// How that is known.
    pub(super) how: Heard,
    /// Probability that its start is right.
    pub(super) start_p: Option<f32>,
    /// Why it is in doubt.
    pub(super) doubt: Option<Doubt>,
}

/// The turns of an alignment, in order. Turns without a letter or digit in them are left out: nobody says them. So is what
/// was not found in the sound, unless it is to be kept.
pub(super) fn turns(alignment: &Alignment, (mode, keep): (GlossMode, bool), report: &mut Report) -> Vec<Turn> {
    let mut words = alignment.words.iter().peekable();
    let mut turns: Vec<(u32, Turn)> = Vec::new();
    for (part, utterance) in alignment.transcript.utterances() {
        let same = turns.last().is_some_and(|(turn, t)| *turn == utterance.turn && t.speaker == utterance.speaker);
        if !same {
            turns.push((utterance.turn, Turn { speaker: utterance.speaker, ..Turn::default() }));
        }
        let Some((_, turn)) = turns.last_mut() else { continue };
        while words.next_if(|w| (w.word.part as usize) < part).is_some() {}
        let own: Vec<&WordTiming> = std::iter::from_fn(|| words.next_if(|w| w.word.part as usize == part)).collect();
        let cuts = if keep { Vec::new() } else { cut::cuts(&own, utterance.text.len()) };
        let pieces = turn.write(utterance, mode, &cuts);
        for word in own.into_iter().filter(|word| keep || word.how != Heard::Missing) {
            let WordTiming { word, range, how, start_p, doubt, units: _, boundary: _ } = word;
            let (start_p, doubt) = (*start_p, *doubt);
            turn.place(Word { at: word.range.clone(), time: *range, how: *how, start_p, doubt }, &pieces);
        }
    }
    let mut turns: Vec<Turn> = turns.into_iter().map(|(_, turn)| turn).collect();
    turns.retain(|turn| {
        let said = turn.text.chars().any(char::is_alphanumeric);
        if !said && !turn.text.trim().is_empty() {
            report.push(Diagnostic::new(NOTHING_SAID, Location::FILE).with("text", turn.text.as_str()));
        }
        said
    });
    turns
}

/// A piece of an utterance and where it went in the turn's text.
struct Piece {
    from: Range<u32>,
    to: Range<u32>,
    /// What stands there is not what was written: the gloss instead of the term.
    replaced: bool,
}

impl Turn {
    /// Appends a paragraph and says where its pieces went.
    fn write(&mut self, utterance: &Utterance, mode: GlossMode, cuts: &[Range<u32>]) -> Vec<Piece> {
        let plain = &utterance.text.plain;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut pieces = Vec::new();
        let mut at = 0u32;
        for mark in &utterance.text.marks {
            let MarkKind::Gloss(gloss) = &mark.kind else { continue };
            let term = plain.get(mark.bytes());
            let (true, Some(term)) = (mark.range.start >= at, term) else { continue };
            if cuts.iter().any(|cut| cut.contains(&mark.range.start)) {
                continue;
            }
            self.copy(plain, at..mark.range.start, cuts, &mut pieces);
            self.gloss(term, gloss, mode, mark.range.clone(), &mut pieces);
            at = mark.range.end;
        }
        self.copy(plain, at..utterance.text.len(), cuts, &mut pieces);
        for mark in &utterance.text.marks {
            if !matches!(mark.kind, MarkKind::Gloss(_) | MarkKind::Unsaid(_) | MarkKind::Voice(_)) {
                let to = moved(mark.range.start, &pieces, false)..moved(mark.range.end, &pieces, true);
                self.marks.push(Mark::new(to, mark.kind.clone()));
            }
        }
        pieces
    }

    /// Copies a stretch of the utterance, without what is cut from it.
    fn copy(&mut self, plain: &str, stretch: Range<u32>, cuts: &[Range<u32>], pieces: &mut Vec<Piece>) {
        for from in cut::kept(stretch, cuts) {
            let Some(text) = plain.get(from.start as usize..from.end as usize) else { continue };
            let to = self.push(text);
            pieces.push(Piece { from, to, replaced: false });
        }
    }

    fn gloss(&mut self, term: &str, gloss: &Gloss, mode: GlossMode, from: Range<u32>, pieces: &mut Vec<Piece>) {
        let instead = match mode {
            GlossMode::Gloss => true,
            GlossMode::Spoken => gloss.spoken == Spoken::Gloss,
            GlossMode::Keep | GlossMode::Line | GlossMode::Ruby | GlossMode::Off => false,
        };
        let to = self.push(if instead { &gloss.text } else { term });
        match mode {
            GlossMode::Keep => {
                let end = [&gloss.open, &gloss.text, &gloss.close].iter().map(|s| self.push(s).end).max();
                self.glued.push(to.start..end.unwrap_or(to.end));
            }
            GlossMode::Line => self.notes.push((to.clone(), gloss.text.clone())),
            GlossMode::Ruby => {
                let ruby = Ruby { text: StyledText::from(gloss.text.as_str()) };
                self.marks.push(Mark::new(to.clone(), MarkKind::Ruby(Box::new(ruby))));
                self.glued.push(to.clone());
            }
            GlossMode::Spoken | GlossMode::Gloss | GlossMode::Off => {}
        }
        pieces.push(Piece { from, to, replaced: instead });
    }

    fn push(&mut self, text: &str) -> Range<u32> {
        let start = offset(self.text.len());
        // A line feed would end a paragraph, and there is none inside one.
        self.text.extend(text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        start..offset(self.text.len())
    }

    /// Adds a word, its place moved; the words of a term that its gloss replaces become one.
    fn place(&mut self, mut word: Word, pieces: &[Piece]) {
        let index = pieces.partition_point(|piece| piece.from.end <= word.at.start);
        let Some(piece) = pieces.get(index) else { return };
        word.at = if piece.replaced {
            piece.to.clone()
        } else {
            moved(word.at.start, pieces, false)..moved(word.at.end, pieces, true)
        };
        match self.words.last_mut() {
            Some(last) if piece.replaced && last.at == word.at => last.join(word),
            Some(last) if last.at.start > word.at.start => {}
            _ => self.words.push(word),
        }
    }
}

impl Word {
    fn join(&mut self, next: Word) {
        self.time = match (self.time, next.time) {
            (Some(a), Some(b)) => Some(TimeRange::new(a.start, b.end.max(a.end))),
            (a, b) => a.or(b),
        };
        self.how = worse(self.how, next.how);
        self.doubt = self.doubt.or(next.doubt);
    }
}

/// The less certain of two.
pub(super) fn worse(a: Heard, b: Heard) -> Heard {
    let rank = |h: Heard| match h {
        Heard::Anchored => 0,
        Heard::Acoustic => 1,
        Heard::Interpolated => 2,
        Heard::Recognised => 3,
        Heard::Estimated => 4,
        Heard::Missing => 5,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// Where a byte of the utterance went; an end belongs to the piece before it.
fn moved(at: u32, pieces: &[Piece], end: bool) -> u32 {
    let index = pieces.partition_point(|p| if end { p.from.end < at } else { p.from.end <= at });
    let Some(piece) = pieces.get(index).or(pieces.last()) else { return 0 };
    let inside = at.saturating_sub(piece.from.start);
    if piece.replaced && end && at >= piece.from.end {
        return piece.to.end;
    }
    piece.to.start.saturating_add(inside).min(piece.to.end)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
