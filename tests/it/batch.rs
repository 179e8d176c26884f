//! Whole folders: the tree is kept, nothing leaves it, one bad file stops nobody, and a kill costs nothing but time.

use crate::cli::{text, zimu};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A film of `cues` cues, different for each `seed`.
fn film(seed: usize, cues: usize) -> String {
    let line = |i: usize| {
        let start = i * 3;
        let time = |s: usize| format!("{:02}:{:02}:{:02},{:03}", s / 3600, s / 60 % 60, s % 60, seed % 1000);
        format!(
            "{}\n{} --> {}\n第{seed}部，第{i}条：<i>风浪很大</i>，我们等一等。\n\n",
            i + 1,
            time(start),
            time(start + 2)
        )
    };
    (0..cues).map(line).collect()
}

fn put(root: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Every file below a folder, with its bytes; hidden ones too.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn names(root: &Path) -> Vec<String> {
    tree(root).into_keys().map(|path| path.display().to_string().replace('\\', "/")).collect()
}

fn records(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn code(done: &Output) -> i32 {
    done.status.code().unwrap()
}

#[test]
fn the_tree_is_kept_and_one_bad_file_stops_nobody() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    put(root, "in/a.srt", film(1, 3));
    put(root, "in/deep/er/b.zh.srt", film(2, 3));
    put(root, "in/deep/c.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n");
    put(root, "in/bad.srt", b"\x7FELF\x02\x01\x01\0\0\0\0\xFF\xFE\x80\x01\x02");
    put(root, "in/config.json", "{\"name\": 1}");
    put(root, "in/.hidden.srt", film(3, 1));
    put(root, "in/poster.png", b"\x89PNG");
    let done = zimu(root, &["convert", "in", "--to", "srt,json", "-o", "out", "--report", "r.jsonl"], b"");
    assert_eq!(code(&done), 8, "{}", text(&done.stderr));
    let expected = ["a.json", "a.srt", "deep/c.json", "deep/c.srt", "deep/er/b.zh.json", "deep/er/b.zh.srt"];
    assert_eq!(names(&root.join("out")), expected);
    assert_eq!(fs::read_to_string(root.join("out/a.srt")).unwrap() + "\n", film(1, 3));
    let records = records(&root.join("r.jsonl"));
    let count = |status: &str| records.iter().filter(|record| record["status"] == status).count();
    assert_eq!((records.len(), count("done"), count("failed"), count("passed-over")), (10, 6, 2, 2));
    let voice = records.iter().find(|record| record["output"] == "out/deep/c.srt").unwrap();
    assert_eq!(voice["losses"]["loss/voice"], 1);
    assert_eq!((&voice["cues_in"], &voice["cues_out"], &voice["from"]), (&1.into(), &1.into(), &"vtt".into()));
    assert_eq!(voice["output_sha256"].as_str().unwrap().len(), 64);
    // The worst comes first.
    assert!(text(&done.stderr).starts_with("in/bad.srt"), "{}", text(&done.stderr));
}

#[test]
fn outputs_that_would_be_one_file_are_refused_before_anything_is_written() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let refused = |name: &str, args: &[&str]| {
        let done = zimu(root, args, b"");
        assert_eq!(code(&done), 2, "{name}: {}", text(&done.stderr));
        assert!(!root.join("out").exists(), "{name}");
        text(&done.stderr).to_owned()
    };
    put(root, "one/talk.srt", film(1, 1));
    put(root, "one/talk.vtt", "WEBVTT\n");
    let said = refused("two extensions", &["convert", "one", "--to", "json", "-o", "out"]);
    assert!(said.contains("one/talk.srt and one/talk.vtt would both become talk.json"), "{said}");
    put(root, "two/talk.srt", film(1, 1));
    put(root, "two/TALK.srt", film(2, 1));
    refused("case alone", &["convert", "two", "--to", "vtt", "-o", "out"]);
    refused("one format twice", &["convert", "two/talk.srt", "--to", "vtt,vtt", "-o", "out/"]);
    refused("two folders", &["convert", "one", "two", "--to", "json", "-o", "out", "--include", "talk.srt"]);
    refused("nothing there", &["convert", "one/*.ass", "--to", "json", "-o", "out"]);
    // Among the inputs, an output must not take the place of one.
    let done = zimu(root, &["convert", "one", "--to", "srt", "-o", "one", "--include", "*.srt", "--overwrite"], b"");
    assert_eq!(code(&done), 2, "{}", text(&done.stderr));
    assert_eq!(fs::read_to_string(root.join("one/talk.srt")).unwrap(), film(1, 1));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_and_circles_end() {
    use std::os::unix::fs::symlink;
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    put(root, "in/a/one.srt", film(1, 2));
    put(root, "in/b/two.srt", film(2, 2));
    put(root, "elsewhere/three.srt", film(3, 2));
    symlink("..", root.join("in/a/circle")).unwrap();
    symlink("../../elsewhere", root.join("in/b/linked-folder")).unwrap();
    symlink("../../elsewhere/three.srt", root.join("in/b/linked-file.srt")).unwrap();
    fs::create_dir_all(root.join("out")).unwrap();
    symlink("../elsewhere", root.join("out/a")).unwrap();
    put(root, "target.vtt", "mine");
    fs::create_dir_all(root.join("out/b")).unwrap();
    symlink("../../target.vtt", root.join("out/b/two.vtt")).unwrap();
    let args = ["convert", "in", "--to", "vtt", "-o", "out", "--overwrite"];
    let done = zimu(root, &args, b"");
    assert_eq!(code(&done), 8, "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("outside"), "{}", text(&done.stderr));
    assert_eq!(names(&root.join("elsewhere")), ["three.srt"], "a link in `out` leads there");
    assert_eq!(fs::read_to_string(root.join("target.vtt")).unwrap(), "mine", "a link is replaced, not followed");
    assert!(fs::read_to_string(root.join("out/b/two.vtt")).unwrap().starts_with("WEBVTT"));
    assert_eq!(fs::read_dir(root.join("out/b")).unwrap().count(), 2, "the linked folder is not walked");
    // `..` in names counts as the folders it means.
    put(root, "x/list.txt", "../in/a/one.srt\n../in/b/two.srt\n");
    let done = zimu(&root.join("x"), &["convert", "--files-from", "list.txt", "--to", "vtt", "-o", "web"], b"");
    assert_eq!(code(&done), 0, "{}", text(&done.stderr));
    assert_eq!(names(&root.join("x/web")), ["a/one.vtt", "b/two.vtt"]);
}

#[test]
fn shards_are_parts_of_the_whole() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    (0..40).for_each(|i| put(root, &format!("in/{}/{i}.srt", i % 3), film(i, 2)));
    let mut all = Vec::new();
    for (shard, out) in [("1/3", "s1"), ("2/3", "s2"), ("3/3", "s3")] {
        let done = zimu(root, &["convert", "in", "--to", "vtt", "-o", out, "--shard", shard], b"");
        assert_eq!(code(&done), 0, "{}", text(&done.stderr));
        let part = names(&root.join(out));
        assert!((4..30).contains(&part.len()), "{shard}: {}", part.len());
        all.extend(part);
    }
    all.sort();
    assert_eq!(zimu(root, &["convert", "in", "--to", "vtt", "-o", "out", "--jobs", "1"], b"").status.code(), Some(0));
    assert_eq!(all, names(&root.join("out")));
}

#[test]
fn a_dry_run_writes_nothing_and_says_everything() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    put(root, "in/a.srt", film(1, 2));
    put(root, "in/b.srt", "no captions");
    let done = zimu(root, &["convert", "in", "--to", "vtt", "-o", "out", "--dry-run"], b"");
    assert_eq!(code(&done), 8);
    assert_eq!(text(&done.stdout).lines().next(), Some("in/a.srt → out/a.vtt"));
    assert!(!root.join("out").exists());
}

#[test]
fn denied_losses_keep_a_file_back() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    put(root, "in/plain.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n");
    put(root, "in/region.vtt", "WEBVTT\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000 region:a\nHi\n");
    let done = zimu(root, &["convert", "in", "--to", "srt,json", "-o", "out", "--deny-loss"], b"");
    assert_eq!(code(&done), 1, "{}", text(&done.stderr));
    assert_eq!(names(&root.join("out")), ["plain.json", "plain.srt"]);
    // A single file: by code, with what was denied named.
    let vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>a<rt>b</ruby>\n";
    let denied = zimu(root, &["convert", "-", "-o", "a.srt", "--deny-loss=ruby"], vtt);
    assert_eq!(code(&denied), 1);
    assert!(text(&denied.stderr).contains("loss/ruby 1×") && !root.join("a.srt").exists(), "{}", text(&denied.stderr));
    assert_eq!(code(&zimu(root, &["convert", "-", "-o", "a.srt", "--deny-loss"], vtt)), 0, "ruby is kept otherwise");
    assert_eq!(code(&zimu(root, &["convert", "-", "-o", "b.srt", "--deny-loss=rubi"], vtt)), 2);
}

#[test]
fn existing_outputs_stay_unless_asked_for() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    put(root, "in/a.srt", film(1, 2));
    put(root, "out/a.vtt", "mine");
    let args = ["convert", "in", "--to", "vtt", "-o", "out"];
    assert_eq!(code(&zimu(root, &args, b"")), 8);
    assert_eq!(fs::read_to_string(root.join("out/a.vtt")).unwrap(), "mine");
    assert_eq!(code(&zimu(root, &[&args[..], &["--overwrite"]].concat(), b"")), 0);
    assert_ne!(fs::read_to_string(root.join("out/a.vtt")).unwrap(), "mine");
    // A second run finds its own results where it would put them.
    assert_eq!(code(&zimu(root, &args, b"")), 0);
}

#[test]
fn resuming_trusts_only_what_the_hashes_confirm() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    (0..6).for_each(|i| put(root, &format!("in/{i}.srt"), film(i, 2)));
    let args =
        ["convert", "in", "--to", "vtt", "-o", "out", "--report", "r.jsonl", "--resume", "--json", "--jobs", "1"];
    let run = |args: &[&str]| {
        let done: Value = serde_json::from_slice(&zimu(root, args, b"").stdout).unwrap();
        let count = |key: &str| done["summary"][key].as_u64().unwrap();
        (count("written"), count("kept"), count("failed"))
    };
    assert_eq!(run(&args), (6, 0, 0));
    let whole = tree(&root.join("out"));
    assert_eq!(run(&args), (0, 6, 0));
    put(root, "in/0.srt", film(60, 2));
    fs::remove_file(root.join("out/1.vtt")).unwrap();
    put(root, "out/2.vtt", "half wri");
    // The last record was cut off in the middle.
    let report = fs::read(root.join("r.jsonl")).unwrap();
    fs::write(root.join("r.jsonl"), &report[..report.len() - 20]).unwrap();
    let args = [&args[..], &["--overwrite"]].concat();
    assert_eq!(run(&args), (4, 2, 0));
    assert_eq!(tree(&root.join("out")).len(), 6);
    assert_eq!(tree(&root.join("out"))[Path::new("2.vtt")], whole[Path::new("2.vtt")]);
    assert_eq!(run(&args), (0, 6, 0));
    // Other options, other results.
    assert_eq!(run(&[&args[..], &["--bom"]].concat()), (6, 0, 0));
}

/// Killed in the middle, resumed: the same bytes as in one go, and no leftovers.
#[test]
fn a_kill_costs_nothing_but_time() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    let encoded = |i: usize| {
        let text = film(i, 120);
        if i.is_multiple_of(3) { encoding_rs::GB18030.encode(&text).0.into_owned() } else { text.into_bytes() }
    };
    (0..300).for_each(|i| put(root, &format!("in/{:02}/{i:03}.srt", i % 7), encoded(i)));
    let args = |out: &'static str, report: &'static str| {
        ["convert", "in", "--to", "vtt,json", "-o", out, "--jobs", "2", "--report", report, "--resume"]
    };
    assert_eq!(code(&zimu(root, &args("whole", "whole.jsonl"), b"")), 0);
    let mut killed = 0;
    for at in [40, 200, 400] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zimu"))
            .current_dir(root)
            .args(args("out", "out.jsonl"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        let lines =
            || fs::read(root.join("out.jsonl")).map_or(0, |bytes| bytes.iter().filter(|b| **b == b'\n').count());
        while lines() < at && started.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
    }
    assert!(killed >= 2, "the runs ended before they could be killed");
    assert!(tree(&root.join("out")).len() < 600);
    let done = zimu(root, &args("out", "out.jsonl"), b"");
    assert_eq!(code(&done), 0, "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("there already"), "{}", text(&done.stderr));
    assert!(tree(&root.join("out")) == tree(&root.join("whole")));
    let outputs: Vec<Value> = records(&root.join("out.jsonl")).into_iter().map(|r| r["output"].clone()).collect();
    assert!(outputs.len() >= 600);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_in_order() {
    let here = tempfile::tempdir().unwrap();
    let root = here.path();
    (0..400).for_each(|i| put(root, &format!("in/{i}.srt"), film(i, 120)));
    let child = Command::new(env!("CARGO_BIN_EXE_zimu"))
        .current_dir(root)
        .args(["convert", "in", "--to", "vtt", "-o", "out", "--report", "r.jsonl"])
        .env("LC_ALL", "C")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while fs::metadata(root.join("r.jsonl")).map_or(0, |found| found.len()) < 2000 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let done = child.wait_with_output().unwrap();
    if sent.is_ok_and(|sent| sent.success()) {
        assert_eq!(code(&done), 130, "{}", text(&done.stderr));
        assert!(text(&done.stderr).contains("--resume"), "{}", text(&done.stderr));
        let written = names(&root.join("out"));
        assert!(written.len() < 400 && written.iter().all(|name| name.ends_with(".vtt")));
        assert_eq!(records(&root.join("r.jsonl")).len(), written.len());
    }
}

/// The pictures beside an index are read with it, and are no input of their own; alone they are.
#[cfg(feature = "vobsub")]
#[test]
fn pictures_go_with_their_index() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = fs::read("fixtures/vobsub/two-languages.sub").unwrap();
    put(folder.path(), "in/a/x.idx", fs::read("fixtures/vobsub/two-languages.idx").unwrap());
    put(folder.path(), "in/a/x.sub", &pictures);
    put(folder.path(), "in/b/x.sub", &pictures);
    let done = zimu(folder.path(), &["convert", "in", "--to", "srt", "-o", "out"], b"");
    assert_eq!(code(&done), 5, "{}", text(&done.stderr));
    assert_eq!(names(&folder.path().join("out")), ["a/x.srt", "b/x.srt"]);
    let first = fs::read_to_string(folder.path().join("out/a/x.srt")).unwrap();
    assert!(first.starts_with("1\n00:00:01,000 --> 00:00:04,004\n[picture 1]\n"), "{first}");
}
