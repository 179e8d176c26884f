//! The command line: small rows over the library's public functions. Data goes to standard output, words for people to
//! standard error; exit codes are those of [`zimu::error::ERROR_CLASSES`].

mod align;
mod args;
mod batch;
mod bug;
mod check;
mod choice;
mod completions;
mod convert;
mod diff;
mod doctor;
mod findings;
mod fix;
mod formats;
mod info;
mod judging;
#[cfg(feature = "audio")]
mod media;
mod misuse;
mod outcome;
mod profiles;
mod retime;
mod rules;
mod say;
mod search;
mod transcript;

use args::{Cli, Command, Global};
use clap::Parser;
use outcome::{Cx, Outcome};
use std::process::ExitCode;
use zimu::{Result, host};

/// Runs the command line of this process.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(misuse::refuse(&error)),
    };
    let Cli { global, command } = cli;
    let mut cx = context(&global, command.name());
    let outcome = bug::guard(|| run(command, &mut cx));
    ExitCode::from(cx.finish(outcome))
}

fn run(command: Command, cx: &mut Cx) -> Result<Outcome> {
    match command {
        Command::Align(args) => align::run(&args, cx),
        Command::Transcript(args) => transcript::run(&args, cx),
        Command::Convert(args) => convert::run(&args, cx),
        Command::Check(args) => check::run(&args, cx),
        Command::Fix(args) => fix::run(&args, cx),
        Command::Retime(args) => retime::run(&args, cx),
        Command::Diff(args) => diff::run(&args, cx),
        Command::Info(args) => info::run(&args, cx),
        Command::Formats => Ok(formats::run(cx)),
        Command::Profiles(args) => profiles::run(&args, cx),
        Command::Rules(args) => rules::run(&args, cx),
        Command::Doctor => Ok(doctor::run(cx)),
        Command::Completions(args) => Ok(completions::run(&args)),
    }
}

fn context(global: &Global, command: &'static str) -> Cx {
    Cx::new(command, global.messages.unwrap_or_else(host::environment::message_language), global.json)
}

#[cfg(test)]
mod tests {
    use super::args::COMMANDS;
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_declarations_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_commands_are_all_named() {
        let declared: Vec<String> = Cli::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
        assert_eq!(declared, COMMANDS);
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("zimu {}", command.get_name())), "{}", command.get_name());
        }
    }

    #[test]
    fn the_help_lists_every_exit_code() {
        let help = Cli::command().get_after_help().map(ToString::to_string).unwrap_or_default();
        for class in zimu::error::ERROR_CLASSES {
            assert!(help.contains(&format!("\n  {:<4}", class.exit)), "exit code {} ({})", class.exit, class.name);
        }
    }
}
