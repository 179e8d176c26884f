//! Times for words. The algorithms are pure: values in, values out.

mod anchor;
pub mod duration;
#[cfg(feature = "audio")]
pub mod gauss;
mod pace;
