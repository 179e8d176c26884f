//! Caption formats: each a static row of [`FORMATS`] over functions of its own folder.

// A new kind of mark shall not compile until every writer has taken a stand.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod ass;
pub mod audacity;
pub mod bcc;
mod blocks;
mod clock;
mod conform;
mod feature;
mod grid;
mod json;
mod label;
pub(crate) mod lacking;
mod last_cue;
mod leftover;
mod line_marks;
pub mod lrc;
pub mod microdvd;
pub mod mpl2;
pub mod native;
mod nest;
mod numbered;

mod plain;
mod probe;
mod runs;
pub mod sami;
pub mod sbv;
pub mod scc;
mod splice;
pub mod srt;
pub mod stl;
pub mod subviewer;
mod support;
pub mod table;
pub mod textgrid;
pub mod timedtext;
pub mod ttml;
#[cfg(feature = "vobsub")]
pub mod vobsub;
pub mod vtt;
pub mod whisper;
mod words;

pub use blocks::Blocks;
pub use conform::{CONFORMANCE, Conformance};
pub use feature::{FEATURES, Feature};
pub use leftover::Leftover;
pub use probe::{by_extension, by_id, probe, probe_bytes};
pub use splice::{Splice, Spliced};
pub use support::{support_matrix, support_page};

use crate::diag::{Diagnostic, Location, Report, codes::loss};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Labels, Track};
use crate::source::Source;
use crate::time::{FrameRate, Timecode};
use std::io;

/// A writer: the bytes of a file; each thing that the format cannot keep is reported.
#[derive(Clone, Copy)]
pub enum Write {
    /// What stands first depends on what follows (counts, styles in use): the file is made whole.
    Whole(fn(&Track, &WriteOptions, &mut Report) -> Result<Vec<u8>>),
    /// Cue after cue; the bytes that no block took come back.
    Blocks(fn(&Track, &WriteOptions, &mut Blocks<'_>, &mut Report) -> Result<Vec<u8>>),
}

/// One caption format.
pub struct Format {
    /// Short name on the command line: `srt`.
    pub id: &'static str,
    /// For people: `SubRip`.
    pub name: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// File name extensions, without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Media type.
    pub mime: &'static str,
    /// What it can hold: what is not here is reported as lost or kept in another way.
    pub keeps: &'static [Feature],
    /// What its reader keeps for its writer alone.
    pub leftovers: &'static [Leftover],
    /// How much a text looks like this format: 0 (not at all) to 255 (certainly).
    pub probe: fn(&str) -> u8,
    /// The same from bytes, for a format that is no text; its sources are made with [`Source::binary`].
    pub probe_bytes: Option<fn(&[u8]) -> u8>,
    /// Reads a track. Wrong data is reported, not an error; only what is not this format at all is.
    pub read: fn(&Source, &ReadOptions, &mut Report) -> Result<Track>,
    /// Writes a track. Each thing it cannot keep is reported. `None` if the format is only read.
    pub write: Option<Write>,
    /// Edits a file of the format in place: of its bytes only those change that an edit is about. `None` if its files can
    /// only be written anew.
    pub splice: Option<Splice>,
}

impl Format {
    /// Writes a track. Each thing that the format cannot keep is reported.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the format is only read; else those of its writer.
    pub fn write(&self, track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
        self.write_blocks(track, options, &mut Blocks::whole(), report)
    }

    /// The same to a file, or wherever bytes can go, block by block where the format allows it.
    ///
    /// # Errors
    /// Those of [`Format::write`]; within the result, those of `to`.
    pub fn write_to(
        &self,
        track: &Track,
        options: &WriteOptions,
        to: &mut dyn io::Write,
        report: &mut Report,
    ) -> Result<io::Result<()>> {
        let mut blocks = Blocks::to(to);
        let rest = self.write_blocks(track, options, &mut blocks, report)?;
        Ok(blocks.finish(&rest))
    }

    fn write_blocks(
        &self,
        track: &Track,
        options: &WriteOptions,
        blocks: &mut Blocks<'_>,
        report: &mut Report,
    ) -> Result<Vec<u8>> {
        match self.write {
            Some(Write::Whole(write)) => write(track, options, report),
            Some(Write::Blocks(write)) => write(track, options, blocks, report),
            None => Err(Error::new(ErrorKind::Usage, format!("{} is read, not written", self.name))
                .with_remedy("`zimu formats` says which formats are written")
                .with_chinese(format!("{} 只能读取，不能写出", self.name))
                .with_chinese_remedy("`zimu formats` 列出可写出的格式")),
        }
    }

    /// It is no text.
    pub fn is_binary(&self) -> bool {
        self.probe_bytes.is_some()
    }
}

/// Every format, once. Help, probing, documents, round trips and fuzzing walk it.
#[rustfmt::skip]
pub static FORMATS: &[&Format] = &[
    &srt::FORMAT,
    &vtt::FORMAT,
    &ass::ASS,
    &ass::SSA,
    &ttml::FORMAT,
    &ttml::DFXP,
    &ttml::NETFLIX,
    &ttml::EBU_TT_D,
    &ttml::SMPTE_TT,
    &ttml::ITT,
    // Before the others that are JSON: an empty `.json` is its.
    &native::FORMAT,
    &sbv::FORMAT,
    &bcc::FORMAT,
    &lrc::FORMAT,
    &microdvd::FORMAT,
    &mpl2::FORMAT,
    &table::CSV,
    &table::TSV,
    &audacity::FORMAT,
    &subviewer::FORMAT,
    &sami::FORMAT,
    &textgrid::FORMAT,
    &scc::FORMAT,
    &stl::FORMAT,
    &whisper::FORMAT,
    &timedtext::JSON3,
    &timedtext::SRV3,
    #[cfg(feature = "vobsub")]
    &vobsub::INDEX,
    #[cfg(feature = "vobsub")]
    &vobsub::PICTURES,
];

/// What a cue takes in a text format, at a guess: a number, two times, two short lines. What is reserved in vain is never
/// touched, so it costs nothing; what is reserved too small costs a copy.
const USUAL_CUE_BYTES: usize = 96;
/// The same where cues are short: one line.
const SHORT_CUE_BYTES: usize = 64;
/// The least of a SubRip cue: a number, two times, a letter.
const LEAST_CUE_BYTES: usize = 36;

/// Room for the cues of a text of so many bytes: growing by doubling would hold the old and the new list at once.
fn room_for_cues(bytes: usize) -> Vec<crate::model::Cue> {
    Vec::with_capacity(bytes.div_ceil(LEAST_CUE_BYTES))
}

/// How to read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Frames a second, where the format counts frames and the file does not say.
    pub frame_rate: Option<FrameRate>,
    /// The language to read, where a file has several; the one with the most cues, or that the file names, if `None`.
    pub lang: Option<LangTag>,
    /// The number of the subtitle track to read, where a file numbers several, as VobSub does; goes before
    /// [`ReadOptions::lang`].
    pub subtitle_track: Option<u32>,
}

/// How to write.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// When speakers' names are shown in the text.
    pub labels: Labels,
    /// Frames a second, where the format counts frames; the track's own if `None`.
    pub frame_rate: Option<FrameRate>,
    /// The time code of the first instant, where the format has time codes; the track's own if `None`.
    pub start_timecode: Option<Timecode>,
}

/// Reports what a format loses that knows only times from zero.
fn timing_lost(rate: Option<FrameRate>, start: Option<Timecode>, report: &mut Report) {
    if let Some(rate) = rate {
        report.push(Diagnostic::new(loss::FRAME_RATE, Location::FILE).with("rate", rate.to_string()));
    }
    if let Some(code) = start {
        report.push(Diagnostic::new(loss::START_TIMECODE, Location::FILE).with("code", code.to_string()));
    }
}
