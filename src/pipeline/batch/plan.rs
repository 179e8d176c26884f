//! What a batch is going to do: every output is known, and unlike every other, before anything is written.

use crate::codec::{FORMATS, Format};
use crate::error::{Error, ErrorKind, Result};
use crate::host::{FindOptions, Found, find};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A part of the work: file number `of` … by the hash of its path, so that the same file always falls to the same part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    of: u64,
}

impl Shard {
    /// Reads `2/5`: the second of five.
    ///
    /// ```
    /// use zimu::pipeline::Shard;
    /// assert!(Shard::parse("2/5").is_some());
    /// assert!(Shard::parse("0/5").is_none() && Shard::parse("6/5").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (index, of) = text.split_once('/')?;
        let (index, of) = (index.parse().ok()?, of.parse().ok()?);
        (1..=of).contains(&index).then_some(Self { index, of })
    }

    /// The file is of this part.
    fn has(self, relative: &Path) -> bool {
        let hash = Sha256::digest(relative.as_os_str().as_encoded_bytes());
        let number = hash.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        number.checked_rem(self.of) == self.index.checked_sub(1)
    }
}

/// A file to convert.
pub(super) struct Job {
    pub(super) input: PathBuf,
    /// It was named, so it must be captions.
    pub(super) named: bool,
    /// Formats and places below the folder of outputs.
    pub(super) outputs: Vec<(&'static Format, PathBuf)>,
}

/// What a batch is going to do.
pub struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) out: PathBuf,
    /// Folders that could not be searched.
    pub(super) errors: Vec<Error>,
}

impl Plan {
    /// Finds the inputs and names the outputs: below `out`, the tree of the inputs, each name with the extension of its
    /// format.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if nothing is found, if two outputs would be one file (on systems that do not tell `A` from `a`,
    /// too), or if an output would replace an input.
    pub fn new(
        inputs: &[PathBuf],
        find_options: &FindOptions,
        to: &[&'static Format],
        out: &Path,
        shard: Option<Shard>,
    ) -> Result<Self> {
        let mut options = find_options.clone();
        options.skip = Some(out.to_owned());
        if options.extensions.is_empty() {
            options.extensions = FORMATS.iter().flat_map(|format| format.extensions.iter().copied()).collect();
        }
        let mut found = find(inputs, &options)?;
        leave_out_pictures(&mut found.files);
        if found.files.is_empty() && found.errors.is_empty() {
            return Err(nothing());
        }
        let jobs: Vec<Job> = found.files.iter().map(|file| job(file, to)).collect();
        refuse_collisions(&jobs, out)?;
        let mine = |(_, file): &(Job, &Found)| shard.is_none_or(|shard| shard.has(&file.relative));
        let jobs = jobs.into_iter().zip(&found.files).filter(mine).map(|(job, _)| job).collect();
        Ok(Self { jobs, out: out.to_owned(), errors: found.errors.into_iter().map(|(_, error)| error).collect() })
    }

    /// Folders that could not be searched.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// How many files this run converts.
    pub fn len(&self) -> usize {
        self.jobs.len()
    }

    /// There is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }
}

/// Pictures are read with the index beside them; alone only if they are named, or no index is there.
#[cfg(feature = "vobsub")]
fn leave_out_pictures(files: &mut Vec<Found>) {
    use crate::codec::vobsub::{INDEX, PICTURES};
    let has = |file: &Found, format: &Format| {
        let extension = file.path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
    };
    let indexed: HashSet<PathBuf> =
        files.iter().filter(|file| has(file, &INDEX)).map(|file| file.path.with_extension("")).collect();
    files.retain(|file| file.named || !has(file, &PICTURES) || !indexed.contains(&file.path.with_extension("")));
}

#[cfg(not(feature = "vobsub"))]
fn leave_out_pictures(_: &mut Vec<Found>) {}

fn job(file: &Found, to: &[&'static Format]) -> Job {
    let place = |format: &&'static Format| {
        let extension = format.extensions.first().copied().unwrap_or(format.id);
        (*format, file.relative.with_extension(extension))
    };
    Job { input: file.path.clone(), named: file.named, outputs: to.iter().map(place).collect() }
}

/// Two outputs in one place, or an output in the place of an input.
fn refuse_collisions(jobs: &[Job], out: &Path) -> Result<()> {
    let folded = |path: &Path| path.to_string_lossy().to_lowercase();
    let mut places: HashMap<String, &Job> = HashMap::new();
    let mut clashes = Vec::new();
    for job in jobs {
        for (_, place) in &job.outputs {
            match places.insert(folded(place), job) {
                Some(other) if std::ptr::eq(other, job) => return Err(twice_by_format(place)),
                Some(other) => clashes.push((other, job, place)),
                None => {}
            }
        }
    }
    if let Some((first, second, place)) = clashes.first() {
        return Err(clash(&first.input, &second.input, place, clashes.len()));
    }
    // Only where results go among the inputs can one of them be in the way.
    let Ok(root) = out.canonicalize() else { return Ok(()) };
    let inputs: HashSet<PathBuf> = jobs.iter().filter_map(|job| job.input.canonicalize().ok()).collect();
    let mut outputs = jobs.iter().flat_map(|job| &job.outputs).map(|(_, place)| root.join(place));
    outputs.find(|place| inputs.contains(place)).map_or(Ok(()), |place| Err(replaces_input(&place)))
}

fn nothing() -> Error {
    Error::new(ErrorKind::Usage, "there is nothing to convert")
        .with_remedy("folders are searched for the extensions of `zimu formats`; --include names others")
        .with_chinese("没有可转换的文件")
        .with_chinese_remedy("文件夹中按 `zimu formats` 列出的扩展名查找；可用 --include 指定其他文件")
}

fn clash(first: &Path, second: &Path, place: &Path, count: usize) -> Error {
    let (first, second, place) = (first.display(), second.display(), place.display());
    let more = count.saturating_sub(1);
    let (en, zh) =
        if more > 0 { (format!("; and {more} more"), format!("；另有 {more} 处")) } else { Default::default() };
    Error::new(ErrorKind::Usage, format!("{first} and {second} would both become {place}{en}"))
        .with_remedy("nothing was written; choose with --include or --exclude, or convert them apart")
        .with_chinese(format!("{first} 和 {second} 都会写成 {place}{zh}"))
        .with_chinese_remedy("没有写出任何文件；请用 --include 或 --exclude 选择，或分开转换")
}

fn twice_by_format(place: &Path) -> Error {
    let place = place.display();
    Error::new(ErrorKind::Usage, format!("two of the formats of --to would both become {place}"))
        .with_remedy("nothing was written; name them one by one, each with a folder of its own")
        .with_chinese(format!("--to 中有两种格式都会写成 {place}"))
        .with_chinese_remedy("没有写出任何文件；请分别转换到各自的文件夹")
}

fn replaces_input(place: &Path) -> Error {
    let place = place.display();
    Error::new(ErrorKind::Usage, format!("{place} is an input and would be replaced"))
        .with_remedy("nothing was written; name another folder with -o")
        .with_chinese(format!("{place} 是输入文件，会被覆盖"))
        .with_chinese_remedy("没有写出任何文件；请用 -o 指定其他文件夹")
}
