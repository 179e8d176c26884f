//! `zimu profiles`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::diag::Lang;
use zimu::lang::LangTag;
use zimu::profile::{BUILTIN, Builtin, Described, Profile, builtin, describe};
use zimu::{Result, pipeline};

const AFTER_HELP: &str = "\
Examples:
  zimu profiles
  zimu profiles netflix-zh-hans
  zimu profiles netflix-ja-children
  zimu profiles ours.toml";

/// List the house styles, or show one: every number with its source
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Show this one
    #[arg(value_name = "NAME|FILE.toml")]
    name: Option<String>,
}

pub(super) fn run(args: &Args, cx: &Cx) -> Result<Outcome> {
    if let Some(name) = &args.name {
        let profile = pipeline::profile(name)?;
        return Ok(Outcome::shown(describe(&profile, cx.lang), one(&profile, cx.lang)));
    }
    let profiles: Vec<(&Builtin, Profile)> =
        BUILTIN.iter().map(|row| Ok((row, builtin(row.id)?))).collect::<Result<_>>()?;
    let text = profiles.iter().map(|(row, profile)| line(row, profile, cx.lang)).collect();
    let all: Vec<Value> = profiles.iter().map(|(row, profile)| data(row, profile)).collect();
    Ok(Outcome::shown(text, json!({ "profiles": all })))
}

fn lang(profile: &Profile) -> &str {
    profile.lang.as_ref().map_or("any", LangTag::as_str)
}

fn line(row: &Builtin, profile: &Profile, language: Lang) -> String {
    let variants: Vec<String> = row.variants.iter().map(|variant| format!("-{variant}")).collect();
    let variants = match (variants.is_empty(), language) {
        (true, _) => String::new(),
        (false, Lang::En) => format!(" (also {})", variants.join(", ")),
        (false, Lang::Zh) => format!("（另有 {}）", variants.join("、")),
    };
    format!("{:<18}{:<10}{}{variants}\n", row.id, lang(profile), profile.name)
}

fn data(row: &Builtin, profile: &Profile) -> Value {
    let variants: Vec<String> = row.variants.iter().map(|variant| format!("{}-{variant}", row.id)).collect();
    json!({ "id": row.id, "language": lang(profile), "name": profile.name, "variants": variants })
}

/// One profile: its settings with their sources, and the text for people.
fn one(profile: &Profile, language: Lang) -> Value {
    let setting = |Described { key, title, value }: Described<'_>| {
        let (value, origin) = value?;
        // The names of statuses in data are the English ones, whatever the language of the messages.
        let status = origin.status.name(Lang::En);
        let (source, clause, date) = (&origin.source, &origin.clause, &origin.date);
        Some(json!({
            "key": key, "title": title, "value": value, "status": status, "source": source, "clause": clause, "date": date,
        }))
    };
    let settings: Vec<Value> = profile.described(language).filter_map(setting).collect();
    let text = describe(profile, language);
    json!({ "id": profile.id, "language": lang(profile), "name": profile.name, "settings": settings, "text": text })
}
