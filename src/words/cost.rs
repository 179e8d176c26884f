//! What a break costs: by the punctuation before it, else by the two words around it.

use super::chinese::Class as Zh;
use super::english::Class as En;
use super::punct::Mark;
use super::token::{Kind, Token};
use super::{Break, Place};

// After punctuation. A sentence's end is free, whatever follows.
const COST_SENTENCE: u16 = 0;
/// `；：`: nearly a sentence.
const COST_CLAUSE: u16 = 6;
/// `，`: where speakers breathe.
const COST_COMMA: u16 = 10;
/// `、`: the list goes on; still better than any place without a mark.
const COST_ITEM: u16 = 20;
/// After a closing bracket or quotation mark, before an opening bracket: the aside is whole.
const COST_ASIDE: u16 = 34;
/// The edge of a word about which nothing else is known: the middle of the scale.
pub const COST_WORD: u16 = 50;
/// A hyphen or slash inside a word: the reader must join it again.
const COST_IN_WORD: u16 = 88;
/// On top, inside a short quotation: it is read as one thing.
pub(super) const COST_IN_QUOTATION: u16 = 40;
/// On top, inside what must stay whole: above every other cost, so that the two never overlap.
pub const COST_INSIDE: u16 = 200;

/// A piece of a clause narrower than this is a stub: four Han characters, a word or two of English.
pub(super) const STUB_COLUMNS: u32 = 10;
/// On top for a stub, per column that it lacks.
const COST_STUB: u32 = 3;

/// What it costs on top to part a piece of so many columns from its clause.
pub(super) fn stub(columns: u32) -> u16 {
    u16::try_from(STUB_COLUMNS.saturating_sub(columns).saturating_mul(COST_STUB)).unwrap_or_default()
}

/// The break at byte `at`, which lies at the start of or inside token `index`; `None` where none may be.
pub(super) fn judge(text: &str, tokens: &[Token], index: usize, at: usize) -> Option<Break> {
    let found = |place, cost| Some(Break { at: u32::try_from(at).ok()?, place, cost });
    let after = tokens.get(index)?;
    if after.range.start != at {
        return found(Place::Word, COST_IN_WORD);
    }
    let around = Around::new(tokens, index);
    if let Some((place, cost)) = punctuation(text, tokens, index) {
        // 的 leans on the word in the brackets before it, too.
        let leans = place == Place::Word && around.after.is_some_and(|kind| leans(chinese_class(kind)));
        return if leans { None } else { found(place, cost) };
    }
    let (Some(before), Some(after)) = (around.before, around.after) else { return found(Place::Word, COST_WORD) };
    let opening = tokens.get(index).filter(|t| t.kind == Kind::Mark(Mark::Open)).map(|t| t.text(text));
    if opening.is_some_and(|mark| "（([".contains(mark)) {
        return found(Place::Word, COST_ASIDE);
    }
    if opening.is_some() && before == Kind::Han(Zh::Pronoun) {
        // 叫您|“守门人”: no pronoun of the noun that follows.
        return found(Place::Word, COST_WORD);
    }
    found(Place::Word, pair((around.prior, before), (after, around.next))?)
}

/// The words around a place: two on each side, marks and spaces skipped.
struct Around {
    prior: Option<Kind>,
    before: Option<Kind>,
    after: Option<Kind>,
    next: Option<Kind>,
}

impl Around {
    fn new(tokens: &[Token], index: usize) -> Self {
        let words = |t: &&Token| t.is_word();
        let (left, right) = tokens.split_at_checked(index).unwrap_or((tokens, &[]));
        let mut left = left.iter().rev().take(LOOK).filter(words).map(|t| t.kind);
        let mut right = right.iter().take(LOOK).filter(words).map(|t| t.kind);
        Self { before: left.next(), prior: left.next(), after: right.next(), next: right.next() }
    }
}

/// How many tokens to look through for a word: marks and spaces lie between.
const LOOK: usize = 5;

/// The strongest mark before the break, closing marks and spaces skipped.
fn punctuation(text: &str, tokens: &[Token], index: usize) -> Option<(Place, u16)> {
    let mut closed = None;
    for token in tokens.iter().take(index).rev() {
        match token.kind {
            Kind::Space { paragraph: true } => return Some((Place::Paragraph, COST_SENTENCE)),
            Kind::Space { .. } => {}
            // After a quotation the sentence goes on as after a word; after brackets, anew.
            Kind::Mark(Mark::Close) if ")）]】〕".contains(token.text(text)) => {
                closed = Some((Place::Word, COST_ASIDE))
            }
            Kind::Mark(Mark::Close) => {}
            Kind::Mark(Mark::Sentence) => return Some((Place::Sentence, COST_SENTENCE)),
            Kind::Mark(Mark::Clause) => return Some((Place::Clause, COST_CLAUSE)),
            Kind::Mark(Mark::Comma) => return Some((Place::Comma, COST_COMMA)),
            Kind::Mark(Mark::Item) => return Some((Place::Item, COST_ITEM)),
            _ => return closed,
        }
    }
    closed
}

/// Between two words without a mark between them.
fn pair((prior, before): (Option<Kind>, Kind), (after, next): (Kind, Option<Kind>)) -> Option<u16> {
    match (before, after) {
        (Kind::Latin(a), Kind::Latin(b)) => Some(english(a, b)),
        (Kind::Number, Kind::Latin(_)) => Some(90),
        (Kind::Latin(a), Kind::Number) => Some(english(a, En::Open)),
        (Kind::Number, Kind::Number) => Some(80),
        (a, b) => chinese((prior.map(chinese_class), chinese_class(a)), (chinese_class(b), next.map(chinese_class))),
    }
}

/// Latin words and numbers in a Chinese sentence are nouns and numerals.
fn chinese_class(kind: Kind) -> Zh {
    match kind {
        Kind::Han(class) => class,
        Kind::Number => Zh::Numeral,
        _ => Zh::Noun,
    }
}

/// Between two words of English: what the first binds to, then where the second begins something.
/// Netflix Timed Text Style Guide, general, line breaks: before conjunctions and prepositions; never article | noun,
/// adjective | noun, first | last name, subject pronoun | verb, verb | particle, auxiliary | verb.
fn english(before: En, after: En) -> u16 {
    use En::*;
    match (before, after) {
        (Article, _) => 97,
        (Capital, Capital) => 94,
        (To, _) => 92,
        (_, Particle) => 84,
        (Pronoun, _) => 86,
        (Preposition, _) => 88,
        (Auxiliary, _) => 82,
        (Conjunction, _) => 84,
        (Adjective, _) => 82,
        (Adverb, _) => 70,
        (_, Conjunction) => 24,
        (_, Preposition) => 34,
        (_, To) => 40,
        (_, Pronoun) => 44,
        (_, Auxiliary) => 58,
        (_, Article) => 52,
        _ => 62,
    }
}

/// Words that nothing may part from the word before.
fn leans(class: Zh) -> bool {
    matches!(class, Zh::De | Zh::Particle | Zh::Topic)
}

/// Between two words of Chinese; `prior` is the word before the first, `next` that after the second. `None` before what leans on the word before it.
fn chinese((prior, before): (Option<Zh>, Zh), (after, next): (Zh, Option<Zh>)) -> Option<u16> {
    use Zh::*;
    if leans(after) {
        return None;
    }
    // 知识产权|转化和…, 创新|体制的…: a verb that 和 or 的 follows is a noun, and the noun before belongs to it.
    let nominal = matches!(next, Some(Coordinator | De | Localizer));
    let cost = match (before, after) {
        // What the word before cannot do without.
        (Determiner, Measure | Numeral) | (Numeral, Measure) => 100,
        (Determiner, Determiner) => 62,
        (Determiner, Be | Have | Adverb | Auxiliary | ClauseAdverb) => 56,
        (Determiner | Numeral | Measure, _) => 90,
        (Coordinator, _) => 92,
        (Preposition, _) => 88,
        (Adverb, _) => 86,
        (Conjunction, _) => 84,
        (Causative, _) => 90,
        (Towards, _) => 82,
        (Auxiliary, _) => 80,
        (_, Localizer) => 94,
        (Verb | ClauseVerb, Complement | Towards) => 92,
        // …的|时候 leaves a line that says nothing; so does …的|同时.
        (De, LightNoun | Conjunction) => 86,
        // A new piece begins.
        (Topic, _) => 26,
        (ClauseVerb, Pronoun | Conjunction | Determiner) => 36,
        (ClauseVerb, _) => 54,
        (Pronoun, Noun | LightNoun | Time) => 84,
        (Pronoun, Conjunction) => 50,
        (Pronoun, _) => 66,
        (Be | Have, _) => 74,
        (_, Conjunction) => 22,
        (Verb, Preposition) => 56,
        (_, Preposition) => 30,
        (_, ClauseAdverb) => 40,
        (_, Coordinator) => 60,
        (_, Towards) => 46,
        (Localizer, _) => 36,
        (Time, _) => 48,
        (Particle, Pronoun) => 44,
        (Particle, _) => 48,
        (Noun, Determiner) => 46,
        (ClauseAdverb, _) => 58,
        (_, Be) => 44,
        (_, Have | Auxiliary | Adverb | Causative | ClauseVerb) => 42,
        (De, _) => 72,
        (Verb, Verb) => 68,
        (Verb, Determiner | Numeral) => 60,
        (Verb, Pronoun) => 62,
        (Complement, _) => 52,
        (Verb, _) => 66,
        (Adjective, Noun | LightNoun) => 84,
        (Noun | LightNoun, Noun | LightNoun) => 76,
        (Noun | LightNoun, Verb | Adjective) if nominal => 74,
        // The noun ends its phrase (的经验|糅合), or may be part of a compound (产业|转化).
        (Noun | LightNoun, Verb) if prior == Some(De) => 42,
        (Noun | LightNoun, Verb) => 58,
        _ => COST_WORD,
    };
    Some(cost)
}
