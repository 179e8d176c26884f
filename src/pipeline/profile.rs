//! A profile by name or from a file.

use crate::diag::Report;
use crate::error::Result;
use crate::host::{Input, read};
use crate::profile::{Profile, builtin, is_builtin, load_variant};
use crate::source::decode;
use std::path::Path;

/// The built-in profile of this name, or the one in this TOML file (anything that ends in `.toml` or names a folder).
/// A file may extend a built-in profile or another file beside it; `ours.toml#children` is its variant of that name.
///
/// # Errors
/// As reading the file, [`builtin`] and [`load_variant`] have them.
pub fn profile(name: &str) -> Result<Profile> {
    if !names_file(name) {
        return builtin(name);
    }
    let (file, variant) = match name.rsplit_once(".toml#") {
        Some((stem, variant)) => (format!("{stem}.toml"), Some(variant)),
        None => (name.to_owned(), None),
    };
    let path = Path::new(&file);
    let beside = |other: &str| {
        let file = if other.ends_with(".toml") { other.to_owned() } else { format!("{other}.toml") };
        text(&path.with_file_name(file)).ok()
    };
    // A built-in name always means the built-in profile.
    let resolve = |other: &str| if is_builtin(other) { None } else { beside(other) };
    load_variant(&text(path)?, &file, variant, &resolve)
}

/// It is the name of a file, or of a variant in one.
pub(super) fn names_file(name: &str) -> bool {
    name.ends_with(".toml") || name.contains(".toml#") || name.contains(['/', '\\'])
}

fn text(path: &Path) -> Result<String> {
    let Input { name, bytes } = read(path)?;
    Ok(decode(&name, bytes, None, &mut Report::default())?.text().to_owned())
}
