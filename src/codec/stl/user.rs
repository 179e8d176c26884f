//! Blocks of user data (Tech 3264 §4.2, EBN FEh): what they mean only their user knows, so they are kept byte by byte.
//!
//! A block belongs to the subtitle whose number it has, where it stands among its blocks or just after them. One of another number
//! goes before the next subtitle, or stays at the end of the file.

use super::compose::UNUSED;
use super::{BLOCK, ID, TEXT, USER, USER_DATA};
use crate::model::Extra;
use std::fmt::Write as _;

/// Where a block stands, seen from the subtitle that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Before its first block.
    Before,
    /// After so many of its blocks, not after the last.
    Inside(u8),
    /// After its last.
    After,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UserData {
    /// Its number is greater than the subtitle's by this, around the end of 16 bits.
    offset: i16,
    /// Without number, extension number and unused space at its end.
    bytes: Vec<u8>,
}

/// Bytes before the text field that are kept: all but the number's and the extension number's.
const HEAD: usize = TEXT - 3;

impl UserData {
    /// A block, seen from the subtitle of a number.
    pub(super) fn new(block: &[u8; BLOCK], number: u16) -> Self {
        let [group, low, high, _, rest @ ..] = block;
        let mut bytes = vec![*group];
        bytes.extend_from_slice(rest);
        let used = bytes.iter().rposition(|b| *b != UNUSED).map_or(0, |last| last.saturating_add(1));
        bytes.truncate(used.max(HEAD));
        Self { offset: u16::from_le_bytes([*low, *high]).wrapping_sub(number).cast_signed(), bytes }
    }

    /// Its number, where its subtitle has this one.
    pub(super) fn number(&self, subtitle: u16) -> u16 {
        subtitle.wrapping_add_signed(self.offset)
    }

    /// The block.
    pub(super) fn block(&self, subtitle: u16) -> Vec<u8> {
        let [low, high] = self.number(subtitle).to_le_bytes();
        let (group, rest) = self.bytes.split_first().unwrap_or((&0, &[]));
        let mut block = vec![*group, low, high, USER_DATA];
        block.extend_from_slice(rest);
        block.resize(BLOCK, UNUSED);
        block
    }

    /// The extra of a cue that keeps it: `after 00…`, `before-1 00…`, `2 00…`.
    pub(super) fn of_cue(&self, place: Place) -> Extra {
        let place = match place {
            Place::Before if self.offset == 0 => "before".to_owned(),
            Place::Before => format!("before{:+}", self.offset),
            Place::Inside(parts) => parts.to_string(),
            Place::After => "after".to_owned(),
        };
        self.extra(&place)
    }

    /// The extra of a track that keeps it: `7 00…`.
    pub(super) fn of_track(&self) -> Extra {
        self.extra(&self.number(0).to_string())
    }

    fn extra(&self, before: &str) -> Extra {
        let mut value = format!("{before} ");
        self.bytes.iter().for_each(|b| {
            // Writing to a String cannot fail.
            let _ = write!(value, "{b:02x}");
        });
        Extra { format: ID, key: USER, value }
    }

    fn parse(value: &str) -> Option<(&str, Vec<u8>)> {
        let (before, digits) = value.split_once(' ')?;
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Vec<u8> = digits.as_bytes().chunks(2).map(pair).collect::<Option<_>>()?;
        let used = bytes.len() == HEAD || bytes.last() != Some(&UNUSED);
        let fits = used && (HEAD..=BLOCK.saturating_sub(3)).contains(&bytes.len());
        fits.then_some((before, bytes))
    }

    /// Of an extra as a reader makes it.
    pub(super) fn from_cue(extra: &Extra) -> Option<(Place, Self)> {
        let (place, bytes) = Self::parse(&extra.value)?;
        let (place, offset) = match place {
            "after" => (Place::After, 0),
            "before" => (Place::Before, 0),
            place => match place.strip_prefix("before") {
                Some(offset) => (Place::Before, offset.parse().ok()?),
                None => (Place::Inside(place.parse().ok().filter(|parts| *parts > 0)?), 0),
            },
        };
        let user = Self { offset, bytes };
        (user.of_cue(place) == *extra).then_some((place, user))
    }

    /// The same of a track.
    pub(super) fn from_track(extra: &Extra) -> Option<Self> {
        let (number, bytes) = Self::parse(&extra.value)?;
        let user = Self { offset: number.parse::<u16>().ok()?.cast_signed(), bytes };
        (user.of_track() == *extra).then_some(user)
    }
}
