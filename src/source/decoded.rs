//! The text of an input: made, or the very bytes that were read.

use std::fmt;
use std::sync::Arc;
use yoke::Yoke;

/// Text that owns itself, or that is bytes found to be UTF-8. A large input is checked many bytes at a time and never
/// copied; the standard library's check of owned bytes takes a tenth of a conversion.
#[derive(Clone)]
pub(super) enum Decoded {
    Made(String),
    Read(Yoke<&'static str, Arc<Vec<u8>>>),
}

impl Decoded {
    /// The bytes as text.
    ///
    /// # Errors
    /// Gives back bytes that are not UTF-8.
    pub(super) fn checked(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        let bytes = Arc::new(bytes);
        match Yoke::try_attach_to_cart(Arc::clone(&bytes), |bytes| simdutf8::basic::from_utf8(bytes)) {
            Ok(text) => Ok(Self::Read(text)),
            Err(_) => Err(Arc::unwrap_or_clone(bytes)),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Made(text) => text,
            Self::Read(text) => text.get(),
        }
    }
}

impl From<String> for Decoded {
    fn from(text: String) -> Self {
        Self::Made(text)
    }
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_text_or_come_back() {
        assert_eq!(Decoded::checked("字幕".into()).unwrap().as_str(), "字幕");
        assert_eq!(Decoded::checked(b"a\xFF".to_vec()).unwrap_err(), b"a\xFF");
    }
}
