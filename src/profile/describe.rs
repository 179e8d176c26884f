//! A profile for people: every number with where it comes from.

use super::setting::ROWS;
use super::{Profile, STATUSES, Status};
use crate::diag::Lang;
use std::fmt::Write;

/// What `zimu profiles NAME` shows: each setting, its value, how far to trust it, its source, clause and date.
///
/// ```
/// use zimu::{diag::Lang, profile};
/// let text = profile::describe(&profile::builtin("netflix-zh-hans").unwrap(), Lang::En);
/// assert!(text.contains("longest line: 16 characters\n    sourced 2026-08-22: "));
/// ```
pub fn describe(profile: &Profile, lang: Lang) -> String {
    let tag = profile.lang.as_ref().map_or(String::new(), |tag| format!(" [{tag}]"));
    let mut out = format!("{}: {}{tag}\n", profile.id, profile.name);
    for row in ROWS {
        let title = match lang {
            Lang::En => row.en,
            Lang::Zh => row.zh,
        };
        // Writing to a String cannot fail.
        let _ = match ((row.show)(profile, lang), lang) {
            (Some((value, origin)), _) => {
                let clause = origin.clause.as_ref().map_or(String::new(), |clause| format!(" [{clause}]"));
                let date = if origin.date.is_empty() { String::new() } else { format!(" {}", origin.date) };
                let status = status_name(origin.status, lang);
                writeln!(out, "  {title}: {value}\n    {status}{date}: {}{clause}", origin.source)
            }
            (None, Lang::En) => writeln!(out, "  {title}: no limit"),
            (None, Lang::Zh) => writeln!(out, "  {title}: 无限制"),
        };
    }
    out
}

fn status_name(status: Status, lang: Lang) -> &'static str {
    STATUSES.iter().find(|(known, ..)| *known == status).map_or("", |(_, en, zh)| match lang {
        Lang::En => en,
        Lang::Zh => zh,
    })
}
