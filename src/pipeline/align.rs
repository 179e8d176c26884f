//! Article → transcript → pronunciation → alignment → cues.

use super::article::{ArticleOptions, Content, open};
#[cfg(feature = "audio")]
use super::listen::{self, Listen};
use super::{anchor, doubt, provenance};
use crate::align::duration::{estimate, natural_length};
use crate::codec::{Feature, Format, WriteOptions, native};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Input;
use crate::lexicon::pronounce;
use crate::model::{Alignment, Heard, MarkKind, Note, Pronunciation, Track, Transcript};
use crate::profile::{Profile, default_for};
use crate::segment::{self, GlossMode};
use crate::source::Source;
use crate::time::{Time, TimeDelta, TimeRange};
use crate::transcript::glossary::{self, Glossary, Mention};
use std::borrow::Cow;

/// What an output says whose times come from the length of the text.
pub const ESTIMATED_NOTE: &str = "zimu: times estimated, not heard";

/// How to make captions from an article.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct AlignOptions {
    /// How to read the article.
    pub article: ArticleOptions,
    /// How long the media is; what the article says, if `None`. Not with sound, which has its length.
    pub duration: Option<TimeDelta>,
    /// When the speech begins in the media; 0 if `None`.
    pub start: Option<Time>,
    /// When the speech ends in the media; the duration if `None`.
    pub end: Option<Time>,
    /// Glosses that the article does not have.
    pub glossary: Option<Glossary>,
    /// At which mention of a term a gloss of the glossary is added.
    pub mention: Mention,
    /// House style; the default of the language if `None`.
    pub profile: Option<Profile>,
    /// How to make cues, beyond the profile.
    pub segment: segment::Options,
    /// A note before each doubtful cue, in formats that have notes.
    pub mark_doubt: bool,
    /// Times that the user knows, beyond those of the article.
    pub anchors: Vec<GivenAnchor>,
    /// The sound to time it on; the length of the text if `None`.
    #[cfg(feature = "audio")]
    pub listen: Option<Listen>,
    /// Options that change times, as the user gave them: for the record.
    pub given: Vec<String>,
}

/// A time that the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAnchor {
    /// When.
    pub time: Time,
    /// The words that begin then: their first mention after that of the anchor before.
    pub words: String,
}

/// What [`align`] made.
#[derive(Debug)]
pub struct Aligned {
    /// The input's text.
    pub source: Source,
    /// The words with their times.
    pub alignment: Alignment,
    /// The house style that was used.
    pub profile: Profile,
    /// The captions.
    pub track: Track,
    /// How its cues were made.
    segment: segment::Options,
    mark_doubt: bool,
    /// Its times are those of a saved alignment.
    kept: bool,
}

/// Makes captions from an article, a saved transcript (both are timed from the length of the text) or a saved alignment
/// (whose times stay).
///
/// # Errors
/// [`ErrorKind::Usage`] if no duration is known or the options contradict each other; [`ErrorKind::Refused`] if nothing
/// is spoken; else those of the readers.
pub fn align(input: Input, options: &AlignOptions, report: &mut Report) -> Result<Aligned> {
    let article = provenance::of_bytes(&input.name, &input.bytes);
    let opened = open(input, &options.article, report)?;
    let name = opened.source.name();
    let kept = matches!(opened.content, Content::Alignment(_));
    let alignment = match opened.content {
        Content::Article(transcript) | Content::Transcript(transcript) => {
            let mut transcript = with_glossary(transcript, options, report);
            anchor::add(&mut transcript, &options.anchors)?;
            let mut alignment = time(name, transcript, options, report)?;
            let provenance = alignment.provenance.get_or_insert_default();
            provenance.program = provenance::PROGRAM.to_owned();
            provenance.article = Some(article);
            provenance.options.clone_from(&options.given);
            alignment
        }
        Content::Alignment(alignment) => keep(name, alignment, options, report)?,
    };
    let profile = match &options.profile {
        Some(profile) => profile.clone(),
        None => default_for(alignment.transcript.lang.as_ref())?,
    };
    check_language(&profile, &alignment.transcript, report);
    let track = segment::segment(&alignment, &profile, &options.segment, report);
    doubt::report(&track, report);
    Ok(Aligned {
        source: opened.source,
        alignment,
        profile,
        track,
        segment: options.segment.clone(),
        mark_doubt: options.mark_doubt,
        kept,
    })
}

impl Aligned {
    /// The name of the media that its times were heard in now; `None` if they come from elsewhere, or were kept.
    pub fn heard(&self) -> Option<&str> {
        let media = self.alignment.provenance.as_ref()?.media.as_ref()?;
        (!self.kept).then_some(media.name.as_str())
    }

    /// Some of its times come from the length of the text.
    pub fn is_estimated(&self) -> bool {
        self.alignment.words.iter().any(|word| word.how == Heard::Estimated)
    }

    /// The captions as a file of `format`; native JSON holds the alignment too. An estimate is declared where the format
    /// keeps notes.
    ///
    /// # Errors
    /// Those of the format's writer.
    pub fn write(&self, format: &Format, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
        if format.id == native::FORMAT.id {
            return Ok(native::write_alignment(&self.alignment, Some(&self.track)));
        }
        let mut track = self.track_for(format, report);
        if self.mark_doubt && format.keeps.contains(&Feature::Note) {
            doubt::mark(track.to_mut());
        }
        if self.is_estimated() && format.keeps.contains(&Feature::Note) {
            track.to_mut().notes.insert(0, Note { before: 0, text: ESTIMATED_NOTE.to_owned() });
        }
        format.write(&track, options, report)
    }
}

impl Aligned {
    /// The captions for a format. Where a format has no ruby, a gloss stands in brackets and takes room on the line, so
    /// its cues are made anew, within the limits.
    fn track_for(&self, format: &Format, report: &mut Report) -> Cow<'_, Track> {
        if self.segment.gloss != GlossMode::Ruby || format.keeps.contains(&Feature::Ruby) {
            return Cow::Borrowed(&self.track);
        }
        for (index, cue) in self.track.cues.iter().enumerate() {
            for mark in &cue.text.marks {
                if let MarkKind::Ruby(ruby) = &mark.kind {
                    let loss = Diagnostic::new(codes::loss::RUBY, Location::cue(index, cue.range.start));
                    report.push(loss.with("text", ruby.text.plain.as_str()));
                }
            }
        }
        let options = segment::Options { gloss: GlossMode::Keep, ..self.segment.clone() };
        Cow::Owned(segment::segment(&self.alignment, &self.profile, &options, report))
    }
}

/// A profile's limits mean little in another language than its own: twice as many letters say half as much.
fn check_language(profile: &Profile, transcript: &Transcript, report: &mut Report) {
    if let (Some(its), Some(found)) = (&profile.lang, &transcript.lang)
        && its.primary() != found.primary()
    {
        let warning = Diagnostic::new(codes::align::PROFILE_LANGUAGE, Location::FILE);
        let warning = warning.with("profile", profile.id.as_str()).with("its", its.as_str());
        report.push(warning.with("found", found.as_str()));
    }
}

fn with_glossary(mut transcript: Transcript, options: &AlignOptions, report: &mut Report) -> Transcript {
    if let Some(glossary) = &options.glossary {
        glossary::apply(&mut transcript, glossary, options.mention, report);
    }
    transcript
}

fn keep(name: &str, mut alignment: Alignment, options: &AlignOptions, report: &mut Report) -> Result<Alignment> {
    let timing = [
        (options.duration.is_some(), "--duration"),
        (options.start.is_some(), "--start"),
        (options.end.is_some(), "--end"),
        (!options.anchors.is_empty(), "--anchor"),
        #[cfg(feature = "audio")]
        (options.listen.is_some(), "the media"),
    ];
    if let Some((_, option)) = timing.iter().find(|(is_set, _)| *is_set) {
        return Err(Error::new(ErrorKind::Usage, format!("{name} is already timed; {option} would change nothing"))
            .with_remedy("leave it out, or start from the article or the transcript")
            .with_chinese(format!("{name} 已有时间；{option} 不起作用"))
            .with_chinese_remedy("请去掉该选项，或从文章、文稿开始"));
    }
    alignment.transcript = with_glossary(alignment.transcript, options, report);
    Ok(alignment)
}

fn time(name: &str, transcript: Transcript, options: &AlignOptions, report: &mut Report) -> Result<Alignment> {
    #[cfg_attr(not(feature = "audio"), expect(unused_mut, reason = "only sound needs phones"))]
    let mut pronunciation = pronounce(&transcript);
    if pronunciation.words.is_empty() {
        return Err(nothing_spoken(name));
    }
    #[cfg(feature = "audio")]
    if let Some(listen) = &options.listen {
        if options.duration.is_some() {
            return Err(media_is_as_long_as_it_is(&listen.media));
        }
        super::sound_out(&transcript, &mut pronunciation, report);
        return listen::align(listen, transcript, &pronunciation, (options.start, options.end), report);
    }
    let extent = extent(&transcript, &pronunciation, options, report)?;
    estimate(transcript, &pronunciation, extent, report)
}

/// The stretch of the media that the speech fills.
fn extent(
    transcript: &Transcript,
    pronunciation: &Pronunciation,
    options: &AlignOptions,
    report: &mut Report,
) -> Result<TimeRange> {
    let written = transcript.runtime.as_ref();
    let duration = options.duration.or(written.map(|runtime| runtime.length));
    if let (Some(asked), Some(runtime)) = (options.duration, written)
        && asked != runtime.length
    {
        let diagnostic = Diagnostic::new(codes::align::RUNTIME_OVERRIDDEN, Location::FILE);
        report.push(diagnostic.with("text", runtime.text.as_str()).with("duration", asked));
    }
    let media_end = duration.map(|length| Time::ZERO + length);
    let Some(end) = options.end.or(media_end) else {
        return Err(no_duration(natural_length(pronunciation)));
    };
    let extent = TimeRange::new(options.start.unwrap_or(Time::ZERO), end);
    if extent.duration() <= TimeDelta::ZERO || media_end.is_some_and(|media_end| end > media_end) {
        return Err(bad_extent(extent, media_end));
    }
    Ok(extent)
}

fn nothing_spoken(name: &str) -> Error {
    Error::new(ErrorKind::Refused, format!("nothing in {name} is spoken"))
        .with_remedy("`zimu transcript` shows what was understood; --speaker names the labels, --spoken makes a paragraph speech")
        .with_chinese(format!("{name} 中没有说出的话"))
        .with_chinese_remedy("`zimu transcript` 显示解析结果；--speaker 指定说话人标签，--spoken 指定要说的段落")
}

/// With sound the length is known; a part of it is asked for otherwise.
#[cfg(feature = "audio")]
fn media_is_as_long_as_it_is(media: &std::path::Path) -> Error {
    let name = media.display();
    Error::new(ErrorKind::Usage, format!("{name} says itself how long it is; --duration would change nothing"))
        .with_remedy("leave it out; --start and --end limit the part of the media that is listened to")
        .with_chinese(format!("{name} 自身已有时长；--duration 不起作用"))
        .with_chinese_remedy("请去掉它；可用 --start 和 --end 限定要听的部分")
}

fn no_duration(natural: TimeDelta) -> Error {
    let ordinary = clock(natural);
    Error::new(ErrorKind::Usage, "the article does not say how long the media is")
        .with_remedy(format!("give --duration, such as --duration {ordinary}, which an ordinary pace would take"))
        .with_chinese("文章没有写明媒体时长")
        .with_chinese_remedy(format!("请用 --duration 指定；按一般语速约为 --duration {ordinary}"))
}

fn bad_extent(extent: TimeRange, media_end: Option<Time>) -> Error {
    let (start, end) = (extent.start, extent.end);
    let (en, zh) = match media_end {
        Some(media) => (format!(" of a media that ends at {media}"), format!("，媒体到 {media} 结束")),
        None => (String::new(), String::new()),
    };
    Error::new(ErrorKind::Usage, format!("the speech cannot fill {start} to {end}{en}"))
        .with_remedy("--start must lie before --end, and --end within --duration")
        .with_chinese(format!("{start} 至 {end} 放不下这段话{zh}"))
        .with_chinese_remedy("--start 须早于 --end，--end 不得超过 --duration")
}

/// `5:59`, as `--duration` takes it.
fn clock(length: TimeDelta) -> String {
    let seconds = length.to_units(1, crate::time::Round::Nearest).max(1);
    format!("{}:{:02}", seconds.div_euclid(60), seconds.rem_euclid(60))
}
