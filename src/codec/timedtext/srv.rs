//! `srv3`, `srv2`, `srv1`: XML.

use super::event::{Event, Piece};
use super::roll::Roll;
use crate::codec::{ReadOptions, json};
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use crate::source::{Source, Span};
use crate::time::Time;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event as Xml};

/// What is looked at to recognise the format.
const PROBED_BYTES: usize = 4096;

/// The first element tells.
pub(super) fn probe(text: &str) -> u8 {
    let mut end = text.len().min(PROBED_BYTES);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let mut rest = text.get(..end).unwrap_or_default();
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if !tag.starts_with(['?', '!']) {
            break;
        }
    }
    let element = |name: &str| rest.strip_prefix(name).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    let captions = element("timedtext") || (element("transcript") && rest.contains("<text "));
    if captions { 250 } else { 0 }
}

/// Reads XML of YouTube's.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut parser = Parser { roll: Roll::new(text.len()), source, report, root: None, seconds: false, open: None };
    let problem = parser.run();
    let Parser { roll, report, root, .. } = parser;
    let name = source.name();
    if let Some((at, problem)) = problem {
        if roll.cues.is_empty() {
            let place = source.line_column(u32::try_from(at).unwrap_or(u32::MAX));
            let (line, column) = (place.line, place.column);
            return Err(Error::new(ErrorKind::Unreadable, format!("{name}:{line}:{column}: {problem}"))
                .with_chinese(format!("{name}:{line}:{column}：XML 格式不正确：{problem}")));
        }
        report.push(Diagnostic::new(service::CUT_OFF, Location::span(at..at)).with("problem", problem));
    }
    if !root.is_some_and(|known| known) {
        return Err(Error::new(ErrorKind::Unreadable, format!("{name} is not timed text of YouTube"))
            .with_remedy("such a file begins `<timedtext format=\"3\">` or `<transcript>`")
            .with_chinese(format!("{name} 不是 YouTube 的字幕"))
            .with_chinese_remedy("这类文件以 `<timedtext format=\"3\">` 或 `<transcript>` 开头"));
    }
    Ok(roll.finish(report))
}

struct Parser<'a, 'r> {
    roll: Roll,
    source: &'a Source,
    report: &'r mut Report,
    /// There is a root, and it is one of ours.
    root: Option<bool>,
    /// Times are seconds (`srv1`).
    seconds: bool,
    /// The event that is being read, and where it begins.
    open: Option<(Event, usize)>,
}

impl Parser<'_, '_> {
    /// Reads all, or up to what is broken: there, and what.
    fn run(&mut self) -> Option<(usize, String)> {
        let mut reader = Reader::from_str(self.source.text());
        loop {
            let before = position(&reader);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    return Some((usize::try_from(reader.error_position()).unwrap_or(before), error.to_string()));
                }
            };
            match event {
                Xml::Start(tag) => self.start(&tag, before),
                Xml::Empty(tag) => {
                    self.start(&tag, before);
                    self.end(tag.local_name().as_ref(), position(&reader));
                }
                Xml::End(tag) => self.end(tag.local_name().as_ref(), position(&reader)),
                Xml::Text(text) => self.text(&text),
                Xml::CData(text) => self.text(&text),
                Xml::GeneralRef(name) => {
                    let reference = ["&", &*name, ";"].concat();
                    self.text(&unescape(&reference).unwrap_or(reference.as_str().into()));
                }
                Xml::Eof => {
                    return self.open.is_some().then(|| (self.source.text().len(), "it ends inside a caption".into()));
                }
                Xml::Comment(_) | Xml::Decl(_) | Xml::PI(_) | Xml::DocType(_) => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) {
        let name = tag.local_name();
        let name = name.as_ref();
        let known = matches!(name, "timedtext" | "transcript");
        self.seconds |= self.root.is_none() && name == "transcript";
        if !*self.root.get_or_insert(known) {
            return;
        }
        let Roll { sheet, unread, .. } = &mut self.roll;
        match name {
            "pen" => {
                let parent = number(tag, "p").and_then(|parent| sheet.pens.get(&parent).cloned());
                let mut pen = parent.unwrap_or_default();
                attributes(tag, |name, value| pen.set(name, value, unread));
                sheet.pens.extend(number(tag, "id").map(|id| (id, pen)));
            }
            "ws" => {
                let mut style = Default::default();
                attributes(tag, |name, value| super::place::Style::set(&mut style, name, value, unread));
                sheet.styles.extend(number(tag, "id").map(|id| (id, style)));
            }
            "wp" => {
                let mut point = Default::default();
                attributes(tag, |name, value| super::place::Point::set(&mut point, name, value, unread));
                sheet.points.extend(number(tag, "id").map(|id| (id, point)));
            }
            // `srv2` calls its windows and captions by longer names.
            "w" | "window" => {
                let mut event = Event::default();
                attributes(tag, |name, value| _ = event.set(name, value));
                self.roll.event(event, self.report);
            }
            "p" | "text" => self.event(tag, at),
            "s" => {
                let mut piece = Piece::default();
                attributes(tag, |name, value| {
                    if !piece.set(name, value) {
                        unread.add(name);
                    }
                });
                self.open.iter_mut().for_each(|(event, _)| event.pieces.push(piece.clone()));
            }
            "br" => self.text("\n"),
            _ => {}
        }
    }

    fn event(&mut self, tag: &BytesStart<'_>, at: usize) {
        let (mut event, seconds, unread) = (Event::default(), self.seconds, &mut self.roll.unread);
        attributes(tag, |name, value| {
            let known = match name {
                "start" | "dur" if seconds => {
                    let time = json::time(value, 1);
                    match name {
                        "start" => event.start = time.unwrap_or(Time::ZERO),
                        _ => event.duration = time,
                    }
                    true
                }
                "append" => event.set("a", value),
                _ => event.set(name, value),
            };
            if !known {
                unread.add(name);
            }
        });
        self.open = Some((event, at));
    }

    /// Text of the piece that is open, or between pieces.
    fn text(&mut self, text: &str) {
        let Some((event, _)) = self.open.as_mut() else { return };
        match event.pieces.last_mut() {
            Some(piece) => piece.text.push_str(text),
            None => event.pieces.push(Piece { text: text.to_owned(), ..Piece::default() }),
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        match name {
            // What follows is not that piece's.
            "s" => self.open.iter_mut().for_each(|(event, _)| event.pieces.push(Piece::default())),
            "p" | "text" => {
                let Some((mut event, start)) = self.open.take() else { return };
                event.pieces.retain(|piece| !piece.text.is_empty());
                if self.seconds {
                    // Escaped once more than XML asks for.
                    for piece in &mut event.pieces {
                        piece.text = unescape(&piece.text).map(|text| text.into_owned()).unwrap_or(piece.text.clone());
                    }
                }
                event.span = Some(Span::new(start..at));
                self.roll.event(event, self.report);
            }
            _ => {}
        }
    }
}

/// Where the reader is.
fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Goes through the attributes; what is wrong with one is not its neighbours' fault.
fn attributes(tag: &BytesStart<'_>, mut each: impl FnMut(&str, &str)) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = unescape(&attribute.value).unwrap_or(attribute.value.clone());
        each(attribute.key.local_name().as_ref(), &value);
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<i64> {
    let mut found = None;
    attributes(tag, |key, value| {
        if key == name {
            found = json::integer(value);
        }
    });
    found
}
