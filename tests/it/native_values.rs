//! Random tracks, transcripts and alignments with marks of every kind.

use crate::arbitrary::{doubt, evidence_of, lang, marked, placement_of, region_of};
use proptest::prelude::*;
use zimu::codec::FORMATS;
use zimu::model::*;
use zimu::time::{Time, TimeDelta, TimeRange};

fn any_time() -> impl Strategy<Value = Time> {
    prop_oneof![
        (-10_000_000i64..10_000_000).prop_map(Time::from_millis),
        any::<i64>().prop_map(Time::from_flicks),
        (0i64..100_000).prop_map(|frames| Time::from_units(frames * 1001, 24_000).unwrap()),
    ]
}

fn any_range() -> impl Strategy<Value = TimeRange> {
    (any_time(), any_time()).prop_map(|(start, end)| TimeRange::new(start, end))
}

fn any_share() -> impl Strategy<Value = f32> + Clone {
    prop_oneof![0.0f32..=1.0, Just(0.1), Just(f32::MIN_POSITIVE)]
}

fn any_text() -> impl Strategy<Value = String> {
    "[ab字幕é😀 \"\\\\/\n<&\u{0}\u{7f}\u{2028}:：]{0,8}"
}

fn any_extra() -> impl Strategy<Value = Extra> {
    let keys = FORMATS.iter().flat_map(|format| format.leftovers.iter().map(|leftover| (format.id, leftover.key)));
    (prop::sample::select(keys.collect::<Vec<_>>()), any_text()).prop_map(|((format, key), value)| Extra {
        format,
        key,
        value,
    })
}

/// Any kind of mark; readings have marks of their own, three deep.
fn any_kind() -> BoxedStrategy<MarkKind> {
    let ruby = |inner| styled(inner).prop_map(|text| MarkKind::Ruby(Box::new(Ruby { text })));
    (0..3).fold(any_plain_kind(), |kind, _| prop_oneof![12 => any_plain_kind(), 1 => ruby(kind)].boxed())
}

fn any_plain_kind() -> BoxedStrategy<MarkKind> {
    let rgba = any::<[u8; 4]>().prop_map(|[r, g, b, a]| Rgba { r, g, b, a });
    let opaque = any::<[u8; 3]>().prop_map(|[r, g, b]| Rgba { r, g, b, a: 255 });
    let font = (prop::option::of(any_text()), prop::option::of(any_text()));
    let voice = (any_text(), prop::collection::vec(any_text(), 0..2));
    let gloss = (any_text(), any_text(), any_text(), prop::bool::ANY);
    let unsaid = (any_text(), prop::sample::select(REASONS));
    prop_oneof![
        voice.prop_map(|(name, classes)| MarkKind::Voice(Box::new(Voice { name, classes }))),
        lang().prop_map(MarkKind::Lang),
        any_text().prop_map(|name| MarkKind::Class(name.into())),
        Just(MarkKind::Bold),
        Just(MarkKind::Italic),
        Just(MarkKind::Underline),
        Just(MarkKind::Strike),
        rgba.prop_map(MarkKind::Color),
        opaque.prop_map(MarkKind::Background),
        font.prop_map(|(family, size)| MarkKind::Font(Box::new(Font { family, size }))),
        gloss.prop_map(|(text, open, close, said)| {
            let spoken = if said { Spoken::Gloss } else { Spoken::Term };
            MarkKind::Gloss(Box::new(Gloss { text, open, close, spoken }))
        }),
        unsaid.prop_map(|(text, (reason, _))| MarkKind::Unsaid(Box::new(Unsaid { text, reason }))),
        prop::sample::select(vec![Emphasis::Auto, Emphasis::Dot, Emphasis::Circle, Emphasis::Sesame])
            .prop_map(MarkKind::Emphasis),
        Just(MarkKind::Upright),
        any_time().prop_map(MarkKind::Shown),
        any_extra().prop_map(|extra| MarkKind::Raw(Box::new(extra))),
    ]
    .boxed()
}

fn styled(kinds: impl Strategy<Value = MarkKind> + 'static) -> impl Strategy<Value = StyledText> {
    let mark = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::bool::ANY, kinds);
    (any_text(), prop::collection::vec(mark, 0..5)).prop_map(|(plain, marks)| marked(plain, marks))
}

fn any_placement() -> impl Strategy<Value = Placement> {
    let number = prop_oneof![-5_000i64..105_000, any::<i64>()];
    placement_of(number.clone(), number, any_text())
}

fn any_heard() -> impl Strategy<Value = Heard> {
    prop::sample::select(HEARD).prop_map(|(heard, _)| heard)
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    evidence_of(any_text(), any_range(), prop::option::of(any_share()))
}

fn any_cue() -> impl Strategy<Value = Cue> {
    (
        any_range(),
        styled(any_kind()),
        prop::option::of(any_text()),
        prop::option::of(any_placement()),
        prop::collection::vec(any_extra(), 0..2),
        prop::option::of(any_evidence()),
    )
        .prop_map(|(range, text, id, placement, extras, evidence)| {
            let mut cue = Cue::new(range, "");
            cue.text = text;
            cue.id = id.map(Into::into);
            cue.placement = placement.map(Box::new);
            cue.extras = extras.into();
            cue.evidence = evidence.map(Box::new);
            cue
        })
}

fn any_region() -> impl Strategy<Value = Region> {
    region_of(any_text(), any::<u32>(), any::<i64>())
}

pub(crate) fn any_track() -> impl Strategy<Value = Track> {
    use prop::collection::vec;
    let note = (any::<u32>(), any_text()).prop_map(|(before, text)| Note { before, text });
    let formats = FORMATS.iter().map(|format| format.id).collect::<Vec<_>>();
    (
        prop::option::of(prop::sample::select(formats)),
        prop::option::of(lang()),
        (0i64..1_000_000_000).prop_map(TimeDelta::from_flicks),
        prop::option::of(any_text()),
        vec(any_region(), 0..2),
        vec(note, 0..2),
        vec(any_extra(), 0..2),
        vec(any_cue(), 0..4),
    )
        .prop_map(|(format, lang, resolution, header, regions, notes, extras, cues)| {
            let mut track = Track::default();
            (track.format, track.lang, track.resolution, track.header) = (format, lang, resolution, header);
            (track.regions, track.notes, track.extras, track.cues) = (regions, notes, extras, cues);
            track
        })
}

/// Transcripts as readers make them: speakers have names of their own, a turn has one speaker.
fn any_transcript() -> impl Strategy<Value = Transcript> {
    let utterance = (
        styled(any_kind()),
        any::<bool>(),
        any::<bool>(),
        any_text(),
        prop::option::of((any::<prop::sample::Index>(), any_time())),
    );
    let part = prop_oneof![
        utterance.prop_map(Ok),
        (any_text(), prop::sample::select(REASONS)).prop_map(|(source, (reason, _))| Err((source, reason))),
    ];
    let runtime = (0i64..1_000_000_000, any_text())
        .prop_map(|(flicks, text)| Runtime { length: TimeDelta::from_flicks(flicks), text });
    (prop::option::of(lang()), prop::option::of(runtime), prop::collection::vec(part, 0..5)).prop_map(
        |(lang, runtime, parts)| {
            let speakers = ["林", "周"].map(|name| Speaker { name: name.into(), labels: vec![format!("{name}：")] });
            let mut all = Transcript { lang, runtime, speakers: speakers.into(), ..Transcript::default() };
            let mut turn = 0;
            for (index, part) in parts.into_iter().enumerate() {
                let (text, next, verbatim, source, anchor) = match part {
                    Ok(utterance) => utterance,
                    Err((source, reason)) => {
                        all.parts.push(Part { source, kind: PartKind::Unspoken(reason) });
                        continue;
                    }
                };
                turn += u32::from(next);
                if let Some((at, time)) = anchor {
                    let places: Vec<_> = text.plain.char_indices().map(|(i, _)| i).chain([text.plain.len()]).collect();
                    all.anchors.push(Anchor { part: index as u32, at: *at.get(&places) as u32, time });
                }
                let source = if verbatim { text.plain.clone() } else { source };
                let utterance = Utterance { turn, speaker: [None, Some(0), Some(1)][turn as usize % 3], text };
                all.parts.push(Part { source, kind: PartKind::Utterance(utterance) });
            }
            all
        },
    )
}

pub(crate) fn any_alignment() -> impl Strategy<Value = Alignment> {
    use Boundary::*;
    let boundaries = prop::sample::select(vec![None, Word, Weak, Comma, Semicolon, Sentence, Paragraph, Turn]);
    let unit = (any_text(), any_range()).prop_map(|(sound, range)| UnitTiming { sound: sound.into(), range });
    let doubts = (prop::option::of(0.0f32..=1.0), prop::option::of(doubt()));
    let word = (prop::option::of(any_range()), any_heard(), doubts, prop::collection::vec(unit, 0..3), boundaries);
    let words = prop::collection::vec(word, 0..12);
    (any_transcript(), any_range(), words, any_hearing()).prop_map(|(transcript, extent, words, hearing)| {
        // Each character of an utterance is a word, as far as there are any.
        let places = transcript.utterances().flat_map(|(part, utterance)| {
            let chars = utterance.text.plain.char_indices();
            chars.map(move |(i, c)| WordRef { part: part as u32, range: i as u32..(i + c.len_utf8()) as u32 })
        });
        let timed = places.zip(words).map(|(word, (range, how, (start_p, doubt), units, boundary))| {
            let how = if range.is_some() { how } else { Heard::Missing };
            WordTiming { word, range, how, start_p, doubt, units, boundary }
        });
        let words = timed.collect();
        let (untranscribed, fit, provenance) = hearing;
        Alignment { transcript, extent, words, untranscribed, fit, provenance }
    })
}

/// What sound tells of a recording.
fn any_hearing() -> impl Strategy<Value = (Vec<Untranscribed>, Option<Fit>, Option<Box<Provenance>>)> {
    let sound = prop::sample::select(SOUNDS.to_vec());
    let stretch = (any_range(), sound).prop_map(|(range, (sound, _))| Untranscribed { range, sound });
    let share = || 0.0f32..=1.0;
    let fit = (share(), share(), share(), share());
    let fit = fit.prop_map(|(rank, uncovered, missing, p)| Fit { rank, uncovered, missing, p });
    let file = || prop::option::of((any_text(), any_text()).prop_map(|(name, sha256)| FileHash { name, sha256 }));
    let texts = (any_text(), prop::option::of(any_text()), prop::collection::vec(any_text(), 0..3));
    let provenance = (file(), file(), texts).prop_map(|(article, media, (program, model, options))| {
        Box::new(Provenance { program, article, media, model, options })
    });
    (prop::collection::vec(stretch, 0..3), prop::option::of(fit), prop::option::of(provenance))
}
