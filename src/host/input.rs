//! Inputs: whole files, or standard input.

use crate::error::{Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

/// The path that means standard input (and, for an output, standard output).
pub const STDIN: &str = "-";

/// Largest input: 256 MiB. A film's captions are under 1 MB, a million cues 80 MB; a track takes several times its file.
pub const MAX_INPUT_BYTES: u64 = 1 << 28;

/// An input as bytes, and what to call it in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, or `<stdin>`.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Reads a file, or standard input if `path` is `-`, up to [`MAX_INPUT_BYTES`].
///
/// # Errors
/// [`ErrorKind::Unreadable`] names the path and the remedy; [`ErrorKind::Limit`] if it is too large.
pub fn read(path: &Path) -> Result<Input> {
    if path.as_os_str() == STDIN {
        let name = "<stdin>".to_owned();
        let bytes = bounded(io::stdin().lock(), 0, MAX_INPUT_BYTES, &name)?;
        return Ok(Input { name, bytes });
    }
    let (name, file, length) = opened(path)?;
    let bytes = bounded(file, length, MAX_INPUT_BYTES, &name)?;
    Ok(Input { name, bytes })
}

/// Reads the file that stands beside `path` under the same name with one of these extensions, in small or capital letters;
/// `None` if there is none.
///
/// # Errors
/// As [`read`], but for what is not there.
pub fn read_beside(path: &Path, extensions: &[&str]) -> Result<Option<Vec<u8>>> {
    let beside = |extension: String| Some(path.with_extension(extension)).filter(|path| path.is_file());
    let mut names = extensions.iter().flat_map(|extension| [(*extension).to_owned(), extension.to_uppercase()]);
    names.find_map(beside).map(|path| read(&path).map(|input| input.bytes)).transpose()
}

/// An input that is read piece by piece: media are larger than memory.
#[derive(Debug)]
pub enum Stream {
    /// A file, or a pipe with a name.
    File(File),
    /// Standard input, whole: media are not read from front to back.
    Memory(Cursor<Vec<u8>>),
}

/// Opens a file, or standard input if `path` is `-` (up to [`MAX_INPUT_BYTES`]); gives also what to call it in messages.
///
/// # Errors
/// As [`read`].
pub fn open(path: &Path) -> Result<(String, Stream)> {
    if path.as_os_str() == STDIN {
        let Input { name, bytes } = read(path)?;
        return Ok((name, Stream::Memory(Cursor::new(bytes))));
    }
    let (name, file, _) = opened(path)?;
    Ok((name, Stream::File(file)))
}

/// Reads a file, or standard input if `path` is `-`, piece by piece; gives what to call it in messages.
///
/// # Errors
/// As [`read`].
pub fn read_pieces(path: &Path, mut each: impl FnMut(&[u8])) -> Result<String> {
    let (name, mut stream) = open(path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let count = match stream.read(&mut piece) {
            Ok(count) => count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cannot_read(&name, &cause)),
        };
        match piece.get(..count) {
            Some(read) if count > 0 => each(read),
            _ => return Ok(name),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Stream {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// A file that is there and no folder: its name, itself, its length.
fn opened(path: &Path) -> Result<(String, File, u64)> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|cause| unreadable(path, &name, cause))?;
    let metadata = file.metadata().map_err(|cause| unreadable(path, &name, cause))?;
    if metadata.is_dir() {
        return Err(Error::new(ErrorKind::Unreadable, format!("{name} is a folder"))
            .with_remedy("name a file in it")
            .with_chinese(format!("{name} 是文件夹"))
            .with_chinese_remedy("请指定其中的文件"));
    }
    Ok((name, file, metadata.len()))
}

/// Reads to the end, but no more than `limit` bytes; `expected` is a hint of the length.
fn bounded(reader: impl Read, expected: u64, limit: u64, name: &str) -> Result<Vec<u8>> {
    let too_large = || {
        Error::new(ErrorKind::Limit, format!("{name} is larger than {} MiB", limit >> 20))
            .with_remedy("split it")
            .with_chinese(format!("{name} 超过 {} MiB", limit >> 20))
            .with_chinese_remedy("请拆分后再试")
    };
    if expected > limit {
        return Err(too_large());
    }
    // One byte more than expected, so that the end is seen without growing the buffer.
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).saturating_add(1));
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|cause| cannot_read(name, &cause))?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

fn unreadable(path: &Path, name: &str, cause: io::Error) -> Error {
    let error = cannot_read(name, &cause);
    if cause.kind() != io::ErrorKind::NotFound {
        return error;
    }
    match neighbour(path) {
        Some(other) => {
            error.with_remedy(format!("did you mean {other}?")).with_chinese_remedy(format!("是否要用 {other}？"))
        }
        None => error
            .with_remedy("check the path; `-` reads standard input")
            .with_chinese_remedy("请检查路径；`-` 表示标准输入"),
    }
}

pub(super) fn cannot_read(name: &str, cause: &io::Error) -> Error {
    let (en, zh) = because(cause);
    Error::new(ErrorKind::Unreadable, format!("cannot read {name}: {en}"))
        .with_chinese(format!("无法读取 {name}：{zh}"))
}

/// The operating system's reason, without its number, in English and Chinese.
pub(super) fn because(cause: &io::Error) -> (String, String) {
    let text = cause.to_string();
    let en = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    let zh = match cause.kind() {
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名无效或过长".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一部分不是文件夹".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        io::ErrorKind::QuotaExceeded => "已达磁盘配额".to_owned(),
        io::ErrorKind::Interrupted => "被中断".to_owned(),
        _ => en.clone(),
    };
    (en, zh)
}

/// A file in the same folder whose name differs only in case or extension.
fn neighbour(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?.to_lowercase();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A bounded look: folders may be huge.
    let names =
        std::fs::read_dir(folder).ok()?.take(1000).filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut alike: Vec<String> = names
        .filter(|name| Path::new(name).file_stem().and_then(|s| s.to_str()).is_some_and(|s| s.to_lowercase() == stem))
        .collect();
    alike.sort();
    alike.first().map(|name| path.with_file_name(name).display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_over_the_limit_is_refused_even_when_its_length_lies() {
        let error = bounded(&[0u8; 11][..], 0, 10, "x").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert_eq!(bounded(&[7u8; 10][..], 0, 10, "x").unwrap().len(), 10);
    }
}
