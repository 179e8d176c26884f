//! Editing in place.

use super::FORMAT;
use crate::codec::json;
use crate::codec::native::decimal;
use crate::codec::splice::{self, Atoms, Number, Parts, Splicer};
use crate::codec::{Format, ReadOptions, Spliced};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Track};
use crate::source::{Source, place_of};
use crate::time::{Time, TimeDelta};

/// Edits a file in place.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    let item = Item { ascii: source.text().is_ascii() };
    splice::splice(&item, source, track, edits)
}

/// An item of the list of cues.
struct Item {
    /// The file has nothing but ASCII, and shall stay so.
    ascii: bool,
}

/// A value without the quotation marks around it.
fn inside(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// An escape at the beginning of a string's text: how long it is, and what it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0) {
        Some(high @ 0xD800..=0xDBFF) => {
            let low = unit(6)?;
            let code = (high & 0x3FF) << 10 | low & 0x3FF;
            Some((12, char::from_u32(code.checked_add(0x10000)?)?))
        }
        Some(code) => Some((6, char::from_u32(code)?)),
        None => {
            let two = text.get(..2)?;
            Some((2, json::string(&["\"", two, "\""].concat())?.chars().next()?))
        }
    }
}

impl Splicer for Item {
    const FORMAT: &'static Format = &FORMAT;
    const APART: bool = false;
    const INLINE: bool = true;
    const LISTED: bool = true;

    fn unit(&self) -> (TimeDelta, &'static str) {
        (TimeDelta::from_flicks(1), "1 flick")
    }

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let (mut from, mut to, mut content) = (None, None, None);
        // Of two fields of a name the last holds.
        json::fields(text.get(block.clone())?, &mut |key, value| match key {
            "from" => from = place_of(text, inside(value)),
            "to" => to = place_of(text, inside(value)),
            "content" => content = place_of(text, inside(value)),
            _ => {}
        });
        let (head, start, end, text) = (block.start, from?, to?, content?);
        Some(Parts { number: Number::None, head, start, end, length: false, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        json::time(written, 1)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        let mut out = Vec::new();
        decimal::write_seconds(&mut out, time.flicks().into()).ok()?;
        let mut out = String::from_utf8(out).ok()?;
        // As many digits after the point, at least.
        let digits = |number: &str| number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let plain = old.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        let (had, has) = (if plain { digits(old).min(MOST_DIGITS) } else { 0 }, digits(&out));
        if has == 0 && had > 0 {
            out.push('.');
        }
        out.extend(std::iter::repeat_n('0', had.saturating_sub(has)));
        Some(out)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let mut atoms = Atoms::default();
        let mut at = 0usize;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let next = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            atoms.literal(raw, at..at.saturating_add(next));
            at = at.saturating_add(next);
            let Some((length, shown)) = rest.get(next..).and_then(escape) else { break };
            let end = at.saturating_add(length);
            atoms.escape(at..end, shown.encode_utf8(&mut [0; 4]));
            at = end;
        }
        atoms
    }

    fn spell(&self, plain: &str, _eol: &str) -> String {
        let quoted = serde_json::to_string(plain).unwrap_or_default();
        let text = inside(&quoted);
        if !self.ascii || text.is_ascii() {
            return text.to_owned();
        }
        let mut out = String::new();
        for c in text.chars() {
            match c {
                c if c.is_ascii() => out.push(c),
                c => out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
            }
        }
        out
    }

    fn read(&self, block: &str, _after: &str) -> Option<(Cue, u64)> {
        let source = Source::from_text("", ["{\"body\": [", block, "]}"].concat());
        let mut report = Report::default();
        let mut cues = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?.cues;
        cues.pop().filter(|_| cues.is_empty()).map(|cue| (cue, report.total()))
    }
}

/// Digits of a fraction that are kept: beyond, they say nothing that a flick does.
const MOST_DIGITS: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_are_exact() {
        let item = Item { ascii: true };
        let time = |flicks| Time::from_flicks(flicks);
        for (old, new, printed) in [
            ("1.5", Time::from_millis(2500), "2.5"),
            ("1.50", Time::from_millis(2500), "2.50"),
            ("1", Time::from_millis(2500), "2.5"),
            ("1.000", Time::from_seconds(2), "2.000"),
            ("1e0", Time::from_seconds(2), "2"),
            ("1.25", time(-1), "-0.000000001"),
        ] {
            assert_eq!(item.print(old, new).as_deref(), Some(printed), "{old}");
            assert_eq!(item.time(printed), Some(new));
        }
    }

    #[test]
    fn escapes_are_one_character_each() {
        let atoms = Item { ascii: true }.atoms("a\\n\\u5b57\\ud83d\\ude00\\\"\\\\");
        assert_eq!(atoms.plain(), "a\n字😀\"\\");
        assert_eq!(Item { ascii: true }.spell("字😀\n\"", "\n"), "\\u5b57\\ud83d\\ude00\\n\\\"");
        assert_eq!(Item { ascii: false }.spell("字😀\n", "\n"), "字😀\\n");
    }
}
