//! Reading: tiers, then their cues in order of time.

use super::token::{Token, Tokens};
use super::{EXTENT, ID, SHORT, TIER, USUAL_TIER, is_nobody, is_phones, span};
use crate::codec::ReadOptions;
use crate::codec::native::decimal::{self, write_seconds};
use crate::codec::plain::shorten;
use crate::diag::codes::{service, text};
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Mark, MarkKind, Track, Voice};
use crate::source::{Source, Span};
use crate::time::{FLICKS_PER_SECOND, Time, TimeRange};
use std::collections::BTreeSet;

pub(super) fn probe(content: &str) -> u8 {
    let mut tokens = Tokens::new(content.get(..PROBED).unwrap_or(content)).map(|(_, token)| token);
    let mut is = |expected: &[&str]| matches!(tokens.next(), Some(Token::Text(text)) if expected.contains(&&*text));
    if is(&FILE_TYPES) && is(&["TextGrid"]) { 250 } else { 0 }
}

/// The first two texts stand here.
const PROBED: usize = 1 << 10;
/// What the file says that it is; the second is the short form.
const FILE_TYPES: [&str; 2] = ["ooTextFile", "ooTextFile short"];

/// A tier as it stands in the file.
struct Tier {
    name: String,
    cues: Vec<Cue>,
}

pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let content = source.text();
    if content.trim().is_empty() {
        return Ok(Track::default());
    }
    if probe(content) == 0 {
        return Err(not_this(source));
    }
    let mut reader = Reader { source, tokens: Tokens::new(content).peekable(), points: 0 };
    // Both were just seen.
    let kind = reader.tokens.next();
    reader.tokens.next();
    let (mut tiers, mut extent) = (Vec::new(), None);
    if let Err((at, problem)) = reader.fill(&mut tiers, &mut extent, report) {
        report.push(Diagnostic::new(service::CUT_OFF, Location::span(at..at)).with("problem", problem));
    }
    let points = reader.points;
    if points > 0 {
        report.push(Diagnostic::new(text::POINTS, Location::FILE).with("count", points));
    }
    let tiers = without_phones(tiers, report);
    let mut track = Track::default();
    track.extras.extend(extent_extra(&tiers, extent));
    let named = name_voices(&tiers, &mut track);
    if matches!(kind, Some((_, Token::Text(text))) if FILE_TYPES.last() == Some(&&*text)) || is_short(content) {
        track.extras.push(Extra { format: ID, key: SHORT, value: String::new() });
    }
    track.cues = in_order(tiers, named);
    Ok(track)
}

/// Nothing is said before the values.
fn is_short(content: &str) -> bool {
    !content.contains("item [")
}

struct Reader<'a> {
    source: &'a Source,
    tokens: std::iter::Peekable<Tokens<'a>>,
    points: u64,
}

/// What was expected and is not there: where, and in words.
type Missing = (usize, &'static str);

impl Reader<'_> {
    fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.source.text().len(), |(at, _)| *at)
    }

    fn number(&mut self) -> std::result::Result<&str, Missing> {
        let at = self.at();
        match self.tokens.next_if(|(_, token)| matches!(token, Token::Number(_))) {
            Some((_, Token::Number(number))) => Ok(number),
            _ => Err((at, "a number is missing")),
        }
    }

    fn time(&mut self) -> std::result::Result<Time, Missing> {
        let at = self.at();
        let number = self.number()?;
        let number = number.strip_prefix('+').unwrap_or(number);
        decimal::parse(number, FLICKS_PER_SECOND).map(Time::from_flicks).ok_or((at, "a number is no time"))
    }

    fn count(&mut self) -> std::result::Result<u64, Missing> {
        let at = self.at();
        let number = self.number()?;
        let number = number.strip_prefix('+').unwrap_or(number);
        // Less than nothing is nothing.
        decimal::parse(number, 1).map(|count| u64::try_from(count).unwrap_or(0)).ok_or((at, "a number is no count"))
    }

    fn text(&mut self) -> std::result::Result<String, Missing> {
        let at = self.at();
        match self.tokens.next_if(|(_, token)| matches!(token, Token::Text(_))) {
            Some((_, Token::Text(text))) => Ok(text.into_owned()),
            _ => Err((at, "a text is missing")),
        }
    }

    fn fill(
        &mut self,
        tiers: &mut Vec<Tier>,
        extent: &mut Option<(Time, Time)>,
        report: &mut Report,
    ) -> std::result::Result<(), Missing> {
        *extent = Some((self.time()?, self.time()?));
        if self.tokens.next_if(|(_, token)| *token == Token::Flag("<exists>")).is_none() {
            return Ok(());
        }
        for _ in 0..self.count()? {
            let at = self.at();
            let class = self.text()?;
            let name = self.text()?;
            tiers.push(Tier { name, cues: Vec::new() });
            let Some(tier) = tiers.last_mut() else { return Ok(()) };
            let (_start, _end) = (self.time()?, self.time()?);
            let count = self.count()?;
            match class.as_str() {
                "IntervalTier" => (0..count).try_for_each(|_| self.interval(&mut tier.cues, report))?,
                "TextTier" => (0..count).try_for_each(|_| self.point(&mut tier.cues))?,
                _ => return Err((at, "a tier is of no known class")),
            }
        }
        Ok(())
    }

    fn interval(&mut self, cues: &mut Vec<Cue>, report: &mut Report) -> std::result::Result<(), Missing> {
        let at = self.at();
        let range = TimeRange::new(self.time()?, self.time()?);
        let label = self.text()?;
        if label.trim().is_empty() {
            return Ok(());
        }
        let span = Span::new(at..self.at());
        if range.end < range.start {
            let place = Location { span: Some(span), ..Location::FILE };
            report.push_with(text::TEXTGRID_REVERSED, place, |bad| bad.with("text", shorten(&label)));
            return Ok(());
        }
        cues.push(cue(range, label, span));
        Ok(())
    }

    fn point(&mut self, cues: &mut Vec<Cue>) -> std::result::Result<(), Missing> {
        let at = self.at();
        let time = self.time()?;
        let label = self.text()?;
        if !label.trim().is_empty() {
            self.points = self.points.saturating_add(1);
            cues.push(cue(TimeRange::new(time, time), label, Span::new(at..self.at())));
        }
        Ok(())
    }
}

fn cue(range: TimeRange, label: String, span: Span) -> Cue {
    let label = if label.contains('\r') { label.replace("\r\n", "\n").replace('\r', "\n") } else { label };
    let mut cue = Cue::new(range, label);
    cue.origin = Some(span);
    cue
}

/// Leaves out tiers of sounds where there are others.
fn without_phones(tiers: Vec<Tier>, report: &mut Report) -> Vec<Tier> {
    if tiers.iter().all(|tier| is_phones(&tier.name)) {
        return tiers;
    }
    let (phones, others): (Vec<Tier>, Vec<Tier>) = tiers.into_iter().partition(|tier| is_phones(&tier.name));
    for tier in phones.iter().filter(|tier| !tier.cues.is_empty()) {
        let unread = Diagnostic::new(text::TEXTGRID_PHONES, Location::FILE).with("name", shorten(&tier.name));
        report.push(unread.with("count", tier.cues.len()));
    }
    others
}

/// The extent, if the cues do not tell it.
fn extent_extra(tiers: &[Tier], extent: Option<(Time, Time)>) -> Option<Extra> {
    let (start, end) = extent?;
    let told = span(tiers.iter().flat_map(|tier| &tier.cues));
    ((start, end) != told).then(|| Extra { format: ID, key: EXTENT, value: spell(start, end) })
}

/// Start and end as they are kept.
pub(super) fn spell(start: Time, end: Time) -> String {
    let mut out = Vec::new();
    // Writing to a Vec cannot fail.
    let _ = write_seconds(&mut out, start.flicks().into());
    out.push(b' ');
    let _ = write_seconds(&mut out, end.flicks().into());
    String::from_utf8(out).unwrap_or_default()
}

/// Whether names of tiers are voices. If none is, the name is kept unless it is the usual one.
fn name_voices(tiers: &[Tier], track: &mut Track) -> bool {
    let names: BTreeSet<&str> =
        tiers.iter().filter(|tier| !tier.cues.is_empty()).map(|tier| tier.name.as_str()).collect();
    let mut nobody = names.iter().filter(|name| is_nobody(name));
    match (nobody.next(), nobody.next()) {
        (Some(name), None) => {
            if *name != USUAL_TIER {
                track.extras.push(Extra { format: ID, key: TIER, value: (*name).to_owned() });
            }
            false
        }
        (None, _) => false,
        // Several: told apart only by their names.
        (Some(_), Some(_)) => true,
    }
}

/// The cues of all tiers by their starts, those of one start in the order of the tiers.
fn in_order(tiers: Vec<Tier>, all_named: bool) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::with_capacity(tiers.iter().map(|tier| tier.cues.len()).sum());
    for Tier { name, cues: own } in tiers {
        let voice = (all_named || !is_nobody(&name)) && !name.trim().is_empty();
        for mut cue in own {
            if voice {
                let voice = Voice { name: name.clone(), classes: Vec::new() };
                cue.text.marks.push(Mark::new(0..cue.text.len(), MarkKind::Voice(Box::new(voice))));
            }
            cues.push(cue);
        }
    }
    cues.sort_by_key(|cue| cue.range.start);
    cues
}

fn not_this(source: &Source) -> Error {
    let name = source.name();
    Error::new(ErrorKind::Unreadable, format!("{name} is no TextGrid in one of the text forms"))
        .with_remedy("in Praat, `Save as text file…` or `Save as short text file…` writes one")
        .with_chinese(format!("{name} 不是文本形式的 TextGrid"))
        .with_chinese_remedy("请在 Praat 中使用 `Save as text file…` 或 `Save as short text file…` 保存")
}
