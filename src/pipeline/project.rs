//! `zimu.toml`: what the captions of a project are held against, and which are left alone.

use super::check::{CheckOptions, Judge};
use super::profile::names_file;
use crate::check::{Level, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::host::{Input, Patterns, read};
use crate::source::decode;
use crate::time::FrameRate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name; it is looked for in the folder of the captions and those above it.
pub const PROJECT_FILE: &str = "zimu.toml";

/// How many folders up it is looked for.
const MOST_FOLDERS: usize = 64;

/// A project file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Captions that are left alone.
    #[serde(default)]
    ignore: Vec<String>,
    /// What holds for all.
    #[serde(default)]
    check: Section,
    /// What holds for the files that match, the later the stronger.
    #[serde(default, rename = "for")]
    sections: Vec<Section>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    profile: Vec<String>,
    fps: Option<String>,
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
}

/// A project file, and where it stands.
struct Project {
    folder: PathBuf,
    name: String,
    table: Table,
}

/// Adds to `options` what the project of the captions at `path` says; what `options` say is stronger. `None` if the
/// project leaves such files alone, and nobody named this one.
///
/// # Errors
/// [`ErrorKind::Usage`] with file and place if the project file cannot be read, or names what does not exist.
pub(super) fn in_project(path: &Path, named: bool, options: &CheckOptions) -> Result<Option<CheckOptions>> {
    let Some(project) = Project::of(path)? else { return Ok(Some(options.clone())) };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let relative = absolute.strip_prefix(&project.folder).unwrap_or(path);
    if !named && Patterns::new(&project.table.ignore)?.matches(relative) {
        return Ok(None);
    }
    let mut merged = CheckOptions { judges: Vec::new(), set: Vec::new(), ..options.clone() };
    merged.rules.levels.clear();
    project.apply(&project.table.check, &mut merged)?;
    for section in &project.table.sections {
        if Patterns::new(&section.files)?.matches(relative) {
            project.apply(section, &mut merged)?;
        }
    }
    if !options.judges.is_empty() {
        merged.judges.clone_from(&options.judges);
    }
    merged.rules.levels.extend(options.rules.levels.iter().copied());
    merged.set.extend(options.set.iter().cloned());
    merged.rules.frame_rate = options.rules.frame_rate.or(merged.rules.frame_rate);
    Ok(Some(merged))
}

impl Project {
    /// The nearest project file above `path`.
    fn of(path: &Path) -> Result<Option<Self>> {
        let Ok(absolute) = std::path::absolute(path) else { return Ok(None) };
        let found = absolute
            .ancestors()
            .skip(1)
            .take(MOST_FOLDERS)
            .map(|folder| folder.join(PROJECT_FILE))
            .find(|file| file.is_file());
        let Some(file) = found else { return Ok(None) };
        let Input { name, bytes } = read(&file)?;
        let text = decode(&name, bytes, None, &mut crate::diag::Report::default())?;
        let table = toml::from_str(text.text()).map_err(|cause| {
            let what = cause.message().to_owned();
            let line = cause.span().map_or(1, |span| text.line_column(u32::try_from(span.start).unwrap_or(0)).line);
            Error::new(ErrorKind::Usage, format!("{name}:{line}: {what}"))
                .with_remedy("docs/check.md says what may stand there")
                .with_chinese(format!("{name}:{line}：{what}"))
                .with_chinese_remedy("docs/check.md 说明了可用的内容")
        })?;
        Ok(Some(Self { folder: file.parent().map(Path::to_owned).unwrap_or_default(), name, table }))
    }

    fn apply(&self, section: &Section, options: &mut CheckOptions) -> Result<()> {
        if !section.profile.is_empty() {
            options.judges = section.profile.iter().map(|name| self.judge(name)).collect::<Result<_>>()?;
        }
        if let Some(fps) = &section.fps {
            let bad = || self.error(&format!("`{fps}` is no frame rate"), &format!("“{fps}”不是帧率"));
            options.rules.frame_rate = Some(FrameRate::parse(fps).ok_or_else(bad)?);
        }
        for (rule, level) in &section.rules {
            let both = Rule::by_id(rule).and_then(|rule| Ok((rule, Level::parse(level)?)));
            options.rules.levels.push(both.map_err(|cause| self.because(&cause))?);
        }
        for (key, value) in &section.set {
            options.set.push((key.clone(), written(value)));
        }
        Ok(())
    }

    /// Files of profiles stand beside the project file.
    fn judge(&self, name: &str) -> Result<Judge> {
        let beside = names_file(name).then(|| self.folder.join(name).display().to_string());
        Judge::by_name(beside.as_deref().unwrap_or(name)).map_err(|cause| self.because(&cause))
    }

    fn because(&self, cause: &Error) -> Error {
        self.error(cause.message(), cause.chinese())
    }

    fn error(&self, what: &str, chinese: &str) -> Error {
        Error::new(ErrorKind::Usage, format!("{}: {what}", self.name)).with_chinese(format!("{}：{chinese}", self.name))
    }
}

/// A value as the command line would have it.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        toml::Value::Array(values) => values.iter().map(written).collect::<Vec<_>>().join(","),
        // Settings are none of these; the profile says so.
        toml::Value::Datetime(_) | toml::Value::Table(_) => String::new(),
    }
}
