//! A folder that results go below, and never beside.

use super::input::because;
use super::output::{exists, staged, unwritable};
use crate::error::{Error, ErrorKind, Result};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// A folder of outputs. Whatever links stand in it, nothing is written outside; files appear whole or not at all.
#[derive(Debug)]
pub struct OutFolder {
    /// Behind all links.
    root: PathBuf,
    /// Folders below it that were looked at.
    known: Mutex<HashSet<PathBuf>>,
    /// What the names of this run's unfinished files begin with.
    prefix: String,
    overwrite: bool,
}

impl OutFolder {
    /// Opens a folder, and makes it if it is not there. `run` is a name for the run: unfinished files of a run by the same
    /// name, which was killed, are taken away as their folders are met.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if there can be no such folder.
    pub fn open(path: &Path, run: &str, overwrite: bool) -> Result<Self> {
        fs::create_dir_all(path).map_err(|cause| unwritable(path, &cause))?;
        let root = fs::canonicalize(path).map_err(|cause| unwritable(path, &cause))?;
        let prefix = format!(".zimu-{run}-");
        Ok(Self { root, known: Mutex::default(), prefix, overwrite })
    }

    /// Whether an output may be written at `relative` as things stand.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if a file stands there that may not be replaced.
    pub fn is_free(folder: &Path, relative: &Path, overwrite: bool) -> Result<()> {
        let path = folder.join(relative);
        match fs::symlink_metadata(&path) {
            Ok(_) if !overwrite => Err(exists(&path)),
            _ => Ok(()),
        }
    }

    /// The bytes of the file at `relative`, if there is one.
    pub fn read(&self, relative: &Path) -> Option<Vec<u8>> {
        let folder = self.folder(relative, false).ok()?;
        fs::read(folder.join(relative.file_name()?)).ok()
    }

    /// Writes a file below the folder: beside its place first, then renamed. A link at its place is replaced, not followed.
    /// A file that holds these very bytes is left alone.
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if another file stands there and may not be replaced; [`ErrorKind::Io`] if it cannot be written
    /// or a link in its path leads outside.
    pub fn write(&self, relative: &Path, bytes: &[u8]) -> Result<()> {
        let folder = self.folder(relative, true)?;
        let path = folder.join(relative.file_name().unwrap_or_default());
        let fail = |cause: io::Error| unwritable(&path, &cause);
        let found = fs::symlink_metadata(&path).ok();
        if found.as_ref().is_some_and(|found| found.is_file() && found.len() == bytes.len() as u64)
            && fs::read(&path).is_ok_and(|there| there == bytes)
        {
            return Ok(());
        }
        let file = staged(&folder, &self.prefix, bytes).map_err(fail)?;
        match found {
            Some(_) if !self.overwrite => return Err(exists(&path)),
            Some(found) if found.is_file() => {
                file.as_file().set_permissions(found.permissions()).map_err(fail)?;
                file.persist(&path).map_err(|failed| fail(failed.error))?;
            }
            Some(_) => drop(file.persist(&path).map_err(|failed| fail(failed.error))?),
            None => match file.persist_noclobber(&path) {
                Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => return Err(exists(&path)),
                Err(failed) => return Err(fail(failed.error)),
                Ok(_) => {}
            },
        }
        Ok(())
    }

    /// The folder of `relative`, behind all links, made if asked for.
    fn folder(&self, relative: &Path, make: bool) -> Result<PathBuf> {
        let mut folder = self.root.clone();
        self.look(&folder);
        for part in relative.parent().unwrap_or(Path::new("")).components() {
            let Component::Normal(name) = part else { return Err(outside(relative)) };
            let next = folder.join(name);
            if !self.is_known(&next) {
                if make && fs::symlink_metadata(&next).is_err() {
                    match fs::create_dir(&next) {
                        // Another thread was first.
                        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
                            return Err(unwritable(&next, &cause));
                        }
                        _ => {}
                    }
                }
                let real = fs::canonicalize(&next).map_err(|cause| unwritable(&next, &cause))?;
                if !real.starts_with(&self.root) {
                    return Err(outside(relative));
                }
                if !real.is_dir() {
                    let (en, zh) = because(&io::Error::from(io::ErrorKind::NotADirectory));
                    let name = next.display();
                    return Err(Error::new(ErrorKind::Io, format!("cannot write below {name}: {en}"))
                        .with_chinese(format!("无法写入 {name} 之下：{zh}")));
                }
                self.look(&next);
            }
            folder = next;
        }
        Ok(folder)
    }

    fn is_known(&self, folder: &Path) -> bool {
        self.known.lock().is_ok_and(|known| known.contains(folder))
    }

    /// Remembers a folder. What a killed run of the same name left half written there goes, once.
    fn look(&self, folder: &Path) {
        let new = self.known.lock().is_ok_and(|mut known| known.insert(folder.to_owned()));
        if !new {
            return;
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(&self.prefix)) {
                // If it cannot go it is only in the way of nobody.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn outside(relative: &Path) -> Error {
    let name = relative.display();
    Error::new(ErrorKind::Io, format!("{name} would be written outside the folder of outputs"))
        .with_remedy("a link or `..` in its path leads there")
        .with_chinese(format!("{name} 会写到输出文件夹之外"))
        .with_chinese_remedy("其路径中的链接或 `..` 指向外部")
}
