//! The input of `align`, whatever it is: an article, or a transcript or alignment that was saved as JSON.

use crate::codec::FORMATS;
use crate::codec::native::{self, Kind};
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Input;
use crate::model::{Alignment, Transcript};
use crate::source::{Encoding, Source, decode};
use crate::{parse, transcript};

/// How to read an article.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ArticleOptions {
    /// What the user knows better than the reader.
    pub transcript: transcript::Options,
    /// Instead of the encoding that is found.
    pub encoding: Option<Encoding>,
}

/// An input, understood.
#[derive(Debug)]
pub struct Opened {
    /// Its text: what the diagnostics point into.
    pub source: Source,
    /// What it is.
    pub content: Content,
}

/// What an input turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An article, understood now.
    Article(Transcript),
    /// A transcript that was saved, perhaps edited since.
    Transcript(Transcript),
    /// A timed transcript that was saved.
    Alignment(Alignment),
}

impl Content {
    /// The transcript in it.
    pub fn transcript(&self) -> &Transcript {
        match self {
            Content::Article(transcript) | Content::Transcript(transcript) => transcript,
            Content::Alignment(alignment) => &alignment.transcript,
        }
    }
}

/// A format is taken for certain from this score of its probe on.
const CERTAIN: u8 = 200;

/// Reads an input of `align` or `transcript`; its content says what it is, not its name.
///
/// # Errors
/// [`ErrorKind::Usage`] for captions, and for options that a saved file cannot obey; else those of the readers.
pub fn open(input: Input, options: &ArticleOptions, report: &mut Report) -> Result<Opened> {
    if is_json(&input.bytes) {
        return saved(input, options, report);
    }
    let document = parse::document(&input.name, input.bytes, options.encoding, report)?;
    let text = document.source.text();
    if let Some(format) = FORMATS.iter().find(|format| (format.probe)(text) >= CERTAIN) {
        return Err(captions_instead(document.source.name(), format.name));
    }
    let transcript = transcript::read(&document, &options.transcript, report)?;
    Ok(Opened { source: document.source, content: Content::Article(transcript) })
}

/// The first character of the text, in UTF-8 or UTF-16, is `{`.
fn is_json(bytes: &[u8]) -> bool {
    let without_mark = |b: &&u8| !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) && !b.is_ascii_whitespace();
    bytes.iter().take(64).find(without_mark) == Some(&b'{')
}

fn saved(input: Input, options: &ArticleOptions, report: &mut Report) -> Result<Opened> {
    let source = decode(&input.name, input.bytes, options.encoding, report)?;
    let content = match native::kind(&source) {
        Some(Kind::Transcript) => Content::Transcript(native::read_transcript(&source, report)?),
        Some(Kind::Alignment) => Content::Alignment(native::read_alignment(&source, report)?),
        Some(Kind::Track) => return Err(captions_instead(source.name(), native::FORMAT.name)),
        None => return Err(not_ours(source.name())),
    };
    match article_option(&options.transcript) {
        Some(option) => Err(already_understood(source.name(), option)),
        None => Ok(Opened { source, content }),
    }
}

/// An option that only reading an article can obey, if one is set.
fn article_option(options: &transcript::Options) -> Option<&'static str> {
    let transcript::Options { lang, speakers, rename, spoken, not_spoken, gloss: _ } = options;
    let set = [
        (lang.is_some(), "--language"),
        (!speakers.is_empty(), "--speaker"),
        (!rename.is_empty(), "--rename"),
        (!spoken.is_empty(), "--spoken"),
        (!not_spoken.is_empty(), "--not-spoken"),
    ];
    set.iter().find(|(is_set, _)| *is_set).map(|(_, option)| *option)
}

fn already_understood(name: &str, option: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{name} is already understood; {option} is for articles"))
        .with_remedy("edit the file, or start from the article")
        .with_chinese(format!("{name} 已经解析过；{option} 只用于文章"))
        .with_chinese_remedy("请编辑该文件，或从文章重新开始")
}

fn captions_instead(name: &str, format: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{name} holds captions ({format}), not an article"))
        .with_remedy("`zimu convert` and `zimu info` read captions")
        .with_chinese(format!("{name} 是字幕（{format}），不是文章"))
        .with_chinese_remedy("字幕请用 `zimu convert` 或 `zimu info`")
}

fn not_ours(name: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is JSON, but no transcript or alignment that zimu saved"))
        .with_remedy("`zimu transcript ARTICLE --json` makes one")
        .with_chinese(format!("{name} 是 JSON，但不是 zimu 保存的文稿或对齐结果"))
        .with_chinese_remedy("`zimu transcript ARTICLE --json` 可以生成")
}
