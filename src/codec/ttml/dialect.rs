//! The members of the family: what tells them apart, and the rules each is written by.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "tokens of XML and properties of style; marks are matched elsewhere"
)]

use super::namespace::Ns;
use super::xml::{Pull, Token};

/// What a document of a dialect must have and cannot have.
#[derive(Debug)]
pub(super) struct Dialect {
    /// The id of its format.
    pub(super) id: &'static str,
    /// What its `tt` has beside namespaces and language.
    pub(super) root: &'static str,
    /// What stands first in its head.
    pub(super) head: &'static str,
    /// It has frames: `ttp:frameRate` and time codes.
    pub(super) frames: bool,
    /// Its times are time codes: always, or only for a programme that does not start at zero.
    pub(super) codes: Codes,
    /// It has `tts:ruby`, `tts:textEmphasis` and `tts:textCombine`.
    pub(super) east_asian: bool,
    /// Parts of a paragraph may have times.
    pub(super) inner_times: bool,
    /// Styles are only referred to.
    pub(super) referential: bool,
    /// It has `lineThrough`.
    pub(super) strike: bool,
    /// Units of a font size.
    pub(super) font_units: &'static [&'static str],
}

/// Whether times are time codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codes {
    Never,
    WithStart,
    Always,
}

/// IMSC 1.1 §7.3 (profile designator), §8.2 (features).
pub(super) static IMSC: Dialect = Dialect {
    id: "ttml",
    root: " ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\"",
    head: "",
    frames: true,
    codes: Codes::Never,
    east_asian: true,
    inner_times: true,
    referential: false,
    strike: true,
    font_units: &["%", "em", "rw", "rh"],
};

/// TTML1 §5.2 and §6.2.8, Appendix F.
pub(super) static DFXP: Dialect = Dialect {
    id: "dfxp",
    root: " ttp:profile=\"http://www.w3.org/ns/ttml/profile/dfxp-full\"",
    codes: Codes::WithStart,
    east_asian: false,
    font_units: &["%", "em", "c"],
    ..IMSC
};

/// Netflix, "Additional TTML Schema Inspections" (partner help 115001869828): TTML1 as its schema has it, `xml:lang`
/// and unique `xml:id`s, nothing foreign; the profile is the one that its own files name
/// (`dfxp-ls-sdh`, which its players ask for by that name, too).
pub(super) static NETFLIX: Dialect = Dialect {
    id: "netflix-ttml",
    root: "",
    head: "<ttp:profile use=\"http://netflix.com/ttml/profile/dfxp-ls-sdh\"/>",
    codes: Codes::Never,
    east_asian: false,
    inner_times: false,
    font_units: &["%", "em", "c"],
    ..IMSC
};

/// EBU Tech 3380 v1.0.1: `tt` has media time and cells, styles are referred to.
pub(super) static EBU_TT_D: Dialect = Dialect {
    id: "ebu-tt-d",
    root: " ttp:timeBase=\"media\" ttp:cellResolution=\"32 15\"",
    head: "",
    frames: false,
    codes: Codes::Never,
    east_asian: false,
    inner_times: false,
    referential: true,
    strike: false,
    font_units: &["%"],
};

/// SMPTE ST 2052-1:2010 §5.
pub(super) static SMPTE_TT: Dialect = Dialect {
    id: "smpte-tt",
    root: " ttp:profile=\"http://www.smpte-ra.org/schemas/2052-1/2010/profiles/smpte-tt-full\"",
    codes: Codes::WithStart,
    east_asian: false,
    font_units: &["%", "em", "c"],
    ..IMSC
};

/// iTunes Timed Text: TTML1 with time codes only, as its files have it (the specification is not public).
pub(super) static ITT: Dialect = Dialect {
    id: "itt",
    root: "",
    codes: Codes::Always,
    east_asian: false,
    inner_times: false,
    font_units: &["%"],
    ..IMSC
};

/// How many bytes are looked at to tell a dialect: the head of a document.
const PROBED: usize = 1 << 16;

/// The dialect of a document; `None` if it is no TTML.
pub(super) fn of(text: &str) -> Option<&'static Dialect> {
    sure_of(text).map(|(dialect, _)| dialect)
}

/// The dialect, and whether the document says so itself.
fn sure_of(text: &str) -> Option<(&'static Dialect, bool)> {
    let mut end = text.len().min(PROBED);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let start = text.get(..end)?;
    // Most files are not XML.
    if !start.trim_ascii_start().starts_with(['<', '\u{FEFF}']) {
        return None;
    }
    let mut pull = Pull::new(start);
    loop {
        match pull.next().ok()? {
            Token::Open(Ns::Tt, "tt") => break,
            Token::Open(..) | Token::End => return None,
            _ => {}
        }
    }
    let get = |local: &str| {
        let found = pull.attrs.iter().find(|attr| attr.ns == Ns::Parameter && attr.local == local);
        found.map(|attr| attr.value().into_owned()).unwrap_or_default()
    };
    let (profile, profiles, base) = (get("profile"), get("contentProfiles"), get("timeBase"));
    let frames = !get("frameRate").is_empty();
    let legacy = pull.uri("").or(pull.uri("tt")).is_some_and(|uri| uri.contains("/2006/"));
    let smpte = pull.attrs.iter().any(|attr| attr.ns == Ns::Smpte);
    let (mut used, mut ebu) = (String::new(), false);
    while let Ok(token) = pull.next() {
        match token {
            Token::Open(Ns::Parameter, "profile") => {
                let attr = pull.attrs.iter().find(|attr| attr.ns == Ns::None && attr.local == "use");
                used = attr.map(|attr| attr.value().into_owned()).unwrap_or_default();
            }
            Token::Open(Ns::EbuMetadata, "conformsToStandard") => {
                ebu |= super::head::text_of(&mut pull).is_ok_and(|text| text.starts_with("urn:ebu:tt:distribution"));
            }
            Token::Open(Ns::Tt, "body") | Token::End => break,
            _ => {}
        }
    }
    let named = |part: &str| profile.contains(part) || used.contains(part);
    Some(match () {
        () if ebu => (&EBU_TT_D, true),
        () if profiles.contains("/imsc") || named("/imsc") => (&IMSC, true),
        () if named("netflix.com") => (&NETFLIX, true),
        () if smpte || named("smpte-tt") => (&SMPTE_TT, true),
        () if legacy || named("dfxp") || named("sdp-us") || named("ttml1") => (&DFXP, true),
        () if base == "smpte" && frames && profile.is_empty() && used.is_empty() => (&ITT, true),
        () => (&IMSC, false),
    })
}

/// How much a text looks like a dialect. A document that does not say which it is may be any; its extension tells.
pub(super) fn probe(text: &str, dialect: &Dialect) -> u8 {
    match sure_of(text) {
        Some((found, true)) if found.id == dialect.id => 250,
        Some((_, true)) => 60,
        Some((found, false)) if found.id == dialect.id => 200,
        Some((_, false)) if dialect.id == DFXP.id => 150,
        Some(_) => 60,
        None => 0,
    }
}
