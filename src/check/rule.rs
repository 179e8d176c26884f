//! What a rule is.

use super::facts::Needs;
use super::findings::Findings;
use super::scene::{Scene, Seen};
use crate::diag::{Code, Severity};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;

/// A rule: what it finds, why, and how it looks.
pub struct Rule {
    /// Its code, `rule/…`; the sentence of a finding and the usual severity stand in the code's row.
    pub code: Code,
    /// What it is, in Chinese; the English one is the manual's first line.
    pub zh: &'static str,
    /// Its manual, in Markdown.
    pub(super) text: &'static str,
    /// Keys of the profile's settings that it reads; empty if it needs no number.
    pub settings: &'static [&'static str],
    /// Whether there is anything to judge by.
    pub(super) applies: fn(&Scene<'_>) -> bool,
    /// How it looks.
    pub(super) check: Check,
}

/// How a rule looks at captions: the narrowest view that does.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// At each cue whose text has what the rule needs.
    Cue(Needs, fn(&Scene<'_>, &Seen<'_>, &mut Findings<'_>)),
    /// At each cue and the one before it in the same place on the screen.
    Pair(fn(&Scene<'_>, [&Seen<'_>; 2], &mut Findings<'_>)),
    /// At everything.
    Track(fn(&Scene<'_>, &mut Findings<'_>)),
}

/// How bad the findings of a rule are held to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As the rule says.
    Own,
    /// Not looked for.
    Off,
    /// This.
    As(Severity),
}

impl Level {
    /// Reads `off`, `own`, `note`, `warning`, `error`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if it is none of these.
    ///
    /// ```
    /// use zimu::check::Level;
    /// use zimu::diag::Severity;
    /// assert_eq!(Level::parse("error").unwrap(), Level::As(Severity::Error));
    /// assert!(Level::parse("fatal").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        Ok(match text {
            "own" => Self::Own,
            "off" => Self::Off,
            "note" => Self::As(Severity::Note),
            "warning" => Self::As(Severity::Warning),
            "error" => Self::As(Severity::Error),
            _ => {
                return Err(Error::new(ErrorKind::Usage, format!("`{text}` is no level"))
                    .with_remedy("levels are off, note, warning, error, and own (as the rule says)")
                    .with_chinese(format!("“{text}”不是级别"))
                    .with_chinese_remedy("级别为 off、note、warning、error，或 own（按规则自身）"));
            }
        })
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Rule {
    /// Its name: `reading-speed`.
    pub fn id(&self) -> &'static str {
        self.code.row().id.trim_start_matches("rule/")
    }

    /// The rule of this name, with or without `rule/` before it.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is none, with those whose names are alike.
    ///
    /// ```
    /// use zimu::check::Rule;
    /// assert_eq!(Rule::by_id("rule/overlap").unwrap().id(), "overlap");
    /// assert!(Rule::by_id("beauty").is_err());
    /// ```
    pub fn by_id(id: &str) -> Result<&'static Self> {
        let name = id.trim().trim_start_matches("rule/");
        super::RULES.iter().copied().find(|rule| rule.id() == name).ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no rule is called `{name}`"))
                .with_remedy("`zimu rules` lists them")
                .with_chinese(format!("没有名为“{name}”的规则"))
                .with_chinese_remedy("`zimu rules` 列出全部规则")
        })
    }
}

/// Declares a rule: its manual as a doc comment, then its row.
macro_rules! rule {
    ($(#[doc = $line:literal])* $name:ident { $($field:ident: $value:expr),* $(,)? }) => {
        $(#[doc = $line])*
        pub(super) static $name: $crate::check::Rule =
            $crate::check::Rule { text: concat!($($line, "\n"),*), $($field: $value),* };
    };
}
pub(super) use rule;
