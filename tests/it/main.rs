//! All integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::arithmetic_side_effects)]

#[cfg(feature = "audio")]
mod acoustic;
mod align;
#[cfg(feature = "audio")]
mod anchored;
mod arbitrary;
mod ass;
#[cfg(feature = "audio")]
mod audio;
#[cfg(feature = "cli")]
mod batch;
mod blocks;
mod browser;
#[cfg(all(feature = "cli", unix))]
mod ci;
#[cfg(feature = "cli")]
mod cli;
mod codecs;
mod conform;
mod container;
mod diff;
mod duration;
mod edited;
mod encoding;
mod fixes;
mod flite;
mod foreign;
mod frames;
mod fuzz;
mod glossary;
mod golden;
#[cfg(feature = "audio")]
mod heard;
mod host;
mod kept;
mod leftovers;
mod lexicon;
mod lrc;
mod mutate;
mod mutations;
mod native;
mod native_values;
mod order;
mod pairs;
mod parse;
mod profile;
mod program;
mod reports;
mod retime;
mod rules;
mod sarif;
mod scc;
mod segment;
mod services;
mod splice;
mod srt;
mod stl;
mod support;
mod texts;
mod tidy;
#[cfg(feature = "audio")]
mod timeline;
mod transcript;
mod ttml;
#[cfg(feature = "vobsub")]
mod vobsub;
mod vtt;
mod words;
mod wpt;
