//! Whether leftovers come back: each is put into a small document, which is read. What does not come back as it was, or
//! says more than it should, is no leftover of this family.

use super::head::Head;
use super::namespace::{NAMESPACES, Ns};
use super::region::{Canvas, Region};
use super::time::Clock;
use super::xml::{Pull, Token};
use super::{ID, key};
use crate::codec::ReadOptions;
use crate::diag::Report;
use crate::model::{Cue, Extra, Mark, MarkKind, Track};
use crate::source::Source;

/// The declarations of every namespace that is known, but those of TTML itself and XML.
fn declarations() -> String {
    let known = NAMESPACES.iter().filter(|(ns, ..)| *ns != Ns::Xml);
    known.map(|(_, prefix, uris)| format!(" xmlns:{prefix}=\"{}\"", uris.first().unwrap_or(&""))).collect()
}

/// A document with one cue of the text `x`.
fn document(tt: &str, head: &str, body: &str, p: &str, content: &str) -> String {
    let (declared, tt_name) = (declarations(), "http://www.w3.org/ns/ttml");
    format!(
        "<tt xmlns=\"{tt_name}\"{declared} xml:lang=\"\" {tt}><head>{head}</head><body {body}><div>\
         <p begin=\"0s\" end=\"1s\" {p}>{content}</p></div></body></tt>"
    )
}

/// The track of a document, if there is nothing to say of it.
fn read(text: String) -> Option<(Track, Cue)> {
    let mut report = Report::default();
    let source = Source::from_text("", text);
    let mut track = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?;
    let cue = track.cues.pop().filter(|_| track.cues.is_empty() && report.is_empty())?;
    (cue.text.plain == "x" && cue.id.is_none() && cue.placement.is_none()).then_some((track, cue))
}

/// A track's leftover comes back through this document.
fn of_track(extra: &Extra, text: String) -> bool {
    read(text).is_some_and(|(track, cue)| {
        let Track { extras, notes, header, .. } = &track;
        *extras == std::slice::from_ref(extra) && notes.is_empty() && header.is_none() && cue.text.marks.is_empty()
    })
}

/// A leftover of a track comes back.
pub(super) fn track_extra(extra: &Extra) -> bool {
    let value = extra.value.as_str();
    extra.format == ID
        && match extra.key {
            key::ATTRIBUTES => of_track(extra, document(value, "", "", "", "x")),
            key::METADATA => of_track(extra, document("", &format!("<metadata>{value}</metadata>"), "", "", "x")),
            key::REGION | key::STYLED_REGION => {
                of_track(extra, document("", &format!("<layout><region {value}/></layout>"), "", "", "x"))
            }
            key::BODY_STYLE => of_track(extra, document("", "", value, "", "x")),
            _ => false,
        }
}

/// The attributes of a cue come back.
pub(super) fn cue_style(value: &str) -> bool {
    read(document("", "", "", value, "x")).is_some_and(|(track, cue)| {
        let Cue { text, extras, .. } = &cue;
        let back = matches!(extras.as_ref(), [extra] if extra.key == key::STYLE && extra.value == value);
        back && text.marks.is_empty() && track.extras.is_empty() && track.notes.is_empty()
    })
}

/// A leftover in a text comes back: attributes over the whole of it, or an element in front of it.
pub(super) fn mark(extra: &Extra) -> bool {
    let (content, end) = match extra.key {
        key::STYLE => (format!("<span {}>x</span>", extra.value), 1),
        key::ELEMENT => (format!("{}x", extra.value), 0),
        _ => return false,
    };
    read(document("", "", "", "", &content)).is_some_and(|(track, cue)| {
        let expected = Mark::new(0..end, MarkKind::Raw(Box::new(extra.clone())));
        cue.text.marks == [expected] && cue.extras.is_empty() && track.extras.is_empty() && track.notes.is_empty()
    })
}

/// The id and the place of a region that was kept.
pub(super) fn region(value: &str) -> Option<(String, Region)> {
    let text = document("", &format!("<layout><region {value}/></layout>"), "", "", "x");
    let mut pull = Pull::new(&text);
    while pull.next().ok()? != Token::Open(Ns::Tt, "head") {}
    let mut head = Head::new(Clock::default(), Canvas::default());
    head.read(&mut pull, &mut Report::default()).ok()?;
    head.regions.pop().map(|row| (row.id, row.region))
}
