//! Leftovers of a subtitle: how its field is written where we would write it in another way.

use super::compose::UNUSED;
use super::letter::Table;
use super::place;
use super::text;
use super::{CUMULATIVE, EFFECTS, FIELD, GROUP, ID};
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

impl Raw {
    pub(super) fn new(row: u8, justification: u8, bytes: &[u8]) -> Self {
        let length = bytes.iter().rposition(|b| *b != UNUSED).map_or(0, |last| last.saturating_add(1));
        Self { row, justification, bytes: bytes.get(..length).unwrap_or_default().to_vec() }
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

/// What a cue keeps, in order.
#[derive(Default)]
pub(super) struct Kept<'a> {
    pub(super) raw: Option<Raw>,
    /// Cumulative status, and the group's number.
    pub(super) cumulative: u8,
    pub(super) group: u8,
    pub(super) others: Vec<&'a Extra>,
}

impl<'a> Kept<'a> {
    /// `usual` is the field that would be written otherwise.
    pub(super) fn of(cue: &'a Cue, usual: &Raw, table: Table, rows: u8) -> Self {
        let mut kept = Self::default();
        for extra in &*cue.extras {
            let ours = extra.format == ID;
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
