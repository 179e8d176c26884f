//! `body` and `div`: what they and the region say of the paragraphs in them.

use super::head::{bad_value, not_kept, own_decls, references};
use super::namespace::Ns;
use super::read::{Reader, is_known};
use super::region::Region;
use super::style::{self, Decl, Effect, Switch, effects, merge};
use super::timing::Timing;
use super::{ID, key};
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location};
use crate::model::{Align, Extra, MarkKind, Placement, Rgba};
use std::rc::Rc;

/// Where a property was specified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Region,
    Body,
    Inside,
}

/// `body` or `div`.
pub(super) struct Block<'a> {
    pub(super) timing: Timing,
    pub(super) preserve: bool,
    pub(super) decls: Rc<Vec<(Level, Decl<'a>)>>,
    pub(super) voices: Vec<String>,
    pub(super) region: Option<String>,
    /// Blocks with the same number say the same.
    pub(super) serial: u32,
}

/// What the blocks and the region around a `p` make of it.
#[derive(Clone, Default)]
pub(super) struct Base<'a> {
    pub(super) marks: Vec<MarkKind>,
    pub(super) align: Align,
    /// What only this family understands.
    pub(super) rest: Vec<Decl<'a>>,
    /// Properties of the body and the region, which stay there.
    pub(super) outside: Vec<Decl<'a>>,
    pub(super) written: String,
    pub(super) region: Option<usize>,
    pub(super) placement: Option<Placement>,
}

impl<'a> Reader<'a, '_> {
    /// The properties of the element that was opened, with those that it refers to.
    pub(super) fn block_decls(&mut self) -> Vec<Decl<'a>> {
        let mut decls = Vec::new();
        for (id, at) in references(&self.pull.attrs) {
            let referred = self.head.resolve(&id, at, self.report);
            merge(&mut decls, &referred);
        }
        merge(&mut decls, &own_decls(&self.pull));
        for attr in self.pull.attrs.iter().filter(|a| a.ns == Ns::None && !is_known(a.local)) {
            not_kept(self.report, attr.name, attr.span());
        }
        decls
    }

    pub(super) fn region_attr(&mut self) -> Option<String> {
        let attr = self.pull.attrs.iter().find(|attr| attr.ns == Ns::None && attr.local == "region")?;
        Some(attr.value().trim().to_owned())
    }

    /// `body` or `div` begins.
    pub(super) fn block(&mut self, outer: &Timing, level: Level) {
        let specified = self.specified();
        let timing = outer.enter(specified);
        let own = self.block_decls();
        let (region, voices) = (self.region_attr(), self.agents());
        let (preserve, mut decls) = match self.blocks.last() {
            Some(block) => (block.preserve, block.decls.to_vec()),
            None => (self.preserve, Vec::new()),
        };
        if level == Level::Body {
            self.body_style(&own);
        }
        for decl in own {
            decls.retain(|(_, known)| !known.same_name(&decl));
            decls.push((level, decl));
        }
        if decls.iter().any(|(_, decl)| decl.ns == Ns::Smpte && decl.local == "backgroundImage") {
            self.report.push(Diagnostic::new(parse::TTML_IMAGE, Location::span(self.pull.span.clone())));
        }
        self.serial = self.serial.saturating_add(1);
        let around = self.blocks.last();
        let block = Block {
            timing,
            preserve: self.preserve(preserve),
            decls: Rc::new(decls),
            voices: if voices.is_empty() { around.map_or(Vec::new(), |b| b.voices.clone()) } else { voices },
            region: region.or_else(|| around.and_then(|block| block.region.clone())),
            serial: self.serial,
        };
        self.blocks.push(block);
    }

    /// What the body says that has no place in cues is kept for it.
    pub(super) fn body_style(&mut self, decls: &[Decl<'a>]) {
        let mut value = String::new();
        for decl in decls {
            let mut keep = false;
            effects(decl, |effect| keep |= matches!(effect, Effect::Keep | Effect::Bad) || is_font(&effect));
            let spoken = style::is_initial(decl) || Region::is_place(decl) || decl.ns == Ns::Xml;
            if keep && !spoken && !decl.write(&mut value) {
                not_kept(self.report, decl.local, self.pull.span.clone());
            }
        }
        if !value.is_empty() {
            self.track.extras.push(Extra { format: ID, key: key::BODY_STYLE, value });
        }
    }

    /// What holds of a `p` in these blocks and in this region before it says anything itself.
    pub(super) fn base(&mut self, region: Option<usize>) -> Rc<Base<'a>> {
        let Some(block) = self.blocks.last() else { return Rc::default() };
        let known = (block.serial, region);
        if let Some(base) = self.bases.get(&known) {
            return base.clone();
        }
        let decls = block.decls.clone();
        let mut base = Base { align: Align::Start, region, ..Base::default() };
        if let Some(row) = region.and_then(|at| self.head.regions.get(at)) {
            let row = row.decls.clone();
            // The rectangle is the placement; the background is the region's own.
            let own = |d: &&Decl<'_>| d.local != "backgroundColor" && (d.local == "textAlign" || !Region::is_place(d));
            row.iter().filter(own).for_each(|d| self.put(&mut base, Level::Region, d));
        }
        decls.iter().for_each(|(level, decl)| self.put(&mut base, *level, decl));
        self.settle(&mut base);
        // Documents have a handful of them.
        if self.bases.len() > 4096 {
            self.bases.clear();
        }
        let base = Rc::new(base);
        self.bases.insert(known, base.clone());
        base
    }

    /// Adds a property to what holds of a `p`.
    pub(super) fn put(&mut self, base: &mut Base<'a>, level: Level, decl: &Decl<'a>) {
        if decl.ns == Ns::Style && decl.local == "textAlign" {
            match style::align(&decl.value) {
                Some(align) => base.align = align,
                None => self.report.push(bad_value(decl, Location::FILE)),
            }
            return;
        }
        let track_lang = self.lang.as_ref();
        let mut keep = false;
        effects(decl, |effect| match effect {
            effect if is_font(&effect) => keep = true,
            Effect::On(kind) => {
                let same = |known: &MarkKind| std::mem::discriminant(known) == std::mem::discriminant(&kind);
                let had = base.marks.iter().position(same);
                let initial = matches!(&kind, MarkKind::Color(color) if had.is_none() && *color == WHITE)
                    || matches!(&kind, MarkKind::Background(color) if color.a == 0)
                    || matches!(&kind, MarkKind::Lang(lang) if Some(lang) == track_lang);
                if let Some(had) = had {
                    base.marks.remove(had);
                }
                if !initial {
                    base.marks.push(kind);
                }
            }
            Effect::Off(switch) => base.marks.retain(|kind| Switch::of(kind) != Some(switch)),
            Effect::Keep => keep = true,
            Effect::Bad => {
                keep = true;
                if level == Level::Inside {
                    self.report.push(bad_value(decl, Location::span(self.pull.span.clone())));
                }
            }
        });
        if keep {
            let kept = if level == Level::Inside { &mut base.rest } else { &mut base.outside };
            merge(kept, std::slice::from_ref(decl));
        }
    }

    /// Makes the leftovers and the placement of what was put together.
    pub(super) fn settle(&mut self, base: &mut Base<'a>) {
        base.written.clear();
        for decl in &base.rest {
            let outside = base.outside.iter().find(|known| known.same_name(decl));
            let says_nothing = outside.is_none() && style::is_initial(decl);
            // Languages that are none are of no use to anyone.
            if !says_nothing && decl.ns != Ns::Xml && !decl.write(&mut base.written) {
                not_kept(self.report, decl.local, self.pull.span.clone());
            }
        }
        let row = base.region.and_then(|at| self.head.regions.get(at));
        let placement = row.map(|row| row.region.placement(base.align));
        base.placement = placement.filter(|placement| *placement != Placement::default());
    }
}

/// Opaque white, which text has anyway.
const WHITE: Rgba = Rgba { r: 255, g: 255, b: 255, a: 255 };

/// Fonts of whole blocks are how a document looks, not what a cue says.
fn is_font(effect: &Effect) -> bool {
    matches!(effect, Effect::On(MarkKind::Font(_)))
}
