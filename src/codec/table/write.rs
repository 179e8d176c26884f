//! Writing: a row of names, then a row a cue.

use super::other::{Others, Pairs, own};
use super::quote::{EDGE, guard, has_row, joined, push};
use super::{ABOVE, COLUMNS, DELIMITER, ID, layout};
use crate::codec::label::{Labeller, Spoken, speaker};
use crate::codec::leftover::Leftovers;
use crate::codec::native::decimal::write_seconds;
use crate::codec::plain::{Pen, Renderer, around_known, shorten};
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::Report;
use crate::diag::codes::loss;
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Track};
use crate::time::Time;

/// The columns that are always there, in this order, and that of ids, which follows if there are any.
pub(super) const WRITTEN: [&str; 5] = ["start", "end", "speaker", "text", "id"];

/// Rows are of one width in a table with so many other columns or fewer.
const PADDED: usize = 64;

pub(super) fn write(track: &Track, options: &WriteOptions, delimiter: u8, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    around_known(track, report);
    timing_lost(track.frame_rate, track.start_timecode, report);
    let head = Head::of(track, delimiter, &mut leftovers);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut out = String::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES));
    out.extend([head.above, &head.names()]);
    let mut writer = Writer { out, head, renderer: Renderer::new(pen, Spoken(None)) };
    for (index, cue) in track.cues.iter().enumerate() {
        writer.cue(index, cue);
    }
    // Times are exact: no unit is ever named.
    writer.renderer.pen.finish("");
    Ok(writer.out.into_bytes())
}

/// What the file is like as a whole.
struct Head<'a> {
    above: &'a str,
    delimiter: u8,
    ids: bool,
    others: Others,
}

impl<'a> Head<'a> {
    /// Takes what the reader left, in the order in which it leaves it.
    fn of(track: &'a Track, delimiter: u8, leftovers: &mut Leftovers) -> Self {
        let ids = track.cues.iter().any(|cue| cue.id.as_ref().is_some_and(|id| !id.is_empty()));
        let mut head = Head { above: "", delimiter, ids, others: Others::met(track) };
        let mut last = 0;
        for extra in &track.extras {
            let Extra { format, key, value } = extra;
            let place =
                [ABOVE, DELIMITER, COLUMNS].iter().position(|known| known == key).map_or(0, |at| at.saturating_add(1));
            let fits = *format == ID && place > last;
            match *key {
                ABOVE if fits && is_above(value) => head.above = value,
                DELIMITER if fits && delimiter == b',' && matches!(value.as_bytes(), [b';' | b'|']) => {
                    head.delimiter = value.bytes().next().unwrap_or(delimiter);
                }
                COLUMNS if fits => {
                    let others = std::mem::take(&mut head.others).ordered(extra);
                    if others.is_err() {
                        leftovers.drop(extra);
                    }
                    head.others = others.unwrap_or_else(|others| others);
                }
                _ => {
                    leftovers.drop(extra);
                    continue;
                }
            }
            last = place;
        }
        if !head.is_clear() {
            // Their cells are then reported, cue by cue.
            head.others = Others::default();
            track.extras.iter().filter(|extra| extra.key == COLUMNS).for_each(|extra| leftovers.drop(extra));
        }
        head
    }

    /// The row of names.
    fn names(&self) -> String {
        let mut row = String::new();
        let own = WRITTEN.into_iter().take(if self.ids { WRITTEN.len() } else { WRITTEN.len().saturating_sub(1) });
        for (i, name) in own.chain(self.others.names.iter().map(String::as_str)).enumerate() {
            if i > 0 {
                row.push(char::from(self.delimiter));
            }
            push(&mut row, name, self.delimiter);
        }
        row.push('\n');
        row
    }

    /// The row of names is read as what it is: no name of another column makes it look as if something else separated them.
    fn is_clear(&self) -> bool {
        let found = layout::find(&self.names());
        found.is_some_and(|found| found.named && found.delimiter == self.delimiter && found.names_at == 0)
    }
}

/// Whole lines, after which the row of names is still found, and is not found among them.
fn is_above(text: &str) -> bool {
    let probe = [text, "start,text\n"].concat();
    text.ends_with(['\n', '\r'])
        && !text.trim().is_empty()
        && !text.starts_with('\u{FEFF}')
        && layout::find(&probe).is_some_and(|layout| layout.named && layout.names_at == text.len())
}

struct Writer<'a, 'r> {
    out: String,
    head: Head<'a>,
    renderer: Renderer<'a, 'r, Spoken<'a>>,
}

impl<'a> Writer<'a, '_> {
    fn cue(&mut self, index: usize, cue: &'a Cue) {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        let delimiter = self.head.delimiter;
        let pen = &mut self.renderer.pen;
        pen.next(index, cue);
        pen.unplaced(placement.as_deref());
        push_time(&mut self.out, range.start);
        self.out.push(char::from(delimiter));
        push_time(&mut self.out, range.end);
        self.out.push(char::from(delimiter));
        let speaker = speaker(text);
        if let Some((_, name)) = speaker {
            let trimmed = name.trim_matches(EDGE);
            if trimmed.len() < name.len() {
                pen.loss(loss::VOICE_NAME, "name", name);
            }
            self.cell(trimmed);
        }
        self.out.push(char::from(delimiter));
        self.renderer.markup.0 = speaker.map(|(mark, _)| mark);
        self.renderer.text(text);
        self.text();
        self.id(id.as_deref());
        self.others(cue, extras);
        self.out.push('\n');
    }

    fn text(&mut self) {
        let pen = &mut self.renderer.pen;
        let text = std::mem::take(&mut pen.out);
        let trimmed = text.trim_matches(EDGE);
        if trimmed.len() < text.len() {
            pen.lost(loss::EDGE_SPACE);
        }
        if trimmed.contains('\r') {
            pen.lost(loss::LINE_BREAK);
        }
        self.cell(trimmed);
        self.renderer.pen.out = text;
    }

    /// A cell that a spreadsheet must not run, and a reader not take for rows.
    fn cell(&mut self, text: &str) {
        let delimiter = self.head.delimiter;
        if has_row(text, delimiter) {
            self.renderer.pen.loss(loss::MISREAD, "text", shorten(text));
            return push(&mut self.out, &guard(&joined(text, delimiter)), delimiter);
        }
        push(&mut self.out, &guard(text), delimiter);
    }

    fn id(&mut self, id: Option<&str>) {
        if !self.head.ids {
            return;
        }
        self.out.push(char::from(self.head.delimiter));
        let id = id.unwrap_or_default();
        let trimmed = id.trim_matches(EDGE);
        if trimmed.len() < id.len() {
            self.renderer.pen.loss(loss::CUE_ID, "id", id);
        }
        self.cell(trimmed);
    }

    /// Cells of other columns, each under its name.
    fn others(&mut self, cue: &Cue, extras: &[Extra]) {
        let mut cells: Vec<&str> = vec![""; self.head.others.names.len()];
        let mut last = "";
        let parts: Vec<_> = extras.iter().map(|extra| (extra, own(extra, cue.range))).collect();
        for (extra, pairs) in &parts {
            // Of each kind one, in the order of the alphabet: so the reader leaves them.
            let whole = |pairs: &&Pairs| !pairs.iter().any(|(_, content)| has_row(content, self.head.delimiter));
            let fits = pairs.as_ref().filter(|_| last < extra.key).filter(whole);
            let Some((pairs, places)) = fits.and_then(|pairs| Some((pairs, self.head.others.places(pairs)?))) else {
                self.renderer.pen.leftovers.drop(extra);
                continue;
            };
            last = extra.key;
            for ((_, content), place) in pairs.iter().zip(places) {
                if let Some(cell) = cells.get_mut(place) {
                    *cell = content;
                }
            }
        }
        // Of many columns, those that are empty up to the end of the row are left out, which readers of tables allow.
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last.saturating_add(1));
        let width = if cells.len() > PADDED { filled } else { cells.len() };
        for cell in cells.into_iter().take(width) {
            self.out.push(char::from(self.head.delimiter));
            push(&mut self.out, cell, self.head.delimiter);
        }
    }
}

/// Appends seconds to the flick, with three digits behind the point or more: `1.500`.
fn push_time(out: &mut String, time: Time) {
    let mut digits = Vec::new();
    // Writing to a Vec cannot fail.
    let _ = write_seconds(&mut digits, time.flicks().into());
    let digits = String::from_utf8(digits).unwrap_or_default();
    let written = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    out.push_str(&digits);
    if written == 0 {
        out.push('.');
    }
    out.extend(std::iter::repeat_n('0', 3usize.saturating_sub(written)));
}
