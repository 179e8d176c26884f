//! The head of a file that is written: the track's own, or a plain one.

use super::script::{self, Script, end_of_head};
use super::{Dialect, ID, columns, convert, key, style};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::lang::LangTag;
use crate::model::{Extra, Track};

/// A script for cues that bring none: white Arial with an outline at the bottom of a picture of 1920 × 1080, a size that two lines of
/// a film have.
pub(super) fn plain_head(dialect: Dialect, title: Option<&str>, lang: Option<&LangTag>) -> String {
    let mut head = String::from("[Script Info]\n");
    if let Some(title) = title {
        head.extend(["Title: ", title, "\n"]);
    }
    if let Some(lang) = lang {
        head.extend(["Language: ", lang.as_str(), "\n"]);
    }
    head.push_str(match dialect {
        Dialect::Ass => "ScriptType: v4.00+\nWrapStyle: 0\nScaledBorderAndShadow: yes\n",
        Dialect::Ssa => "ScriptType: v4.00\n",
    });
    head.push_str("PlayResX: 1920\nPlayResY: 1080\n\n");
    let (section, columns, style) = match dialect {
        Dialect::Ass => ("[V4+ Styles]", style::ASS_COLUMNS, ASS_STYLE),
        Dialect::Ssa => ("[V4 Styles]", style::SSA_COLUMNS, SSA_STYLE),
    };
    head.extend([
        section,
        "\nFormat: ",
        columns,
        "\nStyle: ",
        style,
        "\n\n[Events]\n",
        columns::usual_line(dialect),
        "\n",
    ]);
    head
}

const ASS_STYLE: &str =
    "Default,Arial,72,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,3,1,2,60,60,50,1";
const SSA_STYLE: &str = "Default,Arial,72,16777215,255,0,0,0,0,1,3,1,2,60,60,50,0,1";

/// What is written before the events.
pub(super) struct Head {
    pub(super) text: String,
    /// The track's own head is not what is written: it was changed since, or is of the other dialect.
    pub(super) respelled: bool,
}

/// The head of a track's file.
pub(super) fn head(track: &Track, dialect: Dialect, report: &mut Report) -> Head {
    let title = track.header.as_deref().map(|header| one_line(header, report));
    let plain = || plain_head(dialect, title.as_deref(), track.lang.as_ref());
    let Some(own) = own(&track.extras) else { return Head { text: plain(), respelled: false } };
    let script = Script::read(own, dialect);
    let mut text = own.to_owned();
    let mut respelled = false;
    if script.dialect != dialect {
        report.push(
            Diagnostic::new(loss::STYLES_CONVERTED, Location::FILE)
                .with("from", convert::type_name(script.dialect))
                .with("to", convert::type_name(dialect)),
        );
        text = convert::head(own, dialect, report);
        respelled = true;
    }
    if script.title.as_deref() != title.as_deref() {
        text = with_info(&text, "Title", title.as_deref());
        respelled = true;
    }
    if script.lang != track.lang {
        text = with_info(&text, "Language", track.lang.as_ref().map(LangTag::as_str));
        respelled = true;
    }
    Head { text, respelled }
}

/// The head that a track brings, if it is one.
pub(super) fn own(extras: &[Extra]) -> Option<&str> {
    let own = extras.iter().find(|extra| extra.format == ID && extra.key == key::SCRIPT)?;
    let whole = own.value.ends_with('\n') && !own.value.contains('\r') && end_of_head(&own.value) == own.value.len();
    let events = script::lines(&own.value).any(|(_, line, _)| is_events(line));
    (whole && events).then_some(own.value.as_str())
}

fn is_events(line: &str) -> bool {
    script::section(line).is_some_and(|name| name.eq_ignore_ascii_case("events"))
}

/// A title is one line.
fn one_line(header: &str, report: &mut Report) -> String {
    let line = header.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if line != header {
        report.push(Diagnostic::new(loss::HEADER_CHANGED, Location::FILE).with("text", super::render::shorten(header)));
    }
    line
}

/// A head with another value in its script info.
fn with_info(head: &str, name: &str, value: Option<&str>) -> String {
    let mut out = String::with_capacity(head.len());
    let (mut inside, mut due) = (true, value);
    for (_, line, _) in script::lines(head) {
        let section = script::section(line);
        if let Some(section) = section {
            inside = section.eq_ignore_ascii_case("script info");
        } else if inside && script::value_of(line, name).is_some() {
            continue;
        }
        // Before another section if there is no script info.
        if section.is_some()
            && !inside
            && let Some(value) = due.take()
        {
            out.extend(["[Script Info]\n", name, ": ", value, "\n\n"]);
        }
        out.extend([line, "\n"]);
        if section.is_some()
            && inside
            && let Some(value) = due.take()
        {
            out.extend([name, ": ", value, "\n"]);
        }
    }
    out
}
