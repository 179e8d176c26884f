//! What can be asked: the commands and the options that all of them share.

use super::{align, check, choice, completions, convert, diff, fix, info, profiles, retime, rules, transcript};
use clap::{Parser, Subcommand};
use zimu::diag::Lang;

const AFTER_HELP: &str = "\
Examples:
  zimu align interview.txt -o talk.srt -o talk.vtt -o talk.json
  zimu transcript interview.txt
  zimu convert talk.srt -o talk.vtt
  zimu convert season1/ --to vtt -o web/
  zimu check talk.vtt
  zimu retime talk.srt --shift -1.5 -o moved.srt
  zimu diff old.srt new.srt

Exit codes:
  0   done
  1   something was found: breaches under `check`, differences, losses under --deny-loss
  2   the request makes no sense
  3   an input cannot be read, or an output not be written
  4   an output exists (--overwrite replaces it)
  5   cues were lost; the rest was written
  6   the transcript was refused: nothing in it is spoken, or it does not belong to the media
  7   a program that is needed is not installed
  8   some files of a batch failed
  9   a limit was reached
  70  a fault of zimu itself
  130 interrupted

Data goes to standard output, everything else to standard error; `-` is standard input or output.
NO_COLOR turns colours off. This help is in English; messages follow --messages or LANG.";

/// Captions (字幕) from a published interview: who says what, when, in cues that can be read.
#[derive(Parser)]
#[command(name = "zimu", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(clap::Args)]
#[command(next_display_order = 900)]
pub(super) struct Global {
    /// Print one JSON object on standard output, for success and failure alike
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Language of messages and summaries; codes stay the same [default: by LC_ALL, LC_MESSAGES, LANG]
    #[arg(long, global = true, value_name = "LANG", value_parser = choice::of(choice::MESSAGES))]
    pub(super) messages: Option<Lang>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Align(Box<align::Args>),
    Transcript(transcript::Args),
    Convert(Box<convert::Args>),
    Check(check::Args),
    Fix(fix::Args),
    Retime(Box<retime::Args>),
    Diff(diff::Args),
    Info(info::Args),
    /// List the caption formats
    ///
    /// With --json, also what each can hold; anything else is reported when it is lost or kept in another way.
    #[command(after_help = "Examples:\n  zimu formats\n  zimu formats --json")]
    Formats,
    Profiles(profiles::Args),
    Rules(rules::Args),
    /// Show the surroundings: version, language, programs
    ///
    /// No other program is needed for captions, nor for the usual media; the ones listed help with the rest.
    #[command(after_help = "Examples:\n  zimu doctor\n  zimu doctor --json")]
    Doctor,
    Completions(completions::Args),
}

/// The names of the commands, in their order.
pub(super) const COMMANDS: [&str; 13] = [
    "align",
    "transcript",
    "convert",
    "check",
    "fix",
    "retime",
    "diff",
    "info",
    "formats",
    "profiles",
    "rules",
    "doctor",
    "completions",
];

impl Command {
    /// Its name on the command line.
    pub(super) fn name(&self) -> &'static str {
        let [align, transcript, convert, check, fix, retime, diff, info, formats, profiles, rules, doctor, completions] =
            COMMANDS;
        match self {
            Command::Align(_) => align,
            Command::Transcript(_) => transcript,
            Command::Convert(_) => convert,
            Command::Check(_) => check,
            Command::Fix(_) => fix,
            Command::Retime(_) => retime,
            Command::Diff(_) => diff,
            Command::Info(_) => info,
            Command::Formats => formats,
            Command::Profiles(_) => profiles,
            Command::Rules(_) => rules,
            Command::Doctor => doctor,
            Command::Completions(_) => completions,
        }
    }
}
