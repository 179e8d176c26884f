//! Files out of a zip archive, within limits.

use crate::error::{Error, ErrorKind, Result};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// More entries than any document has.
const MAX_ENTRIES: usize = 10_000;
/// The largest file that is unpacked.
const MAX_FILE: u64 = 64 << 20;
/// Text packs to a tenth, drawings of repeated XML to a fiftieth; a bomb to a thousandth.
const MAX_RATIO: u64 = 200;
/// Below this size a ratio says nothing.
const RATIO_FROM: u64 = 1 << 20;

/// An opened archive.
pub(super) struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    pub(super) fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(name, error))?;
        if zip.len() > MAX_ENTRIES {
            return Err(Error::new(ErrorKind::Limit, format!("{name} holds more than {MAX_ENTRIES} files"))
                .with_chinese(format!("{name} 中的文件超过 {MAX_ENTRIES} 个")));
        }
        Ok(Self { name, zip })
    }

    /// The names of its files.
    pub(super) fn files(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| name.ok().map(|name| name.into_owned())).collect()
    }

    /// A file's bytes; `None` if it is not there.
    pub(super) fn file(&mut self, path: &str) -> Result<Option<Vec<u8>>> {
        let file = match self.zip.by_name(path) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(self.name, error)),
        };
        // What the archive says of sizes may be a lie, so both are held against what comes out.
        let by_ratio = file.compressed_size().saturating_mul(MAX_RATIO).max(RATIO_FROM);
        let most = by_ratio.min(MAX_FILE);
        let mut bytes = Vec::new();
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            let error =
                Error::new(ErrorKind::Limit, format!("{}: {path} unpacks to more than {most} bytes", self.name));
            return Err(error
                .with_remedy("open it in a word processor and save it again, or save it as plain text")
                .with_chinese(format!("{}：{path} 解压后超过 {most} 字节", self.name))
                .with_chinese_remedy("请用文字处理软件打开后重新保存，或另存为纯文本"));
        }
        read.map_err(|error| broken(self.name, error))?;
        Ok(Some(bytes))
    }
}

fn broken(name: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is a damaged zip archive"))
        .with_cause(cause)
        .with_chinese(format!("{name} 是损坏的 zip 压缩包"))
}
