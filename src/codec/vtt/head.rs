//! Writing what stands before and between the cues: header, regions, styles, notes.

use super::lines::has_arrow;
use super::slips::excerpt;
use super::write::Writer;
use super::{FORMAT_ID, key, note, region};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location};
use crate::lang::LangTag;
use crate::model::{Extra, Note, Region};
use std::collections::{HashMap, VecDeque};
use std::iter::Peekable;
use std::slice::Iter;

impl Writer<'_> {
    pub(super) fn header(&mut self, header: Option<&str>, lang: Option<&LangTag>) {
        let header = header.unwrap_or_default();
        let (first, below) = header.split_once('\n').unwrap_or((header, ""));
        let fits = !header.contains(['\r', '\0']) && (first.len() == header.len() || is_block(below));
        self.out.push_str("WEBVTT");
        if fits {
            note::push_after_word(&mut self.out, header);
        } else {
            // On one line any text can stand.
            note::push_after_word(&mut self.out, &header.split_whitespace().collect::<Vec<_>>().join(" "));
            self.lose(Diagnostic::new(loss::HEADER_CHANGED, Location::FILE).with("text", first));
        }
        self.out.push('\n');
        if let Some(lang) = lang.filter(|lang| !(fits && super::read::language(below).as_ref() == Some(*lang))) {
            self.lose(Diagnostic::new(loss::TRACK_LANG, Location::FILE).with("lang", lang.as_str()));
        }
    }

    /// Writes the blocks before the first cue in their order, and gives back the notes that are left.
    pub(super) fn head<'n>(
        &mut self,
        regions: &[Region],
        extras: &[Extra],
        notes: &'n [Note],
    ) -> Peekable<Iter<'n, Note>> {
        let mut regions = regions.iter();
        let mut notes = notes.iter().peekable();
        let ours = |key: &'static str| extras.iter().filter(move |e| e.format == FORMAT_ID && e.key == key);
        let mut styles = ours(key::STYLE).map(|extra| extra.value.as_str());
        let mut written = written_regions(ours(key::REGION));
        for letter in ours(key::ORDER).flat_map(|extra| extra.value.chars()) {
            match letter {
                'R' => regions.next().into_iter().for_each(|region| self.region(region, &mut written)),
                'S' => styles.next().into_iter().for_each(|style| self.style(style)),
                _ => notes.next_if(|note| note.before == 0).into_iter().for_each(|note| self.note(note)),
            }
        }
        regions.for_each(|region| self.region(region, &mut written));
        styles.for_each(|style| self.style(style));
        for extra in extras {
            let kept = match extra.key {
                key::STYLE | key::REGION | key::ORDER => true,
                key::NO_HOURS => self.no_hours && extra.value.is_empty(),
                _ => false,
            };
            if extra.format != FORMAT_ID || !kept {
                self.leftovers.drop(extra);
            }
        }
        notes
    }

    fn style(&mut self, style: &str) {
        if !(style.is_empty() || is_block(style)) {
            return self.leftovers.drop_text(FORMAT_ID, key::STYLE, style);
        }
        self.out.push_str("\nSTYLE\n");
        if !style.is_empty() {
            self.out.extend([style, "\n"]);
        }
    }

    fn region(&mut self, region: &Region, written: &mut HashMap<String, VecDeque<(Region, &str)>>) {
        let raw = written.get_mut(&region.id).and_then(|queue| {
            let front = queue.front().is_some_and(|(parsed, _)| parsed == region);
            front.then(|| queue.pop_front()).flatten()
        });
        let text = raw.map_or_else(|| region::write(region), |(_, raw)| raw.to_owned());
        if !is_block(&text) || Region::from(&region::parse(&text, |_| ())) != *region {
            return self.lose(Diagnostic::new(loss::REGION, Location::FILE).with("id", region.id.as_str()));
        }
        self.out.extend(["\nREGION\n", &text, "\n"]);
    }

    pub(super) fn note(&mut self, note: &Note) {
        let Note { before: _, text } = note;
        let lines = || text.split('\n');
        if lines().skip(1).all(|line| !line.is_empty()) && !text.contains(['\r', '\0']) && !text.contains("-->") {
            self.out.push_str("\nNOTE");
            note::push_after_word(&mut self.out, text);
            return self.out.push('\n');
        }
        // A blank line ends a comment, an arrow begins a cue.
        self.lose(Diagnostic::new(loss::NOTE_CHANGED, Location::FILE).with("text", excerpt(text)));
        let tame = text.replace('\r', "\n").replace('\0', "\u{FFFD}").replace("-->", "-- >");
        self.out.push_str("\nNOTE");
        for line in tame.split('\n').filter(|line| !line.is_empty()) {
            self.out.extend(["\n", line]);
        }
        self.out.push('\n');
    }
}

/// Lines that can stand in a block: none blank, none with an arrow.
fn is_block(text: &str) -> bool {
    !text.contains(['\r', '\0']) && text.split('\n').all(|line| !line.is_empty() && !has_arrow(line))
}

/// The REGION blocks that were kept as written, by id.
fn written_regions<'a>(extras: impl Iterator<Item = &'a Extra>) -> HashMap<String, VecDeque<(Region, &'a str)>> {
    let mut written: HashMap<String, VecDeque<_>> = HashMap::new();
    for extra in extras {
        let region = Region::from(&region::parse(&extra.value, |_| ()));
        written.entry(region.id.clone()).or_default().push_back((region, extra.value.as_str()));
    }
    written
}
