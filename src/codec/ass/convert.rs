//! A head in the other dialect: script type, styles, columns of events.

use super::columns::usual_line;
use super::style::{self, from_legacy, to_legacy};
use super::{Dialect, color, script};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::Rgba;

/// As `ScriptType` names it.
pub(super) fn type_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Ass => "v4.00+",
        Dialect::Ssa => "v4.00",
    }
}

/// Brings a head to a dialect that it is not in.
pub(super) fn head(head: &str, to: Dialect, report: &mut Report) -> String {
    let from_ssa = to == Dialect::Ass;
    let mut out = String::with_capacity(head.len());
    let mut columns = style::columns(if from_ssa { style::SSA_COLUMNS } else { style::ASS_COLUMNS });
    let mut section = String::new();
    for (_, line, _) in script::lines(head) {
        if let Some(name) = script::section(line) {
            section = name.to_ascii_lowercase();
        }
        let styles = matches!(section.as_str(), "v4 styles" | "v4+ styles");
        let written = match (script::section(line), script::value_of(line, "Format"), script::value_of(line, "Style")) {
            (Some(_), ..) if styles => (if from_ssa { "[V4+ Styles]" } else { "[V4 Styles]" }).to_owned(),
            (None, Some(list), _) if styles => {
                columns = style::columns(list);
                format!("Format: {}", target_columns(to))
            }
            (None, None, Some(values)) if styles => format!("Style: {}", converted(&columns, values, to, report)),
            (None, Some(_), _) if section == "events" => usual_line(to).to_owned(),
            _ if script::value_of(line, "ScriptType").is_some() => format!("ScriptType: {}", type_name(to)),
            _ => line.to_owned(),
        };
        out.extend([written.as_str(), "\n"]);
    }
    out
}

fn target_columns(to: Dialect) -> &'static str {
    match to {
        Dialect::Ass => style::ASS_COLUMNS,
        Dialect::Ssa => style::SSA_COLUMNS,
    }
}

/// What a column holds that the other dialect lacks, where nothing is said.
const USUAL: &[(&str, &str)] = &[
    ("underline", "0"),
    ("strikeout", "0"),
    ("scalex", "100"),
    ("scaley", "100"),
    ("spacing", "0"),
    ("angle", "0"),
    ("alphalevel", "0"),
];

/// The values of a style in the columns of the other dialect.
fn converted(columns: &[String], values: &str, to: Dialect, report: &mut Report) -> String {
    let values: Vec<(&str, &str)> = style::values(columns, values).collect();
    let find = |name: &str| values.iter().find(|(column, _)| *column == name).map(|(_, value)| *value);
    let style = find("name").unwrap_or_default();
    let targets = style::columns(target_columns(to));
    for (column, value) in &values {
        let usual = USUAL.iter().find(|(name, _)| name == column).map(|(_, usual)| *usual);
        if usual.is_some_and(|usual| usual != *value) && !targets.iter().any(|target| target == column) {
            lost(report, style, column, value);
        }
    }
    let mut value_of = |target: &str| -> String {
        match target {
            "outlinecolour" => recolored(find("tertiarycolour").unwrap_or("0"), to, report, style, target),
            "tertiarycolour" => recolored(find("outlinecolour").unwrap_or("0"), to, report, style, target),
            "primarycolour" | "secondarycolour" | "backcolour" => {
                recolored(find(target).unwrap_or("0"), to, report, style, target)
            }
            "alignment" => {
                let number: u8 = find(target).and_then(|value| value.parse().ok()).unwrap_or(2);
                match to {
                    Dialect::Ass => from_legacy(number).unwrap_or(2),
                    Dialect::Ssa => to_legacy(number),
                }
                .to_string()
            }
            _ => find(target)
                .or_else(|| USUAL.iter().find(|(name, _)| *name == target).map(|(_, usual)| *usual))
                .unwrap_or("0")
                .to_owned(),
        }
    };
    targets.iter().map(|target| value_of(target)).collect::<Vec<_>>().join(",")
}

/// A colour as the dialect spells it; SSA has no opacity.
fn recolored(value: &str, to: Dialect, report: &mut Report, style: &str, column: &str) -> String {
    let Some(color) = color::of_style(value) else { return value.to_owned() };
    match to {
        Dialect::Ass => color::ass_style(Rgba { a: u8::MAX, ..color }),
        Dialect::Ssa => {
            if color.a != u8::MAX {
                lost(report, style, column, value);
            }
            color::ssa_style(color)
        }
    }
}

fn lost(report: &mut Report, style: &str, column: &str, value: &str) {
    let lost = Diagnostic::new(loss::STYLE_COLUMN, Location::FILE);
    report.push(lost.with("column", column).with("value", value).with("style", style));
}
