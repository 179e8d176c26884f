//! Verbatim leftovers that one format owns.

/// Something that only its own format understands, kept to come back through that format's writer unchanged; other
/// writers report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The id of the format that owns it (`vtt`).
    pub format: &'static str,
    /// What it is, in that format's words (`payload`, `settings`, `style`, `coordinates`).
    pub key: &'static str,
    /// Verbatim.
    pub value: String,
}
