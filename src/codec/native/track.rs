//! Tracks: cues and what stands around them.

use super::context::Cx;
use super::cue::CueJson;
use super::decimal::Seconds;
use super::extra::{self, ExtraJson};
use super::field::{Text, Unknown};
use super::head::{Kind, VERSION};
use super::placement::RegionJson;
use crate::codec::FORMATS;
use crate::diag::codes;
use crate::lang::LangTag;
use crate::model::{Cue, Note, Track};
use crate::time::{FrameRate, TimeDelta, Timecode};
use serde::{Deserialize, Serialize, Serializer};

/// Captions. `C` is the list of cues: typed when read, made one by one when written.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TrackJson<'a, C> {
    /// Version of the format.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    zimu: u64,
    #[serde(borrow)]
    #[cfg_attr(test, schemars(extend("const" = "track")))]
    kind: Text<'a>,
    /// Id of the caption format it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Text<'a>>,
    /// Language of the text, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Text<'a>>,
    /// How coarsely the times are rounded, in seconds; exact if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<Seconds<'a>>,
    /// Frames a second of the media: `25`, `30000/1001`.
    #[serde(skip_serializing_if = "Option::is_none")]
    frame_rate: Option<Text<'a>>,
    /// Time code of the media's first instant: `01:00:00:00`, `01:00:00;00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_timecode: Option<Text<'a>>,
    /// Title or header text.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<Text<'a>>,
    /// Regions that cues may stand in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<RegionJson<'a>>,
    /// Comments between the cues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<NoteJson<'a>>,
    /// Leftovers of one format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extras: Vec<ExtraJson<'a>>,
    /// The cues, in the order of the file.
    cues: C,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A comment.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct NoteJson<'a> {
    /// Index of the cue it stands before; the number of cues if it stands at the end.
    before: u32,
    #[serde(borrow)]
    text: Text<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> NoteJson<'a> {
    pub(super) fn write(note: &'a Note) -> Self {
        let Note { before, text } = note;
        Self { before: *before, text: Text::new(text), unknown: Unknown::default() }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Note {
        cx.unknown(&self.unknown);
        Note { before: self.before, text: self.text.into_string() }
    }
}

/// Cues that become JSON one by one, so that a million of them need no second copy.
pub(super) struct Cues<'a>(&'a Track);

impl Serialize for Cues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.cues.iter().map(|cue| CueJson::write(cue, self.0)))
    }
}

impl<'a> TrackJson<'a, Cues<'a>> {
    pub(super) fn write(track: &'a Track) -> Self {
        let Track { format, lang, resolution, frame_rate, start_timecode, header, regions, notes, extras, cues: _ } =
            track;
        Self {
            zimu: VERSION,
            kind: Text::new(Kind::Track.name()),
            format: format.map(Text::new),
            lang: lang.as_ref().map(|lang| Text::new(lang.as_str())),
            resolution: (*resolution != TimeDelta::ZERO).then(|| (*resolution).into()),
            frame_rate: frame_rate.map(|rate| Text::owned(rate.to_string())),
            start_timecode: start_timecode.map(|code| Text::owned(code.to_string())),
            header: header.as_deref().map(Text::new),
            regions: regions.iter().map(|region| RegionJson::write(region, track)).collect(),
            notes: notes.iter().map(NoteJson::write).collect(),
            extras: extras.iter().map(ExtraJson::write).collect(),
            cues: Cues(track),
            unknown: Unknown::default(),
        }
    }
}

impl<'a> TrackJson<'a, Vec<CueJson<'a>>> {
    pub(super) fn read(self, cx: &mut Cx<'_>) -> Track {
        cx.unknown(&self.unknown);
        let (around, cues) = self.into_around();
        around.read(cues, cx)
    }
}

impl<'a, C> TrackJson<'a, C> {
    /// The cues, and what stands around them.
    pub(super) fn into_around(self) -> (Around<'a>, C) {
        let Self {
            zimu: _,
            kind: _,
            format,
            lang,
            resolution,
            frame_rate,
            start_timecode,
            header,
            regions,
            notes,
            extras,
            cues,
            unknown: _,
        } = self;
        (Around { format, lang, resolution, frame_rate, start_timecode, header, regions, notes, extras }, cues)
    }
}

/// What stands around cues, in a track or an alignment.
#[derive(Default)]
pub(super) struct Around<'a> {
    pub(super) format: Option<Text<'a>>,
    pub(super) lang: Option<Text<'a>>,
    pub(super) resolution: Option<Seconds<'a>>,
    pub(super) frame_rate: Option<Text<'a>>,
    pub(super) start_timecode: Option<Text<'a>>,
    pub(super) header: Option<Text<'a>>,
    pub(super) regions: Vec<RegionJson<'a>>,
    pub(super) notes: Vec<NoteJson<'a>>,
    pub(super) extras: Vec<ExtraJson<'a>>,
}

impl<'a> Around<'a> {
    pub(super) fn read(self, cues: Vec<CueJson<'a>>, cx: &mut Cx<'_>) -> Track {
        let regions = self.regions.into_iter().enumerate();
        let notes = self.notes.into_iter().enumerate();
        Track {
            format: read_format(self.format, cx),
            lang: read_lang(self.lang, cx),
            resolution: self.resolution.map(Seconds::delta).unwrap_or_default(),
            frame_rate: read_as("frame_rate", self.frame_rate, FrameRate::parse, "25, 30000/1001, …", cx),
            start_timecode: read_as("start_timecode", self.start_timecode, Timecode::parse, "01:00:00:00, …", cx),
            header: self.header.map(Text::into_string),
            regions: regions.map(|(i, region)| cx.within("regions", i, |cx| region.read(cx))).collect(),
            notes: notes.map(|(i, note)| cx.within("notes", i, |cx| note.read(cx))).collect(),
            extras: extra::read_all(self.extras, cx),
            cues: read_cues(cues, cx),
        }
    }
}

fn read_cues(cues: Vec<CueJson<'_>>, cx: &mut Cx<'_>) -> Vec<Cue> {
    cues.into_iter().enumerate().map(|(i, cue)| cx.within("cues", i, |cx| cue.read(i, cx))).collect()
}

/// The id of a format; one that is not known is reported.
fn read_format(format: Option<Text<'_>>, cx: &mut Cx<'_>) -> Option<&'static str> {
    let format = format?;
    let ids = || FORMATS.iter().map(|format| format.id);
    let id = ids().find(|id| *id == format.as_str());
    if id.is_none() {
        let args = [("value", format.as_str()), ("known", &ids().collect::<Vec<_>>().join(", "))];
        cx.say_at(format.as_str(), codes::parse::JSON_UNKNOWN_VALUE, "format", &args);
    }
    id
}

/// A language tag; one that is none is reported.
pub(super) fn read_lang(lang: Option<Text<'_>>, cx: &mut Cx<'_>) -> Option<LangTag> {
    read_as("lang", lang, LangTag::parse, "zh-Hans, zh-Hant, en, …", cx)
}

/// The value of a field as `parse` reads it; what it cannot read is reported, with what is `known`.
fn read_as<T>(
    field: &'static str,
    text: Option<Text<'_>>,
    parse: impl Fn(&str) -> Option<T>,
    known: &str,
    cx: &mut Cx<'_>,
) -> Option<T> {
    let text = text?;
    let value = parse(text.as_str());
    if value.is_none() {
        let args = [("value", text.as_str()), ("known", known)];
        cx.say_at(text.as_str(), codes::parse::JSON_UNKNOWN_VALUE, field, &args);
    }
    value
}
