//! WebVTT §6.1 "collect a WebVTT block": what the blank lines, the arrows and the first words make of the lines.

use super::lines::Text;
use super::timestamp::Cursor;
use crate::time::TimeRange;
use std::ops::Range;

/// A block of lines.
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Its text: a cue's payload, the lines of a style or region, everything of another block.
    pub(super) text: Range<usize>,
    /// All of it.
    pub(super) range: Range<usize>,
    /// It ended without a blank line, where a line with an arrow begins the next block.
    pub(super) cut_short: bool,
}

pub(super) enum BlockKind {
    Cue {
        /// The line before the timing line; empty if there is none.
        id: Range<usize>,
        times: TimeRange,
        /// Both times have hours if they need them, and only then.
        bare: bool,
        /// What follows the times.
        settings: Range<usize>,
    },
    Style,
    Region,
    /// Dropped: its line with an arrow is no timing line.
    BadTiming(Range<usize>),
    /// Passed over, as comments are.
    Other,
}

/// Collects blocks from a text.
pub(super) struct Blocks<'a> {
    pub(super) text: Text<'a>,
    pub(super) position: usize,
    seen_cue: bool,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(text: Text<'a>, position: usize) -> Self {
        Self { text, position, seen_cue: false }
    }

    /// A cue has been found: styles and regions no longer count.
    pub(super) fn seen_cue(&self) -> bool {
        self.seen_cue
    }

    /// The header block: lines after the first one up to a blank line or an arrow.
    pub(super) fn header(&mut self) -> Range<usize> {
        self.collect(true).text
    }

    /// The next block, if the file has not ended.
    pub(super) fn next_block(&mut self) -> Option<Block> {
        self.position = self.text.skip_blank(self.position);
        (self.position < self.text.len()).then(|| self.collect(false))
    }

    fn collect(&mut self, in_header: bool) -> Block {
        let start = self.position;
        let mut block = Block { kind: BlockKind::Other, text: start..start, range: start..start, cut_short: false };
        let (mut count, mut seen_arrow) = (0u64, false);
        loop {
            let line = self.text.line_at(self.position);
            count = count.saturating_add(1);
            if line.arrow {
                if in_header || count > 2 || (count == 2 && seen_arrow) {
                    block.cut_short = true;
                    return block;
                }
                seen_arrow = true;
                block.kind = self.timing_line(line.content, &line.range, &block.text);
                block.text = line.next..line.next;
            } else if line.content.is_empty() {
                self.position = line.next;
                return block;
            } else {
                if !in_header && count == 2 && !self.seen_cue {
                    self.headword(&mut block, line.range.start);
                }
                block.text.end = line.range.end;
            }
            block.range.end = line.range.end;
            self.position = line.next;
            if line.last {
                return block;
            }
        }
    }

    /// Reads `start --> end settings`; `before` is the line before it.
    fn timing_line(&mut self, content: &str, line: &Range<usize>, before: &Range<usize>) -> BlockKind {
        let mut cursor = Cursor::new(content);
        let Some(times) = cursor.timings() else {
            return BlockKind::BadTiming(line.clone());
        };
        self.seen_cue = true;
        let settings = line.start.saturating_add(cursor.position())..line.end;
        let bare = cursor.is_bare(times);
        BlockKind::Cue { id: before.clone(), times, bare, settings }
    }

    /// At the second line: the first one may have said what the block is.
    fn headword(&self, block: &mut Block, second_line: usize) {
        let kind = match self.text.raw(block.text.clone()).trim_end_matches(|c: char| c.is_ascii_whitespace()) {
            "STYLE" => BlockKind::Style,
            "REGION" => BlockKind::Region,
            _ => return,
        };
        block.kind = kind;
        block.text = second_line..second_line;
    }
}
