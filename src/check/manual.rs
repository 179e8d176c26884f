//! The manual of a rule: its doc comment.

use super::rule::Rule;
use std::fmt::Write as _;

/// An example in a manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Id of the format it is in.
    pub format: String,
    /// What the rule says of it.
    pub verdict: Verdict,
    /// The profile it is judged by.
    pub profile: String,
    /// Settings that differ from the profile's, `key=value`, and `media=`, `fps=` and `shot=`.
    pub settings: Vec<String>,
    /// The captions.
    pub text: String,
}

/// What a rule says of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// At least one finding.
    Fails,
    /// None.
    Passes,
}

impl Rule {
    /// What it asks, in one line.
    pub fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim().trim_end_matches('.')
    }

    /// Its manual, in Markdown, without the title.
    pub fn manual(&self) -> String {
        let lines = self.text.lines().skip(1).map(|line| line.strip_prefix(' ').unwrap_or(line));
        let text: Vec<&str> = lines.collect();
        text.join("\n").trim().to_owned()
    }

    /// The examples of its manual, in order. A fence says format, verdict, profile and settings:
    /// `srt fails netflix-en max_line=20`.
    pub fn examples(&self) -> Vec<Example> {
        let mut found = Vec::new();
        let mut open: Option<Example> = None;
        let manual = self.manual();
        for line in manual.lines() {
            match (line.strip_prefix("```"), open.take()) {
                (Some(_), Some(example)) => found.push(example),
                (Some(info), None) => open = example(info),
                (None, Some(mut example)) => {
                    example.text.push_str(line);
                    example.text.push('\n');
                    open = Some(example);
                }
                (None, None) => {}
            }
        }
        found
    }
}

/// The page docs/rules.md: every rule with its manual.
pub fn rules_page() -> String {
    let mut out = String::from(
        "# Rules\n\nWhat `zimu check` looks for; `zimu rules NAME` prints a manual. The numbers stand in profiles (profiles.md), each with its\n\
         source. Made from the manuals in `src/check/rules/`, whose examples are tested; `BLESS=1 cargo test rules_page` rewrites it.\n\n\
         | rule | severity | asks | 中文 | settings |\n|---|---|---|---|---|\n",
    );
    for rule in super::RULES {
        let settings: Vec<String> = rule.settings.iter().map(|key| format!("`{key}`")).collect();
        let (id, severity) = (rule.id(), rule.code.row().severity.name());
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "| [`{id}`](#{id}) | {severity} | {} | {} | {} |",
            rule.title(),
            rule.zh,
            settings.join(", ")
        );
    }
    for rule in super::RULES {
        let _ = write!(out, "\n## {}\n\n{}.\n\n{}\n", rule.id(), rule.title(), rule.manual());
    }
    out
}

fn example(info: &str) -> Option<Example> {
    let mut words = info.split_whitespace();
    let format = words.next()?.to_owned();
    let verdict = match words.next()? {
        "fails" => Verdict::Fails,
        "passes" => Verdict::Passes,
        _ => return None,
    };
    let profile = words.next().unwrap_or("default-any").to_owned();
    Some(Example { format, verdict, profile, settings: words.map(str::to_owned).collect(), text: String::new() })
}
