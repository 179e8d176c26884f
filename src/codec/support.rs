//! The support matrix, for people: docs/formats.md and `zimu formats`.

use super::{FEATURES, FORMATS, Feature, Format};
use std::fmt::Write as _;

/// The features by what they are about: with a format a row, a table of all of them would be too wide to read.
static GROUPS: &[(&str, &[Feature])] = &[
    (
        "Cues and the file",
        &[
            Feature::ExactTimes,
            Feature::FrameRate,
            Feature::StartTimecode,
            Feature::CueId,
            Feature::Placement,
            Feature::Region,
            Feature::Note,
            Feature::Header,
            Feature::TrackLang,
        ],
    ),
    (
        "How text looks",
        &[
            Feature::Bold,
            Feature::Italic,
            Feature::Underline,
            Feature::Strike,
            Feature::Color,
            Feature::Background,
            Feature::Font,
            Feature::Class,
            Feature::Emphasis,
            Feature::Upright,
        ],
    ),
    (
        "What text says, and when",
        &[
            Feature::Voice,
            Feature::Lang,
            Feature::Ruby,
            Feature::Gloss,
            Feature::Unsaid,
            Feature::Shown,
            Feature::Evidence,
        ],
    ),
];

/// What each format keeps, as Markdown tables: a row per format, a column per feature, a table per group of features.
pub fn support_matrix() -> String {
    let mut out = String::new();
    for (title, features) in GROUPS {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "### {title}\n");
        for (_, name, meaning) in FEATURES.iter().filter(|(feature, ..)| features.contains(feature)) {
            let _ = writeln!(out, "* `{name}`: {meaning}");
        }
        out.push_str("\n| format |");
        features.iter().for_each(|feature| out.extend([" ", feature.name(), " |"]));
        out.push_str("\n|---|");
        out.push_str(&":-:|".repeat(features.len()));
        for format in FORMATS {
            let _ = write!(out, "\n| `{}` |", format.id);
            for feature in *features {
                out.push_str(if format.keeps.contains(feature) { " ● |" } else { " |" });
            }
        }
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The page docs/formats.md: every format, and what each of them keeps.
pub fn support_page() -> String {
    let mut out = String::from(
        "# Formats\n\nMade from the table `FORMATS`; `BLESS=1 cargo test formats_page` rewrites it.\n\n\
         | id | name | read | written | edited in place | extensions | media type | follows |\n|---|---|:-:|:-:|:-:|---|---|---|\n",
    );
    for format in FORMATS {
        let Format { id, name, spec, mime, .. } = format;
        let extensions = format.extensions.iter().map(|e| format!("`.{e}`")).collect::<Vec<_>>().join(" ");
        let written = if format.write.is_some() { "●" } else { "" };
        let spliced = if format.splice.is_some() { "●" } else { "" };
        let _ = writeln!(out, "| `{id}` | {name} | ● | {written} | {spliced} | {extensions} | `{mime}` | {spec} |");
    }
    out.push_str(
        "\nEdited in place: `fix` and `retime` change only the bytes concerned; other files they write anew.\n\n## What they keep\n\n● comes back unchanged from a file of that format; a test holds each cell. Everything else, and a value that\n\
         the format cannot spell, is reported when it is written: as lost, or as kept in another way.\n\n",
    );
    out.push_str(&support_matrix());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_stands_in_one_group() {
        let mut grouped: Vec<Feature> = GROUPS.iter().flat_map(|(_, features)| features.iter().copied()).collect();
        grouped.sort_unstable();
        assert_eq!(grouped, FEATURES.iter().map(|(feature, ..)| *feature).collect::<Vec<_>>());
    }
}
