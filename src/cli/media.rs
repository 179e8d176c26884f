//! `zimu info` of a media file.

use super::info::{self, Row};
use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use std::path::Path;
use zimu::audio::{AudioTrack, DELAYS, Delay, Media, Options};
use zimu::diag::Lang;
use zimu::{Result, pipeline};

pub(super) fn run(path: &Path, track: Option<usize>, cx: &Cx) -> Result<Outcome> {
    let media = pipeline::media(path, &Options::default().with_track(track))?;
    Ok(info::shown(&rows(&media, cx.lang), cx.lang))
}

fn rows(media: &Media, lang: Lang) -> Vec<Row> {
    let row = |key, en, zh, data: Value, text: String| Row { key, en, zh, data, text };
    let listed: Vec<String> = media.tracks.iter().enumerate().map(|(n, track)| described(n, track, media)).collect();
    let all: Vec<Value> = media.tracks.iter().map(data).collect();
    let length = media.duration.map_or("-".to_owned(), |duration| duration.to_string());
    let seconds = media.duration.map(zimu::time::TimeDelta::as_seconds_f64);
    let (name, how) = delay_from(media.delay_from, lang);
    let by = media.by.or((!media.tracks.is_empty() && !media.is_decodable()).then_some("ffmpeg"));
    let delay = match media.delay_from {
        _ if media.by.is_some() => "-".to_owned(),
        Delay::None | Delay::Unknown => how.to_owned(),
        _ if media.delay == zimu::time::TimeDelta::ZERO => format!("0 s ({how})"),
        _ if lang == Lang::Zh => format!("{}，已去除（{how}）", media.delay),
        _ => format!("{}, trimmed ({how})", media.delay),
    };
    vec![
        row("container", "container", "容器", json!(media.container), media.container.clone()),
        row("audio_tracks", "audio tracks", "音轨", json!(all), info::list(listed.into_iter())),
        row("audio_track", "used", "使用", json!(media.track), media.track.to_string()),
        row("duration", "duration", "时长", json!(seconds), length),
        row(
            "encoder_delay",
            "encoder delay",
            "编码延迟",
            json!({ "seconds": media.delay.as_seconds_f64(), "from": name }),
            delay,
        ),
        row("decoded_by", "decoded by", "解码", json!(by.unwrap_or("zimu")), by.unwrap_or("zimu").to_owned()),
    ]
}

fn described(number: usize, track: &AudioTrack, media: &Media) -> String {
    let AudioTrack { codec, rate, channels, language, .. } = track;
    let language = language.as_deref().map_or(String::new(), |language| format!(" {language}"));
    let used = if media.tracks.len() > 1 { format!("{number}: ") } else { String::new() };
    format!("{used}{codec} {rate} Hz × {channels}{language}")
}

fn data(track: &AudioTrack) -> Value {
    let AudioTrack { codec, rate, channels, language, decodable, .. } = track;
    json!({ "codec": codec, "rate": rate, "channels": channels, "language": language, "decodable": decodable })
}

fn delay_from(delay: Delay, lang: Lang) -> (&'static str, &'static str) {
    let row = DELAYS.iter().find(|(from, ..)| *from == delay);
    row.map_or(("", ""), |(_, name, en, zh)| (*name, if lang == Lang::Zh { *zh } else { *en }))
}
