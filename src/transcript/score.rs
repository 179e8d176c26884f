//! How much speaks for a label being a speaker's.

use super::label::Form;
use super::name::{self, Shape};
use super::vocabulary;

/// A label is a speaker's from this score on.
pub(super) const ENOUGH: i32 = 4;
/// Three uses or more say much more than any word list...
const OFTEN: i32 = 5;
/// ...two still a good deal.
const TWICE: i32 = 3;
/// What follows reads like speech: sentences, or at least length.
const SPEECH: i32 = 2;
/// A role in an interview (`主持人`, `Q`).
const ROLE_WORD: i32 = 2;
/// It takes turns with others.
const ALTERNATES: i32 = 1;
/// The label of a credit that a person may bear (`编辑`): it takes several uses and sentences behind them.
const MAKER: i32 = -3;
/// The label of a fact or a thing (`时间`, `图`), or words that introduce a remark (`注`, `他说`): nothing outweighs it.
const FACT: i32 = -20;

/// A bare line, or a dash, where the labels of the article have colons.
const UNMARKED: i32 = -9;

/// What is known of one label.
#[derive(Clone, Debug)]
pub(super) struct Tally<'a> {
    pub(super) name: &'a str,
    /// The line of its first use.
    pub(super) line: usize,
    pub(super) uses: u32,
    /// How many of them have speech behind them.
    pub(super) speech: u32,
    /// How many of them stand behind another label.
    pub(super) turns: u32,
    pub(super) form: Form,
    pub(super) shape: Shape,
}

/// What is known of the article: its commonest label, and whether its sentences have punctuation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) uses: u32,
    pub(super) form: Form,
    pub(super) punctuated: bool,
}

/// Nobody is called so, however often it recurs.
pub(super) fn is_denied(name: &str) -> bool {
    let key = name::key(name);
    vocabulary::is_fact(&key) || vocabulary::is_note(&key) || vocabulary::introduces(name)
}

/// The sum of what speaks for it and against it.
pub(super) fn score(key: &str, tally: &Tally<'_>, setting: Setting) -> i32 {
    let role = vocabulary::is_speaker_word(key);
    let shape = match tally.shape {
        Shape::Name => 1,
        Shape::Word => 0,
        Shape::Odd => -1,
    };
    let against = match () {
        () if is_denied(tally.name) => FACT,
        () if role || !vocabulary::is_credit(key) => 0,
        () if vocabulary::is_maker(key) => MAKER,
        () => FACT,
    };
    let word = if role { ROLE_WORD } else { 0 };
    let parts = [recurrence(tally, setting), speech(tally, setting), form(tally, setting), shape, word, against];
    parts.iter().fold(0i32, |sum, part| sum.saturating_add(*part))
}

fn recurrence(tally: &Tally<'_>, setting: Setting) -> i32 {
    // A word that recurs far less than the speakers do is a figure of speech unless it looks like a name.
    if tally.uses.saturating_mul(4) < setting.uses && tally.shape != Shape::Name {
        return 0;
    }
    let alternates = if tally.turns.saturating_mul(2) > tally.uses { ALTERNATES } else { 0 };
    match tally.uses {
        0 | 1 => 0,
        2 => TWICE.saturating_add(alternates),
        _ => OFTEN,
    }
}

fn speech(tally: &Tally<'_>, setting: Setting) -> i32 {
    match tally.speech.saturating_mul(2) >= tally.uses {
        true => SPEECH,
        false if tally.uses == 1 && setting.punctuated => -SPEECH,
        false => 0,
    }
}

fn form(tally: &Tally<'_>, setting: Setting) -> i32 {
    // Someone who speaks once is labelled as the others are.
    let (once, alike) = (tally.uses == 1, setting.uses > 1 && tally.form == setting.form);
    let stranger = if once && setting.uses > 1 && !alike { -SPEECH } else { 0 };
    let form = match tally.form {
        Form::BoldColon | Form::Timed => 2,
        Form::Colon | Form::Bracket => 1,
        Form::Alone | Form::Dash | Form::Dot if alike => 1,
        // Forms that any line may have count only where all labels have them.
        Form::Alone | Form::Dash | Form::Dot => UNMARKED,
    };
    form.saturating_add(stranger)
}
