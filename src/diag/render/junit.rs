//! A run as JUnit XML, as Jenkins (junit-10.xsd of its xUnit plugin) and GitLab read it.

use super::escape::{escaped, xml};
use super::finding::Located;
use super::{Findings, Run, error_sentence, sentence};
use crate::diag::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A suite for each file, in it a case for each code that was met: failed if a finding of it fails the run, otherwise passed
/// with what was found as its output. A file without findings is one case that passed; one that could not be judged, one with
/// an error.
pub(super) fn render(run: &Run<'_>) -> String {
    let suites: Vec<Suite> = run.files.iter().map(|file| Suite::new(file, run)).collect();
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).fold(0, usize::saturating_add);
    let (tests, failures, errors) = (sum(|suite| suite.tests), sum(|suite| suite.failures), sum(|suite| suite.errors));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ =
        writeln!(out, "<testsuites name=\"zimu check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">");
    for (suite, file) in suites.iter().zip(run.files) {
        let (name, Suite { tests, failures, errors, cases }) = (xml(&escaped(&file.file)), suite);
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\"");
        let _ = writeln!(out, "  <testsuite name=\"{name}\" {counts} file=\"{name}\">\n{cases}  </testsuite>");
    }
    out + "</testsuites>\n"
}

#[derive(Default)]
struct Suite {
    tests: usize,
    failures: usize,
    errors: usize,
    /// Their elements.
    cases: String,
}

impl Suite {
    fn new(file: &Findings, run: &Run<'_>) -> Self {
        let (mut suite, class) = (Self::default(), xml(&escaped(&file.file)));
        if let Some(error) = &file.error {
            suite.errors = 1;
            let (kind, message) = (error.kind().class().name, xml(&escaped(&error_sentence(error, run.style.lang))));
            let error = format!("      <error type=\"{kind}\" message=\"{message}\"/>\n");
            suite.case(&class, kind, &error);
            return suite;
        }
        let mut codes: BTreeMap<Code, Vec<(&Diagnostic, &Located)>> = BTreeMap::new();
        file.items().for_each(|item| codes.entry(item.0.code).or_default().push(item));
        for (code, items) in codes {
            let worst = file.report.worst_of(code).unwrap_or(Severity::Note);
            let lines = xml_lines(&items, file.report.count(code), run);
            let fails = worst >= run.fail_on;
            suite.failures = suite.failures.saturating_add(usize::from(fails));
            let content = if fails {
                let first = items.first().map_or(String::new(), |(first, _)| xml(&sentence(first, run.style.lang)));
                format!("      <failure type=\"{}\" message=\"{first}\">{lines}</failure>\n", worst.name())
            } else {
                format!("      <system-out>{lines}</system-out>\n")
            };
            suite.case(&class, code.row().id, &content);
        }
        if suite.tests == 0 {
            let name = if file.profiles.is_empty() { "check".to_owned() } else { file.profiles.join(", ") };
            suite.case(&class, &name, "");
        }
        suite
    }

    fn case(&mut self, class: &str, name: &str, content: &str) {
        self.tests = self.tests.saturating_add(1);
        let start = format!("    <testcase classname=\"{class}\" name=\"{}\"", xml(name));
        let end = if content.is_empty() { "/>\n".to_owned() } else { format!(">\n{content}    </testcase>\n") };
        self.cases.extend([start, end]);
    }
}

/// `4:31: sentence`, a line each.
fn xml_lines(items: &[(&Diagnostic, &Located)], count: u64, run: &Run<'_>) -> String {
    let mut lines: Vec<String> = items
        .iter()
        .map(|(diagnostic, located)| {
            let (line, column) = located.place.map_or((1, 1), |place| (place.start.line, place.start.column));
            format!("{line}:{column}: {}", xml(&sentence(diagnostic, run.style.lang)))
        })
        .collect();
    let more = count.saturating_sub(items.len() as u64);
    if more > 0 {
        lines.push(format!("… +{more}"));
    }
    lines.join("\n")
}
