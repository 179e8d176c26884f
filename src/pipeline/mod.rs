//! Recipes: whole jobs put together from the plain functions. Bytes come in as [`crate::host::Input`], outputs go out
//! through [`Outputs`]; between them nothing touches the world.

mod align;
mod anchor;
mod article;
mod batch;
mod beside;
mod captions;
mod check;
mod convert;
mod diff;
mod doubt;
mod each_file;
mod facts;
mod fix;
mod foreign;
mod info;
mod inputs;
#[cfg(feature = "audio")]
mod listen;
mod outputs;
mod profile;
mod project;
mod provenance;
mod retime;
#[cfg(feature = "audio")]
mod sound;
mod splice;

pub use align::{AlignOptions, Aligned, ESTIMATED_NOTE, GivenAnchor, align};
pub use article::{ArticleOptions, Content, Opened, open};
pub use batch::{Bad, BatchOptions, Failure, Plan, Record, STATUSES, Shard, Status, Summary, batch};
#[cfg(feature = "audio")]
pub use beside::media_end;
pub use beside::{options_for, shots, starts, words};
pub use captions::{Captions, CaptionsOptions, captions, lost_cues};
pub use check::{CheckOptions, Checked, Judge, check};
pub use convert::{DenyLoss, RenderOptions, render, render_to};
pub use diff::diff_files;
pub use doubt::{DOUBTFUL_BELOW, Doubtful, doubtful, doubtful_cues};
pub use each_file::each_file;
pub use facts::{Facts, unspoken};
pub use fix::{Fixed, fix};
pub use foreign::sound_out;
pub use info::{Info, info};
pub use inputs::{Inputs, inputs};
#[cfg(feature = "audio")]
pub use listen::Listen;
pub use outputs::{Output, Outputs};
pub use profile::profile;
pub use project::PROJECT_FILE;
pub use retime::{retime, sync};
#[cfg(feature = "audio")]
pub use sound::{is_media, media, sound};
pub use splice::splice;
