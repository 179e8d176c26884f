//! `zimu transcript`.

use super::align::ArticleArgs;
use super::outcome::{Cx, Outcome};
use std::path::PathBuf;
use zimu::codec::native;
use zimu::pipeline::{self, Opened};
use zimu::{Result, transcript};

const AFTER_HELP: &str = "\
Examples:
  zimu transcript interview.txt
  zimu transcript interview.txt --json > transcript.json

Edit transcript.json and go on with `zimu align transcript.json`.";

/// Show how an article is understood: who says what, and what nobody says
///
/// With --json, print the transcript itself: what `zimu align` takes after a person has corrected it.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The article, or a transcript or alignment saved as JSON; `-` is standard input
    #[arg(value_name = "ARTICLE")]
    input: PathBuf,
    #[command(flatten)]
    article: ArticleArgs,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let (input, options) = args.article.open(&args.input)?;
    let Opened { source, content } = pipeline::open(input, &options, &mut cx.report)?;
    cx.keep_for_excerpts(source);
    let transcript = content.transcript();
    if cx.json() {
        let data = native::write_transcript(transcript);
        return Ok(Outcome { data, data_is_json: true, ..Outcome::default() });
    }
    let text = transcript::describe(transcript, cx.lang);
    Ok(Outcome { data: text.into_bytes(), ..Outcome::default() })
}
