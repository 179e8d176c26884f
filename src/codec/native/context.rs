//! Where reading stands, so that each thing noticed can say it.

use super::field::{Named, Names, Unknown};
use crate::diag::{Code, Diagnostic, Location, Report, codes};
use crate::source::Source;
use std::fmt::Write as _;

/// The place in the file, and where diagnostics go.
pub(super) struct Cx<'r> {
    source: &'r Source,
    report: &'r mut Report,
    path: Vec<(&'static str, usize)>,
    /// The cue that is being read, if one is.
    pub(super) at: Location,
}

impl<'r> Cx<'r> {
    pub(super) fn new(source: &'r Source, report: &'r mut Report) -> Self {
        Self { source, report, path: Vec::new(), at: Location::FILE }
    }

    /// Reads item `index` of `list`.
    pub(super) fn within<T>(&mut self, list: &'static str, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push((list, index));
        let value = read(self);
        self.path.pop();
        value
    }

    /// Says something about `field` of the current object, with arguments beside `path`.
    pub(super) fn say(&mut self, code: Code, field: &str, args: &[(&'static str, &str)]) {
        let diagnostic = Diagnostic::new(code, self.at).with("path", self.path_of(field));
        let diagnostic = args.iter().fold(diagnostic, |d, (name, value)| d.with(name, excerpt(value)));
        self.report.push(diagnostic);
    }

    /// Says something at `part` of the source, where that is borrowed from it.
    pub(super) fn say_at(&mut self, part: &str, code: Code, field: &str, args: &[(&'static str, &str)]) {
        let before = self.at;
        self.at.span = self.source.span_of(part).or(before.span);
        self.say(code, field, args);
        self.at = before;
    }

    /// Reports fields that are not known.
    pub(super) fn unknown(&mut self, unknown: &Unknown<'_>) {
        for key in &unknown.0 {
            self.say_at(key.as_str(), codes::parse::JSON_UNKNOWN_FIELD, &excerpt(key.as_str()), &[]);
        }
    }

    /// The value of a named field; an unknown name is reported.
    pub(super) fn named<T: Names>(&mut self, field: &str, value: Option<Named<'_, T>>) -> Option<T> {
        match value? {
            Named::Known(value) => Some(value),
            Named::Unknown(name) => {
                let known: Vec<_> = T::names().iter().map(|(_, name)| *name).collect();
                let args = [("value", name.as_str()), ("known", &known.join(", "))];
                self.say_at(name.as_str(), codes::parse::JSON_UNKNOWN_VALUE, field, &args);
                None
            }
        }
    }

    /// The source being read.
    pub(super) fn source(&self) -> &'r Source {
        self.source
    }

    fn path_of(&self, field: &str) -> String {
        let mut path = String::new();
        for (list, index) in &self.path {
            // Writing to a String cannot fail.
            let _ = write!(path, "{list}[{index}].");
        }
        path.push_str(field);
        if field.is_empty() {
            path.pop();
        }
        path
    }
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 200;
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
