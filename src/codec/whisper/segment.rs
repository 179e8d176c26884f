//! A segment, under the names that each program gives its parts.

use super::token::{self, Token};
use crate::codec::json::{self, Unread};
use crate::codec::words::Word;
use crate::time::{Time, TimeRange};
use serde::de::IgnoredAny;

/// What a file says of a segment.
#[derive(Default)]
pub(super) struct Segment {
    pub(super) start: Option<Time>,
    pub(super) end: Option<Time>,
    pub(super) text: Option<String>,
    pub(super) words: Vec<Word>,
    pub(super) speaker: Option<String>,
    /// Words that were not timed.
    pub(super) untimed: u64,
}

/// The order of the fields in a tuple: faster-whisper's `Segment` up to 1.0 is a named one, which JSON writes without names.
const TUPLE: [&str; 11] = [
    "id",
    "seek",
    "start",
    "end",
    "text",
    "tokens",
    "temperature",
    "avg_logprob",
    "compression_ratio",
    "no_speech_prob",
    "words",
];

/// The same for its `Word`.
const WORD_TUPLE: [&str; 4] = ["start", "end", "word", "probability"];

/// Units a second.
const SECONDS: i64 = 1;
const MILLIS: i64 = 1000;

impl Segment {
    /// Reads a segment; names that say nothing go to `unread`.
    pub(super) fn read(value: &str, unread: &mut Unread) -> Self {
        let (mut segment, mut tokens) = (Self::default(), Vec::new());
        named(value, &TUPLE, &mut |key, value| segment.field(key, value, &mut tokens, unread));
        if segment.words.is_empty() {
            segment.words = token::words(tokens);
        }
        segment
    }

    fn field(&mut self, key: &str, value: &str, tokens: &mut Vec<Token>, unread: &mut Unread) {
        match key {
            "start" => self.start = json::time(value, SECONDS),
            "end" => self.end = json::time(value, SECONDS),
            "offsets" => {
                (self.start, self.end) = offsets(value);
            }
            "timestamps" if self.start.is_none() => {
                (self.start, self.end) = clocks(value);
            }
            "timestamps" => {}
            "timestamp" => (self.start, self.end) = pair(value),
            "text" => self.text = json::string(value).map(|text| text.into_owned()),
            "speaker" => self.speaker = speaker(value),
            "words" => json::items(value, &mut |value| match word(value) {
                Some(word) => self.words.push(word),
                None => self.untimed = self.untimed.saturating_add(1),
            }),
            "tokens" => json::items(value, &mut |value| match token::read(value) {
                Some(token) => tokens.push(token),
                // Numbers of tokens say nothing without the model.
                None => unread.add(key),
            }),
            _ => unread.add(key),
        }
    }

    /// The words' text, for a segment that has none of its own.
    pub(super) fn spelled(&self) -> String {
        let spaced = self.words.iter().any(|word| word.text.starts_with(' '));
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        texts.join(if spaced { "" } else { " " })
    }
}

/// The fields of an object, or the items of a tuple under the names of their places.
fn named<'a>(value: &'a str, tuple: &[&'static str], each: &mut dyn FnMut(&str, &'a str)) {
    json::fields(value, each);
    let mut names = tuple.iter();
    json::items(value, &mut |value| {
        if let Some(name) = names.next() {
            each(name, value);
        }
    });
}

/// A word with a time; `None` if it has none.
pub(super) fn word(value: &str) -> Option<Word> {
    let (mut start, mut end, mut text, mut score, mut said_by) = (None, None, None, None, None);
    named(value, &WORD_TUPLE, &mut |key, value| match key {
        "start" => start = json::time(value, SECONDS),
        "end" => end = json::time(value, SECONDS),
        "word" | "text" => text = json::string(value).map(|text| text.into_owned()),
        "score" | "probability" | "confidence" => score = json::share(value),
        "speaker" => said_by = speaker(value),
        _ => {}
    });
    Some(Word { text: text?, range: TimeRange::new(start?, end?), score, speaker: said_by })
}

/// A label; whisper.cpp writes `?` where it does not know.
fn speaker(value: &str) -> Option<String> {
    json::string(value).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty() && name != "?")
}

/// `{"from": 0, "to": 1500}`, in milliseconds.
pub(super) fn offsets(value: &str) -> (Option<Time>, Option<Time>) {
    let (mut from, mut to) = (None, None);
    json::fields(value, &mut |key, value| match key {
        "from" => from = json::time(value, MILLIS),
        "to" => to = json::time(value, MILLIS),
        _ => {}
    });
    (from, to)
}

/// `{"from": "00:00:00,000", "to": "00:00:01,500"}`.
fn clocks(value: &str) -> (Option<Time>, Option<Time>) {
    let (mut from, mut to) = (None, None);
    let clock = |value: &str| {
        let text = json::string(value)?;
        let (millis, _) = crate::codec::clock::read(text.as_bytes().try_into().ok()?)?;
        Some(Time::from_millis(millis))
    };
    json::fields(value, &mut |key, value| match key {
        "from" => from = clock(value),
        "to" => to = clock(value),
        _ => {}
    });
    (from, to)
}

/// `[0.0, 1.5]`, in seconds.
fn pair(value: &str) -> (Option<Time>, Option<Time>) {
    let mut times = Vec::with_capacity(2);
    json::items(value, &mut |value| {
        if times.len() < 2 {
            times.push(json::time(value, SECONDS));
        }
    });
    let mut times = times.into_iter();
    (times.next().flatten(), times.next().flatten())
}

/// A value is a segment, as far as its names or its shape go, or a list of segments.
pub(super) fn looks_like(value: &str) -> bool {
    let mut first = None;
    json::items(value, &mut |item| first = first.or(Some(item)));
    is_segment(value) || first.is_some_and(is_segment)
}

/// An object with a start and a text, or a tuple with them in their places.
fn is_segment(value: &str) -> bool {
    let (mut timed, mut text) = (false, false);
    json::fields(value, &mut |key, _| {
        timed |= matches!(key, "start" | "offsets" | "timestamps" | "timestamp");
        text |= matches!(key, "text" | "words");
    });
    let (mut places, mut count) = (TUPLE.iter(), 0usize);
    json::items(value, &mut |value| {
        count = count.saturating_add(1);
        match places.next() {
            Some(&"start") => timed = is_number(value),
            Some(&"text") => text = value.starts_with('"'),
            _ => {}
        }
    });
    timed && text && (count == 0 || count >= TUPLE.len().saturating_sub(1))
}

/// A value is a tuple and not a list of segments.
pub(super) fn is_number(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

/// A value is a word with a time.
pub(super) fn is_word(value: &str) -> bool {
    let mut named = false;
    json::fields(value, &mut |key, _| named |= key == "word");
    named && word(value).is_some()
}

/// A line that is a segment by itself.
pub(super) fn line(text: &str) -> Option<&str> {
    let text = text.trim();
    if !text.starts_with('{') || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return None;
    }
    let (mut start, mut end, mut spoken) = (false, false, false);
    json::fields(text, &mut |key, value| {
        start |= key == "start" && is_number(value);
        end |= key == "end";
        spoken |= key == "text";
    });
    (start && end && spoken).then_some(text)
}
