//! Which of several tracks is read, and what is said of the others.

use super::codes;
use crate::codec::ReadOptions;
use crate::codec::plain::shorten;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use std::fmt;

/// Streams of pictures that a DVD may have; an index that lists more is no reason for a longer report.
const MOST_NAMED: usize = 32;

/// A track that could be read.
pub(super) struct Choice<'a> {
    /// Its number, as the file counts.
    pub(super) number: u32,
    /// `en`; empty if the file does not say.
    pub(super) id: &'a str,
    /// How many pictures it has.
    pub(super) count: usize,
}

impl Choice<'_> {
    fn lang(&self) -> Option<LangTag> {
        LangTag::parse(self.id)
    }
}

/// `#1 de`.
impl fmt::Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.id.is_empty() { "" } else { " " };
        write!(f, "#{}{space}{}", self.number, shorten(self.id))
    }
}

/// Where in the list the track stands that is read: the one asked for, else the one that the file names, else the first. `None`
/// if none has pictures. The others are reported.
pub(super) fn choose(
    all: &[Choice<'_>],
    named: Option<u32>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Option<usize>> {
    let find = |fits: &dyn Fn(&Choice<'_>) -> bool| all.iter().position(|choice| choice.count > 0 && fits(choice));
    let numbered = |number| find(&|choice| choice.number == number);
    let usual = || named.and_then(numbered).or_else(|| find(&|_| true));
    let chosen = match (options.subtitle_track, &options.lang) {
        (Some(number), _) => Some(numbered(number).ok_or_else(|| no_such(all, number))?),
        (None, Some(lang)) => {
            let exact = find(&|choice| choice.lang().as_ref() == Some(lang));
            let near = || find(&|choice| choice.lang().is_some_and(|other| other.primary() == lang.primary()));
            let found = exact.or_else(near);
            let chosen = found.or_else(usual);
            if let Some(read) = chosen.filter(|_| found.is_none()).and_then(|at| all.get(at)) {
                let none = Diagnostic::new(codes::NO_LANGUAGE, Location::FILE).with("lang", lang.as_str());
                report.push(none.with("language", read.to_string()));
            }
            chosen
        }
        (None, None) => usual(),
    };
    if let Some(at) = chosen {
        say_others(all, at, report);
    }
    Ok(chosen)
}

fn say_others(all: &[Choice<'_>], chosen: usize, report: &mut Report) {
    let others = all.iter().enumerate().filter(|(at, other)| *at != chosen && other.count > 0);
    let others = list(others.map(|(_, other)| format!("{other} ({})", other.count)));
    if let Some(read) = all.get(chosen).filter(|_| !others.is_empty()) {
        let said = Diagnostic::new(codes::OTHER_LANGUAGES, Location::FILE);
        report.push(said.with("language", read.to_string()).with("others", others));
    }
}

/// The first of them, and how many more there are.
fn list(mut names: impl Iterator<Item = String>) -> String {
    let named: Vec<String> = names.by_ref().take(MOST_NAMED).collect();
    match names.count() {
        0 => named.join(", "),
        more => format!("{} … +{more}", named.join(", ")),
    }
}

fn no_such(all: &[Choice<'_>], number: u32) -> Error {
    let there = list(all.iter().filter(|choice| choice.count > 0).map(Choice::to_string));
    let error = Error::new(ErrorKind::Usage, format!("there is no subtitle track {number}"))
        .with_chinese(format!("没有编号为 {number} 的字幕轨"));
    match there.is_empty() {
        true => error.with_remedy("the file has no pictures at all").with_chinese_remedy("文件中没有任何图像"),
        false => error.with_remedy(format!("the file has {there}")).with_chinese_remedy(format!("文件中有 {there}")),
    }
}
