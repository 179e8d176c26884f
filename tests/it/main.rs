//! All integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::arithmetic_side_effects)]

mod arbitrary;
mod codecs;
mod fuzz;
mod golden;
mod mutate;
mod native;
mod srt;
mod vtt;
