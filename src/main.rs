//! The command line of zimu.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
