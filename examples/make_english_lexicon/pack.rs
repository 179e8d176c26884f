//! The data file: an adaptive binary arithmetic coder, as `spelling/coder.rs` decodes.

use crate::letters::Aligned;
use crate::spelling::coder::{Chance, Interval, Model};
use crate::spelling::tree::{LEAF, Node, TREES, codes};
use crate::spelling::words::{END, Models, SILENCE, correction_context, letter_context};
use crate::spelling::{Classes, MAGIC, Spelling};
use std::collections::BTreeMap;

/// What is written of a word.
pub(crate) enum Entry {
    /// Places and classes of letters, from the last.
    Corrected(Vec<(u8, u8)>),
    /// Phones.
    Whole(Vec<u8>),
}

pub(crate) type Listed = BTreeMap<String, Entry>;

/// What must be known to say a word so: the letters that sound otherwise than those after them tell.
pub(crate) fn entry(known: &Spelling, aligned: &Aligned, word: &str, phones: &[u8]) -> Entry {
    let codes = codes(word);
    if crate::phones_of(&known.spelt(word, &[])) == phones {
        return Entry::Corrected(Vec::new());
    }
    let Some(gold) = aligned.words.get(word) else { return Entry::Whole(phones.to_vec()) };
    let mut corrected = Vec::new();
    for at in (0..codes.len()).rev() {
        let class = gold.classes.get(at).copied().unwrap_or(0);
        if known.trees.class(&codes, &gold.classes, at) != class {
            corrected.push((u8::try_from(at).unwrap_or(0), class));
        }
    }
    match crate::phones_of(&known.spelt(word, &corrected)) == phones {
        true => Entry::Corrected(corrected),
        false => Entry::Whole(phones.to_vec()),
    }
}

/// Writes all of it, and reads it back: what is tried is what is written.
pub(crate) fn read(classes: &Classes, trees: &[Vec<Node>], listed: &Listed) -> Result<(Spelling, Vec<u8>), String> {
    let data = write(classes, trees, listed);
    let spelling = Spelling::read(&data).ok_or("the file cannot be read back")?;
    Ok((spelling, data))
}

fn write(classes: &Classes, trees: &[Vec<Node>], listed: &Listed) -> Vec<u8> {
    let mut to = Encoder { bytes: MAGIC.to_vec(), interval: Interval::ALL };
    let mut number = Model::new(8, 1);
    let byte = |n: usize| u8::try_from(n & 0xFF).unwrap_or(0);
    to.symbol(&mut number, 0, byte(classes.len()));
    for class in classes {
        to.symbol(&mut number, 0, byte(class.len()));
        class.iter().for_each(|phone| to.symbol(&mut number, 0, *phone));
    }
    write_trees(&mut to, trees);
    let n = listed.len();
    [n >> 16, n >> 8, n].map(byte).iter().for_each(|part| to.symbol(&mut number, 0, *part));
    write_words(&mut to, listed);
    to.finish()
}

fn write_trees(to: &mut Encoder, trees: &[Vec<Node>]) {
    let mut asked = Model::new(4, 16);
    let mut values = Model::new(8, 16);
    let mut classes = Model::new(8, TREES);
    for (letter, nodes) in trees.iter().enumerate() {
        let mut parent = LEAF;
        for node in nodes {
            to.symbol(&mut asked, usize::from(parent), node.feature);
            match node.feature {
                LEAF => to.symbol(&mut classes, letter, node.value),
                _ => to.symbol(&mut values, usize::from(node.feature), node.value),
            }
            parent = node.feature;
        }
    }
}

fn write_words(to: &mut Encoder, listed: &Listed) {
    let mut models = Models::new();
    let mut sorted: Vec<(Vec<u8>, &Entry)> = listed.iter().map(|(word, entry)| (codes(word), entry)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let (mut before, mut shared): (Vec<u8>, u8) = (Vec::new(), 0);
    for (word, entry) in sorted {
        let same = word.iter().zip(&before).take_while(|(a, b)| a == b).count();
        let now = u8::try_from(same).unwrap_or(0);
        to.symbol(&mut models.shared, usize::from(shared), now);
        shared = now;
        for at in same..word.len() {
            let context = letter_context(word.get(..at).unwrap_or_default());
            to.symbol(&mut models.letter, context, word.get(at).copied().unwrap_or(END));
        }
        to.symbol(&mut models.letter, letter_context(&word), END);
        match entry {
            Entry::Whole(phones) => {
                to.symbol(&mut models.whole, 0, 1);
                let mut previous = SILENCE;
                for phone in phones.iter().copied().chain([SILENCE]) {
                    to.symbol(&mut models.phone, usize::from(previous), phone);
                    previous = phone;
                }
            }
            Entry::Corrected(corrected) => {
                to.symbol(&mut models.whole, 0, 0);
                let (mut done, mut neighbour) = (0usize, false);
                for (at, code) in word.iter().enumerate().rev() {
                    let class = corrected.iter().find(|(place, _)| usize::from(*place) == at).map(|(_, class)| *class);
                    let context = correction_context(*code, done, neighbour, at == 0);
                    to.symbol(&mut models.corrected, context, u8::from(class.is_some()));
                    neighbour = class.is_some();
                    if let Some(class) = class {
                        to.symbol(&mut models.class, usize::from(*code), class);
                        done = done.saturating_add(1);
                    }
                }
            }
        }
        before = word;
    }
}

/// Bits to bytes.
struct Encoder {
    bytes: Vec<u8>,
    interval: Interval,
}

impl Encoder {
    fn bit(&mut self, chance: &mut Chance, bit: bool) {
        self.interval.narrow(chance, |_| bit);
        while self.interval.is_settled() {
            self.shift();
        }
    }

    fn shift(&mut self) {
        self.bytes.push(u8::try_from(self.interval.high >> 24).unwrap_or(0));
        self.interval.shift();
    }

    fn symbol(&mut self, model: &mut Model, context: usize, symbol: u8) {
        let mut node = 1usize;
        for bit in (0..model.bits).rev() {
            let bit = symbol >> bit & 1 == 1;
            if let Some(chance) = model.chances.get_mut((context << model.bits).wrapping_add(node)) {
                self.bit(chance, bit);
            }
            node = node << 1 | usize::from(bit);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.interval.high = self.interval.low;
        (0..4).for_each(|_| self.shift());
        self.bytes
    }
}
