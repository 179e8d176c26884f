//! Many files at a time, none of which stops the others.

use crate::error::{Error, ErrorKind, Result};
use crate::host::Found;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Works on each file, `jobs` at a time (0: one for each core); what comes of them stands in the order of the files. `None`
/// stands for a file that is no captions and that nobody named. A panic is the error of its file alone.
///
/// # Errors
/// [`ErrorKind::Io`] if there can be no threads.
pub fn each_file<T: Send>(
    files: &[Found],
    jobs: usize,
    work: impl Fn(&Found) -> Result<T> + Sync,
) -> Result<Vec<Option<Result<T>>>> {
    let one = |file: &Found| match guarded(|| work(file)) {
        Err(error) if is_passed_over(&file.path, file.named, &error) => None,
        result => Some(result),
    };
    if let [file] = files {
        return Ok(vec![one(file)]);
    }
    Ok(pool(jobs)?.install(|| files.par_iter().map(one).collect()))
}

/// Threads for `jobs` files at a time.
pub(super) fn pool(jobs: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot start threads").with_chinese("无法启动线程").with_cause(cause)
    })
}

/// A panic becomes an error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // What `work` leaves half done is dropped.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(bug(&*panic)))
}

/// Extensions that many files have that are no captions: below folders, such a file is passed over unless it shows to be.
const VAGUE_EXTENSIONS: &[&str] = &["json", "xml", "txt", "csv", "tsv", "html", "sub"];

/// It is no captions, and nobody said that it is.
pub(super) fn is_passed_over(path: &Path, named: bool, error: &Error) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let vague = VAGUE_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    !named && vague && error.kind() == ErrorKind::Unreadable
}

fn bug(panic: &(dyn std::any::Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no message");
    Error::new(ErrorKind::Internal, format!("this is a bug in zimu: {text}"))
        .with_remedy("please report it with the input")
        .with_chinese(format!("这是 zimu 的程序错误：{text}"))
        .with_chinese_remedy("请附上输入文件报告此问题")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_own_end_in_its_own_place() {
        let found = |name: &str, named| Found { relative: name.into(), path: name.into(), named };
        let mut files: Vec<Found> = (0..100).map(|n| found(&format!("{n}.srt"), true)).collect();
        files.extend([found("panic.srt", true), found("bad.txt", false), found("bad.srt", false)]);
        let work = |file: &Found| match file.path.to_str().unwrap() {
            "panic.srt" => panic!("oops"),
            name if name.starts_with("bad") => Err(Error::new(ErrorKind::Unreadable, "bad").with_chinese("坏")),
            name => Ok(name.to_owned()),
        };
        let done = each_file(&files, 0, work).unwrap();
        let names = done.iter().map(|done| match done {
            None => "passed over".to_owned(),
            Some(Ok(name)) => name.clone(),
            Some(Err(error)) => error.message().to_owned(),
        });
        let mut expected: Vec<String> = (0..100).map(|n| format!("{n}.srt")).collect();
        expected.extend(["this is a bug in zimu: oops", "passed over", "bad"].map(str::to_owned));
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }
}
