//! `zimu` (字幕, "captions") turns a speaker-labelled transcript into captions, and converts between caption formats
//! without losing anything in silence.
//!
//! Every step is a plain function from one type of [`model`] to another, with options and a
//! [`diag::Report`] that says what was noticed and what was lost on the way:
//!
//! ```text
//! bytes ──▶ Source ──codec::read──▶ Track ──codec::write──▶ bytes
//! article ──transcript──▶ Transcript ──lexicon──▶ Pronunciation ──align──▶ Alignment ──segment──▶ Track
//! ```
//!
//! ARCHITECTURE.md has the map of the modules and the rules that hold between them.

// Tests may compute plainly.
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod align;
#[cfg(feature = "audio")]
pub mod audio;
pub mod check;
pub mod codec;
pub mod diag;
pub mod diff;
pub mod edit;
pub mod error;
pub mod host;
pub mod lang;
pub mod lexicon;
pub mod measure;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod profile;
pub mod segment;
pub mod source;
pub mod time;
pub mod transcript;
pub mod words;

pub use error::{Error, ErrorKind, Result};
