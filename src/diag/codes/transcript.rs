//! Codes of `transcript`.

codes! {}
