//! English words by what they bind to: the closed classes are lists; everything else is open.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an English word does, as far as breaking there is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// a, the, my, this.
    Article,
    /// of, in, with.
    Preposition,
    /// and, but, because, that, which.
    Conjunction,
    /// is, have, will, not.
    Auxiliary,
    /// I, you, they.
    Pronoun,
    /// up, off, away: also after a verb.
    Particle,
    /// to.
    To,
    /// new, good; and what ends like an adjective.
    Adjective,
    /// very, just, also.
    Adverb,
    /// Begins with a capital inside a sentence, or is one of several capitals: a name.
    Capital,
    /// Anything else.
    Open,
}

const WORDS: &[(Class, &str)] = &[
    (
        Class::Article,
        "a an the my your his her its our their this these those some any no every each another both either such what whose",
    ),
    (
        Class::Preposition,
        "of in on at for with from by about as into like through after over between against during without before under \
         around among within across behind beyond than per via onto toward towards until since upon",
    ),
    (
        Class::Conjunction,
        "and but or nor so because if when while that which who whom where although though unless whether why how yet",
    ),
    (
        Class::Auxiliary,
        "is are was were am be been being have has had do does did will would can could should may might must shall not \
         isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't haven't hasn't hadn't",
    ),
    (
        Class::Pronoun,
        "i you he she it we they i'm you're he's she's it's we're they're i've we've you've they've i'd we'd you'd i'll \
         we'll you'll they'll there that's there's",
    ),
    (Class::Particle, "up out off down away back along together apart"),
    (Class::To, "to"),
    (
        Class::Adjective,
        "new good great big small old young long short little first second last next same other own real high low early \
         late large right wrong hard easy best better worst worse many few more most single whole full certain public main",
    ),
    (Class::Adverb, "very really just also only even still always never often almost quite rather too already ever"),
];

/// Ends of words that are adjectives more often than not; from six letters on.
const ADJECTIVE_ENDS: &[&str] = &["ful", "ous", "ive", "able", "ible", "ical", "less", "ional", "ish"];

pub(super) fn class(word: &str) -> Class {
    static TABLE: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| super::by_word(WORDS));
    let lower = word.replace('’', "'").to_lowercase();
    if let Some(class) = TABLE.get(lower.as_str()) {
        return *class;
    }
    if word.chars().next().is_some_and(char::is_uppercase) {
        return Class::Capital;
    }
    let adjective = lower.len() >= 6 && ADJECTIVE_ENDS.iter().any(|end| lower.ends_with(end));
    if adjective { Class::Adjective } else { Class::Open }
}
