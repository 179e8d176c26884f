//! The support matrix, for people: docs/formats.md and `zimu formats`.

use super::{FEATURES, FORMATS};
use std::fmt::Write as _;

/// What each format keeps, as a Markdown table: a row per feature, a column per format.
pub fn support_matrix() -> String {
    let mut out = String::from("| feature |");
    for format in FORMATS {
        let _ = write!(out, " {} |", format.id);
    }
    out.push_str("\n|---|");
    out.push_str(&":-:|".repeat(FORMATS.len()));
    for (feature, name, meaning) in FEATURES {
        let _ = write!(out, "\n| `{name}`: {meaning} |");
        for format in FORMATS {
            out.push_str(if format.keeps.contains(feature) { " ● |" } else { " |" });
        }
    }
    out.push('\n');
    out
}

/// The page docs/formats.md: every format, and what each of them keeps.
pub fn support_page() -> String {
    let mut out = String::from(
        "# Formats\n\nMade from the table `FORMATS`; `BLESS=1 cargo test formats_page` rewrites it.\n\n\
         | id | name | extensions | media type | follows |\n|---|---|---|---|---|\n",
    );
    for format in FORMATS {
        let extensions = format.extensions.iter().map(|e| format!("`.{e}`")).collect::<Vec<_>>().join(" ");
        let _ =
            writeln!(out, "| `{}` | {} | {extensions} | `{}` | {} |", format.id, format.name, format.mime, format.spec);
    }
    out.push_str(
        "\n## What they keep\n\n● comes back unchanged from a file of that format; a test holds each cell. Everything else, and a value that\n\
         the format cannot spell, is reported when it is written: as lost, or as kept in another way.\n\n",
    );
    out.push_str(&support_matrix());
    out
}
