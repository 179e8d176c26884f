//! Times for words. The algorithms are pure: values in, values out.

mod anchor;
pub mod duration;
mod pace;
