//! Packets → samples, and the loop that does it.

use super::downmix;
use super::fault::{self, Failure, guarded};
use super::media::Media;
use super::opus;
use super::packets::{Next, Packets};
use super::place::{Place, damaged};
use super::resample::Sink;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::Result;
use crate::time::{Round, Time, TimeDelta, TimeRange};
use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_AC3, CODEC_ID_AC4, CODEC_ID_DCA, CODEC_ID_EAC3, CODEC_ID_MUSEPACK, CODEC_ID_OPUS, CODEC_ID_SPEEX,
    CODEC_ID_TRUEHD, CODEC_ID_TTA, CODEC_ID_WAVPACK, CODEC_ID_WMA,
};
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::packet::Packet;

/// Decoding begins so long before a range: a codec's overlap, MP3's reservoir (under 0.3 s), Opus's pre-roll (RFC 7845, 4.6:
/// 80 ms).
const PREROLL: TimeDelta = TimeDelta::from_seconds(1);

/// A decoder of ours or of symphonia's, and its last block.
struct Decoder {
    kind: Kind,
    planes: Vec<Vec<f32>>,
    weights: Vec<f32>,
    mono: Vec<f32>,
}

enum Kind {
    Symphonia(Box<dyn AudioDecoder>),
    Opus(opus::Decoder),
}

impl Decoder {
    fn new(params: &AudioCodecParameters) -> Option<Self> {
        let kind = if params.codec == CODEC_ID_OPUS {
            let channels = params.channels.as_ref().map_or(2, symphonia::core::audio::Channels::count);
            Kind::Opus(opus::Decoder::new(params.extra_data.as_deref(), channels)?)
        } else {
            // Trimming is ours: it needs the positions.
            let options = AudioDecoderOptions::default().gapless(false);
            let made = guarded(|| symphonia::default::get_codecs().make_audio_decoder(params, &options));
            Kind::Symphonia(made.ok()?)
        };
        Some(Self { kind, planes: Vec::new(), weights: Vec::new(), mono: Vec::new() })
    }

    /// Decodes a packet to one channel; gives its sample rate, or nothing if it holds no sound.
    fn decode(&mut self, packet: &Packet) -> Result<Option<u32>, Failure> {
        let (planes, weights, mono) = (&mut self.planes, &mut self.weights, &mut self.mono);
        mono.clear();
        match &mut self.kind {
            Kind::Symphonia(decoder) => guarded(|| {
                let buffer = decoder.decode(packet)?;
                buffer.copy_to_vecs_planar::<f32>(planes);
                if weights.len() != planes.len() {
                    *weights = downmix::weights(buffer.spec().channels(), planes.len());
                }
                downmix::mix(planes, weights, mono);
                Ok((buffer.frames() > 0).then_some(buffer.spec().rate()))
            }),
            Kind::Opus(decoder) => guarded(|| {
                let (samples, channels) =
                    decoder.decode(&packet.data).ok_or(Fault::DecodeError("opus: invalid packet"))?;
                downmix::mix_interleaved(samples, channels, mono);
                Ok(Some(opus::RATE))
            }),
        }
    }

    fn reset(&mut self) {
        match &mut self.kind {
            Kind::Symphonia(decoder) => {
                // A decoder that breaks down here does so again in the next packet, and is reported there.
                let _ = guarded(|| {
                    decoder.reset();
                    Ok(())
                });
            }
            Kind::Opus(decoder) => decoder.reset(),
        }
    }
}

/// The codec's name, and whether it can be decoded.
pub(super) fn codec(params: &AudioCodecParameters) -> (String, bool) {
    let known = symphonia::default::get_codecs().get_audio_decoder(params.codec);
    let name = match (params.codec, known) {
        (CODEC_ID_OPUS, _) => "opus".to_owned(),
        (_, Some(known)) => known.codec.info.short_name.to_owned(),
        (other, None) => {
            let named = NAMES.iter().find(|(id, _)| *id == other);
            named.map_or_else(|| other.to_string(), |(_, name)| (*name).to_owned())
        }
    };
    (name, Decoder::new(params).is_some())
}

/// Codecs that are known and cannot be decoded here.
static NAMES: &[(AudioCodecId, &str)] = &[
    (CODEC_ID_AC3, "ac3"),
    (CODEC_ID_EAC3, "eac3"),
    (CODEC_ID_AC4, "ac4"),
    (CODEC_ID_DCA, "dts"),
    (CODEC_ID_TRUEHD, "truehd"),
    (CODEC_ID_WMA, "wma"),
    (CODEC_ID_SPEEX, "speex"),
    (CODEC_ID_WAVPACK, "wavpack"),
    (CODEC_ID_TTA, "tta"),
    (CODEC_ID_MUSEPACK, "musepack"),
];

/// Decodes all packets onto the timeline.
pub(super) fn run(
    packets: &mut Packets,
    name: &str,
    range: Option<TimeRange>,
    report: &mut Report,
    sink: Sink,
) -> Result<Media> {
    let track = packets.media().tracks.get(packets.media().track).cloned().unwrap_or_default();
    let mut decoder = Decoder::new(packets.params()).ok_or_else(|| fault::no_decoder(name, &track.codec))?;
    let mut place: Option<Place> = None;
    let mut failure = None;
    let mut skipping = false;
    loop {
        let packet = match packets.next() {
            Ok(Next::Packet(packet)) => packet,
            Ok(Next::End) => break,
            Ok(Next::Restart) => {
                let Some(fresh) = Decoder::new(packets.params()) else { break };
                decoder = fresh;
                place.iter_mut().for_each(Place::restart);
                report.push(Diagnostic::new(codes::audio::CHAINED, packets.here()));
                continue;
            }
            Ok(Next::Other) => {
                report.push(Diagnostic::new(codes::audio::CHAIN_ENDS, packets.here()));
                break;
            }
            Err(failure) => {
                let time = place.as_ref().map_or(Time::ZERO, Place::time);
                let code = if failure.is_end() { codes::audio::TRUNCATED } else { codes::audio::BROKEN_OFF };
                let at = Location { time: Some(time), ..Location::FILE };
                report.push(Diagnostic::new(code, at).with("reason", failure.reason()));
                break;
            }
        };
        let rate = place.as_ref().map_or(track.rate, Place::rate);
        if let Some(range) = range.filter(|_| rate > 0) {
            let at = packets.position(&packet, rate);
            let at = place.as_ref().map_or(at, |place| place.shifted(at));
            if at < (range.start - PREROLL).to_units(rate, Round::Down) {
                skipping = true;
                continue;
            }
            if at > range.end.to_units(rate, Round::Up) || place.as_ref().is_some_and(Place::is_full) {
                break;
            }
        }
        if std::mem::take(&mut skipping) {
            decoder.reset();
        }
        let rate = match decoder.decode(&packet) {
            Ok(Some(rate)) => rate,
            Ok(None) => continue,
            Err(reason) => {
                let at = Time::from_units(packets.position(&packet, 48_000), 48_000).unwrap_or_default();
                report.push_with(codes::audio::DAMAGED, Location::FILE, |_| damaged(at, &reason.reason()));
                decoder.reset();
                failure = Some(reason);
                continue;
            }
        };
        let place = match &mut place {
            Some(place) => place,
            None => place.insert(Place::new(rate, range)?),
        };
        if place.rate() != rate {
            report.push_once(Diagnostic::new(codes::audio::RATE_CHANGES, Location::FILE).with("rate", rate));
            continue;
        }
        let (first, last) =
            (packets.length(packet.trim_start.get(), rate), packets.length(packet.trim_end.get(), rate));
        let kept = decoder.mono.len().min(packets.counted(&packet, rate)).saturating_sub(last);
        let samples = decoder.mono.get(first..kept).unwrap_or_default();
        let position = packets.position(&packet, rate).saturating_add(i64::try_from(first).unwrap_or(i64::MAX));
        place.block(position, samples, report, sink)?;
    }
    if packets.pieces() > 1 {
        let pieces = Diagnostic::new(codes::audio::PIECES, Location::FILE);
        report.push(pieces.with("count", packets.pieces()));
    }
    let mut media = packets.media().clone();
    match (place, failure) {
        (Some(place), _) => media.duration = Some(place.finish(sink)? - Time::ZERO),
        (None, Some(failure)) => return Err(fault::nothing_decoded(name, &failure)),
        (None, None) => media.duration = Some(TimeDelta::ZERO),
    }
    Ok(media)
}
