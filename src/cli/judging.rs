//! What captions are held against: the options that `check` and `fix` share.

use super::align::{encoding, frame_rate, length, write_it};
use std::path::PathBuf;
use zimu::check::{Level, Rule};
use zimu::pipeline::{self, CheckOptions, Judge};
use zimu::source::Encoding;
use zimu::time::{FrameRate, Time, TimeDelta};
use zimu::{Result, host};

/// What captions are held against.
#[derive(clap::Args)]
pub(super) struct Judging {
    /// A profile, a profile's file, or the standard of a format; repeatable [default: see below]
    #[arg(short, long, value_name = "NAME|FILE.toml")]
    profile: Vec<String>,
    /// Another value for a setting of the profile, such as max_cps=12; repeatable
    #[arg(long, value_name = "SETTING=VALUE", value_parser = setting)]
    set: Vec<(String, String)>,
    /// How bad findings of a rule are: off, note, warning, error; repeatable
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level)]
    rule: Vec<(&'static Rule, Level)>,
    /// The media, whose length captions must not exceed
    #[cfg(feature = "audio")]
    #[arg(long, value_name = "FILE", conflicts_with = "duration")]
    media: Option<PathBuf>,
    /// The length of the media, such as 5:59
    #[arg(long, value_name = "TIME", value_parser = length)]
    duration: Option<TimeDelta>,
    /// Frames a second of the media, such as 25 or 29.97
    #[arg(long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
    /// When shots change: one time or frame number (with --fps) a line
    #[arg(long, value_name = "FILE")]
    shots: Option<PathBuf>,
    /// Captions whose times are right, such as those of another language: times must not drift from them
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// A list of words or phrases that must not occur, one a line
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
}

fn level(text: &str) -> Result<(&'static Rule, Level)> {
    let (rule, level) = text.split_once('=').unwrap_or((text, ""));
    Ok((Rule::by_id(rule)?, Level::parse(level)?))
}

fn setting(text: &str) -> Result<(String, String)> {
    let (key, value) =
        text.split_once('=').ok_or_else(|| write_it("SETTING=VALUE: max_cps=12", "设置=值，如 max_cps=12"))?;
    Ok((key.to_owned(), value.to_owned()))
}

impl Judging {
    /// For the library.
    pub(super) fn options(&self) -> Result<CheckOptions> {
        let mut options = CheckOptions::default();
        options.judges = self.profile.iter().map(|name| Judge::by_name(name)).collect::<Result<_>>()?;
        options.rules.levels.clone_from(&self.rule);
        options.set.clone_from(&self.set);
        (options.encoding, options.rules.frame_rate) = (self.encoding, self.fps);
        options.rules.media_end = self.duration.map(|duration| Time::ZERO + duration);
        #[cfg(feature = "audio")]
        if let Some(media) = &self.media {
            options.rules.media_end = Some(pipeline::media_end(media)?);
        }
        if let Some(shots) = &self.shots {
            options.rules.shots = pipeline::shots(host::read(shots)?, self.fps)?;
        }
        if let Some(reference) = &self.reference {
            options.rules.reference = pipeline::starts(host::read(reference)?)?;
        }
        if let Some(words) = &self.words {
            options.rules.words = pipeline::words(host::read(words)?)?;
        }
        Ok(options)
    }
}
