//! docs/native.schema.json, made from the types that read and write; every fixture is held against it.

use super::alignment::AlignmentJson;
use super::cue::CueJson;
use super::decimal::{Seconds, Share};
use super::field::{Derived, Named, Names, Text};
use super::placement::{Offset, Percent};
use super::track::TrackJson;
use super::transcript::TranscriptJson;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;
use std::fs;

macro_rules! inline_schema {
    ($($(<$param:ident: $bound:path>)? $type:ty => $name:literal, $schema:tt;)*) => { $(
        impl$(<$param: $bound>)? JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

inline_schema! {
    Seconds<'_> => "seconds", { "type": "number" };
    Share => "share", { "type": "number", "minimum": 0, "maximum": 1 };
    Text<'_> => "text", { "type": "string" };
    Percent => "percent", { "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?%$" };
    Offset => "offset", { "type": ["number", "string"] };
    Derived<Value> => "derived", { "type": "object" };
}

impl<T: Names> JsonSchema for Named<'_, T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "named".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = T::names().iter().map(|(_, name)| *name).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}

/// A file in zimu's native format: captions, a transcript, or an alignment.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(title = "zimu native format, version 1")]
#[allow(dead_code, clippy::large_enum_variant, reason = "only its schema is used")]
enum File<'a> {
    Track(TrackJson<'a, Vec<CueJson<'a>>>),
    Transcript(TranscriptJson<'a>),
    Alignment(AlignmentJson<'a, Vec<CueJson<'a>>>),
}

fn schema() -> Value {
    schemars::schema_for!(File<'static>).to_value()
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let path = "docs/native.schema.json";
    let mut text = serde_json::to_string_pretty(&schema()).unwrap();
    text.push('\n');
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all("docs").unwrap();
        fs::write(path, &text).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap_or_default() == text, "{path} is out of date; BLESS=1 rewrites it");
}

#[test]
fn good_fixtures_are_valid_and_say_nothing_unknown() {
    let mut seen = 0;
    for entry in fs::read_dir("fixtures/json").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.starts_with("bad-") {
            continue;
        }
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let kind = file.get("kind").unwrap().as_str().unwrap();
        let root = schema();
        let branches = root["anyOf"].as_array().unwrap();
        let branch = branches.iter().map(|b| follow(&root, b)).find(|b| b["properties"]["kind"]["const"] == kind);
        let faults = faults(&root, branch.unwrap(), &file, "");
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        seen += 1;
    }
    assert!(seen >= 3, "fixtures are missing");
}

/// Where a schema refers to.
fn follow<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    schema.get("$ref").map_or(schema, |at| root.pointer(at.as_str().unwrap().trim_start_matches('#')).unwrap())
}

/// What of `value` a schema does not allow, as far as the generated schemas go; unknown fields too.
fn faults(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let schema = follow(root, schema);
    if let Some(choices) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
        let each = choices.iter().map(|choice| faults(root, choice, value, path));
        return each.min_by_key(Vec::len).unwrap_or_default();
    }
    let mut found = Vec::new();
    let types = &schema["type"];
    let many = types.as_array().into_iter().flatten().filter_map(Value::as_str);
    let types: Vec<&str> = types.as_str().into_iter().chain(many).collect();
    if !types.is_empty() && !types.iter().any(|t| is_type(value, t)) {
        found.push(format!("{path} is not {types:?}"));
    }
    let allowed = schema.get("enum").and_then(Value::as_array);
    if allowed.is_some_and(|names| !names.contains(value)) || schema.get("const").is_some_and(|c| c != value) {
        found.push(format!("{path} may not be {value}"));
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(property) => found.extend(faults(root, property, item, &format!("{path}.{key}"))),
            None if types.contains(&"object") && schema.get("properties").is_some() => {
                found.push(format!("{path}.{key} is unknown"));
            }
            None => {}
        }
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(key).is_none() {
            found.push(format!("{path}.{key} is missing"));
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            found.extend(faults(root, items, item, &format!("{path}[{i}]")));
        }
    }
    found
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}
