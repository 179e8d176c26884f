//! What standards ask of authors: whether a file is a valid document of its format, judged by the format's own rules.

use crate::diag::Report;
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
pub static CONFORMANCE: &[&Conformance] =
    &[&super::ttml::IMSC_1_1_TEXT, &super::ttml::IMSC_1_0_1_TEXT, &super::ttml::EBU_TT_D_CONFORMANCE];
