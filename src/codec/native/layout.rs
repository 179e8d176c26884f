//! How the JSON is laid out: one line for each cue, word, mark, part.

use super::decimal::write_seconds;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// Fields whose contents always stay on the line: many, small, rarely edited.
const ONE_LINE: &[&str] = &["units", "vtt"];

/// The fields of the file on lines of their own, the objects of a list too, and everything else on one line.
#[derive(Default)]
pub(super) struct Layout {
    open: Vec<Open>,
    in_key: bool,
    one_line: bool,
}

/// What is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// The file itself.
    File,
    /// A list; `broken` once an object began on a line of its own.
    List { broken: bool },
    /// An object on a line.
    Line,
    /// Anything inside one of [`ONE_LINE`].
    Flat,
}

/// `value` as the text of a file.
pub(super) fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, Layout::default()));
    // All keys are strings and a Vec takes everything, the only ways in which this can fail.
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    out
}

impl Layout {
    fn push(&mut self, open: Open) {
        let flat = self.one_line || self.open.last() == Some(&Open::Flat);
        self.open.push(if flat { Open::Flat } else { open });
        self.one_line = false;
    }

    fn new_line(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        out.write_all(b"\n")?;
        let indented = self.open.iter().filter(|open| matches!(open, Open::File | Open::List { .. }));
        indented.into_iter().try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn write_i128<W: ?Sized + Write>(&mut self, out: &mut W, flicks: i128) -> io::Result<()> {
        write_seconds(out, flicks)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        self.one_line |= self.in_key && ONE_LINE.contains(&fragment);
        out.write_all(fragment.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.push(Open::List { broken: false });
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.open.pop() == Some(Open::List { broken: true }) {
            self.new_line(out)?;
        }
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b",") }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if let Some(Open::List { broken }) = self.open.last_mut() {
            *broken = true;
            self.new_line(out)?;
        }
        self.push(if self.open.is_empty() { Open::File } else { Open::Line });
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.open.pop() == Some(Open::File) {
            self.new_line(out)?;
        }
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.in_key = true;
        let own_line = self.open.last() == Some(&Open::File);
        match (first, own_line) {
            (true, false) => Ok(()),
            (false, false) => out.write_all(b", "),
            (true, true) => self.new_line(out),
            (false, true) => out.write_all(b",").and_then(|()| self.new_line(out)),
        }
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        self.in_key = false;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        self.one_line = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn objects_of_a_list_have_a_line_each() {
        let file = json!({ "zimu": 1, "empty": [], "cues": [
            { "text": "a", "tags": ["x", "y"], "words": [{ "text": "a", "units": [{ "sound": "a" }, { "sound": "b" }] }] },
            { "text": "b" },
        ]});
        let expected = r#"{
  "zimu": 1,
  "empty": [],
  "cues": [
    {"text": "a", "tags": ["x","y"], "words": [
      {"text": "a", "units": [{"sound": "a"},{"sound": "b"}]}
    ]},
    {"text": "b"}
  ]
}
"#;
        assert_eq!(String::from_utf8(super::to_bytes(&file)).unwrap(), expected);
    }
}
