//! Every code there is. One file a family; [`ALL`] is what help, documents and tests walk.
//!
//! A sentence names the thing and what can be done, has no full stop at its end, and stands in both languages in one
//! row, so that none can be forgotten.

use super::{Code, CodeRow, Severity};

/// Declares codes and the family's list: `NAME = "family/name", Severity, "English", "中文";`
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $en:literal, $zh:literal;)*) => {
        $(
            $(#[$doc])*
            #[doc = concat!("`", $id, "`: ", $en)]
            pub const $name: super::Code = super::Code::from_row(&super::CodeRow {
                id: $id, severity: super::Severity::$severity, en: $en, zh: $zh,
            });
        )*
        pub(super) static FAMILY: &[super::Code] = &[$($name),*];
    };
}

pub mod align;
pub mod audio;
pub mod conform;
pub mod conform_ttml;
pub mod edit;
pub mod loss;
pub mod parse;
pub mod rule;
pub mod segment;
pub mod service;
pub mod text;
pub mod transcript;
pub mod vobsub;

/// Every family.
#[rustfmt::skip]
pub static ALL: &[&[Code]] = &[
    parse::FAMILY,
    vobsub::FAMILY,
    conform::FAMILY,
    conform_ttml::FAMILY,
    loss::FAMILY,
    transcript::FAMILY,
    align::FAMILY,
    segment::FAMILY,
    audio::FAMILY,
    service::FAMILY,
    edit::FAMILY,
    rule::FAMILY,
    text::FAMILY,
];

/// All codes, in the order of the families.
pub fn all() -> impl Iterator<Item = Code> {
    ALL.iter().flat_map(|family| family.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(template: &str) -> Vec<&str> {
        let mut names: Vec<_> = template.split('{').skip(1).filter_map(|s| s.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn ids_are_unique_and_both_sentences_name_the_same_arguments() {
        let mut ids: Vec<_> = all().map(|code| code.row().id).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "a code id is used twice");
        for code in all() {
            assert_eq!(names(code.row().en), names(code.row().zh), "{code:?}");
        }
    }
}
