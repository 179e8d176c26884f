//! English phones beside those of flite, whose speech the acoustic model's English is learnt from.

use crate::lexicon::transcript;
use std::process::Command;

/// Words of everyday speech.
const COMMON: &str = "the be to of and a in that have it for not on with he as you do at this but his by from they we say \
    her she or an will my one all would there their what so up out if about who get which go me when make can like time no \
    just him know take people into year your good some could them see other than then now look only come its over think \
    also back after use two how our work first well way even new want because any these give day most us water city better \
    little happy money story company computer government business program question problem service country family system \
    number school student group research market technology information idea power history science artificial intelligence \
    language learning machine network energy interview industry product customer future society education university \
    development management experience opportunity investment community different important between another again always \
    never before where through being children without against during under world house place right still great thing man \
    woman life hand part head eye week case point fact night morning music paper letter answer table window picture \
    winter summer doctor teacher writing talking thousand million";

#[test]
fn common_words_have_the_phones_that_flite_says() {
    let Ok(run) = Command::new("flite").args(["-ps", "-t", COMMON, "none"]).output() else {
        eprintln!("skipped: flite is not installed");
        return;
    };
    let theirs = String::from_utf8(run.stdout).unwrap();
    let theirs: Vec<&str> = theirs.split_whitespace().filter(|phone| *phone != "pau").collect();
    let mut english = transcript(&[(0, COMMON)]);
    english.lang = zimu::lang::LangTag::parse("en");
    let said = zimu::lexicon::pronounce(&english);
    let units = said.words.iter().flat_map(|word| &word.units);
    let ours: Vec<&str> =
        units.flat_map(|unit| &unit.phones).map(|phone| phone.row().name.trim_start_matches("e_")).collect();
    let apart = distance(&ours, &theirs);
    let share = 100.0 * apart as f64 / theirs.len() as f64;
    eprintln!("{} words, {} phones: {apart} otherwise ({share:.1} %)", said.words.len(), theirs.len());
    assert!(said.words.len() >= 200);
    assert!(share < 8.0, "{share}");
}

/// Phones to put in, take out or change.
fn distance(a: &[&str], b: &[&str]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}
