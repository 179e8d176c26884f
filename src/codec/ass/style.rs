//! Styles: what of them marks can say.

use super::color;
use super::columns::DEFAULT_STYLE;
use crate::model::Rgba;
use std::collections::HashMap;

/// A style, as far as the model has words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) family: String,
    pub(super) primary: Rgba,
    /// The colour of the opaque box behind the text, if it has one.
    pub(super) background: Option<Rgba>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    pub(super) strike: bool,
    /// As `\an` counts.
    pub(super) alignment: u8,
}

/// What a script without styles has.
impl Default for Style {
    fn default() -> Self {
        let white = Rgba { r: 255, g: 255, b: 255, a: 255 };
        Self {
            family: "Arial".to_owned(),
            primary: white,
            background: None,
            bold: false,
            italic: false,
            underline: false,
            strike: false,
            alignment: 2,
        }
    }
}

/// The columns of the styles' `Format` line, lower case.
pub(super) fn columns(list: &str) -> Vec<String> {
    list.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

/// Its columns where a file does not say: v4.00+, and v4.00.
pub(super) const ASS_COLUMNS: &str = "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding";
pub(super) const SSA_COLUMNS: &str = "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding";

/// The values of a `Style:` line by column.
pub(super) fn values<'a>(columns: &'a [String], line: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    columns.iter().map(String::as_str).zip(line.splitn(columns.len().max(1), ',').map(str::trim))
}

/// The alignment of SSA (1 to 3 at the bottom, 5 to 7 at the top, 9 to 11 in the middle) as `\an` counts.
pub(super) fn from_legacy(number: u8) -> Option<u8> {
    match number {
        1..=3 => Some(number),
        5..=7 => number.checked_add(2),
        9..=11 => number.checked_sub(5),
        _ => None,
    }
}

/// `\an`'s number as SSA counts.
pub(super) fn to_legacy(number: u8) -> u8 {
    match number {
        4..=6 => number.saturating_add(5),
        7..=9 => number.saturating_sub(2),
        _ => number,
    }
}

/// From its columns and its line without `Style:`: its name, and what it says.
pub(super) fn read(columns: &[String], line: &str, legacy: bool) -> (String, Style) {
    let (mut style, mut name) = (Style::default(), String::new());
    let (mut box_style, mut outline, mut back) = ("1", None, None);
    let set = |value: &str| value.parse::<i32>().is_ok_and(|value| value != 0);
    for (column, value) in values(columns, line) {
        match column {
            "name" => plain_name(value).clone_into(&mut name),
            "fontname" => value.clone_into(&mut style.family),
            "primarycolour" => style.primary = color::of_style(value).unwrap_or(style.primary),
            "outlinecolour" | "tertiarycolour" => outline = color::of_style(value),
            "backcolour" => back = color::of_style(value),
            "bold" => style.bold = set(value),
            "italic" => style.italic = set(value),
            "underline" => style.underline = set(value),
            "strikeout" => style.strike = set(value),
            "borderstyle" => box_style = value,
            "alignment" => {
                let number = value.parse().ok();
                let keypad = if legacy { number.and_then(from_legacy) } else { number };
                style.alignment = keypad.filter(|n| (1..=9).contains(n)).unwrap_or(style.alignment);
            }
            _ => {}
        }
    }
    // 3: a box in the colour of the outline; 4 (libass): one in that of the shadow.
    style.background = match box_style {
        "3" => outline,
        "4" => back,
        _ => None,
    };
    if legacy {
        // SSA's colours have no opacity, whatever their upper byte holds.
        style.primary.a = u8::MAX;
        style.background = style.background.map(|color| Rgba { a: u8::MAX, ..color });
    }
    (name, style)
}

/// A style's name as events and styles may spell it: VSFilter writes `*Default`, and takes `default` for `Default`.
pub(super) fn plain_name(name: &str) -> &str {
    let name = name.trim().trim_start_matches('*');
    if name.eq_ignore_ascii_case(DEFAULT_STYLE) { DEFAULT_STYLE } else { name }
}

/// The styles of a script.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    /// What `Default` is, or the first one where there is none.
    usual: Style,
}

impl Styles {
    /// In the order of the file; of two of one name the later one holds, as in libass.
    pub(super) fn new(styles: Vec<(String, Style)>) -> Self {
        let first = styles.first().map(|(_, style)| style.clone());
        let by_name: HashMap<_, _> = styles.into_iter().collect();
        let usual = by_name.get(DEFAULT_STYLE).cloned().or(first).unwrap_or_default();
        Self { by_name, usual }
    }

    /// The one that cues have unless they say otherwise.
    pub(super) fn usual(&self) -> &Style {
        &self.usual
    }

    /// The one of this name; `None` if the script lacks it.
    pub(super) fn find(&self, name: &str) -> Option<&Style> {
        // What most events say. Where no style has that name, it is the usual one all the same.
        if name == DEFAULT_STYLE {
            return Some(&self.usual);
        }
        let name = plain_name(name);
        self.by_name.get(name).or_else(|| (name == DEFAULT_STYLE || name.is_empty()).then_some(&self.usual))
    }

    /// The one of this name, or the usual one.
    pub(super) fn get(&self, name: &str) -> &Style {
        self.find(name).unwrap_or(&self.usual)
    }
}
