//! `zimu doctor`.

use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::{Value, json};
use zimu::diag::Lang;
use zimu::host::{PROGRAMS, Program};

pub(super) fn run(cx: &Cx) -> Outcome {
    let version = env!("CARGO_PKG_VERSION");
    let language = super::choice::MESSAGES.iter().find(|(lang, ..)| *lang == cx.lang).map_or("", |(_, name, _)| name);
    let programs: String = PROGRAMS.iter().map(|program| row(program, cx.lang)).collect();
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let text = format!("zimu {version} ({system}), --messages {language}\n{programs}");
    let found: Vec<Value> = PROGRAMS.iter().map(|program| data(program, cx.lang)).collect();
    Outcome::shown(text, json!({ "version": version, "system": system, "messages": language, "programs": found }))
}

fn purpose(program: &Program, lang: Lang) -> &'static str {
    match lang {
        Lang::En => program.purpose_en,
        Lang::Zh => program.purpose_zh,
    }
}

fn row(program: &Program, lang: Lang) -> String {
    let place = program.find().map_or(say::NOT_FOUND.say(lang, &[]), |path| path.display().to_string());
    format!("{:<9} {place}\n          {}\n", program.id, purpose(program, lang))
}

fn data(program: &Program, lang: Lang) -> Value {
    let path = program.find().map(|path| path.display().to_string());
    json!({ "id": program.id, "path": path, "variable": program.variable, "purpose": purpose(program, lang) })
}
