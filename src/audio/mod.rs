//! Sound: what the aligner hears of it.

mod activity;
pub mod features;
mod spectrum;
