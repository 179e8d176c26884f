//! Codes of `align`.

codes! {}
