//! `zimu rules`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::Result;
use zimu::check::{RULES, Rule};
use zimu::diag::Lang;

const AFTER_HELP: &str = "\
Examples:
  zimu rules
  zimu rules reading-speed";

/// List the rules of `zimu check`, or show the manual of one
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Show this one
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(args: &Args, cx: &Cx) -> Result<Outcome> {
    match &args.name {
        Some(name) => {
            let rule = Rule::by_id(name)?;
            Ok(Outcome::shown(page(rule, cx.lang), data(rule)))
        }
        None => {
            let text = RULES.iter().map(|rule| row(rule, cx.lang)).collect();
            let all: Vec<Value> = RULES.iter().map(|rule| data(rule)).collect();
            Ok(Outcome::shown(text, json!({ "rules": all })))
        }
    }
}

fn title(rule: &Rule, lang: Lang) -> &'static str {
    match lang {
        Lang::En => rule.title(),
        Lang::Zh => rule.zh,
    }
}

fn row(rule: &Rule, lang: Lang) -> String {
    format!("{:<20}{:<9}{}\n", rule.id(), rule.code.row().severity.name(), title(rule, lang))
}

fn page(rule: &Rule, lang: Lang) -> String {
    let settings = match (rule.settings, lang) {
        ([], _) => String::new(),
        (settings, Lang::En) => format!("settings: {}\n", settings.join(", ")),
        (settings, Lang::Zh) => format!("设置：{}\n", settings.join("、")),
    };
    let (id, severity) = (rule.code.row().id, rule.code.row().severity.name());
    format!("{id} ({severity}): {}\n{settings}\n{}\n", title(rule, lang), rule.manual())
}

fn data(rule: &Rule) -> Value {
    json!({
        "id": rule.id(), "code": rule.code.row().id, "severity": rule.code.row().severity.name(),
        "title": rule.title(), "title_zh": rule.zh, "settings": rule.settings, "manual": rule.manual(),
    })
}
