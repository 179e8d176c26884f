//! EBU STL: what is made of each fixture.

use crate::codecs::fixture_bytes;
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{ReadOptions, WriteOptions, native, stl::FORMAT};
use zimu::diag::{Lang, Report};
use zimu::source::Source;

#[test]
fn fixtures_read_as_expected() {
    for (path, bytes) in fixture_bytes(&FORMAT) {
        golden(&path.with_extension("golden"), &description(bytes));
    }
}

/// Diagnostics, and the track in the native format.
fn description(bytes: Vec<u8>) -> String {
    let mut report = Report::default();
    let track = match (FORMAT.read)(&Source::binary("fixture", bytes), &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {} / {}\n", error.message(), error.chinese()),
    };
    let mut out = String::new();
    for item in report.items() {
        let place = item.at.span.map_or("file".to_owned(), |span| format!("byte {}", span.start));
        let _ = writeln!(out, "{place}: {} {}: {}", item.severity.name(), item.code.row().id, item.message(Lang::En));
    }
    let native = native::FORMAT.write(&track, &WriteOptions::default(), &mut Report::default()).unwrap();
    out.push_str(&String::from_utf8(native).unwrap());
    out
}

/// Bytes of a whole file damaged one after another, and every length of it.
#[test]
fn damaged_files_are_read_or_refused() {
    let read = |bytes: &[u8]| {
        let source = Source::binary("damaged", bytes.to_vec());
        let _ = (FORMAT.read)(&source, &ReadOptions::default(), &mut Report::default());
    };
    for (_, bytes) in fixture_bytes(&FORMAT) {
        for i in 0..bytes.len() {
            let mut damaged = bytes.clone();
            for value in [0, 0x8A, 0xC8, 0xFF] {
                damaged[i] = value;
                read(&damaged);
            }
        }
        (0..bytes.len()).step_by(7).for_each(|length| read(&bytes[..length]));
    }
}
