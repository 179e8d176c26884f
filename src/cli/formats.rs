//! `zimu formats`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::codec::{CONFORMANCE, FORMATS, Feature, Format};

pub(super) fn run(_cx: &Cx) -> Outcome {
    let rows: Vec<[String; 5]> = std::iter::once(["id", "name", "", "extensions", "follows"].map(str::to_owned))
        .chain(FORMATS.iter().map(|format| row(format)))
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    let line = |row: &[String; 5]| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}  "));
        padded.collect::<String>() + row.last().map_or("", String::as_str) + "\n"
    };
    let all: Vec<Value> = FORMATS.iter().map(|format| data(format)).collect();
    Outcome::shown(rows.iter().map(line).collect(), json!({ "formats": all }))
}

fn row(format: &Format) -> [String; 5] {
    let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
    let ways = if format.write.is_some() { "read, write" } else { "read" };
    [format.id, format.name, ways, &extensions.join(" "), format.spec].map(str::to_owned)
}

fn data(format: &Format) -> Value {
    let keeps: Vec<&str> = format.keeps.iter().copied().map(Feature::name).collect();
    let standards = CONFORMANCE.iter().filter(|standard| standard.format == format.id).map(|standard| standard.id);
    json!({
        "id": format.id, "name": format.name, "spec": format.spec, "extensions": format.extensions,
        "mime": format.mime, "written": format.write.is_some(), "edited_in_place": format.splice.is_some(), "binary": format.is_binary(), "keeps": keeps,
        "checks": standards.collect::<Vec<_>>(),
    })
}
