//! Golden files: `BLESS=1` rewrites them.

use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A fixture's text, for the whole run of the tests.
pub(crate) fn read(name: &str) -> &'static str {
    std::fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("fixtures/{name}: {e}")).leak()
}

/// Fails unless the fixture is what `make` makes of it.
pub(crate) fn check(name: &str, make: impl FnOnce(&str) -> String) {
    let bless = std::env::var_os("BLESS").is_some();
    let old = std::fs::read_to_string(path(name)).unwrap_or_default();
    let new = make(&old);
    if bless && old != new {
        std::fs::write(path(name), new).unwrap();
        return;
    }
    let differs = old.lines().zip(new.lines()).find(|(a, b)| a != b);
    assert!(old == new, "fixtures/{name} differs (BLESS=1 rewrites it): {differs:#?}");
}
