//! Alignment on made-up speech: frames drawn from a model's own Gaussians, so that the truth is exact and no sound is needed.

use zimu::ErrorKind;
use zimu::align::acoustic::{Options, align};
use zimu::diag::{Report, codes};
use zimu::model::{
    Acoustics, Alignment, Anchor, Boundary, FEATURE_DIMS, Features, Heard, Mixture, PHONES, Part, PartKind, Phone,
    Pronunciation, Reading, SpokenWord, Transcript, Unit, Utterance, WordRef,
};
use zimu::time::{Round, Time, TimeDelta};

/// Numbers that look random, always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// About normal, mean 0 and variance 1.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.below(10_000) as f32 / 10_000.0).sum::<f32>() - 6.0
    }
}

/// Every state a Gaussian somewhere; together about mean 0 and variance 1, as speech is after normalisation.
fn acoustics() -> Acoustics {
    let mut random = Random(7);
    let states = PHONES.iter().map(|phone| usize::from(phone.states)).sum();
    let state = |_| Mixture {
        weights: vec![1.0],
        means: (0..FEATURE_DIMS).map(|_| random.normal() * 0.5).collect(),
        variances: vec![0.75; FEATURE_DIMS],
    };
    Acoustics { states: (0..states).map(state).collect(), ..Acoustics::default() }
}

/// A syllable of Mandarin: any initial, any final.
fn syllable(random: &mut Random) -> Vec<Phone> {
    [random.below(21), 21 + random.below(38)].into_iter().filter_map(Phone::from_index).collect()
}

/// Clauses of syllables.
type Clauses = Vec<Vec<Vec<Phone>>>;

fn clauses(count: usize, seed: u64) -> Clauses {
    let mut random = Random(seed);
    let length = 5 + random.below(6);
    (0..count).map(|_| (0..length).map(|_| syllable(&mut random)).collect()).collect()
}

fn article(clauses: &Clauses) -> (Transcript, Pronunciation) {
    let mut words = Vec::new();
    let mut plain = String::new();
    for clause in clauses {
        for (index, phones) in clause.iter().enumerate() {
            let from = plain.len() as u32;
            plain.push('字');
            let range = from..plain.len() as u32;
            let reading = Reading::Mandarin { pinyin: "zi".into(), tone: 4 };
            let unit = Unit { phones: phones.clone().into(), ..Unit::new(reading, range.clone()) };
            let boundary = if index + 1 == clause.len() { Boundary::Sentence } else { Boundary::None };
            words.push(SpokenWord { at: WordRef { part: 0, range }, units: vec![unit], boundary });
        }
        plain.push('。');
    }
    let utterance = Utterance { text: plain.as_str().into(), ..Utterance::default() };
    let part = Part { source: plain, kind: PartKind::Utterance(utterance) };
    (Transcript { parts: vec![part], ..Transcript::default() }, Pronunciation { words })
}

/// What is heard, one after another.
enum Piece<'a> {
    Clause(&'a [Vec<Phone>]),
    /// Frames of silence.
    Pause(usize),
    /// Frames of other people's syllables.
    Others(usize),
}

/// Frames of these, and the first frame of each syllable of the clauses.
fn speak(model: &Acoustics, heard: &[Piece], seed: u64) -> (Features, Vec<usize>) {
    let mut random = Random(seed);
    let (mut features, mut starts) = (Features::default(), Vec::new());
    for piece in heard {
        match piece {
            Piece::Clause(syllables) => {
                for syllable in *syllables {
                    starts.push(features.len());
                    say(model, syllable, &mut features, &mut random);
                }
            }
            Piece::Pause(frames) => (0..*frames).for_each(|_| frame(None, &mut features, &mut random)),
            Piece::Others(frames) => {
                let end = features.len() + frames;
                while features.len() < end {
                    let other = syllable(&mut random);
                    say(model, &other, &mut features, &mut random);
                }
            }
        }
    }
    (features, starts)
}

fn say(model: &Acoustics, phones: &[Phone], features: &mut Features, random: &mut Random) {
    for state in phones.iter().flat_map(|phone| phone.states()) {
        for _ in 0..2 + random.below(4) {
            frame(model.states.get(state), features, random);
        }
    }
}

fn frame(state: Option<&Mixture>, features: &mut Features, random: &mut Random) {
    for dimension in 0..FEATURE_DIMS {
        let value = match state {
            Some(state) => state.means[dimension] + random.normal() * state.variances[dimension].sqrt(),
            None => (if dimension == 0 { -4.0 } else { 0.0 }) + random.normal() * 0.3,
        };
        features.cepstra.push(value);
    }
    features.energy.push(if state.is_some() { -20.0 } else { -70.0 });
    features.speech.push(state.is_some());
}

fn run(clauses: &Clauses, features: Features, options: &Options) -> zimu::Result<(Alignment, Report)> {
    let (transcript, pronunciation) = article(clauses);
    let mut report = Report::default();
    let alignment = align(transcript, &pronunciation, features, &acoustics(), options, &mut report)?;
    check(&alignment);
    assert_eq!(alignment.words.len(), pronunciation.words.len());
    Ok((alignment, report))
}

/// What holds for every alignment.
fn check(alignment: &Alignment) {
    let mut last = alignment.extent.start;
    for word in &alignment.words {
        assert_eq!(word.range.is_none(), word.how == Heard::Missing);
        let Some(range) = word.range else { continue };
        assert!(range.start >= last && range.end > range.start, "{range:?} after {last}");
        assert!(range.end <= alignment.extent.end);
        for unit in &word.units {
            assert!(
                unit.range.start >= range.start && unit.range.end <= range.end && unit.range.end > unit.range.start
            );
        }
        assert!(word.start_p.is_none_or(|p| (0.0..=1.0).contains(&p)));
        last = range.end;
    }
}

/// Distance of each found word's start from the truth, in frames.
fn errors(alignment: &Alignment, starts: &[usize]) -> Vec<f64> {
    let words = alignment.words.iter().filter_map(|word| word.range);
    words.zip(starts).map(|(range, start)| (range.start.as_seconds_f64() * 100.0 - *start as f64).abs()).collect()
}

fn with_pauses(clauses: &Clauses) -> Vec<Piece<'_>> {
    clauses.iter().enumerate().flat_map(|(i, c)| [Piece::Pause(i * 37 % 60), Piece::Clause(c)]).collect()
}

#[test]
fn every_syllable_is_found_where_it_is_said() {
    let text = clauses(12, 1);
    let (features, starts) = speak(&acoustics(), &with_pauses(&text), 5);
    let (alignment, report) = run(&text, features, &Options::default()).unwrap();
    let errors = errors(&alignment, &starts);
    assert_eq!(errors.len(), starts.len());
    let near = errors.iter().filter(|error| **error <= 2.0).count();
    assert!(near * 100 >= errors.len() * 97, "{errors:?}");
    assert!(report.items().is_empty(), "{:?}", report.items());
    assert!(alignment.fit.unwrap().p > 0.9);
    assert!(alignment.words.iter().all(|word| word.start_p.unwrap() > 0.5));
}

#[test]
fn the_same_sound_gives_the_same_times() {
    let text = clauses(5, 2);
    let once = || run(&text, speak(&acoustics(), &with_pauses(&text), 5).0, &Options::default()).unwrap().0;
    assert_eq!(once(), once());
}

#[test]
fn what_nobody_says_is_missing_and_reported() {
    let text = clauses(10, 3);
    let said: Clauses = text.iter().enumerate().filter(|(i, _)| *i != 4).map(|(_, c)| c.clone()).collect();
    let (features, starts) = speak(&acoustics(), &with_pauses(&said), 6);
    let (alignment, report) = run(&text, features, &Options::default()).unwrap();
    let length = text[0].len();
    for (index, word) in alignment.words.iter().enumerate() {
        assert_eq!(word.how == Heard::Missing, index / length == 4, "word {index}");
    }
    assert!(errors(&alignment, &starts).iter().filter(|error| **error <= 3.0).count() * 100 >= starts.len() * 95);
    let codes: Vec<&str> = report.items().iter().map(|item| item.code.row().id).collect();
    assert_eq!(codes, ["align/unspoken"]);
}

#[test]
fn what_the_text_lacks_is_reported_and_moves_nothing() {
    let text = clauses(10, 4);
    let mut heard = with_pauses(&text);
    heard.splice(8..8, [Piece::Pause(30), Piece::Others(300), Piece::Pause(30)]);
    let (features, starts) = speak(&acoustics(), &heard, 8);
    let (alignment, report) = run(&text, features, &Options::default()).unwrap();
    let errors = errors(&alignment, &starts);
    assert!(errors.iter().filter(|error| **error <= 3.0).count() * 100 >= errors.len() * 95, "{errors:?}");
    let codes: Vec<&str> = report.items().iter().map(|item| item.code.row().id).collect();
    assert_eq!(codes, ["align/untranscribed-speech"]);
    let stretch = alignment.untranscribed[0].range;
    assert!(stretch.duration() > TimeDelta::from_millis(2_500), "{stretch:?}");
    assert!(alignment.words.iter().filter_map(|w| w.range).all(|r| r.end <= stretch.start || r.start >= stretch.end));
}

#[test]
fn a_wrong_transcript_is_refused_unless_forced() {
    let (said, other) = (clauses(12, 5), clauses(12, 6));
    let sound = || speak(&acoustics(), &with_pauses(&said), 9).0;
    let error = run(&other, sound(), &Options::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused);
    let mut options = Options::default();
    options.force = true;
    assert!(run(&other, sound(), &options).unwrap().0.fit.unwrap().p < 0.5);
}

#[test]
fn too_little_sound_is_refused() {
    let text = clauses(3, 7);
    for frames in [0, 1, 20] {
        let (features, _) = speak(&acoustics(), &[Piece::Others(frames)], 3);
        let error = run(&text, features, &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{frames} frames");
    }
}

/// The text with words anchored: clause → milliseconds.
fn run_anchored(text: &Clauses, features: Features, anchors: &[(usize, i64)]) -> (Alignment, Report) {
    let (mut transcript, pronunciation) = article(text);
    for (clause, millis) in anchors {
        let word: usize = text[..*clause].iter().map(Vec::len).sum();
        let at = pronunciation.words[word].at.range.start;
        transcript.anchors.push(Anchor { part: 0, at, time: Time::from_millis(*millis) });
    }
    let mut report = Report::default();
    let alignment =
        align(transcript, &pronunciation, features, &acoustics(), &Options::default(), &mut report).unwrap();
    check(&alignment);
    (alignment, report)
}

/// Millisecond at which a clause was found.
fn found(text: &Clauses, alignment: &Alignment, clause: usize) -> Option<i64> {
    let word: usize = text[..clause].iter().map(Vec::len).sum();
    alignment.words[word].range.map(|range| (range.start - Time::ZERO).to_millis(Round::Nearest))
}

/// What an anchor's time may be off: `align` promises it.
const ANCHORED_WITHIN: i64 = 1_500;

#[test]
fn anchors_hold_in_the_last_pass_too() {
    // The same clause is said three times, and the text has it once: nothing else can know which.
    let mut said = clauses(7, 12);
    said[3] = said[1].clone();
    said[5] = said[1].clone();
    let heard = with_pauses(&said);
    let (features, starts) = speak(&acoustics(), &heard, 11);
    let syllables = |clause: usize| said[..clause].iter().map(Vec::len).sum::<usize>();
    let at = |clause: usize| starts[syllables(clause)] as i64 * 10;
    for wanted in [1, 3, 5] {
        // A time in full seconds, as people write it.
        let second = at(wanted) / 1000 * 1000;
        let text: Clauses = [0, wanted, 6].map(|clause: usize| said[clause].clone()).into();
        let (alignment, report) = run_anchored(&text, features.clone(), &[(1, second)]);
        let start = found(&text, &alignment, 1).unwrap();
        assert!((start - at(wanted)).abs() <= 30, "{wanted}: {start} {}", at(wanted));
        assert_eq!(report.count(codes::align::ANCHOR_WITHOUT_ROOM), 0);
    }
    // A wrong time is believed, within what is promised, and the place is doubted.
    let wrong = at(4) - 2_500;
    let (alignment, _) = run_anchored(&said, features, &[(4, wrong)]);
    let start = found(&said, &alignment, 4).unwrap();
    assert!((start - wrong).abs() <= ANCHORED_WITHIN + 50, "{start} {wrong}");
}

#[test]
fn a_clause_whose_time_is_named_is_said_then_or_so() {
    let said = clauses(6, 13);
    let mut heard = with_pauses(&said);
    // Nobody says the last clause but one; something else is said there.
    let unsaid = said.len() - 2;
    let place = heard.iter().position(|piece| matches!(piece, Piece::Clause(c) if *c == said[unsaid])).unwrap();
    heard[place] = Piece::Pause(150);
    let (features, starts) = speak(&acoustics(), &heard, 14);
    let (alignment, _) = run_anchored(&said, features.clone(), &[]);
    assert_eq!(found(&said, &alignment, unsaid), None, "without an anchor it is missing");
    let before: usize = said[..unsaid].iter().map(Vec::len).sum();
    let time = starts[before - 1] as i64 * 10 + 600;
    let (alignment, _) = run_anchored(&said, features, &[(unsaid, time)]);
    let start = found(&said, &alignment, unsaid).unwrap();
    assert!((start - time).abs() <= ANCHORED_WITHIN + 50, "{start} {time}");
    assert!(alignment.words[before].start_p.unwrap() < 0.7, "and it is doubted");
}

#[test]
fn words_that_cannot_be_heard_stand_where_the_article_says() {
    let said = clauses(4, 17);
    let (features, starts) = speak(&acoustics(), &with_pauses(&said), 18);
    let length = said[0].len();
    // The first clause and the last one are of a language without phones.
    let (mut transcript, mut pronunciation) = article(&said);
    for clause in [0, 3] {
        for word in &mut pronunciation.words[clause * length..][..length] {
            word.units[0].phones = [].into();
        }
    }
    let times = [starts[0] as i64 * 10, starts[3 * length] as i64 * 10];
    for (clause, time) in [0, 3].into_iter().zip(times) {
        let at = pronunciation.words[clause * length].at.range.start;
        transcript.anchors.push(Anchor { part: 0, at, time: Time::from_millis(time) });
    }
    let mut report = Report::default();
    let options = Options::default();
    let alignment = align(transcript, &pronunciation, features, &acoustics(), &options, &mut report).unwrap();
    check(&alignment);
    for (clause, time) in [0, 3].into_iter().zip(times) {
        let words = &alignment.words[clause * length..][..length];
        assert!(words.iter().all(|word| word.how == Heard::Interpolated), "{clause}");
        assert_eq!(words[0].range.unwrap().start, Time::from_millis(time));
    }
}

#[test]
fn times_between_which_there_is_no_room_are_reported_and_not_used() {
    let said = clauses(8, 15);
    let (features, _) = speak(&acoustics(), &with_pauses(&said), 16);
    let last = features.len() as i64 * 10 - 10;
    let (alignment, report) = run_anchored(&said, features, &[(1, last - 20), (2, last - 10), (3, last)]);
    assert_eq!(report.count(codes::align::ANCHOR_WITHOUT_ROOM), 3);
    assert!(alignment.words.iter().all(|word| word.range.is_some()));
}

#[test]
fn an_extent_leaves_out_the_rest() {
    let text = clauses(4, 8);
    let mut heard = vec![Piece::Others(400)];
    heard.extend(with_pauses(&text));
    let (mut features, starts) = speak(&acoustics(), &heard, 4);
    features.start = Time::ZERO + TimeDelta::from_millis(5_000);
    let from = features.start + TimeDelta::from_millis(4_000);
    let mut options = Options::default();
    options.extent = Some(zimu::time::TimeRange::new(from, from + TimeDelta::from_millis(3_600_000)));
    let (alignment, _) = run(&text, features, &options).unwrap();
    let first = alignment.words[0].range.unwrap().start;
    let frame = (first - Time::ZERO).to_millis(Round::Nearest) / 10 - 500;
    assert!(frame.abs_diff(starts[0] as i64) <= 3, "{frame} {}", starts[0]);
    assert!(alignment.extent.start >= from);
}
