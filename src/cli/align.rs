//! `zimu align`.

use super::choice;
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use zimu::codec::{WriteOptions, srt};
use zimu::lang::LangTag;
use zimu::model::Labels;
use zimu::pipeline::{self, AlignOptions, Aligned, ArticleOptions, DOUBTFUL_BELOW, Facts, GivenAnchor, Outputs};
use zimu::profile::{DEFAULT, Punctuation, Spacing};
use zimu::segment::GlossMode;
use zimu::source::{self, Encoding};
use zimu::time::{FrameRate, Time, TimeDelta};
use zimu::transcript::glossary::{self, Mention};
use zimu::transcript::reason_words;
use zimu::{Error, ErrorKind, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu align talk.mp4 interview.txt -o talk.srt -o talk.vtt -o talk.json
  zimu align interview.txt -o talk.srt -o talk.vtt -o talk.json
  zimu align interview.docx --duration 5:59 --profile netflix-zh-hans -o talk.srt
  zimu align transcript.json --duration 5:59 > talk.srt
  zimu align talk.json --profile bilibili --gloss ruby -o talk.vtt

Without -o the captions go to standard output as SRT. The last example makes captions again from
what the first one saved: its times stay, and the article is not needed.";

/// Make captions from an article, a saved transcript or a saved alignment
///
/// The inputs' content says what they are: an article (text, Markdown, HTML, .docx, or a table with a speaker and a text
/// column), the output of `zimu transcript --json`, or a JSON file that `align` wrote; and media with the sound of it.
/// Without media, times come from the length of the text, and the output says so.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, next_display_order = 1)]
pub(super) struct Args {
    /// The article (or a transcript or alignment saved as JSON; `-` is standard input), and the media, in any order
    #[arg(value_name = "FILE", required = true, num_args = 1..)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    article: ArticleArgs,
    /// How long the media is: 5:59, 359, 5m59s, PT5M59S, 5分59秒 [default: what the article says]
    #[arg(help_heading = "Times", short, long, value_name = "LENGTH", value_parser = length)]
    duration: Option<TimeDelta>,
    /// When the speech begins in the media [default: 0]
    #[arg(help_heading = "Times", long, value_name = "TIME", value_parser = length)]
    start: Option<TimeDelta>,
    /// When the speech ends in the media [default: the duration]
    #[arg(help_heading = "Times", long, value_name = "TIME", value_parser = length)]
    end: Option<TimeDelta>,
    /// Which audio track of the media, counted from 0 [default: the first that can be decoded]
    #[arg(help_heading = "Sound", long, value_name = "N")]
    audio_track: Option<usize>,
    /// Time the article even if it does not seem to belong to the media
    #[arg(help_heading = "Sound", long)]
    force: bool,
    /// Another acoustic model, as examples/train_acoustic makes them [default: the embedded one]
    #[arg(help_heading = "Sound", long, value_name = "FILE")]
    acoustic_model: Option<PathBuf>,
    /// A time that you know, and the words that begin then: 0:35=大家好; may be repeated
    #[arg(help_heading = "Times", long, value_name = "TIME=WORDS", value_parser = anchor)]
    anchor: Vec<GivenAnchor>,
    /// Write here, in the format of the extension; ID:PATH names the format; may be repeated; `-` is standard output
    #[arg(help_heading = "Output", short, long, value_name = "PATH|ID:PATH")]
    output: Vec<String>,
    /// Replace outputs that exist
    #[arg(help_heading = "Output", long)]
    overwrite: bool,
    /// House style: a name (`zimu profiles` lists them) or a TOML file
    #[arg(help_heading = "Captions", short, long, value_name = "NAME|FILE.toml", default_value = DEFAULT)]
    profile: String,
    /// Where speakers' names are shown
    #[arg(help_heading = "Captions", long, value_name = "WHEN", default_value = "auto", value_parser = choice::of(choice::LABELS))]
    labels: Labels,
    /// How glosses such as idea(点子) are shown
    #[arg(help_heading = "Captions", long, value_name = "HOW", default_value = "keep", value_parser = choice::of(choice::GLOSSES))]
    gloss: GlossMode,
    /// Glosses that the article does not have: CSV, TSV or TOML
    #[arg(help_heading = "Captions", long, value_name = "FILE")]
    glossary: Option<PathBuf>,
    /// Which mention of a term of the glossary gets its gloss
    #[arg(help_heading = "Captions", long, value_name = "WHICH", default_value = "first-per-turn", requires = "glossary", value_parser = choice::of(choice::MENTIONS))]
    mention: Mention,
    /// What becomes of Chinese punctuation [default: by profile]
    #[arg(help_heading = "Captions", long, value_name = "HOW", value_parser = choice::of(choice::PUNCTUATION))]
    punctuation: Option<Punctuation>,
    /// Space between Han and Latin [default: by profile]
    #[arg(help_heading = "Captions", long, value_name = "HOW", value_parser = choice::of(choice::SPACING))]
    spacing: Option<Spacing>,
    /// Let two short turns share a cue, a dash before each
    #[arg(help_heading = "Captions", long)]
    dialogue: bool,
    /// Let each word appear when it is said, in formats that can (WebVTT)
    #[arg(help_heading = "Captions", long)]
    words: bool,
    /// Keep cues for words that nobody says in the sound
    #[arg(help_heading = "Captions", long)]
    keep_unspoken: bool,
    /// Put a note before each doubtful cue, in formats with notes (WebVTT)
    #[arg(help_heading = "Doubt", long)]
    mark_doubt: bool,
    /// Exit with 1 if cues are doubtful: their start is right with a probability below P
    #[arg(help_heading = "Doubt", long, value_name = "doubtful[=P]", value_parser = doubtful)]
    fail_on: Option<f32>,
    /// Frame rate of the media, for limits in frames: 25, 29.97, 30000/1001
    #[arg(help_heading = "Times", long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
}

/// How to read an article; `transcript` shares it.
#[derive(clap::Args)]
pub(super) struct ArticleArgs {
    /// The speakers' labels, exactly [default: found by form and recurrence]
    #[arg(help_heading = "Article", long, value_name = "NAME,…", value_delimiter = ',')]
    speaker: Vec<String>,
    /// Show a speaker under another name; may be repeated
    #[arg(help_heading = "Article", long, value_name = "OLD=NEW", value_parser = rename)]
    rename: Vec<(String, String)>,
    /// Paragraphs that match this pattern are spoken; may be repeated
    #[arg(help_heading = "Article", long, value_name = "PATTERN", value_parser = pattern)]
    spoken: Vec<regex::Regex>,
    /// Paragraphs or passages that match this pattern are not; may be repeated
    #[arg(help_heading = "Article", long, value_name = "PATTERN", value_parser = pattern)]
    not_spoken: Vec<regex::Regex>,
    /// Language of the speech, as a BCP 47 tag: zh-Hans, en [default: by script]
    #[arg(help_heading = "Article", long, value_name = "TAG", value_parser = language)]
    language: Option<LangTag>,
    /// Encoding of the article, such as GB18030 [default: found]
    #[arg(help_heading = "Article", long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
}

impl ArticleArgs {
    /// Its bytes, and how to read them.
    pub(super) fn open(&self, input: &Path) -> Result<(host::Input, ArticleOptions)> {
        let mut options = ArticleOptions::default();
        options.encoding = self.encoding;
        options.transcript.lang = self.language.clone();
        options.transcript.speakers = self.speaker.clone();
        options.transcript.rename = self.rename.clone();
        options.transcript.spoken = self.spoken.clone();
        options.transcript.not_spoken = self.not_spoken.clone();
        Ok((host::read(input)?, options))
    }
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let specs = if args.output.is_empty() { vec!["-"] } else { args.output.iter().map(String::as_str).collect() };
    cx.outputs = Outputs::new(specs, None, Some(&srt::FORMAT), args.overwrite)?;
    let (input, options) = options(args, cx)?;
    let aligned = pipeline::align(input, &options, &mut cx.report)?;
    let mut write = WriteOptions::default();
    write.labels = args.labels;
    cx.outputs.make(|format, to, report| Ok(to.write_all(&aligned.write(format, &write, report)?)))?;
    cx.outputs.commit()?;
    let facts = aligned.facts();
    let (lines, summary) = (lines(&aligned, &facts, cx), summary(&aligned, &facts, cx));
    cx.keep_for_excerpts(aligned.source);
    let doubtful = args.fail_on.and_then(|limit| pipeline::doubtful_cues(&aligned.track, limit));
    let error = cx.lost_cues().or(doubtful);
    Ok(Outcome { lines, summary, error, ..Outcome::default() })
}

fn options(args: &Args, cx: &mut Cx) -> Result<(host::Input, AlignOptions)> {
    let pipeline::Inputs { media, article } = pipeline::inputs(&args.inputs)?;
    let (input, article) = args.article.open(&article)?;
    let at = |offset: TimeDelta| Time::ZERO + offset;
    let mut options = AlignOptions::default();
    options.article = article;
    options.duration = args.duration;
    options.start = args.start.map(at);
    options.end = args.end.map(at);
    options.mention = args.mention;
    if let Some(path) = &args.glossary {
        let host::Input { name, bytes } = host::read(path)?;
        options.glossary = Some(glossary::read(&source::decode(&name, bytes, None, &mut cx.report)?)?);
    }
    if args.profile != DEFAULT {
        options.profile = Some(pipeline::profile(&args.profile)?);
    }
    options.segment.labels = args.labels;
    options.segment.gloss = args.gloss;
    options.segment.punctuation = args.punctuation;
    options.segment.spacing = args.spacing;
    options.segment.dialogue = args.dialogue;
    options.segment.frame_rate = args.fps;
    options.segment.words = args.words;
    options.segment.keep_unspoken = args.keep_unspoken;
    options.mark_doubt = args.mark_doubt;
    options.doubtful_below = args.fail_on.map(|limit| limit.max(DOUBTFUL_BELOW));
    options.anchors = args.anchor.clone();
    options.given = given(args);
    listen(args, media, &mut options)?;
    Ok((input, options))
}

/// Options that change times, as they were given.
fn given(args: &Args) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    let lengths = [("--duration", args.duration), ("--start", args.start), ("--end", args.end)];
    given.extend(lengths.iter().filter_map(|(name, value)| Some(format!("{name} {}", (*value)?))));
    given.extend(args.anchor.iter().map(|anchor| format!("--anchor {}={}", anchor.time, anchor.words)));
    given.extend(args.audio_track.map(|track| format!("--audio-track {track}")));
    given.extend(args.acoustic_model.as_ref().map(|path| format!("--acoustic-model {}", path.display())));
    given.extend(args.force.then(|| "--force".to_owned()));
    given
}

#[cfg(feature = "audio")]
fn listen(args: &Args, media: Option<PathBuf>, options: &mut AlignOptions) -> Result<()> {
    let asked = [
        (args.audio_track.is_some(), "--audio-track"),
        (args.force, "--force"),
        (args.acoustic_model.is_some(), "--acoustic-model"),
    ];
    let Some(media) = media else {
        return match asked.iter().find(|(asked, _)| *asked) {
            Some((_, option)) => Err(no_media(option)),
            None => Ok(()),
        };
    };
    let mut listen = pipeline::Listen::to(media);
    listen.track = args.audio_track;
    listen.force = args.force;
    listen.model.clone_from(&args.acoustic_model);
    options.listen = Some(listen);
    Ok(())
}

#[cfg(not(feature = "audio"))]
fn listen(args: &Args, media: Option<PathBuf>, _options: &mut AlignOptions) -> Result<()> {
    let _ = (args.audio_track, args.force, &args.acoustic_model);
    match media {
        None => Ok(()),
        Some(media) => Err(Error::new(
            ErrorKind::Usage,
            format!("this zimu was built without sound; {} cannot be heard", media.display()),
        )
        .with_remedy("build it with the feature `audio`")
        .with_chinese(format!("此 zimu 未编译声音功能，无法听取 {}", media.display()))
        .with_chinese_remedy("请启用 audio 特性重新编译")),
    }
}

#[cfg(feature = "audio")]
fn no_media(option: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{option} needs media to listen to"))
        .with_remedy("name the media beside the article: `zimu align talk.mp4 article.txt`")
        .with_chinese(format!("{option} 需要媒体文件"))
        .with_chinese_remedy("请在文章之外再指定媒体：`zimu align talk.mp4 article.txt`")
}

fn lines(aligned: &Aligned, facts: &Facts, cx: &Cx) -> Vec<String> {
    let lang = cx.lang;
    let mut lines = vec![if aligned.is_estimated() {
        say::ESTIMATED.say(lang, &[])
    } else if let Some(media) = aligned.heard() {
        let doubtful = aligned.doubtful().len();
        say::HEARD.say(lang, &[("name", &media), ("doubtful", &doubtful)])
    } else {
        say::KEPT.say(lang, &[("name", &aligned.source.name())])
    }];
    let names: Vec<String> = facts.speakers.iter().map(|(name, turns)| format!("{name} {turns}")).collect();
    let speakers = format!("{} ({})", facts.speakers.len(), say::list(lang, &names));
    lines.push(say::SPEECH.say(
        lang,
        &[
            ("turns", &facts.turns),
            ("speakers", if names.is_empty() { &0 } else { &speakers }),
            ("cues", &facts.cues),
            ("start", &facts.extent.start),
            ("end", &facts.extent.end),
        ],
    ));
    if let (Some(rate), Some((cue, speed))) = (facts.rate, facts.fastest) {
        let (rate, speed) = (format!("{rate:.1}"), format!("{speed:.1}"));
        lines.push(say::RATE.say(lang, &[("rate", &rate), ("cue", &cue.saturating_add(1)), ("speed", &speed)]));
    }
    if !facts.unspoken.is_empty() {
        let list: Vec<String> = facts.unspoken.iter().map(|(r, n)| format!("{} {n}", reason_words(*r, lang))).collect();
        lines.push(say::UNSPOKEN.say(lang, &[("list", &say::list(lang, &list))]));
    }
    lines.push(say::PROFILE.say(lang, &[("id", &aligned.profile.id)]));
    lines.extend(written(cx));
    lines
}

/// The line that says which files were written.
pub(super) fn written(cx: &Cx) -> Option<String> {
    let files = cx.outputs.iter().filter(|output| !output.target.is_stdout());
    let list: Vec<String> = files.map(pipeline::Output::name).collect();
    (!list.is_empty()).then(|| say::WRITTEN.say(cx.lang, &[("list", &say::list(cx.lang, &list))]))
}

/// Each output for programs; what went to standard output stands in it as text.
pub(super) fn outputs_json(cx: &Cx) -> Vec<Value> {
    let one = |output: &pipeline::Output| {
        let text = output.target.is_stdout().then(|| String::from_utf8_lossy(output.held()).into_owned());
        let mut value = json!({ "path": output.name(), "format": output.format.id });
        if let (Some(text), Value::Object(fields)) = (text, &mut value) {
            fields.insert("text".to_owned(), Value::String(text));
        }
        value
    };
    cx.outputs.iter().map(one).collect()
}

fn summary(aligned: &Aligned, facts: &Facts, cx: &Cx) -> Value {
    let speakers: Vec<Value> = facts.speakers.iter().map(|(n, turns)| json!({ "name": n, "turns": turns })).collect();
    let unspoken: Map<String, Value> = facts.unspoken.iter().map(|(r, n)| (r.name().to_owned(), json!(n))).collect();
    json!({
        "estimated": aligned.is_estimated(),
        "language": aligned.alignment.transcript.lang.as_ref().map(LangTag::as_str),
        "profile": aligned.profile.id,
        "turns": facts.turns,
        "speakers": speakers,
        "cues": facts.cues,
        "start": facts.extent.start.as_seconds_f64(),
        "end": facts.extent.end.as_seconds_f64(),
        "syllables": facts.syllables,
        "syllables_per_second": facts.rate.map(tenths),
        "fastest": facts.fastest.map(|(cue, speed)| json!({ "cue": cue.saturating_add(1), "chars_per_second": tenths(speed) })),
        "unspoken": unspoken,
        "outputs": outputs_json(cx),
    })
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(super) fn length(text: &str) -> Result<TimeDelta> {
    let (en, zh) = (
        "5:59, 359, 359s, 0:05:59.5, 5m59s, PT5M59S or 5分59秒",
        "5:59、359、359s、0:05:59.5、5m59s、PT5M59S 或 5分59秒",
    );
    TimeDelta::parse(text).ok_or_else(|| write_it(en, zh))
}

/// An option's value is not understood: how it is written.
pub(super) fn write_it(en: &str, zh: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("write {en}")).with_chinese(format!("请写作 {zh}"))
}

pub(super) fn frame_rate(text: &str) -> Result<FrameRate> {
    FrameRate::parse(text).ok_or_else(|| write_it("25, 29.97 or 30000/1001", "25、29.97 或 30000/1001"))
}

pub(super) fn language(text: &str) -> Result<LangTag> {
    LangTag::parse(text).ok_or_else(|| write_it("a BCP 47 tag: zh-Hans, en", "BCP 47 标签，如 zh-Hans、en"))
}

/// An encoding by its WHATWG label.
pub(super) fn encoding(text: &str) -> Result<Encoding> {
    let labels = "utf-8, gb18030, big5, shift_jis, windows-1252";
    Encoding::parse(text)
        .ok_or_else(|| write_it(&format!("a WHATWG label: {labels}"), &format!("WHATWG 标签，如 {labels}")))
}

/// `doubtful`, or `doubtful=0.8`.
fn doubtful(text: &str) -> Result<f32> {
    let wrong = || write_it("doubtful, or doubtful=P with P from 0 to 1", "doubtful，或 doubtful=P，P 在 0 与 1 之间");
    let Some(rest) = text.strip_prefix("doubtful") else { return Err(wrong()) };
    let Some(limit) = rest.strip_prefix('=') else {
        return if rest.is_empty() { Ok(DOUBTFUL_BELOW) } else { Err(wrong()) };
    };
    limit.parse().ok().filter(|limit| (0.0..=1.0).contains(limit)).ok_or_else(wrong)
}

fn anchor(text: &str) -> Result<GivenAnchor> {
    let wrong = || write_it("TIME=WORDS, such as 0:35=大家好", "TIME=WORDS，如 0:35=大家好");
    let (time, words) = text.split_once('=').ok_or_else(wrong)?;
    let time = Time::ZERO + TimeDelta::parse(time).ok_or_else(wrong)?;
    Ok(GivenAnchor { time, words: words.to_owned() })
}

fn rename(text: &str) -> Result<(String, String)> {
    let (old, new) = text.split_once('=').ok_or_else(|| write_it("OLD=NEW", "旧名=新名"))?;
    Ok((old.trim().to_owned(), new.trim().to_owned()))
}

fn pattern(text: &str) -> Result<regex::Regex> {
    regex::Regex::new(text).map_err(|cause| {
        Error::new(ErrorKind::Usage, cause.to_string()).with_chinese(format!("不是正则表达式\n{cause}"))
    })
}
