//! A command line that makes no sense: clap's findings in both languages.

use super::args::COMMANDS;
use super::choice;
use super::outcome::Cx;
use clap::error::{ContextKind, ContextValue, ErrorKind as ClapKind};
use std::error::Error as _;
use std::ffi::OsString;
use zimu::diag::Lang;
use zimu::{Error, ErrorKind, host};

/// Help and version are no failures; anything else is a wrong use, told in the envelope if `--json` stands anywhere.
pub(super) fn refuse(error: &clap::Error) -> u8 {
    if matches!(error.kind(), ClapKind::DisplayHelp | ClapKind::DisplayVersion) {
        let _ = error.print();
        return 0;
    }
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (lang, json) = (language(&arguments), arguments.iter().any(|argument| argument == "--json"));
    if !json && lang == Lang::En {
        let _ = error.print();
        return ErrorKind::Usage.class().exit;
    }
    let command = COMMANDS.iter().find(|name| arguments.iter().any(|argument| argument == *name));
    Cx::new(command.copied().unwrap_or_default(), lang, json).finish(Err(usage(error)))
}

/// What `--messages` asks for, although the command line as a whole was not understood.
fn language(arguments: &[OsString]) -> Lang {
    let texts: Vec<&str> = arguments.iter().map(|argument| argument.to_str().unwrap_or_default()).collect();
    let apart = texts.windows(2).filter_map(|pair| matches!(pair, ["--messages", _]).then(|| pair.last().copied())?);
    let joined = texts.iter().filter_map(|text| text.strip_prefix("--messages="));
    let asked = apart.chain(joined).last();
    let known = choice::MESSAGES.iter().find(|(_, name, _)| Some(*name) == asked);
    known.map_or_else(host::environment::message_language, |(lang, ..)| *lang)
}

/// clap's words, taken apart: the sentence, and its tips as the remedy.
fn usage(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (message, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let tips: Vec<&str> = rest.lines().filter_map(|line| line.trim().strip_prefix("tip: ")).collect();
    let remedy = if tips.is_empty() { "see --help".to_owned() } else { tips.join("; ") };
    let (chinese, chinese_remedy) = chinese(error);
    Error::new(ErrorKind::Usage, one_line(message))
        .with_remedy(remedy)
        .with_chinese(chinese)
        .with_chinese_remedy(chinese_remedy)
}

/// The sentence and the remedy in Chinese.
fn chinese(error: &clap::Error) -> (String, String) {
    let said = |kind| error.get(kind).map_or(String::new(), plain);
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let cause = error.source().and_then(|cause| cause.downcast_ref::<Error>());
    let sentence = match error.kind() {
        ClapKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值"),
        ClapKind::InvalidValue | ClapKind::ValueValidation => {
            let why = cause.map_or(String::new(), |cause| format!("：{}", cause.chinese()));
            format!("{argument} 的值“{value}”无效{why}")
        }
        ClapKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ClapKind::InvalidSubcommand => format!("没有“{}”这个命令", said(ContextKind::InvalidSubcommand)),
        ClapKind::MissingRequiredArgument => format!("缺少必需的参数：{argument}"),
        ClapKind::MissingSubcommand | ClapKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ClapKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", said(ContextKind::PriorArg)),
        ClapKind::TooManyValues | ClapKind::TooFewValues | ClapKind::WrongNumberOfValues => {
            format!("{argument} 的值个数不对")
        }
        _ => "命令行写法有误".to_owned(),
    };
    let remedy = cause.and_then(Error::chinese_remedy).map(str::to_owned);
    (sentence, remedy.unwrap_or_else(|| advice(error)))
}

/// The nearest name, or all there are.
fn advice(error: &clap::Error) -> String {
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(name) = near.into_iter().find_map(|kind| error.get(kind)) {
        return format!("是否要用 {}？", plain(name));
    }
    match error.get(ContextKind::ValidValue).or_else(|| error.get(ContextKind::ValidSubcommand)) {
        Some(all) if !plain(all).is_empty() => format!("可用：{}", plain(all)),
        _ => "用法见 --help".to_owned(),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::args::Cli;
    use super::*;
    use clap::Parser;

    #[test]
    fn every_misuse_has_a_chinese_sentence_and_advice() {
        for (line, sentence, remedy) in [
            ("convert", "缺少必需的参数：<FILE|FOLDER|PATTERN>...", "用法见 --help"),
            ("convert a --form srt", "没有“--form”这个参数", "是否要用 --from？"),
            ("convrt a", "没有“convrt”这个命令", "是否要用 convert？"),
            ("align a --gloss rubi", "--gloss <HOW> 的值“rubi”无效", "是否要用 ruby？"),
            ("align a --gloss", "--gloss <HOW> 缺少值", "可用：keep、spoken、gloss、line、ruby、off"),
            (
                "convert a --to sbt",
                "--to <ID,…> 的值“sbt”无效：未知的格式“sbt”；是否要用 `srt`？",
                "`zimu formats` 列出全部格式",
            ),
            (
                "align a --duration x",
                "--duration <LENGTH> 的值“x”无效：请写作 5:59、359、359s、0:05:59.5、5m59s、PT5M59S 或 5分59秒",
                "用法见 --help",
            ),
        ] {
            let words = std::iter::once("zimu").chain(line.split(' '));
            let Err(error) = Cli::try_parse_from(words) else { panic!("{line} is taken") };
            assert_eq!(chinese(&error), (sentence.to_owned(), remedy.to_owned()), "{line}");
        }
    }

    #[test]
    fn the_language_is_known_although_the_line_is_not_understood() {
        for (line, lang) in
            [("x --messages zh", Lang::Zh), ("--messages=zh x", Lang::Zh), ("--messages zh --messages en", Lang::En)]
        {
            assert_eq!(language(&line.split(' ').map(OsString::from).collect::<Vec<_>>()), lang, "{line}");
        }
    }
}
