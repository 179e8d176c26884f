//! Where results go: formats and paths, all of them looked at before anything is written.

use crate::codec::{self, Format};
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::host::{STDIN, Staged, Target, commit_all, unwritable};
use std::io::{self, Write};
use std::path::Path;

/// One output.
pub struct Output {
    /// The format it is written in.
    pub format: &'static Format,
    /// Where it goes.
    pub target: Target,
    /// What that format could not keep.
    pub report: Report,
    staged: Option<Staged>,
}

impl Output {
    /// What to call it: its path, or `<stdout>`.
    pub fn name(&self) -> String {
        if self.target.is_stdout() { "<stdout>".to_owned() } else { self.target.path().display().to_string() }
    }

    /// What is for standard output, once it is made.
    pub fn held(&self) -> &[u8] {
        self.staged.as_ref().filter(|_| self.target.is_stdout()).map_or(&[], Staged::held)
    }
}

/// The outputs of one job.
#[derive(Default)]
pub struct Outputs(Vec<Output>);

impl Outputs {
    /// Reads `PATH` and `ID:PATH` (`-` is standard output) and looks at each place. `to` is the format of a `PATH`
    /// instead of its extension's; `otherwise` that of standard output, where nothing else says.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an unknown format or a place named twice; [`ErrorKind::Exists`] and [`ErrorKind::Io`] as
    /// [`Target::new`] has them.
    pub fn new<'a>(
        specs: impl IntoIterator<Item = &'a str>,
        to: Option<&'static Format>,
        otherwise: Option<&'static Format>,
        overwrite: bool,
    ) -> Result<Self> {
        let mut outputs: Vec<Output> = Vec::new();
        for spec in specs {
            let (format, path) = format_and_path(spec, to, otherwise)?;
            let target = Target::new(Path::new(path), overwrite)?;
            if outputs.iter().any(|other| other.target.same_place(&target)) {
                return Err(twice(path));
            }
            outputs.push(Output { format, target, report: Report::default(), staged: None });
        }
        Ok(Self(outputs))
    }

    /// Makes every output's content beside its place; nothing stands there before [`Outputs::commit`].
    ///
    /// # Errors
    /// Those of `make`, and of writing.
    pub fn make(
        &mut self,
        make: impl Fn(&'static Format, &mut dyn Write, &mut Report) -> Result<io::Result<()>>,
    ) -> Result<()> {
        self.make_in(Staged::new, make)
    }

    /// Makes every output's content for its report, and keeps nothing of it.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn rehearse(
        &mut self,
        make: impl Fn(&'static Format, &mut dyn Write, &mut Report) -> Result<io::Result<()>>,
    ) -> Result<()> {
        self.make_in(|_| Ok(Staged::nowhere()), make)
    }

    fn make_in(
        &mut self,
        place: impl Fn(&Target) -> Result<Staged>,
        make: impl Fn(&'static Format, &mut dyn Write, &mut Report) -> Result<io::Result<()>>,
    ) -> Result<()> {
        self.0.iter_mut().try_for_each(|output| {
            let staged = output.staged.insert(place(&output.target)?);
            make(output.format, staged, &mut output.report)?.map_err(|cause| unwritable(output.target.path(), &cause))
        })
    }

    /// Puts the files in their places, or none as far as the system allows. What is for standard output waits in
    /// [`Output::held`]: the caller knows what else goes there.
    ///
    /// # Errors
    /// Those of writing.
    pub fn commit(&mut self) -> Result<()> {
        let files = self.0.iter_mut().filter(|output| !output.target.is_stdout());
        commit_all(files.filter_map(|output| Some((&output.target, output.staged.take()?))))
    }

    /// Nothing of what was made is kept.
    pub fn discard(&mut self) {
        self.0.iter_mut().for_each(|output| output.staged = None);
    }

    /// Each output's report keeps all that is noticed.
    pub fn report_in_full(&mut self) {
        self.0.iter_mut().for_each(|output| output.report = Report::in_full());
    }

    /// What is for standard output.
    pub fn for_stdout(&self) -> &[u8] {
        self.0.iter().find(|output| output.target.is_stdout()).map_or(&[], Output::held)
    }

    /// Each output.
    pub fn iter(&self) -> impl Iterator<Item = &Output> {
        self.0.iter()
    }
}

fn format_and_path<'a>(
    spec: &'a str,
    to: Option<&'static Format>,
    otherwise: Option<&'static Format>,
) -> Result<(&'static Format, &'a str)> {
    if let Some((format, path)) = named(spec) {
        return Ok((format, path));
    }
    if let Some(format) = to {
        return Ok((format, spec));
    }
    if spec == STDIN {
        return otherwise.map(|format| (format, spec)).ok_or_else(stdout_format);
    }
    match Path::new(spec).extension().and_then(|extension| extension.to_str()) {
        Some(extension) => codec::by_extension(extension).map(|format| (format, spec)),
        None => Err(no_extension(spec)),
    }
}

/// `ID:PATH`. Anything else before a colon (`C:\talk.srt`) belongs to the path.
fn named(spec: &str) -> Option<(&'static Format, &str)> {
    let (id, path) = spec.split_once(':')?;
    codec::by_id(id).ok().map(|format| (format, path)).filter(|(_, path)| !path.is_empty())
}

fn twice(path: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{path} is named twice as an output"))
        .with_remedy("give each output a path of its own")
        .with_chinese(format!("输出 {path} 重复"))
        .with_chinese_remedy("请给每个输出单独的路径")
}

fn stdout_format() -> Error {
    Error::new(ErrorKind::Usage, "standard output has no extension that tells the format")
        .with_remedy("name it: --to srt, or -o srt:-")
        .with_chinese("标准输出没有扩展名，无法得知格式")
        .with_chinese_remedy("请指定格式：--to srt 或 -o srt:-")
}

fn no_extension(path: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{path} has no extension that tells the format"))
        .with_remedy(format!("name it: -o srt:{path}; `zimu formats` lists them"))
        .with_chinese(format!("{path} 没有扩展名，无法得知格式"))
        .with_chinese_remedy(format!("请指定格式：-o srt:{path}；`zimu formats` 列出全部格式"))
}
