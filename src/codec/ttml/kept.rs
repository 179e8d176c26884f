//! Leftovers of the track that a dialect can hold, and that come back.

use super::dialect::{Dialect, NETFLIX};
use super::region::Region;
use super::{ID, conform, key, trial};
use crate::codec::leftover::Leftovers;
use crate::model::Extra;
use std::collections::HashMap;

/// Style properties that EBU-TT-D has (EBU Tech 3380, tt:style), and those of TTML1 (§8.2).
const EBU_STYLES: &[&str] = &[
    "tts:backgroundColor",
    "tts:color",
    "tts:direction",
    "tts:displayAlign",
    "tts:extent",
    "tts:fontFamily",
    "tts:fontSize",
    "tts:fontStyle",
    "tts:fontWeight",
    "tts:lineHeight",
    "tts:origin",
    "tts:overflow",
    "tts:padding",
    "tts:showBackground",
    "tts:textAlign",
    "tts:textDecoration",
    "tts:unicodeBidi",
    "tts:wrapOption",
    "tts:writingMode",
];
const TTML1_STYLES: &[&str] = &["tts:display", "tts:opacity", "tts:textOutline", "tts:visibility", "tts:zIndex"];

pub(super) fn allows(dialect: &Dialect, value: &str) -> bool {
    attributes(value).all(|(name, _)| match name.split_once(':') {
        Some(("tts", local)) => {
            (dialect.east_asian && conform::permits(local))
                || EBU_STYLES.contains(&name)
                || (!dialect.referential && TTML1_STYLES.contains(&name))
        }
        Some(("tta" | "xlink", _)) => !dialect.east_asian && !dialect.referential,
        Some(("itts", _)) => dialect.east_asian,
        // "Attributes that are not defined within the TTML specification should be removed."
        Some((prefix, _)) => dialect.id != NETFLIX.id || matches!(prefix, "ttm" | "ttp" | "xml"),
        None => true,
    })
}

/// The attributes come back in their order: where styles are only referred to, they are found before what stands on the
/// element.
pub(super) fn in_order(dialect: &Dialect, value: &str) -> bool {
    !dialect.referential || attributes(value).map(|(name, _)| is_style(name)).is_sorted_by(|a, b| a >= b)
}

/// The leftovers of a track that come back, by kind.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) attributes: String,
    pub(super) metadata: Vec<String>,
    /// Attributes of regions in order, and their places by id.
    pub(super) region_attributes: Vec<String>,
    pub(super) regions: HashMap<String, Region>,
    pub(super) body: String,
}

impl Kept {
    pub(super) fn new(extras: &[Extra], dialect: &Dialect, leftovers: &mut Leftovers) -> Self {
        let mut kept = Self::default();
        // In the order that a reader finds them.
        let mut last = 0;
        for extra in extras {
            let rank = match extra.key {
                key::ATTRIBUTES => 1,
                key::METADATA => 2,
                key::REGION | key::STYLED_REGION => 3,
                _ => 4,
            };
            let twice = last == rank && matches!(rank, 1 | 4);
            let fits = rank >= last && !twice && allows(dialect, &extra.value) && extra.format == ID;
            let foreign = extra.key == key::METADATA && dialect.id == NETFLIX.id;
            let disordered = extra.key == key::BODY_STYLE && !in_order(dialect, &extra.value);
            // EBU Tech 3380, distributionLengthType: lengths are percentages, so `tt` has no extent.
            let sized = dialect.referential && extra.key == key::ATTRIBUTES && extra.value.contains("tts:");
            if !fits || foreign || disordered || sized || !trial::track_extra(extra) || !kept.take(extra) {
                leftovers.drop(extra);
                continue;
            }
            last = rank;
        }
        kept
    }

    pub(super) fn take(&mut self, extra: &Extra) -> bool {
        let value = extra.value.clone();
        match extra.key {
            key::ATTRIBUTES => self.attributes = value,
            key::METADATA => self.metadata.push(value),
            key::BODY_STYLE => self.body = value,
            _ => {
                let Some((id, region)) = trial::region(&value) else { return false };
                if !is_name(&id) || self.regions.contains_key(&id) {
                    return false;
                }
                self.regions.insert(id, region);
                self.region_attributes.push(value);
            }
        }
        true
    }
}

/// Namespaces in XML §3 `NCName`, and for Netflix "alpha-numeric with the first character a non-numeric value".
pub(super) fn is_name(id: &str) -> bool {
    let first = id.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    first && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The attributes in a list of them: name, and the whole.
pub(super) fn attributes(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (name, after) = rest.split_once("=\"")?;
        let value = after.split_once('"').map_or(after, |(value, _)| value);
        let end = name.len().saturating_add(value.len()).saturating_add(3).min(rest.len());
        let (whole, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some((name, whole))
    })
}

/// The attribute may stand on a `style`.
pub(super) fn is_style(name: &str) -> bool {
    ["tts:", "itts:", "ebutts:"].iter().any(|prefix| name.starts_with(prefix))
}
