//! Many files: lists, folders, patterns.

use std::path::{Path, PathBuf};
use zimu::codec::FORMATS;
use zimu::host::{FindOptions, FindResult, Found};
use zimu::{Error, ErrorKind, Result, host};

/// Which files are meant, and how many are worked on at a time.
#[derive(clap::Args)]
pub(super) struct Search {
    /// Take the files that this list names, one a line; `-` is standard input
    #[arg(help_heading = "Many files", long, value_name = "LIST")]
    files_from: Option<PathBuf>,
    /// Below folders, take files that match [default: the extensions of all formats]; may be repeated
    #[arg(help_heading = "Many files", long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Leave out files that match; may be repeated
    #[arg(help_heading = "Many files", long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Files at a time [default: one for each core]
    #[arg(help_heading = "Many files", short, long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) jobs: usize,
}

impl Search {
    /// A list or a pattern was given.
    pub(super) fn is_asked(&self) -> bool {
        self.files_from.is_some() || !(self.include.is_empty() && self.exclude.is_empty())
    }

    /// What `inputs` and the list name.
    pub(super) fn inputs(&self, inputs: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let mut inputs = inputs.to_vec();
        if let Some(list) = &self.files_from {
            let bytes = host::read(list)?.bytes;
            // Names with line ends in them come from `find -print0`.
            let end = if bytes.contains(&0) { 0 } else { b'\n' };
            let names = bytes.split(|byte| *byte == end).map(|name| String::from_utf8_lossy(name).into_owned());
            let names = names.map(|name| if end == 0 { name } else { name.trim_end_matches('\r').to_owned() });
            inputs.extend(names.filter(|name| !name.is_empty()).map(PathBuf::from));
        }
        Ok(inputs)
    }

    /// What to look for below folders.
    pub(super) fn options(&self) -> FindOptions {
        let mut options = FindOptions::default();
        (options.include, options.exclude) = (self.include.clone(), self.exclude.clone());
        options
    }

    /// The files to read, in the order of their paths. Files that are all named stay as they are written, in their order.
    pub(super) fn find(&self, inputs: &[PathBuf]) -> Result<FindResult> {
        let named = inputs;
        let inputs = self.inputs(inputs)?;
        let filtered = !(self.include.is_empty() && self.exclude.is_empty());
        if !filtered && !inputs.iter().any(|path| stands_for_many(path)) {
            let as_is = |path: PathBuf| Found { relative: path.clone(), path, named: true };
            return Ok(FindResult { files: inputs.into_iter().map(as_is).collect(), errors: Vec::new() });
        }
        let mut options = self.options();
        options.extensions = FORMATS.iter().flat_map(|format| format.extensions.iter().copied()).collect();
        let mut found = host::find(&inputs, &options)?;
        // Below `.` a name needs no `./`.
        for file in &mut found.files {
            file.path = file.path.strip_prefix(".").map(Path::to_owned).unwrap_or(std::mem::take(&mut file.path));
        }
        found.files.sort_by(|a, b| a.path.cmp(&b.path));
        found.files.dedup_by(|a, b| a.path == b.path);
        // A list may be empty (nothing was changed); a folder without captions is a slip.
        if found.files.is_empty() && found.errors.is_empty() && !named.is_empty() {
            return Err(nothing());
        }
        Ok(found)
    }
}

/// A folder, or a pattern.
pub(super) fn stands_for_many(path: &Path) -> bool {
    path.is_dir() || (path.to_string_lossy().contains(['*', '?', '[', '{']) && !path.exists())
}

fn nothing() -> Error {
    Error::new(ErrorKind::Usage, "no captions were found")
        .with_remedy("name the files, or --include their names")
        .with_chinese("没有找到字幕")
        .with_chinese_remedy("请指定文件，或用 --include 指定文件名")
}
