//! What a media file is, as `zimu info` shows it.

use crate::time::TimeDelta;

/// A media file, and the audio track that is or would be decoded.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Media {
    /// Its container: `mp4`, `matroska`, `ogg`, …
    pub container: String,
    /// Its audio tracks, in the order of the file.
    pub tracks: Vec<AudioTrack>,
    /// Which of them.
    pub track: usize,
    /// Until when there is sound: as the container says, or, after decoding, as it was.
    pub duration: Option<TimeDelta>,
    /// Samples that an encoder put before the sound, in time, and that are not played.
    pub delay: TimeDelta,
    /// How that is known.
    pub delay_from: Delay,
    /// Another program decoded it.
    pub by: Option<&'static str>,
}

impl Media {
    /// A file of which only its container is known; `program` decodes it.
    pub fn of_program(container: &str, track: usize, program: &'static str) -> Self {
        Self { container: container.to_owned(), track, by: Some(program), ..Self::default() }
    }

    /// The track can be decoded here.
    pub fn is_decodable(&self) -> bool {
        self.tracks.get(self.track).is_some_and(|track| track.decodable)
    }
}

/// An audio track.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AudioTrack {
    /// Its codec: `aac`, `opus`, …
    pub codec: String,
    /// Samples a second; 0 if unknown.
    pub rate: u32,
    /// Channels; 0 if unknown.
    pub channels: usize,
    /// Its language, as the file spells it.
    pub language: Option<String>,
    /// It can be decoded here.
    pub decodable: bool,
}

/// How the encoder's delay is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delay {
    /// The codec has none (PCM, FLAC, ALAC).
    #[default]
    None,
    /// The file says nothing: what the encoder put before the sound is still there.
    Unknown,
    /// An edit list (ISO/IEC 14496-12, 8.6.6).
    EditList,
    /// The comment `iTunSMPB` that Apple's encoders write.
    ITunes,
    /// A LAME or Xing header.
    Lame,
    /// The pre-skip of an Opus header (RFC 7845, 5.1).
    PreSkip,
    /// `CodecDelay` (RFC 9559, 5.1.4.1.27).
    CodecDelay,
    /// Granule positions (Vorbis I, A.2).
    Granule,
}

/// Every way, its name in JSON, and its sentences in English and Chinese.
pub static DELAYS: &[(Delay, &str, &str, &str)] = &[
    (Delay::None, "none", "the codec has none", "编码本身没有延迟"),
    (Delay::Unknown, "unknown", "the file does not say how long the encoder's delay is", "文件未注明编码延迟"),
    (Delay::EditList, "edit-list", "edit list", "编辑列表"),
    (Delay::ITunes, "itunsmpb", "iTunSMPB", "iTunSMPB"),
    (Delay::Lame, "lame", "LAME header", "LAME 头"),
    (Delay::PreSkip, "pre-skip", "Opus pre-skip", "Opus 预跳过"),
    (Delay::CodecDelay, "codec-delay", "CodecDelay", "CodecDelay"),
    (Delay::Granule, "granule", "granule positions", "granule 位置"),
];
