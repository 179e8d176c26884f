//! Files that tests compare with, and `BLESS=1` rewrites.

use std::path::Path;

/// Holds `actual` against the file.
pub(crate) fn golden(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        return std::fs::write(path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(path)
        .unwrap_or_else(|e| panic!("{}: {e}; `BLESS=1 cargo test` writes it", path.display()));
    if expected != actual {
        let line = expected.lines().zip(actual.lines()).take_while(|(a, b)| a == b).count() + 1;
        panic!("{} differs from line {line} on; `BLESS=1 cargo test` rewrites it\n----\n{actual}", path.display());
    }
}
