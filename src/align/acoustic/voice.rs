//! What the speakers of this recording sound like, and its silence: the model's states, moved towards what is heard.

use super::lattice::Rate;
use super::text::Unit;
use crate::model::{Acoustics, Mixture, PHONES, Phone, PhoneClass};

/// The columns of emissions: the states (or phones) in use, then silence, then fill.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// For each phone of [`PHONES`]: its first state's column and its column in coarse emissions; `None` if not in use.
    places: Vec<Option<(u16, u16)>>,
    /// How many states each phone in use has, in order.
    pub counts: Vec<u8>,
    states: u16,
}

impl Columns {
    /// The columns of a phone.
    pub(super) fn of(&self, phone: Phone, rate: Rate) -> std::ops::Range<u16> {
        let Some((fine, coarse)) = self.places.get(phone.index()).copied().flatten() else { return 0..0 };
        match rate {
            Rate::Coarse => coarse..coarse.saturating_add(1),
            Rate::Fine => fine..fine.saturating_add(u16::from(phone.row().states)),
        }
    }

    pub(super) fn silence(&self, rate: Rate) -> u16 {
        match rate {
            Rate::Coarse => self.counts.len() as u16,
            Rate::Fine => self.states,
        }
    }

    pub(super) fn fill(&self, rate: Rate) -> u16 {
        self.silence(rate).saturating_add(1)
    }

    pub(super) fn count(&self, rate: Rate) -> usize {
        usize::from(self.fill(rate)).saturating_add(1)
    }
}

/// States in use and silence.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    pub columns: Columns,
    /// The states in use, in the order of the columns.
    pub states: Vec<Mixture>,
    pub silence: Mixture,
    /// Columns of the states of the main language, among which a frame's fill has its rank.
    pub ranked: Vec<usize>,
}

impl Voice {
    /// All phones of the main language that the model knows, and what the text needs besides.
    pub(super) fn new(acoustics: &Acoustics, units: &[Unit], english: bool) -> Self {
        let mut used = vec![false; PHONES.len()];
        for phone in units.iter().flat_map(|unit| unit.phones) {
            if let Some(place) = used.get_mut(phone.index()) {
                *place = true;
            }
        }
        let mut columns = Columns { places: vec![None; PHONES.len()], counts: Vec::new(), states: 0 };
        let mut voice =
            Self { columns: columns.clone(), states: Vec::new(), silence: Mixture::default(), ranked: Vec::new() };
        let phones = (0..PHONES.len()).filter_map(Phone::from_index);
        for ((phone, used), place) in phones.zip(used).zip(&mut columns.places) {
            let states = acoustics.states.get(phone.states()).unwrap_or_default();
            let known = !states.is_empty() && states.iter().all(|state| !state.weights.is_empty());
            let main = known && is_english(phone) == english;
            if !(main || used) {
                continue;
            }
            *place = Some((columns.states, columns.counts.len() as u16));
            let from = voice.states.len();
            voice.states.extend(states.iter().cloned());
            if main {
                voice.ranked.extend(from..voice.states.len());
            }
            columns.states = voice.states.len() as u16;
            columns.counts.push(states.len() as u8);
        }
        voice.columns = columns;
        voice
    }
}

fn is_english(phone: Phone) -> bool {
    match phone.row().class {
        PhoneClass::Initial | PhoneClass::Final => false,
        PhoneClass::Consonant | PhoneClass::Vowel => true,
    }
}
