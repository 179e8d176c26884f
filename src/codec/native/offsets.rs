//! Offsets in characters, for people and other languages; the model counts bytes.

/// The characters of a text by number.
pub(super) struct Offsets {
    /// The byte at which each character starts, and the end; empty if all are ASCII.
    starts: Vec<u32>,
    len: u32,
}

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        let len = clamp(text.len());
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(i, _)| clamp(i)).chain([len]).collect()
        };
        Self { starts, len }
    }

    /// How many characters there are before `byte`; one that it cuts counts as whole, beyond the end all do.
    pub(super) fn chars(&self, byte: u32) -> u32 {
        let byte = byte.min(self.len);
        if self.starts.is_empty() { byte } else { clamp(self.starts.partition_point(|start| *start < byte)) }
    }

    /// The byte at which character `index` starts; `None` beyond the end.
    pub(super) fn byte(&self, index: u32) -> Option<u32> {
        if self.starts.is_empty() {
            (index <= self.len).then_some(index)
        } else {
            self.starts.get(index as usize).copied()
        }
    }

    /// The length in bytes.
    pub(super) fn end(&self) -> u32 {
        self.len
    }
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn characters_are_not_bytes() {
        let offsets = Offsets::new("从a到");
        assert_eq!([0, 3, 4, 7].map(|byte| offsets.chars(byte)), [0, 1, 2, 3]);
        assert_eq!([0, 1, 2, 3, 4].map(|index| offsets.byte(index)), [Some(0), Some(3), Some(4), Some(7), None]);
        assert_eq!(Offsets::new("").byte(0), Some(0));
    }
}
