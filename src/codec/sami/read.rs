//! Reading: the head, then texts by time and class, then the cues of one class.

use super::paragraph::Paragraph;
use super::scan::{Piece, Scanner, Tag};
use super::sheet::{self, classes, language_of, usual, usual_class};
use super::{ID, PARAM, STYLE};
use crate::codec::plain::shorten;
use crate::codec::{ReadOptions, last_cue, room_for_cues};
use crate::diag::codes::{parse, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Cue, Extra, Mark, MarkKind, Note, StyledText, Track, Voice};
use crate::source::{Source, Span};
use crate::time::{Time, TimeDelta, TimeRange};
use std::collections::{BTreeSet, HashMap};

/// The root, or a first `SYNC` of a file that lost it.
pub(super) fn probe(content: &str) -> u8 {
    let begin = content.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let tags =
        Scanner::new(begin).take(16).filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None });
    let mut tags = tags.take(4);
    match tags.next() {
        Some(tag) if tag.is("SAMI") => 250,
        Some(tag) if tag.is("SYNC") && tag.attribute("start").is_some() => 220,
        _ if tags.any(|tag| tag.is("SAMI")) => 220,
        _ => 0,
    }
}

/// Of every class: a break of the text before it, or a comment.
const ALL: usize = usize::MAX;
/// Names of attributes that are remembered.
const MOST_NAMES: usize = 12;

/// Something at a time.
struct Event {
    time: Time,
    /// When it ends, where `SYNC` says it.
    end: Option<Time>,
    class: usize,
    what: What,
}

enum What {
    Text(StyledText, Option<Span>),
    /// Who speaks from now on; empty: nobody.
    Source(String),
    Comment(String),
}

/// What stands around the cues.
#[derive(Default)]
struct Head<'a> {
    title: Option<String>,
    sheet: &'a str,
    param: &'a str,
}

struct Reader<'a, 'r> {
    source: &'a Source,
    report: &'r mut Report,
    head: Head<'a>,
    events: Vec<Event>,
    /// Classes as they are first written, and how many texts they have.
    classes: Vec<(&'a str, u64)>,
    numbers: HashMap<String, usize>,
    /// The time of the `SYNC` that holds, and its end; `None` before the first, and after one without a time.
    now: Option<(Time, Option<Time>)>,
    /// Something stands in this `SYNC`.
    filled: bool,
    open: Option<OpenText>,
    /// Comments inside the open paragraph.
    comments: Vec<String>,
    unread: BTreeSet<String>,
    /// Any `SYNC` was seen.
    known: bool,
}

/// A paragraph that may grow.
struct OpenText {
    class: usize,
    source: bool,
    text: Paragraph,
    span: Option<Span>,
}

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let content = source.text();
    let mut reader = Reader {
        source,
        report,
        head: Head::default(),
        events: Vec::new(),
        classes: Vec::new(),
        numbers: HashMap::new(),
        now: None,
        filled: true,
        open: None,
        comments: Vec::new(),
        unread: BTreeSet::new(),
        known: false,
    };
    reader.run();
    if !reader.known && probe(content) == 0 && !content.trim().is_empty() {
        return Err(not_this(source));
    }
    let Reader { mut head, mut events, classes: met, report, unread, .. } = reader;
    if !unread.is_empty() {
        let names = unread.into_iter().collect::<Vec<_>>().join(", ");
        report.push(Diagnostic::new(text::SAMI_UNREAD, Location::FILE).with("names", names));
    }
    let mut track = Track { resolution: TimeDelta::from_millis(1), header: head.title.take(), ..Track::default() };
    let (class, name, lang) = choose(&met, head.sheet, options.lang.as_ref(), report);
    track.extras = extras(name, lang.as_ref(), &head);
    track.lang = lang;
    let unnamed = met.iter().position(|(name, _)| name.is_empty());
    events.retain(|event| event.class == class || event.class == ALL || Some(event.class) == unnamed);
    events.sort_by_key(|event| event.time);
    let mut cues = Cues { track, open: false, speaker: String::new() };
    cues.track.cues = room_for_cues(content.len() / 2);
    events.into_iter().for_each(|event| cues.event(event));
    if cues.open {
        last_cue::end(&mut cues.track.cues, report);
    }
    Ok(cues.track)
}

/// The class that is read: its number, name and language. The others are reported.
fn choose<'a>(
    met: &[(&'a str, u64)],
    sheet: &'a str,
    asked: Option<&LangTag>,
    report: &mut Report,
) -> (usize, &'a str, Option<LangTag>) {
    let described = classes(sheet);
    if met.is_empty() {
        let first = described.into_iter().next();
        return first.map_or((0, "", None), |class| (0, class.name, class.lang));
    }
    let lang = |name: &str| match described.iter().find(|class| class.name.eq_ignore_ascii_case(name)) {
        Some(class) => class.lang.clone(),
        None => language_of(name),
    };
    let all: Vec<(usize, &'a str, u64, Option<LangTag>)> =
        met.iter().enumerate().map(|(at, (name, count))| (at, *name, *count, lang(name))).collect();
    let of = |fits: &dyn Fn(&LangTag) -> bool| {
        let fitting = all.iter().filter(|(.., count, lang)| *count > 0 && lang.as_ref().is_some_and(fits));
        fitting.map(|(at, ..)| *at).next()
    };
    let named =
        asked.and_then(|asked| of(&|lang| lang == asked).or_else(|| of(&|lang| lang.primary() == asked.primary())));
    if let Some(asked) = asked.filter(|_| named.is_none()) {
        report.push(Diagnostic::new(text::SAMI_NO_LANGUAGE, Location::FILE).with("lang", asked.as_str()));
    }
    // Of equals the first; a paragraph without a class is of any.
    let most = all.iter().rev().max_by_key(|(_, name, count, _)| (!name.is_empty(), *count)).map(|(at, ..)| *at);
    let chosen = named.or(most).unwrap_or(0);
    for (_, name, count, lang) in
        all.iter().filter(|(at, name, count, _)| *at != chosen && *count > 0 && !name.is_empty())
    {
        let other = Diagnostic::new(text::SAMI_OTHER, Location::FILE).with("class", *name).with("count", *count);
        report.push(other.with("lang", lang.as_ref().map_or("?", LangTag::as_str)));
    }
    all.into_iter().nth(chosen).map_or((0, "", None), |(at, name, _, lang)| (at, name, lang))
}

/// What the head has that is not written anyway.
fn extras(class: &str, lang: Option<&LangTag>, head: &Head<'_>) -> Vec<Extra> {
    let sheet = head.sheet.replace("\r\n", "\n");
    let usual = class.eq_ignore_ascii_case(&usual_class(lang)) && sheet == usual(lang);
    let described = classes(head.sheet).iter().any(|described| described.name.eq_ignore_ascii_case(class));
    let style = (described && !usual).then(|| (STYLE, [class, "\n", &sheet].concat()));
    let param = (!head.param.is_empty()).then(|| (PARAM, head.param.to_owned()));
    style.into_iter().chain(param).map(|(key, value)| Extra { format: ID, key, value }).collect()
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self) {
        let mut scanner = Scanner::new(self.source.text());
        while let Some(piece) = scanner.next() {
            match piece {
                Piece::Tag(tag) if !tag.closes && tag.is("STYLE") => {
                    let sheet = scanner.raw("STYLE");
                    if self.head.sheet.is_empty() {
                        self.head.sheet = sheet;
                    }
                }
                Piece::Tag(tag) if !tag.closes && tag.is("SAMIPARAM") => {
                    self.head.param = scanner.raw("SAMIPARAM").trim()
                }
                Piece::Tag(tag) if !tag.closes && tag.is("TITLE") => self.title(scanner.raw("TITLE")),
                Piece::Tag(tag) => self.tag(&tag),
                Piece::Comment(comment) => self.comment(comment.trim()),
                Piece::Text(text) => self.text(text),
            }
        }
        self.end_sync();
    }

    fn title(&mut self, raw: &str) {
        let mut title = Paragraph::default();
        title.text(raw);
        let title = title.finish().plain;
        if self.head.title.is_none() && !title.is_empty() {
            self.head.title = Some(title);
        }
    }

    fn comment(&mut self, comment: &str) {
        if comment.is_empty() || comment.to_ascii_uppercase().starts_with("DOCTYPE") {
            return;
        }
        let comment = comment.replace("\r\n", "\n").replace('\r', "\n");
        match self.open {
            // It stands behind the text that it stands in.
            Some(_) => self.comments.push(comment),
            None => self.push_comment(comment),
        }
    }

    fn push_comment(&mut self, comment: String) {
        let time = self.now.map_or_else(|| self.events.last().map_or(Time::MIN, |event| event.time), |(time, _)| time);
        self.events.push(Event { time, end: None, class: ALL, what: What::Comment(comment) });
    }

    fn text(&mut self, raw: &str) {
        if self.open.is_none() {
            if raw.trim().is_empty() {
                return;
            }
            if self.now.is_none() {
                let raw = raw.trim();
                let at = Location { span: self.source.span_of(raw), ..Location::FILE };
                return self.report.push_with(text::STRAY, at, |stray| stray.with("text", shorten(raw)));
            }
            self.begin("", false, raw);
        }
        if let Some(open) = &mut self.open {
            open.text.text(raw);
        }
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        let known = ["SAMI", "HEAD", "BODY", "SYNC", "P"].iter().any(|known| tag.is(known));
        match (known, tag.closes) {
            (true, false) if tag.is("SYNC") => self.sync(tag),
            (true, false) if tag.is("P") && self.now.is_some() => self.paragraph(tag),
            (true, _) => {}
            (false, _) => {
                if self.open.is_none() && self.now.is_some() && !tag.closes {
                    self.begin("", false, tag.raw);
                }
                if let Some(open) = &mut self.open {
                    open.text.tag(tag);
                }
            }
        }
    }

    fn sync(&mut self, tag: &Tag<'a>) {
        self.end_sync();
        self.known = true;
        let millis = |name: &str| {
            let value = tag.attribute(name)?;
            let value = value.strip_suffix("ms").unwrap_or(value).trim();
            let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
            whole.parse().ok().map(Time::from_millis)
        };
        let start = millis("start");
        self.now = start.map(|start| (start, millis("end").filter(|end| *end > start)));
        self.filled = start.is_none();
        if start.is_none() {
            let at = Location { span: self.source.span_of(tag.raw), ..Location::FILE };
            self.report.push_with(parse::BAD_LINE, at, |bad| bad.with("text", shorten(tag.raw)));
        }
        self.note_unread(tag, &["start", "end"]);
    }

    fn paragraph(&mut self, tag: &Tag<'a>) {
        self.end_text();
        let class = tag.attribute("class").unwrap_or_default();
        let source = tag.attribute("id").is_some_and(|id| id.eq_ignore_ascii_case("source"));
        self.begin(class, source, tag.raw);
        self.note_unread(tag, if source { &["class", "id"] } else { &["class"] });
    }

    fn note_unread(&mut self, tag: &Tag<'_>, known: &[&str]) {
        for (name, _) in tag.attributes() {
            if !known.iter().any(|known| known.eq_ignore_ascii_case(name)) && self.unread.len() < MOST_NAMES {
                self.unread.insert(shorten(&name.to_ascii_lowercase()));
            }
        }
    }

    fn begin(&mut self, class: &'a str, source: bool, at: &str) {
        let next = self.classes.len();
        let class_number = *self.numbers.entry(class.to_ascii_lowercase()).or_insert(next);
        if class_number == next {
            self.classes.push((class, 0));
        }
        let span = self.source.span_of(at);
        self.open = Some(OpenText { class: class_number, source, text: Paragraph::default(), span });
        self.filled = true;
    }

    fn end_text(&mut self) {
        if let Some((OpenText { class, source, text, span }, (time, end))) = self.open.take().zip(self.now) {
            let text = text.finish();
            let what = if source { What::Source(text.plain) } else { What::Text(text, span) };
            if let What::Text(text, _) = &what
                && let Some((_, count)) = self.classes.get_mut(class).filter(|_| !text.is_empty())
            {
                *count = count.saturating_add(1);
            }
            self.events.push(Event { time, end, class, what });
        }
        for comment in std::mem::take(&mut self.comments) {
            self.push_comment(comment);
        }
    }

    /// A `SYNC` in which nothing stands ends what is shown.
    fn end_sync(&mut self) {
        self.end_text();
        if let Some((time, end)) = self.now.filter(|_| !self.filled) {
            self.events.push(Event { time, end, class: ALL, what: What::Text(StyledText::default(), None) });
        }
    }
}

/// The cues, as events come in the order of time.
struct Cues {
    track: Track,
    /// The last cue lacks an end.
    open: bool,
    speaker: String,
}

impl Cues {
    fn event(&mut self, Event { time, end, class: _, what }: Event) {
        let cues = &mut self.track.cues;
        let (mut text, span) = match what {
            What::Source(name) => return self.speaker = name,
            What::Comment(text) => {
                let before = u32::try_from(cues.len()).unwrap_or(u32::MAX);
                return self.track.notes.push(Note { before, text });
            }
            What::Text(text, span) => (text, span),
        };
        if let Some(last) = cues.last_mut().filter(|last| self.open && last.range.start == time && !text.is_empty()) {
            last.text.plain.push('\n');
            return last.text.append(&text);
        }
        if let Some(last) = cues.last_mut().filter(|_| self.open) {
            last.range.end = time;
        }
        self.open = !text.is_empty() && end.is_none();
        if text.is_empty() {
            return;
        }
        if !self.speaker.is_empty() {
            let voice = Voice { name: self.speaker.clone(), classes: Vec::new() };
            let whole = Mark::new(0..text.len(), MarkKind::Voice(Box::new(voice)));
            text.marks.insert(0, whole);
        }
        let mut cue = Cue::new(TimeRange::new(time, end.unwrap_or(time)), text);
        cue.origin = span;
        cues.push(cue);
    }
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(ErrorKind::Unreadable, format!("{name} is not SAMI: it has no `SYNC`"))
        .with_remedy("a text begins with tags such as `<SYNC Start=1000><P Class=KRCC>`")
        .with_chinese(format!("{name} 不是 SAMI：没有 `SYNC` 标签"))
        .with_chinese_remedy("每条文字以 `<SYNC Start=1000><P Class=KRCC>` 这样的标签开头")
}

/// A style sheet with its class, taken apart; `None` if the sheet does not describe the class in this language.
pub(super) fn styled<'a>(value: &'a str, lang: Option<&LangTag>) -> Option<(&'a str, &'a str)> {
    let (class, sheet) = value.split_once('\n')?;
    let described = classes(sheet);
    let found = described.iter().find(|described| described.name.eq_ignore_ascii_case(class))?;
    let usual = class.eq_ignore_ascii_case(&usual_class(lang)) && sheet == usual(lang);
    (sheet::is_class(class) && found.lang.as_ref() == lang && !usual && Scanner::new(sheet).raw("STYLE") == sheet)
        .then_some((class, sheet))
}
