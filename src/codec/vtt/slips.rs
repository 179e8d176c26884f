//! What the standard's parser passes over or repairs, as diagnostics.

use super::settings::SettingSlip;
use super::tree::{MAX_DEPTH, Slip};
use crate::diag::codes::parse;
use crate::diag::{Code, Diagnostic, Location};

/// Characters of the source that a message quotes.
const QUOTED_CHARS: usize = 40;

/// The beginning of a stretch of source, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let mut quoted: String = text.chars().take(QUOTED_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(QUOTED_CHARS).is_some() {
        quoted.push('…');
    }
    quoted
}

/// The diagnostic of a slip in cue text; `source` is what is passed over.
pub(super) fn in_text(slip: Slip, at: Location, source: &str) -> Diagnostic {
    let code: Code = match slip {
        Slip::UnknownTag => parse::VTT_UNKNOWN_TAG,
        Slip::MisplacedRt => parse::VTT_MISPLACED_RT,
        Slip::StrayEndTag => parse::VTT_STRAY_END_TAG,
        Slip::BadTimestamp => parse::VTT_BAD_TIMESTAMP,
        Slip::Unterminated => parse::VTT_UNTERMINATED_TAG,
        Slip::Unclosed => parse::VTT_UNCLOSED_TAG,
        Slip::TooDeep => return Diagnostic::new(parse::VTT_TOO_DEEP, at).with("limit", MAX_DEPTH),
    };
    Diagnostic::new(code, at).with("text", excerpt(source))
}

/// The diagnostic of a slip in the settings of a cue.
pub(super) fn in_settings(slip: SettingSlip<'_>, at: Location) -> Diagnostic {
    let (code, text) = match slip {
        SettingSlip::Bad(setting) => (parse::VTT_BAD_SETTING, setting),
        SettingSlip::NoRegion(id) => (parse::VTT_NO_REGION, id),
        SettingSlip::LeavesRegion(setting) => (parse::VTT_LEAVES_REGION, setting),
    };
    Diagnostic::new(code, at).with("text", excerpt(text))
}
