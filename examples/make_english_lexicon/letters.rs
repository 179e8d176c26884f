//! Which letter sounds as which phones: each letter is none, one or two of its word's.

use crate::Dictionary;
use crate::spelling::{Classes, tree};
use std::collections::HashMap;

/// A word with the class of each letter.
pub(crate) struct Word {
    pub(crate) codes: Vec<u8>,
    pub(crate) classes: Vec<u8>,
}

/// Every word of which the letters tell the phones, in order of words.
pub(crate) struct Aligned {
    pub(crate) classes: Classes,
    pub(crate) words: HashMap<String, Word>,
}

/// Times that the likeliest alignment is taken anew.
const ROUNDS: usize = 8;
/// Classes that are seen less often are no sound of a letter.
const RARE: u32 = 12;
/// More fit no byte, beside [`tree::NO_CLASS`].
const MOST: usize = 250;

/// How unlikely it is that a letter sounds so.
type Costs = HashMap<(u8, Vec<u8>), f32>;

pub(crate) fn align(dictionary: &Dictionary) -> Aligned {
    let words: Vec<(&String, Vec<u8>, &Vec<u8>)> =
        dictionary.iter().map(|(word, phones)| (word, tree::codes(word), phones)).collect();
    let mut counts: HashMap<(u8, Vec<u8>), f32> = HashMap::new();
    for (_, codes, phones) in &words {
        near(codes, phones, &mut counts);
    }
    for _ in 0..ROUNDS {
        let costs = costs(&counts);
        counts.clear();
        for (_, codes, phones) in &words {
            for sound in codes.iter().copied().zip(best(codes, phones, &costs).into_iter().flatten()) {
                *counts.entry(sound).or_default() += 1.0;
            }
        }
    }
    let mut often: HashMap<Vec<u8>, u32> = HashMap::new();
    for ((_, sound), count) in &counts {
        let often = often.entry(sound.clone()).or_default();
        *often = often.saturating_add(*count as u32);
    }
    let mut classes: Vec<(u32, Vec<u8>)> =
        often.into_iter().filter(|(_, n)| *n >= RARE).map(|(sound, n)| (n, sound)).collect();
    classes.sort_by(|a, b| b.cmp(a));
    classes.truncate(MOST);
    let classes: Classes = classes.into_iter().map(|(_, sound)| sound).collect();
    let mut costs = costs(&counts);
    costs.retain(|(_, sound), _| classes.contains(sound));
    let numbers: HashMap<&Vec<u8>, u8> = classes.iter().zip(0u8..).collect();
    let aligned = words.iter().filter_map(|(word, codes, phones)| {
        let sounds = best(codes, phones, &costs)?;
        let classes: Option<Vec<u8>> = sounds.iter().map(|sound| numbers.get(sound).copied()).collect();
        Some(((*word).clone(), Word { codes: codes.clone(), classes: classes? }))
    });
    let words = aligned.collect();
    Aligned { classes, words }
}

/// A first guess: a phone is of a letter at about the same share of the word.
fn near(codes: &[u8], phones: &[u8], counts: &mut HashMap<(u8, Vec<u8>), f32>) {
    for (i, code) in codes.iter().enumerate() {
        *counts.entry((*code, Vec::new())).or_default() += 0.1;
        for (j, phone) in phones.iter().enumerate() {
            let apart = (i as f32 + 0.5) / codes.len() as f32 - (j as f32 + 0.5) / phones.len() as f32;
            let apart = apart.abs() * codes.len() as f32;
            if apart < 1.5 {
                *counts.entry((*code, vec![*phone])).or_default() += 1.5 - apart;
            }
            if let (true, Some(next)) = (apart < 1.0, phones.get(j.saturating_add(1))) {
                *counts.entry((*code, vec![*phone, *next])).or_default() += 0.02;
            }
        }
    }
}

fn costs(counts: &HashMap<(u8, Vec<u8>), f32>) -> Costs {
    let mut totals = [0f32; 32];
    for ((code, _), count) in counts {
        if let Some(total) = totals.get_mut(usize::from(*code)) {
            *total += count;
        }
    }
    let cost = |code: u8, count: f32| (totals.get(usize::from(code)).copied().unwrap_or(1.0) / count).ln();
    counts.iter().map(|((code, sound), count)| ((*code, sound.clone()), cost(*code, *count))).collect()
}

/// The likeliest alignment; none if there is none.
fn best(codes: &[u8], phones: &[u8], costs: &Costs) -> Option<Vec<Vec<u8>>> {
    let width = phones.len().saturating_add(1);
    let mut reached: Vec<Vec<Option<(f32, usize)>>> = vec![vec![None; width]; codes.len().saturating_add(1)];
    *reached.first_mut()?.first_mut()? = Some((0.0, 0));
    for (i, code) in codes.iter().enumerate() {
        for from in 0..width {
            let Some((before, _)) = *reached.get(i)?.get(from)? else { continue };
            for taken in 0..=2 {
                let to = from.saturating_add(taken);
                let Some(sound) = phones.get(from..to) else { continue };
                let Some(cost) = costs.get(&(*code, sound.to_vec())) else { continue };
                let cell = reached.get_mut(i.saturating_add(1))?.get_mut(to)?;
                if cell.is_none_or(|(best, _)| before + cost < best) {
                    *cell = Some((before + cost, taken));
                }
            }
        }
    }
    let mut sounds = Vec::new();
    let mut at = phones.len();
    for i in (1..=codes.len()).rev() {
        let (_, taken) = (*reached.get(i)?.get(at)?)?;
        let from = at.checked_sub(taken)?;
        sounds.push(phones.get(from..at)?.to_vec());
        at = from;
    }
    sounds.reverse();
    Some(sounds)
}
