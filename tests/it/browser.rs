//! Our captions in programs that nobody here wrote: a browser's `<track>`, and ffmpeg.

use super::program;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use zimu::codec::{WriteOptions, srt, vtt};
use zimu::diag::Report;
use zimu::host::{self, Input};
use zimu::model::Track;
use zimu::pipeline::{self, AlignOptions, Aligned};
use zimu::time::{Round, Time};

const PAGE: &str = include_str!("../support/track.html");
/// No page of ours asks for more; a browser that asks on and on must not hold the test.
const MOST_REQUESTS: usize = 32;

/// The captions of the fixture interview, and their files.
struct Talk {
    aligned: Aligned,
    srt: Vec<u8>,
    vtt: Vec<u8>,
}

fn talk() -> Talk {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/article/interview--zh-glosses.txt");
    let report = &mut Report::default();
    let aligned = pipeline::align(host::read(&path).unwrap(), &AlignOptions::default(), report).unwrap();
    let write = |format| aligned.write(format, &WriteOptions::default(), report);
    let [srt, vtt] = [&srt::FORMAT, &vtt::FORMAT].map(write).map(Result::unwrap);
    assert!(aligned.track.cues.len() > 15, "the fixture makes too few cues to show anything");
    Talk { aligned, srt, vtt }
}

fn read(name: &str, bytes: &[u8]) -> Track {
    let input = Input { name: name.to_owned(), bytes: bytes.to_owned() };
    pipeline::captions(input, &Default::default(), &mut Report::default()).unwrap().track
}

fn millis(time: Time) -> i64 {
    time.to_millis(Round::Nearest)
}

/// Start and end in milliseconds, and the text: `label` is what stands in front of it.
fn shown(track: &Track) -> Vec<(i64, i64, String)> {
    track.cues.iter().map(|cue| (millis(cue.range.start), millis(cue.range.end), cue.text.plain.clone())).collect()
}

#[test]
fn a_browser_shows_the_same_cues() {
    let Some(browser) = program::find("browser") else { return };
    let talk = talk();
    // A browser's track takes WebVTT alone: SRT comes to it through our conversion.
    let srt = read("talk.srt", &talk.srt);
    let from_srt = vtt::FORMAT.write(&srt, &WriteOptions::default(), &mut Report::default()).unwrap();
    let cues = cues_in(&browser, &[("/talk.vtt", talk.vtt), ("/from-srt.vtt", from_srt)]);
    assert_eq!(in_browser(&cues["from-vtt"]), shown(&talk.aligned.track));
    assert_eq!(in_browser(&cues["from-srt"]), shown(&srt));
}

#[test]
fn ffmpeg_reads_the_same_cues() {
    let Some(ffmpeg) = program::find("ffmpeg") else { return };
    let talk = talk();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("talk.srt", &talk.srt), ("talk.vtt", &talk.vtt)] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut command = Command::new(&ffmpeg);
        command.args(["-v", "error", "-i"]).arg(&path).args(["-f", "srt", "-"]);
        let seen = read("ffmpeg.srt", program::output(&mut command, 60).unwrap().as_bytes());
        let times = |track: &Track| shown(track).into_iter().map(|(start, end, _)| (start, end)).collect::<Vec<_>>();
        assert_eq!(times(&seen), times(&talk.aligned.track), "{name}");
    }
}

fn in_browser(cues: &Value) -> Vec<(i64, i64, String)> {
    let cues = cues.as_array().expect("the track did not load");
    let millis = |value: &Value| (value.as_f64().unwrap() * 1000.0).round() as i64;
    cues.iter()
        .map(|cue| (millis(&cue["start"]), millis(&cue["end"]), cue["shown"].as_str().unwrap().to_owned()))
        .collect()
}

/// The cues of every track of the page, as the browser's script sees them.
fn cues_in(browser: &Path, files: &[(&str, Vec<u8>)]) -> Value {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let profile = tempfile::tempdir().unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let dom = std::thread::scope(|scope| {
        let server_over = Arc::clone(&over);
        scope.spawn(move || serve(&listener, files, &server_over));
        let mut command = Command::new(browser);
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--dump-dom", "--virtual-time-budget=10000"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("http://{address}/"));
        let dom = program::output(&mut command, 90);
        over.store(true, Ordering::Relaxed);
        dom.unwrap()
    });
    let json = dom.split_once("<pre id=\"cues\">").and_then(|(_, rest)| rest.split_once("</pre>")).unwrap().0;
    let json = json.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{A0}").replace("&amp;", "&");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json:?}"))
}

fn serve(listener: &TcpListener, files: &[(&str, Vec<u8>)], over: &AtomicBool) {
    listener.set_nonblocking(true).unwrap();
    let mut requests = 0;
    while requests < MOST_REQUESTS && !over.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => {
                requests += 1;
                // A browser opens connections that it then does not use: they time out.
                let _ = answer(stream, files);
            }
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn answer(mut stream: TcpStream, files: &[(&str, Vec<u8>)]) -> std::io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut lines = BufReader::new(stream.try_clone()?).lines().take(100);
    let request = lines.next().unwrap_or(Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let file = files.iter().find(|(name, _)| *name == path);
    let (status, kind, body) = match file {
        Some((_, bytes)) => ("200 OK", "text/vtt", bytes.as_slice()),
        None if path == "/" => ("200 OK", "text/html", PAGE.as_bytes()),
        None => ("404 Not Found", "text/plain", &b""[..]),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}
