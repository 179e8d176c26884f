//! Codes: what a diagnostic is about, with its sentence in every language.

use super::{Severity, Value};
use std::fmt;

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 中文.
    Zh,
}

/// A row of the table of codes ([`super::codes::ALL`]).
#[derive(Debug)]
pub struct CodeRow {
    /// `family/…/name`: stable.
    pub id: &'static str,
    /// Unless the diagnostic says otherwise.
    pub severity: Severity,
    /// The sentence; `{name}` stands for an argument.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
}

/// A stable, language-independent code such as `parse/srt/bad-timing`.
#[derive(Clone, Copy)]
pub struct Code(&'static CodeRow);

impl Code {
    /// For the table in [`super::codes`].
    pub(super) const fn from_row(row: &'static CodeRow) -> Self {
        Self(row)
    }

    /// Its row.
    pub fn row(self) -> &'static CodeRow {
        self.0
    }

    /// `loss` of `loss/ruby`.
    pub fn family(self) -> &'static str {
        self.0.id.split('/').next().unwrap_or_default()
    }

    /// The sentence with its arguments filled in. A name without an argument stays as `{name}`.
    pub fn message(self, lang: Lang, args: &[(&'static str, Value)]) -> String {
        let template = match lang {
            Lang::En => self.0.en,
            Lang::Zh => self.0.zh,
        };
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match args.iter().find(|(key, _)| *key == name) {
                Some((_, Value::Either([en, zh]))) => out.push_str(if lang == Lang::En { en } else { zh }),
                Some((_, value)) => out.push_str(&value.to_string()),
                None => out.extend(["{", name, "}"]),
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Count(n) => write!(f, "{n}"),
            Value::Number(n) => write!(f, "{n:.1}"),
            Value::Time(time) => write!(f, "{time}"),
            Value::Delta(delta) => write!(f, "{delta}"),
            Value::Either([en, _]) => f.write_str(en),
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.id.cmp(other.0.id)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.id)
    }
}
