//! What the demuxers and decoders say, as our errors.

use crate::error::{Error, ErrorKind};
use std::panic::{self, AssertUnwindSafe};
use symphonia::core::errors::Error as Fault;

/// Why a step of a foreign decoder failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// It said so.
    Said(Fault),
    /// It panicked: a fault of its own, which must not become one of ours.
    Panicked,
}

impl Failure {
    /// In words.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Said(fault) => fault.to_string(),
            Self::Panicked => "the decoder broke down".to_owned(),
        }
    }

    /// The bytes ended too early.
    pub(super) fn is_end(&self) -> bool {
        matches!(self, Self::Said(Fault::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof)
    }
}

/// Runs a step of a foreign decoder; a panic in it is a [`Failure`]. What it leaves half done is not used further by the
/// callers, who drop the reader or reset the decoder.
pub(super) fn guarded<T>(step: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    panic::catch_unwind(AssertUnwindSafe(step)).unwrap_or(Err(Fault::DecodeError(PANIC))).map_err(|fault| match fault {
        Fault::DecodeError(PANIC) => Failure::Panicked,
        fault => Failure::Said(fault),
    })
}

const PANIC: &str = "zimu: a panic was caught";

/// No container is known in it.
pub(super) fn not_media(name: &str, failure: &Failure) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is no media file that can be read here: {}", failure.reason()))
        .with_chinese(format!("无法识别媒体文件 {name}：{}", failure.reason()))
}

/// An MP4 file without `moov`, which is written last: where each packet lies, and of which codec it is.
pub(super) fn no_index(name: &str) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("{name} lacks its index (the moov box): the recording or the copy broke off"),
    )
    .with_remedy("copy it again; a recorder that lost power may restore it; otherwise nothing in it can be found")
    .with_chinese(format!("{name} 缺少索引（moov）：录制或复制中途中断"))
    .with_chinese_remedy("请重新复制；若录制设备断电，可尝试用该设备修复；否则无法读取其中内容")
}

/// There is no such audio track.
pub(super) fn no_track(name: &str, wanted: Option<usize>, tracks: usize) -> Error {
    match wanted {
        Some(wanted) if tracks > 0 => Error::new(ErrorKind::Usage, format!("{name} has no audio track {wanted}"))
            .with_remedy(format!("it has {tracks}, counted from 0; `zimu info` lists them"))
            .with_chinese(format!("{name} 没有第 {wanted} 条音轨"))
            .with_chinese_remedy(format!("共有 {tracks} 条，从 0 开始计数；`zimu info` 可列出")),
        _ => Error::new(ErrorKind::Unreadable, format!("{name} has no audio track"))
            .with_chinese(format!("{name} 没有音轨")),
    }
}

/// The codec cannot be decoded here.
pub(super) fn no_decoder(name: &str, codec: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("the sound of {name} ({codec}) cannot be decoded here"))
        .with_remedy("convert it to WAV, FLAC or AAC")
        .with_chinese(format!("无法解码 {name} 的声音（{codec}）"))
        .with_chinese_remedy("请先转换为 WAV、FLAC 或 AAC")
}

/// Every packet was damaged.
pub(super) fn nothing_decoded(name: &str, failure: &Failure) -> Error {
    Error::new(ErrorKind::Unreadable, format!("nothing in {name} could be decoded: {}", failure.reason()))
        .with_chinese(format!("{name} 中没有任何可解码的内容：{}", failure.reason()))
}
