//! Changes to a track: [`apply`] makes those that a list of edits names; a format's
//! [`splice`](crate::codec::Format::splice) makes the same ones in the bytes of a file.

mod apply;

pub use apply::apply;
