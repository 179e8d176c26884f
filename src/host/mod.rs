//! The only door outside: files, standard streams, the environment, other programs.

pub mod environment;
pub mod espeak;
mod input;
mod output;
mod piped;
mod program;

pub use input::{Input, MAX_INPUT_BYTES, STDIN, Stream, open, read};
pub use output::{Target, write_all, write_stderr, write_stdout};
pub use piped::{Ended, Piped};
pub use program::{PROGRAMS, Program};
