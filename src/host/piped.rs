//! A program whose output is read as it comes.

use super::input::because;
use crate::error::{Error, ErrorKind, Result};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Of what a program says about its errors the first so many bytes are kept; the rest is read and forgotten.
const KEPT_STDERR: usize = 4096;
/// A program that decodes writes all the time; one that is silent for so long waits for something that never comes.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are passed on at once, and how often ahead of the reader: one second of sound.
const PIECE: usize = 1 << 13;
const AHEAD: usize = 4;

/// A running program; its standard output is read from it. It is ended when this is dropped, or when it writes nothing for too
/// long.
#[derive(Debug)]
pub struct Piped {
    name: String,
    child: Child,
    patience: Duration,
    stdout: Receiver<io::Result<Vec<u8>>>,
    /// What was received and not read yet.
    piece: io::Cursor<Vec<u8>>,
    stderr: Receiver<String>,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// It said that all went well.
    pub success: bool,
    /// What it wrote to standard error, up to 4 KiB.
    pub stderr: String,
}

impl Piped {
    /// Starts `program` without a standard input. It is waited for as long as `patience` each time ([`PATIENCE`] is usual).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be started.
    pub fn start(program: &Path, arguments: &[&OsStr], patience: Duration) -> Result<Self> {
        let name = program.display().to_string();
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|cause| failed(&name, &cause))?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(failed(&name, &io::ErrorKind::BrokenPipe.into()));
        };
        let (pieces, received) = sync_channel(AHEAD);
        let (said, heard) = sync_channel(1);
        let threads = [
            std::thread::Builder::new().spawn(move || pass_on(stdout, &pieces)),
            // Nobody may ask for it.
            std::thread::Builder::new().spawn(move || drop(said.send(first_of(stderr)))),
        ];
        let piped = Self { name, child, patience, stdout: received, piece: io::Cursor::default(), stderr: heard };
        match threads.into_iter().find_map(io::Result::err) {
            Some(cause) => Err(failed(&piped.name, &cause)),
            None => Ok(piped),
        }
    }

    /// Waits for its end, which comes after its output was read.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the system does not tell, or it does not end.
    pub fn finish(mut self) -> Result<Ended> {
        let status = self.ended().map_err(|cause| failed(&self.name, &cause))?;
        // A program that it started itself may hold the pipe.
        let stderr = self.stderr.recv_timeout(self.patience).unwrap_or_default();
        Ok(Ended { success: status.success(), stderr })
    }

    fn ended(&mut self) -> io::Result<ExitStatus> {
        let begin = Instant::now();
        while begin.elapsed() < self.patience {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(io::ErrorKind::TimedOut.into())
    }
}

impl Read for Piped {
    /// [`io::ErrorKind::TimedOut`] if nothing comes; the program is ended then.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.piece.read(buffer)?;
        if count > 0 || buffer.is_empty() {
            return Ok(count);
        }
        match self.stdout.recv_timeout(self.patience) {
            Ok(piece) => self.piece = io::Cursor::new(piece?),
            Err(RecvTimeoutError::Disconnected) => return Ok(0),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        self.piece.read(buffer)
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        // It may have ended already; then both do nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends what a program writes, until it ends or nobody reads.
fn pass_on(mut stdout: ChildStdout, to: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; PIECE];
        let read = match stdout.read(&mut piece) {
            Ok(0) => return,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read,
        };
        let failed = read.is_err();
        let piece = read.map(|count| {
            piece.truncate(count);
            piece
        });
        if to.send(piece).is_err() || failed {
            return;
        }
    }
}

fn first_of(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = stderr.read(&mut buffer) {
        let room = KEPT_STDERR.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(buffer.get(..room).unwrap_or_default());
    }
    String::from_utf8_lossy(&kept).into_owned()
}

fn failed(name: &str, cause: &io::Error) -> Error {
    let (en, zh) = because(cause);
    Error::new(ErrorKind::Io, format!("cannot run {name}: {en}")).with_chinese(format!("无法运行 {name}：{zh}"))
}
