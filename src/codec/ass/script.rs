//! What stands before the events: script info, styles, and the columns of events.

use super::columns::{self, Column};
use super::style::{self, ASS_COLUMNS, SSA_COLUMNS, Styles};
use super::{Dialect, event};
use crate::lang::LangTag;
use memchr::memchr2;

/// White space around a line, and the byte order mark that joining files leaves in the middle of one.
pub(super) const BLANK: [char; 3] = [' ', '\t', '\u{FEFF}'];

/// The size of the picture that positions are on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Canvas {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What the events need to know of the script.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) dialect: Dialect,
    /// Its title, unless that is only the name that Aegisub gives every new file.
    pub(super) title: Option<String>,
    /// `Language`, which libass reads.
    pub(super) lang: Option<LangTag>,
    /// `\n` breaks the line.
    pub(super) hard_breaks: bool,
    pub(super) canvas: Canvas,
    pub(super) styles: Styles,
    pub(super) columns: Vec<Column>,
}

/// The lines of a text with the offsets where each begins and where the next does. LF, CRLF and CR all end lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut from = 0usize;
    std::iter::from_fn(move || {
        let (start, rest) = (from, text.get(from..).filter(|rest| !rest.is_empty())?);
        let end = memchr2(b'\n', b'\r', rest.as_bytes());
        let length = match rest.as_bytes().get(end.unwrap_or(rest.len())..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        let end = end.unwrap_or(rest.len());
        from = start.saturating_add(end).saturating_add(length);
        Some((start, rest.get(..end)?, from))
    })
}

/// The name of the section that a line begins.
pub(super) fn section(line: &str) -> Option<&str> {
    line.trim_start_matches(BLANK).strip_prefix('[')?.trim_end_matches(BLANK).strip_suffix(']')
}

/// A section that only these formats have.
pub(super) fn is_known_section(name: &str) -> bool {
    ["script info", "v4+ styles", "v4 styles", "events"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The dialect that a line names: `ScriptType: v4.00+`, `[V4 Styles]`.
pub(super) fn dialect_of_line(line: &str) -> Option<Dialect> {
    let plus = match (section(line), value_of(line, "ScriptType")) {
        (Some(name), _) if name.eq_ignore_ascii_case("v4+ styles") => true,
        (Some(name), _) if name.eq_ignore_ascii_case("v4 styles") => false,
        (_, Some(value)) => value.ends_with('+'),
        _ => return None,
    };
    Some(if plus { Dialect::Ass } else { Dialect::Ssa })
}

/// What stands after `key:`, in any case.
pub(super) fn value_of<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let line = line.trim_matches(BLANK);
    let (found, value) = line.split_once(':')?;
    found.trim_end().eq_ignore_ascii_case(key).then(|| value.trim())
}

/// Where the head of a file ends: after the `Format` line of its events, or before its first event.
pub(super) fn end_of_head(text: &str) -> usize {
    let mut events = None;
    for (start, line, next) in lines(text) {
        if event::is_event(line) {
            return events.unwrap_or(start);
        }
        match (events, section(line)) {
            (_, Some(name)) if name.eq_ignore_ascii_case("events") && events.is_none() => events = Some(next),
            (Some(end), Some(_)) => return end,
            (Some(_), None) if value_of(line, "Format").is_some() => return next,
            _ => {}
        }
    }
    events.unwrap_or(text.len())
}

/// What VSFilter and libass take where a script does not say.
const USUAL_CANVAS: Canvas = Canvas { width: 384.0, height: 288.0 };

/// The title of every new file of Aegisub.
const NO_TITLE: &str = "Default Aegisub file";

/// Where the reader of a head is.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Info,
    Styles,
    Events,
    Other,
}

impl Script {
    /// From the head of a file. A head that names no dialect is in `usual`.
    pub(super) fn read(head: &str, usual: Dialect) -> Self {
        let dialect = lines(head).find_map(|(_, line, _)| dialect_of_line(line)).unwrap_or(usual);
        let legacy = dialect == Dialect::Ssa;
        let mut script = Self {
            dialect,
            title: None,
            lang: None,
            hard_breaks: false,
            canvas: USUAL_CANVAS,
            styles: Styles::default(),
            columns: columns::usual(dialect),
        };
        let (mut size, mut styles) = ((None, None), Vec::new());
        let mut style_columns = style::columns(if legacy { SSA_COLUMNS } else { ASS_COLUMNS });
        let mut inside = Inside::Info;
        for (_, line, _) in lines(head) {
            if let Some(name) = section(line) {
                inside = Inside::of(name);
                continue;
            }
            let Some((name, _)) = line.split_once(':') else { continue };
            let value = value_of(line, name.trim_matches(BLANK)).unwrap_or_default();
            match (inside, name.trim_matches(BLANK).to_ascii_lowercase().as_str()) {
                (Inside::Info, name) => script.info(name, value, &mut size),
                (Inside::Styles, "format") => style_columns = style::columns(value),
                (Inside::Styles, "style") => styles.push(style::read(&style_columns, value, legacy)),
                (Inside::Events, "format") => script.columns = columns::columns(value),
                _ => {}
            }
        }
        script.styles = Styles::new(styles);
        script.canvas = match size {
            (Some(width), Some(height)) => Canvas { width, height },
            // As libass: a picture of 4:3.
            (None, Some(height)) => Canvas { width: height * 4.0 / 3.0, height },
            (Some(width), None) => Canvas { width, height: width * 3.0 / 4.0 },
            (None, None) => USUAL_CANVAS,
        };
        script
    }

    fn info(&mut self, name: &str, value: &str, size: &mut (Option<f64>, Option<f64>)) {
        let number = || value.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 1.0);
        match name {
            "title" if !value.is_empty() && value != NO_TITLE => self.title = Some(value.to_owned()),
            "language" => self.lang = LangTag::parse(value),
            "wrapstyle" => self.hard_breaks = value == "2",
            "playresx" => size.0 = number(),
            "playresy" => size.1 = number(),
            _ => {}
        }
    }
}

impl Inside {
    fn of(section: &str) -> Self {
        match section.to_ascii_lowercase().as_str() {
            "script info" => Self::Info,
            "v4+ styles" | "v4 styles" => Self::Styles,
            "events" => Self::Events,
            _ => Self::Other,
        }
    }
}
