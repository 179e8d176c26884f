//! Whole jobs: from an article to captions.

use std::path::Path;
use zimu::codec::{WriteOptions, srt, vtt};
use zimu::diag::{Report, codes};
use zimu::measure::Ruler;
use zimu::pipeline::{self, AlignOptions, Aligned};
use zimu::profile;
use zimu::segment::GlossMode;

fn aligned(article: &str, options: &AlignOptions, report: &mut Report) -> Aligned {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/article").join(article);
    pipeline::align(zimu::host::read(&path).unwrap(), options, report).unwrap()
}

#[test]
fn a_profile_for_another_language_is_named() {
    for (id, warnings) in [("netflix-en", 1), ("netflix-zh-hans", 0), ("bilibili", 0), ("youtube", 0)] {
        let mut options = AlignOptions::default();
        options.profile = Some(profile::builtin(id).unwrap());
        let mut report = Report::default();
        aligned("interview--zh-glosses.txt", &options, &mut report);
        assert_eq!(report.count(codes::align::PROFILE_LANGUAGE), warnings, "{id}");
    }
}

#[test]
fn ruby_becomes_brackets_within_the_limits_where_a_format_has_none() {
    let mut options = AlignOptions::default();
    options.profile = Some(profile::builtin("netflix-zh-hans").unwrap());
    options.segment.gloss = GlossMode::Ruby;
    let aligned = aligned("interview--zh-glosses.txt", &options, &mut Report::default());
    let write = |format, report: &mut Report| {
        String::from_utf8(aligned.write(format, &WriteOptions::default(), report).unwrap()).unwrap()
    };

    let mut report = Report::default();
    assert!(write(&vtt::FORMAT, &mut report).contains("<ruby>idea<rt>点子</rt></ruby>"));
    assert_eq!(report.count(codes::loss::RUBY), 0);
    let brackets = write(&srt::FORMAT, &mut report);
    assert!(brackets.contains("idea(点子)"), "{brackets}");
    assert_eq!(report.count(codes::loss::RUBY), aligned.alignment.transcript.glosses() as u64);
    let text = brackets.lines().filter(|line| !line.contains("-->"));
    let widest = text.max_by_key(|line| Ruler::Each.width(line)).unwrap();
    assert!(Ruler::Each.width(widest).as_chars() <= 16.0, "{widest}");
}
