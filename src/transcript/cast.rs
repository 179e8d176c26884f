//! Which labels name speakers: scored over the whole article by form, recurrence and what follows them.

use super::front::{self, Front};
use super::label::{Form, Label};
use super::line::Line;
use super::name::{self, Shape};
use super::score::{self, ENOUGH, Setting, Tally};
use super::{Options, cut, question, sentence, shortened};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::parse::Document;
use std::collections::{HashMap, HashSet};

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

    /// Someone whose labels have no name; in options they are called `name`.
    pub(super) fn add_unnamed(&mut self, name: &str) {
        self.add(name::key(name), name);
        let index = u32::try_from(self.names.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.by_key.insert(String::new(), index);
    }
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
        detect(&tally(text, lines, fronts), sentence::is_punctuated(text), lines, &mut cast, report);
        question::settle(text, lines, fronts, &mut cast, report);
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
    let mut before = String::new();
    for (line, label, speechlike) in found.into_iter().rev() {
        let name = cut(text, label.name.clone());
        let (key, shape) = (name::key(name), name::shape(name).unwrap_or(Shape::Odd));
        let other = key != before;
        before.clone_from(&key);
        let new = Tally { name, line, uses: 0, speech: 0, turns: 0, form: label.form, shape };
        let tally = tallies.entry(key).or_insert(new);
        tally.uses = tally.uses.saturating_add(1);
        tally.speech = tally.speech.saturating_add(u32::from(speechlike));
        tally.turns = tally.turns.saturating_add(u32::from(other));
    }
    tallies
}

fn detect(
    tallies: &HashMap<String, Tally<'_>>,
    punctuated: bool,
    lines: &[Line],
    cast: &mut Cast,
    report: &mut Report,
) {
    let top =
        tallies.values().filter(|t| !score::is_denied(t.name)).max_by_key(|t| (t.uses, std::cmp::Reverse(t.line)));
    let Some(setting) = top.map(|top| Setting { uses: top.uses, form: top.form, punctuated }) else { return };
    let mut accepted: Vec<(&String, &Tally<'_>)> =
        tallies.iter().filter(|(key, tally)| score::score(key, tally, setting) >= ENOUGH).collect();
    accepted.sort_unstable_by_key(|(_, tally)| tally.line);
    let once = accepted.iter().all(|(_, tally)| tally.uses == 1);
    // A line that recurs, alone, is a refrain rather than a speaker.
    let refrain = matches!(accepted.as_slice(), [(_, one)] if one.form == Form::Alone);
    if refrain || once && !is_believable(&accepted, lines) {
        return;
    }
    for (key, tally) in &accepted {
        cast.add((*key).clone(), &name::shown(tally.name));
    }
    surnames(cast);
    lonely(&accepted, once, cast, lines, report);
}

/// Labels that are each used once make an interview only if two people speak close to each other, or if one label
/// stands near the beginning. Otherwise they are more likely headings of an essay.
fn is_believable(accepted: &[(&String, &Tally<'_>)], lines: &[Line]) -> bool {
    let written =
        |from: usize, to: usize| lines.get(from..to).unwrap_or_default().iter().filter(|l| !l.is_blank()).count();
    match accepted {
        [] => false,
        [(_, one)] => written(0, one.line) <= 6,
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
