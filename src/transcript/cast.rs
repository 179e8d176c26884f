//! Which labels name speakers: scored over the whole article by form, recurrence and what follows them.

use super::front::{self, Front};
use super::label::{Form, Label};
use super::line::Line;
use super::name::{self, Shape};
use super::{Options, cut, sentence, shortened, vocabulary};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::parse::Document;
use std::collections::{HashMap, HashSet};

/// A label is a speaker's from this score on.
const ENOUGH: i32 = 4;
/// Three uses or more say much more than any word list...
const OFTEN: i32 = 5;
/// ...two still a good deal.
const TWICE: i32 = 3;
/// What follows reads like speech: sentences, or at least length.
const SPEECH: i32 = 2;
/// A role in an interview (`主持人`, `Q`).
const ROLE_WORD: i32 = 2;
/// The label of a credit: it takes three uses and sentences behind it to outweigh that.
const CREDIT: i32 = -4;
/// The label of a fact (`时间`), or words that introduce a remark (`注`, `他说`): no recurrence outweighs it.
const FACT: i32 = -12;

/// The speakers of an article.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// By the key of their labels; several keys may lead to one speaker.
    by_key: HashMap<String, u32>,
    /// Names to show.
    pub(super) names: Vec<String>,
}

impl Cast {
    /// The speaker whose label this is.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.by_key.get(&name::key(name)).copied()
    }

    fn add(&mut self, key: String, name: &str) {
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_key.insert(key, index);
        self.names.push(name.to_owned());
    }
}

/// What is known of one label.
struct Tally<'a> {
    name: &'a str,
    /// The line of its first use.
    line: usize,
    uses: u32,
    speech: u32,
    form: Form,
    shape: Shape,
}

/// Chooses the speakers: those the user or the container names, or those that score.
pub(super) fn choose(
    document: &Document,
    lines: &[Line],
    fronts: &mut [Front],
    options: &Options,
    report: &mut Report,
) -> Cast {
    let text = document.source.text();
    let certain = if options.speakers.is_empty() { &document.speakers } else { &options.speakers };
    let mut cast = Cast::default();
    if certain.is_empty() {
        detect(&tally(text, lines, fronts), lines, &mut cast, report);
    } else {
        // Labels that are known need not look like names.
        let keys: HashSet<String> = certain.iter().map(|name| name::key(name)).collect();
        for (line, front) in lines.iter().zip(fronts.iter_mut()) {
            front::known(text, line, front, |name| keys.contains(&name::key(name)));
        }
        named(certain, &tally(text, lines, fronts), !options.speakers.is_empty(), &mut cast, report);
    }
    front::settle(text, lines, fronts, |name| cast.find(name).is_some());
    rename(&mut cast, options, report);
    cast
}

fn named(certain: &[String], tallies: &HashMap<String, Tally<'_>>, asked: bool, cast: &mut Cast, report: &mut Report) {
    for name in certain {
        let key = name::key(name);
        if cast.by_key.contains_key(&key) {
            continue;
        }
        if asked && !tallies.contains_key(&key) {
            report
                .push(Diagnostic::new(codes::transcript::NO_SUCH_SPEAKER, Location::FILE).with("name", name.as_str()));
        }
        cast.add(key, name);
    }
}

fn rename(cast: &mut Cast, options: &Options, report: &mut Report) {
    for (from, to) in &options.rename {
        let Some(index) = cast.find(from) else {
            report
                .push(Diagnostic::new(codes::transcript::NO_SUCH_SPEAKER, Location::FILE).with("name", from.as_str()));
            continue;
        };
        // Two labels that are given one name are one speaker from here on.
        match cast.names.iter().position(|name| name == to).and_then(|at| u32::try_from(at).ok()) {
            Some(same) => cast.by_key.values_mut().filter(|value| **value == index).for_each(|value| *value = same),
            None => cast.names.get_mut(index as usize).into_iter().for_each(|name| name.clone_from(to)),
        }
    }
}

fn tally<'a>(text: &'a str, lines: &[Line], fronts: &[Front]) -> HashMap<String, Tally<'a>> {
    let mut tallies: HashMap<String, Tally<'a>> = HashMap::new();
    // The next line that is not blank, for labels that stand alone: found from the end, in one pass.
    let mut next: Option<usize> = None;
    let mut found: Vec<(usize, &Label, bool)> = Vec::new();
    for (index, (line, front)) in lines.iter().zip(fronts).enumerate().rev() {
        if let Some(label) = &front.label {
            let own = cut(text, label.text..line.body.end);
            let below = next.and_then(|at| Some((lines.get(at)?, fronts.get(at)?)));
            let value = match below {
                Some((line, front)) if own.is_empty() && front.hint.is_none() => cut(text, front.text..line.body.end),
                _ => own,
            };
            let bare = matches!(label.form, Form::Alone | Form::Timed | Form::Bracket) && own.is_empty();
            if !(bare && value.is_empty()) {
                found.push((index, label, sentence::is_speechlike(value)));
            }
        }
        if !line.is_blank() {
            next = Some(index);
        }
    }
    for (line, label, speechlike) in found.into_iter().rev() {
        let name = cut(text, label.name.clone());
        let shape = name::shape(name).unwrap_or(Shape::Odd);
        let tally =
            tallies.entry(name::key(name)).or_insert(Tally { name, line, uses: 0, speech: 0, form: label.form, shape });
        tally.uses = tally.uses.saturating_add(1);
        tally.speech = tally.speech.saturating_add(u32::from(speechlike));
    }
    tallies
}

fn detect(tallies: &HashMap<String, Tally<'_>>, lines: &[Line], cast: &mut Cast, report: &mut Report) {
    let top = tallies.values().filter(|t| !is_denied(t)).max_by_key(|t| (t.uses, std::cmp::Reverse(t.line)));
    let Some((top_uses, top_form)) = top.map(|top| (top.uses, top.form)) else { return };
    let mut accepted: Vec<(&String, &Tally<'_>)> =
        tallies.iter().filter(|(key, tally)| score(key, tally, top_uses, top_form) >= ENOUGH).collect();
    accepted.sort_unstable_by_key(|(_, tally)| tally.line);
    let once = accepted.iter().all(|(_, tally)| tally.uses == 1);
    if once && !is_believable(&accepted, lines) {
        return;
    }
    for (key, tally) in &accepted {
        cast.add((*key).clone(), tally.name);
    }
    surnames(cast);
    lonely(&accepted, once, cast, lines, report);
}

fn is_denied(tally: &Tally<'_>) -> bool {
    let key = name::key(tally.name);
    vocabulary::is_fact(&key) || vocabulary::introduces(tally.name)
}

fn score(key: &str, tally: &Tally<'_>, top_uses: u32, top_form: Form) -> i32 {
    // A word that recurs far less than the speakers do is a figure of speech unless it looks like a name.
    let rare = tally.uses.saturating_mul(4) < top_uses && tally.shape != Shape::Name;
    let recurs = match tally.uses {
        _ if rare => 0,
        0 | 1 => 0,
        2 => TWICE,
        _ => OFTEN,
    };
    let follows = match (tally.speech.saturating_mul(2) >= tally.uses, tally.uses) {
        (true, _) => SPEECH,
        (false, 1) => -SPEECH,
        (false, _) => 0,
    };
    let form = match tally.form {
        Form::BoldColon | Form::Timed => 2,
        Form::Colon | Form::Bracket => 1,
        Form::Alone | Form::Dash | Form::Dot => {
            if tally.uses > 1 {
                0
            } else {
                -SPEECH
            }
        }
    };
    let shape = match tally.shape {
        Shape::Name => 1,
        Shape::Word => 0,
        Shape::Odd => -1,
    };
    // Someone who speaks once is labelled as the others are.
    let stranger = if tally.uses == 1 && top_uses > 1 && tally.form != top_form { -SPEECH } else { 0 };
    let word = if vocabulary::is_speaker_word(key) { ROLE_WORD } else { 0 };
    let against = match () {
        () if is_denied(tally) => FACT,
        () if word == 0 && vocabulary::is_credit(key) => CREDIT,
        () => 0,
    };
    [recurs, follows, form, shape, stranger, word, against].iter().fold(0i32, |sum, part| sum.saturating_add(*part))
}

/// Labels that are each used once make an interview only if two people speak close to each other, or if one label
/// stands near the beginning. Otherwise they are more likely headings of an essay.
fn is_believable(accepted: &[(&String, &Tally<'_>)], lines: &[Line]) -> bool {
    let written =
        |from: usize, to: usize| lines.get(from..to).unwrap_or_default().iter().filter(|l| !l.is_blank()).count();
    match accepted {
        [] => false,
        [(_, one)] => written(0, one.line) <= 6 && one.form != Form::Alone,
        [(_, first), (_, second), ..] => written(first.line, second.line) <= 12,
    }
}

/// `CHANG:` is who was introduced as `AILSA CHANG, HOST:`, if only one speaker is called so.
fn surnames(cast: &mut Cast) {
    let mut by_surname: HashMap<String, Vec<u32>> = HashMap::new();
    for (index, name) in cast.names.iter().enumerate() {
        if let (Some(last), Ok(index)) = (name::last_word(name), u32::try_from(index)) {
            by_surname.entry(name::key(last)).or_default().push(index);
        }
    }
    for (surname, full) in by_surname {
        if let ([full], Some(short)) = (full.as_slice(), cast.by_key.get_mut(&surname)) {
            *short = *full;
        }
    }
}

/// Says which decisions rest on a single use.
fn lonely(accepted: &[(&String, &Tally<'_>)], once: bool, cast: &Cast, lines: &[Line], report: &mut Report) {
    if once {
        let names: Vec<_> = accepted.iter().take(20).map(|(_, tally)| tally.name).collect();
        report.push(
            Diagnostic::new(codes::transcript::FEW_LABELS, Location::FILE)
                .with("names", shortened(&names.join(", "), 200)),
        );
        return;
    }
    let mut uses: HashMap<u32, u32> = HashMap::new();
    for (name, tally) in accepted.iter().filter_map(|(_, tally)| Some((cast.find(tally.name)?, tally))) {
        let sum = uses.entry(name).or_default();
        *sum = sum.saturating_add(tally.uses);
    }
    for (_, tally) in accepted {
        if cast.find(tally.name).and_then(|speaker| uses.get(&speaker)) == Some(&1) {
            let at = lines.get(tally.line).map_or(Location::FILE, |line| Location::span(line.body.clone()));
            report.push(Diagnostic::new(codes::transcript::LONE_LABEL, at).with("name", tally.name));
        }
    }
}
