//! Sound: any media file → 16 kHz mono on the presentation timeline, in chunks, so that memory does not grow with length.
//!
//! What a player plays at media time *t* is what comes out at sample *t* × 16,000: encoder delay is trimmed, start times, edit
//! lists and gaps are honoured. [`Media`] says how that is known.

mod aac;
mod activity;
mod decoder;
mod downmix;
mod fault;
pub mod features;
mod matroska;
mod media;
mod mp4;
mod ogg;
mod opus;
mod packets;
mod place;
mod resample;
mod sniff;
mod source;
mod spectrum;
mod voice;

pub use media::{AudioTrack, DELAYS, Delay, Media};
pub use sniff::{HEAD, sniff};
pub use voice::{VOICE_FRAME, VoiceActivity};

use crate::diag::Report;
use crate::error::{Error, Result};
use crate::time::TimeRange;
use std::io::{Read, Seek};

/// Samples a second of everything behind the decoders: the band of speech, 8 kHz.
pub const SAMPLE_RATE: u32 = 16_000;

/// Bytes of a media file, wherever they are.
pub trait Stream: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Stream for T {}

/// What to decode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// This audio track, counted from 0 among audio tracks; otherwise the first that can be decoded.
    pub track: Option<usize>,
    /// Only this part of the media.
    pub range: Option<TimeRange>,
}

impl Options {
    /// Only the audio track with this number, counted from 0.
    #[must_use]
    pub fn with_track(mut self, track: Option<usize>) -> Self {
        self.track = track;
        self
    }

    /// Only this part of the media.
    #[must_use]
    pub fn with_range(mut self, range: Option<TimeRange>) -> Self {
        self.range = range;
        self
    }
}

/// An open media file: what it is, and the way to its sound.
pub struct Opened {
    packets: packets::Packets,
    name: String,
    range: Option<TimeRange>,
}

/// Opens a media file. `name` is what messages call it.
///
/// # Errors
/// [`crate::ErrorKind::Unreadable`] if no container known here is found in it, or no audio track;
/// [`crate::ErrorKind::Usage`] if it has audio, but not the track that was asked for.
pub fn open(source: Box<dyn Stream>, name: &str, options: &Options) -> Result<Opened> {
    let packets = packets::Packets::open(source, name, options.track)?;
    Ok(Opened { packets, name: name.to_owned(), range: options.range })
}

/// The error of an MP4 file that lacks its index, without which nobody can find the sound in it; `None` for all other files.
/// The stream is put back to its start.
pub fn without_index(stream: &mut (impl Read + Seek), name: &str) -> Option<Error> {
    let length = stream.seek(std::io::SeekFrom::End(0)).ok()?;
    mp4::lacks_index(stream, length).then(|| fault::no_index(name))
}

impl Opened {
    /// What it is.
    pub fn media(&self) -> &Media {
        self.packets.media()
    }

    /// Decodes the track, as [`decode`] does.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unreadable`] if its codec cannot be decoded here ([`Media::is_decodable`] tells beforehand) or
    /// nothing in it can; what `sink` returns.
    pub fn decode(mut self, report: &mut Report, sink: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<Media> {
        decoder::run(&mut self.packets, &self.name, self.range, report, sink)
    }
}

/// Decodes one audio track to 16 kHz mono on the presentation timeline: the first sample is media time 0, or the start of
/// the range. Chunks go to `sink` in order; its error ends the work. Damage inside is no error: it is reported, and silence
/// stands in its place.
///
/// # Errors
/// Those of [`open`] and [`Opened::decode`].
pub fn decode(
    source: Box<dyn Stream>,
    name: &str,
    options: &Options,
    report: &mut Report,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<Media> {
    open(source, name, options)?.decode(report, sink)
}
