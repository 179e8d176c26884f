//! Values of style that marks carry.

use std::fmt;

/// A colour with opacity, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 255 is opaque.
    pub a: u8,
}

/// `#rrggbb`, or `#rrggbbaa` if it is not opaque.
impl fmt::Display for Rgba {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { r, g, b, a } = self;
        write!(f, "#{r:02x}{g:02x}{b:02x}")?;
        if *a == u8::MAX { Ok(()) } else { write!(f, "{a:02x}") }
    }
}

/// A font request; either part may be left to the player.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Font {
    /// Family name as written.
    pub family: Option<String>,
    /// Size as written (SRT's `size="24"`): its unit is the format's own.
    pub size: Option<String>,
}
