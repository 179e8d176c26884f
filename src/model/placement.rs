//! Where a cue stands, in the vocabulary of WebVTT §3.1 (also TTML's); fractions are integer thousandths.

use std::fmt;

/// A number in thousandths: `50%` is 50,000; line `-1` is −1,000.
pub type Thousandths = i64;

/// Thousandths as people write them: `33.333` of 33,333, `-1` of -1000.
pub(crate) struct Decimal(pub(crate) Thousandths);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        write!(f, "{sign}{}", size / 1000)?;
        match size % 1000 {
            0 => Ok(()),
            tenths if tenths % 100 == 0 => write!(f, ".{}", tenths / 100),
            hundredths if hundredths % 10 == 0 => write!(f, ".{:02}", hundredths / 10),
            thousandths => write!(f, ".{thousandths:03}"),
        }
    }
}

/// Where a cue stands. The default is WebVTT's: bottom centre, lines snapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Writing direction.
    pub writing: WritingMode,
    /// Offset across the lines.
    pub line: Line,
    /// Which edge of the box `line` is of.
    pub line_align: LineAlign,
    /// Offset along the lines.
    pub position: Position,
    /// Which edge of the box `position` is of.
    pub position_align: PositionAlign,
    /// Length of the lines, in thousandths of a percent of the video (0 to 100,000).
    pub size: Thousandths,
    /// Alignment of text in the box.
    pub align: Align,
    /// Id of a region of the track.
    pub region: Option<String>,
}

/// The whole width.
const FULL_SIZE: Thousandths = 100_000;

impl Default for Placement {
    fn default() -> Self {
        Self {
            writing: WritingMode::default(),
            line: Line::default(),
            line_align: LineAlign::default(),
            position: Position::default(),
            position_align: PositionAlign::default(),
            size: FULL_SIZE,
            align: Align::default(),
            region: None,
        }
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    )* };
}

choices! {
    /// Writing direction.
    WritingMode {
        /// Horizontal lines.
        #[default] Horizontal,
        /// Vertical, lines growing right to left (`vertical:rl`).
        VerticalRl,
        /// Vertical, lines growing left to right (`vertical:lr`).
        VerticalLr,
    }
    /// Edge of the box for the line.
    LineAlign {
        /// Its start.
        #[default] Start,
        /// Its centre.
        Center,
        /// Its end.
        End,
    }
    /// Edge of the box for the position.
    PositionAlign {
        /// Follows the text's alignment.
        #[default] Auto,
        /// Left of the box.
        LineLeft,
        /// Its centre.
        Center,
        /// Right of the box.
        LineRight,
    }
    /// Text alignment.
    Align {
        /// Centred.
        #[default] Center,
        /// By direction, at its start.
        Start,
        /// By direction, at its end.
        End,
        /// Left (top, if vertical).
        Left,
        /// Right (bottom, if vertical).
        Right,
    }
}

/// The line setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Line {
    /// Left to the player: the bottom.
    #[default]
    Auto,
    /// Line number in thousandths: 0 is the top line, −1,000 the bottom one.
    Number(Thousandths),
    /// Share of the height, in thousandths of a percent.
    Percent(Thousandths),
}

/// The position setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Position {
    /// Follows the alignment.
    #[default]
    Auto,
    /// Share of the width, in thousandths of a percent.
    Percent(Thousandths),
}
