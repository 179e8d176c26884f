//! A file of lines that grows as work is done, and tells after a kill what was done.

use super::input::{because, cannot_read};
use super::output::{exists, unwritable};
use crate::error::{Error, ErrorKind, Result};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Lines are added whole, one call each, as soon as what they tell has happened.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// A new one.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if a file stands there and `overwrite` is false; [`ErrorKind::Io`].
    pub fn create(path: &Path, overwrite: bool) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(!overwrite).create(true).truncate(true);
        match options.open(path) {
            Ok(file) => Ok(Self { path: path.to_owned(), file: Mutex::new(file) }),
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
            Err(cause) => Err(unwritable(path, &cause)),
        }
    }

    /// Goes on with one: `line` hears each whole line in it. A last line that was cut off is taken away. A journal that is
    /// not there is made.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and [`ErrorKind::Unreadable`].
    pub fn resume(path: &Path, mut line: impl FnMut(&str)) -> Result<Self> {
        let fail = |cause: io::Error| unwritable(path, &cause);
        let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(fail)?;
        let unreadable = |cause: io::Error| cannot_read(&path.display().to_string(), &cause);
        let mut reader = BufReader::new(&file);
        let (mut whole, mut bytes) = (0u64, Vec::new());
        loop {
            bytes.clear();
            let read = reader.read_until(b'\n', &mut bytes).map_err(unreadable)?;
            if bytes.last() != Some(&b'\n') {
                break;
            }
            whole = whole.saturating_add(read as u64);
            line(String::from_utf8_lossy(&bytes).trim_end());
        }
        file.set_len(whole).map_err(fail)?;
        Ok(Self { path: path.to_owned(), file: Mutex::new(file) })
    }

    /// Adds a line. It is with the system when this returns: a kill cannot take it back.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], for instance when the disk is full.
    pub fn add(&self, line: &str) -> Result<()> {
        let bytes = [line, "\n"].concat();
        let Ok(mut file) = self.file.lock() else { return Ok(()) };
        file.write_all(bytes.as_bytes()).map_err(|cause| {
            let (name, (en, zh)) = (self.path.display(), because(&cause));
            Error::new(ErrorKind::Io, format!("cannot write {name}: {en}"))
                .with_remedy("what was converted so far stands; go on with --resume")
                .with_chinese(format!("无法写入 {name}：{zh}"))
                .with_chinese_remedy("已转换的部分有效；可用 --resume 继续")
        })
    }
}
