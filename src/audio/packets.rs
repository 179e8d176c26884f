//! A container, and the packets of one audio track of it.

use super::fault::{self, Failure, guarded};
use super::media::{AudioTrack, Delay, Media};
use super::source::Source;
use super::{Stream, aac, decoder, matroska, mp4, ogg, opus};
use crate::diag::Location;
use crate::error::Result;
use crate::time::{Round, Time, TimeDelta};
use std::collections::VecDeque;
use std::path::Path;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_MP3, CODEC_ID_OPUS, CODEC_ID_VORBIS};
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::well_known::{FORMAT_ID_ISOMP4, FORMAT_ID_OGG};
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource as _, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

/// An opened container, and one audio track of it.
pub(super) struct Packets {
    reader: Reader,
    id: u32,
    base: TimeBase,
    params: AudioCodecParameters,
    /// By how much the reader's times are late.
    lead: TimeDelta,
    /// The end of the bytes is the end of the sound, and no damage.
    ends_open: bool,
    /// Packets that were looked at, and come first.
    ahead: VecDeque<Packet>,
    /// Where the last packet ends.
    end: TimeDelta,
    /// A stream behind the first has begun, of which no packet was given yet.
    begins: bool,
    media: Media,
}

enum Reader {
    Symphonia(Box<dyn FormatReader>),
    Mp4(Box<mp4::Reader>),
}

/// What comes next.
pub(super) enum Next {
    /// A packet.
    Packet(Packet),
    /// Another stream begins behind the end of the first (chained Ogg): its times begin anew.
    Restart,
    /// Such a stream, of another codec.
    Other,
    /// Nothing.
    End,
}

impl Packets {
    pub(super) fn open(source: Box<dyn Stream>, name: &str, wanted: Option<usize>) -> Result<Self> {
        let mut source = Source::new(source);
        let length = source.byte_len();
        let matroska = length.and_then(|length| matroska::look(&mut source, length));
        // Then what a cut-off file lacks at its end is not looked for.
        if matroska.is_some() || length.is_some_and(|length| ogg::is_cut(&mut source, length)) {
            source.one_way();
        }
        let ends_open = matroska.as_ref().is_some_and(|matroska| !matroska.cut);
        let delays = matroska.unwrap_or_default().delays;
        let stream = MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default());
        let mut hint = Hint::new();
        if let Some(extension) = Path::new(name).extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let probe = symphonia::default::get_probe();
        let opened = guarded(|| probe.probe(&hint, stream, FormatOptions::default(), MetadataOptions::default()));
        let reader = opened.map_err(|failure| fault::not_media(name, &failure))?;
        let tracks: Vec<AudioTrack> =
            audio_tracks(&*reader).map(|(_, params, track)| described(params, track)).collect();
        let usable = || tracks.iter().position(|track| track.decodable);
        let number = wanted.or_else(usable).unwrap_or(0);
        let Some((id, params, track)) = audio_tracks(&*reader).nth(number) else {
            return Err(fault::no_track(name, wanted, tracks.len()));
        };
        let (params, mut base) = (params.clone(), track.time_base.unwrap_or(SECOND));
        let (mut delay, mut delay_from) = delay(&params, track);
        let mut duration = track.duration.and_then(|duration| seconds(base, duration.get()));
        let container = reader.format_info().short_name.to_owned();
        let mut lead = lead(&*reader, &params);
        if let Some((_, nanos)) = delays.iter().find(|(number, nanos)| *number == u64::from(id) && *nanos > 0) {
            (delay, delay_from) = (nanoseconds(*nanos), Delay::CodecDelay);
            lead = delay - in_ticks(base, *nanos);
        }
        duration = duration.or_else(|| {
            let whole = reader.media_info();
            seconds(whole.time_base?, whole.duration?.get())
        });
        let reader = if reader.format_info().format == FORMAT_ID_ISOMP4 {
            let mp4 = mp4_track(reader, id, params.sample_rate.unwrap_or(0))
                .map_err(|failure| fault::not_media(name, &failure))?;
            base = mp4.base().unwrap_or(base);
            if let Some((units, from)) = mp4.delay().filter(|(units, _)| *units > 0 || delay_from != Delay::None) {
                (delay, delay_from) = (seconds(base, units).unwrap_or_default(), from);
            }
            duration = seconds(base, mp4.end()).filter(|end| *end > TimeDelta::ZERO);
            Reader::Mp4(mp4)
        } else {
            Reader::Symphonia(reader)
        };
        let duration = duration.map(|duration| duration - lead);
        let media = Media { container, tracks, track: number, duration, delay, delay_from, by: None };
        let (ahead, end) = (VecDeque::new(), TimeDelta::ZERO);
        let mut packets = Self { reader, id, base, params, lead, ends_open, ahead, end, begins: false, media };
        packets.look_for_sbr();
        Ok(packets)
    }

    /// The codec is not what it is called, if its packets carry SBR.
    fn look_for_sbr(&mut self) {
        let core = self.params.sample_rate.is_some_and(|rate| rate <= aac::HIGHEST_CORE);
        if self.params.codec != CODEC_ID_AAC || !core || !self.media.is_decodable() {
            return;
        }
        while self.ahead.len() < aac::ASKED
            && let Ok(Next::Packet(packet)) = self.read()
        {
            self.ahead.push_back(packet);
        }
        if let Some(track) = self.media.tracks.get_mut(self.media.track).filter(|_| aac::carry_sbr(self.ahead.iter())) {
            (track.codec, track.decodable) = (aac::HE_AAC.to_owned(), false);
        }
    }

    pub(super) fn media(&self) -> &Media {
        &self.media
    }

    pub(super) fn params(&self) -> &AudioCodecParameters {
        &self.params
    }

    /// The next packet of the track.
    pub(super) fn next(&mut self) -> Result<Next, Failure> {
        let next = match self.ahead.pop_front() {
            Some(packet) => Next::Packet(packet),
            None => self.read()?,
        };
        if let Next::Packet(packet) = &next {
            self.count(packet);
        }
        Ok(next)
    }

    /// Where the sound is by now. What is behind another stream goes on where that ended, whatever its clock says.
    fn count(&mut self, packet: &Packet) {
        let time = |units: i64| TimeDelta::from_units(samples(self.base, units, FINE), FINE).unwrap_or_default();
        let start = time(packet.pts.get());
        if std::mem::take(&mut self.begins) {
            self.lead = self.lead + start.max(TimeDelta::ZERO) - self.end;
        }
        self.end = start + time(i64::try_from(packet.dur.get()).unwrap_or(i64::MAX)) - self.lead;
    }

    fn read(&mut self) -> Result<Next, Failure> {
        let reader = match &mut self.reader {
            Reader::Mp4(mp4) => return guarded(|| mp4.next()),
            Reader::Symphonia(reader) => reader,
        };
        loop {
            match guarded(|| reader.next_packet()) {
                Ok(Some(packet)) if packet.track_id == self.id => return Ok(Next::Packet(packet)),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(Next::End),
                Err(Failure::Said(Fault::ResetRequired)) => break,
                Err(failure) if failure.is_end() && self.ends_open => return Ok(Next::End),
                Err(failure) => return Err(failure),
            }
        }
        let same = |(_, params, _): &(u32, &AudioCodecParameters, &Track)| params.codec == self.params.codec;
        let found = audio_tracks(&**reader).find(same).map(|(id, params, track)| (id, params.clone(), track.time_base));
        let Some((id, params, base)) = found else { return Ok(Next::Other) };
        self.lead = lead(&**reader, &params);
        (self.id, self.base, self.params) = (id, base.unwrap_or(SECOND), params);
        self.begins = true;
        Ok(Next::Restart)
    }

    /// Where the last packet ends.
    pub(super) fn here(&self) -> Location {
        Location { time: Some(Time::ZERO + self.end), ..Location::FILE }
    }

    /// How many pieces of the track an edit list puts together.
    pub(super) fn pieces(&self) -> usize {
        match &self.reader {
            Reader::Mp4(mp4) => mp4.pieces(),
            Reader::Symphonia(_) => 1,
        }
    }

    /// Where a packet begins, in samples of `rate`.
    pub(super) fn position(&self, packet: &Packet, rate: u32) -> i64 {
        samples(self.base, packet.pts.get(), rate).saturating_sub(self.lead.to_units(rate, Round::Nearest))
    }

    /// How many samples of a decoded packet count. An MP4 file may state that its last packet is shorter than the codec's; in
    /// units coarser than samples that would be a rounding.
    pub(super) fn counted(&self, packet: &Packet, rate: u32) -> usize {
        let exact = matches!(self.reader, Reader::Mp4(_)) && self.base.denom.get().checked_rem(rate) == Some(0);
        let length = if exact { packet.dur.get() } else { 0 };
        if length == 0 { usize::MAX } else { self.length(length, rate) }
    }

    /// A length in the track's unit, in samples of `rate`.
    pub(super) fn length(&self, units: u64, rate: u32) -> usize {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        usize::try_from(samples(self.base, units, rate)).unwrap_or(usize::MAX)
    }
}

/// Fine enough for the ends of packets: 48 kHz and 44.1 kHz.
const FINE: u32 = 7_056_000;

const SECOND: TimeBase = TimeBase { numer: std::num::NonZero::<u32>::MIN, denom: std::num::NonZero::<u32>::MIN };

fn audio_tracks(reader: &dyn FormatReader) -> impl Iterator<Item = (u32, &AudioCodecParameters, &Track)> {
    reader.tracks().iter().filter(|track| track.track_type() == Some(TrackType::Audio)).filter_map(|track| {
        track.codec_params.as_ref().and_then(CodecParameters::audio).map(|params| (track.id, params, track))
    })
}

fn described(params: &AudioCodecParameters, track: &Track) -> AudioTrack {
    let (mut codec, mut decodable) = decoder::codec(params);
    if params.codec == CODEC_ID_AAC && params.extra_data.as_deref().is_some_and(aac::says_sbr) {
        (codec, decodable) = (aac::HE_AAC.to_owned(), false);
    }
    AudioTrack {
        codec,
        rate: params.sample_rate.unwrap_or(0),
        channels: params.channels.as_ref().map_or(0, symphonia::core::audio::Channels::count),
        language: track.language.clone().filter(|language| language != "und"),
        decodable,
    }
}

fn delay(params: &AudioCodecParameters, track: &Track) -> (TimeDelta, Delay) {
    let rate = params.sample_rate.unwrap_or(0);
    let length = track.delay.and_then(|delay| TimeDelta::from_units(delay.into(), rate));
    let from = match params.codec {
        CODEC_ID_OPUS if length.is_some() => Delay::PreSkip,
        CODEC_ID_OPUS => Delay::Unknown,
        CODEC_ID_VORBIS if length.is_some() => Delay::Granule,
        CODEC_ID_VORBIS => Delay::Unknown,
        CODEC_ID_MP3 if length.is_some() => Delay::Lame,
        CODEC_ID_MP3 | CODEC_ID_AAC => Delay::Unknown,
        _ => Delay::None,
    };
    (length.unwrap_or_default(), from)
}

/// Granule positions of Opus count the pre-skip (RFC 7845, 4.2), and symphonia gives them as they are.
fn lead(reader: &dyn FormatReader, params: &AudioCodecParameters) -> TimeDelta {
    let ogg = reader.format_info().format == FORMAT_ID_OGG && params.codec == CODEC_ID_OPUS;
    let head = params.extra_data.as_deref().filter(|_| ogg).and_then(opus::Head::parse);
    head.and_then(|head| TimeDelta::from_units(head.pre_skip.into(), opus::RATE)).unwrap_or_default()
}

fn nanoseconds(nanos: u64) -> TimeDelta {
    i64::try_from(nanos).ok().and_then(|nanos| TimeDelta::from_units(nanos, 1_000_000_000)).unwrap_or_default()
}

/// What symphonia takes off the times of a Matroska track: the delay in whole ticks, rounded down.
fn in_ticks(base: TimeBase, nanos: u64) -> TimeDelta {
    let tick = u128::from(base.numer.get()).saturating_mul(1_000_000_000);
    let ticks = u128::from(nanos).saturating_mul(base.denom.get().into()).checked_div(tick).unwrap_or(0);
    u64::try_from(ticks).ok().and_then(|ticks| seconds(base, ticks)).unwrap_or_default()
}

/// The reader of our own for a track of an MP4 file.
fn mp4_track(reader: Box<dyn FormatReader>, id: u32, rate: u32) -> Result<Box<mp4::Reader>, Failure> {
    guarded(|| {
        let stream = reader.into_inner();
        let length = stream.byte_len().ok_or(Fault::Unsupported("MP4 from a pipe"))?;
        let track = mp4::Reader::open(stream, length, id, rate)?;
        track.map(Box::new).ok_or(Fault::DecodeError("its tables make no sense"))
    })
}

fn seconds(base: TimeBase, units: u64) -> Option<TimeDelta> {
    let units = i64::try_from(units).ok()?.checked_mul(base.numer.get().into())?;
    TimeDelta::from_units(units, base.denom.get())
}

fn samples(base: TimeBase, units: i64, rate: u32) -> i64 {
    let product = i128::from(units).saturating_mul(base.numer.get().into()).saturating_mul(rate.into());
    let samples = crate::time::Round::Nearest.divide(product, base.denom.get().into());
    i64::try_from(samples).unwrap_or(if samples < 0 { i64::MIN } else { i64::MAX })
}
