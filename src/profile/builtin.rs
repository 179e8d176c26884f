//! The profiles that come with zimu.

use super::{Profile, load_variant};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;

/// A profile that comes with zimu.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its variants: `netflix-ja` with `children` is `netflix-ja-children`.
    pub variants: &'static [&'static str],
    /// Its TOML.
    pub text: &'static str,
}

macro_rules! profiles {
    ($($id:literal $($variant:literal)*;)*) => {
        &[$(Builtin {
            id: $id,
            variants: &[$($variant),*],
            text: include_str!(concat!("profiles/", $id, ".toml")),
        }),*]
    };
}

/// Every built-in profile. The `default-…` ones hold our own choices, no platform's rules.
pub static BUILTIN: &[Builtin] = profiles! {
    "netflix" "children" "sdh" "sdh-children";
    "netflix-zh-hans" "children" "sdh" "sdh-children";
    "netflix-zh-hant" "children" "sdh" "sdh-children";
    "netflix-en" "children" "sdh" "sdh-children";
    "netflix-ja" "children" "sdh" "sdh-children";
    "netflix-ko" "children" "sdh" "sdh-children";
    "netflix-fr" "children" "sdh" "sdh-children";
    "netflix-de" "children" "sdh" "sdh-children";
    "netflix-es" "children" "sdh" "sdh-children";
    "netflix-pt-br" "children" "sdh" "sdh-children";
    "netflix-ar" "children" "sdh" "sdh-children";
    "netflix-hi" "children" "sdh" "sdh-children";
    "netflix-ru" "children" "sdh" "sdh-children";
    "amazon";
    "amazon-ar";
    "bbc" "vertical";
    "ard" "children";
    "dcmp" "children" "educational" "special-interest";
    "ted";
    "gyt-359";
    "fansub-zh";
    "mooc-zh";
    "youtube" "basic";
    "tiktok";
    "bilibili";
    "vimeo";
    "apple-podcasts";
    "default-zh";
    "default-en";
    "default-any";
};

/// The id of every built-in profile and of every variant.
pub fn ids() -> impl Iterator<Item = String> {
    BUILTIN.iter().flat_map(|builtin| {
        let variants = builtin.variants.iter().map(|variant| format!("{}-{variant}", builtin.id));
        std::iter::once(builtin.id.to_owned()).chain(variants)
    })
}

/// The name that stands for [`default_for`] the language.
pub const DEFAULT: &str = "default";

/// The built-in profile `id`.
///
/// # Errors
/// [`ErrorKind::Usage`] with the nearest names if there is none.
pub fn builtin(id: &str) -> Result<Profile> {
    match find(id) {
        Some((builtin, variant)) => load_variant(builtin.text, id, variant, &|_| None),
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
/// None for the profiles as they are; the type is [`builtin`]'s.
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

/// The built-in profile and the variant of it that `id` names. Nothing is read for that.
pub(super) fn find(id: &str) -> Option<(&'static Builtin, Option<&'static str>)> {
    BUILTIN.iter().find_map(|builtin| {
        let rest = id.strip_prefix(builtin.id)?;
        if rest.is_empty() {
            return Some((builtin, None));
        }
        let rest = rest.strip_prefix('-')?;
        let variant = builtin.variants.iter().find(|variant| **variant == rest)?;
        Some((builtin, Some(*variant)))
    })
}

/// Whether a built-in profile, or a variant of one, has this name.
pub fn is_builtin(id: &str) -> bool {
    find(id).is_some()
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

/// Up to three names that hold `id`, are held by it, or are a few typing slips away; those that start with it first,
/// then the nearest.
fn nearest(id: &str) -> Vec<String> {
    let id = id.to_lowercase().replace('_', "-");
    let names = ids().chain([DEFAULT.to_owned()]);
    let mut near: Vec<(bool, usize, String)> = names
        .filter_map(|name| {
            let slips = slips(&id, &name);
            let related = id.len() >= 2 && (name.contains(&id) || id.contains(&name));
            let starts = id.len() >= 2 && name.starts_with(&id);
            (related || slips.saturating_mul(3) <= name.len()).then_some((!starts, slips, name))
        })
        .collect();
    near.sort();
    // Where some start with it, those are meant.
    let starts = near.first().is_some_and(|(other, ..)| !other);
    near.into_iter().filter(|(other, ..)| !(starts && *other)).take(3).map(|(.., name)| name).collect()
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
        assert_eq!(nearest("netflix-zh"), ["netflix-zh-hans", "netflix-zh-hant", "netflix-zh-hans-sdh"]);
        assert_eq!(nearest("yuotube"), ["youtube"]);
        assert_eq!(nearest("netflix_zh_hans")[0], "netflix-zh-hans");
        assert_eq!(nearest("netflix-ja-child"), ["netflix-ja-children"]);
        assert_eq!(nearest("zzzzzz"), [""; 0]);
    }
}
