//! docs/codes.md, made from the table of codes.

use crate::diag::codes;
use std::fmt::Write as _;
use std::fs;

fn table() -> String {
    let mut out = String::from(
        "# Codes\n\nEverything that zimu says about data. Made from the sources by `BLESS=1 cargo test codes_table`.\n",
    );
    let mut family = "";
    for code in codes::all() {
        if code.family() != family {
            family = code.family();
            write!(out, "\n## {family}\n\n| code | severity | English | 中文 |\n|---|---|---|---|\n").unwrap();
        }
        let row = code.row();
        let cell = |text: &str| text.replace('|', "\\|");
        let (en, zh) = (cell(row.en), cell(row.zh));
        writeln!(out, "| `{}` | {} | {en} | {zh} |", row.id, row.severity.name()).unwrap();
    }
    out
}

#[test]
fn docs_list_every_code() {
    let path = "docs/codes.md";
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all("docs").unwrap();
        fs::write(path, table()).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap_or_default() == table(), "{path} is out of date; BLESS=1 rewrites it");
}
