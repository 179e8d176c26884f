//! `zimu completions`.

use super::args::Cli;
use super::outcome::Outcome;
use clap::CommandFactory;
use clap_complete::Shell;

/// Print completions for a shell
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zimu completions bash > ~/.local/share/bash-completion/completions/zimu\n  zimu completions zsh > ~/.zfunc/_zimu"
)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "zimu", &mut script);
    let text = String::from_utf8_lossy(&script).into_owned();
    Outcome::shown(text.clone(), serde_json::json!({ "shell": args.shell.to_string(), "script": text }))
}
