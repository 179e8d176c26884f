//! The native format: one versioned JSON object that holds a track, a transcript or an alignment without loss, made for
//! people to read and edit. docs/native.schema.json describes it.

mod alignment;
mod context;
mod cue;
pub(in crate::codec) mod decimal;
mod extra;
pub(in crate::codec) mod fault;
mod field;
mod gloss;
mod head;
mod hearing;
mod layout;
mod loss;
mod mark;
mod offsets;
mod placement;
#[cfg(test)]
mod schema;
mod speaker;
mod text;
mod track;
mod transcript;

pub use head::Kind;

use super::{Feature, Format, ReadOptions, Write, WriteOptions};
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Alignment, Track, Transcript};
use crate::source::Source;
use context::Cx;
use cue::CueJson;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The native format.
pub static FORMAT: Format = Format {
    id: "json",
    name: "zimu JSON",
    spec: "docs/native.schema.json, version 1",
    extensions: &["json"],
    mime: "application/json",
    keeps: &[
        Feature::ExactTimes,
        Feature::CueId,
        Feature::Voice,
        Feature::Lang,
        Feature::Class,
        Feature::Bold,
        Feature::Italic,
        Feature::Underline,
        Feature::Strike,
        Feature::Color,
        Feature::Background,
        Feature::Font,
        Feature::Ruby,
        Feature::Gloss,
        Feature::Unsaid,
        Feature::Emphasis,
        Feature::Upright,
        Feature::Shown,
        Feature::Placement,
        Feature::Region,
        Feature::Note,
        Feature::Header,
        Feature::FrameRate,
        Feature::StartTimecode,
        Feature::TrackLang,
        Feature::Evidence,
    ],
    leftovers: &[],
    probe: |text| if head::kind(text).is_some() { u8::MAX } else { 0 },
    probe_bytes: None,
    read,
    write: Some(Write::Whole(write)),
    splice: None,
};

/// What a source holds, if it is in the native format (of any version). Reads only the beginning.
///
/// ```
/// use zimu::codec::native::{Kind, kind};
/// use zimu::source::Source;
/// let source = Source::from_text("a.json", r#"{"zimu": 1, "kind": "transcript", "parts": []}"#);
/// assert_eq!(kind(&source), Some(Kind::Transcript));
/// ```
pub fn kind(source: &Source) -> Option<Kind> {
    head::kind(source.text())
}

/// Reads a transcript, which a person may have edited: what no longer fits is reported.
///
/// # Errors
/// Not JSON, not this version, not a transcript, or a field of a wrong type: the message says where.
pub fn read_transcript(source: &Source, report: &mut Report) -> Result<Transcript> {
    expect(source, Kind::Transcript)?;
    let file: transcript::TranscriptJson<'_> = parse(source)?;
    Ok(file.read(&mut Cx::new(source, report)))
}

/// Writes a transcript.
pub fn write_transcript(transcript: &Transcript) -> Vec<u8> {
    layout::to_bytes(&transcript::TranscriptJson::write(transcript))
}

/// Reads an alignment; the cues in the file are passed over, for they are made from it.
///
/// # Errors
/// As [`read_transcript`].
pub fn read_alignment(source: &Source, report: &mut Report) -> Result<Alignment> {
    expect(source, Kind::Alignment)?;
    let file: alignment::AlignmentJson<'_, IgnoredAny> = parse(source)?;
    Ok(file.read(&mut Cx::new(source, report)))
}

/// Writes an alignment, with the track that was made of it for programs that want cues.
pub fn write_alignment(alignment: &Alignment, track: Option<&Track>) -> Vec<u8> {
    layout::to_bytes(&alignment::AlignmentJson::write(alignment, track))
}

fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let cx = &mut Cx::new(source, report);
    match head::checked(source)? {
        Kind::Track => parse::<track::TrackJson<'_, Vec<CueJson<'_>>>>(source).map(|file| file.read(cx)),
        Kind::Transcript => Err(wrong_kind(source, Kind::Transcript)),
        Kind::Alignment => {
            let file: alignment::AlignmentJson<'_, Vec<CueJson<'_>>> = parse(source)?;
            file.read_track(cx).ok_or_else(|| wrong_kind(source, Kind::Alignment))
        }
    }
}

fn write(track: &Track, _options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    loss::report(track, report);
    Ok(layout::to_bytes(&track::TrackJson::write(track)))
}

/// That the source is of `kind`.
fn expect(source: &Source, kind: Kind) -> Result<()> {
    let found = head::checked(source)?;
    if found == kind { Ok(()) } else { Err(wrong_kind(source, found)) }
}

/// The error for a file that holds something else than is needed, and what takes it.
fn wrong_kind(source: &Source, found: Kind) -> Error {
    let name = source.name();
    let (what, zh, command) = match found {
        Kind::Track => ("captions", "字幕", "convert"),
        Kind::Transcript => ("a transcript", "文稿", "align"),
        Kind::Alignment => ("an alignment", "对齐结果", "align"),
    };
    let line = format!("`zimu {command} {name} -o NAME.srt`");
    Error::new(ErrorKind::Unreadable, format!("{name} holds {what}"))
        .with_remedy(format!("{line} takes it"))
        .with_chinese(format!("{name} 中是{zh}"))
        .with_chinese_remedy(format!("请用 {line}"))
}

fn parse<'a, T: Deserialize<'a>>(source: &'a Source) -> Result<T> {
    serde_json::from_str(source.text()).map_err(|error| fault::explain(source, &error))
}
