//! Leftovers of a subtitle: how its field is written where we would write it in another way.

use super::compose::UNUSED;
use super::letter::Table;
use super::place;
use super::text;
use super::user::{Place, UserData};
use super::{BLOCK, CUMULATIVE, EFFECTS, FIELD, GROUP, ID, TEXT, USER};
use crate::model::{Cue, Extra};
use std::fmt::Write as _;

/// A field as the file has it.
#[derive(Clone, PartialEq)]
pub(super) struct Raw {
    pub(super) row: u8,
    pub(super) justification: u8,
    /// Without unused space at its end.
    pub(super) bytes: Vec<u8>,
}

/// Bytes of the text field of a block.
const ROOM: usize = BLOCK - TEXT;

impl Raw {
    pub(super) fn new(row: u8, justification: u8, bytes: &[u8]) -> Self {
        let length = bytes.iter().rposition(|b| *b != UNUSED).map_or(0, |last| last.saturating_add(1));
        Self { row, justification, bytes: bytes.get(..length).unwrap_or_default().to_vec() }
    }

    /// The text fields of its blocks: at least one.
    pub(super) fn parts(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let mut parts = self.bytes.chunks(ROOM);
        (0..parts.len().max(1)).map(move |_| parts.next().unwrap_or_default())
    }

    /// The extra that keeps it. Codes that show something which a text cannot say are content.
    pub(super) fn extra(&self) -> Extra {
        let mut value = format!("{} {} ", self.row, self.justification);
        self.bytes.iter().for_each(|b| {
            // Writing to a String cannot fail.
            let _ = write!(value, "{b:02x}");
        });
        Extra { format: ID, key: self.key(), value }
    }

    /// Flash, mosaics, concealment (ETS 300 706 §12.2).
    fn key(&self) -> &'static str {
        let shows = |b: &u8| matches!(b, 0x08 | 0x10..=0x18);
        if self.bytes.iter().any(shows) { EFFECTS } else { FIELD }
    }

    fn parse(extra: &Extra) -> Option<Self> {
        let mut parts = extra.value.splitn(3, ' ');
        let (row, justification) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let digits = parts.next()?.as_bytes();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Vec<u8> = digits.chunks(2).map(pair).collect::<Option<_>>()?;
        let raw = Self::new(row, justification, &bytes);
        (raw.extra() == *extra).then_some(raw)
    }

    /// It says of a cue what the cue is now.
    fn says(&self, cue: &Cue, table: Table, rows: u8) -> bool {
        let field = text::read(&self.bytes, table);
        let placement = place::placement(self.row, field.rows, self.justification, rows);
        field.text == cue.text && placement.as_ref() == cue.placement.as_deref()
    }
}

/// Numbers of subtitles.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    /// Of the subtitle before.
    pub(super) last: Option<u16>,
    /// Of this one.
    pub(super) own: u16,
}

/// What a cue keeps, in order.
#[derive(Default)]
pub(super) struct Kept<'a> {
    pub(super) raw: Option<Raw>,
    /// Cumulative status, and the group's number.
    pub(super) cumulative: u8,
    pub(super) group: u8,
    /// Blocks of user data, by place.
    pub(super) user: Vec<(Place, UserData)>,
    pub(super) others: Vec<&'a Extra>,
}

impl<'a> Kept<'a> {
    /// `usual` is the field that would be written otherwise; a block of user data before it may not have the number of the
    /// subtitle before.
    pub(super) fn of(cue: &'a Cue, usual: &Raw, table: Table, rows: u8, numbers: Numbers) -> Self {
        let mut kept = Self::default();
        for extra in &*cue.extras {
            let ours = extra.format == ID && (kept.user.is_empty() || extra.key == USER);
            match extra.key {
                FIELD | EFFECTS if ours && kept.raw.is_none() && kept.cumulative == 0 && kept.group == 0 => {
                    kept.raw = Raw::parse(extra).filter(|raw| raw != usual && raw.says(cue, table, rows));
                    if kept.raw.is_some() {
                        continue;
                    }
                }
                CUMULATIVE if ours && kept.cumulative == 0 && kept.group == 0 => {
                    kept.cumulative = number(extra).filter(|status| *status <= 3).unwrap_or(0);
                    if kept.cumulative > 0 {
                        continue;
                    }
                }
                GROUP if ours && kept.group == 0 => {
                    kept.group = number(extra).unwrap_or(0);
                    if kept.group > 0 {
                        continue;
                    }
                }
                USER if ours => {
                    let parts = kept.raw.as_ref().unwrap_or(usual).parts().len();
                    let last = kept.user.last().map(|(place, _)| *place);
                    let fits = |place, user: &UserData| match place {
                        Place::Before => numbers.last != Some(user.number(numbers.own)),
                        Place::Inside(after) => usize::from(after) < parts,
                        Place::After => true,
                    };
                    let user = UserData::from_cue(extra);
                    if let Some(user) = user.filter(|(place, user)| last <= Some(*place) && fits(*place, user)) {
                        kept.user.push(user);
                        continue;
                    }
                }
                _ => {}
            }
            kept.others.push(extra);
        }
        kept
    }
}

/// As [`super::read`] spells it.
fn number(extra: &Extra) -> Option<u8> {
    extra.value.parse().ok().filter(|n: &u8| n.to_string() == extra.value)
}
