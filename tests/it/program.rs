//! Programs that some tests look at captions with.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use zimu::host::Program;

/// Where program `id` is. Without it the test says so and is skipped, unless `ZIMU_REQUIRE` (a list with commas) names
/// it.
pub(crate) fn find(id: &str) -> Option<PathBuf> {
    let program = Program::by_id(id).unwrap();
    let found = program.find();
    let required = std::env::var("ZIMU_REQUIRE").is_ok_and(|list| list.split(',').any(|name| name.trim() == id));
    assert!(found.is_some() || !required, "ZIMU_REQUIRE names {id}, but it is not installed");
    if found.is_none() {
        eprintln!("skipped: no {id} ({} names its path)", program.variable);
    }
    found
}

/// What a program prints on standard output; it is ended, and that is an error, after `seconds`.
pub(crate) fn output(command: &mut Command, seconds: u64) -> Result<String, String> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stdout = drain(child.stdout.take().unwrap());
    let stderr = drain(child.stderr.take().unwrap());
    let in_time = ended(&mut child, Duration::from_secs(seconds));
    let (stdout, stderr) = (stdout.join().unwrap(), stderr.join().unwrap());
    if in_time { Ok(stdout) } else { Err(format!("{command:?} did not end within {seconds} s\n{stderr}")) }
}

fn drain(mut pipe: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn ended(child: &mut Child, limit: Duration) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < limit {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}
