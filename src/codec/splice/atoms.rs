//! What the bytes of a cue's text are: text as it is shown, text in another spelling, markup, times.

use std::ops::Range;

/// What some bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Shown as they are.
    Literal,
    /// Shown as something else: `&amp;`, `\N`, CRLF.
    Escape,
    /// Not shown.
    Hidden,
    /// Not shown: a time inside the cue.
    Stamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Atom {
    raw: Range<usize>,
    /// Where in the plain text what it shows stands; empty if it shows nothing.
    plain: Range<usize>,
    kind: Kind,
}

/// The pieces of a cue's text, in order.
#[derive(Clone, Debug, Default)]
pub(in crate::codec) struct Atoms {
    list: Vec<Atom>,
    plain: String,
}

/// Some bytes, and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::codec) struct Change {
    pub(in crate::codec) at: Range<usize>,
    pub(in crate::codec) with: String,
}

impl Atoms {
    /// Text that is shown as it is, but that CRLF and CR are line breaks.
    pub(in crate::codec) fn literal(&mut self, raw: &str, range: Range<usize>) {
        let mut from = range.start;
        while let Some(found) = raw.get(from..range.end).and_then(|rest| memchr::memchr(b'\r', rest.as_bytes())) {
            let at = from.saturating_add(found);
            self.shown(raw, from..at);
            let rest = raw.get(at..range.end).unwrap_or_default();
            from = at.saturating_add(if rest.starts_with("\r\n") { 2 } else { 1 });
            self.escape(at..from, "\n");
        }
        self.shown(raw, from..range.end);
    }

    fn shown(&mut self, raw: &str, range: Range<usize>) {
        let text = raw.get(range.clone()).unwrap_or_default();
        if !text.is_empty() {
            self.push(range, text, Kind::Literal);
        }
    }

    /// Bytes that are shown as `plain`.
    pub(in crate::codec) fn escape(&mut self, raw: Range<usize>, plain: &str) {
        self.push(raw, plain, Kind::Escape);
    }

    /// White space that is shown as one space.
    pub(in crate::codec) fn space(&mut self, raw: &str, range: Range<usize>) {
        let kind = if raw.get(range.clone()) == Some(" ") { Kind::Literal } else { Kind::Escape };
        self.push(range, " ", kind);
    }

    /// A space at the end, so far, is not shown.
    pub(in crate::codec) fn trim_end(&mut self) {
        if !self.plain.ends_with(' ') {
            return;
        }
        if let Some(last) = self.list.iter_mut().rfind(|atom| !atom.plain.is_empty()) {
            // Spaces are atoms of their own.
            self.plain.truncate(last.plain.start);
            (last.plain.end, last.kind) = (last.plain.start, Kind::Hidden);
        }
        let end = self.plain.len();
        let after = self.list.iter_mut().rev().take_while(|atom| atom.plain.start > end);
        after.for_each(|atom| atom.plain = end..end);
    }

    /// Bytes that are not shown.
    pub(in crate::codec) fn hidden(&mut self, raw: Range<usize>) {
        self.push(raw, "", Kind::Hidden);
    }

    /// A time inside the cue.
    pub(in crate::codec) fn stamp(&mut self, raw: Range<usize>) {
        self.push(raw, "", Kind::Stamp);
    }

    fn push(&mut self, raw: Range<usize>, plain: &str, kind: Kind) {
        let start = self.plain.len();
        self.plain.push_str(plain);
        self.list.push(Atom { raw, plain: start..self.plain.len(), kind });
    }

    /// What is shown.
    pub(in crate::codec) fn plain(&self) -> &str {
        &self.plain
    }

    /// The times inside, and whether text stands before each.
    pub(in crate::codec) fn stamps(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.list.iter().filter(|atom| atom.kind == Kind::Stamp).map(|atom| atom.raw.clone())
    }

    /// Nothing is shown before the first time inside.
    pub(in crate::codec) fn begin_with_stamp(&self) -> bool {
        self.list.iter().find(|atom| atom.kind == Kind::Stamp).is_some_and(|atom| atom.plain.start == 0)
    }

    fn visible(&self) -> impl DoubleEndedIterator<Item = &Atom> {
        self.list.iter().filter(|atom| !atom.plain.is_empty())
    }

    /// Those that show something of a part of the plain text; found without going through all of them.
    fn within(&self, range: &Range<usize>) -> impl DoubleEndedIterator<Item = &Atom> {
        let first = self.list.partition_point(|atom| atom.plain.end <= range.start);
        let last = self.list.partition_point(|atom| atom.plain.start < range.end);
        self.list.get(first..last).unwrap_or_default().iter().filter(|atom| !atom.plain.is_empty())
    }

    /// Where the part `range` of what an atom shows stands; `None` if only a part of it does.
    fn raw_of(atom: &Atom, range: Range<usize>) -> Option<Range<usize>> {
        let (from, to) = (range.start.max(atom.plain.start), range.end.min(atom.plain.end));
        match atom.kind {
            Kind::Literal => {
                let place = |at: usize| atom.raw.start.saturating_add(at.saturating_sub(atom.plain.start));
                Some(place(from)..place(to))
            }
            Kind::Escape | Kind::Hidden | Kind::Stamp => {
                (from == atom.plain.start && to == atom.plain.end).then(|| atom.raw.clone())
            }
        }
    }

    /// The changes that put `with` in the place of a part of the plain text. Markup inside it stays.
    pub(in crate::codec) fn replace(&self, range: Range<usize>, with: String) -> Option<Vec<Change>> {
        if range.is_empty() {
            let at = self.insertion_point(range.start)?;
            return Some(vec![Change { at: at..at, with }]);
        }
        let mut changes: Vec<Change> = Vec::new();
        let mut with = Some(with);
        for atom in self.within(&range) {
            let at = Self::raw_of(atom, range.clone())?;
            match changes.last_mut() {
                Some(last) if last.at.end == at.start => last.at.end = at.end,
                _ => changes.push(Change { at, with: with.take().unwrap_or_default() }),
            }
        }
        (!changes.is_empty()).then_some(changes)
    }

    /// Where text is put in: after the character before it, or before the first of all.
    fn insertion_point(&self, at: usize) -> Option<usize> {
        if at == 0 {
            let first = self.visible().next().map(|atom| atom.raw.start);
            return Some(first.or_else(|| self.list.last().map(|atom| atom.raw.end)).unwrap_or(0));
        }
        let first = self.list.partition_point(|atom| atom.plain.end < at);
        let before = self.list.get(first..)?.iter().find(|atom| atom.plain.start < at && at <= atom.plain.end)?;
        Self::raw_of(before, before.plain.start..at).map(|raw| raw.end)
    }

    /// The bytes that go away where the plain text is cut in two, with `at` left out.
    pub(in crate::codec) fn cut(&self, at: Range<usize>) -> Option<Range<usize>> {
        if at.is_empty() {
            let at = self.insertion_point(at.start)?;
            return Some(at..at);
        }
        let mut inside = self.within(&at);
        let first = inside.next()?;
        let from = Self::raw_of(first, at.clone())?;
        let to = inside.next_back().map_or(Some(from.clone()), |last| Self::raw_of(last, at.clone()))?;
        Some(from.start..to.end)
    }
}

/// The text `raw[part]` with some changes, which lie in order.
pub(in crate::codec) fn changed(raw: &str, part: Range<usize>, changes: &[Change]) -> String {
    let mut out = String::with_capacity(part.len());
    let mut done = part.start;
    for Change { at, with } in
        changes.iter().filter(|change| part.start <= change.at.start && change.at.end <= part.end)
    {
        out.push_str(raw.get(done..at.start).unwrap_or_default());
        out.push_str(with);
        done = at.end;
    }
    out.push_str(raw.get(done..part.end).unwrap_or_default());
    out
}
