//! Colours (TTML2 §10.3.4 `<color>`, TTML1 §8.3.2).

use crate::model::Rgba;

/// TTML1 §8.3.10 `<namedColor>`.
const NAMES: &[(&str, [u8; 4])] = &[
    ("transparent", [0, 0, 0, 0]),
    ("black", [0, 0, 0, 255]),
    ("silver", [192, 192, 192, 255]),
    ("gray", [128, 128, 128, 255]),
    ("white", [255, 255, 255, 255]),
    ("maroon", [128, 0, 0, 255]),
    ("red", [255, 0, 0, 255]),
    ("purple", [128, 0, 128, 255]),
    ("fuchsia", [255, 0, 255, 255]),
    ("magenta", [255, 0, 255, 255]),
    ("green", [0, 128, 0, 255]),
    ("lime", [0, 255, 0, 255]),
    ("olive", [128, 128, 0, 255]),
    ("yellow", [255, 255, 0, 255]),
    ("navy", [0, 0, 128, 255]),
    ("blue", [0, 0, 255, 255]),
    ("teal", [0, 128, 128, 255]),
    ("aqua", [0, 255, 255, 255]),
    ("cyan", [0, 255, 255, 255]),
];

/// Reads `#rrggbb`, `#rrggbbaa`, `rgb(r,g,b)`, `rgba(r,g,b,a)` (alpha from 0 to 255) or a name.
pub(super) fn parse(text: &str) -> Option<Rgba> {
    let text = text.trim();
    if let Some(hex) = text.strip_prefix('#') {
        let good = matches!(hex.len(), 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(hex, 16).ok().filter(|_| good)?;
        let value = if hex.len() == 6 { value.checked_shl(8)? | 0xFF } else { value };
        let [r, g, b, a] = value.to_be_bytes();
        return Some(Rgba { r, g, b, a });
    }
    if let Some((_, [r, g, b, a])) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(Rgba { r: *r, g: *g, b: *b, a: *a });
    }
    let (name, parts) = text.strip_suffix(')')?.split_once('(')?;
    let parts: Option<Vec<u8>> = parts.split(',').map(|part| part.trim().parse().ok()).collect();
    match (name, parts?.as_slice()) {
        ("rgb", [r, g, b]) => Some(Rgba { r: *r, g: *g, b: *b, a: u8::MAX }),
        ("rgba", [r, g, b, a]) => Some(Rgba { r: *r, g: *g, b: *b, a: *a }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let yellow = Some(Rgba { r: 255, g: 255, b: 0, a: 255 });
        for text in ["yellow", "#FFFF00", "#ffff00ff", "rgb(255, 255,0)", "rgba(255,255,0,255)"] {
            assert_eq!(parse(text), yellow, "{text}");
        }
        for bad in ["", "#ff0", "rgb(1,2)", "rgb(256,0,0)", "Yellow", "#+12345"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(Rgba { r: 1, g: 2, b: 3, a: 128 }.to_string(), "#01020380");
    }
}
