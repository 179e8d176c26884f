//! Codes of `segment`.

codes! {}
