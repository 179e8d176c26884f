//! Writing: a valid document of a dialect, and a word about what it cannot hold.

use super::content::{self, Content};
use super::dialect::{Codes, Dialect};
use super::namespace::{NAMESPACES, Ns};
use super::read::full_hour;
use super::region::Region;
use super::time::{self, Clock, TimeBase};
use super::{ID, key, style, trial};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, clock};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::lang::LangTag;
use crate::model::{Cue, Extra, Labels, MarkKind, Note, Placement, Track};
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, Time, TimeDelta, Timecode};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

/// The rate of a dialect that counts frames, where nobody says one: that of European television.
const ASSUMED_RATE: &str = "25";

pub(super) fn write(
    track: &Track,
    options: &WriteOptions,
    report: &mut Report,
    dialect: &'static Dialect,
) -> Result<Vec<u8>> {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues } =
        track;
    let mut leftovers = Leftovers::new();
    let kept = Kept::new(extras, dialect, &mut leftovers);
    let mut shared = Shared {
        dialect,
        labels: Labeller::new(options.labels, Labels::Never),
        leftovers,
        clock: Written::new(*frame_rate, *start_timecode, options, dialect, cues, report),
        report,
        ids: cues.iter().filter_map(|cue| cue.id.as_deref()).map(str::to_owned).collect(),
        agents: Numbered::new("a"),
        styles: Numbered::new("s"),
        namespaces: BTreeSet::from([Ns::Style]),
        rounded: false,
        styles_known: HashMap::new(),
    };
    shared.ids.extend(kept.regions.keys().cloned());
    for region in regions {
        shared.report.push(Diagnostic::new(loss::REGION, Location::FILE).with("id", region.id.as_str()));
    }
    let mut writer = Writer {
        shared,
        kept,
        out: String::with_capacity(cues.len().saturating_mul(USUAL_CUE_BYTES)),
        regions: Vec::new(),
        region_of: HashMap::new(),
        usual_region: None,
        written_ids: HashSet::new(),
        evidence: 0,
        respelled: 0,
    };
    writer.body(cues, notes);
    Ok(writer.finish(lang.as_ref(), header.as_deref()))
}

/// Values with ids of their own, in the order that they came.
struct Numbered {
    prefix: &'static str,
    rows: Vec<(String, String)>,
    ids: HashMap<String, usize>,
    next: u32,
}

impl Numbered {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, rows: Vec::new(), ids: HashMap::new(), next: 0 }
    }

    /// The id of a value.
    fn id(&mut self, value: &str, taken: &HashSet<String>) -> String {
        if let Some((id, _)) = self.ids.get(value).and_then(|at| self.rows.get(*at)) {
            return id.clone();
        }
        let id = loop {
            self.next = self.next.saturating_add(1);
            let id = format!("{}{}", self.prefix, self.next);
            if !taken.contains(&id) {
                break id;
            }
        };
        self.ids.insert(value.to_owned(), self.rows.len());
        self.rows.push((id.clone(), value.to_owned()));
        id
    }
}

/// What all parts of a document share while it is written.
pub(super) struct Shared<'a, 'r> {
    pub(super) dialect: &'static Dialect,
    pub(super) report: &'r mut Report,
    pub(super) labels: Labeller,
    pub(super) leftovers: Leftovers,
    clock: Written,
    /// Ids that are taken.
    ids: HashSet<String>,
    agents: Numbered,
    styles: Numbered,
    namespaces: BTreeSet<Ns>,
    rounded: bool,
    /// Attributes of cues, and whether they come back.
    styles_known: HashMap<&'a str, bool>,
}

impl Shared<'_, '_> {
    /// The id of an agent of this name.
    pub(super) fn agent(&mut self, name: &str) -> String {
        self.namespaces.insert(Ns::Metadata);
        let tame = name.trim_matches([' ', '\t', '\n']).replace('\r', "\n");
        if tame != name {
            self.report.push(Diagnostic::new(loss::VOICE_NAME, Location::FILE).with("name", name));
        }
        self.agents.id(&tame, &self.ids)
    }

    /// The id of a style with these attributes.
    pub(super) fn style(&mut self, attributes: &str) -> String {
        self.styles.id(attributes, &self.ids)
    }

    /// Namespaces that leftovers use.
    pub(super) fn use_namespaces(&mut self, value: &str) {
        for (ns, prefix, _) in NAMESPACES {
            if value
                .match_indices(prefix)
                .any(|(at, _)| value.get(at.saturating_add(prefix.len())..).is_some_and(|rest| rest.starts_with(':')))
            {
                self.namespaces.insert(*ns);
            }
        }
    }

    /// The dialect has all the style properties that leftovers hold.
    pub(super) fn allows(&self, value: &str) -> bool {
        allows(self.dialect, value)
    }

    /// A time after that of the element around.
    pub(super) fn offset(&mut self, out: &mut String, after: TimeDelta) {
        let exact = self.clock.offset(out, after);
        self.rounded |= !exact;
    }

    fn time(&mut self, out: &mut String, time: Time, at: Location) {
        if time < Time::ZERO {
            self.report.push_with(loss::NEGATIVE_TIME, at, |loss| loss.with("time", time));
        }
        let exact = self.clock.time(out, time.max(Time::ZERO) - Time::ZERO);
        self.rounded |= !exact;
    }
}

/// Style properties that EBU-TT-D has (EBU Tech 3380 §2.3), and those of TTML1 (§8.2).
const EBU_STYLES: &[&str] = &[
    "tts:backgroundColor",
    "tts:color",
    "tts:direction",
    "tts:displayAlign",
    "tts:extent",
    "tts:fontFamily",
    "tts:fontSize",
    "tts:fontStyle",
    "tts:fontWeight",
    "tts:lineHeight",
    "tts:origin",
    "tts:overflow",
    "tts:padding",
    "tts:showBackground",
    "tts:textAlign",
    "tts:textDecoration",
    "tts:unicodeBidi",
    "tts:wrapOption",
    "tts:writingMode",
];
const TTML1_STYLES: &[&str] = &["tts:display", "tts:opacity", "tts:textOutline", "tts:visibility", "tts:zIndex"];

fn allows(dialect: &Dialect, value: &str) -> bool {
    let mut names = value.split_ascii_whitespace().filter_map(|word| word.split_once('=')).map(|(name, _)| name);
    names.all(|name| match name.split_once(':') {
        Some(("tts", _)) => {
            dialect.east_asian || EBU_STYLES.contains(&name) || (!dialect.referential && TTML1_STYLES.contains(&name))
        }
        Some(("tta" | "itts", _)) => dialect.east_asian,
        // "Attributes that are not defined within the TTML specification should be removed."
        Some((prefix, _)) => dialect.id != super::dialect::NETFLIX.id || matches!(prefix, "ttm" | "ttp" | "xml"),
        None => true,
    })
}

/// How times are written.
struct Written {
    rate: Option<FrameRate>,
    /// Every time is brought to a frame.
    to_frames: bool,
    /// Time codes, counted from here.
    codes: Option<TimeDelta>,
    drop: bool,
    /// `ebuttm:documentStartOfProgramme`, where a reader would not find it by itself.
    start: Option<Timecode>,
}

impl Written {
    fn new(
        rate: Option<FrameRate>,
        start: Option<Timecode>,
        options: &WriteOptions,
        dialect: &Dialect,
        cues: &[Cue],
        report: &mut Report,
    ) -> Self {
        let (asked, start) = (options.frame_rate, options.start_timecode.or(start));
        let lost = |report: &mut Report, rate: Option<FrameRate>, start| crate::codec::timing_lost(rate, start, report);
        let fits = |rate: &FrameRate| time::rate_attributes(*rate).is_some();
        let mut written = Self { rate: None, to_frames: false, codes: None, drop: false, start: None };
        let usable = asked.or(rate).filter(|rate| dialect.frames && fits(rate));
        if usable.is_none() || (rate.is_some() && usable != rate) {
            lost(report, rate, None);
        }
        written.rate = usable;
        if dialect.codes == Codes::Always && usable.is_none() {
            written.rate = FrameRate::parse(ASSUMED_RATE);
            report.push(Diagnostic::new(loss::FRAME_RATE_ASSUMED, Location::FILE).with("rate", ASSUMED_RATE));
        }
        written.to_frames = asked.is_some() && usable.is_some();
        let needs_codes = match dialect.codes {
            Codes::Never => false,
            Codes::WithStart => start.is_some(),
            Codes::Always => true,
        };
        let Some(rate) = written.rate.filter(|_| needs_codes) else {
            lost(report, None, start);
            return written;
        };
        let code = start.unwrap_or_default();
        let again = code.offset(rate).map(|offset| (offset, Timecode::at(offset, rate, code.drop, Round::Nearest).0));
        let Some((offset, _)) = again.filter(|(_, again)| *again == code) else {
            lost(report, None, start);
            if dialect.codes == Codes::Always {
                written.codes = Some(TimeDelta::ZERO);
            }
            return written;
        };
        written.codes = Some(offset);
        written.drop = code.drop;
        if start == Some(Timecode::default()) {
            lost(report, None, start);
        }
        let first = cues.iter().map(|cue| cue.range.start.max(Time::ZERO)).min().unwrap_or_default();
        let (first, _) = Timecode::at(offset + (first - Time::ZERO), rate, code.drop, Round::Nearest);
        let clock = Clock { base: TimeBase::Smpte, rate, drop: code.drop, ..Clock::default() };
        let found = first.offset(rate).map(|first| full_hour(first, &clock));
        if found != Some(code) || (cues.is_empty() && start.is_some()) {
            written.start = Some(code);
        }
        written
    }

    /// The attributes of `tt`.
    fn attributes(&self) -> String {
        let mut out = String::new();
        if self.codes.is_some() {
            let mode = if self.drop { "dropNTSC" } else { "nonDrop" };
            let _ = write!(out, " ttp:timeBase=\"smpte\" ttp:dropMode=\"{mode}\"");
        }
        if let Some((nominal, factor)) = self.rate.and_then(time::rate_attributes) {
            let _ = write!(out, " ttp:frameRate=\"{nominal}\"");
            if let Some((up, down)) = factor {
                let _ = write!(out, " ttp:frameRateMultiplier=\"{up} {down}\"");
            }
        }
        out
    }

    /// The name of the unit that times were rounded to.
    fn unit(&self) -> String {
        self.rate.map_or("1 ms".into(), |rate| format!("frames at {rate} a second"))
    }

    /// Writes a time of the media; whether that was exact.
    fn time(&self, out: &mut String, time: TimeDelta) -> bool {
        let (Some(start), Some(rate)) = (self.codes, self.rate) else { return self.media(out, time) };
        let (code, _) = Timecode::at(start + time, rate, self.drop, Round::Nearest);
        let Timecode { hours, minutes, seconds, frames, drop: _ } = code;
        let _ = write!(out, "{hours:02}:{minutes:02}:{seconds:02}:{frames:02}");
        code.offset(rate).is_some_and(|offset| offset - start == time)
    }

    /// Writes how long after another time; whether that was exact.
    fn offset(&self, out: &mut String, after: TimeDelta) -> bool {
        match (self.codes, self.rate) {
            (Some(_), Some(rate)) => frames(out, after, rate),
            _ => self.media(out, after),
        }
    }

    fn media(&self, out: &mut String, time: TimeDelta) -> bool {
        let millis = time.to_millis(Round::Nearest);
        let exact = TimeDelta::from_millis(millis) == time;
        if self.to_frames
            && let Some(rate) = self.rate
        {
            return frames(out, time, rate);
        }
        let hours = millis / 3_600_000;
        if exact && (0..100).contains(&hours) {
            let text = clock::write(millis.unsigned_abs(), b'.');
            out.push_str(std::str::from_utf8(&text).unwrap_or_default());
            return true;
        }
        if !exact && let Some(rate) = self.rate {
            let before = out.len();
            if frames(out, time, rate) {
                return true;
            }
            out.truncate(before);
        }
        fraction(out, time);
        true
    }
}

/// Writes a time in frames; whether that was exact. Only where a second is a whole number of frames do clock times name them.
fn frames(out: &mut String, time: TimeDelta, rate: FrameRate) -> bool {
    let (num, den) = rate.ratio();
    let unit = i128::from(FLICKS_PER_SECOND).saturating_mul(den.into());
    let count = Round::Nearest.divide(i128::from(time.flicks()).saturating_mul(num.into()), unit);
    let back = Round::Nearest.divide(count.saturating_mul(unit), num.into());
    if den == 1 {
        let per_second = i128::from(num).max(1);
        let (seconds, frame) = (count / per_second, count % per_second);
        let _ = write!(out, "{:02}:{:02}:{:02}:{frame:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    } else {
        let _ = write!(out, "{count}f");
    }
    back == i128::from(time.flicks())
}

/// Writes a time with as many digits as say it exactly: ten are always enough, for they are finer than a flick.
fn fraction(out: &mut String, time: TimeDelta) {
    let flicks = time.flicks().max(0);
    let (seconds, rest) = (flicks / FLICKS_PER_SECOND, i128::from(flicks % FLICKS_PER_SECOND));
    let second = i128::from(FLICKS_PER_SECOND);
    let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    for digits in 3..=10u32 {
        let scale = 10i128.saturating_pow(digits);
        let value = Round::Nearest.divide(rest.saturating_mul(scale), second);
        if Round::Nearest.divide(value.saturating_mul(second), scale) == rest && value < scale {
            let _ = write!(out, ".{value:0width$}", width = digits as usize);
            return;
        }
    }
}

/// The leftovers of a track that come back, by kind.
#[derive(Default)]
struct Kept {
    attributes: String,
    metadata: Vec<String>,
    /// Attributes of regions in order, and their places by id.
    region_attributes: Vec<String>,
    regions: HashMap<String, Region>,
    body: String,
}

impl Kept {
    fn new(extras: &[Extra], dialect: &Dialect, leftovers: &mut Leftovers) -> Self {
        let mut kept = Self::default();
        // In the order that a reader finds them.
        let mut last = 0;
        for extra in extras {
            let rank = match extra.key {
                key::ATTRIBUTES => 1,
                key::METADATA => 2,
                key::REGION | key::STYLED_REGION => 3,
                _ => 4,
            };
            let twice = last == rank && matches!(rank, 1 | 4);
            let fits = rank >= last && !twice && allows(dialect, &extra.value) && extra.format == ID;
            let foreign = extra.key == key::METADATA && dialect.id == super::dialect::NETFLIX.id;
            if !fits || foreign || !trial::track_extra(extra) || !kept.take(extra) {
                leftovers.drop(extra);
                continue;
            }
            last = rank;
        }
        kept
    }

    fn take(&mut self, extra: &Extra) -> bool {
        let value = extra.value.clone();
        match extra.key {
            key::ATTRIBUTES => self.attributes = value,
            key::METADATA => self.metadata.push(value),
            key::BODY_STYLE => self.body = value,
            _ => {
                let Some((id, region)) = trial::region(&value) else { return false };
                if !is_name(&id) || self.regions.contains_key(&id) {
                    return false;
                }
                self.regions.insert(id, region);
                self.region_attributes.push(value);
            }
        }
        true
    }
}

struct Writer<'a, 'r> {
    shared: Shared<'a, 'r>,
    kept: Kept,
    out: String,
    /// Regions that are written for placements: id and attributes.
    regions: Vec<(String, String)>,
    region_of: HashMap<String, usize>,
    usual_region: Option<String>,
    written_ids: HashSet<String>,
    evidence: u64,
    respelled: u64,
}

impl<'a> Writer<'a, '_> {
    fn body(&mut self, cues: &'a [Cue], notes: &[Note]) {
        let mut notes = notes.iter().peekable();
        self.out.push_str("<body");
        if !self.kept.body.is_empty() {
            let body = std::mem::take(&mut self.kept.body);
            self.shared.use_namespaces(&body);
            self.styled(&body);
        }
        self.out.push_str(">\n<div>\n");
        for (index, cue) in cues.iter().enumerate() {
            while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
                self.note(note);
            }
            self.cue(index, cue);
        }
        notes.for_each(|note| self.note(note));
        self.out.push_str("</div>\n</body>\n</tt>\n");
    }

    /// Appends attributes, by a style if they are only style.
    fn styled(&mut self, attributes: &str) {
        let mut names = attributes.split_ascii_whitespace().filter_map(|word| word.split_once('='));
        let only_style = names.all(|(name, _)| ["tts:", "itts:", "ebutts:"].iter().any(|p| name.starts_with(p)));
        if only_style {
            let id = self.shared.style(attributes);
            self.out.extend([" style=\"", &id, "\""]);
        } else {
            self.out.extend([" ", attributes]);
        }
    }

    fn note(&mut self, note: &Note) {
        let Note { before: _, text } = note;
        let mut tame = text.replace('\r', "\n").replace("--", "- -").replace("--", "- -");
        tame.retain(|c| (c >= ' ' || matches!(c, '\n' | '\t')) && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
        if tame != *text {
            let shown: String = text.chars().take(40).collect();
            self.shared.report.push(Diagnostic::new(loss::NOTE_CHANGED, Location::FILE).with("text", shown));
        }
        self.out.extend(["<!-- ", &tame, " -->\n"]);
    }

    fn cue(&mut self, index: usize, cue: &'a Cue) {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        let at = Location::cue(index, range.start);
        self.evidence = self.evidence.saturating_add(u64::from(evidence.is_some()));
        self.out.push_str("<p");
        if let Some(id) = id {
            if is_name(id) && !self.kept.regions.contains_key(&**id) && self.written_ids.insert(id.to_string()) {
                self.out.extend([" xml:id=\"", id, "\""]);
            } else {
                self.shared.report.push_with(loss::CUE_ID, at, |loss| loss.with("id", &**id));
            }
        }
        self.out.push_str(" begin=\"");
        self.shared.time(&mut self.out, range.start, at);
        self.out.push_str("\" end=\"");
        self.shared.time(&mut self.out, range.end, at);
        self.out.push('"');
        self.place(placement.as_deref(), extras, at);
        if content::needs_preserve(text) {
            self.out.push_str(" xml:space=\"preserve\"");
        }
        if text.is_empty() && text.marks.is_empty() {
            return self.out.push_str("/>\n");
        }
        if !text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_))) {
            self.shared.labels.nobody();
        }
        self.out.push('>');
        let mut content =
            Content { out: &mut self.out, shared: &mut self.shared, at, begins: vec![range.start], reading: false };
        content.styled(text, 0);
        self.out.push_str("</p>\n");
    }

    /// The region of a cue, and its attributes.
    fn place(&mut self, placement: Option<&Placement>, extras: &'a [Extra], at: Location) {
        let ours = |key: &str| extras.iter().find(move |extra| extra.format == ID && extra.key == key);
        let usual = Placement::default();
        let wanted = placement.unwrap_or(&usual);
        let (style, mut used) = (ours(key::STYLE).filter(|extra| self.style_comes_back(&extra.value)), None);
        let mut align = String::new();
        if let Some(extra) = ours(key::IN_REGION)
            && let Some(region) = self.kept.regions.get(&extra.value)
            && region.placement(wanted.align) == *wanted
            && !(placement.is_some() && *wanted == usual)
        {
            if region.align.unwrap_or(crate::model::Align::Start) != wanted.align {
                let word = style::ALIGNS.iter().find(|(known, _)| *known == wanted.align).map_or("", |(_, word)| word);
                align = format!("tts:textAlign=\"{word}\"");
            }
            used = Some(extra);
            self.out.push_str(" region=\"");
            style::escape_attribute(&mut self.out, &extra.value);
            self.out.push('"');
        } else {
            self.region(placement, at);
        }
        for extra in extras {
            let kept = [style, used].into_iter().flatten().any(|kept| std::ptr::eq(kept, extra));
            if !kept && extra.format == ID && extra.key == key::IN_REGION {
                self.respelled = self.respelled.saturating_add(1);
            } else if !kept {
                self.shared.leftovers.at = at;
                self.shared.leftovers.drop(extra);
            }
        }
        // A reader finds the style first.
        let order = extras.iter().position(|e| used.is_some_and(|u| std::ptr::eq(u, e)));
        let after = style.and_then(|style| extras.iter().position(|e| std::ptr::eq(style, e)));
        if order.zip(after).is_some_and(|(region, style)| region < style) {
            self.respelled = self.respelled.saturating_add(1);
        }
        let style = style.map_or("", |extra| extra.value.as_str());
        match (align.is_empty(), style.is_empty()) {
            (true, true) => {}
            (false, true) => self.styled(&align),
            (true, false) => self.styled(style),
            (false, false) => self.styled(&[align.as_str(), " ", style].concat()),
        }
    }

    fn style_comes_back(&mut self, value: &'a str) -> bool {
        if let Some(known) = self.shared.styles_known.get(value) {
            return *known;
        }
        let good = self.shared.allows(value) && trial::cue_style(value);
        self.shared.styles_known.insert(value, good);
        if good {
            self.shared.use_namespaces(value);
        }
        good
    }

    /// The region that is written for a placement.
    fn region(&mut self, placement: Option<&Placement>, at: Location) {
        if placement.is_none()
            && let Some(usual) = &self.usual_region
        {
            return self.out.push_str(usual);
        }
        let usual = Placement::default();
        let wanted = placement.unwrap_or(&usual);
        let region = Region::of(wanted);
        let back = region.placement(wanted.align);
        let same = if back == usual { placement.is_none() } else { placement == Some(&back) };
        if !same {
            self.shared.report.push_with(loss::PLACEMENT, at, |loss| loss);
        }
        let attributes = region.attributes();
        let index = match self.region_of.get(&attributes) {
            Some(index) => *index,
            None => {
                let id = self.new_region_id(region.name());
                self.regions.push((id, attributes.clone()));
                let index = self.regions.len().saturating_sub(1);
                self.region_of.insert(attributes, index);
                index
            }
        };
        let id = self.regions.get(index).map_or("", |(id, _)| id);
        let attribute = [" region=\"", id, "\""].concat();
        self.out.push_str(&attribute);
        if placement.is_none() {
            self.usual_region = Some(attribute);
        }
    }

    fn new_region_id(&mut self, name: &str) -> String {
        let mut id = name.to_owned();
        let mut number = self.regions.len();
        while !self.shared.ids.insert(id.clone()) {
            number = number.saturating_add(1);
            id = format!("{name}{number}");
        }
        id
    }

    /// Puts the head in front, and says what is said once a file.
    fn finish(mut self, lang: Option<&LangTag>, header: Option<&str>) -> Vec<u8> {
        let head = self.head(header);
        let mut front =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"");
        let dialect = self.shared.dialect;
        let clock = self.shared.clock.attributes();
        let mut root = [dialect.root, &clock].concat();
        if self.kept.attributes.contains("ttp:cellResolution=") {
            root = root.replace(" ttp:cellResolution=\"32 15\"", "");
        }
        if !self.kept.attributes.is_empty() {
            root.extend([" ", &self.kept.attributes]);
        }
        if root.contains("ttp:") || head.contains("ttp:") {
            self.shared.namespaces.insert(Ns::Parameter);
        }
        self.shared.use_namespaces(&root);
        for (ns, prefix, uris) in NAMESPACES {
            if self.shared.namespaces.contains(ns) && !matches!(ns, Ns::Xml) {
                front.extend([" xmlns:", prefix, "=\"", uris.first().unwrap_or(&""), "\""]);
            }
        }
        front.extend([root.as_str(), " xml:lang=\"", lang.map_or("", LangTag::as_str), "\">\n", &head]);
        self.out.insert_str(0, &front);
        let Shared { report, leftovers, clock, rounded, .. } = self.shared;
        if rounded {
            report.push(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", clock.unit()));
        }
        if self.evidence > 0 {
            report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        if self.respelled > 0 {
            report.push(Diagnostic::new(loss::RESPELLED, Location::FILE).with("count", self.respelled));
        }
        leftovers.report(report);
        self.out.into_bytes()
    }

    fn head(&mut self, header: Option<&str>) -> String {
        let mut metadata = String::new();
        if self.shared.dialect.id == super::dialect::EBU_TT_D.id {
            self.shared.namespaces.insert(Ns::EbuMetadata);
            metadata.push_str(
                "<ebuttm:documentMetadata>\n<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04\
                 </ebuttm:conformsToStandard>\n</ebuttm:documentMetadata>\n",
            );
        }
        if let Some(code) = self.shared.clock.start {
            self.shared.namespaces.insert(Ns::EbuMetadata);
            let text = code.to_string().replace(';', ":");
            metadata.extend(["<ebuttm:documentStartOfProgramme>", &text, "</ebuttm:documentStartOfProgramme>\n"]);
        }
        self.title(header, &mut metadata);
        for (id, name) in std::mem::take(&mut self.shared.agents.rows) {
            metadata.extend(["<ttm:agent xml:id=\"", &id, "\" type=\"person\"><ttm:name type=\"full\">"]);
            if escape_name(&mut metadata, &name) {
                self.shared.report.push(Diagnostic::new(loss::CHARACTER, Location::FILE).with("character", "U+0000"));
            }
            metadata.push_str("</ttm:name></ttm:agent>\n");
        }
        for element in std::mem::take(&mut self.kept.metadata) {
            metadata.extend([&element, "\n"]);
        }
        let mut out = String::from("<head>\n");
        if !metadata.is_empty() {
            out.extend(["<metadata>\n", &metadata, "</metadata>\n"]);
        }
        if !self.shared.dialect.head.is_empty() {
            out.extend([self.shared.dialect.head, "\n"]);
        }
        let layout = self.layout();
        let referential = self.shared.dialect.referential;
        if referential && self.shared.styles.rows.is_empty() {
            // EBU Tech 3380 §2.3: at least one style.
            self.shared.style("tts:fontFamily=\"proportionalSansSerif\"");
        }
        if !self.shared.styles.rows.is_empty() {
            out.push_str("<styling>\n");
            for (id, attributes) in &self.shared.styles.rows {
                out.extend(["<style xml:id=\"", id, "\" ", attributes, "/>\n"]);
            }
            out.push_str("</styling>\n");
        }
        out.extend([&layout, "</head>\n"]);
        out
    }

    fn title(&mut self, header: Option<&str>, metadata: &mut String) {
        let Some(header) = header else { return };
        let tame = header.trim_matches([' ', '\t', '\n', '\r']).replace('\r', "\n");
        if tame.is_empty() {
            return self.shared.report.push(Diagnostic::new(loss::HEADER, Location::FILE).with("text", header));
        }
        self.shared.namespaces.insert(Ns::Metadata);
        metadata.push_str("<ttm:title>");
        let bad = escape_name(metadata, &tame);
        metadata.push_str("</ttm:title>\n");
        if bad || tame != header {
            let shown: String = header.chars().take(40).collect();
            self.shared.report.push(Diagnostic::new(loss::HEADER_CHANGED, Location::FILE).with("text", shown));
        }
    }

    /// The regions. In EBU-TT-D the alignment of text is a matter of a style.
    fn layout(&mut self) -> String {
        let mut out = String::new();
        let kept = std::mem::take(&mut self.kept.region_attributes);
        let made = std::mem::take(&mut self.regions).into_iter();
        let made = made.map(|(id, attributes)| format!("xml:id=\"{id}\" {attributes}"));
        for mut attributes in kept.into_iter().chain(made) {
            self.shared.use_namespaces(&attributes);
            if self.shared.dialect.referential
                && let Some(from) = attributes.find(" tts:textAlign=\"")
                && let Some(length) =
                    attributes.get(from..).and_then(|rest| rest.match_indices('"').nth(1)).map(|(at, _)| at)
            {
                let to = from.saturating_add(length).saturating_add(1);
                let align: String = attributes.drain(from..to).collect();
                let id = self.shared.style(align.trim());
                attributes.extend([" style=\"", &id, "\""]);
            }
            out.extend(["<region ", &attributes, "/>\n"]);
        }
        if out.is_empty() { String::new() } else { format!("<layout>\n{out}</layout>\n") }
    }
}

/// Appends a text that stands in an element alone.
fn escape_name(out: &mut String, text: &str) -> bool {
    let mut escaped = String::new();
    let bad = content::escape(&mut escaped, text);
    out.push_str(&escaped.replace("<br/>", "\n"));
    bad
}

/// Namespaces in XML §3 `NCName`, and for Netflix "alpha-numeric with the first character a non-numeric value".
fn is_name(id: &str) -> bool {
    let first = id.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
