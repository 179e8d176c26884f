//! One rule a file; [`RULES`] is the list that help, documents and tests walk.

mod prelude;

macro_rules! rules {
    ($($module:ident :: $name:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every rule, once, in the order of the manual: times first, then text, then the file.
        pub static RULES: &[&super::Rule] = &[$(&$module::$name),*];
    };
}

rules! {
    // Times.
    order::ORDER,
    duration::DURATION,
    before_zero::BEFORE_ZERO,
    beyond_media::BEYOND_MEDIA,
    overlap::OVERLAP,
    min_duration::MIN_DURATION,
    max_duration::MAX_DURATION,
    gap::GAP,
    chain::CHAIN,
    reading_speed::READING_SPEED,
    // Text.
    empty::EMPTY,
    line_length::LINE_LENGTH,
    lines::LINES,
}
