//! Golden files: what the code makes must be what the file holds; `BLESS=1` rewrites the file.

use std::path::Path;

/// Compares `actual` with the file at `path`, which is relative to the crate.
pub(crate) fn check(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == actual, "{path} differs (BLESS=1 rewrites it); now:\n{actual}");
}
