//! The phones of the acoustic model.

/// A phone: an index into [`PHONES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(u8);

/// What a phone is to its syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneClass {
    /// The initial of a Mandarin syllable.
    Initial,
    /// The final of a Mandarin syllable, without its tone.
    Final,
    /// An English consonant.
    Consonant,
    /// An English vowel, or a consonant that carries a syllable.
    Vowel,
}

/// One phone.
pub struct PhoneRow {
    /// Its name: `z_zh` (Mandarin, in the letters of pinyin), `e_th` (English, in those of CMUdict).
    pub name: &'static str,
    /// What it is to its syllable.
    pub class: PhoneClass,
    /// How many states it has, one after another.
    pub states: u8,
}

/// Every phone. Mandarin: initials; finals without tone, after y and w are rewritten (`ya` is `ia`), `ii` the vowel after z c
/// s, `iii` that after zh ch sh r, `v` for ü. English: the phones of CMUdict, and `ax`, its AH without stress, as the voices that
/// the model learns from tell them apart. Short sounds have two states.
pub static PHONES: &[PhoneRow] = &[
    row("z_b", PhoneClass::Initial, 2),
    row("z_p", PhoneClass::Initial, 3),
    row("z_m", PhoneClass::Initial, 3),
    row("z_f", PhoneClass::Initial, 3),
    row("z_d", PhoneClass::Initial, 2),
    row("z_t", PhoneClass::Initial, 3),
    row("z_n", PhoneClass::Initial, 3),
    row("z_l", PhoneClass::Initial, 3),
    row("z_g", PhoneClass::Initial, 2),
    row("z_k", PhoneClass::Initial, 3),
    row("z_h", PhoneClass::Initial, 3),
    row("z_j", PhoneClass::Initial, 3),
    row("z_q", PhoneClass::Initial, 3),
    row("z_x", PhoneClass::Initial, 3),
    row("z_zh", PhoneClass::Initial, 3),
    row("z_ch", PhoneClass::Initial, 3),
    row("z_sh", PhoneClass::Initial, 3),
    row("z_r", PhoneClass::Initial, 3),
    row("z_z", PhoneClass::Initial, 3),
    row("z_c", PhoneClass::Initial, 3),
    row("z_s", PhoneClass::Initial, 3),
    row("z_a", PhoneClass::Final, 3),
    row("z_o", PhoneClass::Final, 3),
    row("z_e", PhoneClass::Final, 3),
    row("z_ai", PhoneClass::Final, 4),
    row("z_ei", PhoneClass::Final, 4),
    row("z_ao", PhoneClass::Final, 4),
    row("z_ou", PhoneClass::Final, 4),
    row("z_an", PhoneClass::Final, 4),
    row("z_en", PhoneClass::Final, 4),
    row("z_ang", PhoneClass::Final, 4),
    row("z_eng", PhoneClass::Final, 4),
    row("z_er", PhoneClass::Final, 3),
    row("z_i", PhoneClass::Final, 3),
    row("z_ii", PhoneClass::Final, 3),
    row("z_iii", PhoneClass::Final, 3),
    row("z_ia", PhoneClass::Final, 4),
    row("z_ie", PhoneClass::Final, 4),
    row("z_iao", PhoneClass::Final, 4),
    row("z_iu", PhoneClass::Final, 4),
    row("z_ian", PhoneClass::Final, 4),
    row("z_in", PhoneClass::Final, 4),
    row("z_iang", PhoneClass::Final, 4),
    row("z_ing", PhoneClass::Final, 4),
    row("z_iong", PhoneClass::Final, 4),
    row("z_u", PhoneClass::Final, 3),
    row("z_ua", PhoneClass::Final, 4),
    row("z_uo", PhoneClass::Final, 4),
    row("z_uai", PhoneClass::Final, 4),
    row("z_ui", PhoneClass::Final, 4),
    row("z_uan", PhoneClass::Final, 4),
    row("z_un", PhoneClass::Final, 4),
    row("z_uang", PhoneClass::Final, 4),
    row("z_ong", PhoneClass::Final, 4),
    row("z_v", PhoneClass::Final, 3),
    row("z_ve", PhoneClass::Final, 4),
    row("z_van", PhoneClass::Final, 4),
    row("z_vn", PhoneClass::Final, 4),
    row("z_io", PhoneClass::Final, 4),
    row("e_aa", PhoneClass::Vowel, 3),
    row("e_ae", PhoneClass::Vowel, 3),
    row("e_ah", PhoneClass::Vowel, 3),
    row("e_ao", PhoneClass::Vowel, 3),
    row("e_aw", PhoneClass::Vowel, 3),
    row("e_ax", PhoneClass::Vowel, 2),
    row("e_ay", PhoneClass::Vowel, 3),
    row("e_b", PhoneClass::Consonant, 2),
    row("e_ch", PhoneClass::Consonant, 3),
    row("e_d", PhoneClass::Consonant, 2),
    row("e_dh", PhoneClass::Consonant, 3),
    row("e_eh", PhoneClass::Vowel, 3),
    row("e_er", PhoneClass::Vowel, 3),
    row("e_ey", PhoneClass::Vowel, 3),
    row("e_f", PhoneClass::Consonant, 3),
    row("e_g", PhoneClass::Consonant, 2),
    row("e_hh", PhoneClass::Consonant, 3),
    row("e_ih", PhoneClass::Vowel, 3),
    row("e_iy", PhoneClass::Vowel, 3),
    row("e_jh", PhoneClass::Consonant, 3),
    row("e_k", PhoneClass::Consonant, 2),
    row("e_l", PhoneClass::Consonant, 3),
    row("e_m", PhoneClass::Consonant, 3),
    row("e_n", PhoneClass::Consonant, 3),
    row("e_ng", PhoneClass::Consonant, 3),
    row("e_ow", PhoneClass::Vowel, 3),
    row("e_oy", PhoneClass::Vowel, 3),
    row("e_p", PhoneClass::Consonant, 2),
    row("e_r", PhoneClass::Consonant, 3),
    row("e_s", PhoneClass::Consonant, 3),
    row("e_sh", PhoneClass::Consonant, 3),
    row("e_t", PhoneClass::Consonant, 2),
    row("e_th", PhoneClass::Consonant, 3),
    row("e_uh", PhoneClass::Vowel, 3),
    row("e_uw", PhoneClass::Vowel, 3),
    row("e_v", PhoneClass::Consonant, 3),
    row("e_w", PhoneClass::Consonant, 3),
    row("e_y", PhoneClass::Consonant, 3),
    row("e_z", PhoneClass::Consonant, 3),
    row("e_zh", PhoneClass::Consonant, 3),
];

const fn row(name: &'static str, class: PhoneClass, states: u8) -> PhoneRow {
    PhoneRow { name, class, states }
}

impl Phone {
    /// The phone of this name.
    ///
    /// ```
    /// use zimu::model::Phone;
    /// assert_eq!(Phone::named("z_zh").unwrap().row().states, 3);
    /// assert_eq!(Phone::named("z_xx"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let index = PHONES.iter().position(|row| row.name == name)?;
        u8::try_from(index).ok().map(Self)
    }

    /// The phone of this index into [`PHONES`].
    pub fn from_index(index: usize) -> Option<Self> {
        (index < PHONES.len()).then(|| u8::try_from(index).ok().map(Self))?
    }

    /// Its index into [`PHONES`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Its row of [`PHONES`].
    pub fn row(self) -> &'static PhoneRow {
        const NONE: PhoneRow = row("", PhoneClass::Consonant, 0);
        PHONES.get(self.index()).unwrap_or(&NONE)
    }

    /// The indices of its states among the states of all phones.
    pub fn states(self) -> std::ops::Range<usize> {
        let before =
            PHONES.iter().take(self.index()).fold(0usize, |sum, row| sum.saturating_add(usize::from(row.states)));
        before..before.saturating_add(usize::from(self.row().states))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_states_follow_each_other() {
        let mut end = 0;
        for (index, row) in PHONES.iter().enumerate() {
            let phone = Phone::named(row.name).unwrap();
            assert_eq!(phone.index(), index, "{}", row.name);
            assert_eq!(phone.states().start, end);
            end = phone.states().end;
        }
        assert!(PHONES.len() < 256);
    }
}
