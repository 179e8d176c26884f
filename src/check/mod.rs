//! Rules over captions: what a reader of them would trip over, and what the place they go to refuses.
//!
//! A rule is one file in `rules/`: its manual is its doc comment, with an example that fails and one that passes (both
//! are tested), then a row and a function. Numbers live in [`crate::profile`] with their sources; a rule holds only the reasoning. What is
//! measured is measured by [`crate::measure`], as the segmenter does it: what it makes, the rules pass.
//!
//! ```
//! use zimu::check::{self, Options};
//! use zimu::model::{Cue, Track};
//! use zimu::time::{Time, TimeRange};
//! use zimu::{diag::{Report, codes}, profile};
//!
//! let mut track = Track::default();
//! let range = TimeRange::new(Time::ZERO, Time::from_seconds(1));
//! track.cues.push(Cue::new(range, "far too much text for one second to be read by anybody"));
//! let mut report = Report::default();
//! let profile = profile::builtin("netflix-en").unwrap();
//! check::check(&track, None, &profile, &Options::default(), &mut report);
//! assert_eq!(report.count(codes::rule::READING_SPEED), 1);
//! ```

mod allow;
mod facts;
mod findings;
mod label;
mod lane;
mod manual;
mod mend;
mod rule;
mod rules;
mod scene;
mod weight;

pub use allow::Allow;
pub use manual::{Example, Verdict, rules_page};
pub use rule::{Level, Rule};
pub use rules::RULES;
pub use scene::language;
pub use weight::{Harm, Weights};

use crate::diag::{CueEdit, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use crate::profile::Profile;
use crate::source::Source;
use crate::time::{FrameRate, Time};
use findings::{Findings, Sink};
use lane::Lanes;
use regex::{Regex, RegexBuilder};
use rule::Check;
use scene::Scene;

/// What is known beside the captions, and what to leave out.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Frames a second of the media; the track's own rate if it has one.
    pub frame_rate: Option<FrameRate>,
    /// When the media ends.
    pub media_end: Option<Time>,
    /// When shots change, in order.
    pub shots: Vec<Time>,
    /// When the cues of a reference start, in order.
    pub reference: Vec<Time>,
    /// What must not occur in the text ([`word_list`]).
    pub words: Option<Regex>,
    /// Rules whose severity is not their own. Later ones win.
    pub levels: Vec<(&'static Rule, Level)>,
    /// What was looked at and is to stay.
    pub allow: Allow,
}

/// Holds `track` against the rules that `profile` has numbers for and those that need none; findings are reported in the
/// order of time. With the `source` that it was read from, findings have their places in it.
///
/// Linear in the captions (sorting apart, where they are not in order).
pub fn check(track: &Track, source: Option<&Source>, profile: &Profile, options: &Options, report: &mut Report) {
    run(&Scene::new(track, source, profile, options), options, Sink::Report(report));
}

/// The edits that bring the cues of a track in the order of their starts, one for each cue that starts before one above it; what the
/// rule `order` proposes.
///
/// ```
/// use zimu::{check, edit, diag::{CueEdit, Edits}};
/// use zimu::model::{Cue, Track};
/// use zimu::time::{Time, TimeRange};
/// let mut track = Track::default();
/// let cue = |start| Cue::new(TimeRange::new(Time::from_seconds(start), Time::from_seconds(start + 1)), start.to_string());
/// track.cues = [5, 1, 9, 3].map(cue).to_vec();
/// let moves = check::moves(&track);
/// assert_eq!(moves, [CueEdit::Move { cue: 1, before: 0 }, CueEdit::Move { cue: 3, before: 0 }]);
/// let mut edits = Edits::default();
/// edits.add(&moves);
/// let texts: Vec<_> = edit::apply(&track, &edits).cues.into_iter().map(|cue| cue.text.plain).collect();
/// assert_eq!(texts, ["1", "3", "5", "9"]);
/// ```
pub fn moves(track: &Track) -> Vec<CueEdit> {
    let mut moves = Vec::new();
    rules::strays(track, |index, _, _, before| {
        moves.extend(u32::try_from(index).ok().map(|cue| CueEdit::Move { cue, before }));
    });
    moves
}

/// As [`check`], in numbers alone: what was found where, and how far beyond its limit it is. Called again, what another profile finds
/// is added. Costs little more than looking: no sentence is made.
pub fn weigh(track: &Track, source: Option<&Source>, profile: &Profile, options: &Options, weights: &mut Weights) {
    run(&Scene::new(track, source, profile, options), options, Sink::Weights(weights));
    weights.end();
}

fn run(scene: &Scene<'_>, options: &Options, sink: Sink<'_>) {
    let active: Vec<(&'static Rule, Level)> = RULES
        .iter()
        .map(|rule| (*rule, options.level(rule)))
        .filter(|(rule, level)| *level != Level::Off && (rule.applies)(scene))
        .collect();
    let mut findings = Findings::new(scene, &options.allow, sink);
    cues(scene, &active, &mut findings);
    for (rule, level) in &active {
        if let Check::Track(judge) = rule.check {
            findings.begin(rule, *level);
            judge(scene, &mut findings);
        }
    }
}

/// Cue by cue in the order of time, each with the one before it in its place on the screen.
fn cues(scene: &Scene<'_>, active: &[(&'static Rule, Level)], findings: &mut Findings<'_>) {
    let mut lanes = Lanes::default();
    let (mut alone, mut pairs) = (Vec::new(), Vec::new());
    for (rule, level) in active {
        match rule.check {
            Check::Cue(needs, judge) => alone.push((needs, judge, *rule, *level)),
            Check::Pair(judge) => pairs.push((judge, *rule, *level)),
            Check::Track(_) => {}
        }
    }
    for seen in scene.in_time_order() {
        for (needs, judge, rule, level) in &alone {
            if needs.met_by(&seen.facts) {
                findings.begin(rule, *level);
                judge(scene, &seen, findings);
            }
        }
        if let Some(before) = lanes.before(&seen) {
            for (judge, rule, level) in &pairs {
                findings.begin_pair(rule, *level, before.index);
                judge(scene, [&before, &seen], findings);
            }
        }
        lanes.pass(seen);
    }
}

/// The pattern of a list of words or phrases, a line each; `None` if there are none. `#` begins a comment.
///
/// # Errors
/// [`ErrorKind::Limit`] if the list is too long for a pattern (some ten thousand words).
///
/// ```
/// let words = zimu::check::word_list("darn\n# a comment\n该死\n").unwrap().unwrap();
/// assert!(words.is_match("DARN!") && words.is_match("真该死") && !words.is_match("darning"));
/// ```
pub fn word_list(text: &str) -> Result<Option<Regex>> {
    let words =
        text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|word| !word.is_empty());
    let edge = |c: Option<char>| if c.is_some_and(|c| c.is_ascii_alphanumeric()) { r"\b" } else { "" };
    let word = |word: &str| [edge(word.chars().next()), &regex::escape(word), edge(word.chars().next_back())].concat();
    let words: Vec<String> = words.map(word).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let pattern = RegexBuilder::new(&words.join("|")).case_insensitive(true).build();
    pattern.map(Some).map_err(|_| {
        Error::new(ErrorKind::Limit, "the list of words is too long")
            .with_remedy("use several shorter lists, one after the other")
            .with_chinese("词表过长")
            .with_chinese_remedy("请分成几个较短的词表")
    })
}

impl Options {
    fn level(&self, rule: &'static Rule) -> Level {
        let set = self.levels.iter().rev().find(|(other, _)| std::ptr::eq(*other, rule));
        set.map_or(Level::Own, |(_, level)| *level)
    }
}
