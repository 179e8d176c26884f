//! What a browser plays of media files, and when on the clock that `<track>` follows.

use crate::audio::{decoded, decoded_bytes, fixture, lag, wav};
use crate::program;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use zimu::audio::Options;

const PAGE: &str = include_str!("../support/sound.html");

/// Files, and how many milliseconds earlier than we say the browser plays them. Not here: chains, of which it shows the length of the
/// first recording, and an empty edit before a cut (it takes the cut off the empty edit, and plays that much early; ffmpeg does not).
const PLAYED: &[(&str, f64)] = &[
    ("bursts--flac.flac", 0.0),
    ("bursts--lame-header.mp3", 0.0),
    ("bursts--edit-list.m4a", 0.0),
    ("bursts--itunsmpb.m4a", 0.0),
    ("bursts--fragments.mp4", 0.0),
    ("bursts--late-by-half-a-second.m4a", 0.0),
    ("bursts--codec-delay.webm", 0.0),
    ("bursts--granules.ogg", 0.0),
    ("bursts--two-tracks.mka", 0.0),
    ("bursts--no-delay-field.aac", 0.0),
    ("bursts--he-aac-unsaid.aac", 0.0),
    // The browser plays the first packet of Opus without its pre-skip, and all of it that much early (6.5 ms); ffmpeg does not.
    ("bursts--pre-skip.ogg", 6.5),
    ("bursts--opus.mp4", 6.5),
];

#[test]
fn a_browser_plays_at_a_time_what_we_hear_there() {
    let Some(browser) = program::find("browser") else { return };
    let ffmpeg = program::find("ffmpeg").is_some();
    let files: Vec<_> = PLAYED.iter().filter(|(name, _)| ffmpeg || !name.contains("he-aac")).collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let played = played(&browser, &names);
    let mut wrong = Vec::new();
    for (name, early) in files {
        let ours = decoded(&fixture(name), &Options::default()).0;
        let (late, score) = lag(&ours, &played[*name]);
        let milliseconds = late as f64 / 16.0 - early;
        let line = format!("{name}: {milliseconds:+.2} ms, r={score:.3}");
        eprintln!("{line}");
        if milliseconds.abs() > 1.0 || score < 0.9 {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_browser_plays_all_recordings_of_a_chain() {
    let Some(browser) = program::find("browser") else { return };
    let name = "bursts--chained-flac.ogg";
    let (late, score) = lag(&decoded(&fixture(name), &Options::default()).0, &played(&browser, &[name])[name]);
    // Its clock stops where it thinks the end is.
    assert!(late.abs() <= 80 && score > 0.9, "{late} {score}");
}

/// The note about gaps says what the browser does with them.
#[test]
fn a_browser_plays_on_where_there_is_a_gap() {
    let Some(browser) = program::find("browser") else { return };
    let name = "bursts--gap-of-half-a-second.webm";
    let (ours, _, report) = decoded(&fixture(name), &Options::default());
    assert_eq!(report.count(zimu::diag::codes::audio::GAP), 1);
    let played = &played(&browser, &[name])[name];
    assert!(lag(&ours[..11_000], &played[..11_000]).0.abs() <= 16);
    // Behind the gap, it is half a second early on its own clock.
    let (late, score) = lag(&ours[19_200..], &played[11_200..]);
    assert!(late.abs() <= 16 && score > 0.9, "{late} {score}");
}

/// What is heard of each file, at 16 kHz, from 0 of the media's clock on.
fn played(browser: &Path, names: &[&str]) -> HashMap<String, Vec<f32>> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let profile = tempfile::tempdir().unwrap();
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("http://{}/", listener.local_addr().unwrap()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let limit = Duration::from_secs(60 + 12 * names.len() as u64);
    let (sender, receiver) = std::sync::mpsc::channel();
    let list = names.iter().map(|name| format!("/{name}")).collect::<Vec<_>>().join("\n");
    listener.set_nonblocking(true).unwrap();
    let begin = Instant::now();
    let (mut heard, mut done) = (HashMap::new(), false);
    while !done && begin.elapsed() < limit {
        if let Ok((stream, _)) = listener.accept() {
            // A browser opens connections that it then does not use: each has a thread of its own.
            let (list, sender) = (list.clone(), sender.clone());
            std::thread::spawn(move || answer(stream, &list).map(|posted| posted.map(|posted| sender.send(posted))));
        }
        for (path, body) in receiver.try_iter() {
            match path.strip_prefix("/heard/").and_then(|rest| rest.split_once('?')) {
                Some((name, start)) => {
                    heard.insert(name.to_owned(), on_the_clock(start.parse().unwrap(), &body));
                }
                None => {
                    assert_eq!(path, "/done", "a file is not played");
                    done = true;
                }
            }
        }
        std::thread::sleep(Duration::from_millis(3));
    }
    let _ = child.kill();
    let _ = child.wait();
    assert!(done, "the browser did not end within {limit:?}: {:?}", heard.keys());
    heard
}

/// Samples of 48 kHz from second `start` on, as our resampler makes 16 kHz of them.
fn on_the_clock(start: f64, body: &[u8]) -> Vec<f32> {
    let at = (start * 48_000.0).round() as i64;
    let samples = body.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()));
    let mut placed = vec![0.0; at.max(0) as usize];
    placed.extend(samples.skip((-at).max(0) as usize));
    decoded_bytes(wav(48_000, 1, &placed), &Options::default()).0
}

/// Answers one request; gives what was posted.
fn answer(mut stream: TcpStream, list: &str) -> std::io::Result<Option<(String, Vec<u8>)>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut request, mut line, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut request)?;
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let bytes = match path.as_str() {
        "/" => PAGE.as_bytes().to_vec(),
        "/list" => list.as_bytes().to_vec(),
        _ => std::fs::read(fixture(path.trim_start_matches('/'))).unwrap_or_default(),
    };
    let kind = if path == "/" { "text/html" } else { "application/octet-stream" };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    stream.write_all(&bytes)?;
    Ok((method == "POST").then_some((path, body)))
}
