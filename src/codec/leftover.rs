//! Leftovers: what only one format understands, and what writers say of those that they cannot keep.

use super::FORMATS;
use crate::diag::{Diagnostic, Location, Report, codes::loss};
use crate::model::Extra;
use std::collections::BTreeMap;

/// A kind of [`Extra`] that a format owns.
pub struct Leftover {
    /// The key of its extras.
    pub key: &'static str,
    /// It says only how the file spelled what the track holds in any case: no content goes with it.
    pub spelling: bool,
}

impl Leftover {
    /// Something to see or hear of.
    pub(super) const fn content(key: &'static str) -> Self {
        Self { key, spelling: false }
    }

    /// A manner of writing.
    pub(super) const fn spelling(key: &'static str) -> Self {
        Self { key, spelling: true }
    }

    /// The row of a format's key, and the format's own id; `None` if no format owns such a leftover.
    pub(super) fn find(format: &str, key: &str) -> Option<(&'static str, &'static Self)> {
        let format = FORMATS.iter().find(|row| row.id == format)?;
        format.leftovers.iter().find(|leftover| leftover.key == key).map(|leftover| (format.id, leftover))
    }
}

/// Those that a writer met and cannot keep: each kind makes one entry a file.
pub(super) struct Leftovers {
    /// Where the writer is.
    pub(super) at: Location,
    kinds: BTreeMap<(&'static str, &'static str), Met>,
}

/// How often a kind was met, and where first.
struct Met {
    count: u64,
    at: Location,
    text: String,
}

impl Leftovers {
    pub(super) fn new() -> Self {
        Self { at: Location::FILE, kinds: BTreeMap::new() }
    }

    /// One more is not kept.
    pub(super) fn drop(&mut self, extra: &Extra) {
        let Extra { format, key, value } = extra;
        self.drop_text(format, key, value);
    }

    /// One more is not kept, of which `value` is the text.
    pub(super) fn drop_text(&mut self, format: &'static str, key: &'static str, value: &str) {
        let at = self.at;
        let met = self.kinds.entry((format, key)).or_insert_with(|| Met { count: 0, at, text: excerpt(value) });
        met.count = met.count.saturating_add(1);
    }

    /// Says what was met.
    pub(super) fn report(self, report: &mut Report) {
        let mut spellings = 0u64;
        for ((format, key), Met { count, at, text }) in self.kinds {
            if Leftover::find(format, key).is_some_and(|(_, leftover)| leftover.spelling) {
                spellings = spellings.saturating_add(count);
                continue;
            }
            let lost = Diagnostic::new(loss::FOREIGN, at).with("format", format).with("key", key);
            report.push(lost.with("text", text).with("count", count));
        }
        if spellings > 0 {
            report.push(Diagnostic::new(loss::SPELLING, Location::FILE).with("count", spellings));
        }
    }
}

/// The first line, cut for a message.
fn excerpt(value: &str) -> String {
    const MOST: usize = 40;
    let line = value.trim().lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(MOST).collect();
    if shown.len() < value.trim().len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_said_once_and_spellings_are_no_loss() {
        let mut leftovers = Leftovers::new();
        for (format, key, value) in [
            ("vtt", "payload", "a&b"),
            ("vtt", "order", "NR"),
            ("vtt", "style", "::cue {\n}"),
            ("srt", "tag", "{\\b1}"),
            ("srt", "tag", "{\\b0}"),
        ] {
            leftovers.drop(&Extra { format, key, value: value.into() });
        }
        let mut report = Report::default();
        leftovers.report(&mut report);
        let said: Vec<_> =
            report.items().iter().map(|item| item.code.message(crate::diag::Lang::En, &item.args)).collect();
        assert_eq!(
            said,
            [
                "`tag` of the format srt has no place here and is lost (2×, first `{\\b1}`)",
                "`style` of the format vtt has no place here and is lost (1×, first `::cue {…`)",
                "the file's own spelling is not kept; what it says is (2×)",
            ]
        );
    }

    #[test]
    fn no_key_is_declared_twice() {
        for format in FORMATS {
            let mut keys: Vec<_> = format.leftovers.iter().map(|leftover| leftover.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), format.leftovers.len(), "{}", format.id);
        }
    }
}
