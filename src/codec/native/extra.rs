//! Leftovers of one format.

use super::context::Cx;
use super::field::{Text, Unknown};
use crate::codec::leftover::Leftover;
use crate::diag::codes;
use crate::model::Extra;
use serde::{Deserialize, Serialize};

/// Something verbatim that only its own format understands.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ExtraJson<'a> {
    /// Id of the format that owns it.
    #[serde(borrow)]
    format: Text<'a>,
    /// What it is, in that format's words.
    key: Text<'a>,
    /// Verbatim.
    value: Text<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> ExtraJson<'a> {
    pub(super) fn write(extra: &'a Extra) -> Self {
        let Extra { format, key, value } = extra;
        Self { format: Text::new(format), key: Text::new(key), value: Text::new(value), unknown: Unknown::default() }
    }
}

/// The names of a format and one of its keys, if this version knows them.
pub(super) fn known(format: &str, key: &str) -> Option<(&'static str, &'static str)> {
    Leftover::find(format, key).map(|(format, leftover)| (format, leftover.key))
}

/// Reads one; `None`, and reported, if no format of this version owns it.
pub(super) fn read(extra: ExtraJson<'_>, cx: &mut Cx<'_>) -> Option<Extra> {
    cx.unknown(&extra.unknown);
    let Some((format, key)) = known(extra.format.as_str(), extra.key.as_str()) else {
        let args = [("format", extra.format.as_str()), ("key", extra.key.as_str())];
        cx.say_at(extra.key.as_str(), codes::parse::JSON_UNKNOWN_EXTRA, "", &args);
        return None;
    };
    Some(Extra { format, key, value: extra.value.into_string() })
}

/// Reads a list of them.
pub(super) fn read_all(extras: Vec<ExtraJson<'_>>, cx: &mut Cx<'_>) -> Vec<Extra> {
    let one = |(i, extra)| cx.within("extras", i, |cx| read(extra, cx));
    extras.into_iter().enumerate().filter_map(one).collect()
}
