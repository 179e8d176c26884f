//! Times for words. The algorithms are pure: values in, values out.

pub mod duration;
mod pace;
