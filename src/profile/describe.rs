//! A profile for people: every number with where it comes from.

use super::setting::ROWS;
use super::{Origin, Profile, STATUSES, Status};
use crate::diag::Lang;
use std::fmt::Write;

/// One setting of a profile for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described<'p> {
    /// Its key in profiles.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Its value and where it comes from; `None` if the profile states nothing.
    pub value: Option<(String, &'p Origin)>,
}

impl Profile {
    /// Every setting there is, with what this profile says of it.
    ///
    /// ```
    /// use zimu::{diag::Lang, profile};
    /// let profile = profile::builtin("netflix-zh-hans").unwrap();
    /// let line = profile.described(Lang::En).find(|setting| setting.key == "max_line").unwrap();
    /// assert_eq!((line.title, line.value.unwrap().0.as_str()), ("longest line", "16 characters"));
    /// ```
    pub fn described(&self, lang: Lang) -> impl Iterator<Item = Described<'_>> {
        ROWS.iter().map(move |row| {
            let title = match lang {
                Lang::En => row.en,
                Lang::Zh => row.zh,
            };
            Described { key: row.key, title, value: (row.show)(self, lang) }
        })
    }
}

/// What `zimu profiles NAME` shows: each setting, its value, how far to trust it, its source, clause and date; at the
/// end what the profile says nothing about.
///
/// ```
/// use zimu::{diag::Lang, profile};
/// let text = profile::describe(&profile::builtin("netflix-zh-hans").unwrap(), Lang::En);
/// assert!(text.contains("longest line: 16 characters\n    sourced 2026-08-22: "));
/// ```
pub fn describe(profile: &Profile, lang: Lang) -> String {
    let tag = profile.lang.as_ref().map_or(String::new(), |tag| format!(" [{tag}]"));
    let mut out = format!("{}: {}{tag}\n", profile.id, profile.name);
    let mut silent: Vec<&str> = Vec::new();
    for Described { title, value, .. } in profile.described(lang) {
        match value {
            // Writing to a String cannot fail.
            Some((value, origin)) => drop(writeln!(out, "  {title}: {value}\n    {}", origin.text(lang))),
            None => silent.push(title),
        }
    }
    if !silent.is_empty() {
        let _ = match lang {
            Lang::En => writeln!(out, "  says nothing about: {}", silent.join("; ")),
            Lang::Zh => writeln!(out, "  未作规定：{}", silent.join("；")),
        };
    }
    out
}

impl Origin {
    /// `sourced 2026-08-22: guideline [clause]`.
    pub fn text(&self, lang: Lang) -> String {
        let clause = self.clause.as_ref().map_or(String::new(), |clause| format!(" [{clause}]"));
        let date = if self.date.is_empty() { String::new() } else { format!(" {}", self.date) };
        format!("{}{date}: {}{clause}", self.status.name(lang), self.source)
    }
}

impl Status {
    /// Its name for people.
    pub fn name(self, lang: Lang) -> &'static str {
        STATUSES.iter().find(|(known, ..)| *known == self).map_or("", |(_, en, zh)| match lang {
            Lang::En => en,
            Lang::Zh => zh,
        })
    }
}
