//! What was looked at and is to stay: findings that somebody allowed.

use super::rule::Rule;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use std::collections::BTreeSet;

/// Rules that may be broken, by certain cues or by all.
///
/// In WebVTT a comment says so, for the cue below it: `NOTE zimu: allow reading-speed, line-length`. With `allow-all` it
/// holds for the file. For other formats a file beside it has lines of a cue's number (or `*`) and rules:
/// `12 reading-speed`; `#` begins a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Rule and cue.
    cues: BTreeSet<(&'static str, usize)>,
    everywhere: BTreeSet<&'static str>,
}

/// What a comment of a caption file begins with.
const NOTE: &str = "zimu:";

impl Allow {
    /// Takes what the comments of a track allow.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if one of them names a rule that does not exist.
    ///
    /// ```
    /// use zimu::check::Allow;
    /// use zimu::model::{Note, Track};
    /// let mut track = Track::default();
    /// track.notes.push(Note { before: 0, text: "zimu: allow overlap".into() });
    /// assert!(Allow::default().notes(&track).is_ok());
    /// track.notes.push(Note { before: 0, text: "zimu: allow beauty".into() });
    /// assert!(Allow::default().notes(&track).is_err());
    /// ```
    pub fn notes(&mut self, track: &Track) -> Result<()> {
        for note in &track.notes {
            for line in note.text.lines() {
                let Some(rest) = line.trim().strip_prefix(NOTE) else { continue };
                let rest = rest.trim();
                let (verb, names) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                match verb {
                    "allow" => self.add(Some(note.before as usize), names)?,
                    "allow-all" => self.add(None, names)?,
                    _ => return Err(unclear(rest)),
                }
            }
        }
        Ok(())
    }

    /// Takes the lines of a file beside the captions.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if a line has no cue number or names a rule that does not exist.
    ///
    /// ```
    /// use zimu::check::Allow;
    /// let mut allow = Allow::default();
    /// assert!(allow.lines("# shouted on purpose\n12 all-caps\n* line-balance\n").is_ok());
    /// assert!(allow.lines("twelve all-caps").is_err());
    /// ```
    pub fn lines(&mut self, text: &str) -> Result<()> {
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (cue, names) = line.split_once(char::is_whitespace).ok_or_else(|| unclear(line))?;
            let cue = match cue {
                "*" => None,
                number => {
                    Some(number.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).ok_or_else(|| unclear(line))?)
                }
            };
            self.add(cue, names)?;
        }
        Ok(())
    }

    fn add(&mut self, cue: Option<usize>, names: &str) -> Result<()> {
        let names = names.split([',', ' ', '\t']).filter(|name| !name.is_empty());
        for name in names {
            let id = Rule::by_id(name)?.id();
            match cue {
                Some(cue) => self.cues.insert((id, cue)),
                None => self.everywhere.insert(id),
            };
        }
        Ok(())
    }

    /// This rule may be broken by this cue, counted from 0.
    pub fn cue(&mut self, rule: &'static Rule, cue: usize) {
        self.cues.insert((rule.id(), cue));
    }

    /// What is allowed in these cues alone, of a track that has no others; in their order.
    #[must_use]
    pub fn within(&self, cues: &[u32]) -> Self {
        let place = |cue: usize| cues.binary_search(&u32::try_from(cue).ok()?).ok();
        let inside = self.cues.iter().filter_map(|(rule, cue)| Some((*rule, place(*cue)?)));
        Self { cues: inside.collect(), everywhere: self.everywhere.clone() }
    }

    pub(super) fn allows(&self, rule: &Rule, cue: Option<usize>) -> bool {
        if self.cues.is_empty() && self.everywhere.is_empty() {
            return false;
        }
        self.everywhere.contains(rule.id()) || cue.is_some_and(|cue| self.cues.contains(&(rule.id(), cue)))
    }
}

fn unclear(line: &str) -> Error {
    let shown: String = line.chars().take(60).collect();
    Error::new(ErrorKind::Usage, format!("`{shown}` does not say what is allowed"))
        .with_remedy("`allow RULE, RULE` or `allow-all RULE` after `NOTE zimu:`; in a file beside the captions, lines of a cue's number (or *) and rules")
        .with_chinese(format!("“{shown}”没有说明允许什么"))
        .with_chinese_remedy("在 `NOTE zimu:` 之后写 `allow 规则, 规则` 或 `allow-all 规则`；在旁边的文件中，每行写字幕序号（或 *）和规则")
}
