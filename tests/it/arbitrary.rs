//! Random tracks: everything that the model can hold, a little at a time.
//!
//! A track with a bit of everything is reported by every writer, and says nothing about silence. So each track draws a few
//! ingredients and is made of those alone.

use crate::leftovers;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use zimu::codec::FORMATS;
use zimu::lang::LangTag;
use zimu::model::*;
use zimu::time::{FrameRate, Round, Time, TimeRange, Timecode};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ingredient {
    Voice,
    Lang,
    Class,
    Style,
    Color,
    Background,
    Font,
    Ruby,
    Gloss,
    Unsaid,
    Emphasis,
    Upright,
    Shown,
    Raw,
    Keypad,
    Placement,
    Region,
    Note,
    Header,
    TrackLang,
    Id,
    Extras,
    TrackExtras,
    Evidence,
    Timing,
    OddTimes,
    OddText,
}

const INGREDIENTS: &[Ingredient] = {
    use Ingredient::*;
    &[
        Voice,
        Lang,
        Class,
        Style,
        Style,
        Style,
        Color,
        Background,
        Font,
        Ruby,
        Gloss,
        Unsaid,
        Emphasis,
        Upright,
        Shown,
        Raw,
        Raw,
        Keypad,
        Placement,
        Region,
        Note,
        Header,
        TrackLang,
        Id,
        Extras,
        TrackExtras,
        Evidence,
        Timing,
        OddTimes,
        OddText,
        OddText,
    ]
};

/// A track of a few ingredients.
pub(crate) fn track() -> impl Strategy<Value = Track> {
    prop_oneof![3 => subsequence(INGREDIENTS, 0..=2), 1 => subsequence(INGREDIENTS, 0..=5)].prop_flat_map(track_of)
}

fn track_of(palette: Vec<Ingredient>) -> impl Strategy<Value = Track> {
    let has = |ingredient| palette.contains(&ingredient);
    let regions = if has(Ingredient::Region) { prop::collection::vec(region(), 0..3).boxed() } else { none() };
    let notes = if has(Ingredient::Note) { prop::collection::vec(note(), 0..3).boxed() } else { none() };
    let header = if has(Ingredient::Header) { prop::option::of(words()).boxed() } else { Just(None).boxed() };
    let lang = if has(Ingredient::TrackLang) { prop::option::of(lang()).boxed() } else { Just(None).boxed() };
    let extras = if has(Ingredient::TrackExtras) {
        prop::collection::vec(extra(leftovers::OF_TRACKS), 0..3).boxed()
    } else {
        none()
    };
    let timing = if has(Ingredient::Timing) { timing().boxed() } else { Just((None, None)).boxed() };
    let cues = prop::collection::vec(cue(palette), 0..5);
    let around = (regions, notes, header, lang, extras, timing, cues, any::<bool>());
    around.prop_map(|(regions, mut notes, header, lang, extras, timing, mut cues, coarse)| {
        if coarse {
            cues.iter_mut()
                .for_each(|cue: &mut Cue| cue.range = TimeRange::new(coarser(cue.range.start), coarser(cue.range.end)));
        }
        let mut track = Track::default();
        let count = u32::try_from(cues.len()).unwrap();
        notes.iter_mut().for_each(|note: &mut Note| note.before = note.before.min(count));
        notes.sort_by_key(|note| note.before);
        (track.regions, track.notes, track.header) = (regions, notes, header);
        (track.lang, track.extras, track.cues) = (lang, extras, cues);
        (track.frame_rate, track.start_timecode) = timing;
        track
    })
}

/// A time that coarse formats have too: a fifth of a second is a whole number of centiseconds, and of frames at 25 fps.
fn coarser(time: Time) -> Time {
    Time::from_millis(time.to_units(5, Round::Down).saturating_mul(200))
}

/// A frame rate, and the time code of the first instant.
fn timing() -> impl Strategy<Value = (Option<FrameRate>, Option<Timecode>)> {
    let rates: Vec<_> = vec!["25", "23.976", "29.97"].into_iter().map(|rate| FrameRate::parse(rate).unwrap()).collect();
    let codes = vec!["01:00:00:00", "10:00:00:00", "00:59:58;10"];
    let code = select(codes).prop_map(|code| Timecode::parse(code).unwrap());
    (prop::option::of(select(rates)), prop::option::of(code))
}

fn none<T: std::fmt::Debug + Clone + 'static>() -> BoxedStrategy<Vec<T>> {
    Just(Vec::new()).boxed()
}

fn cue(palette: Vec<Ingredient>) -> impl Strategy<Value = Cue> {
    let has = |ingredient| palette.contains(&ingredient);
    let times = if has(Ingredient::OddTimes) { odd_time().boxed() } else { millis().boxed() };
    let id = if has(Ingredient::Id) { prop::option::of(words()).boxed() } else { Just(None).boxed() };
    let extras =
        if has(Ingredient::Extras) { prop::collection::vec(extra(leftovers::OF_CUES), 0..3).boxed() } else { none() };
    let evidence = if has(Ingredient::Evidence) { prop::option::of(evidence()).boxed() } else { Just(None).boxed() };
    let place = match (has(Ingredient::Keypad), has(Ingredient::Placement)) {
        (true, _) => prop::option::of(keypad()).boxed(),
        (_, true) => prop::option::of(placement()).boxed(),
        _ => Just(None).boxed(),
    };
    ((times.clone(), times), text(palette, 2), id, place, extras, evidence).prop_map(
        |((start, end), text, id, place, extras, evidence)| {
            let mut cue = Cue::new(TimeRange::new(start, end), text);
            cue.id = id.filter(|id: &String| !id.is_empty()).map(Into::into);
            cue.placement = place.map(Box::new);
            cue.extras = extras.into();
            cue.evidence = evidence.map(Box::new);
            cue
        },
    )
}

fn millis() -> impl Strategy<Value = Time> {
    (0i64..400_000_000).prop_map(Time::from_millis)
}

fn odd_time() -> impl Strategy<Value = Time> {
    prop_oneof![
        4 => millis(),
        1 => (-5_000i64..5_000).prop_map(Time::from_millis),
        1 => (0i64..1 << 40).prop_map(Time::from_flicks),
        1 => select(vec![Time::MIN, Time::MAX, Time::ZERO, Time::from_seconds(360_000), Time::from_seconds(3_600_000_000)]),
    ]
}

fn words() -> impl Strategy<Value = String> {
    "[a-c字é]{1,4}( [a-c字é]{1,4}){0,2}"
}

fn plain_text() -> impl Strategy<Value = String> {
    prop::collection::vec(words(), 0..3).prop_map(|lines| lines.join("\n"))
}

/// Pieces that some format takes for more than text.
const ODD_PIECES: &[&str] = &[
    "<i>",
    "</i>",
    "<b",
    ">",
    "<",
    "</c>",
    "<c.x>",
    "{\\an8}",
    "{\\b1}",
    "{",
    "}",
    "&",
    "&amp;",
    "&lt;",
    "-->",
    "--",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "7",
    "\n42\n",
    "00:00:01,000 --> 00:00:02,000",
    "00:01.000 --> 00:02.000",
    "WEBVTT",
    "NOTE x",
    "STYLE",
    "\0",
    "\u{FEFF}",
    "\u{2060}",
    "\u{A0}",
    "\u{2028}",
    "\u{85}",
    "\u{FFFD}",
    "\"",
    "\\",
    "é",
    "字",
    "𠀀",
    "e\u{301}",
    "X1:1",
    "<00:00:01.000>",
    "word",
    "\\N",
    "\\h",
    "{}",
    ",",
    ";",
    "'",
    "=",
    "- ",
    "\"\"",
    "1,2,",
    "[br]",
    "[BR]",
    "[COLF]",
    "00:00:01.00,00:00:02.00",
    "[00:00:01]",
    "1.0\t2.0\t",
    "&nbsp;",
    "&#32;",
    "<br>",
    "<SYNC Start=1>",
    "<P Class=A>",
    "<!--",
    "\u{3000}",
    "\u{C}",
];

fn odd_text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(ODD_PIECES), 0..7).prop_map(|pieces| pieces.concat())
}

fn text(palette: Vec<Ingredient>, depth: u32) -> BoxedStrategy<StyledText> {
    let plain = if palette.contains(&Ingredient::OddText) { odd_text().boxed() } else { plain_text().boxed() };
    let kinds: Vec<_> = palette.iter().filter_map(|ingredient| kind(*ingredient, depth)).collect();
    if kinds.is_empty() {
        return plain.prop_map(StyledText::from).boxed();
    }
    let mark = (any::<Index>(), any::<Index>(), any::<bool>(), prop::strategy::Union::new(kinds));
    (plain, prop::collection::vec(mark, 0..5)).prop_map(|(plain, marks)| marked(plain, marks)).boxed()
}

/// The text with marks between two of its characters, or over all of it.
pub(crate) fn marked(plain: String, marks: Vec<(Index, Index, bool, MarkKind)>) -> StyledText {
    let mut places: Vec<usize> = plain.char_indices().map(|(at, _)| at).collect();
    places.push(plain.len());
    let mut text = StyledText::from(plain);
    for (from, to, whole, kind) in marks {
        let (a, b) = if whole { (0, places.len() - 1) } else { (from.index(places.len()), to.index(places.len())) };
        let place = |i: usize| u32::try_from(places[i]).unwrap();
        text.add(Mark::new(place(a.min(b))..place(a.max(b)), kind));
    }
    text
}

fn kind(ingredient: Ingredient, depth: u32) -> Option<BoxedStrategy<MarkKind>> {
    use MarkKind as M;
    let rgba = any::<(u8, u8, u8)>().prop_flat_map(|(r, g, b)| {
        prop_oneof![3 => Just(255u8), 1 => any::<u8>()].prop_map(move |a| Rgba { r, g, b, a })
    });
    let size = prop::option::of(select(vec!["24", "120%", "\"", "a b"]).prop_map(str::to_owned));
    Some(match ingredient {
        Ingredient::Voice => (words(), prop::collection::vec("[a-c]{1,3}", 0..2))
            .prop_map(|(name, classes)| M::Voice(Box::new(Voice { name, classes })))
            .boxed(),
        Ingredient::Lang => lang().prop_map(M::Lang).boxed(),
        Ingredient::Class => "[a-c]{1,4}".prop_map(|class| M::Class(class.into())).boxed(),
        Ingredient::Style => select(vec![M::Bold, M::Italic, M::Underline, M::Strike]).boxed(),
        Ingredient::Color => rgba.prop_map(M::Color).boxed(),
        Ingredient::Background => rgba.prop_map(M::Background).boxed(),
        Ingredient::Font => (prop::option::of(words()), size)
            .prop_map(|(family, size)| M::Font(Box::new(Font { family, size })))
            .boxed(),
        Ingredient::Ruby if depth > 0 => text(vec![Ingredient::Style, Ingredient::Ruby], depth - 1)
            .prop_map(|text| M::Ruby(Box::new(Ruby { text })))
            .boxed(),
        Ingredient::Gloss => (words(), any::<bool>())
            .prop_map(|(text, term)| {
                let spoken = if term { Spoken::Term } else { Spoken::Gloss };
                M::Gloss(Box::new(Gloss { text, open: " (".into(), close: ")".into(), spoken }))
            })
            .boxed(),
        Ingredient::Unsaid => words()
            .prop_map(|text| M::Unsaid(Box::new(Unsaid { text: format!("({text})"), reason: Reason::Direction })))
            .boxed(),
        Ingredient::Emphasis => select(vec![Emphasis::Auto, Emphasis::Dot, Emphasis::Circle, Emphasis::Sesame])
            .prop_map(M::Emphasis)
            .boxed(),
        Ingredient::Upright => Just(M::Upright).boxed(),
        Ingredient::Shown => odd_time().prop_map(M::Shown).boxed(),
        Ingredient::Raw => extra(leftovers::IN_TEXT).prop_map(|extra| M::Raw(Box::new(extra))).boxed(),
        _ => return None,
    })
}

/// A leftover: mostly one that a reader could have made; also one of any format, or of none that exists, that none could.
fn extra(likely: &'static [leftovers::Row]) -> impl Strategy<Value = Extra> {
    let owners: Vec<&'static str> = FORMATS.iter().map(|format| format.id).chain(["other"]).collect();
    let keys = vec!["tag", "coordinates", "settings", "payload", "style", "no-hours"];
    let values = vec!["{\\an8\\b1}", "<i>", "</c>", "X1:1", "garbage", "", " ", "a\nb", "-->", "\u{FEFF}"];
    let extra = |(format, key, value): (&'static str, &'static str, &str)| Extra { format, key, value: value.into() };
    prop_oneof![
        4 => select(likely).prop_map(extra),
        1 => (select(owners), select(keys), select(values)).prop_map(extra),
    ]
}

/// A language.
pub(crate) fn lang() -> impl Strategy<Value = LangTag> {
    select(vec!["en", "zh-Hans", "pt-BR", "x-1-ab"]).prop_map(|tag| LangTag::parse(tag).unwrap())
}

fn note() -> impl Strategy<Value = Note> {
    (0u32..6, prop_oneof![4 => plain_text().boxed(), 1 => odd_text().boxed()])
        .prop_map(|(before, text)| Note { before, text })
}

fn region() -> impl Strategy<Value = Region> {
    region_of("[a-c]{1,3}", 1u32..5, 0i64..=100_000)
}

/// Regions with these ids, lines and percentages.
pub(crate) fn region_of(
    ids: impl Strategy<Value = String>,
    lines: impl Strategy<Value = u32>,
    percents: impl Strategy<Value = i64> + Clone,
) -> impl Strategy<Value = Region> {
    let point = || (percents.clone(), percents.clone());
    let (anchor, viewport) = (point(), point());
    (ids, percents, lines, anchor, viewport, any::<bool>()).prop_map(
        |(id, width, lines, region_anchor, viewport_anchor, scroll_up)| Region {
            id,
            width,
            lines,
            region_anchor,
            viewport_anchor,
            scroll_up,
        },
    )
}

/// One of the nine places that simple formats have.
fn keypad() -> impl Strategy<Value = Placement> {
    let rows = vec![
        (Line::Auto, LineAlign::Start),
        (Line::Percent(50_000), LineAlign::Center),
        (Line::Number(0), LineAlign::Start),
    ];
    (select(rows), select(vec![Align::Left, Align::Center, Align::Right]))
        .prop_map(|((line, line_align), align)| Placement { line, line_align, align, ..Placement::default() })
}

fn placement() -> impl Strategy<Value = Placement> {
    placement_of((-20i64..20).prop_map(|n| n * 1000), 0i64..=100_000, "[a-c]{1,3}")
}

/// Placements with these line numbers (in thousandths), percentages and ids of regions.
pub(crate) fn placement_of(
    lines: impl Strategy<Value = i64> + 'static,
    percents: impl Strategy<Value = i64> + Clone + 'static,
    regions: impl Strategy<Value = String>,
) -> impl Strategy<Value = Placement> {
    let writing = select(vec![WritingMode::Horizontal, WritingMode::VerticalRl, WritingMode::VerticalLr]);
    let line = prop_oneof![Just(Line::Auto), lines.prop_map(Line::Number), percents.clone().prop_map(Line::Percent)];
    let line_align = select(vec![LineAlign::Start, LineAlign::Center, LineAlign::End]);
    let position = prop_oneof![Just(Position::Auto), percents.clone().prop_map(Position::Percent)];
    let edge =
        select(vec![PositionAlign::Auto, PositionAlign::LineLeft, PositionAlign::Center, PositionAlign::LineRight]);
    let align = select(vec![Align::Center, Align::Start, Align::End, Align::Left, Align::Right]);
    let rest = (prop_oneof![Just(100_000i64), percents], prop::option::of(regions));
    (writing, line, line_align, position, edge, align, rest).prop_map(
        |(writing, line, line_align, position, position_align, align, (size, region))| Placement {
            writing,
            line,
            line_align,
            position,
            position_align,
            size,
            align,
            region,
        },
    )
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let score = prop::option::of((0u8..=100).prop_map(|percent| f32::from(percent) / 100.0));
    let range = (millis(), millis()).prop_map(|(start, end)| TimeRange::new(start, end));
    evidence_of(words(), range, score)
}

/// Evidence with these words, times and scores.
pub(crate) fn evidence_of(
    texts: impl Strategy<Value = String>,
    ranges: impl Strategy<Value = TimeRange>,
    scores: impl Strategy<Value = Option<f32>> + Clone,
) -> impl Strategy<Value = Evidence> {
    let how = || select(HEARD.to_vec()).prop_map(|(heard, _)| heard);
    let word = (texts, ranges, how(), scores.clone());
    let word = word.prop_map(|(text, range, how, score)| CueWord { text, range, how, score });
    let parts = (scores, prop::option::of(how()), prop::option::of(doubt()), prop::collection::vec(word, 0..3));
    parts.prop_map(|(confidence, how, doubt, words)| Evidence { confidence, how, doubt, words })
}

/// A reason to doubt.
pub(crate) fn doubt() -> impl Strategy<Value = Doubt> {
    select(DOUBTS.to_vec()).prop_map(|(doubt, _)| doubt)
}
