//! What the compiler does not hold: the layers, the size of files, what may not stand in them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zimu::codec::FORMATS;

const LAYER_0: &[&str] = &["time", "error", "lang", "source"];
const LAYER_1: &[&str] = &["diag", "model", "parse"];
const LAYER_2: &[&str] = &["measure", "words", "profile"];

/// Which modules a module may use: whole layers, and single modules. Siblings do not see each other unless named here.
/// What is not in the table must not exist.
const MAY_USE: &[(&str, &[&[&str]])] = &[
    ("time", &[]),
    ("error", &[]),
    ("lang", &[]),
    // Decoding reports what it could not decode; which legacy encoding it is shows in the scripts.
    ("source", &[&["error", "lang", "diag"]]),
    ("diag", &[LAYER_0]),
    ("model", &[LAYER_0]),
    ("parse", &[LAYER_0, LAYER_1]),
    ("measure", &[LAYER_0, LAYER_1]),
    // Names and phrases are measured in columns.
    ("words", &[LAYER_0, LAYER_1, &["measure"]]),
    // A profile names its ruler.
    ("profile", &[LAYER_0, LAYER_1, &["measure"]]),
    ("codec", &[LAYER_0, LAYER_1]),
    ("edit", &[LAYER_0, LAYER_1, LAYER_2]),
    ("diff", &[LAYER_0, LAYER_1, LAYER_2]),
    ("transcript", &[LAYER_0, LAYER_1, LAYER_2]),
    ("lexicon", &[LAYER_0, LAYER_1, LAYER_2]),
    ("align", &[LAYER_0, LAYER_1]),
    ("segment", &[LAYER_0, LAYER_1, LAYER_2]),
    ("check", &[LAYER_0, LAYER_1, LAYER_2]),
    ("audio", &[LAYER_0, LAYER_1]),
    ("host", &[LAYER_0, LAYER_1]),
    (
        "pipeline",
        &[
            LAYER_0,
            LAYER_1,
            LAYER_2,
            &["codec", "edit", "diff", "transcript", "lexicon", "align", "segment", "check", "audio", "host"],
        ],
    ),
    // The command line sees the library from outside: `zimu::`, never `crate::`.
    ("cli", &[]),
    ("lib", &[]),
    ("main", &[&["cli"]]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below `folder`, with their paths relative to the crate, and their text.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files.sort();
    files
}

fn all_rust_files() -> Vec<(PathBuf, String)> {
    ["src", "tests", "examples", "benches"].into_iter().flat_map(rust_files).collect()
}

/// The module path of a file below `src`: `["codec", "srt", "read"]`.
fn module_path(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix("src").unwrap().with_extension("");
    let mut names: Vec<String> = inside.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
    if names.last().is_some_and(|name| name == "mod") {
        names.pop();
    }
    names
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The names right after `prefix`, also those of a group: `crate::{parse, model::{Cue, Track}}` uses `parse`, `model`.
fn names_after(text: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &text[at + prefix.len()..];
        let ident = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_members(group).iter().map(|member| ident(member.trim()))),
            None => names.push(ident(rest)),
        }
    }
    names
}

/// The members of a group whose opening bracket was just read, split at its own commas.
fn group_members(text: &str) -> Vec<String> {
    let mut members = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => members.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                members.last_mut().unwrap().push(c);
            }
        }
    }
    members
}

/// The top modules that a file names, by `crate::` or by enough `super::` to reach the root.
fn used_modules(file: &Path, text: &str) -> BTreeSet<String> {
    let code = without_comments(text);
    let up = "super::".repeat(module_path(file).len());
    let mut used = names_after(&code, "crate::");
    used.extend(names_after(&code, &up));
    used.retain(|name| MAY_USE.iter().any(|(module, _)| module == name));
    used.into_iter().collect()
}

/// Where `file` breaks the table, in words.
fn trespasses(file: &Path, text: &str) -> Vec<String> {
    let own = module_path(file).swap_remove(0);
    let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == own) else {
        return vec![format!("`{own}` has no place among the layers ({})", file.display())];
    };
    let used = used_modules(file, text).into_iter();
    let bad = used.filter(|name| *name != own && !allowed.iter().any(|layer| layer.contains(&name.as_str())));
    bad.map(|name| format!("`{own}` must not import `{name}` ({})", file.display())).collect()
}

#[test]
fn modules_import_only_what_their_layer_may() {
    let found: Vec<String> = rust_files("src").iter().flat_map(|(file, text)| trespasses(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_trespass_is_seen_in_every_spelling() {
    for text in [
        "use crate::segment::Options;",
        "use crate::{\n    model::{Cue, Track},\n    segment::{self, GlossMode},\n};",
        "fn f() { crate::segment::segment() }",
        "use super::super::segment;",
    ] {
        let found = trespasses(Path::new("src/codec/srt.rs"), text);
        assert_eq!(found, ["`codec` must not import `segment` (src/codec/srt.rs)"], "{text}");
    }
    let found = trespasses(Path::new("src/cli/align.rs"), "use crate::pipeline::align;");
    assert_eq!(found, ["`cli` must not import `pipeline` (src/cli/align.rs)"]);
    assert!(trespasses(Path::new("src/codec/srt.rs"), "// as crate::segment does\nuse crate::model::Cue;").is_empty());
}

#[test]
fn the_command_line_is_declared_in_main_alone() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(!lib.contains("mod cli"), "`cli` belongs to main.rs: only so does it see the public API alone");
}

#[test]
fn files_stay_readable() {
    let long = all_rust_files().into_iter().filter(|(_, text)| text.lines().count() > 450);
    let long: Vec<_> =
        long.map(|(file, text)| format!("{} has {} lines", file.display(), text.lines().count())).collect();
    assert!(long.is_empty(), "over 450 lines; a noun of its own may want a file of its own:\n{}", long.join("\n"));
}

#[test]
fn nothing_is_left_to_do_and_no_machine_is_named() {
    // Put together here, so that this file does not hold them.
    let forbidden: Vec<String> =
        [("to", "do!("), ("unimple", "mented!("), ("/ho", "me/"), ("/wo", "rk/"), ("/ro", "ot/"), ("d", "bg!(")]
            .iter()
            .map(|(a, b)| format!("{a}{b}"))
            .collect();
    let holds = |(file, text): (PathBuf, String)| {
        let word = forbidden.iter().find(|word| text.contains(word.as_str()))?;
        Some(format!("{} holds `{word}`", file.display()))
    };
    let found: Vec<String> = all_rust_files().into_iter().filter_map(holds).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_error_speaks_both_languages() {
    let code = |text: &str| without_comments(text.split("#[cfg(test)]").next().unwrap());
    for (path, text) in rust_files("src").iter().filter(|(path, _)| !path.ends_with("src/error.rs")) {
        let count = |what: &str| code(text).matches(what).count();
        let errors = count("Error::new(") - count("io::Error::new(");
        assert_eq!(errors, count(".with_chinese("), "{}: an error lacks its Chinese", path.display());
    }
}

#[test]
fn every_format_has_fixtures() {
    for format in FORMATS {
        let folder = root().join("fixtures").join(format.id);
        let count = std::fs::read_dir(&folder).map_or(0, Iterator::count);
        assert!(count > 0, "{} has no fixtures in fixtures/{}", format.name, format.id);
    }
}

#[test]
fn every_code_is_pushed_somewhere() {
    let (rows, rest): (Vec<_>, Vec<_>) =
        rust_files("src").into_iter().partition(|(file, _)| file.starts_with("src/diag/codes"));
    let rest: String = rest.into_iter().map(|(_, text)| text).collect();
    for (file, text) in rows {
        let names = text.lines().filter_map(|line| line.trim().split_once(" = \"").map(|(name, _)| name.to_owned()));
        for name in names.filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()))
        {
            assert!(rest.contains(&name), "nothing pushes {name} of {}", file.display());
        }
    }
}
