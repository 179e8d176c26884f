//! Changes to a track: [`apply`] makes those that a list of edits names; a format's
//! [`splice`](crate::codec::Format::splice) makes the same ones in the bytes of a file. [`Retime`] makes such a list of other
//! times.

mod apply;
mod places;
mod retime;
mod warp;

pub use apply::apply;
pub use places::places;
pub use retime::{BeforeZero, Mark, Retime, Retimed};
pub use warp::{Factor, Warp};
