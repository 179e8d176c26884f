//! What EBU-TT-D narrows (EBU Tech 3380 version 1.0.1): attributes by the element that defines them, values by its data types.
//! Styles are only referred to, in percent, and colours are numbers.

use super::table::{AttributeRow, EBU};
use super::value::Grammar as G;
use crate::codec::ttml::namespace::Ns::{
    EbuStyle, ImscParameter, ImscStyle, Metadata, None as Plain, Parameter, Style, Xml,
};

const ANY: &[&str] = &["*"];
const TT: &[&str] = &["tt"];
const STYLE: &[&str] = &["style"];
const REGION: &[&str] = &["region"];
const PERCENT: &[&str] = &["%"];
const HEAD_TYPES: &str = "EBU Tech 3380, tt:tt";
const STYLE_TYPES: &str = "EBU Tech 3380, tt:style";
const REGION_TYPES: &str = "EBU Tech 3380, tt:region";
const LENGTH: &str = "EBU Tech 3380, distributionLengthType";
const COLOR: &str = "EBU Tech 3380, distributionColorType";
const TIME: &str = "EBU Tech 3380, distributionMediaTimingType";

pub(super) static ATTRIBUTES: &[AttributeRow] = &[
    (Xml, "id", EBU, ANY, G::Name, "XML id 1.0"),
    (Xml, "lang", EBU, &["tt", "div", "p", "span"], G::Any, HEAD_TYPES),
    (Xml, "space", EBU, &["tt", "p", "span"], G::OneOf(&["default", "preserve"]), HEAD_TYPES),
    (Plain, "begin", EBU, &["p", "span"], G::MediaTime, TIME),
    (Plain, "end", EBU, &["p", "span"], G::MediaTime, TIME),
    (Plain, "region", EBU, &["div", "p"], G::Region, "EBU Tech 3380, tt:p"),
    (Plain, "style", EBU, &["body", "div", "p", "span", "region"], G::Styles, "EBU Tech 3380, tt:p"),
    (Parameter, "cellResolution", EBU, TT, G::Counts(2), "EBU Tech 3380, cellResolutionType"),
    (Parameter, "timeBase", EBU, TT, G::OneOf(&["media"]), HEAD_TYPES),
    (ImscParameter, "activeArea", EBU, TT, G::Lengths(4, 4, PERCENT), HEAD_TYPES),
    (Metadata, "agent", EBU, ANY, G::Any, "TTML1 §12.2.1"),
    (Metadata, "role", EBU, ANY, G::Any, "TTML1 §12.2.2"),
    (Style, "direction", EBU, STYLE, G::OneOf(&["ltr", "rtl"]), STYLE_TYPES),
    (Style, "fontFamily", EBU, STYLE, G::Any, "EBU Tech 3380, fontFamilyType"),
    (Style, "fontSize", EBU, STYLE, G::Lengths(1, 2, PERCENT), LENGTH),
    (
        Style,
        "lineHeight",
        EBU,
        STYLE,
        G::Word("normal", &G::Lengths(1, 1, PERCENT)),
        "EBU Tech 3380, distributionLineHeightType",
    ),
    (Style, "textAlign", EBU, STYLE, G::OneOf(&["left", "center", "right", "start", "end"]), STYLE_TYPES),
    (Style, "color", EBU, STYLE, G::Hex, COLOR),
    (Style, "backgroundColor", EBU, STYLE, G::Hex, COLOR),
    (Style, "fontStyle", EBU, STYLE, G::OneOf(&["normal", "italic"]), STYLE_TYPES),
    (Style, "fontWeight", EBU, STYLE, G::OneOf(&["normal", "bold"]), STYLE_TYPES),
    (Style, "textDecoration", EBU, STYLE, G::OneOf(&["none", "underline"]), STYLE_TYPES),
    (Style, "unicodeBidi", EBU, STYLE, G::OneOf(&["normal", "embed", "bidiOverride"]), STYLE_TYPES),
    (Style, "wrapOption", EBU, STYLE, G::OneOf(&["wrap", "noWrap"]), STYLE_TYPES),
    (EbuStyle, "multiRowAlign", EBU, STYLE, G::OneOf(&["start", "center", "end", "auto"]), STYLE_TYPES),
    (EbuStyle, "linePadding", EBU, STYLE, G::Lengths(1, 1, &["c"]), "EBU Tech 3380, linePaddingType"),
    (ImscStyle, "fillLineGap", EBU, STYLE, G::OneOf(&["true", "false"]), STYLE_TYPES),
    (Style, "origin", EBU, REGION, G::Lengths(2, 2, PERCENT), LENGTH),
    (Style, "extent", EBU, REGION, G::Lengths(2, 2, PERCENT), LENGTH),
    (Style, "padding", EBU, REGION, G::Lengths(1, 4, PERCENT), LENGTH),
    (Style, "displayAlign", EBU, REGION, G::OneOf(&["before", "center", "after"]), REGION_TYPES),
    (Style, "overflow", EBU, REGION, G::OneOf(&["visible", "hidden"]), REGION_TYPES),
    (Style, "showBackground", EBU, REGION, G::OneOf(&["always", "whenActive"]), REGION_TYPES),
    (Style, "writingMode", EBU, REGION, G::OneOf(&["lrtb", "rltb", "tbrl", "tblr", "lr", "rl", "tb"]), REGION_TYPES),
];
