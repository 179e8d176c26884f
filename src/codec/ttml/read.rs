//! Reading: a document as a stream, block by block.

use super::head::{Head, bad_value, comment, not_kept, own_decls, references, text_of, xml_id};
use super::namespace::Ns;
use super::paragraph::Paragraph;
use super::region::{Canvas, Region};
use super::split;
use super::style::{self, Decl, Effect, Switch, effects, merge};
use super::time::{self, Clock, TimeBase, Unit};
use super::timing::{Specified, Timing};
use super::xml::{Attr, Fault, Pull, Token};
use super::{ID, dialect, key};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Align, Cue, Extra, MarkKind, Note, Placement, Rgba, Track, Voice};
use crate::source::{Source, Span};
use crate::time::{Round, Time, TimeDelta, TimeRange, Timecode};
use std::collections::HashMap;
use std::rc::Rc;

/// How long a cue stands that has no end, where nothing later in the document says how long that is.
const NO_END: TimeDelta = TimeDelta::from_seconds(10);
/// A division from which on a text is no leaf of usual size: extra room for what is split.
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
            cues: room_for_cues(text.len() / 2),
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

/// Where a property was specified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Region,
    Body,
    Inside,
}

/// `body` or `div`.
struct Block<'a> {
    timing: Timing,
    preserve: bool,
    decls: Rc<Vec<(Level, Decl<'a>)>>,
    voices: Vec<String>,
    region: Option<String>,
    /// Blocks with the same number say the same.
    serial: u32,
}

/// What the blocks and the region around a `p` make of it.
#[derive(Clone, Default)]
struct Base<'a> {
    marks: Vec<MarkKind>,
    align: Align,
    /// What only this family understands.
    rest: Vec<Decl<'a>>,
    /// Properties of the body and the region, which stay there.
    outside: Vec<Decl<'a>>,
    written: String,
    region: Option<usize>,
    placement: Option<Placement>,
}

pub(super) struct Reader<'a, 'r> {
    pub(super) pull: Pull<'a>,
    pub(super) report: &'r mut Report,
    pub(super) head: Head<'a>,
    pub(super) track: Track,
    preserve: bool,
    lang: Option<LangTag>,
    blocks: Vec<Block<'a>>,
    serial: u32,
    bases: HashMap<(u32, Option<usize>), Rc<Base<'a>>>,
    /// Cues without an end.
    endless: Vec<usize>,
    /// Frames were counted.
    frames: bool,
    /// How many bytes of text may still be made by splitting.
    split_room: usize,
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
            let rest = row.decls.iter().filter(|decl| !Region::is_place(decl) && !style::is_initial(decl));
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

    /// The properties of the element that was opened, with those that it refers to.
    fn block_decls(&mut self) -> Vec<Decl<'a>> {
        let mut decls = Vec::new();
        for (id, at) in references(&self.pull.attrs) {
            let referred = self.head.resolve(&id, at, self.report);
            merge(&mut decls, &referred);
        }
        merge(&mut decls, &own_decls(&self.pull));
        for attr in self.pull.attrs.iter().filter(|a| a.ns == Ns::None && !is_known(a.local)) {
            not_kept(self.report, attr.name, attr.span());
        }
        decls
    }

    fn region_attr(&mut self) -> Option<String> {
        let attr = self.pull.attrs.iter().find(|attr| attr.ns == Ns::None && attr.local == "region")?;
        Some(attr.value().trim().to_owned())
    }

    /// `body` or `div` begins.
    fn block(&mut self, outer: &Timing, level: Level) {
        let specified = self.specified();
        let timing = outer.enter(specified);
        let own = self.block_decls();
        let (region, voices) = (self.region_attr(), self.agents());
        let (preserve, mut decls) = match self.blocks.last() {
            Some(block) => (block.preserve, block.decls.to_vec()),
            None => (self.preserve, Vec::new()),
        };
        if level == Level::Body {
            self.body_style(&own);
        }
        for decl in own {
            decls.retain(|(_, known)| !known.same_name(&decl));
            decls.push((level, decl));
        }
        if decls.iter().any(|(_, decl)| decl.ns == Ns::Smpte && decl.local == "backgroundImage") {
            self.report.push(Diagnostic::new(parse::TTML_IMAGE, Location::span(self.pull.span.clone())));
        }
        self.serial = self.serial.saturating_add(1);
        let around = self.blocks.last();
        let block = Block {
            timing,
            preserve: self.preserve(preserve),
            decls: Rc::new(decls),
            voices: if voices.is_empty() { around.map_or(Vec::new(), |b| b.voices.clone()) } else { voices },
            region: region.or_else(|| around.and_then(|block| block.region.clone())),
            serial: self.serial,
        };
        self.blocks.push(block);
    }

    /// What the body says that has no place in cues is kept for it.
    fn body_style(&mut self, decls: &[Decl<'a>]) {
        let mut value = String::new();
        for decl in decls {
            let mut keep = false;
            effects(decl, |effect| keep |= matches!(effect, Effect::Keep | Effect::Bad) || is_font(&effect));
            let spoken = style::is_initial(decl) || Region::is_place(decl) || decl.ns == Ns::Xml;
            if keep && !spoken && !decl.write(&mut value) {
                not_kept(self.report, decl.local, self.pull.span.clone());
            }
        }
        if !value.is_empty() {
            self.track.extras.push(Extra { format: ID, key: key::BODY_STYLE, value });
        }
    }

    /// What holds of a `p` in these blocks and in this region before it says anything itself.
    fn base(&mut self, region: Option<usize>) -> Rc<Base<'a>> {
        let Some(block) = self.blocks.last() else { return Rc::default() };
        let known = (block.serial, region);
        if let Some(base) = self.bases.get(&known) {
            return base.clone();
        }
        let decls = block.decls.clone();
        let mut base = Base { align: Align::Start, region, ..Base::default() };
        if let Some(row) = region.and_then(|at| self.head.regions.get(at)) {
            let row = row.decls.clone();
            row.iter().filter(|d| d.local != "backgroundColor").for_each(|d| self.put(&mut base, Level::Region, d));
        }
        decls.iter().for_each(|(level, decl)| self.put(&mut base, *level, decl));
        self.settle(&mut base);
        // Documents have a handful of them.
        if self.bases.len() > 4096 {
            self.bases.clear();
        }
        let base = Rc::new(base);
        self.bases.insert(known, base.clone());
        base
    }

    /// Adds a property to what holds of a `p`.
    fn put(&mut self, base: &mut Base<'a>, level: Level, decl: &Decl<'a>) {
        if decl.ns == Ns::Style && decl.local == "textAlign" {
            match style::align(&decl.value) {
                Some(align) => base.align = align,
                None => self.report.push(bad_value(decl, Location::FILE)),
            }
            return;
        }
        let track_lang = self.lang.as_ref();
        let mut keep = false;
        effects(decl, |effect| match effect {
            effect if is_font(&effect) => keep = true,
            Effect::On(kind) => {
                let same = |known: &MarkKind| std::mem::discriminant(known) == std::mem::discriminant(&kind);
                let had = base.marks.iter().position(same);
                let initial = match &kind {
                    MarkKind::Color(color) => had.is_none() && *color == WHITE,
                    MarkKind::Background(color) => color.a == 0,
                    MarkKind::Lang(lang) => Some(lang) == track_lang,
                    _ => false,
                };
                if let Some(had) = had {
                    base.marks.remove(had);
                }
                if !initial {
                    base.marks.push(kind);
                }
            }
            Effect::Off(switch) => base.marks.retain(|kind| Switch::of(kind) != Some(switch)),
            Effect::Keep => keep = true,
            Effect::Bad => {
                keep = true;
                if level == Level::Inside {
                    self.report.push(bad_value(decl, Location::span(self.pull.span.clone())));
                }
            }
        });
        if keep {
            let kept = if level == Level::Inside { &mut base.rest } else { &mut base.outside };
            merge(kept, std::slice::from_ref(decl));
        }
    }

    /// Makes the leftovers and the placement of what was put together.
    fn settle(&mut self, base: &mut Base<'a>) {
        base.written.clear();
        for decl in &base.rest {
            let outside = base.outside.iter().find(|known| known.same_name(decl));
            let says_nothing = match outside {
                Some(known) => known.value == decl.value,
                None => style::is_initial(decl),
            };
            // Languages that are none are of no use to anyone.
            if !says_nothing && decl.ns != Ns::Xml && !decl.write(&mut base.written) {
                not_kept(self.report, decl.local, self.pull.span.clone());
            }
        }
        let row = base.region.and_then(|at| self.head.regions.get(at));
        let placement = row.map(|row| row.region.placement(base.align));
        base.placement = placement.filter(|placement| *placement != Placement::default());
    }

    /// A `p`.
    fn cue(&mut self) -> std::result::Result<(), Fault> {
        let start = self.pull.span.start;
        let specified = self.specified();
        let Some(block) = self.blocks.last() else { return Ok(()) };
        let (outer, preserve) = (block.timing, self.preserve(block.preserve));
        let own_region = self.region_attr();
        let (mut timing, id) = (outer.enter(specified), xml_id(&self.pull.attrs));
        if specified.begin.is_none() && self.pull.attrs.iter().any(|a| a.ns == Ns::None && a.local == "begin") {
            // A begin that is no time: shown for no time rather than from zero on.
            timing.begin = timing.end.unwrap_or(timing.begin);
        }
        let region = self.region(own_region);
        let mut base = self.base(region);
        let own = self.block_decls();
        if !own.is_empty() {
            let mut changed = (*base).clone();
            own.iter().for_each(|decl| self.put(&mut changed, Level::Inside, decl));
            self.settle(&mut changed);
            base = Rc::new(changed);
        }
        let mut voices = self.agents();
        if voices.is_empty() {
            voices = self.blocks.last().map_or(Vec::new(), |block| block.voices.clone());
        }
        let nothing = self.pull.attrs.is_empty();
        let paragraph = if voices.is_empty() {
            self.paragraph(&mut timing, preserve, &base.marks)?
        } else {
            let voice = |name| MarkKind::Voice(Box::new(Voice { name, classes: Vec::new() }));
            let marks: Vec<MarkKind> = voices.into_iter().map(voice).chain(base.marks.iter().cloned()).collect();
            self.paragraph(&mut timing, preserve, &marks)?
        };
        if let Some(block) = self.blocks.last_mut() {
            block.timing.leave(&timing);
        }
        if nothing && paragraph.text.is_empty() && paragraph.text.marks.is_empty() {
            return Ok(());
        }
        let origin = Span::new(start..paragraph.end);
        if timing.never {
            let at = Location { span: Some(origin), ..Location::FILE };
            let shown: String = paragraph.text.plain.chars().take(40).collect();
            self.report.push(Diagnostic::new(parse::TTML_NEVER_SHOWN, at).with("text", shown));
            return Ok(());
        }
        let mut cue = Cue::default();
        cue.range = TimeRange::new(timing.begin, timing.end.unwrap_or(timing.begin));
        cue.id = id.map(Into::into);
        cue.placement = base.placement.clone().map(Box::new);
        cue.extras = self.extras(&base);
        cue.origin = Some(origin);
        self.finish_cue(cue, paragraph, timing.end);
        Ok(())
    }

    /// The region that a `p` stands in.
    fn region(&mut self, own: Option<String>) -> Option<usize> {
        let block = self.blocks.last();
        let id = own.as_ref().or_else(|| block.and_then(|block| block.region.as_ref()))?;
        let found = self.head.region_of.get(id).copied();
        if found.is_none() {
            let at = Location::span(self.pull.span.clone());
            self.report.push(Diagnostic::new(parse::TTML_NO_REGION, at).with("id", id.as_str()));
        }
        found
    }

    fn extras(&self, base: &Base<'_>) -> Box<[Extra]> {
        let style = (!base.written.is_empty()).then(|| (key::STYLE, base.written.clone()));
        let row = base.region.and_then(|at| self.head.regions.get(at)).filter(|row| row.kept);
        let region = row.map(|row| (key::IN_REGION, row.id.clone()));
        style.into_iter().chain(region).map(|(key, value)| Extra { format: ID, key, value }).collect()
    }

    fn finish_cue(&mut self, mut cue: Cue, paragraph: Paragraph, end: Option<Time>) {
        let Paragraph { text, timed, end: _ } = paragraph;
        let ends_early = |part: &super::paragraph::Timed| part.end.is_some_and(|at| end.is_none_or(|end| at < end));
        cue.text = text;
        if !timed.iter().any(ends_early) {
            if end.is_none() {
                self.endless.push(self.track.cues.len());
            }
            return self.track.cues.push(cue);
        }
        let at = Location { span: cue.origin, ..Location::cue(self.track.cues.len(), cue.range.start) };
        let until = end.or_else(|| timed.iter().filter_map(|part| part.end).max());
        cue.range.end = until.unwrap_or(cue.range.end);
        match split::split(&cue, &timed, &mut self.split_room) {
            Some(cues) => {
                self.report.push(Diagnostic::new(parse::TTML_SPLIT, at).with("count", cues.len()));
                self.track.cues.extend(cues);
            }
            None => {
                self.report.push(Diagnostic::new(parse::TTML_TOO_MANY_TIMES, at));
                self.track.cues.push(cue);
            }
        }
    }

    /// Ends what has no end, and moves the programme's start to zero.
    fn finish(mut self) -> Track {
        let latest = self.track.cues.iter().map(|cue| cue.range.end.max(cue.range.start)).max().unwrap_or_default();
        for index in std::mem::take(&mut self.endless) {
            let Some(cue) = self.track.cues.get_mut(index) else { continue };
            let start = cue.range.start;
            cue.range.end = if latest > start { latest } else { start + NO_END };
            let at = Location { span: cue.origin, ..Location::cue(index, start) };
            self.report.push(Diagnostic::new(parse::TTML_NO_END, at).with("end", cue.range.end));
        }
        if self.frames {
            self.track.resolution = self.head.clock.rate.frames(1);
            self.track.frame_rate = Some(self.head.clock.rate);
        }
        self.programme_start();
        if self.track.cues.capacity() > self.track.cues.len().saturating_mul(2) {
            self.track.cues.shrink_to_fit();
        }
        self.track
    }

    /// Time codes count from the programme's start: what `ebuttm:documentStartOfProgramme` says, else the full hour at or
    /// before the first cue, as programmes begin at 01:00:00:00 or 10:00:00:00.
    fn programme_start(&mut self) {
        let clock = self.head.clock;
        if clock.base != TimeBase::Smpte {
            return;
        }
        let first = self.track.cues.iter().map(|cue| cue.range.start).min().unwrap_or_default();
        let said = self.head.start;
        let code = match said {
            Some(start) => Timecode::at(start, clock.rate, clock.drop, Round::Nearest).0,
            None => full_hour(first - Time::ZERO, &clock),
        };
        let Some(offset) = code.offset(clock.rate) else { return };
        if offset == TimeDelta::ZERO && said.is_none() {
            return;
        }
        self.track.start_timecode = Some(code);
        for cue in &mut self.track.cues {
            cue.range = TimeRange::new(cue.range.start - offset, cue.range.end - offset);
            for mark in &mut cue.text.marks {
                if let MarkKind::Shown(time) = &mut mark.kind {
                    *time = *time - offset;
                }
            }
        }
    }
}

/// The full hour at or before a time code.
pub(super) fn full_hour(first: TimeDelta, clock: &Clock) -> Timecode {
    let (code, _) = Timecode::at(first, clock.rate, clock.drop, Round::Down);
    Timecode { minutes: 0, seconds: 0, frames: 0, ..code }
}

/// Opaque white, which text has anyway.
const WHITE: Rgba = Rgba { r: 255, g: 255, b: 255, a: 255 };

/// Fonts of whole blocks are how a document looks, not what a cue says.
fn is_font(effect: &Effect) -> bool {
    matches!(effect, Effect::On(MarkKind::Font(_)))
}
