//! A program whose output is read as it comes.

use super::input::because;
use crate::error::{Error, ErrorKind, Result};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// Of what a program says about its errors the first so many bytes are kept; the rest is read and forgotten.
const KEPT_STDERR: usize = 4096;

/// A running program; its standard output is read from it. It is ended when this is dropped.
#[derive(Debug)]
pub struct Piped {
    name: String,
    child: Child,
    stdout: ChildStdout,
    stderr: Option<JoinHandle<String>>,
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
    /// Starts `program` without a standard input.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be started.
    pub fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self> {
        let name = program.display().to_string();
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|cause| failed(&name, &cause))?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(failed(&name, &io::ErrorKind::BrokenPipe.into()));
        };
        let stderr = std::thread::Builder::new().spawn(move || first_of(stderr)).ok();
        Ok(Self { name, child, stdout, stderr })
    }

    /// Waits for its end, which comes after its output was read.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the system does not tell.
    pub fn finish(mut self) -> Result<Ended> {
        let status = self.child.wait().map_err(|cause| failed(&self.name, &cause))?;
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        Ok(Ended { success: status.success(), stderr })
    }
}

impl Read for Piped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stdout.read(buffer)
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        // It may have ended already; then both do nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
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
