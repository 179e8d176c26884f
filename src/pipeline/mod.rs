//! Recipes: whole jobs put together from the plain functions. Bytes come in as [`crate::host::Input`], outputs go out
//! through [`Outputs`]; between them nothing touches the world.

mod align;
mod article;
mod captions;
mod facts;
mod info;
mod outputs;
mod profile;
#[cfg(feature = "audio")]
mod sound;

pub use align::{AlignOptions, Aligned, ESTIMATED_NOTE, align};
pub use article::{ArticleOptions, Content, Opened, open};
pub use captions::{Captions, captions, lost_cues};
pub use facts::{Facts, unspoken};
pub use info::{Info, info};
pub use outputs::{Output, Outputs};
pub use profile::profile;
#[cfg(feature = "audio")]
pub use sound::{is_media, media, sound};
