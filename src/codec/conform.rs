//! What standards ask of authors: whether a file is a valid document of its format, judged by the format's own rules.

use super::Format;
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;

/// The rules of one standard for documents of one format.
pub struct Conformance {
    /// Short name, as `zimu check --profile` takes it: `imsc-1.1-text`.
    pub id: &'static str,
    /// For people: `IMSC 1.1 Text Profile`.
    pub name: &'static str,
    /// The standard, with its date.
    pub spec: &'static str,
    /// Id of the format that its documents are in.
    pub format: &'static str,
    /// Judges a document: each breach is reported as `conform/…` with its place and the clause.
    pub check: fn(&Source, &mut Report),
}

/// Every standard that can be checked, once.
pub static CONFORMANCE: &[&Conformance] = &[
    &super::vtt::CONFORMANCE,
    &super::srt::CONFORMANCE,
    &super::ttml::IMSC_1_1_TEXT,
    &super::ttml::IMSC_1_0_1_TEXT,
    &super::ttml::EBU_TT_D_CONFORMANCE,
];

impl Conformance {
    /// The standard of this id, in any case.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is none; the remedy lists those that there are.
    ///
    /// ```
    /// use zimu::codec::Conformance;
    /// assert_eq!(Conformance::by_id("WebVTT").unwrap().format, "vtt");
    /// assert!(Conformance::by_id("netflix").is_err());
    /// ```
    pub fn by_id(id: &str) -> Result<&'static Self> {
        let found = CONFORMANCE.iter().find(|standard| standard.id.eq_ignore_ascii_case(id));
        found.copied().ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no standard to check is called `{id}`"))
                .with_remedy(format!("there are {}", ids()))
                .with_chinese(format!("没有名为“{id}”的检查标准"))
                .with_chinese_remedy(format!("可用：{}", ids()))
        })
    }

    /// The first standard for documents of `format`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is none.
    pub fn of(format: &Format) -> Result<&'static Self> {
        let found = CONFORMANCE.iter().find(|standard| standard.format == format.id);
        found.copied().ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("for {} there is no standard to check", format.name))
                .with_remedy(format!("--profile names another; there are {}", ids()))
                .with_chinese(format!("{} 没有可供检查的标准", format.name))
                .with_chinese_remedy(format!("可用 --profile 指定：{}", ids()))
        })
    }
}

fn ids() -> String {
    CONFORMANCE.iter().map(|standard| standard.id).collect::<Vec<_>>().join(", ")
}
