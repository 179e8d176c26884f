//! A stream as the demuxers want it.

use super::Stream;
use std::io::{self, Read, Seek, SeekFrom};
use symphonia::core::io::MediaSource;

/// A stream with its length, found once.
pub(super) struct Source {
    stream: Box<dyn Stream>,
    length: Option<u64>,
}

impl Source {
    pub(super) fn new(mut stream: Box<dyn Stream>) -> Self {
        let length = stream.seek(SeekFrom::End(0)).ok();
        let back = stream.seek(SeekFrom::Start(0));
        Self { stream, length: length.filter(|_| back.is_ok()) }
    }

    /// Lets it be read from front to back only.
    pub(super) fn one_way(&mut self) {
        self.length = None;
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.stream.seek(to)
    }
}

impl MediaSource for Source {
    fn is_seekable(&self) -> bool {
        self.length.is_some()
    }

    fn byte_len(&self) -> Option<u64> {
        self.length
    }
}
