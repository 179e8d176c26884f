//! Every type that stands on an arrow between two steps. Plain data: they are built elsewhere.

mod acoustics;
mod alignment;
mod cue;
mod extras;
mod features;
mod phone;
mod placement;
mod pronunciation;
mod style;
mod styled_text;
mod text_edit;
mod track;
mod transcript;

pub use acoustics::{Acoustics, Mixture};
pub use alignment::{
    Alignment, DOUBTS, Doubt, FileHash, Fit, HEARD, Heard, Provenance, SOUNDS, Sound, UnitTiming, Untranscribed,
    WordTiming,
};
pub use cue::{Cue, CueWord, Evidence};
pub use extras::Extra;
pub use features::{FEATURE_DIMS, Features, HOP};
pub use phone::{PHONES, Phone, PhoneClass, PhoneRow};
pub(crate) use placement::Decimal;
pub use placement::{Align, Line, LineAlign, Placement, Position, PositionAlign, Thousandths, WritingMode};
pub use pronunciation::{Boundary, Pronunciation, Reading, SpokenWord, Unit, WordRef};
pub use style::{Font, Rgba};
pub use styled_text::{Emphasis, Gloss, Labels, Mark, MarkKind, Ruby, Spoken, StyledText, Unsaid, Voice};
/// The list of a text's marks and of a cue's extras: a `Vec` of eight bytes.
pub use thin_vec::ThinVec;
pub use track::{Note, Region, Track};
pub use transcript::{Anchor, Part, PartKind, REASONS, Reason, Runtime, Speaker, Transcript, Utterance};
