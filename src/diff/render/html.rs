//! For a browser: one page that needs nothing else.

use super::{Names, numbers, say, sentence, summary};
use crate::diag::Lang;
use crate::diff::{Change, ChangeKind, Diff, Piece, Texts};

const STYLE: &str = "\
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}body{margin:2em auto;max-width:60em;padding:0 1em}\
h1{font-size:1.2em}table{border-collapse:collapse;width:100%}td{border-top:1px solid #8884;padding:.35em .6em;vertical-align:top}\
td:first-child,td:nth-child(2){font-variant-numeric:tabular-nums;white-space:nowrap}p{margin:0;white-space:pre-wrap}\
del{background:#f005}ins{background:#0a05}del,ins{text-decoration:none;border-radius:.2em;padding:0 .1em}";

/// The differences as a page of HTML.
pub fn html(diff: &Diff, names: Names<'_>, lang: Lang) -> String {
    let title = say::TITLE.say(lang, &[("a", &escaped(names.a)), ("b", &escaped(names.b))]);
    let tag = if lang == Lang::En { "en" } else { "zh-Hans" };
    let rows: String = diff.changes.iter().map(|change| row(change, lang)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{}</p>\n<table>\n{rows}</table>\n</html>\n",
        escaped(&summary(diff, lang))
    )
}

fn row(change: &Change, lang: Lang) -> String {
    let name = change.kind.name();
    let (number, time, said) = (numbers(change), change.time, escaped(&sentence(change, lang)));
    format!("<tr class=\"{name}\"><td>{number}<td>{time}<td>{said}{}\n", content(change))
}

fn content(change: &Change) -> String {
    let (gone, new) = (
        |text: &String| format!("<p><del>{}</del></p>", escaped(text)),
        |text: &String| format!("<p><ins>{}</ins></p>", escaped(text)),
    );
    match &change.kind {
        ChangeKind::Reworded(pieces) | ChangeKind::Rebroken(pieces) => {
            let one = |piece: &Piece| match piece {
                Piece::Same(text) => escaped(text),
                Piece::Gone(text) => format!("<del>{}</del>", escaped(&text.replace('\n', "⏎\n"))),
                Piece::New(text) => format!("<ins>{}</ins>", escaped(&text.replace('\n', "⏎\n"))),
            };
            format!("<p>{}</p>", pieces.iter().map(one).collect::<String>())
        }
        ChangeKind::Split(Texts { a, b })
        | ChangeKind::Merged(Texts { a, b })
        | ChangeKind::Recut(Texts { a, b })
        | ChangeKind::Speaker(Texts { a, b })
        | ChangeKind::Styled(Texts { a, b })
        | ChangeKind::Placed(Texts { a, b }) => a.iter().map(gone).chain(b.iter().map(new)).collect(),
        ChangeKind::Added(text) => new(text),
        ChangeKind::Removed(text) => gone(text),
        ChangeKind::Shifted { .. }
        | ChangeKind::Stretched { .. }
        | ChangeKind::Moved { .. }
        | ChangeKind::Retimed { .. } => String::new(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
