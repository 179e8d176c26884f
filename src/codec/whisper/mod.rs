//! What speech recognisers of the Whisper family write, only read. One reader serves them all, because each is a list of
//! segments with a text, and they differ in a few names:
//!
//! | program | segments in | times | words in |
//! |---|---|---|---|
//! | openai-whisper, the API's `verbose_json` | `segments` | `start`, `end` in seconds | `words` (`word`, `probability`) of a segment or of the root |
//! | WhisperX | `segments` | the same | `words` (`word`, `score`, `speaker`), and again `word_segments` |
//! | faster-whisper, as people save it | the root: a list of objects or of tuples, an object a line, or `segments` | the same | `words` (`word`, `probability`) |
//! | whisper.cpp (`-oj`, `-ojf`) | `transcription` | `offsets` in milliseconds | `tokens` (`text`, `offsets`, `p`) |
//! | transformers (`return_timestamps`) | `chunks` | `timestamp` in seconds | |
//!
//! A segment becomes a cue, its text trimmed; speakers become voices; words become evidence, `recognised`, with their
//! probabilities as scores. `avg_logprob` and `no_speech_prob` are probabilities of words and of silence, not of a start:
//! they become no confidence. Fields that say nothing about captions are named once.

mod language;
mod read;
mod segment;
mod token;

use super::json::{self, Met};
use super::{Feature, Format};

/// The Whisper family.
pub static FORMAT: Format = Format {
    id: "whisper",
    name: "Whisper JSON",
    spec: "what openai-whisper, WhisperX, faster-whisper, whisper.cpp and transformers write",
    extensions: &["json", "jsonl"],
    mime: "application/json",
    keeps: NOTHING,
    leftovers: &[],
    probe,
    probe_bytes: None,
    read: read::read,
    write: None,
    splice: None,
};

/// It is not written.
const NOTHING: &[Feature] = &[];

/// Lists of segments in an object.
const SEGMENTS: [&str; 3] = ["segments", "transcription", "chunks"];

/// Every list of an object that is gone through: the last two hold words.
static LISTS: &[&str] = &["segments", "transcription", "chunks", "words", "word_segments"];

/// Its first segment decides.
fn probe(text: &str) -> u8 {
    let text = text.trim_start();
    if !text.starts_with(['{', '[']) {
        return 0;
    }
    if segment::line(text.lines().next().unwrap_or_default()).is_some() {
        return 240;
    }
    let (mut score, mut whole) = (0, false);
    let _ = json::walk(text, LISTS, &mut |met| match met {
        Met::Item(list, 0, value) if list.is_empty() || SEGMENTS.contains(&list) => {
            score = if segment::looks_like(value) { 240 } else { 0 };
            false
        }
        // Words alone, as the API gives them where only those were asked for.
        Met::Item("words", 0, value) => {
            whole |= segment::is_word(value);
            true
        }
        Met::Item(..) => true,
        Met::Field(key, _) => key != "zimu",
    });
    if score == 0 && whole { 200 } else { score }
}
