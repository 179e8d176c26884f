//! A cue and a region as a browser shows them to a script: the attributes of `VTTCue` and `VTTRegion` (WebVTT §9), and
//! the nodes of the cue text.

use super::region::RegionSettings;
use super::settings::{self, ALIGNS, LINE_ALIGNS, POSITION_ALIGNS, Settings, WRITINGS, word};
use super::token::StartTag;
use super::tree::{self, Element, Sink};
use super::{FORMAT_ID, key, payload, region};
use crate::model::{Cue, Extra, Region, Track};
use crate::time::Time;
use serde_json::{Map, Value, json};

/// What a browser makes of a cue that was read from WebVTT: `{raw, settings, tree}`. `None` if the track was read from
/// another format.
///
/// `raw` is the payload; `settings` has the attribute names of `VTTCue`, `region` being the region's id or null;
/// `tree` is the list of nodes, each `{type: "object", name, classes, value, children}` (`value`, the annotation, only
/// for `v` and `lang`), `{type: "text", value}` or `{type: "timestamp", value}` in seconds.
pub(in crate::codec) fn browser_view(track: &Track, cue: &Cue) -> Option<Value> {
    if track.format != Some(FORMAT_ID) {
        return None;
    }
    let raw = extra(&cue.extras, key::PAYLOAD).map_or_else(
        || {
            let mut raw = String::new();
            payload::write_quietly(&mut raw, &cue.text);
            raw
        },
        str::to_owned,
    );
    let tree = nodes(&raw);
    Some(json!({ "raw": raw, "settings": settings_view(cue), "tree": tree }))
}

/// What a browser makes of a region of a track that was read from WebVTT: the attributes of `VTTRegion`.
pub(in crate::codec) fn browser_region(track: &Track, region: &Region) -> Option<Value> {
    if track.format != Some(FORMAT_ID) {
        return None;
    }
    // A block that was kept as written may hold numbers that the model cannot.
    let written = track.extras.iter().filter(|extra| extra.format == FORMAT_ID && extra.key == key::REGION);
    let exact = written.map(|extra| region::parse(&extra.value, |_| ())).find(|exact| Region::from(exact) == *region);
    let RegionSettings { id, width, lines, region_anchor, viewport_anchor, scroll_up } =
        exact.unwrap_or_else(|| region::parse(&region::write(region), |_| ()));
    Some(json!({
        "id": id,
        "width": number(width),
        "lines": number(lines),
        "regionAnchorX": number(region_anchor.0),
        "regionAnchorY": number(region_anchor.1),
        "viewportAnchorX": number(viewport_anchor.0),
        "viewportAnchorY": number(viewport_anchor.1),
        "scroll": if scroll_up { "up" } else { "" },
    }))
}

fn extra<'a>(extras: &'a [Extra], key: &str) -> Option<&'a str> {
    extras.iter().find(|extra| extra.format == FORMAT_ID && extra.key == key).map(|extra| extra.value.as_str())
}

fn settings_view(cue: &Cue) -> Value {
    let placed = cue.placement.as_deref().map(Settings::from).unwrap_or_default();
    let exact = extra(&cue.extras, key::SETTINGS).and_then(|text| settings::parse(text, |_| true, |_| ()));
    let Settings { writing, snap_to_lines, line, line_align, position, position_align, size, align, region: _ } =
        exact.unwrap_or_else(|| placed.clone());
    let or_auto = |value: Option<f64>| value.map_or_else(|| json!("auto"), number);
    json!({
        "vertical": word(WRITINGS, &writing),
        "snapToLines": snap_to_lines,
        "line": or_auto(line),
        "lineAlign": word(LINE_ALIGNS, &line_align),
        "position": or_auto(position),
        "positionAlign": word(POSITION_ALIGNS, &position_align),
        "size": number(size),
        "align": word(ALIGNS, &align),
        // Which ids were regions, only the reader knew.
        "region": placed.region,
        "pauseOnExit": false,
    })
}

/// A number without `.0` where it is whole.
fn number(value: f64) -> Value {
    const EXACT: f64 = (1u64 << 53) as f64;
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}

fn nodes(raw: &str) -> Vec<Value> {
    let mut nodes = Nodes { open: vec![(Map::new(), Vec::new())] };
    tree::build(raw, &mut nodes, &mut |_, _| ());
    nodes.open.pop().map(|(_, children)| children).unwrap_or_default()
}

/// Nodes with their children so far, from the root in.
struct Nodes {
    open: Vec<(Map<String, Value>, Vec<Value>)>,
}

impl Nodes {
    fn add(&mut self, node: Value) {
        if let Some((_, children)) = self.open.last_mut() {
            children.push(node);
        }
    }
}

impl Sink for Nodes {
    fn open(&mut self, element: Element, tag: &StartTag<'_>) {
        let mut node = Map::new();
        node.insert("type".to_owned(), json!("object"));
        node.insert("name".to_owned(), json!(element.name()));
        node.insert("classes".to_owned(), tag.classes().collect());
        if matches!(element, Element::V | Element::Lang) {
            node.insert("value".to_owned(), json!(tag.annotation()));
        }
        self.open.push((node, Vec::new()));
    }

    fn close(&mut self, _element: Element) {
        if let Some((mut node, children)) = self.open.pop() {
            node.insert("children".to_owned(), Value::Array(children));
            self.add(Value::Object(node));
        }
    }

    fn text(&mut self, text: &str) {
        self.add(json!({ "type": "text", "value": text }));
    }

    fn timestamp(&mut self, time: Time) {
        self.add(json!({ "type": "timestamp", "value": number(time.as_seconds_f64()) }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::ReadOptions;
    use crate::diag::Report;
    use crate::source::Source;

    fn track(text: &str) -> Track {
        super::super::read::read(&Source::from_text("a.vtt", text), &ReadOptions::default(), &mut Report::default())
            .unwrap()
    }

    #[test]
    fn nodes_are_as_the_standard_builds_them() {
        let track =
            track("WEBVTT\n\n00:00.000 --> 00:09.000\n<v.x Ann &amp; Bo>a <i>b</i><00:01.500></v></b><lang zh>c\n");
        let view = browser_view(&track, &track.cues[0]).unwrap();
        let text = |value: &str| json!({ "type": "text", "value": value });
        let object = |name: &str, children: Value| json!({ "type": "object", "name": name, "classes": [], "children": children });
        assert_eq!(
            view["tree"],
            json!([
                { "type": "object", "name": "v", "classes": ["x"], "value": "Ann & Bo", "children": [
                    text("a "), object("i", json!([text("b")])), { "type": "timestamp", "value": 1.5 },
                ] },
                { "type": "object", "name": "lang", "classes": [], "value": "zh", "children": [text("c")] },
            ])
        );
        assert_eq!(view["raw"], "<v.x Ann &amp; Bo>a <i>b</i><00:01.500></v></b><lang zh>c");
    }

    #[test]
    fn settings_have_the_names_and_defaults_of_the_api() {
        let track = track(
            "WEBVTT\n\nREGION\nid:r\nlines:18446744073709552000\n\n00:00.000 --> 00:01.000\na\n\n\
             00:01.000 --> 00:02.000 line:0.00001%,end region:r\nb > c\n",
        );
        let first = browser_view(&track, &track.cues[0]).unwrap();
        assert_eq!(
            first["settings"],
            json!({
                "vertical": "", "snapToLines": true, "line": "auto", "lineAlign": "start", "position": "auto",
                "positionAlign": "auto", "size": 100, "align": "center", "region": null, "pauseOnExit": false,
            })
        );
        let second = browser_view(&track, &track.cues[1]).unwrap();
        assert_eq!(second["raw"], "b > c");
        assert_eq!(second["settings"]["line"], json!(0.00001));
        assert_eq!(second["settings"]["region"], "r");
        assert_eq!(browser_region(&track, &track.regions[0]).unwrap()["lines"], json!(18_446_744_073_709_552_000.0));
    }

    #[test]
    fn a_track_of_another_format_has_no_such_view() {
        let cue = Cue::default();
        assert_eq!(browser_view(&Track::default(), &cue), None);
    }
}
