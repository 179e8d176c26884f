//! What holds of a whole file that is written, and follows from the track alone: so a reader knows what would be written, and
//! keeps only what differs.

use super::ID;
use super::head::{DSC, FIELDS, MNC, MNR, fits};
use super::letter::{Letters, Table};
use super::user::UserData;
use crate::model::{Extra, MarkKind, StyledText, Track};
use std::collections::HashMap;

/// Columns of teletext; a line of double height in a box leaves 37 of them for text (ETS 300 706 §12.2: each code takes one).
const COLUMNS: usize = 40;
/// Rows of teletext for subtitles (Tech 3264 §4.2, VP).
const ROWS: u8 = 23;

/// Table, display standard, room.
pub(super) struct Plan {
    /// The table's number, and its letters.
    pub(super) code: &'static str,
    pub(super) letters: &'static Letters,
    pub(super) room: Room,
}

/// The screen.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Teletext: lines of double height in boxes. Otherwise open subtitles.
    pub(super) teletext: bool,
    /// Columns of a line, codes included.
    pub(super) columns: usize,
    /// Rows.
    pub(super) rows: u8,
}

impl Room {
    /// For comments, which nobody sees.
    pub(super) const ENDLESS: Self = Self { teletext: false, columns: usize::MAX, rows: u8::MAX };

    /// Rows that a line takes.
    pub(super) fn line_height(self) -> u8 {
        if self.teletext { 2 } else { 1 }
    }
}

impl Plan {
    /// `None` if there are no tables at all.
    pub(super) fn of(track: &Track) -> Option<Self> {
        let texts = || track.cues.iter().map(|cue| &cue.text);
        let (code, letters) = table(texts().map(|text| text.plain.as_str()))?;
        let kept = |name: &str| field(&track.extras, name);
        let display = kept(DSC).unwrap_or(default_display(texts()));
        let teletext = is_teletext(display);
        Some(Self {
            code,
            letters,
            room: Room {
                teletext,
                // Fewer than ten are no row of text.
                columns: kept(MNC).and_then(|n| n.parse().ok()).filter(|n| *n >= 10).unwrap_or(COLUMNS),
                rows: rows(teletext, kept(MNR)),
            },
        })
    }
}

/// Rows of the screen: teletext has 23 for subtitles; else it is what the file says (§4.1, MNR).
pub(super) fn rows(teletext: bool, said: Option<&str>) -> u8 {
    let said = said.filter(|_| !teletext).and_then(|rows| rows.parse().ok());
    said.filter(|rows| *rows > 0).unwrap_or(ROWS)
}

/// Level 1 or 2 (§4.1, DSC).
pub(super) fn is_teletext(display: &str) -> bool {
    matches!(display, "1" | "2")
}

/// Open subtitles if there are italics or underlines, which teletext has not; else teletext.
pub(super) fn default_display<'a>(mut texts: impl Iterator<Item = &'a StyledText>) -> &'static str {
    let open = |text: &StyledText| text.marks.iter().any(|m| matches!(m.kind, MarkKind::Italic | MarkKind::Underline));
    if texts.any(open) { "0" } else { "1" }
}

/// The table that has most of the letters; of equals the first.
fn table<'a>(texts: impl Iterator<Item = &'a str>) -> Option<(&'static str, &'static Letters)> {
    let mut others: HashMap<char, u64> = HashMap::new();
    for c in texts.flat_map(str::chars).filter(|c| !c.is_ascii()) {
        let count = others.entry(c).or_default();
        *count = count.saturating_add(1);
    }
    let mut best = None;
    for (code, letters) in (0..Table::ALL.len()).filter_map(Letters::at) {
        let had = others.iter().filter(|(c, _)| letters.has(**c));
        let count = had.map(|(_, count)| *count).fold(0, u64::saturating_add);
        if best.is_none_or(|(_, _, most)| count > most) {
            best = Some((code, letters, count));
        }
        if others.keys().all(|c| letters.has(*c)) {
            break;
        }
    }
    best.map(|(code, letters, _)| (code, letters))
}

/// The extras of a track that go into a file.
pub(super) struct OfTrack<'a> {
    /// Fields of the general block, in the order of the block: names and values.
    pub(super) fields: Vec<(&'static str, &'a str)>,
    /// Blocks of user data of no subtitle, which come after those.
    pub(super) user: Vec<(&'a Extra, UserData)>,
    /// Those that have no place.
    pub(super) others: Vec<&'a Extra>,
}

/// Sorts the extras of a track.
pub(super) fn of_track(extras: &[Extra]) -> OfTrack<'_> {
    let (mut kept, mut user, mut others, mut next) = (Vec::new(), Vec::new(), Vec::new(), 0usize);
    for extra in extras {
        if let Some(block) = UserData::from_track(extra).filter(|_| extra.format == ID) {
            next = usize::MAX;
            user.push((extra, block));
            continue;
        }
        let at = FIELDS.iter().position(|field| field.name == extra.key && extra.format == ID);
        match at.filter(|at| *at >= next && fits(extra.key, &extra.value)) {
            Some(at) => {
                next = at.saturating_add(1);
                kept.push((extra.key, extra.value.as_str()));
            }
            None => others.push(extra),
        }
    }
    OfTrack { fields: kept, user, others }
}

fn field<'a>(extras: &'a [Extra], name: &str) -> Option<&'a str> {
    let OfTrack { fields, .. } = of_track(extras);
    fields.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}
