//! `zimu formats`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::codec::{FORMATS, Feature, Format};

pub(super) fn run(_cx: &Cx) -> Outcome {
    let rows: Vec<[String; 4]> = FORMATS.iter().map(|format| row(format)).collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let [ids, names, extensions] = [0, 1, 2].map(|column| width(column).unwrap_or(0).saturating_add(2));
    let line = |[id, name, files, spec]: &[String; 4]| format!("{id:ids$}{name:names$}{files:extensions$}{spec}\n");
    let text = rows.iter().map(line).collect();
    let all: Vec<Value> = FORMATS.iter().map(|format| data(format)).collect();
    Outcome::shown(text, json!({ "formats": all }))
}

fn row(format: &Format) -> [String; 4] {
    let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
    [format.id.into(), format.name.into(), extensions.join(" "), format.spec.into()]
}

fn data(format: &Format) -> Value {
    let keeps: Vec<&str> = format.keeps.iter().copied().map(Feature::name).collect();
    json!({
        "id": format.id, "name": format.name, "spec": format.spec, "extensions": format.extensions,
        "mime": format.mime, "keeps": keeps,
    })
}
