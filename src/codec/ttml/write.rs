//! Writing: a valid document of a dialect, and a word about what it cannot hold.

use super::content::{self, Content};
use super::dialect::Dialect;
use super::ids::{Ids, Numbered};
use super::kept::{Kept, allows, attributes, in_order, is_name, is_style};
use super::namespace::{NAMESPACES, Ns};
use super::region::Region;
use super::written_time::Written;
use super::{ID, key, style, trial};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::{Blocks, WriteOptions};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, MarkKind, Note, Placement, Track};
use crate::time::{Time, TimeDelta};
use std::collections::{BTreeSet, HashMap};

/// A `p` is longer than a cue in other formats: what is reserved too small is copied when it is full, and the front could
/// not be put in place.
const USUAL_P_BYTES: usize = 176;
/// Namespaces, styles, regions.
const USUAL_FRONT_BYTES: usize = 4096;

pub(super) fn write(
    track: &Track,
    options: &WriteOptions,
    blocks: &mut Blocks<'_>,
    report: &mut Report,
    dialect: &'static Dialect,
) -> Result<Vec<u8>> {
    // What stands in front is known at last. Where the body goes on block by block, a round before finds it out; where
    // cues without an id of their own get one, that would be as much work again.
    let (mut front, mut whole) = (None, Blocks::whole());
    let blocks = if dialect.referential { &mut whole } else { blocks };
    if blocks.pass_on() {
        let mut quiet = Report::default();
        let mut rehearsal = Writer::new(track, options, blocks, &mut quiet, dialect);
        rehearsal.rehearse(&track.cues);
        front = Some(rehearsal.front(track));
    }
    let mut writer = Writer::new(track, options, blocks, report, dialect);
    if let Some(front) = &front {
        blocks.put(front.as_bytes());
    }
    writer.body(&track.cues, &track.notes, blocks);
    Ok(writer.finish(track, front))
}

/// What all parts of a document share while it is written.
pub(super) struct Shared<'a, 'r> {
    pub(super) dialect: &'static Dialect,
    pub(super) report: &'r mut Report,
    pub(super) labels: Labeller,
    pub(super) leftovers: Leftovers,
    pub(super) clock: Written,
    /// Ids that are taken.
    ids: Ids<'a>,
    pub(super) agents: Numbered,
    pub(super) styles: Numbered,
    pub(super) namespaces: BTreeSet<Ns>,
    pub(super) rounded: bool,
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
        allows(self.dialect, value) && in_order(self.dialect, value)
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

pub(super) struct Writer<'a, 'r> {
    pub(super) shared: Shared<'a, 'r>,
    pub(super) kept: Kept,
    pub(super) out: String,
    /// Regions that are written for placements: id and attributes.
    pub(super) regions: Vec<(String, String)>,
    region_of: HashMap<String, usize>,
    usual_region: Option<String>,
    pub(super) evidence: u64,
    pub(super) respelled: u64,
}

impl<'a, 'r> Writer<'a, 'r> {
    fn new(
        track: &'a Track,
        options: &WriteOptions,
        blocks: &Blocks<'_>,
        report: &'r mut Report,
        dialect: &'static Dialect,
    ) -> Self {
        // Head and notes are written by those who write what stands around the cues.
        let Track {
            format: _,
            lang: _,
            resolution: _,
            frame_rate,
            start_timecode,
            header: _,
            regions,
            notes: _,
            extras,
            cues,
        } = track;
        let mut leftovers = Leftovers::new();
        let kept = Kept::new(extras, dialect, &mut leftovers);
        let mut shared = Shared {
            dialect,
            labels: Labeller::new(options.labels, Labels::Never),
            leftovers,
            clock: Written::new(*frame_rate, *start_timecode, options, dialect, cues, report),
            report,
            ids: Ids::new(cues),
            agents: Numbered::new("a"),
            styles: Numbered::new("s"),
            namespaces: BTreeSet::from([Ns::Style]),
            rounded: false,
            styles_known: HashMap::new(),
        };
        shared.ids.made.extend(kept.regions.keys().cloned());
        for region in regions {
            shared.report.push(Diagnostic::new(loss::REGION, Location::FILE).with("id", region.id.as_str()));
        }
        let room = cues.len().saturating_mul(USUAL_P_BYTES).saturating_add(USUAL_FRONT_BYTES);
        Self {
            shared,
            kept,
            out: String::with_capacity(blocks.room(room)),
            regions: Vec::new(),
            region_of: HashMap::new(),
            usual_region: None,
            evidence: 0,
            respelled: 0,
        }
    }

    /// Writes what decides what stands in front, for that alone: of the cues without anything special one is enough.
    fn rehearse(&mut self, cues: &'a [Cue]) {
        self.open_body();
        let mut plain_seen = false;
        for (index, cue) in cues.iter().enumerate() {
            let Cue { range: _, text, id: _, placement, extras, evidence: _, origin: _ } = cue;
            let plain = text.marks.is_empty() && placement.is_none() && extras.is_empty();
            if !(plain && plain_seen) {
                self.cue(index, cue);
                self.out.clear();
            }
            plain_seen |= plain;
        }
    }

    fn open_body(&mut self) {
        self.out.push_str("<body");
        if !self.kept.body.is_empty() {
            let body = std::mem::take(&mut self.kept.body);
            self.shared.use_namespaces(&body);
            self.styled(&body);
        }
        self.out.push_str(">\n<div>\n");
    }

    fn body(&mut self, cues: &'a [Cue], notes: &[Note], blocks: &mut Blocks<'_>) {
        self.open_body();
        let mut notes = notes.iter().peekable();
        for (index, cue) in cues.iter().enumerate() {
            while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
                self.note(note);
            }
            self.cue(index, cue);
            if blocks.take(self.out.as_bytes()) {
                self.out.clear();
            }
        }
        notes.for_each(|note| self.note(note));
        self.out.push_str("</div>\n</body>\n</tt>\n");
    }

    /// Appends attributes, by a style if they are only style; where styles must be referred to, part by part.
    fn styled(&mut self, list: &str) {
        let referential = self.shared.dialect.referential;
        let by_style = |name: &str| is_style(name) && (referential || is_only_style(list));
        let styles: Vec<&str> = attributes(list).filter(|(name, _)| by_style(name)).map(|(_, whole)| whole).collect();
        if !styles.is_empty() {
            let id = self.shared.style(&styles.join(" "));
            self.out.extend([" style=\"", &id, "\""]);
        }
        for (_, whole) in attributes(list).filter(|(name, _)| !by_style(name)) {
            self.out.extend([" ", whole]);
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
        self.id(index, id.as_deref(), at);
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

    /// The id of a cue. EBU Tech 3380, tt:p: each has one; what only counts is read as none.
    fn id(&mut self, index: usize, id: Option<&str>, at: Location) {
        let referential = self.shared.dialect.referential;
        let counting = referential.then(|| format!("p{}", index.saturating_add(1)));
        if let Some(id) = id {
            let ids = &self.shared.ids;
            let first = ids.cues.get(id) == Some(&index) && !ids.made.contains(id);
            if is_name(id) && first && counting.as_deref() != Some(id) {
                return self.out.extend([" xml:id=\"", id, "\""]);
            }
            self.shared.report.push_with(loss::CUE_ID, at, |loss| loss.with("id", id));
        }
        if let Some(id) = counting.filter(|counting| id == Some(counting) || self.shared.ids.take(counting)) {
            self.out.extend([" xml:id=\"", &id, "\""]);
        }
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
        while !self.shared.ids.take(&id) {
            number = number.saturating_add(1);
            id = format!("{name}{number}");
        }
        id
    }
}

/// All these attributes may stand on a `style`.
fn is_only_style(list: &str) -> bool {
    attributes(list).all(|(name, _)| is_style(name))
}
