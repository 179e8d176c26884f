//! Writing: the head, then a `SYNC` where a text begins and one where it ends before the next one does.

use super::paragraph::{Paragraph, kinds};
use super::read::styled;
use super::scan::{Piece, Scanner};
use super::sheet::{usual, usual_class};
use super::{ID, PARAM, PER_SECOND, STYLE, TAG};
use crate::codec::label::{Labeller, speaker};
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{Begun, Markup, Open, Pen, Renderer, around_cues, shorten};
use crate::codec::srt::color;
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report, Severity};
use crate::error::Result;
use crate::model::{Cue, Extra, Font, Labels, Mark, MarkKind, Note, Track};
use std::collections::HashMap;
use std::ops::Range;

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    let mut out = String::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES));
    let class = head(track, &mut out, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let renderer = Renderer::new(pen, Tags { speaker: None });
    let mut notes = track.notes.iter().peekable();
    let mut writer = Writer { out, class, renderer, last: None, open: HashMap::new(), speaker: "" };
    for (index, cue) in track.cues.iter().enumerate() {
        while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
            writer.note(note);
        }
        writer.cue(index, cue, track.cues.get(index.saturating_add(1)));
    }
    notes.for_each(|note| writer.note(note));
    writer.out.push_str("</BODY>\n</SAMI>\n");
    writer.renderer.pen.finish("1 ms");
    Ok(writer.out.into_bytes())
}

/// Writes what stands above the cues; returns their class.
fn head(track: &Track, out: &mut String, leftovers: &mut Leftovers, report: &mut Report) -> String {
    let Track {
        format: _,
        lang,
        resolution: _,
        frame_rate,
        start_timecode,
        header,
        regions,
        notes: _,
        extras,
        cues: _,
    } = track;
    timing_lost(*frame_rate, *start_timecode, report);
    around_cues(regions, &[], report);
    out.push_str("<SAMI>\n<HEAD>\n");
    if let Some(header) = header {
        let title = header.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let shown = !title.trim().is_empty();
        if !shown || title != *header {
            let code = if shown { loss::HEADER_CHANGED } else { loss::HEADER };
            report.push(Diagnostic::new(code, Location::FILE).with("text", shorten(header)));
        }
        out.push_str("<TITLE>");
        escape(&title, 0..title.len(), out);
        out.push_str("</TITLE>\n");
    }
    let (mut style, mut param) = (None, None);
    for extra in extras {
        let Extra { format, key, value } = extra;
        match *key {
            STYLE if *format == ID && style.is_none() && param.is_none() && styled(value, lang.as_ref()).is_some() => {
                style = styled(value, lang.as_ref());
            }
            PARAM if *format == ID && param.is_none() && is_param(value) => param = Some(value.as_str()),
            _ => leftovers.drop(extra),
        }
    }
    if let Some(param) = param {
        out.extend(["<SAMIParam>\n", param, "\n</SAMIParam>\n"]);
    }
    let (class, sheet) = style.map_or_else(
        || (usual_class(lang.as_ref()), usual(lang.as_ref())),
        |(class, sheet)| (class.to_owned(), sheet.to_owned()),
    );
    out.extend(["<STYLE TYPE=\"text/css\">", &sheet, "</STYLE>\n</HEAD>\n<BODY>\n"]);
    class
}

fn is_param(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && Scanner::new(text).raw("SAMIPARAM") == text
}

struct Writer<'a, 'r> {
    out: String,
    class: String,
    renderer: Renderer<'a, 'r, Tags<'a>>,
    /// When the last text began, in milliseconds.
    last: Option<u64>,
    /// When texts began, and whether the next one of that time would join them: a reader puts them in order of time.
    open: HashMap<u64, bool>,
    /// Who spoke last.
    speaker: &'a str,
}

impl<'a> Writer<'a, '_> {
    fn note(&mut self, Note { before: _, text }: &Note) {
        let kept = text.replace("\r\n", "\n").replace('\r', "\n").replace("-->", "--\u{2060}>");
        let kept = kept.trim();
        let doctype = kept.to_ascii_uppercase().starts_with("DOCTYPE");
        if kept != text || kept.is_empty() || doctype {
            let changed = if kept.is_empty() || doctype { loss::NOTE } else { loss::NOTE_CHANGED };
            let lost = Diagnostic::new(changed, Location::FILE).with("text", shorten(text));
            self.renderer.pen.report.push(lost);
        }
        if !kept.is_empty() {
            self.out.extend(["<!-- ", kept, " -->\n"]);
        }
    }

    fn cue(&mut self, index: usize, cue: &'a Cue, next: Option<&Cue>) {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        let pen = &mut self.renderer.pen;
        pen.next(index, cue);
        pen.unnamed(id.as_deref());
        pen.unplaced(placement.as_deref());
        extras.iter().for_each(|extra| pen.leftovers.drop(extra));
        let start = pen.time(range.start, PER_SECOND);
        let speaker = speaker(text);
        self.renderer.markup.speaker = speaker.map(|(mark, _)| mark);
        self.renderer.text(text);
        let markup = std::mem::take(&mut self.renderer.pen.out);
        let pen = &mut self.renderer.pen;
        if text.plain.trim().is_empty() && read(&markup).is_empty() {
            return pen.lost(loss::CUE);
        }
        let breaks = text.plain.starts_with(['\n', '\r']) || text.plain.ends_with(['\n', '\r']);
        if breaks {
            let outer = text.plain.len().saturating_sub(text.plain.trim_matches(['\n', '\r']).len());
            pen.loss(loss::BLANK_LINE, "count", outer);
        }
        if text.plain.contains('\r') {
            pen.lost(loss::LINE_BREAK);
        }
        if self.open.insert(start, true) == Some(true) {
            pen.lost(loss::CUE_JOINED);
        }
        if self.last.is_some_and(|last| last > start) {
            pen.lost(loss::ORDER);
        }
        self.last = Some(start);
        self.sync(start);
        self.speaker(speaker.map_or("", |(_, name)| name));
        self.paragraph("");
        self.out.extend([markup.as_str(), "\n"]);
        self.renderer.pen.out = markup;
        self.end(start, cue, next);
    }

    fn sync(&mut self, millis: u64) {
        self.out.extend(["<SYNC Start=", &millis.to_string(), ">"]);
    }

    fn paragraph(&mut self, more: &str) {
        self.out.extend(["<P Class=", &self.class, more, ">"]);
    }

    /// Says who speaks, where that changes.
    fn speaker(&mut self, name: &'a str) {
        if name == self.speaker {
            return;
        }
        self.speaker = name;
        if name.contains('\r') || name.trim_matches('\n') != name {
            self.renderer.pen.loss(loss::VOICE_NAME, "name", shorten(name));
        }
        self.paragraph(" ID=Source");
        if name.is_empty() {
            self.out.push_str("&nbsp;");
        }
        escape(name, 0..name.len(), &mut self.out);
    }

    /// White space where the text ends, unless the next one begins there.
    fn end(&mut self, start: u64, cue: &Cue, next: Option<&Cue>) {
        if let Some(end) = self.renderer.pen.goes(start, cue, next, PER_SECOND) {
            self.sync(end);
            self.paragraph("");
            self.out.push_str("&nbsp;\n");
            self.open.insert(end, false);
        }
    }
}

/// What a reader will see in it.
fn read(markup: &str) -> String {
    let mut paragraph = Paragraph::default();
    for piece in Scanner::new(markup) {
        match piece {
            Piece::Tag(tag) => paragraph.tag(&tag),
            Piece::Text(text) => paragraph.text(text),
            Piece::Comment(_) => {}
        }
    }
    paragraph.finish().plain
}

/// Appends a part of a text. White space that HTML would bring to one space, or to none, becomes a character reference.
fn escape(text: &str, part: Range<usize>, out: &mut String) {
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut before = text.get(..part.start).and_then(|before| before.chars().next_back());
    for (at, c) in text.get(part.clone()).unwrap_or_default().char_indices() {
        let next = part.start.saturating_add(at).saturating_add(c.len_utf8());
        let after = || text.get(next..).and_then(|after| after.chars().next());
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            '\n' if before == Some('\r') => {}
            '\n' | '\r' => out.push_str("<br>"),
            ' ' if before.is_some_and(|c| !is_space(c)) && after().is_some_and(|c| !is_space(c)) => out.push(' '),
            c if is_space(c) => out.extend(["&#", &u32::from(c).to_string(), ";"]),
            c => out.push(c),
        }
        before = Some(c);
    }
}

/// Tags in the text of a cue.
struct Tags<'a> {
    /// Whose name is written before the text.
    speaker: Option<&'a Mark>,
}

impl<'a> Markup<'a> for Tags<'a> {
    type Found = ();

    fn look(&mut self, _: &str, _: bool, _: &mut Pen<'_>) {}

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        escape(text, part, out);
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        if self.speaker.is_some_and(|speaker| std::ptr::eq(speaker, mark)) {
            return Begun::Whole;
        }
        let name = match &mark.kind {
            _ if mark.range.is_empty() && !matches!(mark.kind, MarkKind::Raw(_)) => return Begun::No,
            MarkKind::Bold => "b",
            MarkKind::Italic => "i",
            MarkKind::Underline => "u",
            MarkKind::Strike => "s",
            MarkKind::Color(color) => {
                if color.a != u8::MAX {
                    pen.report.push(Diagnostic { severity: Severity::Warning, ..Diagnostic::new(loss::COLOR, pen.at) });
                }
                pen.out.extend(["<font color=\"", color::hex(*color).as_str(), "\">"]);
                return Begun::Tag("font");
            }
            MarkKind::Font(font) => return begin_font(font, mark, pen),
            MarkKind::Raw(extra) => return begin_raw(extra, mark, pen),
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Background(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Emphasis(_)
            | MarkKind::Upright
            | MarkKind::Shown(_) => return Begun::No,
        };
        pen.out.extend(["<", name, ">"]);
        Begun::Tag(name)
    }

    fn end(&mut self, tag: &'a str, out: &mut String) {
        out.extend(["</", tag, ">"]);
    }
}

fn begin_font<'a>(font: &Font, mark: &Mark, pen: &mut Pen<'_>) -> Begun<'a> {
    let attribute = |name: &str, value: &Option<String>| match value {
        Some(value) => format!(" {name}=\"{}\"", value.replace('&', "&amp;")),
        None => String::new(),
    };
    let tag = format!("<font{}{}>", attribute("face", &font.family), attribute("size", &font.size));
    if says(&tag).is_none_or(|(_, kinds)| kinds != [mark.kind.clone()]) {
        return Begun::No;
    }
    pen.out.push_str(&tag);
    Begun::Tag("font")
}

/// A tag comes back only if it is SAMI's own and is read as one that is kept.
fn begin_raw<'a>(extra: &'a Extra, mark: &Mark, pen: &mut Pen<'_>) -> Begun<'a> {
    let Extra { format, key, value } = extra;
    let ours = *format == ID && *key == TAG;
    let structure = |name: &str| STRUCTURE.iter().any(|known| known.eq_ignore_ascii_case(name));
    match says(value).filter(|(name, kinds)| ours && *kinds == [mark.kind.clone()] && !structure(name)) {
        Some((name, _)) => {
            pen.out.push_str(value);
            // What is open is known by this name.
            Begun::Tag(
                ["font", "b", "i", "u", "s"].into_iter().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(name),
            )
        }
        None => Begun::No,
    }
}

/// Tags that are no part of a text, or that say something of their own.
const STRUCTURE: [&str; 13] =
    ["sami", "head", "body", "sync", "p", "style", "samiparam", "title", "br", "ruby", "rt", "rb", "rp"];

/// The name of the tag that `text` is, and what it says; `None` unless it is one opening tag.
fn says(text: &str) -> Option<(&str, Vec<MarkKind>)> {
    let mut pieces = Scanner::new(text);
    match (pieces.next()?, pieces.next()) {
        (Piece::Tag(tag), None) if !tag.closes && text.ends_with('>') => {
            Some((tag.name, kinds(&tag, &tag.name.to_ascii_lowercase())))
        }
        _ => None,
    }
}
