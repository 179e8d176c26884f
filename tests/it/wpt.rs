//! The cue-text cases of the web platform's own suite, which is not part of this repository: `ZIMU_WPT` names a folder
//! that holds them as w3c/webvtt.js keeps them (`NAME.vtt` beside `NAME.json`, a list of `{text, expectedTree}`).

use crate::codecs::{read, write};
use serde_json::Value;
use std::path::Path;
use zimu::codec::{native, vtt};

#[test]
fn cue_text_cases_of_the_web_platform() {
    let Some(folder) = std::env::var_os("ZIMU_WPT") else {
        return eprintln!("skipped: ZIMU_WPT names no folder with the suite");
    };
    let (mut cases, mut failed) = (0, Vec::new());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "vtt") {
            cases += group(&path, &mut failed);
        }
    }
    assert!(cases > 0, "no case in {}", Path::new(&folder).display());
    assert!(failed.is_empty(), "{} of {cases} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Runs one file of cases, each a second long; returns how many there were.
fn group(path: &Path, failed: &mut Vec<String>) -> usize {
    let expected = std::fs::read_to_string(path.with_extension("json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&expected).unwrap();
    let (track, _) = read(&vtt::FORMAT, std::fs::read_to_string(path).unwrap()).unwrap();
    let (bytes, _) = write(&native::FORMAT, &track);
    let shown: Value = serde_json::from_slice(&bytes).unwrap();
    for (second, case) in cases.iter().enumerate() {
        let cues = shown["cues"].as_array().unwrap();
        let cue = cues.iter().find(|cue| cue["start"].as_f64() == Some(second as f64));
        let mut tree = String::new();
        cue.into_iter().for_each(|cue| outline(&mut tree, &cue["vtt"]["tree"], 0));
        if case["expectedTree"] != tree.as_str() {
            failed.push(format!("{} {second}: {}\n{tree}", path.display(), case["text"]));
        }
    }
    cases.len()
}

/// The nodes as the suite outlines a DOM: `v`, `c` and `lang` are spans there, annotations their attributes.
fn outline(out: &mut String, nodes: &Value, depth: usize) {
    for node in nodes.as_array().unwrap() {
        let text = |key: &str| node[key].as_str().unwrap_or_default();
        let mut line = |depth: usize, what: &str| out.push_str(&format!("| {}{what}\n", "  ".repeat(depth)));
        match text("type") {
            "text" => line(depth, &format!("\"{}\"", text("value"))),
            "timestamp" => {
                let time = zimu::time::Time::from_seconds_f64(node["value"].as_f64().unwrap());
                line(depth, &format!("<?timestamp {time}>"));
            }
            _ => {
                let name = text("name");
                line(depth, &format!("<{}>", if matches!(name, "v" | "c" | "lang") { "span" } else { name }));
                let classes: Vec<&str> =
                    node["classes"].as_array().unwrap().iter().map(|class| class.as_str().unwrap()).collect();
                if !classes.is_empty() {
                    line(depth + 1, &format!("class=\"{}\"", classes.join(" ")));
                }
                match name {
                    "lang" => line(depth + 1, &format!("lang=\"{}\"", text("value"))),
                    "v" => line(depth + 1, &format!("title=\"{}\"", text("value"))),
                    _ => {}
                }
                outline(out, &node["children"], depth + 1);
            }
        }
    }
}
