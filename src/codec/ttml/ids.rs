//! Ids: each stands once in a document.

use crate::model::Cue;
use std::collections::{HashMap, HashSet};

/// The ids of a document, each of which stands once (XML id).
pub(super) struct Ids<'a> {
    /// Those of cues, and the cue that has each first.
    pub(super) cues: HashMap<&'a str, usize>,
    /// Others.
    pub(super) made: HashSet<String>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(cues: &'a [Cue]) -> Self {
        let mut first = HashMap::new();
        for (index, id) in cues.iter().enumerate().filter_map(|(index, cue)| Some((index, cue.id.as_deref()?))) {
            first.entry(id).or_insert(index);
        }
        Self { cues: first, made: HashSet::new() }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.cues.contains_key(id) || self.made.contains(id)
    }

    /// Takes an id that nothing has yet.
    pub(super) fn take(&mut self, id: &str) -> bool {
        !self.has(id) && self.made.insert(id.to_owned())
    }
}

/// Values with ids of their own, in the order that they came.
pub(super) struct Numbered {
    prefix: &'static str,
    pub(super) rows: Vec<(String, String)>,
    ids: HashMap<String, usize>,
    next: u32,
}

impl Numbered {
    pub(super) fn new(prefix: &'static str) -> Self {
        Self { prefix, rows: Vec::new(), ids: HashMap::new(), next: 0 }
    }

    /// The id of a value.
    pub(super) fn id(&mut self, value: &str, taken: &Ids<'_>) -> String {
        if let Some((id, _)) = self.ids.get(value).and_then(|at| self.rows.get(*at)) {
            return id.clone();
        }
        let id = loop {
            self.next = self.next.saturating_add(1);
            let id = format!("{}{}", self.prefix, self.next);
            if !taken.has(&id) {
                break id;
            }
        };
        self.ids.insert(value.to_owned(), self.rows.len());
        self.rows.push((id.clone(), value.to_owned()));
        id
    }
}
