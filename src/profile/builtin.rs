//! The profiles that come with zimu.

use super::{Profile, load};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;

macro_rules! profiles {
    ($($id:literal)*) => { &[$(($id, include_str!(concat!("profiles/", $id, ".toml")))),*] };
}

/// Every built-in profile: its id and its TOML. The `default-…` ones hold our own choices, no platform's rules.
pub static BUILTIN: &[(&str, &str)] = profiles! {
    "netflix-zh-hans" "netflix-en" "bbc" "youtube" "bilibili" "mooc-zh" "default-zh" "default-en" "default-any"
};

/// The name that stands for [`default_for`] the language.
pub const DEFAULT: &str = "default";

/// The built-in profile `id`.
///
/// # Errors
/// [`ErrorKind::Usage`] with the nearest names if there is none.
pub fn builtin(id: &str) -> Result<Profile> {
    match text(id) {
        Some(text) => load(text, id, &|_| None),
        None => Err(unknown(id)),
    }
}

/// The built-in profile `id`, where `default` means the default of a language.
///
/// # Errors
/// As [`builtin`].
pub fn choose(id: &str, lang: Option<&LangTag>) -> Result<Profile> {
    if id == DEFAULT { default_for(lang) } else { builtin(id) }
}

/// The profile for captions that go to no particular place: `default-zh` for Chinese, `default-en` for English,
/// `default-any`, which counts in columns, for everything else.
///
/// # Errors
/// None for the profiles as they are; the type is [`load`]'s.
///
/// ```
/// use zimu::{lang::LangTag, profile};
/// let profile = profile::default_for(LangTag::parse("zh-Hant").as_ref()).unwrap();
/// assert_eq!(profile.id, "default-zh");
/// ```
pub fn default_for(lang: Option<&LangTag>) -> Result<Profile> {
    builtin(match lang {
        Some(lang) if lang.is_chinese() => "default-zh",
        Some(lang) if lang.primary() == "en" => "default-en",
        _ => "default-any",
    })
}

/// The TOML of the built-in profile `id`.
pub(super) fn text(id: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

fn unknown(id: &str) -> Error {
    let shown: String = id.chars().take(60).collect();
    let error =
        Error::new(ErrorKind::Usage, format!("unknown profile `{shown}`")).with_chinese(format!("未知的规范“{shown}”"));
    let near = nearest(&shown);
    if near.is_empty() {
        return error
            .with_remedy("`zimu profiles` lists them; a file of your own ends in .toml")
            .with_chinese_remedy("`zimu profiles` 列出全部规范；自己的文件以 .toml 结尾");
    }
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    error
        .with_remedy(format!("did you mean {}? `zimu profiles` lists all", near.join(" or ")))
        .with_chinese_remedy(format!("是否要用 {}？`zimu profiles` 列出全部规范", near.join("、")))
}

/// Up to three names that hold `id`, are held by it, or are a few typing slips away; the nearest first.
fn nearest(id: &str) -> Vec<&'static str> {
    let id = id.to_lowercase().replace('_', "-");
    let names = BUILTIN.iter().map(|(name, _)| *name).chain([DEFAULT]);
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let slips = slips(&id, name);
            let related = id.len() >= 2 && (name.contains(&id) || id.contains(name));
            (related || slips.saturating_mul(3) <= name.len()).then_some((slips, name))
        })
        .collect();
    near.sort_by_key(|(slips, _)| *slips);
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Levenshtein's distance.
fn slips(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i.saturating_add(1);
        let mut diagonal = std::mem::replace(row.first_mut().unwrap_or(&mut 0), left);
        for (y, cell) in b.chars().zip(row.iter_mut().skip(1)) {
            let change = diagonal.saturating_add(usize::from(x != y));
            diagonal = *cell;
            left = change.min(left.saturating_add(1)).min(cell.saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_count_insertions_deletions_and_changes() {
        for (a, b, expected) in [("bbc", "bbc", 0), ("bcc", "bbc", 1), ("", "bbc", 3), ("kitten", "sitting", 3)] {
            assert_eq!(slips(a, b), expected, "{a} {b}");
            assert_eq!(slips(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn an_unknown_name_brings_the_nearest() {
        assert_eq!(nearest("netflix"), ["netflix-en", "netflix-zh-hans"]);
        assert_eq!(nearest("yuotube"), ["youtube"]);
        assert_eq!(nearest("netflix_zh_hans"), ["netflix-zh-hans"]);
        assert_eq!(nearest("zzzzzz"), [""; 0]);
    }
}
