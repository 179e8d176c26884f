//! `zimu profiles`.

use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use zimu::lang::LangTag;
use zimu::profile::{BUILTIN, Profile, builtin, describe};
use zimu::{Result, pipeline};

const AFTER_HELP: &str = "\
Examples:
  zimu profiles
  zimu profiles netflix-zh-hans
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
        let text = describe(&profile, cx.lang);
        return Ok(Outcome::shown(text.clone(), json!({ "id": profile.id, "name": profile.name, "text": text })));
    }
    let profiles: Vec<Profile> = BUILTIN.iter().map(|(id, _)| builtin(id)).collect::<Result<_>>()?;
    let text = profiles.iter().map(row).collect();
    let all: Vec<Value> = profiles.iter().map(data).collect();
    Ok(Outcome::shown(text, json!({ "profiles": all })))
}

fn lang(profile: &Profile) -> &str {
    profile.lang.as_ref().map_or("any", LangTag::as_str)
}

fn row(profile: &Profile) -> String {
    format!("{:<18}{:<10}{}\n", profile.id, lang(profile), profile.name)
}

fn data(profile: &Profile) -> Value {
    json!({ "id": profile.id, "language": lang(profile), "name": profile.name })
}
