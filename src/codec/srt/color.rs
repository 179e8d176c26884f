//! Colours as `<font color=…>` spells them.

use crate::model::Rgba;

/// The colour names of HTML 4.01 §6.5 and the few others that subtitle files use.
const NAMES: &[(&str, u32)] = &[
    ("aqua", 0x00_FFFF),
    ("black", 0x00_0000),
    ("blue", 0x00_00FF),
    ("cyan", 0x00_FFFF),
    ("fuchsia", 0xFF_00FF),
    ("gold", 0xFF_D700),
    ("gray", 0x80_8080),
    ("green", 0x00_8000),
    ("grey", 0x80_8080),
    ("lime", 0x00_FF00),
    ("magenta", 0xFF_00FF),
    ("maroon", 0x80_0000),
    ("navy", 0x00_0080),
    ("olive", 0x80_8000),
    ("orange", 0xFF_A500),
    ("pink", 0xFF_C0CB),
    ("purple", 0x80_0080),
    ("red", 0xFF_0000),
    ("silver", 0xC0_C0C0),
    ("teal", 0x00_8080),
    ("white", 0xFF_FFFF),
    ("yellow", 0xFF_FF00),
];

/// Reads `#ffff00`, `ffff00` (hand-written files forget the sign) or a name.
pub(in crate::codec) fn parse(text: &str) -> Option<Rgba> {
    let text = text.trim();
    let hex = text.strip_prefix('#').unwrap_or(text);
    if hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(rgb(u32::from_str_radix(hex, 16).ok()?));
    }
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, value)| rgb(*value))
}

fn rgb(value: u32) -> Rgba {
    let [_, r, g, b] = value.to_be_bytes();
    Rgba { r, g, b, a: 255 }
}

/// `#ffff00`. SubRip has no opacity.
pub(in crate::codec) fn hex(color: Rgba) -> String {
    let Rgba { r, g, b, a: _ } = color;
    format!("#{r:02x}{g:02x}{b:02x}")
}
