//! What stops an operation. Anything wrong *in the data* is a [`crate::diag::Diagnostic`] instead.

use std::fmt;

/// Shorthand for results that stop with an [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of failure it is: for code that branches, and for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request itself makes no sense: an unknown format, a bad option value.
    Usage,
    /// The input cannot be read or is not what it must be.
    Unreadable,
    /// An output exists and may not be replaced.
    Exists,
    /// Cues were lost.
    Loss,
    /// The transcript does not fit what it is to be timed on.
    Refused,
    /// A stated limit was reached: size, depth, count.
    Limit,
    /// Some inputs of a batch failed.
    Batch,
    /// A program that is needed is not installed.
    MissingProgram,
    /// What was looked for was found: breaches, doubtful cues, denied losses.
    Findings,
    /// Something failed outside: disk full, permission.
    Io,
    /// A fault of zimu itself.
    Internal,
    /// The user stopped it.
    Interrupted,
}

/// One class of failure: its name in JSON, its exit code, its meaning. Help and documents walk this table.
pub struct ErrorClass {
    /// The kind.
    pub kind: ErrorKind,
    /// Stable name, as in `--json`.
    pub name: &'static str,
    /// Exit code of the command line.
    pub exit: u8,
}

/// Every error class, once.
pub static ERROR_CLASSES: &[ErrorClass] = &[
    ErrorClass { kind: ErrorKind::Findings, name: "findings", exit: 1 },
    ErrorClass { kind: ErrorKind::Usage, name: "usage", exit: 2 },
    ErrorClass { kind: ErrorKind::Unreadable, name: "unreadable", exit: 3 },
    ErrorClass { kind: ErrorKind::Io, name: "io", exit: 3 },
    ErrorClass { kind: ErrorKind::Exists, name: "exists", exit: 4 },
    ErrorClass { kind: ErrorKind::Loss, name: "loss", exit: 5 },
    ErrorClass { kind: ErrorKind::Refused, name: "refused", exit: 6 },
    ErrorClass { kind: ErrorKind::MissingProgram, name: "missing-program", exit: 7 },
    ErrorClass { kind: ErrorKind::Batch, name: "batch", exit: 8 },
    ErrorClass { kind: ErrorKind::Limit, name: "limit", exit: 9 },
    ErrorClass { kind: ErrorKind::Internal, name: "internal", exit: 70 },
    ErrorClass { kind: ErrorKind::Interrupted, name: "interrupted", exit: 130 },
];

impl ErrorKind {
    /// Its row of [`ERROR_CLASSES`].
    pub fn class(self) -> &'static ErrorClass {
        const FALLBACK: ErrorClass = ErrorClass { kind: ErrorKind::Internal, name: "internal", exit: 70 };
        ERROR_CLASSES.iter().find(|class| class.kind == self).unwrap_or(&FALLBACK)
    }
}

/// An operation stopped. Opaque: a kind to branch on, a sentence that names the thing and the remedy, a cause.
///
/// ```
/// use zimu::{Error, ErrorKind};
/// let error = Error::new(ErrorKind::Usage, "unknown format `sbt`").with_remedy("`zimu formats` lists them");
/// assert_eq!(error.kind(), ErrorKind::Usage);
/// assert_eq!(error.to_string(), "unknown format `sbt` (`zimu formats` lists them)");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    remedy: Option<String>,
    chinese: Option<String>,
    chinese_remedy: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure of `kind`, in one sentence without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            remedy: None,
            chinese: None,
            chinese_remedy: None,
            cause: None,
        }))
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// Adds the sentence in Chinese.
    #[must_use]
    pub fn with_chinese(mut self, message: impl Into<String>) -> Self {
        self.0.chinese = Some(message.into());
        self
    }

    /// Adds the remedy in Chinese.
    #[must_use]
    pub fn with_chinese_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.chinese_remedy = Some(remedy.into());
        self
    }

    /// Adds the failure below it.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The sentence without the remedy.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the user can do about it, if that is known.
    pub fn remedy(&self) -> Option<&str> {
        self.0.remedy.as_deref()
    }

    /// The sentence in Chinese; the English one where there is none.
    pub fn chinese(&self) -> &str {
        self.0.chinese.as_deref().unwrap_or(&self.0.message)
    }

    /// The remedy in Chinese; the English one where there is none.
    pub fn chinese_remedy(&self) -> Option<&str> {
        self.0.chinese_remedy.as_deref().or(self.remedy())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(cause) = &self.0.cause {
            write!(f, ": {cause}")?;
        }
        if let Some(remedy) = &self.0.remedy {
            write!(f, " ({remedy})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}
