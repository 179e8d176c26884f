//! One rule a file; [`RULES`] is the list that help, documents and tests walk.

mod all_caps;
mod before_zero;
mod beyond_media;
mod brackets;
mod byte_order_mark;
mod chain;
mod continuation;
mod dialogue_dash;
mod double_space;
mod drift;
mod duplicate;
mod duration;
mod ellipsis;
mod empty;
mod encoding;
mod file_size;
mod file_type;
mod gap;
mod gloss;
mod glyphs;
mod han_latin_spacing;
mod italics;
mod label_policy;
mod label_repeated;
mod label_spelling;
mod leftover_markup;
mod line_balance;
mod line_break;
mod line_length;
mod lines;
mod markup;
mod max_duration;
mod min_duration;
mod mixed_width;
mod mojibake;
mod newlines;
mod off_frame;
mod one_line;
mod order;
mod outer_space;
mod overlap;
mod prelude;
mod punctuation;
mod quotes;
mod reading_speed;
mod rolling;
mod script_mixed;
mod shot_end;
mod shot_start;
mod space_before_mark;
mod unseen;
mod word_list;
mod words_per_minute;

pub(super) use order::strays;

/// Every rule, once, in the order of the manual: times first, then text, then the file.
pub static RULES: &[&super::Rule] = &[
    // Times.
    &order::ORDER,
    &duration::DURATION,
    &before_zero::BEFORE_ZERO,
    &beyond_media::BEYOND_MEDIA,
    &overlap::OVERLAP,
    &min_duration::MIN_DURATION,
    &max_duration::MAX_DURATION,
    &gap::GAP,
    &chain::CHAIN,
    &reading_speed::READING_SPEED,
    &words_per_minute::WORDS_PER_MINUTE,
    &off_frame::OFF_FRAME,
    &shot_start::SHOT_START,
    &shot_end::SHOT_END,
    &drift::DRIFT,
    &duplicate::DUPLICATE,
    &rolling::ROLLING,
    // Text.
    &empty::EMPTY,
    &line_length::LINE_LENGTH,
    &lines::LINES,
    &one_line::ONE_LINE,
    &line_break::LINE_BREAK,
    &line_balance::LINE_BALANCE,
    &continuation::CONTINUATION,
    &outer_space::OUTER_SPACE,
    &double_space::DOUBLE_SPACE,
    &space_before_mark::SPACE_BEFORE_MARK,
    &punctuation::PUNCTUATION,
    &mixed_width::MIXED_WIDTH,
    &han_latin_spacing::HAN_LATIN_SPACING,
    &ellipsis::ELLIPSIS,
    &quotes::QUOTE_MARKS,
    &brackets::BRACKETS,
    &dialogue_dash::DIALOGUE_DASH,
    &label_policy::LABEL_POLICY,
    &label_spelling::LABEL_SPELLING,
    &label_repeated::LABEL_REPEATED,
    &gloss::GLOSS,
    &all_caps::ALL_CAPS,
    &italics::ITALICS,
    &script_mixed::SCRIPT_MIXED,
    &glyphs::GLYPHS,
    &mojibake::MOJIBAKE,
    &unseen::UNSEEN,
    &leftover_markup::LEFTOVER_MARKUP,
    &markup::MARKUP,
    &word_list::WORD_LIST,
    // The file.
    &file_type::FILE_TYPE,
    &file_size::FILE_SIZE,
    &encoding::ENCODING,
    &byte_order_mark::BYTE_ORDER_MARK,
    &newlines::NEWLINES,
];
