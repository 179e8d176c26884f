//! `zimu formats`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::codec::{FORMATS, Feature, Format};

pub(super) fn run(_cx: &Cx) -> Outcome {
    let text = FORMATS.iter().map(|format| row(format)).collect();
    let all: Vec<Value> = FORMATS.iter().map(|format| data(format)).collect();
    Outcome::shown(text, json!({ "formats": all }))
}

fn row(format: &Format) -> String {
    let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
    format!("{:<6}{:<14}{:<8}{}\n", format.id, format.name, extensions.join(" "), format.spec)
}

fn data(format: &Format) -> Value {
    let keeps: Vec<&str> = format.keeps.iter().copied().map(Feature::name).collect();
    json!({
        "id": format.id, "name": format.name, "spec": format.spec, "extensions": format.extensions,
        "mime": format.mime, "keeps": keeps,
    })
}
