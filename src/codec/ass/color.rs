//! Colours: `&HAABBGGRR` with the transparency first, and SSA's decimal numbers. Channels stand in the order blue, green, red, and
//! alpha counts transparency: 00 is opaque.

use crate::model::Rgba;

/// A colour of a style: hexadecimal with `&H`, else a decimal number that may be negative (SSA wrote signed 32-bit numbers).
pub(super) fn of_style(text: &str) -> Option<Rgba> {
    let text = text.trim();
    let value = match hex(text) {
        Some(value) => value,
        None => u32::try_from(text.parse::<i64>().ok()? & 0xFFFF_FFFF).ok()?,
    };
    Some(from_abgr(value))
}

/// The value of `&H…&`.
fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"))?;
    digits_value(digits.trim_end_matches('&'))
}

fn digits_value(digits: &str) -> Option<u32> {
    // Longer ones overflow differently in each renderer.
    let fits = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if fits { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// The value of a tag: `&HBBGGRR&`, or without some of its signs.
pub(super) fn of_tag(text: &str) -> Option<u32> {
    let digits = text.trim().trim_start_matches(['&', 'H', 'h']).trim_end_matches('&');
    digits_value(digits)
}

fn from_abgr(value: u32) -> Rgba {
    let [a, b, g, r] = value.to_be_bytes();
    Rgba { r, g, b, a: u8::MAX.wrapping_sub(a) }
}

/// Red, green and blue of a tag's value.
pub(super) fn rgb(value: u32) -> [u8; 3] {
    let [_, b, g, r] = value.to_be_bytes();
    [r, g, b]
}

/// `&HBBGGRR&`.
pub(super) fn tag_value(color: Rgba) -> String {
    let Rgba { r, g, b, a: _ } = color;
    format!("&H{b:02X}{g:02X}{r:02X}&")
}

/// `&HAA&`.
pub(super) fn alpha_value(opacity: u8) -> String {
    format!("&H{:02X}&", u8::MAX.wrapping_sub(opacity))
}

/// As styles of ASS have it: `&HAABBGGRR`.
pub(super) fn ass_style(color: Rgba) -> String {
    let Rgba { r, g, b, a } = color;
    format!("&H{:02X}{b:02X}{g:02X}{r:02X}", u8::MAX.wrapping_sub(a))
}

/// As styles of SSA have it, a decimal number without opacity.
pub(super) fn ssa_style(color: Rgba) -> String {
    let Rgba { r, g, b, a: _ } = color;
    u32::from_be_bytes([0, b, g, r]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_color() {
        let yellow = Rgba { r: 255, g: 255, b: 0, a: 255 };
        for text in ["&H0000FFFF", "&H00FFFF&", "&hffff", "65535", " 65535 "] {
            assert_eq!(of_style(text), Some(yellow), "{text}");
        }
        assert_eq!(of_style("&H80FFFFFF"), Some(Rgba { r: 255, g: 255, b: 255, a: 127 }));
        assert_eq!(of_style("-2147483640"), Some(Rgba { r: 8, g: 0, b: 0, a: 127 }));
        assert_eq!((of_style("yellow"), of_style("&H"), of_style("&H123456789")), (None, None, None));
        assert_eq!(of_tag("&H00FFFF&").map(rgb), Some([255, 255, 0]));
        assert_eq!(of_tag("HFF").map(rgb), Some([255, 0, 0]));
        assert_eq!((tag_value(yellow), ass_style(yellow)), ("&H00FFFF&".into(), "&H0000FFFF".into()));
        assert_eq!(ssa_style(yellow), "65535");
    }
}
