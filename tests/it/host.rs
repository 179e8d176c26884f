//! Files are written whole or not at all.

use std::fs;
use std::path::Path;
use zimu::ErrorKind;
use zimu::host::{self, Target, write_all};

fn target(path: &Path, overwrite: bool) -> Target {
    Target::new(path, overwrite).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_output_appears_whole_and_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talk.srt");
    write_all([(&target(&path, false), &b"one"[..])]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert_eq!(names(folder.path()), ["talk.srt"], "no temporary file stays behind");
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.srt");
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let error = host::read(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.message().contains("256 MiB"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_is_not_there_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (link, file) = (folder.path().join("link.srt"), folder.path().join("file.srt"));
    std::os::unix::fs::symlink("file.srt", &link).unwrap();
    assert!(target(&link, false).same_place(&target(&file, false)));
    for overwrite in [false, true] {
        write_all([(&target(&link, overwrite), &b"one"[..])]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"one");
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn an_existing_file_is_replaced_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talk.srt");
    fs::write(&path, "old").unwrap();
    let error = Target::new(&path, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert!(error.to_string().contains("talk.srt") && error.to_string().contains("--overwrite"), "{error}");
    write_all([(&target(&path, true), &b"new"[..])]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}

#[test]
fn a_file_that_appears_in_the_meantime_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a.srt"), folder.path().join("b.vtt"));
    let (a, b) = (target(&first, false), target(&second, false));
    fs::write(&second, "someone else's").unwrap();
    let error = write_all([(&a, &b"1"[..]), (&b, &b"2"[..])]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert_eq!(fs::read(&second).unwrap(), b"someone else's");
    assert_eq!(names(folder.path()), ["b.vtt"], "the first output was taken back");
}

#[test]
fn nothing_is_written_where_one_output_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let good = target(&folder.path().join("a.srt"), false);
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let bad = target(&inner.join("b.srt"), false);
    fs::remove_dir(&inner).unwrap();
    let error = write_all([(&good, &b"1"[..]), (&bad, &b"2"[..])]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Target::new(&folder.path().join("no/talk.srt"), false).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Io);
    assert!(missing.to_string().contains("there is no folder"), "{missing}");
    assert_eq!(Target::new(folder.path(), true).unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(Target::new(Path::new(".."), true).unwrap_err().kind(), ErrorKind::Io);
}

#[test]
fn a_missing_input_is_named_with_a_likely_other() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("talk.vtt"), "WEBVTT").unwrap();
    let error = host::read(&folder.path().join("Talk.srt")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(error.message().contains("Talk.srt"), "{error}");
    assert!(error.remedy().unwrap().contains("talk.vtt"), "{error}");
    let folder_error = host::read(folder.path()).unwrap_err();
    assert!(folder_error.message().ends_with("is a folder"), "{folder_error}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_its_links() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("talk.srt"), folder.path().join("latest.srt"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write_all([(&target(&link, true), &b"new"[..])]).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(mode(&file), 0o640);
    }

    #[test]
    fn a_new_file_gets_the_permissions_of_any_new_file() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
        fs::write(&plain, "").unwrap();
        write_all([(&target(&ours, false), &b""[..])]).unwrap();
        assert_eq!(mode(&ours), mode(&plain));
    }

    #[test]
    fn a_device_is_written_in_place() {
        let null = target(Path::new("/dev/null"), false);
        write_all([(&null, &b"1"[..]), (&null, &b"2"[..])]).unwrap();
        assert!(!null.same_place(&null), "/dev/null may be named twice");
    }

    #[test]
    fn a_link_and_its_file_are_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.srt"), folder.path().join("b.srt"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        assert!(target(&file, true).same_place(&target(&link, true)));
    }
}

/// A shell, for programs that hang; where there is none, nothing is tested.
#[cfg(unix)]
fn shell(script: &str) -> host::Piped {
    let arguments = ["-c", script].map(std::ffi::OsStr::new);
    host::Piped::start(Path::new("/bin/sh"), &arguments, std::time::Duration::from_millis(300)).unwrap()
}

#[cfg(unix)]
#[test]
fn a_program_that_writes_nothing_more_is_not_waited_for() {
    use std::io::Read;
    let begin = std::time::Instant::now();
    let mut hanging = shell("printf begun; exec sleep 1000");
    let mut read = Vec::new();
    let error = hanging.read_to_end(&mut read).unwrap_err();
    assert_eq!((error.kind(), read.as_slice()), (std::io::ErrorKind::TimedOut, &b"begun"[..]));
    drop(hanging);
    // It says that it is done, and stays.
    let mut staying = shell("exec >&-; exec sleep 1000");
    assert_eq!(staying.read_to_end(&mut read).unwrap(), 0);
    assert_eq!(staying.finish().unwrap_err().kind(), ErrorKind::Io);
    assert!(begin.elapsed().as_secs() < 60);
}

#[cfg(unix)]
#[test]
fn a_program_gives_all_it_has_and_says_how_it_ended() {
    use std::io::Read;
    let mut slow =
        shell("for i in 1 2 3 4 5; do sleep 0.1; printf $i; done; head -c 100000 /dev/zero; echo why >&2; exit 3");
    let mut read = Vec::new();
    slow.read_to_end(&mut read).unwrap();
    assert_eq!((read.len(), &read[..5]), (100_005, &b"12345"[..]));
    let ended = slow.finish().unwrap();
    assert_eq!((ended.success, ended.stderr.as_str()), (false, "why\n"));
}
