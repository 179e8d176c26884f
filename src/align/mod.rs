//! Times for words. The algorithms are pure: values in, values out.

#[cfg(feature = "audio")]
pub mod acoustic;
#[cfg(feature = "audio")]
pub mod acoustics;
mod anchor;
pub mod duration;
#[cfg(feature = "audio")]
pub mod gauss;
mod pace;
