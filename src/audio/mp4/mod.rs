//! The audio of MP4, M4A and MOV (ISO/IEC 14496-12): packets of one track, each with the time at which it is heard.
//!
//! The codecs' parameters come from symphonia's reader; packets are read here, because edit lists and fragments' times decide
//! when sound is heard, because only the audio's bytes are wanted, and because cost and memory must be bounded.

mod boxes;
mod edit;
mod fragment;
mod itunes;
mod table;

use super::media::Delay;
use super::packets::Next;
use boxes::{find, inside, path, u32_at};
use edit::Edit;
use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};
use symphonia::core::errors::Error as Fault;
use symphonia::core::io::{MediaSourceStream, ReadBytes};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, TimeBase, Timestamp};
use table::{Cursor, Sample, Table};

/// Larger packets are not read: a second of 8-channel PCM at 96 kHz.
const LARGEST_PACKET: u32 = 4 << 20;

/// Packets before an edit that are decoded and not heard: the overlap of AAC needs one; Opus 80 ms (RFC 7845, 4.6).
const PREROLL_PACKETS: usize = 4;

/// PCM has a packet a sample: so many are read at once.
const AT_ONCE: u32 = 4096;

/// One track of an open file.
pub(super) struct Reader {
    stream: MediaSourceStream<'static>,
    length: u64,
    id: u32,
    timescale: u32,
    duration: u64,
    listed: bool,
    /// Samples before the sound, as the encoder's comment says.
    noted: Option<u64>,
    edits: Vec<Edit>,
    edit: usize,
    table: Table,
    cursor: Cursor,
    fragments: Option<Fragments>,
    /// Packets that were read and come first.
    ahead: VecDeque<Sample>,
    /// The last packets before the edit.
    before: VecDeque<Sample>,
    /// The edit has begun to be heard.
    begun: bool,
    /// Bytes that may still be read: tables may name the same bytes again and again.
    budget: u64,
}

struct Fragments {
    defaults: fragment::Defaults,
    /// The next box to look at.
    at: u64,
    time: u64,
    queue: VecDeque<Sample>,
}

impl Reader {
    /// Track `id` of the file, of `rate` samples a second; none if its tables make no sense.
    pub(super) fn open(
        mut stream: MediaSourceStream<'static>,
        length: u64,
        id: u32,
        rate: u32,
    ) -> io::Result<Option<Self>> {
        let Some(moov) = moov(&mut stream, length)? else { return Ok(None) };
        let moov = boxes::read(&mut stream, &moov)?;
        let movie = find(&moov, b"mvhd").and_then(timescale).unwrap_or(1000);
        let trak = inside(&moov).find(|(kind, trak)| {
            let tkhd = if kind == b"trak" { find(trak, b"tkhd") } else { None };
            tkhd.is_some_and(|tkhd| u32_at(tkhd, if tkhd.first() == Some(&1) { 20 } else { 12 }) == Some(id))
        });
        let Some((_, trak)) = trak else { return Ok(None) };
        let mdhd = path(trak, &[b"mdia", b"mdhd"]);
        let Some(timescale) = mdhd.and_then(timescale).filter(|units| *units > 0) else { return Ok(None) };
        let Some(table) = path(trak, &[b"mdia", b"minf", b"stbl"]).and_then(Table::new) else { return Ok(None) };
        let mut edits = path(trak, &[b"edts", b"elst"]).map_or(Vec::new(), |elst| edit::edits(elst, movie, timescale));
        let listed = !edits.is_empty();
        let noted = if listed { None } else { itunes::delay(&moov).map(|delay| edit::scaled(delay, rate, timescale)) };
        if !listed {
            edits.push(Edit { from: noted.unwrap_or(0), ..edit::WHOLE });
        }
        let fragments = fragment::Defaults::new(&moov, id).map(|defaults| Fragments {
            defaults,
            at: 0,
            time: 0,
            queue: VecDeque::new(),
        });
        Ok(Some(Self {
            stream,
            length,
            id,
            timescale,
            duration: mdhd.and_then(duration).unwrap_or(0),
            listed,
            noted,
            edits,
            edit: 0,
            table,
            cursor: Cursor::default(),
            fragments,
            ahead: VecDeque::new(),
            before: VecDeque::new(),
            begun: false,
            budget: length.saturating_mul(4),
        }))
    }

    /// The unit of packets' times.
    pub(super) fn base(&self) -> Option<TimeBase> {
        TimeBase::try_from_recip(self.timescale)
    }

    /// Units of the track before the sound, and who says so.
    pub(super) fn delay(&self) -> Option<(u64, Delay)> {
        let from = self.edits.first()?.from;
        match self.noted {
            Some(_) => Some((from, Delay::ITunes)),
            None => self.listed.then_some((from, Delay::EditList)),
        }
    }

    /// How many parts of the track are heard.
    pub(super) fn pieces(&self) -> usize {
        self.edits.len()
    }

    /// When the last edit ends, in units of the track; 0 if unknown.
    pub(super) fn end(&self) -> u64 {
        let Some(last) = self.edits.last() else { return 0 };
        let to = if self.duration > 0 { last.to.min(self.duration) } else { last.to };
        if to == u64::MAX { 0 } else { to.saturating_sub(last.from).saturating_add_signed(last.at) }
    }

    /// The next packet that is heard, or needed for one.
    pub(super) fn next(&mut self) -> Result<Next, Fault> {
        while let Some(edit) = self.edits.get(self.edit).copied() {
            let Some(sample) = self.sample()? else {
                self.turn_to_next_edit(edit);
                continue;
            };
            let end = sample.time.saturating_add(sample.length.into());
            if sample.time >= edit.to {
                self.ahead.push_front(sample);
                self.turn_to_next_edit(edit);
            } else if end <= edit.from && !self.begun {
                self.before.push_back(sample);
                if self.before.len() > PREROLL_PACKETS {
                    self.before.pop_front();
                }
            } else if !self.begun {
                self.begun = true;
                self.ahead.push_front(sample);
                while let Some(earlier) = self.before.pop_back() {
                    self.ahead.push_front(earlier);
                }
            } else {
                if end > edit.to {
                    // The rest of the packet may be heard in the next edit.
                    self.ahead.push_front(sample);
                    self.turn_to_next_edit(edit);
                }
                return self.packet(sample, edit).map(Next::Packet);
            }
        }
        Ok(Next::End)
    }

    fn turn_to_next_edit(&mut self, done: Edit) {
        self.edit = self.edit.saturating_add(1);
        self.begun = false;
        self.before.clear();
        let back = self.edits.get(self.edit).is_some_and(|edit| edit.from < done.to);
        if back {
            self.cursor = Cursor::default();
            self.ahead.clear();
            if let Some(fragments) = &mut self.fragments {
                (fragments.at, fragments.time) = (0, 0);
                fragments.queue.clear();
            }
        }
    }

    fn packet(&mut self, sample: Sample, edit: Edit) -> Result<Packet, Fault> {
        let data = self.bytes(&sample)?;
        let length = u64::from(sample.length);
        let first = edit.from.saturating_sub(sample.time).min(length);
        let last = sample.time.saturating_add(length).saturating_sub(edit.to).min(length.saturating_sub(first));
        let into = i128::from(sample.time).saturating_sub(edit.from.into()).saturating_add(edit.at.into());
        let position = Timestamp::new(i64::try_from(into).unwrap_or(i64::MAX));
        let mut packet = Packet::new(self.id, position, Duration::new(length), data);
        (packet.trim_start, packet.trim_end) = (Duration::new(first), Duration::new(last));
        Ok(packet)
    }

    fn bytes(&mut self, sample: &Sample) -> Result<Vec<u8>, Fault> {
        if sample.size > LARGEST_PACKET {
            return Err(Fault::LimitError("a packet of over 4 MiB"));
        }
        let end = sample.offset.saturating_add(sample.size.into());
        if end > self.length {
            return Err(Fault::IoError(io::ErrorKind::UnexpectedEof.into()));
        }
        // An empty packet costs as much as a small one.
        self.budget = self
            .budget
            .checked_sub(u64::from(sample.size).max(16))
            .ok_or(Fault::LimitError("the tables name the same bytes again and again"))?;
        if self.stream.pos() != sample.offset {
            self.stream.seek(SeekFrom::Start(sample.offset))?;
        }
        let mut bytes = vec![0; usize::try_from(sample.size).unwrap_or(0)];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The next packet of the track; of PCM, many at once.
    fn sample(&mut self) -> Result<Option<Sample>, Fault> {
        if let Some(sample) = self.ahead.pop_front() {
            return Ok(Some(sample));
        }
        let Some(mut sample) = self.table.next(&mut self.cursor) else { return self.fragment() };
        if !self.table.is_pcm() {
            return Ok(Some(sample));
        }
        while sample.length < AT_ONCE {
            let mut after = self.cursor;
            let end = sample.offset.saturating_add(sample.size.into());
            let Some(next) = self.table.next(&mut after).filter(|next| next.offset == end) else { break };
            self.cursor = after;
            sample.size = sample.size.saturating_add(next.size);
            sample.length = sample.length.saturating_add(next.length);
        }
        Ok(Some(sample))
    }

    fn fragment(&mut self) -> Result<Option<Sample>, Fault> {
        let Some(fragments) = &mut self.fragments else { return Ok(None) };
        loop {
            if let Some(sample) = fragments.queue.pop_front() {
                return Ok(Some(sample));
            }
            let Some(place) = boxes::at(&mut self.stream, fragments.at, self.length)? else { return Ok(None) };
            fragments.at = place.end;
            if &place.kind == b"moof" {
                let moof = boxes::read(&mut self.stream, &place)?;
                let (time, queue) = (&mut fragments.time, &mut fragments.queue);
                fragments.defaults.samples(&moof, place.start, self.id, time, queue);
            }
        }
    }
}

/// Boxes of a file that are looked at for its index: an hour of fragments has some thousands, behind it.
const MOST_BOXES: usize = 20_000;

/// Begins as an MP4 file does, and has no `moov` box: recorders and copies that broke off leave such files. The stream is put
/// back to its start.
pub(super) fn lacks_index(stream: &mut (impl Read + Seek), length: u64) -> bool {
    let seen = kinds(stream, length);
    // Where this fails, opening fails after it.
    let _ = stream.rewind();
    seen.is_ok_and(|kinds| kinds.len() < MOST_BOXES && kinds.first() == Some(b"ftyp") && !kinds.contains(b"moov"))
}

/// The kinds of the boxes up to the index.
fn kinds(stream: &mut (impl Read + Seek), length: u64) -> io::Result<Vec<[u8; 4]>> {
    let (mut kinds, mut at) = (Vec::new(), 0);
    while kinds.len() < MOST_BOXES && kinds.last() != Some(b"moov") {
        let Some(place) = boxes::at(stream, at, length)? else { break };
        kinds.push(place.kind);
        at = place.end;
    }
    Ok(kinds)
}

fn moov(stream: &mut MediaSourceStream<'static>, length: u64) -> io::Result<Option<boxes::Place>> {
    let mut at = 0;
    while let Some(place) = boxes::at(stream, at, length)? {
        if &place.kind == b"moov" {
            return Ok(Some(place));
        }
        at = place.end;
    }
    Ok(None)
}

/// Units a second, of `mvhd` and `mdhd`.
fn timescale(head: &[u8]) -> Option<u32> {
    u32_at(head, if head.first() == Some(&1) { 20 } else { 12 })
}

/// The length, of `mdhd`.
fn duration(head: &[u8]) -> Option<u64> {
    if head.first() == Some(&1) { boxes::u64_at(head, 24) } else { u32_at(head, 16).map(u64::from) }
}
