//! Every type that stands on an arrow between two steps. Plain data: they are built elsewhere.

mod alignment;
mod cue;
mod extras;
mod placement;
mod pronunciation;
mod style;
mod styled_text;
mod track;
mod transcript;

pub use alignment::{Alignment, HEARD, Heard, UnitTiming, WordTiming};
pub use cue::{Cue, CueWord, Evidence};
pub use extras::Extra;
pub use placement::{Align, Line, LineAlign, Placement, Position, PositionAlign, Thousandths, WritingMode};
pub use pronunciation::{Boundary, Pronunciation, Reading, SpokenWord, Unit, WordRef};
pub use style::{Font, Rgba};
pub use styled_text::{Emphasis, Gloss, Labels, Mark, MarkKind, Ruby, Spoken, StyledText, Unsaid, Voice};
pub use track::{Note, Region, Track};
pub use transcript::{Anchor, Part, PartKind, REASONS, Reason, Runtime, Speaker, Transcript, Utterance};
