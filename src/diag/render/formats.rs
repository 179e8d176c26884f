//! The formats of reports: help, documents and tests walk this one list.

use super::{Run, concise, csv, github, html, junit, run_json, run_text, sarif};
use crate::error::{Error, ErrorKind, Result};

/// A format of reports.
pub struct ReportFormat {
    /// As `--format` takes it.
    pub id: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// The extensions of its files; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// It tells programs which stretches of a file fixes replace.
    pub tells_fixes: bool,
    /// Writes a run.
    pub render: fn(&Run<'_>) -> String,
}

/// For people at a terminal.
pub static TEXT: ReportFormat = ReportFormat {
    id: "text",
    about: "Each finding with the line it is about, the worst files first",
    extensions: &["txt"],
    tells_fixes: false,
    render: run_text::render,
};

/// Every format of reports, once.
pub static REPORT_FORMATS: &[&ReportFormat] = &[
    &TEXT,
    &ReportFormat {
        id: "concise",
        about: "A line each, `file:line:column: severity[code] message`, for editors and grep",
        extensions: &["log"],
        tells_fixes: false,
        render: concise::render,
    },
    &ReportFormat {
        id: "json",
        about: "One object, the same as with --json",
        extensions: &["json"],
        tells_fixes: false,
        render: run_json::render,
    },
    &ReportFormat {
        id: "sarif",
        about: "SARIF 2.1.0, for code scanning and editors",
        extensions: &["sarif"],
        tells_fixes: true,
        render: sarif::render,
    },
    &ReportFormat {
        id: "github",
        about: "Annotations in a GitHub workflow",
        extensions: &[],
        tells_fixes: false,
        render: github::render,
    },
    &ReportFormat {
        id: "junit",
        about: "JUnit XML, for Jenkins and GitLab: a suite for each file",
        extensions: &["xml"],
        tells_fixes: false,
        render: junit::render,
    },
    &ReportFormat {
        id: "csv",
        about: "A row for each finding, for spreadsheets",
        extensions: &["csv"],
        tells_fixes: false,
        render: csv::render,
    },
    &ReportFormat {
        id: "html",
        about: "A page to read and to pass on: one file, no scripts, nothing from the network",
        extensions: &["html", "htm"],
        tells_fixes: false,
        render: html::render,
    },
];

impl ReportFormat {
    /// The format of this id.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is none; the remedy lists those that there are.
    ///
    /// ```
    /// use zimu::diag::render::ReportFormat;
    /// assert_eq!(ReportFormat::by_id("sarif").unwrap().extensions, ["sarif"]);
    /// assert!(ReportFormat::by_id("xls").is_err());
    /// ```
    pub fn by_id(id: &str) -> Result<&'static Self> {
        let ids = || REPORT_FORMATS.iter().map(|format| format.id).collect::<Vec<_>>().join(", ");
        REPORT_FORMATS.iter().find(|format| format.id == id).copied().ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no format of reports is called `{id}`"))
                .with_remedy(format!("there are {}", ids()))
                .with_chinese(format!("没有名为“{id}”的报告格式"))
                .with_chinese_remedy(format!("可用：{}", ids()))
        })
    }

    /// The format whose files have this extension, in any case.
    pub fn by_extension(extension: &str) -> Option<&'static Self> {
        let known = |format: &&&Self| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
        REPORT_FORMATS.iter().find(known).copied()
    }
}

impl std::fmt::Debug for ReportFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}
