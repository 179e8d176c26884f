//! Profiles from TOML.

use super::builtin;
use super::setting::{Given, ROWS, Row};
use super::{Origin, Profile, Punctuation, STATUSES, Setting, Spacing, Status};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::measure::Ruler;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many profiles may build on one another: more is a mistake.
const MAX_CHAIN: usize = 16;
/// The largest profile, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Reads a profile from the `text` of a file called `name`. The base that it `extends` is asked of `resolve` (a name to
/// the TOML text) and then looked for among the built-in ones; the caller decides whether files are a place to look.
///
/// A setting is a table `{ value, unit, source, clause, date, status }`, or a bare value, which then counts as a house
/// value of this file. `value = "none"` lifts a limit that the base has.
///
/// # Errors
/// [`ErrorKind::Usage`] with file and line: not TOML, an unknown key, a number out of range, an unknown base, a circle.
///
/// ```
/// use zimu::profile;
/// let text = "extends = \"netflix-zh-hans\"\nmax_line = 14\n";
/// let profile = profile::load(text, "ours.toml", &|_| None).unwrap();
/// assert_eq!(profile.max_line.unwrap().value, 14);
/// assert_eq!(profile.max_lines.unwrap().value, 2);
/// ```
pub fn load(text: &str, name: &str, resolve: &dyn Fn(&str) -> Option<String>) -> Result<Profile> {
    load_in(text, name, resolve, &mut Vec::new())
}

fn load_in(
    text: &str,
    name: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
    chain: &mut Vec<String>,
) -> Result<Profile> {
    let file = File { name, text };
    if text.len() > MAX_BYTES {
        return Err(Error::new(
            ErrorKind::Limit,
            format!("{name} is larger than a profile may be ({MAX_BYTES} bytes)"),
        ));
    }
    let table = DeTable::parse(text).map_err(|error| file.error(error.span().unwrap_or(0..0), error.message()))?;
    let table = table.get_ref();
    chain.push(name.to_owned());
    let mut profile = match table.get("extends") {
        None => bare(),
        Some(base) => {
            let id = file.string("extends", base)?;
            check_chain(chain, id).map_err(|what| file.error(base.span(), &what))?;
            match resolve(id).or_else(|| builtin::text(id).map(str::to_owned)) {
                Some(text) => load_in(&text, id, resolve, chain)?,
                None => {
                    let error = Error::new(ErrorKind::Usage, format!("{}: no profile `{id}`", file.place(base.span())));
                    return Err(error.with_remedy("`zimu profiles` lists the built-in ones"));
                }
            }
        }
    };
    name.clone_into(&mut profile.id);
    name.clone_into(&mut profile.name);
    fill(&mut profile, table, &file)?;
    check_order(&profile, &file)?;
    Ok(profile)
}

/// What holds where neither a file nor its bases say anything: no limits, everything counts one.
fn bare() -> Profile {
    fn assumed<T: Default>() -> Setting<T> {
        let source = "neither the profile nor its base says".to_owned();
        let origin = Origin { status: Status::House, source, clause: None, date: String::new() };
        Setting { value: T::default(), origin }
    }
    Profile {
        id: String::new(),
        name: String::new(),
        lang: None,
        line_ruler: assumed::<Ruler>(),
        speed_ruler: assumed::<Ruler>(),
        max_line: None,
        max_lines: None,
        max_cps: None,
        min_duration: None,
        max_duration: None,
        min_gap: None,
        chain_below: None,
        max_linger: None,
        punctuation: assumed::<Punctuation>(),
        spacing: assumed::<Spacing>(),
    }
}

fn check_chain(chain: &[String], next: &str) -> Result<(), String> {
    if chain.iter().any(|name| name == next) {
        return Err(format!("extends itself: {} → {next}", chain.join(" → ")));
    }
    if chain.len() >= MAX_CHAIN { Err(format!("more than {MAX_CHAIN} profiles extend one another")) } else { Ok(()) }
}

fn fill(profile: &mut Profile, table: &DeTable<'_>, file: &File<'_>) -> Result<()> {
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "extends" => {}
            "name" => file.string("name", value)?.clone_into(&mut profile.name),
            "lang" => {
                let tag = LangTag::parse(file.string("lang", value)?);
                profile.lang =
                    Some(tag.ok_or_else(|| file.error(value.span(), "lang must be a language tag: zh-Hans"))?);
            }
            other => match ROWS.iter().find(|row| row.key == other) {
                Some(row) => set(profile, row, value, file)?,
                None => return Err(unknown_key(other, key.span(), file)),
            },
        }
    }
    Ok(())
}

fn unknown_key(key: &str, span: Range<usize>, file: &File<'_>) -> Error {
    let keys: Vec<&str> = ["name", "lang", "extends"].into_iter().chain(ROWS.iter().map(|row| row.key)).collect();
    file.error(span, &format!("unknown key `{key}`")).with_remedy(format!("known are {}", keys.join(", ")))
}

fn set(profile: &mut Profile, row: &Row, value: &Spanned<DeValue<'_>>, file: &File<'_>) -> Result<()> {
    let at = value.span();
    let given = match value.get_ref() {
        DeValue::Table(table) => given(row.key, table, at.clone(), file)?,
        bare => {
            let source = format!("set in {}", file.name);
            let origin = Origin { status: Status::House, source, clause: None, date: String::new() };
            // A bare length reads as seconds: `max_duration = 6`.
            let unit = row.key.ends_with("duration").then_some("s");
            Given { value: bare, unit, or_ms: None, origin }
        }
    };
    (row.set)(profile, given).map_err(|what| file.error(at, &format!("{} {what}", row.key)))
}

/// The table form of a setting.
fn given<'a>(key: &str, table: &'a DeTable<'a>, at: Range<usize>, file: &File<'_>) -> Result<Given<'a>> {
    const KEYS: &[&str] = &["value", "unit", "or_ms", "source", "clause", "date", "status"];
    if let Some((unknown, _)) = table.iter().find(|(name, _)| !KEYS.contains(&name.get_ref().as_ref())) {
        let error = file.error(unknown.span(), &format!("unknown key `{}` in {key}", unknown.get_ref()));
        return Err(error.with_remedy(format!("known are {}", KEYS.join(", "))));
    }
    let optional = |name: &str| table.get(name).map(|value| file.string(name, value)).transpose();
    let needed = |name: &str| {
        let missing =
            || file.error(at.clone(), &format!("{key} needs `{name}`, so that a reader knows what it rests on"));
        optional(name)?.filter(|text| !text.trim().is_empty()).ok_or_else(missing)
    };
    let (status, date) = (needed("status")?, needed("date")?);
    let known = STATUSES.iter().find(|(_, name, _)| *name == status);
    let bad_status = || file.error(at.clone(), &format!("{key}: status must be sourced, unverified or house"));
    let (status, ..) = known.ok_or_else(bad_status)?;
    if !is_date(date) {
        return Err(file.error(at, &format!("{key}: date must be YYYY-MM or YYYY-MM-DD")));
    }
    let origin = Origin {
        status: *status,
        source: needed("source")?.to_owned(),
        clause: optional("clause")?.map(str::to_owned),
        date: date.to_owned(),
    };
    let value = table.get("value").ok_or_else(|| file.error(at.clone(), &format!("{key} needs `value`")))?.get_ref();
    Ok(Given { value, unit: optional("unit")?, or_ms: table.get("or_ms").map(Spanned::get_ref), origin })
}

/// `YYYY-MM` or `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u32>().unwrap_or(0)));
    matches!(parts.next(), Some((4, 1900..)))
        && matches!(parts.next(), Some((2, 1..=12)))
        && matches!(parts.next(), None | Some((2, 1..=31)))
        && parts.next().is_none()
}

/// Limits that exclude each other can never be met. Judged without a frame rate.
fn check_order(profile: &Profile, file: &File<'_>) -> Result<()> {
    let pairs = [
        ("min_duration", &profile.min_duration, "max_duration", &profile.max_duration),
        ("min_gap", &profile.min_gap, "chain_below", &profile.chain_below),
    ];
    for (low_key, low, high_key, high) in pairs {
        if let (Some(low), Some(high)) = (low, high)
            && low.value.at(None) > high.value.at(None)
        {
            return Err(Error::new(ErrorKind::Usage, format!("{}: {low_key} is above {high_key}", file.name)));
        }
    }
    Ok(())
}

/// The file being read, for messages.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

impl File<'_> {
    /// `ours.toml:3`.
    fn place(&self, span: Range<usize>) -> String {
        let before = self.text.as_bytes().iter().take(span.start);
        let line = before.filter(|byte| **byte == b'\n').count().saturating_add(1);
        format!("{}:{line}", self.name)
    }

    fn error(&self, span: Range<usize>, what: &str) -> Error {
        Error::new(ErrorKind::Usage, format!("{}: {}", self.place(span), what.trim().replace('\n', "; ")))
    }

    fn string<'v>(&self, key: &str, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str> {
        let not_text = || self.error(value.span(), &format!("{key} must be text in quotes"));
        value.get_ref().as_str().ok_or_else(not_text)
    }
}
