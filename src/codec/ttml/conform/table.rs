//! What may stand where, and what values are: elements and attributes of the profiles, each with its clause.

use super::value::Grammar;
use crate::codec::ttml::namespace::Ns;

/// IMSC 1.1 Text.
pub(super) const I11: u8 = 1;
/// IMSC 1.0.1 Text.
pub(super) const I10: u8 = 2;
/// EBU-TT-D.
pub(super) const EBU: u8 = 4;
const IMSC: u8 = I11 | I10;
const ALL: u8 = I11 | I10 | EBU;

/// An element of TTML: where it may stand, in which standards, and which clause says so. Metadata may stand anywhere.
pub(super) static ELEMENTS: &[(&str, &[&str], u8, &str)] = &[
    ("tt", &[""], ALL, "TTML2 §8.1.1"),
    ("head", &["tt"], ALL, "TTML2 §8.1.2"),
    ("body", &["tt"], ALL, "TTML2 §8.1.3"),
    ("div", &["body", "div"], IMSC, "TTML2 §8.1.4"),
    ("div", &["body"], EBU, "EBU Tech 3380, tt:div"),
    ("p", &["div"], ALL, "TTML2 §8.1.5"),
    ("span", &["p", "span"], IMSC, "TTML2 §8.1.6"),
    ("span", &["p"], EBU, "EBU Tech 3380, tt:span"),
    ("br", &["p", "span"], ALL, "TTML2 §8.1.7"),
    ("styling", &["head"], ALL, "TTML2 §10.1.3"),
    ("layout", &["head"], ALL, "TTML2 §11.1.1"),
    ("style", &["styling", "region"], IMSC, "TTML2 §10.1.2"),
    ("style", &["styling"], EBU, "EBU Tech 3380, tt:styling"),
    ("initial", &["styling"], I11, "IMSC 1.1 §8.3 #initial"),
    ("region", &["layout"], ALL, "TTML2 §11.1.2"),
    ("set", &["region", "body", "div", "p", "span", "br"], IMSC, "IMSC 1.1 §8.3 #set"),
];

/// Any element of TTML.
const ANY: &[&str] = &["*"];
const TT: &[&str] = &["tt"];
const CONTENT: &[&str] = &["body", "div", "p", "span"];
const TIMED: &[&str] = &["body", "div", "p", "span", "region", "set"];
const REFERS: &[&str] = &["body", "div", "p", "span", "region", "style", "br"];
const STYLED: &[&str] = &["style", "initial", "region", "body", "div", "p", "span", "br", "set"];
const BLOCKS: &[&str] = &["style", "region", "body", "div", "p"];

/// An attribute of IMSC ([`super::ebu`] has those of EBU-TT-D): its standards, the elements it may stand on, its values, its clause.
pub(super) type AttributeRow = (Ns, &'static str, u8, &'static [&'static str], Grammar, &'static str);

use Grammar as G;
use Ns::{EbuStyle, ImscParameter, ImscStyle, Metadata, None as Plain, Parameter, Smpte, Style, Xml};

/// `%`, `px`, `em`; cells are prohibited by IMSC 1.1 §8.3 #length-cell, root-relative ones allowed by #length-root-container-relative.
const TEXT_UNITS: &[&str] = &["%", "px", "em", "rw", "rh"];
const BOX_UNITS: &[&str] = &["%", "px", "rw", "rh"];
const ORIGIN_UNITS: &[&str] = &["%", "px"];

pub(super) static ATTRIBUTES: &[AttributeRow] = &[
    (Xml, "id", IMSC, ANY, G::Name, "XML id 1.0"),
    (Xml, "lang", IMSC, ANY, G::Any, "TTML2 §8.2.2"),
    (Xml, "space", IMSC, ANY, G::OneOf(&["default", "preserve"]), "TTML2 §8.2.3"),
    (Xml, "base", IMSC, ANY, G::Any, "TTML2 §8.2.5"),
    (Plain, "begin", IMSC, TIMED, G::Time, "TTML2 §12.2.1"),
    (Plain, "end", IMSC, TIMED, G::Time, "TTML2 §12.2.3"),
    (Plain, "dur", IMSC, TIMED, G::Time, "TTML2 §12.2.2"),
    (Plain, "timeContainer", IMSC, &["body", "div", "p", "span", "region"], G::OneOf(&["par", "seq"]), "TTML2 §12.2.4"),
    (Plain, "region", IMSC, CONTENT, G::Region, "TTML2 §11.2.1"),
    (Plain, "style", IMSC, REFERS, G::Styles, "TTML2 §10.1.2"),
    (Plain, "fill", IMSC, &["set"], G::OneOf(&["remove", "freeze"]), "TTML2 §13.2.2"),
    (Plain, "repeatCount", IMSC, &["set"], G::Any, "TTML2 §13.2.5"),
    (Parameter, "cellResolution", IMSC, TT, G::Counts(2), "TTML2 §7.2.1"),
    (Parameter, "contentProfiles", I11, TT, G::OneOf(IMSC_11_PROFILES), "IMSC 1.1 §7.3"),
    (Parameter, "profile", I10, TT, G::OneOf(IMSC_10_PROFILES), "IMSC 1.0.1 §6.10"),
    (Parameter, "displayAspectRatio", I11, TT, G::Counts(2), "TTML2 §7.2.2"),
    (Parameter, "frameRate", IMSC, TT, G::Counts(1), "TTML2 §7.2.5"),
    (Parameter, "frameRateMultiplier", IMSC, TT, G::Counts(2), "TTML2 §7.2.6"),
    (Parameter, "tickRate", IMSC, TT, G::Counts(1), "TTML2 §7.2.13"),
    (Parameter, "timeBase", IMSC, TT, G::OneOf(&["media"]), "IMSC 1.1 §8.3 #timeBase-media"),
    (ImscParameter, "aspectRatio", IMSC, TT, G::Counts(2), "IMSC 1.1 §8.4.3"),
    (ImscParameter, "progressivelyDecodable", IMSC, TT, G::OneOf(&["true", "false"]), "IMSC 1.1 §8.4.2"),
    (ImscParameter, "activeArea", IMSC, TT, G::Lengths(4, 4, &["%"]), "IMSC 1.1 §8.4.4"),
    (ImscStyle, "forcedDisplay", IMSC, STYLED, G::OneOf(&["true", "false"]), "IMSC 1.1 §8.4.5"),
    (ImscStyle, "fillLineGap", IMSC, STYLED, G::OneOf(&["true", "false"]), "IMSC 1.1 §8.4.9"),
    (EbuStyle, "linePadding", IMSC, BLOCKS, G::Lengths(1, 1, &["c"]), "IMSC 1.1 §8.4.7"),
    (EbuStyle, "multiRowAlign", IMSC, BLOCKS, G::OneOf(&["start", "center", "end", "auto"]), "IMSC 1.1 §8.4.8"),
    (Metadata, "agent", IMSC, ANY, G::Any, "TTML2 §14.2.1"),
    (Metadata, "role", IMSC, ANY, G::Any, "TTML2 §14.2.2"),
    (Smpte, "backgroundImage", IMSC, &["div"], G::ImageProfile, "IMSC 1.1 §8.3"),
    (Style, "extent", IMSC, TT, G::Pixels, "TTML2 §10.2.11"),
    (Style, "backgroundColor", IMSC, STYLED, G::Color, "TTML2 §10.2.4"),
    (Style, "color", IMSC, STYLED, G::Color, "TTML2 §10.2.8"),
    (Style, "direction", IMSC, STYLED, G::OneOf(&["ltr", "rtl"]), "TTML2 §10.2.7"),
    (Style, "disparity", I11, STYLED, G::Signed(TEXT_UNITS), "TTML2 §10.2.8"),
    (Style, "display", IMSC, STYLED, G::OneOf(&["auto", "none", "inlineBlock"]), "TTML2 §10.2.9"),
    (Style, "displayAlign", IMSC, STYLED, G::OneOf(&["before", "center", "after"]), "IMSC 1.1 §8.3 #displayAlign"),
    (Style, "extent", IMSC, STYLED, G::Box(BOX_UNITS), "IMSC 1.1 §8.3 #extent-region"),
    (Style, "fontFamily", IMSC, STYLED, G::Any, "TTML2 §10.2.13"),
    (Style, "fontSize", I11, STYLED, G::Lengths(1, 1, TEXT_UNITS), "IMSC 1.1 §8.3 #fontSize-anamorphic"),
    (Style, "fontSize", I10, STYLED, G::FontSize(TEXT_UNITS), "IMSC 1.0.1 §7.2 #fontSize-anamorphic"),
    (Style, "fontStyle", IMSC, STYLED, G::OneOf(&["normal", "italic", "oblique"]), "TTML2 §10.2.17"),
    (Style, "fontWeight", IMSC, STYLED, G::OneOf(&["normal", "bold"]), "TTML2 §10.2.19"),
    (Style, "lineHeight", IMSC, STYLED, G::Word("normal", &G::Lengths(1, 1, TEXT_UNITS)), "TTML2 §10.2.22"),
    (Style, "luminanceGain", I11, STYLED, G::Number, "TTML2 §10.2.24"),
    (Style, "opacity", IMSC, STYLED, G::Number, "TTML2 §10.2.25"),
    (Style, "origin", IMSC, STYLED, G::Box(ORIGIN_UNITS), "IMSC 1.1 §8.3 #origin"),
    (Style, "overflow", IMSC, STYLED, G::OneOf(&["visible", "hidden"]), "TTML2 §10.2.27"),
    (Style, "padding", IMSC, STYLED, G::Lengths(1, 4, TEXT_UNITS), "TTML2 §10.2.28"),
    (Style, "position", I11, STYLED, G::Position, "TTML2 §10.2.30"),
    (
        Style,
        "ruby",
        I11,
        STYLED,
        G::OneOf(&["none", "container", "base", "baseContainer", "text", "textContainer", "delimiter"]),
        "TTML2 §10.2.31",
    ),
    (
        Style,
        "rubyAlign",
        I11,
        STYLED,
        G::OneOf(&["start", "center", "end", "spaceAround", "spaceBetween", "withBase", "auto"]),
        "TTML2 §10.2.32",
    ),
    (Style, "rubyPosition", I11, STYLED, G::OneOf(&["before", "after", "outside"]), "TTML2 §10.2.33"),
    (Style, "rubyReserve", I11, STYLED, G::Reserve(TEXT_UNITS), "TTML2 §10.2.34"),
    (Style, "shear", I11, STYLED, G::Signed(&["%"]), "TTML2 §10.2.35"),
    (Style, "showBackground", IMSC, STYLED, G::OneOf(&["always", "whenActive"]), "TTML2 §10.2.36"),
    (
        Style,
        "textAlign",
        IMSC,
        STYLED,
        G::OneOf(&["left", "center", "right", "start", "end"]),
        "IMSC 1.1 §8.3 #textAlign",
    ),
    (Style, "textCombine", I11, STYLED, G::OneOf(&["none", "all"]), "IMSC 1.1 §8.3 #textCombine"),
    (
        Style,
        "textDecoration",
        IMSC,
        STYLED,
        G::Words(&["none", "underline", "noUnderline", "lineThrough", "noLineThrough", "overline", "noOverline"]),
        "TTML2 §10.2.39",
    ),
    (
        Style,
        "textEmphasis",
        I11,
        STYLED,
        G::Emphasis(&[
            "none", "auto", "filled", "open", "circle", "dot", "sesame", "current", "before", "after", "outside",
        ]),
        "TTML2 §10.2.40",
    ),
    (Style, "textOutline", IMSC, STYLED, G::Outline(TEXT_UNITS), "IMSC 1.1 §8.3 #textOutline-unblurred"),
    (Style, "textShadow", I11, STYLED, G::Shadow(TEXT_UNITS), "TTML2 §10.2.43"),
    (Style, "unicodeBidi", IMSC, STYLED, G::OneOf(&["normal", "embed", "bidiOverride", "isolate"]), "TTML2 §10.2.44"),
    (Style, "visibility", IMSC, STYLED, G::OneOf(&["visible", "hidden"]), "TTML2 §10.2.45"),
    (Style, "wrapOption", IMSC, STYLED, G::OneOf(&["wrap", "noWrap"]), "TTML2 §10.2.46"),
    (
        Style,
        "writingMode",
        IMSC,
        STYLED,
        G::OneOf(&["lrtb", "rltb", "tbrl", "tblr", "lr", "rl", "tb"]),
        "TTML2 §10.2.47",
    ),
    (Style, "zIndex", IMSC, STYLED, G::Word("auto", &G::Signed(&[""])), "TTML2 §10.2.48"),
];

const IMSC_11_PROFILES: &[&str] =
    &["http://www.w3.org/ns/ttml/profile/imsc1.1/text", "http://www.w3.org/ns/ttml/profile/imsc1.1/image"];
const IMSC_10_PROFILES: &[&str] =
    &["http://www.w3.org/ns/ttml/profile/imsc1/text", "http://www.w3.org/ns/ttml/profile/imsc1/image"];
