//! Where a writer's bytes go while it writes: to a file block by block, so that a long output is never held whole.

use std::io::{self, Write};

/// Large enough that a call of the system costs nothing beside it, small enough to stay in a processor's cache.
const BLOCK: usize = 1 << 17;

/// What a writer gives its bytes to, cue by cue. Whoever wants them whole makes it with [`Blocks::whole`].
pub struct Blocks<'a> {
    to: Option<&'a mut dyn Write>,
    failed: Option<io::Error>,
}

impl<'a> Blocks<'a> {
    /// Takes nothing: the writer gives all bytes back.
    pub fn whole() -> Self {
        Self { to: None, failed: None }
    }

    /// Passes blocks on.
    pub fn to(to: &'a mut dyn Write) -> Self {
        Self { to: Some(to), failed: None }
    }

    /// Bytes are passed on before all are known.
    pub(super) fn pass_on(&self) -> bool {
        self.to.is_some()
    }

    /// Bytes to make room for, where `all` are expected.
    pub(super) fn room(&self, all: usize) -> usize {
        // The last cue may reach beyond the block.
        if self.pass_on() { all.min(BLOCK.saturating_mul(2)) } else { all }
    }

    /// Whether it took the bytes: the writer's buffer is to be cleared. Writers call it between cues.
    #[must_use]
    pub(super) fn take(&mut self, bytes: &[u8]) -> bool {
        let takes = self.pass_on() && bytes.len() >= BLOCK;
        if takes {
            self.put(bytes);
        }
        takes
    }

    /// Passes bytes on at once, if it passes anything on.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        // After a failure there is no place for them: they go, and the failure is told at the end.
        if let (Some(to), None) = (&mut self.to, &self.failed) {
            self.failed = to.write_all(bytes).err();
        }
    }

    /// Takes the bytes that are left.
    ///
    /// # Errors
    /// The first failure of what the blocks went to.
    pub(super) fn finish(mut self, bytes: &[u8]) -> io::Result<()> {
        self.put(bytes);
        self.failed.map_or(Ok(()), Err)
    }
}
