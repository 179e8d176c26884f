//! What the environment asks for.

use crate::diag::Lang;
use std::io::IsTerminal;

/// The language of messages: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set decides; English unless Chinese.
pub fn message_language() -> Lang {
    language_of(|name| std::env::var(name).ok())
}

/// Standard error is a terminal that shows colours, and nobody asked for none (`NO_COLOR`, <https://no-color.org>).
pub fn color_on_stderr() -> bool {
    colors_are_wanted() && std::io::stderr().is_terminal()
}

/// The same for standard output.
pub fn color_on_stdout() -> bool {
    colors_are_wanted() && std::io::stdout().is_terminal()
}

fn colors_are_wanted() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

// POSIX.1-2017, §8.2: the precedence of the variables; an empty one counts as unset.
fn language_of(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = names.iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    match locale {
        Some(locale) if locale.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let with = |set: &[(&str, &str)]| {
            language_of(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(with(&[]), Lang::En);
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(with(&[("LC_MESSAGES", "zh_TW"), ("LC_ALL", "")]), Lang::Zh);
    }
}
