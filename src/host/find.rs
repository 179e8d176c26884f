//! Which files a batch reads: those that are named, those below folders, those that a pattern matches.

use super::input::because;
use crate::error::{Error, ErrorKind, Result};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;
use std::path::{Component, Path, PathBuf};

/// A file to read, and where it belongs in a tree of outputs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its place below the folder that is searched, or below the one that all named files share. Without `..`.
    pub relative: PathBuf,
    /// Where it is.
    pub path: PathBuf,
    /// It was named, or a pattern matches it; otherwise it was found below a folder by its extension.
    pub named: bool,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FindOptions {
    /// Extensions that are looked for below folders, in any case.
    pub extensions: Vec<&'static str>,
    /// Patterns instead of the extensions, over paths below the folder (`**/*.zh.srt`); one without `/` is about file names.
    pub include: Vec<String>,
    /// Patterns of what is left out.
    pub exclude: Vec<String>,
    /// This folder is not searched: results stand there.
    pub skip: Option<PathBuf>,
}

/// What was found, in the order of the paths, and folders that could not be searched.
#[derive(Debug, Default)]
pub struct FindResult {
    /// The files, each once.
    pub files: Vec<Found>,
    /// Folders, and what went wrong below them.
    pub errors: Vec<(PathBuf, Error)>,
}

/// Finds the files that `specs` name. A folder is searched with all below it; hidden files and folders (a leading point) are
/// passed over, links to files are followed, links to folders are not, so no circle of links can be walked. A name with
/// `*`, `?`, `[` or `{` that is no file is a pattern.
///
/// # Errors
/// [`ErrorKind::Usage`] for a pattern that cannot be read or matches nothing.
pub fn find(specs: &[PathBuf], options: &FindOptions) -> Result<FindResult> {
    let filter = Filter::new(options)?;
    let (mut found, mut named) = (FindResult::default(), Vec::new());
    for spec in specs {
        if spec.is_dir() {
            walk(spec, options.skip.as_deref(), &mut found, |relative| filter.takes(relative), false);
        } else if let Some((base, pattern)) = pattern(spec).filter(|_| !spec.exists()) {
            let matcher = globs(&[pattern], false)?;
            let before = found.files.len();
            let takes = |relative: &Path| matcher.is_match(relative) && !filter.leaves_out(relative);
            walk(&base, options.skip.as_deref(), &mut found, takes, true);
            if found.files.len() == before {
                return Err(nothing(spec));
            }
        } else {
            named.push(clean(spec));
        }
    }
    let shared = shared_folder(&named);
    let relative = |path: &Path| path.strip_prefix(&shared).unwrap_or(path).to_owned();
    let all = named.into_iter().map(|path| Found { relative: relative(&path), path: shown(&path), named: true });
    found.files.extend(all.filter(|file| !filter.leaves_out(&file.relative)));
    found.files.sort();
    found.files.dedup_by(|a, b| a.path == b.path && a.relative == b.relative);
    Ok(found)
}

/// Walks through `folder`; adds what `takes` takes.
fn walk(folder: &Path, skip: Option<&Path>, found: &mut FindResult, takes: impl Fn(&Path) -> bool, named: bool) {
    let skip = skip.and_then(|path| path.canonicalize().ok());
    let mut builder = WalkBuilder::new(folder);
    // A media folder may lie in a repository that ignores it: no ignore files, only hidden ones are passed over.
    builder.standard_filters(false).hidden(true).follow_links(false);
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !is_folder || entry.depth() == 0 || skip.is_none() || entry.path().canonicalize().ok() != skip
    });
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(cause) => {
                found.errors.push((folder.to_owned(), unsearchable(folder, cause)));
                continue;
            }
        };
        let Ok(relative) = entry.path().strip_prefix(folder) else { continue };
        if entry.depth() > 0 && takes(relative) && entry.path().is_file() {
            let relative = relative.to_owned();
            found.files.push(Found { relative, path: entry.path().to_owned(), named });
        }
    }
}

/// What is taken below folders.
struct Filter {
    extensions: Vec<&'static str>,
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Filter {
    fn new(options: &FindOptions) -> Result<Self> {
        let include = (!options.include.is_empty()).then(|| globs(&options.include, true)).transpose()?;
        Ok(Self { extensions: options.extensions.clone(), include, exclude: globs(&options.exclude, true)? })
    }

    fn takes(&self, relative: &Path) -> bool {
        let by_extension = || {
            let extension = relative.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            self.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
        };
        self.include.as_ref().map_or_else(by_extension, |include| include.is_match(relative))
            && !self.leaves_out(relative)
    }

    fn leaves_out(&self, relative: &Path) -> bool {
        self.exclude.is_match(relative)
    }
}

/// Patterns over paths, such as `web/**/*.vtt`; one without `/` is about file names.
pub struct Patterns(GlobSet);

impl Patterns {
    /// Reads patterns.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for one that cannot be read.
    ///
    /// ```
    /// use std::path::Path;
    /// use zimu::host::Patterns;
    /// let patterns = Patterns::new(&["web/**/*.vtt".to_owned(), "*.ass".to_owned()]).unwrap();
    /// assert!(patterns.matches(Path::new("web/a/b.vtt")) && patterns.matches(Path::new("x/y.ass")));
    /// assert!(!patterns.matches(Path::new("b.vtt")));
    /// ```
    pub fn new(patterns: &[String]) -> Result<Self> {
        globs(patterns, true).map(Self)
    }

    /// One of them is about this path.
    pub fn matches(&self, relative: &Path) -> bool {
        self.0.is_match(relative)
    }
}

/// `names`: a pattern without `/` is about file names, in any folder.
fn globs(patterns: &[String], names: bool) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let full = if names && !pattern.contains('/') { format!("**/{pattern}") } else { pattern.clone() };
        let glob = GlobBuilder::new(&full).literal_separator(true).build();
        set.add(glob.map_err(|cause| unreadable_pattern(pattern, cause.kind().to_string()))?);
    }
    set.build().map_err(|cause| unreadable_pattern("", cause.to_string()))
}

/// A name that is a pattern: the folder before its first special character, and the pattern below it.
fn pattern(spec: &Path) -> Option<(PathBuf, String)> {
    let text = spec.to_str().filter(|text| text.contains(['*', '?', '[', '{']))?;
    let special = text.find(['*', '?', '[', '{'])?;
    let (base, rest) = match text.get(..special)?.rfind('/') {
        Some(slash) => (text.get(..slash.saturating_add(1))?, text.get(slash.saturating_add(1)..)?),
        None => ("", text),
    };
    Some((PathBuf::from(if base.is_empty() { "." } else { base }), rest.to_owned()))
}

/// The path from the root, without `.` and `..`: folders are counted by their names, links are not looked at.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// As a person would write it: from the folder they are in, if it lies below.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}

/// The deepest folder that all of these lie in.
fn shared_folder(paths: &[PathBuf]) -> PathBuf {
    let folder = |path: &PathBuf| path.parent().map(Path::to_owned).unwrap_or_default();
    let mut folders = paths.iter().map(folder);
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |shared, folder| {
        let same = shared.components().zip(folder.components()).take_while(|(a, b)| a == b);
        same.map(|(part, _)| part).collect()
    })
}

fn nothing(spec: &Path) -> Error {
    let name = spec.display();
    Error::new(ErrorKind::Usage, format!("no file matches {name}"))
        .with_remedy("`**` stands for any folders: 'season1/**/*.srt'; quotes keep the shell from reading it")
        .with_chinese(format!("没有文件与 {name} 匹配"))
        .with_chinese_remedy("`**` 表示任意层文件夹：'season1/**/*.srt'；加引号可避免被 shell 展开")
}

fn unreadable_pattern(pattern: &str, cause: String) -> Error {
    Error::new(ErrorKind::Usage, format!("`{pattern}` is no pattern: {cause}"))
        .with_remedy("write it like '*.srt' or 'season1/**/*.vtt'")
        .with_chinese(format!("“{pattern}”不是有效的匹配模式：{cause}"))
        .with_chinese_remedy("应写作 '*.srt' 或 'season1/**/*.vtt'")
}

fn unsearchable(folder: &Path, cause: ignore::Error) -> Error {
    let name = folder.display();
    let (en, zh) = match cause.io_error() {
        Some(cause) => because(cause),
        None => (cause.to_string(), cause.to_string()),
    };
    Error::new(ErrorKind::Unreadable, format!("cannot search all of {name}: {en}"))
        .with_chinese(format!("无法搜索整个 {name}：{zh}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_folder_is_the_deepest() {
        let shared = |paths: &[&str]| shared_folder(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(shared(&["/a/b/x.srt", "/a/b/c/y.srt"]), Path::new("/a/b"));
        assert_eq!(shared(&["/a/b/x.srt", "/a/bc/y.srt"]), Path::new("/a"));
        assert_eq!(shared(&["/a/b/x.srt"]), Path::new("/a/b"));
        assert_eq!(shared(&[]), Path::new(""));
    }

    #[test]
    fn points_do_not_lead_out() {
        assert_eq!(clean(Path::new("/a/b/../../../c/./d.srt")), Path::new("/c/d.srt"));
    }

    #[test]
    fn a_pattern_has_a_folder() {
        let parts = |text: &str| pattern(Path::new(text)).map(|(base, rest)| (base.display().to_string(), rest));
        assert_eq!(parts("a/b/**/*.srt"), Some(("a/b/".into(), "**/*.srt".into())));
        assert_eq!(parts("a/b.srt"), None);
        assert_eq!(parts("*.srt").unwrap().0, ".");
    }
}
