//! The only door outside: files, standard streams, the environment, other programs.

pub mod environment;
pub mod espeak;
mod find;
mod input;
mod journal;
mod out_folder;
mod output;
mod piped;
mod program;
mod stopwatch;

pub use find::{FindOptions, FindResult, Found, Patterns, find};
pub use input::{Input, MAX_INPUT_BYTES, STDIN, Stream, open, read, read_beside, read_pieces};
pub use journal::Journal;
pub use out_folder::OutFolder;
pub(crate) use output::unwritable;
pub use output::{Staged, Target, commit_all, write_all, write_stderr, write_stdout};
pub use piped::{Ended, PATIENCE, Piped};
pub use program::{PROGRAMS, Program};
pub use stopwatch::Stopwatch;
