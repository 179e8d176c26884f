//! Phonemes of words in many languages, from an installed espeak-ng (a program of its own; GPL-3, never linked).

use super::Program;
use super::input::because;
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The row of espeak-ng in [`super::PROGRAMS`].
pub const ESPEAK: &str = "espeak-ng";
/// Words that one run is given: some hundredths of a second.
const AT_ONCE: usize = 500;
/// One run is waited for this long.
const PATIENCE: Duration = Duration::from_secs(10);
/// What one run may write: words of the longest kind make a tenth of it.
const MOST_OUTPUT: u64 = 1 << 20;
/// Longer words are asked for up to here.
const LONGEST_WORD: usize = 80;

/// The phonemes of each word in the international phonetic alphabet, with `_` between them, by espeak-ng's voice `voice`
/// (a language tag); `None` for a word that it does not say. `Ok(None)` if espeak-ng is not installed.
///
/// # Errors
/// [`ErrorKind::Io`] if it cannot be run, takes too long or has no such voice.
pub fn phonemes(words: &[&str], voice: &str) -> Result<Option<Vec<Option<String>>>> {
    let Some(program) = Program::by_id(ESPEAK).and_then(Program::find) else { return Ok(None) };
    let mut found = Vec::with_capacity(words.len());
    for some in words.chunks(AT_ONCE) {
        match asked(&program, some, voice)? {
            said if said.len() == some.len() => found.extend(said),
            // A word that it takes for two clauses, or for none: each alone, so that no other is mistaken.
            _ if some.len() > 1 => {
                for word in some {
                    let mut alone = asked(&program, &[word], voice)?;
                    found.push(alone.pop().filter(|_| alone.is_empty()).flatten());
                }
            }
            _ => found.push(None),
        }
    }
    Ok(Some(found))
}

/// The lines that espeak-ng writes for words that are paragraphs.
fn asked(program: &Path, words: &[&str], voice: &str) -> Result<Vec<Option<String>>> {
    // Letters alone: `[[` would begin phonemes.
    let letters = |c: &char| c.is_alphanumeric() || matches!(c, '\'' | '’') || !c.is_ascii() && !c.is_control();
    let paragraphs = words.iter().map(|word| word.chars().filter(letters).take(LONGEST_WORD).collect::<String>());
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let arguments = ["-q", "--ipa", "--sep=_", "-b", "1", "-v", voice, "--stdin"];
    let name = program.display().to_string();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|cause| failed(&name, &cause))?;
    let output = exchange(&mut child, text);
    // It has ended, or shall.
    let _ = child.kill();
    let status = child.wait();
    let output = output.ok_or_else(|| failed(&name, &io::ErrorKind::TimedOut.into()))?;
    if output.is_empty() && !status.is_ok_and(|status| status.success()) {
        return Err(no_voice(&name, voice));
    }
    let lines = output.lines().map(str::trim).map(|line| (!line.is_empty()).then(|| line.to_owned()));
    Ok(lines.collect())
}

/// Gives a program its input and takes its output, in time.
fn exchange(child: &mut Child, input: String) -> Option<String> {
    let (mut stdin, stdout) = (child.stdin.take()?, child.stdout.take()?);
    let writer = std::thread::Builder::new();
    // If it does not read, it says why by its end.
    writer.spawn(move || stdin.write_all(input.as_bytes())).ok()?;
    let (sender, receiver) = mpsc::channel();
    let reader = std::thread::Builder::new();
    let read = move || {
        let mut bytes = Vec::new();
        let whole = stdout.take(MOST_OUTPUT).read_to_end(&mut bytes);
        whole.map(|_| sender.send(String::from_utf8_lossy(&bytes).into_owned()))
    };
    reader.spawn(read).ok()?;
    receiver.recv_timeout(PATIENCE).ok()
}

fn failed(name: &str, cause: &io::Error) -> Error {
    let (en, zh) = because(cause);
    Error::new(ErrorKind::Io, format!("cannot run {name}: {en}")).with_chinese(format!("无法运行 {name}：{zh}"))
}

fn no_voice(name: &str, voice: &str) -> Error {
    Error::new(ErrorKind::Io, format!("{name} has no voice for {voice}"))
        .with_chinese(format!("{name} 没有 {voice} 的语音"))
}
