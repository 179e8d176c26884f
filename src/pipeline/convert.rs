//! Captions written in a format, an encoding, with line ends: what `convert` does with each output.

use crate::codec::lacking::Lacking;
use crate::codec::{Format, ReadOptions, WriteOptions};
use crate::diag::{Code, Report, Severity};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use crate::source::{EncodeOptions, Encoding, encode};
use std::io::{self, Write};

/// How captions are written.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RenderOptions {
    /// For the writer.
    pub write: WriteOptions,
    /// Encoding, byte order mark and line ends of formats that are text.
    pub text: EncodeOptions,
}

impl RenderOptions {
    /// Whether `format` may be written so.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if its standard allows no other encoding than UTF-8, or no byte order mark.
    pub fn fits(&self, format: &Format) -> Result<()> {
        let EncodeOptions { encoding, bom, .. } = self.text;
        if encoding != Encoding::UTF_8 && only_utf8(format) {
            return Err(Error::new(ErrorKind::Usage, format!("{} is always UTF-8", format.name))
                .with_remedy("leave --out-encoding out, or write another format")
                .with_chinese(format!("{} 只能是 UTF-8", format.name))
                .with_chinese_remedy("请去掉 --out-encoding，或写成其他格式"));
        }
        // RFC 8259 §8.1: no byte order mark before JSON.
        if bom && format.mime.ends_with("json") {
            return Err(Error::new(ErrorKind::Usage, format!("{} has no byte order mark", format.name))
                .with_remedy("leave --bom out")
                .with_chinese(format!("{} 不能有字节顺序标记", format.name))
                .with_chinese_remedy("请去掉 --bom"));
        }
        if bom && encoding.bom().is_none() {
            return Err(Error::new(ErrorKind::Usage, format!("{} has no byte order mark", encoding.name()))
                .with_remedy("leave --bom out, or choose UTF-8 or UTF-16")
                .with_chinese(format!("{} 没有字节顺序标记", encoding.name()))
                .with_chinese_remedy("请去掉 --bom，或选用 UTF-8、UTF-16"));
        }
        Ok(())
    }
}

/// Its standard, or the declaration at its head, says UTF-8: WebVTT §4.1, RFC 8259 §8.1, and the XML that we write.
fn only_utf8(format: &Format) -> bool {
    format.mime == "text/vtt" || format.mime.ends_with("json") || format.mime.ends_with("xml")
}

/// Writes a track. What the format cannot keep and what the encoding lacks is in the report.
///
/// # Errors
/// Those of the format's writer and of [`RenderOptions::fits`].
pub fn render(track: &Track, format: &'static Format, options: &RenderOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let _ = render_to(track, format, options, &mut bytes, report)?;
    Ok(bytes)
}

/// The same to a file, block by block where format and encoding allow it.
///
/// # Errors
/// Those of [`render`]; within the result, those of `to`.
pub fn render_to(
    track: &Track,
    format: &'static Format,
    options: &RenderOptions,
    to: &mut dyn Write,
    report: &mut Report,
) -> Result<io::Result<()>> {
    options.fits(format)?;
    if options.text == EncodeOptions::default() || format.is_binary() {
        return format.write_to(track, &options.write, to, report);
    }
    let bytes = format.write(track, &options.write, report)?;
    // Every text format writes UTF-8.
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(to.write_all(&error.into_bytes())),
    };
    let mut lacking = Lacking::default();
    let bytes = encode(&text, &options.text, |one| lacking.add(one));
    let read = ReadOptions { frame_rate: options.write.frame_rate, ..ReadOptions::default() };
    lacking.say(|| text, format, &read, options.text.encoding, report);
    Ok(to.write_all(&bytes))
}

/// Which losses turn a conversion into a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DenyLoss {
    codes: Vec<String>,
}

impl DenyLoss {
    /// Reads a list of codes, with or without `loss/`: `ruby,loss/voice`; a beginning (`inner`) stands for all that begin so.
    /// An empty list denies whatever is lost (and lets pass what is kept in another way).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a code that is none.
    ///
    /// ```
    /// use zimu::pipeline::DenyLoss;
    /// assert!(DenyLoss::parse("ruby,loss/voice").is_ok());
    /// assert!(DenyLoss::parse("rubi").is_err());
    /// ```
    pub fn parse(list: &str) -> Result<Self> {
        let full = |code: &str| if code.starts_with("loss/") { code.to_owned() } else { format!("loss/{code}") };
        let codes: Vec<String> = list.split(',').map(str::trim).filter(|code| !code.is_empty()).map(full).collect();
        let known = |code: &String| crate::diag::codes::all().any(|row| row.row().id.starts_with(code.as_str()));
        match codes.iter().find(|code| !known(code)) {
            None => Ok(Self { codes }),
            Some(code) => Err(Error::new(ErrorKind::Usage, format!("there is no loss `{code}`"))
                .with_remedy("docs/codes.md lists them")
                .with_chinese(format!("没有名为“{code}”的损失代码"))
                .with_chinese_remedy("docs/codes.md 列出全部代码")),
        }
    }

    fn denies(&self, code: Code, worst: Option<Severity>) -> bool {
        if self.codes.is_empty() {
            return worst >= Some(Severity::Error);
        }
        self.codes.iter().any(|denied| code.row().id.starts_with(denied.as_str()))
    }

    /// The denied losses of some reports, as an error of the kind [`ErrorKind::Findings`].
    pub fn judge<'a>(&self, reports: impl IntoIterator<Item = &'a Report>) -> Option<Error> {
        let mut found: Vec<(&'static str, u64)> = Vec::new();
        for report in reports {
            for (code, count) in report.counts() {
                if code.family() == "loss" && self.denies(code, report.worst_of(code)) {
                    found.push((code.row().id, count));
                }
            }
        }
        let list = found.iter().map(|(id, count)| format!("{id} {count}×")).collect::<Vec<_>>().join(", ");
        (!found.is_empty()).then(|| {
            Error::new(ErrorKind::Findings, format!("not written, for these losses are denied: {list}"))
                .with_remedy("choose a format that keeps them (docs/formats.md), or --deny-loss=CODES for fewer")
                .with_chinese(format!("没有写出，因为不允许这些损失：{list}"))
                .with_chinese_remedy("请选用能保留它们的格式（见 docs/formats.md），或用 --deny-loss=CODES 缩小范围")
        })
    }
}
