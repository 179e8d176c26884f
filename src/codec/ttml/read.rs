//! Reading: a document as a stream, block by block.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "tokens of XML and properties of style; marks are matched elsewhere"
)]

use super::block::{Base, Block, Level};
use super::head::{Head, comment, not_kept, text_of};
use super::namespace::Ns;
use super::region::Canvas;
use super::style::{self, Decl};
use super::time::{self, Clock, Unit};
use super::timing::{Specified, Timing};
use super::xml::{Attr, Fault, Pull, Token};
use super::{ID, dialect, key};
use crate::codec::ReadOptions;
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Extra, Note, Track};
use crate::source::Source;
use crate::time::TimeDelta;
use std::collections::HashMap;
use std::rc::Rc;

/// What a short `p` takes. What is reserved in vain is never touched; growing would hold the old and the new list at once.
const SHORT_P_BYTES: usize = 48;
/// Bytes of text that splitting may make beyond the length of the document.
const SPLIT_ROOM: usize = 1 << 16;

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut pull = Pull::new(text);
    let mut notes = Vec::new();
    loop {
        match pull.next() {
            Ok(Token::Open(Ns::Tt, "tt")) => break,
            Ok(Token::Comment(text)) => notes.push(comment(text)),
            Ok(Token::Open(..) | Token::End) => return Err(not_this(source)),
            Ok(_) => {}
            Err(fault) => return Err(stopped(source, &fault)),
        }
    }
    let clock = Clock::new(&pull.attrs, options.frame_rate);
    let mut reader = Reader {
        head: Head::new(clock, canvas(&pull.attrs)),
        track: Track {
            format: Some(dialect::of(text).map_or(ID, |dialect| dialect.id)),
            resolution: TimeDelta::from_millis(1),
            frame_rate: clock.rate_given.then_some(clock.rate),
            cues: Vec::with_capacity(text.len() / SHORT_P_BYTES),
            ..Track::default()
        },
        pull,
        report,
        preserve: false,
        lang: None,
        blocks: Vec::new(),
        serial: 0,
        bases: HashMap::new(),
        endless: Vec::new(),
        frames: false,
        split_room: text.len().saturating_add(SPLIT_ROOM),
    };
    notes.into_iter().for_each(|text| reader.note_text(text));
    reader.root();
    match reader.content() {
        Ok(()) => {}
        // What was read before the fault is not lost.
        Err(Fault::Broken(at)) => {
            let line = text.get(at..).unwrap_or_default().lines().next().unwrap_or_default();
            let shown: String = line.trim().chars().take(40).collect();
            let at = Location::span(at..at.saturating_add(shown.len()));
            reader.report.push(Diagnostic::new(parse::TTML_BROKEN, at).with("text", shown));
        }
        Err(fault) => return Err(stopped(source, &fault)),
    }
    Ok(reader.finish())
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(
        ErrorKind::Unreadable,
        format!("{name} is not TTML: its first element is not `tt` of the TTML namespace"),
    )
    .with_remedy(
        "begin it with `<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"\">`, or name another format with --from",
    )
    .with_chinese(format!("{name} 不是 TTML：第一个元素不是 TTML 命名空间中的 `tt`"))
    .with_chinese_remedy(
        "文件应以 `<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"\">` 开头，或用 --from 指定其他格式",
    )
}

/// The fault as what stops reading.
fn stopped(source: &Source, fault: &Fault) -> Error {
    let name = source.name();
    match fault {
        Fault::Broken(_) => not_this(source),
        Fault::Doctype(at) => {
            let line = source.line_column(u32::try_from(*at).unwrap_or(u32::MAX)).line;
            let message = format!(
                "{name} has a document type declaration (line {line}), which is not read: entities can grow without end"
            );
            Error::new(ErrorKind::Limit, message)
                .with_remedy("take the `<!DOCTYPE …>` out; TTML has none")
                .with_chinese(format!("{name} 含有文档类型声明（第 {line} 行），不予读取：其中的实体可能无限膨胀"))
                .with_chinese_remedy("请删去 `<!DOCTYPE …>`；TTML 不需要它")
        }
        Fault::Limit(most, what, chinese) => {
            Error::new(ErrorKind::Limit, format!("{name} holds XML with more than {most} {what}"))
                .with_chinese(format!("{name} 中的 XML {chinese}超过 {most}"))
        }
    }
}

fn canvas(attrs: &[Attr<'_>]) -> Canvas {
    let get = |ns: Ns, local: &str| attrs.iter().find(|attr| attr.ns == ns && attr.local == local);
    let pair = |text: &str, unit: &str| {
        let mut parts = text.split_ascii_whitespace().map(|part| part.strip_suffix(unit)?.parse::<f64>().ok());
        Some((parts.next()??, parts.next()??)).filter(|(x, y)| *x > 0.0 && *y > 0.0)
    };
    Canvas {
        pixels: get(Ns::Style, "extent").and_then(|attr| pair(&attr.value(), "px")),
        cells: get(Ns::Parameter, "cellResolution")
            .and_then(|attr| pair(&attr.value(), ""))
            .unwrap_or(Canvas::default().cells),
    }
}

/// Attributes without a namespace that mean something on content.
pub(super) fn is_known(local: &str) -> bool {
    matches!(local, "begin" | "dur" | "end" | "timeContainer" | "style" | "region" | "id")
}

pub(super) struct Reader<'a, 'r> {
    pub(super) pull: Pull<'a>,
    pub(super) report: &'r mut Report,
    pub(super) head: Head<'a>,
    pub(super) track: Track,
    pub(super) preserve: bool,
    pub(super) lang: Option<LangTag>,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) serial: u32,
    pub(super) bases: HashMap<(u32, Option<usize>), Rc<Base<'a>>>,
    /// Cues without an end.
    pub(super) endless: Vec<usize>,
    /// Frames were counted.
    pub(super) frames: bool,
    /// How many bytes of text may still be made by splitting.
    pub(super) split_room: usize,
}

impl<'a> Reader<'a, '_> {
    /// The attributes of `tt`.
    fn root(&mut self) {
        self.preserve = self.preserve(false);
        let mut kept = String::new();
        for attr in &self.pull.attrs {
            let decl = Decl::new(attr, &self.pull);
            match (attr.ns, attr.local) {
                (Ns::Xml, "lang") => self.lang = LangTag::parse(&attr.value()),
                (Ns::Xml, _) => {}
                (Ns::None, _) => not_kept(self.report, attr.name, attr.span()),
                // Said by the dialect, or by what is written of times.
                (
                    Ns::Parameter,
                    "timeBase"
                    | "frameRate"
                    | "frameRateMultiplier"
                    | "subFrameRate"
                    | "tickRate"
                    | "dropMode"
                    | "markerMode"
                    | "clockMode"
                    | "profile"
                    | "contentProfiles",
                ) => {}
                // TTML1 §6.2.1: so it is without being said.
                (Ns::Parameter, "cellResolution") if self.head.canvas.cells == Canvas::default().cells => {}
                _ => {
                    if !decl.write(&mut kept) {
                        not_kept(self.report, attr.name, attr.span());
                    }
                }
            }
        }
        self.track.lang.clone_from(&self.lang);
        if !kept.is_empty() {
            self.track.extras.push(Extra { format: ID, key: key::ATTRIBUTES, value: kept });
        }
    }

    /// Everything inside `tt`.
    fn content(&mut self) -> std::result::Result<(), Fault> {
        let mut document = Timing::document();
        loop {
            match self.pull.next()? {
                Token::Open(Ns::Tt, "head") if self.blocks.is_empty() => self.read_head()?,
                Token::Open(Ns::Tt, "body") if self.blocks.is_empty() => self.block(&document, Level::Body),
                Token::Open(Ns::Tt, "div") if !self.blocks.is_empty() => {
                    let outer = self.blocks.last().map_or(document, |block| block.timing);
                    self.block(&outer, Level::Inside);
                }
                Token::Open(Ns::Tt, "p") if !self.blocks.is_empty() => self.cue()?,
                Token::Open(Ns::Tt, "metadata") if !self.blocks.is_empty() => self.block_metadata()?,
                Token::Open(ns, local) => self.other(ns, local)?,
                Token::Close => match self.blocks.pop() {
                    Some(block) => {
                        self.blocks.last_mut().map_or(&mut document, |outer| &mut outer.timing).leave(&block.timing);
                    }
                    None => {
                        // The end of `tt`; what follows must be no element.
                        while !matches!(self.pull.next()?, Token::End) {}
                        return Ok(());
                    }
                },
                Token::Text(text) if text.bytes().any(|b| !b.is_ascii_whitespace()) => {
                    let at = Location::span(self.pull.span.clone());
                    let shown: String = text.trim().chars().take(40).collect();
                    self.report.push(Diagnostic::new(parse::TTML_STRAY_TEXT, at).with("text", shown));
                }
                Token::Comment(text) => self.note(text),
                Token::Text(_) | Token::Char(_) | Token::Entity(_) | Token::Instruction(_) => {}
                Token::End => return Ok(()),
            }
        }
    }

    fn read_head(&mut self) -> std::result::Result<(), Fault> {
        self.head.read(&mut self.pull, self.report)?;
        self.track.header = self.head.title.take();
        std::mem::take(&mut self.head.notes).into_iter().for_each(|text| self.note_text(text));
        self.track.extras.append(&mut self.head.extras);
        for row in self.head.regions.iter().filter(|row| row.kept) {
            let mut value = String::from("xml:id=\"");
            style::escape_attribute(&mut value, &row.id);
            value.extend(["\" ", &row.region.attributes()]);
            let rest = row.decls.iter().filter(|decl| style::stays_in_region(decl));
            let mut styled = false;
            rest.for_each(|decl| styled |= decl.write(&mut value));
            let key = if styled { key::STYLED_REGION } else { key::REGION };
            self.track.extras.push(Extra { format: ID, key, value });
        }
        Ok(())
    }

    /// Metadata of a block: what describes it becomes a note.
    fn block_metadata(&mut self) -> std::result::Result<(), Fault> {
        let depth = self.pull.depth();
        while self.pull.depth() >= depth {
            match self.pull.next()? {
                Token::Open(Ns::Metadata, "desc" | "title") => {
                    let text = text_of(&mut self.pull)?;
                    self.note_text(text);
                }
                Token::Open(_, local) => {
                    not_kept(self.report, local, self.pull.span.clone());
                    self.pull.skip()?;
                }
                Token::End => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// An element that is not content.
    fn other(&mut self, ns: Ns, local: &'a str) -> std::result::Result<(), Fault> {
        let span = self.pull.span.clone();
        if matches!((ns, local), (Ns::Tt | Ns::Smpte, "image" | "audio")) {
            self.report.push(Diagnostic::new(parse::TTML_IMAGE, Location::span(span)));
        } else if (ns, local) == (Ns::Metadata, "desc") {
            let text = text_of(&mut self.pull)?;
            self.note_text(text);
            return Ok(());
        } else {
            not_kept(self.report, local, span);
        }
        self.pull.skip().map(drop)
    }

    pub(super) fn note(&mut self, text: &str) {
        self.note_text(comment(text));
    }

    pub(super) fn note_text(&mut self, text: String) {
        let before = u32::try_from(self.track.cues.len()).unwrap_or(u32::MAX);
        self.track.notes.push(Note { before, text });
    }

    pub(super) fn preserve(&self, around: bool) -> bool {
        let space = self.pull.attrs.iter().find(|attr| attr.ns == Ns::Xml && attr.local == "space");
        space.map_or(around, |attr| attr.raw == "preserve")
    }

    /// The names of the agents that the element names.
    pub(super) fn agents(&mut self) -> Vec<String> {
        let Some(attr) = self.pull.attrs.iter().find(|a| a.ns == Ns::Metadata && a.local == "agent") else {
            return Vec::new();
        };
        let value = attr.value();
        let name = |id: &str| self.head.agents.get(id).cloned().unwrap_or_else(|| id.to_owned());
        value.split_ascii_whitespace().map(name).collect()
    }

    /// The times that the element specifies.
    pub(super) fn specified(&mut self) -> Specified {
        let mut specified = Specified::default();
        for attr in self.pull.attrs.iter().filter(|attr| attr.ns == Ns::None) {
            let slot = match attr.local {
                "begin" => &mut specified.begin,
                "dur" => &mut specified.dur,
                "end" => &mut specified.end,
                "timeContainer" => {
                    specified.seq = attr.raw.trim() == "seq";
                    continue;
                }
                _ => continue,
            };
            match time::parse(&attr.value(), &self.head.clock) {
                Some((time, unit)) => {
                    *slot = Some(time);
                    match unit {
                        Unit::Seconds => {}
                        Unit::Frames => self.frames = true,
                        Unit::Ticks => {
                            self.track.resolution = TimeDelta::from_units(1, self.head.clock.ticks).unwrap_or_default();
                        }
                    }
                }
                None => {
                    let at = Location::span(attr.span());
                    self.report.push(Diagnostic::new(parse::TTML_BAD_TIME, at).with("text", attr.raw));
                }
            }
        }
        specified
    }
}
