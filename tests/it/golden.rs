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

/// [`golden`] for a path relative to the crate.
pub(crate) fn check(path: &str, actual: &str) {
    golden(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), actual);
}

/// A fixture's text, for the whole run of the tests.
pub(crate) fn read(name: &str) -> &'static str {
    std::fs::read_to_string(fixture(name)).unwrap_or_else(|e| panic!("fixtures/{name}: {e}")).leak()
}

/// Holds a fixture against what `make` makes of its present text.
pub(crate) fn remake(name: &str, make: impl FnOnce(&str) -> String) {
    let path = fixture(name);
    golden(&path, &make(&std::fs::read_to_string(&path).unwrap_or_default()));
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}
