//! Questions without a name: all in bold, behind a dash (`――`), or numbered, where the answers are not.

use super::cast::Cast;
use super::cut;
use super::front::Front;
use super::label::{Form, Label};
use super::line::{Line, is_blank};
use super::sentence;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::lang;

/// More named speakers than this put their questions under their names.
const MAX_NAMED: usize = 3;

/// So much of an article tells its language.
const SAMPLE_CHARS: usize = 20_000;

/// How questions are told from answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `**Why?**`
    Bold,
    /// `――なぜですか。`
    Dash,
    /// `3、为什么？`, where the answers have a label.
    Number,
}

/// Gives the questions a label without a name, and the cast someone who asks them: if at least two lines have the mark,
/// most of them ask something, and other lines answer.
pub(super) fn settle(text: &str, lines: &[Line], fronts: &mut [Front], cast: &mut Cast, report: &mut Report) {
    if cast.names.len() > MAX_NAMED {
        return;
    }
    let named = |front: &Front| front.label.as_ref().is_some_and(|l| cast.find(cut(text, l.name.clone())).is_some());
    let written = lines.iter().filter(|line| !line.is_blank()).count();
    let marks = || {
        lines.iter().zip(fronts.iter()).filter(|(_, front)| !named(front)).map(|(line, front)| read(text, line, front))
    };
    let enough = |mark: &Mark| {
        let found = || marks().flatten().filter(|question| question.mark == *mark);
        let (all, asking) = (found().count(), found().filter(|question| question.asks).count());
        let answered = match mark {
            Mark::Number => cast.names.len() == 1,
            Mark::Bold | Mark::Dash => all.saturating_mul(10) <= written.saturating_mul(6),
        };
        asking >= 2 && asking.saturating_mul(2) >= all && answered
    };
    let Some(mark) = [Mark::Bold, Mark::Dash, Mark::Number].into_iter().find(enough) else { return };
    let found: Vec<(usize, Question)> = lines
        .iter()
        .zip(fronts.iter())
        .enumerate()
        .filter(|(_, (_, front))| !named(front))
        .filter_map(|(index, (line, front))| Some((index, read(text, line, front)?)))
        .filter(|(_, question)| question.mark == mark && (question.asks || mark == Mark::Dash))
        .collect();
    let name = name(text);
    let diagnostic = Diagnostic::new(codes::transcript::UNNAMED_QUESTIONS, Location::FILE);
    report.push(diagnostic.with("count", found.len()).with("name", name));
    for (index, question) in found {
        if let Some(front) = fronts.get_mut(index) {
            front.label = Some(question.label);
        }
    }
    cast.add_unnamed(name);
}

/// What someone without a name is called.
fn name(text: &str) -> &'static str {
    match lang::guess(&text.chars().take(SAMPLE_CHARS).collect::<String>()) {
        Some(lang) if lang.as_str() == "zh-Hant" => "問",
        Some(lang) if lang.is_chinese() => "问",
        _ => "Q",
    }
}

/// A line that may be a question.
struct Question {
    mark: Mark,
    /// It ends with a question mark.
    asks: bool,
    label: Label,
}

fn read(text: &str, line: &Line, front: &Front) -> Option<Question> {
    let body = cut(text, front.text..line.body.end);
    let bold = |body: &str| body.strip_prefix("**")?.strip_suffix("**").map(|inner| !inner.contains("**"));
    let dashes = body.trim_start_matches(['―', '—', '─']);
    let (mark, rest) = if bold(body) == Some(true) {
        (Mark::Bold, body.get(2..)?)
    } else if body.len().saturating_sub(dashes.len()) >= "——".len() {
        (Mark::Dash, dashes)
    } else {
        (Mark::Number, after_number(body)?)
    };
    let rest = rest.trim_start_matches(is_blank);
    let asks = asks(rest);
    if rest.is_empty() || !sentence::is_finished(rest) {
        return None;
    }
    let label = Label {
        start: front.text,
        name: front.text..front.text,
        hint: None,
        text: line.body.end.saturating_sub(rest.len()),
        opened: if mark == Mark::Bold { 2 } else { 0 },
        form: Form::Dash,
    };
    Some(Question { mark, asks, label })
}

/// It ends with a question mark, closing marks aside, or with か。 as Japanese questions do.
fn asks(text: &str) -> bool {
    let end =
        text.trim_end_matches(|c: char| is_blank(c) || matches!(c, '*' | '”' | '’' | '"' | '」' | '』' | ')' | '）'));
    end.ends_with(['？', '?', '؟', '⁇', '⁈']) || end.ends_with("か。") || end.ends_with("か")
}

fn after_number(body: &str) -> Option<&str> {
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = body.len().saturating_sub(rest.len());
    let after = rest.strip_prefix(['、', '．', '.', ')', '）'])?;
    (1..=3).contains(&digits).then_some(after).filter(|after| asks(after))
}
