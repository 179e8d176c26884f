//! Outputs: whole files that appear at once or not at all, and standard output for data.

use super::input::{STDIN, because};
use crate::error::{Error, ErrorKind, Result};
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A place to write to, looked at before anything is written.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    kind: TargetKind,
}

#[derive(Debug)]
enum TargetKind {
    Stdout,
    /// A pipe or device: written in place, nothing can be lost.
    Stream,
    /// A path that no file stands at. Where a link leads there, the file is made and the link stays.
    New {
        real: PathBuf,
    },
    /// A file that may be replaced; links are followed, so that the file is replaced and not the link.
    Replace {
        real: PathBuf,
        permissions: Permissions,
    },
}

impl Target {
    /// Looks at `path` (`-` is standard output).
    ///
    /// # Errors
    /// [`ErrorKind::Exists`] if a file stands there and `overwrite` is false; [`ErrorKind::Io`] if nothing can be
    /// written there.
    pub fn new(path: &Path, overwrite: bool) -> Result<Self> {
        let kind = match fs::metadata(path) {
            _ if path.as_os_str() == STDIN => TargetKind::Stdout,
            Err(_) => {
                let real = behind_links(path);
                folder_exists(&real)?;
                TargetKind::New { real }
            }
            Ok(found) if found.is_dir() => {
                return Err(Error::new(ErrorKind::Io, format!("{} is a folder", path.display()))
                    .with_remedy("name the file to write in it")
                    .with_chinese(format!("{} 是文件夹", path.display()))
                    .with_chinese_remedy("请写明其中的文件名"));
            }
            Ok(found) if !found.is_file() => TargetKind::Stream,
            Ok(_) if !overwrite => return Err(exists(path)),
            Ok(found) => {
                let real = fs::canonicalize(path).map_err(|cause| unwritable(path, &cause))?;
                TargetKind::Replace { real, permissions: found.permissions() }
            }
        };
        Ok(Self { path: path.to_owned(), kind })
    }

    /// It is standard output.
    pub fn is_stdout(&self) -> bool {
        matches!(self.kind, TargetKind::Stdout)
    }

    /// As the user wrote it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Both write to the same place, however the paths are spelled.
    ///
    /// ```
    /// use std::path::Path;
    /// use zimu::host::Target;
    /// let at = |path| Target::new(Path::new(path), false).unwrap();
    /// assert!(at("new.srt").same_place(&at("./new.srt")));
    /// assert!(!at("new.srt").same_place(&at("new.vtt")));
    /// ```
    pub fn same_place(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (TargetKind::Stdout, TargetKind::Stdout) => true,
            // `/dev/null` may be named twice; so may a pipe.
            (TargetKind::Stream | TargetKind::Stdout, _) | (_, TargetKind::Stream | TargetKind::Stdout) => false,
            _ => real_path(self.file()) == real_path(other.file()),
        }
    }

    /// The file itself, behind all links. Its temporary file goes to the same folder, so that the rename stays on one
    /// file system.
    fn file(&self) -> &Path {
        match &self.kind {
            TargetKind::Replace { real, .. } | TargetKind::New { real } => real,
            TargetKind::Stdout | TargetKind::Stream => &self.path,
        }
    }
}

/// Writes every output, or none as far as the system allows: all files are written beside their targets first, then
/// renamed; if a rename fails, the new files before it are taken back. A file is never replaced unless its target was
/// made with `overwrite`, even if it appeared in the meantime. Streams and standard output come last.
///
/// # Errors
/// [`ErrorKind::Exists`] or [`ErrorKind::Io`], naming the path.
pub fn write_all<'a>(outputs: impl IntoIterator<Item = (&'a Target, &'a [u8])>) -> Result<()> {
    let staged = outputs.into_iter().map(|(target, bytes)| {
        let mut staged = Staged::new(target)?;
        staged.write_all(bytes).map_err(|cause| unwritable(&target.path, &cause))?;
        Ok((target, staged))
    });
    commit_all(staged.collect::<Result<Vec<_>>>()?)
}

/// What is written for a target before it stands there: a file beside it, which is gone if it is dropped.
#[derive(Debug)]
pub struct Staged(Stage);

#[derive(Debug)]
enum Stage {
    File(NamedTempFile),
    /// For standard output, a pipe or a device: what was written there could not be taken back.
    Held(Vec<u8>),
    /// Nothing of it is wanted.
    Nowhere,
}

impl Staged {
    /// Makes the file beside `target`; what is for a stream is held until [`commit_all`].
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if nothing can be written there.
    pub fn new(target: &Target) -> Result<Self> {
        let stage = match target.kind {
            TargetKind::Stdout | TargetKind::Stream => Stage::Held(Vec::new()),
            TargetKind::New { .. } | TargetKind::Replace { .. } => {
                let file = beside(parent(target.file()), ".zimu-");
                Stage::File(file.map_err(|cause| unwritable(&target.path, &cause))?)
            }
        };
        Ok(Self(stage))
    }

    /// For a run that shows what would be: takes all, keeps nothing.
    pub fn nowhere() -> Self {
        Self(Stage::Nowhere)
    }

    /// What is held for a stream.
    pub fn held(&self) -> &[u8] {
        match &self.0 {
            Stage::Held(bytes) => bytes,
            Stage::File(_) | Stage::Nowhere => &[],
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Stage::File(file) => file.write(bytes),
            Stage::Held(held) => held.write(bytes),
            Stage::Nowhere => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Puts what was staged in its place, all of it or nothing, as [`write_all`] has it.
///
/// # Errors
/// [`ErrorKind::Exists`] or [`ErrorKind::Io`], naming the path.
pub fn commit_all<'a>(outputs: impl IntoIterator<Item = (&'a Target, Staged)>) -> Result<()> {
    let (mut files, mut streams) = (Vec::new(), Vec::new());
    for (target, Staged(stage)) in outputs {
        match stage {
            Stage::File(file) => files.push((target, finished(target, file)?)),
            Stage::Held(bytes) => streams.push((target, bytes)),
            Stage::Nowhere => {}
        }
    }
    let mut made: Vec<&Path> = Vec::new();
    for (target, file) in files {
        if let Err(error) = commit(target, file) {
            for path in made {
                // Best effort: the first failure is what the user must see.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        if matches!(target.kind, TargetKind::New { .. }) {
            made.push(target.file());
        }
    }
    streams.iter().try_for_each(|(target, bytes)| write_stream(target, bytes))
}

fn finished(target: &Target, file: NamedTempFile) -> Result<NamedTempFile> {
    let fail = |cause: io::Error| unwritable(&target.path, &cause);
    if let TargetKind::Replace { permissions, .. } = &target.kind {
        file.as_file().set_permissions(permissions.clone()).map_err(fail)?;
        // A good old file must not be traded for one that a power cut leaves empty. A new file has nothing to lose.
        file.as_file().sync_all().map_err(fail)?;
    }
    Ok(file)
}

/// A file beside its future place, whole.
pub(super) fn staged(folder: &Path, prefix: &str, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = beside(folder, prefix)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// An empty one. If the process is killed its name, which begins with `prefix`, tells what it is.
fn beside(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(".part");
    // A new file gets what any program's new file gets; the system takes the umask off.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn commit(target: &Target, file: NamedTempFile) -> Result<()> {
    let done = match &target.kind {
        TargetKind::Replace { real, .. } => file.persist(real),
        _ => file.persist_noclobber(target.file()),
    };
    match done {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Err(exists(&target.path)),
        Err(failed) => Err(unwritable(&target.path, &failed.error)),
    }
}

fn write_stream(target: &Target, bytes: &[u8]) -> Result<()> {
    if target.is_stdout() {
        return write_stdout(bytes);
    }
    let written = OpenOptions::new().write(true).open(&target.path).and_then(|mut stream| stream.write_all(bytes));
    written.map_err(|cause| unwritable(&target.path, &cause))
}

/// Writes data to standard output. A reader that has gone away (`| head`) is no error.
///
/// # Errors
/// [`ErrorKind::Io`], for instance when a disk is full.
pub fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            let (en, zh) = because(&cause);
            Err(Error::new(ErrorKind::Io, format!("cannot write to standard output: {en}"))
                .with_chinese(format!("无法写入标准输出：{zh}")))
        }
        _ => Ok(()),
    }
}

/// Writes words for people to standard error. If even that fails there is nobody to tell.
pub fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn folder_exists(path: &Path) -> Result<()> {
    let (name, folder) = (path.display(), parent(path).display());
    if path.file_name().is_none() {
        return Err(
            Error::new(ErrorKind::Io, format!("`{name}` is no file name")).with_chinese(format!("“{name}”不是文件名"))
        );
    }
    if fs::metadata(parent(path)).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Io, format!("cannot write {name}: there is no folder {folder}"))
        .with_remedy("make it first")
        .with_chinese(format!("无法写入 {name}：没有文件夹 {folder}"))
        .with_chinese_remedy("请先创建该文件夹"))
}

/// Where the links at `path` lead; `path` itself if it is none.
fn behind_links(path: &Path) -> PathBuf {
    /// As many as Linux follows; then they go in a circle, and writing fails.
    const MOST_LINKS: usize = 40;
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&place) else { break };
        place = parent(&place).join(next);
    }
    place
}

/// The path with its folder resolved, for comparison; the file itself need not exist.
fn real_path(path: &Path) -> PathBuf {
    let whole = fs::canonicalize(path).ok();
    let by_folder = || Some(fs::canonicalize(parent(path)).ok()?.join(path.file_name()?));
    whole.or_else(by_folder).unwrap_or_else(|| path.to_owned())
}

pub(super) fn exists(path: &Path) -> Error {
    Error::new(ErrorKind::Exists, format!("{} exists", path.display()))
        .with_remedy("--overwrite replaces it")
        .with_chinese(format!("{} 已存在", path.display()))
        .with_chinese_remedy("--overwrite 可覆盖它")
}

pub(crate) fn unwritable(path: &Path, cause: &io::Error) -> Error {
    let (name, (en, zh)) = (path.display(), because(cause));
    Error::new(ErrorKind::Io, format!("cannot write {name}: {en}")).with_chinese(format!("无法写入 {name}：{zh}"))
}
