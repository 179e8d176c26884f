//! The command line of zimu.

mod cli;

/// Cues are many small allocations; docs/performance.md has what this one saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
