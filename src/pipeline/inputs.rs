//! Which of the files that were named is the media, and which the article: by their content.

use crate::error::{Error, ErrorKind, Result};
use crate::host;
use std::path::{Path, PathBuf};

/// How files with sound begin: where the signature stands, and what it is.
static SIGNATURES: &[(usize, &[u8])] = &[
    (4, b"ftyp"),             // MP4, M4A, MOV: ISO/IEC 14496-12 §4.3
    (4, b"moov"),             // QuickTime without ftyp
    (4, b"mdat"),             // the same
    (4, b"wide"),             // the same
    (0, b"\x1A\x45\xDF\xA3"), // Matroska, WebM: RFC 8794 §11.2.1
    (0, b"ID3"),              // MP3 (or ADTS) with a tag
    (0, b"fLaC"),             // FLAC: RFC 9639 §6
    (0, b"OggS"),             // Ogg: RFC 3533 §6
    (8, b"WAVE"),             // WAV
    (8, b"AVI "),             // AVI
    (8, b"AIFF"),             // AIFF
    (8, b"AIFC"),             // AIFF-C
    (0, b"caff"),             // Core Audio Format
    (0, b"FLV\x01"),          // Flash video
    (0, b"\x30\x26\xB2\x75"), // ASF, WMA, WMV
    (0, b"\x0B\x77"),         // AC-3, E-AC-3
    (0, b"#!AMR"),            // AMR
    (0, b"\x00\x00\x01\xBA"), // MPEG program stream
    (0, b".snd"),             // AU
    (0, b"RF64"),             // large WAV
];

/// How many bytes [`is_media`] wants to see.
pub const HEAD_BYTES: usize = 400;

/// Whether a file that begins so holds sound or pictures; otherwise it is an article, or whatever its reader finds.
///
/// ```
/// use zimu::pipeline::is_media;
/// assert!(is_media(b"fLaC\0\0\0\x22"));
/// assert!(!is_media("主持人：大家好".as_bytes()));
/// ```
pub fn is_media(head: &[u8]) -> bool {
    let signed = |(at, signature): &(usize, &[u8])| head.get(*at..).is_some_and(|rest| rest.starts_with(signature));
    SIGNATURES.iter().any(signed) || is_mpeg_audio(head) || is_transport_stream(head)
}

/// The sync word of MP3 (ISO/IEC 11172-3 §2.4.1.3: eleven set bits, a layer that exists) or ADTS (14496-3 §1.A.2.2). A
/// UTF-16 byte order mark has eleven set bits, too: its second byte names no layer.
fn is_mpeg_audio(head: &[u8]) -> bool {
    let [0xFF, second, third, ..] = head else { return false };
    let layered = second & 0xE0 == 0xE0 && second & 0x18 != 0x08 && second & 0x06 != 0 && third & 0xF0 != 0xF0;
    let adts = second & 0xF6 == 0xF0;
    (layered || adts) && *second != 0xFE && *second != 0xFF
}

/// The sync byte of MPEG transport streams, each 188 bytes (ISO/IEC 13818-1 §2.4.3.2), or 192 with times before it.
fn is_transport_stream(head: &[u8]) -> bool {
    let at = |index: usize| head.get(index) == Some(&0x47);
    (at(0) && at(188)) || (at(4) && at(196))
}

/// The files of a job, told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// With sound, if one was named.
    pub media: Option<PathBuf>,
    /// The article, or a saved transcript or alignment.
    pub article: PathBuf,
}

/// Tells media and article apart, in whatever order they were named.
///
/// # Errors
/// [`ErrorKind::Usage`] if there are two of a kind, or no article; those of reading the files.
pub fn inputs(paths: &[PathBuf]) -> Result<Inputs> {
    let [first, rest @ ..] = paths else { return Err(no_article(None)) };
    let is_media = |path: &Path| host::head(path, HEAD_BYTES).map(|head| is_media(&head));
    match rest {
        [] if is_media(first)? => Err(no_article(Some(first))),
        [] => Ok(Inputs { media: None, article: first.clone() }),
        [second] => match (is_media(first)?, is_media(second)?) {
            (true, false) => Ok(Inputs { media: Some(first.clone()), article: second.clone() }),
            (false, true) => Ok(Inputs { media: Some(second.clone()), article: first.clone() }),
            (true, true) => Err(no_article(Some(first))),
            (false, false) => Err(no_media([first, second])),
        },
        _ => Err(Error::new(ErrorKind::Usage, "one media file and one article are timed at a time")
            .with_remedy("run it once for each pair")
            .with_chinese("一次只处理一个媒体文件和一篇文章")
            .with_chinese_remedy("请逐对运行")),
    }
}

fn no_article(media: Option<&Path>) -> Error {
    let name = media.map_or("MEDIA".to_owned(), |path| path.display().to_string());
    Error::new(ErrorKind::Usage, "no article was named")
        .with_remedy(format!("`zimu align {name} ARTICLE.txt -o NAME.srt`"))
        .with_chinese("没有指定文章")
        .with_chinese_remedy(format!("用法：`zimu align {name} 文章.txt -o 名称.srt`"))
}

fn no_media(paths: [&Path; 2]) -> Error {
    let [first, second] = paths.map(|path| path.display());
    Error::new(ErrorKind::Usage, format!("neither {first} nor {second} is media that zimu knows"))
        .with_remedy("one of them must hold sound; `zimu info FILE` says what a file is")
        .with_chinese(format!("{first} 和 {second} 都不是可识别的媒体文件"))
        .with_chinese_remedy("其中一个应含有声音；`zimu info FILE` 可查看文件类型")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_no_media() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("主持人：大家好".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let texts: &[&[u8]] = &[
            b"",
            b"G",
            b"Gathered here",
            b"PK\x03\x04",
            b"<!DOCTYPE html>",
            b"{\"zimu\": 1",
            &utf16,
            b"\xFE\xFF\x4E\x2D",
            "ÿûð".as_bytes(),
        ];
        for text in texts {
            assert!(!is_media(text), "{text:?}");
        }
    }

    #[test]
    fn media_are_known_by_their_first_bytes() {
        let mut stream = vec![0u8; 400];
        (stream[0], stream[188]) = (0x47, 0x47);
        let media: &[&[u8]] =
            &[b"\0\0\0\x20ftypisom", b"\xFF\xFB\x90\x64", b"\xFF\xF1\x50\x80", b"RIFF\0\0\0\0WAVEfmt ", &stream];
        for head in media {
            assert!(is_media(head), "{head:?}");
        }
    }
}
