//! What each line of the article is: a turn, speech that goes on, or one of the things nobody says.

use super::cast::Cast;
use super::front::Front;
use super::label::Form;
use super::line::Line;
use super::{Options, bracket, credit, cut, rule, sentence, vocabulary};
use crate::diag::{Code, Diagnostic, Location, Report, codes};
use crate::model::Reason;

/// Widest headline, in columns.
const HEADLINE_COLUMNS: u32 = 110;
/// Widest heading between turns, in columns.
const HEADING_COLUMNS: u32 = 40;
/// Most lines below the last rule that are still taken for a footer.
const FOOTER_LINES: usize = 6;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing is written on it.
    Blank,
    /// It begins with the label of this speaker of the cast.
    Turn(u32),
    /// Speech without a label.
    Speech,
    /// Nobody says it.
    Unspoken(Reason),
}

/// An article and what is known of it so far.
#[derive(Clone, Copy)]
pub(super) struct Article<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a [Line],
    pub(super) fronts: &'a [Front],
    pub(super) cast: &'a Cast,
    pub(super) options: &'a Options,
    /// Its sentences end with punctuation, so that a line without it means something.
    pub(super) punctuated: bool,
}

/// The role of each line.
pub(super) fn roles(article: Article<'_>, report: &mut Report) -> Vec<Role> {
    let mut roles = vec![Role::Blank; article.lines.len()];
    turns(article, &mut roles);
    let first = roles.iter().position(|role| matches!(role, Role::Turn(_)));
    let last = roles.iter().rposition(|role| matches!(role, Role::Turn(_)));
    if let (Some(first), Some(last)) = (first, last) {
        before(article, first, &mut roles);
        inside(article, first, last, &mut roles, report);
        after(article, last, &mut roles, report);
    } else {
        report.push(Diagnostic::new(codes::transcript::NO_LABELS, Location::FILE));
        unlabelled(article, &mut roles);
    }
    asked(article, &mut roles);
    roles
}

impl<'a> Article<'a> {
    fn body(self, index: usize) -> &'a str {
        self.lines.get(index).map_or("", |line| cut(self.text, line.body.clone()))
    }

    fn front(self, index: usize) -> Option<&'a Front> {
        self.fronts.get(index)
    }

    fn is_blank(self, index: usize) -> bool {
        self.lines.get(index).is_none_or(Line::is_blank)
    }

    /// What stands on the line behind its label.
    fn value(self, index: usize) -> &'a str {
        let label = self.front(index).and_then(|front| front.label.as_ref());
        label.zip(self.lines.get(index)).map_or("", |(label, line)| cut(self.text, label.text..line.body.end))
    }

    fn say(self, code: Code, index: usize, report: &mut Report) {
        let at = self.lines.get(index).map_or(Location::FILE, |line| Location::span(line.body.clone()));
        report.push(Diagnostic::new(code, at).with("text", super::shortened(self.body(index), 40)));
    }
}

fn set(roles: &mut [Role], index: usize, role: Role) {
    if let Some(slot) = roles.get_mut(index) {
        *slot = role;
    }
}

/// Lines that begin with a speaker's label, the list of the cast in front (`嘉宾：李四`) and credits behind
/// (`记者：张三`) left out, although they carry speakers' labels.
fn turns(article: Article<'_>, roles: &mut [Role]) {
    let speaker = |front: &Front| article.cast.find(cut(article.text, front.label.as_ref()?.name.clone()));
    let found: Vec<(usize, u32)> =
        article.fronts.iter().enumerate().filter_map(|(index, front)| Some((index, speaker(front)?))).collect();
    let presents = |index: usize| article.punctuated && credit::names_someone(article.value(index));
    let credits = |index: usize| presents(index) && credit::is_credit(article.body(index));
    let skipped = found.iter().take_while(|(index, _)| presents(*index)).count();
    let kept = found.len().saturating_sub(found.iter().rev().take_while(|(index, _)| credits(*index)).count());
    let spoken = found.get(skipped..kept).filter(|turns| !turns.is_empty()).unwrap_or(&found);
    for (index, speaker) in spoken {
        set(roles, *index, Role::Turn(*speaker));
    }
}

/// What a line alone shows to be: layout, a heading, a fact, a credit, a direction.
fn evident(article: Article<'_>, index: usize) -> Option<Reason> {
    let (body, front) = (article.body(index), article.front(index)?);
    let text = article.lines.get(index).map_or("", |line| cut(article.text, front.text..line.body.end));
    match () {
        () if rule::is_layout(body) => Some(Reason::Layout),
        () if text.is_empty() && front.hint.is_some() => Some(Reason::TimeHint),
        () if credit::is_credit(text) => Some(Reason::Credit),
        () if credit::is_fact(text) => Some(Reason::Metadata),
        () if front.level > 0 => Some(Reason::Heading),
        () if rule::is_section_number(body) && !below_label(article, index) => Some(Reason::Heading),
        () if rule::is_end(body) && !below_label(article, index) => Some(Reason::Layout),
        () if bracket::enclosed(text).is_some() || credit::is_note(text) => Some(Reason::Direction),
        () if is_gesture(text) => Some(Reason::Direction),
        () => None,
    }
}

/// The first line below a label that stands alone is what is said, however short: `三。`.
fn below_label(article: Article<'_>, index: usize) -> bool {
    let above = (0..index).rev().find(|above| !article.is_blank(*above));
    above.is_some_and(|above| {
        let label = article.front(above).and_then(|front| front.label.as_ref());
        label.is_some_and(|label| {
            article.value(above).is_empty() && article.cast.find(cut(article.text, label.name.clone())).is_some()
        })
    })
}

/// `*laughs*`, `♪ music ♪`.
fn is_gesture(text: &str) -> bool {
    let marks = ['*', '_', '♪', ' '];
    text.starts_with(marks) && vocabulary::is_direction(text.trim_matches(marks))
}

fn is_known_direction(body: &str) -> bool {
    let inside = bracket::enclosed(body).unwrap_or(body);
    vocabulary::is_direction(inside)
        || vocabulary::sounds_like_direction(inside)
        || is_gesture(body)
        || credit::is_note(body)
}

/// Everything in front of the first turn.
fn before(article: Article<'_>, first: usize, roles: &mut [Role]) {
    let matter = rule::front_matter(article.text, article.lines);
    let (mut headline, mut nothing) = (false, true);
    for index in (0..first).filter(|index| !article.is_blank(*index)) {
        let body = article.body(index);
        let level = article.front(index).map_or(0, |front| front.level);
        let reason = match evident(article, index) {
            _ if index < matter => Reason::Metadata,
            Some(Reason::Heading) if !headline => Reason::Headline,
            Some(Reason::Direction) if credit::is_note(body) => Reason::Lead,
            Some(reason) => reason,
            None if credit::is_byline(body) => Reason::Credit,
            // `专访林若溪：把图书馆搬进村里` is no field where nothing stands in front of it.
            None if !headline && nothing && is_title(body) && !credit::is_cast(body) => Reason::Headline,
            None if credit::is_field(body) => Reason::Metadata,
            None if !headline && is_title(body) => Reason::Headline,
            None => Reason::Lead,
        };
        nothing &= reason == Reason::Layout;
        headline |= matches!(reason, Reason::Headline | Reason::Lead) || level > 0;
        set(roles, index, Role::Unspoken(reason));
    }
}

/// Short, and one sentence at most.
fn is_title(body: &str) -> bool {
    let ends = body.chars().take(200).filter(|c| matches!(c, '。' | '！' | '？' | '!' | '?')).count();
    // `Dr. A. Smith` holds no sentence.
    let stops =
        body.split(". ").map(|part| part.rsplit(' ').next().map_or(0, str::len)).filter(|word| *word > 3).count();
    sentence::columns(body) <= HEADLINE_COLUMNS && ends <= 1 && (stops <= 1 || !body.contains(". "))
}

/// Lines between the turns and in the last one.
fn inside(article: Article<'_>, first: usize, last: usize, roles: &mut [Role], report: &mut Report) {
    // From the end, so that the line after is known.
    let mut labelled_next = false;
    for index in (first..article.lines.len()).rev().filter(|index| !article.is_blank(*index)) {
        if matches!(roles.get(index), Some(Role::Turn(_))) {
            labelled_next = true;
            continue;
        }
        let role = match evident(article, index) {
            Some(reason) => {
                if reason == Reason::Direction && !is_known_direction(article.body(index)) {
                    article.say(codes::transcript::ASIDE, index, report);
                }
                Role::Unspoken(reason)
            }
            None if index < last && is_heading(article, index, labelled_next) => {
                article.say(codes::transcript::HEADING_GUESSED, index, report);
                Role::Unspoken(Reason::Heading)
            }
            None => Role::Speech,
        };
        set(roles, index, role);
        labelled_next = false;
    }
}

/// A short line without final punctuation, right in front of a label or all bold, in an article that has punctuation.
/// The first line below a label that stands alone is what is said.
fn is_heading(article: Article<'_>, index: usize, labelled_next: bool) -> bool {
    let body = article.body(index);
    let short =
        sentence::columns(body) <= HEADING_COLUMNS && !sentence::is_finished(body) && !body.ends_with(['，', ',']);
    let bold = body.len() > 4 && body.starts_with("**") && body.ends_with("**");
    if !(article.punctuated && short && (labelled_next || bold)) {
        return false;
    }
    let above = (0..index).rev().find(|above| !article.is_blank(*above));
    let bare = above.is_some_and(|above| {
        let label = article.front(above).and_then(|front| front.label.as_ref());
        label.is_some_and(|label| article.value(above).is_empty() && label.form != Form::Alone)
    });
    let gap = above.is_some_and(|above| above.saturating_add(1) < index);
    !bare && (bold || gap || above.is_some_and(|above| sentence::is_finished(article.body(above))))
}

/// Credits at the end: read backwards as long as lines look like credits; and what stands below a rule.
fn after(article: Article<'_>, last: usize, roles: &mut [Role], report: &mut Report) {
    footer(article, last, roles, report);
    below_credits(article, last, roles, report);
    for index in (last.saturating_add(1)..article.lines.len()).rev() {
        let body = article.body(index);
        let credit = credit::is_byline(body) || credit::is_field(body) || is_emphasised(body);
        match roles.get(index) {
            Some(Role::Speech) if credit => set(roles, index, Role::Unspoken(Reason::Credit)),
            Some(Role::Speech | Role::Turn(_)) => break,
            _ => {}
        }
    }
}

/// Editors set their notes in italics.
fn is_emphasised(body: &str) -> bool {
    ["*", "_"].iter().any(|mark| {
        let inner = body.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(mark))
    })
}

/// What stands below the credits and is no sentence (`点个“在看”吧`) asks for something, nobody says it.
fn below_credits(article: Article<'_>, last: usize, roles: &mut [Role], report: &mut Report) {
    let tail = last.saturating_add(1)..article.lines.len();
    let mut credits = tail.clone().filter(|index| roles.get(*index) == Some(&Role::Unspoken(Reason::Credit)));
    let Some(credit) = credits.next_back().filter(|_| article.punctuated) else { return };
    for index in credit..tail.end {
        let short = sentence::columns(article.body(index)) <= HEADING_COLUMNS;
        if roles.get(index) == Some(&Role::Speech) && short && !sentence::is_finished(article.body(index)) {
            article.say(codes::transcript::AFTER_RULE, index, report);
            set(roles, index, Role::Unspoken(Reason::Credit));
        }
    }
}

fn footer(article: Article<'_>, last: usize, roles: &mut [Role], report: &mut Report) {
    let tail = last.saturating_add(1)..article.lines.len();
    let ends = |index: usize| rule::is_rule(article.body(index)) || rule::is_end(article.body(index));
    let Some(rule) = tail.clone().rev().find(|index| ends(*index)) else { return };
    let speech: Vec<usize> = (rule..tail.end).filter(|index| matches!(roles.get(*index), Some(Role::Speech))).collect();
    if speech.len() > FOOTER_LINES {
        return;
    }
    for index in speech {
        article.say(codes::transcript::AFTER_RULE, index, report);
        set(roles, index, Role::Unspoken(Reason::Credit));
    }
}

/// Without labels everything is speech, except what a line alone shows not to be, and a title in front.
fn unlabelled(article: Article<'_>, roles: &mut [Role]) {
    let written: Vec<usize> = (0..article.lines.len()).filter(|index| !article.is_blank(*index)).collect();
    let matter = rule::front_matter(article.text, article.lines);
    let mut heading = false;
    for (place, index) in written.iter().enumerate() {
        let body = article.body(*index);
        let edge = place < 3 || place.saturating_add(3) >= written.len();
        let title =
            place == 0 && written.len() > 1 && article.punctuated && is_title(body) && !sentence::is_finished(body);
        let role = match evident(article, *index) {
            _ if *index < matter => Role::Unspoken(Reason::Metadata),
            Some(Reason::Heading) if !heading => Role::Unspoken(Reason::Headline),
            Some(reason) => Role::Unspoken(reason),
            None if edge && credit::is_byline(body) => Role::Unspoken(Reason::Credit),
            None if title => Role::Unspoken(Reason::Headline),
            None => Role::Speech,
        };
        heading |= matches!(role, Role::Unspoken(Reason::Headline));
        set(roles, *index, role);
    }
}

/// The user's patterns: `--not-spoken` takes out a line it covers whole, `--spoken` has the last word.
fn asked(article: Article<'_>, roles: &mut [Role]) {
    let options = article.options;
    if options.spoken.is_empty() && options.not_spoken.is_empty() {
        return;
    }
    for index in (0..article.lines.len()).filter(|index| !article.is_blank(*index)) {
        let body = article.body(index);
        let covers = |pattern: &regex::Regex| pattern.find_iter(body).any(|found| found.len() == body.len());
        let silent = matches!(roles.get(index), Some(Role::Unspoken(_)));
        if silent && options.spoken.iter().any(|pattern| pattern.is_match(body)) {
            set(roles, index, Role::Speech);
        } else if !silent && options.not_spoken.iter().any(covers) {
            set(roles, index, Role::Unspoken(Reason::Asked));
        }
    }
}
