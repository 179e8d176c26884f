//! EBU STL (`.stl`, Tech 3264): a general block (GSI) of 1024 bytes and blocks of text and timing (TTI) of 128. It is read.
//!
//! What is decided where programs differ:
//!
//! * `STL30.01` counts the frames of 525 lines, 30000/1001 a second; `--fps 30` takes 30.
//! * The programme starts at the TCP. Where that is zero, and the first subtitle at an hour or later, it is the whole hour.
//! * A code of teletext shows as a space, and ends with its row; italics and underline (80 to 83) go on.
//! * What is not boxed is read, too.

mod head;
mod letter;
mod read;
mod text;

use super::{Feature, Format};

/// EBU STL.
pub static FORMAT: Format = Format {
    id: "stl",
    name: "EBU STL",
    spec: "EBU Tech 3264",
    extensions: &["stl"],
    mime: "application/x-ebu-stl",
    keeps: KEEPS,
    leftovers: &[],
    probe: |_| 0,
    probe_bytes: Some(head::probe),
    read: read::read,
    write: None,
    splice: None,
};

/// It is not written.
const KEEPS: &[Feature] = &[];
