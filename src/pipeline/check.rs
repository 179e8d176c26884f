//! A caption file held against the standard of its format and the rules of the place it goes to.

use super::captions::{Captions, open, recognise};
use super::profile::profile;
use super::{mend, said};
use crate::check::{self, Weights};
use crate::codec::{self, Conformance, Format, ReadOptions};
use crate::diag::Report;
use crate::error::Result;
use crate::host::Input;
use crate::model::Track;
use crate::profile::{DEFAULT, Profile, default_for};
use crate::source::{Encoding, Source};

/// What captions are held against.
#[derive(Clone)]
pub enum Judge {
    /// The standard of a format.
    Standard(&'static Conformance),
    /// The rules, with the numbers of a profile.
    Rules(Box<Profile>),
    /// The rules, with our own numbers for the language of the captions.
    Default,
}

/// How to check.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CheckOptions {
    /// What to hold it against; if empty, the standard of its format, if there is one, and [`Judge::Default`].
    pub judges: Vec<Judge>,
    /// The format; `None` finds it.
    pub from: Option<&'static Format>,
    /// The encoding; `None` finds it.
    pub encoding: Option<Encoding>,
    /// Settings that differ from the profile's: key and value, as [`Profile::set`] takes them.
    pub set: Vec<(String, String)>,
    /// Each fix says which stretches of the file it replaces: for reports that tell programs of them.
    pub place_fixes: bool,
    /// For the rules; its frame rate is also that of formats that count frames without saying how many.
    pub rules: check::Options,
}

/// A document that was judged.
pub struct Checked {
    /// Its text.
    pub source: Source,
    /// Ids of what it was held against.
    pub judges: Vec<String>,
    /// Its cues, if rules were applied.
    pub cues: Option<usize>,
}

impl Judge {
    /// The judge of this name: a standard, a profile, a profile's file, or `default`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Usage`] if there is none; those of reading a profile.
    ///
    /// ```
    /// use zimu::pipeline::Judge;
    /// assert!(matches!(Judge::by_name("webvtt"), Ok(Judge::Standard(_))));
    /// assert!(matches!(Judge::by_name("netflix-en"), Ok(Judge::Rules(_))));
    /// assert!(Judge::by_name("netflicks").is_err());
    /// ```
    pub fn by_name(name: &str) -> Result<Self> {
        if name == DEFAULT {
            return Ok(Self::Default);
        }
        match Conformance::by_id(name) {
            Ok(standard) => Ok(Self::Standard(standard)),
            Err(_) => Ok(Self::Rules(Box::new(profile(name)?))),
        }
    }
}

/// Judges a document. What was found, on the way in too, is in the report.
///
/// # Errors
/// [`crate::ErrorKind::Unreadable`] if it is no text, or no format is recognised; [`crate::ErrorKind::Usage`] if a comment
/// in it allows a rule that does not exist.
pub fn check(input: Input, options: &CheckOptions, report: &mut Report) -> Result<Checked> {
    let (source, found) = open(input, options.from, options.encoding, report)?;
    let format = match options.from.or(found) {
        Some(format) => Ok(format),
        None => recognise(&source),
    };
    // What does not look like its format is told why by the format's standard, if the name says which.
    if format.is_err()
        && let ([], Some(standard)) = (options.judges.as_slice(), by_name(&source))
    {
        (standard.check)(&source, report);
        return Ok(Checked { source, judges: vec![standard.id.to_owned()], cues: None });
    }
    let judges = format.as_ref().map_or_else(|_| options.judges.clone(), |format| judges(format, options));
    let mut names = Vec::new();
    let mut judged = None;
    for judge in &judges {
        if let Judge::Standard(standard) = judge {
            (standard.check)(&source, report);
            names.push(standard.id.to_owned());
            judged = Some(standard.format);
        }
    }
    let mut checked = Checked { source, judges: names, cues: None };
    let profiles = judges.iter().filter(|judge| !matches!(judge, Judge::Standard(_)));
    if profiles.clone().next().is_some() {
        // A standard says what the document is meant to be; without one, only its content can.
        let format = format?;
        // What a standard has said of the document need not be said again by its reader.
        let mut unsaid = Report::default();
        let noticed =
            if judged.is_some_and(|standard| said::alike(standard, format.id)) { &mut unsaid } else { &mut *report };
        let read = ReadOptions { frame_rate: options.rules.frame_rate, ..ReadOptions::default() };
        let track = (format.read)(&checked.source, &read, noticed)?;
        let mut options = options.clone();
        said::allow(&track, report, &mut options.rules.allow);
        for judge in profiles {
            checked.judges.push(rules(&track, &checked.source, (format, judge), &options, report)?);
        }
        mend::mend(&track, format, report);
        if options.place_fixes {
            mend::place(&checked.source, &track, format, report);
        }
        checked.cues = Some(track.cues.len());
    }
    Ok(checked)
}

/// The standard of the format that a file's name says, if there are cues in it.
fn by_name(source: &Source) -> Option<&'static Conformance> {
    let (_, extension) = source.name().rsplit_once('.').filter(|_| source.text().contains("-->"))?;
    Conformance::of(codec::by_extension(extension).ok()?).ok()
}

/// Judges captions that have been read. What a standard finds is in the report too, if there is one for their format.
pub(super) fn judged(captions: &Captions, options: &CheckOptions, report: &mut Report) -> Result<()> {
    let judges = judges(captions.format, options);
    for judge in &judges {
        if let Judge::Standard(standard) = judge {
            (standard.check)(&captions.source, report);
        }
    }
    let mut options = options.clone();
    said::allow(&captions.track, report, &mut options.rules.allow);
    for judge in judges.iter().filter(|judge| !matches!(judge, Judge::Standard(_))) {
        rules(&captions.track, &captions.source, (captions.format, judge), &options, report)?;
    }
    captions.mend(report);
    Ok(())
}

/// What the rules find, in numbers; on a track that may not be what the source holds any more.
pub(super) fn weighed(track: &Track, captions: &Captions, options: &CheckOptions) -> Result<Weights> {
    let mut weights = Weights::default();
    for judge in judges(captions.format, options).iter().filter(|judge| !matches!(judge, Judge::Standard(_))) {
        let (profile, rules) = ruling(track, (captions.format, judge), options)?;
        check::weigh(track, Some(&captions.source), &profile, &rules, &mut weights);
    }
    Ok(weights)
}

/// The judges of these captions, with the numbers for their language settled: for parts of them that may look like another.
pub(super) fn settled(captions: &Captions, options: &CheckOptions) -> Result<Vec<Judge>> {
    let language = || check::language(&captions.track);
    let settle = |judge| match judge {
        Judge::Default => default_for(language().as_ref()).map(|profile| Judge::Rules(Box::new(profile))),
        judge => Ok(judge),
    };
    judges(captions.format, options).into_iter().map(settle).collect()
}

/// What captions of this format are held against.
pub(super) fn judges(format: &Format, options: &CheckOptions) -> Vec<Judge> {
    match options.judges.as_slice() {
        [] => Conformance::of(format).ok().map(Judge::Standard).into_iter().chain([Judge::Default]).collect(),
        judges => judges.to_vec(),
    }
}

/// Applies the rules; says by which profile.
fn rules(
    track: &Track,
    source: &Source,
    by: (&Format, &Judge),
    options: &CheckOptions,
    report: &mut Report,
) -> Result<String> {
    let (profile, rules) = ruling(track, by, options)?;
    check::check(track, Some(source), &profile, &rules, report);
    Ok(profile.id)
}

/// The numbers that hold, and what is known beside the captions.
fn ruling(
    track: &Track,
    (format, judge): (&Format, &Judge),
    options: &CheckOptions,
) -> Result<(Profile, check::Options)> {
    let mut profile = match judge {
        Judge::Rules(profile) => profile.as_ref().clone(),
        Judge::Default | Judge::Standard(_) => default_for(check::language(track).as_ref())?,
    };
    for (key, value) in &options.set {
        profile.set(key, value)?;
    }
    let mut rules = options.rules.clone();
    rules.allow.notes(track)?;
    rules.levels.splice(0..0, said::rules(format, &options.judges));
    Ok((profile, rules))
}
