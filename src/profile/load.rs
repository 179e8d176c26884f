//! Profiles from TOML.

use super::builtin;
use super::given::Given;
use super::setting::{ROWS, Row};
use super::{Origin, Profile, STATUSES, Status};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
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
    load_variant(text, name, None, resolve)
}

/// Reads the `variant` of a profile: its table `[variants.NAME]` holds what differs, in the words of a profile. It builds
/// on the same variant of the base, if the base has one, then on what the file itself says. Otherwise as [`load`].
///
/// # Errors
/// Also [`ErrorKind::Usage`] if neither the file nor its bases have the variant.
///
/// ```
/// use zimu::profile;
/// let text = "max_line = 20\n[variants.children]\nmax_cps = 6\n";
/// let profile = profile::load_variant(text, "ours.toml", Some("children"), &|_| None).unwrap();
/// assert_eq!((profile.max_line.unwrap().value, profile.max_cps.unwrap().value), (20, 6.0));
/// ```
pub fn load_variant(
    text: &str,
    name: &str,
    variant: Option<&str>,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> Result<Profile> {
    let mut reader = Reader { resolve, chain: Vec::new(), found: false };
    let profile = reader.read(text, name, variant)?;
    match variant.filter(|_| !reader.found) {
        None => Ok(profile),
        Some(variant) => {
            let shown: String = variant.chars().take(60).collect();
            Err(Error::new(ErrorKind::Usage, format!("{name} has no variant `{shown}`"))
                .with_chinese(format!("{name} 没有名为 `{shown}` 的变体")))
        }
    }
}

/// Reads a file with what it builds on.
struct Reader<'r> {
    resolve: &'r dyn Fn(&str) -> Option<String>,
    /// The names of the files so far, each of which extends the next.
    chain: Vec<String>,
    /// Whether any of them has the variant.
    found: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &str, name: &str, variant: Option<&str>) -> Result<Profile> {
        let file = File { name, text };
        if text.len() > MAX_BYTES {
            let what = format!("{name} is larger than a profile may be ({MAX_BYTES} bytes)");
            return Err(Error::new(ErrorKind::Limit, what)
                .with_chinese(format!("{name} 超过规范文件的上限（{MAX_BYTES} 字节）")));
        }
        let table = DeTable::parse(text).map_err(|error| {
            let what = error.message();
            file.error(error.span().unwrap_or(0..0), what, &format!("不是有效的 TOML：{what}"))
        })?;
        let table = table.get_ref();
        self.chain.push(name.to_owned());
        let mut profile = match table.get("extends") {
            None => Profile::unlimited(name),
            Some(base) => self.base(base, variant, &file)?,
        };
        name.clone_into(&mut profile.id);
        name.clone_into(&mut profile.name);
        fill(&mut profile, table, &file)?;
        let own = variants(table, &file)?.into_iter().find(|(name, _)| Some(*name) == variant);
        if let Some((_, table)) = own {
            self.found = true;
            fill(&mut profile, table, &file)?;
        }
        check_order(&profile, file.name)?;
        Ok(profile)
    }

    /// What `file` extends: a file that the caller knows, or a built-in profile or one of its variants.
    fn base(&mut self, base: &Spanned<DeValue<'_>>, variant: Option<&str>, file: &File<'_>) -> Result<Profile> {
        let id = file.string("extends", base)?;
        check_chain(&self.chain, id).map_err(|(en, zh)| file.error(base.span(), &en, &zh))?;
        if let Some(text) = (self.resolve)(id) {
            return self.read(&text, id, variant);
        }
        match builtin::find(id) {
            Some((builtin, None)) => self.read(builtin.text, id, variant),
            Some((builtin, own)) => {
                let found = self.found;
                let profile = self.read(builtin.text, id, own);
                self.found = found;
                profile
            }
            None => {
                let error = Error::new(ErrorKind::Usage, format!("{}: no profile `{id}`", file.place(base.span())));
                Err(error
                    .with_remedy("`zimu profiles` lists the built-in ones")
                    .with_chinese(format!("{}：没有名为 `{id}` 的规范", file.place(base.span())))
                    .with_chinese_remedy("`zimu profiles` 列出内置规范"))
            }
        }
    }
}

/// The tables below `[variants]`, with their names.
fn variants<'t>(table: &'t DeTable<'t>, file: &File<'_>) -> Result<Vec<(&'t str, &'t DeTable<'t>)>> {
    let Some(all) = table.get("variants") else { return Ok(Vec::new()) };
    let not_tables = |span: Range<usize>| {
        let (en, zh) = ("variants are tables: [variants.children]", "variants 须为表，如 [variants.children]");
        file.error(span, en, zh)
    };
    let tables = all.get_ref().as_table().ok_or_else(|| not_tables(all.span()))?;
    let named = tables.iter().map(|(name, table)| {
        let inner = table.get_ref().as_table().ok_or_else(|| not_tables(table.span()))?;
        match inner.get_key_value("extends").or(inner.get_key_value("variants")) {
            Some((key, _)) => Err(unknown_key(key.get_ref(), key.span(), file)),
            None => Ok((name.get_ref().as_ref(), inner)),
        }
    });
    named.collect()
}

fn check_chain(chain: &[String], next: &str) -> Result<(), (String, String)> {
    if chain.iter().any(|name| name == next) {
        let circle = format!("{} → {next}", chain.join(" → "));
        return Err((format!("extends itself: {circle}"), format!("循环扩展：{circle}")));
    }
    if chain.len() < MAX_CHAIN {
        return Ok(());
    }
    let most = MAX_CHAIN;
    Err((format!("more than {most} profiles extend one another"), format!("逐层扩展的规范超过 {most} 个")))
}

fn fill(profile: &mut Profile, table: &DeTable<'_>, file: &File<'_>) -> Result<()> {
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "extends" | "variants" => {}
            "name" => file.string("name", value)?.clone_into(&mut profile.name),
            "lang" => {
                let tag = LangTag::parse(file.string("lang", value)?);
                profile.lang = Some(tag.ok_or_else(|| {
                    let (en, zh) = ("lang must be a language tag: zh-Hans", "lang 须为语言标签，如 zh-Hans");
                    file.error(value.span(), en, zh)
                })?);
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
    let keys: Vec<&str> =
        ["name", "lang", "extends", "variants"].into_iter().chain(ROWS.iter().map(|row| row.key)).collect();
    file.error(span, &format!("unknown key `{key}`"), &format!("未知的键 `{key}`"))
        .with_remedy(format!("known are {}", keys.join(", ")))
        .with_chinese_remedy(format!("可用的键：{}", keys.join("、")))
}

fn set(profile: &mut Profile, row: &Row, value: &Spanned<DeValue<'_>>, file: &File<'_>) -> Result<()> {
    let at = value.span();
    let given = match value.get_ref() {
        DeValue::Table(table) => given(row.key, table, at.clone(), file)?,
        bare => {
            let source = format!("set in {}", file.name);
            let origin = Origin { status: Status::House, source, clause: None, date: String::new() };
            Given { value: bare, unit: bare_unit(row.key, bare), or_ms: None, whole_frames: None, origin }
        }
    };
    let key = row.key;
    (row.set)(profile, given)
        .map_err(|what| file.error(at, &format!("{key} {what}"), &format!("{key} 的值不合要求（{what}）")))
}

/// A bare duration reads as seconds: `max_duration = 6`. Other lengths are written out: `min_gap = "2 frames"`.
pub(super) fn bare_unit(key: &str, value: &DeValue<'_>) -> Option<&'static str> {
    (key.ends_with("duration") && !value.is_str()).then_some("s")
}

/// The table form of a setting.
fn given<'a>(key: &str, table: &'a DeTable<'a>, at: Range<usize>, file: &File<'_>) -> Result<Given<'a>> {
    const KEYS: &[&str] = &["value", "unit", "or_ms", "whole_frames", "source", "clause", "date", "status"];
    if let Some((unknown, _)) = table.iter().find(|(name, _)| !KEYS.contains(&name.get_ref().as_ref())) {
        let (span, unknown) = (unknown.span(), unknown.get_ref());
        let (en, zh) = (format!("unknown key `{unknown}` in {key}"), format!("{key} 中有未知的键 `{unknown}`"));
        return Err(file
            .error(span, &en, &zh)
            .with_remedy(format!("known are {}", KEYS.join(", ")))
            .with_chinese_remedy(format!("可用的键：{}", KEYS.join("、"))));
    }
    let optional = |name: &str| table.get(name).map(|value| file.string(name, value)).transpose();
    let needed = |name: &str| {
        let missing = || {
            let en = format!("{key} needs `{name}`, so that a reader knows what it rests on");
            file.error(at.clone(), &en, &format!("{key} 缺少 `{name}`：读者须知道数值的依据"))
        };
        optional(name)?.filter(|text| !text.trim().is_empty()).ok_or_else(missing)
    };
    let (status, date) = (needed("status")?, needed("date")?);
    let known = STATUSES.iter().find(|(_, name, _)| *name == status);
    let bad_status = || {
        let en = format!("{key}: status must be sourced, unverified or house");
        file.error(at.clone(), &en, &format!("{key}：status 须为 sourced、unverified 或 house"))
    };
    let (status, ..) = known.ok_or_else(bad_status)?;
    if !is_date(date) {
        let zh = format!("{key}：date 须为 YYYY-MM 或 YYYY-MM-DD");
        return Err(file.error(at, &format!("{key}: date must be YYYY-MM or YYYY-MM-DD"), &zh));
    }
    let origin = Origin {
        status: *status,
        source: needed("source")?.to_owned(),
        clause: optional("clause")?.map(str::to_owned),
        date: date.to_owned(),
    };
    let no_value = || file.error(at.clone(), &format!("{key} needs `value`"), &format!("{key} 缺少 `value`"));
    let value = table.get("value").ok_or_else(no_value)?.get_ref();
    let (unit, whole_frames) = (optional("unit")?, optional("whole_frames")?);
    Ok(Given { value, unit, or_ms: table.get("or_ms").map(Spanned::get_ref), whole_frames, origin })
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
pub(super) fn check_order(profile: &Profile, name: &str) -> Result<()> {
    let pairs = [
        ("min_duration", &profile.min_duration, "max_duration", &profile.max_duration),
        ("min_gap", &profile.min_gap, "chain_below", &profile.chain_below),
    ];
    for (low_key, low, high_key, high) in pairs {
        if let (Some(low), Some(high)) = (low, high)
            && low.value.at(None) > high.value.at(None)
        {
            return Err(Error::new(ErrorKind::Usage, format!("{name}: {low_key} is above {high_key}"))
                .with_chinese(format!("{name}：{low_key} 大于 {high_key}")));
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

    fn error(&self, span: Range<usize>, what: &str, chinese: &str) -> Error {
        let place = self.place(span);
        let one_line = |text: &str| text.trim().replace('\n', "; ");
        Error::new(ErrorKind::Usage, format!("{place}: {}", one_line(what)))
            .with_chinese(format!("{place}：{}", one_line(chinese)))
    }

    fn string<'v>(&self, key: &str, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str> {
        let not_text =
            || self.error(value.span(), &format!("{key} must be text in quotes"), &format!("{key} 须为加引号的文本"));
        value.get_ref().as_str().ok_or_else(not_text)
    }
}
