//! Whether a document follows a profile: structure, required attributes, values, the features that the profile allows.
//!
//! Judged is what the tables of this folder say, and in code only what looks at more than one value: units that need a
//! parameter, references, regions that reach out of the picture.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "tokens of XML and properties of style; marks are matched elsewhere"
)]

mod ebu;
mod table;
mod value;

use super::namespace::Ns;
use super::region::{Canvas, Region};
use super::style::Decl;
use super::xml::{Attr, Fault, Pull, Token};
use crate::codec::Conformance;
use crate::diag::codes::conform_ttml as code;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::source::Source;
use std::collections::HashSet;
use std::ops::Range;
use table::{ATTRIBUTES, AttributeRow, EBU, ELEMENTS, I10, I11};
use value::{Grammar, Needs};

/// IMSC 1.1 Text Profile.
pub static IMSC_1_1_TEXT: Conformance = Conformance {
    id: "imsc-1.1-text",
    name: "IMSC 1.1 Text Profile",
    spec: "W3C Recommendation, 8 November 2018, https://www.w3.org/TR/ttml-imsc1.1/",
    format: "ttml",
    check: |source, report| check(source, report, I11),
};

/// IMSC 1.0.1 Text Profile.
pub static IMSC_1_0_1_TEXT: Conformance = Conformance {
    id: "imsc-1.0.1-text",
    name: "IMSC 1.0.1 Text Profile",
    spec: "W3C Recommendation, 24 April 2018, https://www.w3.org/TR/ttml-imsc1.0.1/",
    format: "ttml",
    check: |source, report| check(source, report, I10),
};

/// EBU-TT-D.
pub static EBU_TT_D: Conformance = Conformance {
    id: "ebu-tt-d",
    name: "EBU-TT-D",
    spec: "EBU Tech 3380 version 1.0.1, May 2018",
    format: "ebu-tt-d",
    check: |source, report| check(source, report, EBU),
};

/// IMSC 1.1 Text has this style property.
pub(super) fn permits(local: &str) -> bool {
    ATTRIBUTES.iter().any(|row| row.0 == Ns::Style && row.1 == local && row.2 & I11 != 0)
}

fn check(source: &Source, report: &mut Report, standard: u8) {
    let mut judge = Judge {
        pull: Pull::new(source.text()),
        report,
        standard,
        path: Vec::new(),
        ids: HashSet::new(),
        styles: HashSet::new(),
        regions: HashSet::new(),
        references: Vec::new(),
        parameters: HashSet::new(),
        canvas: Canvas::default(),
        image: false,
        region: None,
        sized_styles: HashSet::new(),
        seen: HashSet::new(),
        timed_p: false,
        timed_span: false,
        placed_div: false,
    };
    if let Err(fault) = judge.document() {
        let at = match fault {
            Fault::Broken(at) | Fault::Doctype(at) => at,
            Fault::Limit(..) => judge.pull.span.end,
        };
        judge.report.push(Diagnostic::new(code::XML, Location::span(at..at)));
    }
    judge.finish();
}

/// A region that is open: its id, whether it has an extent, its properties.
struct OpenRegion<'a> {
    id: String,
    span: Range<usize>,
    sized: bool,
    decls: Vec<Decl<'a>>,
}

struct Judge<'a, 'r> {
    pull: Pull<'a>,
    report: &'r mut Report,
    standard: u8,
    /// Elements of TTML that are open; the empty name for others.
    path: Vec<&'a str>,
    ids: HashSet<String>,
    styles: HashSet<String>,
    regions: HashSet<String>,
    /// What is named and must be there: of styles or of regions.
    references: Vec<(bool, String, Range<usize>)>,
    /// Parameters that `tt` has.
    parameters: HashSet<&'a str>,
    canvas: Canvas,
    /// It says that it is of an image profile.
    image: bool,
    region: Option<OpenRegion<'a>>,
    /// Styles with an extent.
    sized_styles: HashSet<String>,
    /// Elements that were there.
    seen: HashSet<&'a str>,
    /// The paragraph has times; the span has.
    timed_p: bool,
    timed_span: bool,
    /// The division has a region.
    placed_div: bool,
}

impl<'a> Judge<'a, '_> {
    fn document(&mut self) -> Result<(), Fault> {
        loop {
            match self.pull.next()? {
                Token::Open(ns, local) => self.open(ns, local),
                Token::Close => self.close(),
                Token::Text(text) => self.text(text),
                Token::Entity(_) => return Err(Fault::Broken(self.pull.span.start)),
                Token::Instruction(text) => self.instruction(text),
                Token::Char(_) | Token::Comment(_) => {}
                Token::End => return Ok(()),
            }
        }
    }

    fn breach(&mut self, code: Code, at: Range<usize>, clause: &str, with: &[(&'static str, &str)]) {
        self.report.push_with(code, Location::span(at), |diagnostic| {
            let diagnostic = with.iter().fold(diagnostic, |d, (name, value)| d.with(name, *value));
            diagnostic.with("clause", clause)
        });
    }

    /// IMSC 1.1 §7.1: UTF-8.
    fn instruction(&mut self, text: &str) {
        let encoding = text.strip_prefix("xml").and_then(|text| text.split_once("encoding"));
        let Some((_, rest)) = encoding else { return };
        let name =
            rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '=').trim_start_matches(['"', '\'']);
        if !name.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("utf-8")) {
            let span = self.pull.span.clone();
            self.breach(code::ENCODING, span, "IMSC 1.1 §7.1", &[]);
        }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().all(|b| b.is_ascii_whitespace()) {
            return;
        }
        let (span, parent) = (self.pull.span.clone(), self.path.last().copied().unwrap_or_default());
        match parent {
            "" => {}
            "p" | "span" if self.standard == EBU && !self.timed_p && !(self.timed_span && parent == "span") => {
                let with = [("name", "begin"), ("element", parent)];
                self.breach(code::REQUIRED, span, "EBU Tech 3380, tt:p", &with);
            }
            "p" | "span" => {}
            _ => self.breach(code::TEXT, span, "TTML2 §8.1", &[("element", parent)]),
        }
    }

    fn open(&mut self, ns: Ns, local: &'a str) {
        let span = self.pull.span.clone();
        let parent = self.path.last().copied();
        let in_foreign = parent == Some("");
        let image = ns == Ns::Smpte && matches!(local, "image" | "data");
        if image || (ns == Ns::Tt && in_foreign && local != "metadata") {
            self.breach(code::ELEMENT, span.clone(), "IMSC 1.1 §8.3", &[("name", local), ("parent", "metadata")]);
        }
        if parent.is_none() && (ns, local) != (Ns::Tt, "tt") {
            self.breach(code::ELEMENT, span.clone(), "TTML2 §8.1.1", &[("name", local), ("parent", "the document")]);
        }
        if ns != Ns::Tt || local == "metadata" || in_foreign {
            return self.path.push("");
        }
        let parent = parent.unwrap_or_default();
        let rows = ELEMENTS.iter().filter(|(name, _, standards, _)| *name == local && standards & self.standard != 0);
        let fits = rows.clone().any(|(_, parents, ..)| parents.contains(&parent));
        if !fits {
            let clause = rows.map(|(.., clause)| *clause).next().unwrap_or("IMSC 1.1 §8.3");
            self.breach(code::ELEMENT, span.clone(), clause, &[("name", local), ("parent", parent)]);
        }
        // One head before one body.
        let twice = matches!(local, "head" | "body" | "styling" | "layout") && self.seen.contains(local);
        if twice || (local == "head" && self.seen.contains("body")) {
            self.breach(code::ELEMENT, span.clone(), "TTML2 §8.1.1", &[("name", local), ("parent", parent)]);
        }
        self.seen.insert(local);
        self.path.push(local);
        if local == "tt" {
            self.root();
        }
        let attrs = std::mem::take(&mut self.pull.attrs);
        for attr in &attrs {
            self.attribute(local, attr);
        }
        self.pull.attrs = attrs;
        self.element(local, parent, span);
    }

    /// What the rest of the document depends on.
    fn root(&mut self) {
        for attr in &self.pull.attrs {
            match (attr.ns, attr.local) {
                (Ns::Parameter, local) => {
                    self.parameters.insert(local);
                    self.image |= attr.raw.ends_with("/image");
                }
                (Ns::Style, "extent") => {
                    self.parameters.insert("extent");
                    let parse = |text: &str| text.strip_suffix("px")?.parse::<f64>().ok();
                    let mut parts = attr.raw.split_ascii_whitespace().map(parse);
                    self.canvas.pixels = parts.next().flatten().zip(parts.next().flatten());
                }
                _ => {}
            }
        }
    }

    fn attribute(&mut self, element: &'a str, attr: &Attr<'a>) {
        if attr.ns == Ns::Other {
            return;
        }
        let span = attr.span();
        let row = |row: &&AttributeRow| row.0 == attr.ns && row.1 == attr.local && row.2 & self.standard != 0;
        let on = |row: &&AttributeRow| row.3.contains(&element) || row.3.contains(&"*");
        let (rows, whole) = match self.standard {
            EBU => (ebu::ATTRIBUTES, "EBU Tech 3380"),
            _ => (ATTRIBUTES, "IMSC 1.1 §8.3"),
        };
        let known: Vec<&AttributeRow> = rows.iter().filter(row).collect();
        let Some(found) = known.iter().find(|row| on(row)) else {
            let clause = known.first().map_or(whole, |row| row.5);
            return self.breach(code::ATTRIBUTE, span, clause, &[("name", attr.name), ("element", element)]);
        };
        let (.., grammar, clause) = *found;
        let value = attr.value();
        let Some(needs) = grammar.accepts(&value, self.image) else {
            return self.breach(code::VALUE, span, clause, &[("text", attr.raw), ("name", attr.name)]);
        };
        let (parameter, clause) = match needs {
            Needs::Nothing => ("", ""),
            Needs::Pixels => ("extent", "IMSC 1.1 §8.2"),
            Needs::Frames => ("frameRate", "IMSC 1.1 §8.3 #frameRate"),
            Needs::Ticks => ("tickRate", "IMSC 1.1 §8.3 #tickRate"),
        };
        if needs != Needs::Nothing && element != "tt" && !self.parameters.contains(parameter) {
            self.breach(code::NEEDS, span.clone(), clause, &[("text", attr.raw), ("name", parameter)]);
        }
        match grammar {
            Grammar::Name if !self.ids.insert(value.to_string()) => {
                self.breach(code::DUPLICATE_ID, span, "XML id 1.0", &[("id", &value)]);
            }
            Grammar::Region => self.references.push((true, value.trim().to_owned(), span)),
            Grammar::Styles => {
                let each = value.split_ascii_whitespace().map(|id| (false, id.to_owned(), span.clone()));
                self.references.extend(each);
            }
            _ => {}
        }
    }

    /// What an element must have, and what it means for others.
    fn element(&mut self, local: &'a str, parent: &str, span: Range<usize>) {
        let has = |ns: Ns, name: &str| self.pull.attrs.iter().any(|attr| attr.ns == ns && attr.local == name);
        let id = super::head::xml_id(&self.pull.attrs);
        let timed = has(Ns::None, "begin") || has(Ns::None, "end");
        let mut lacking: Vec<(&str, &str)> = Vec::new();
        let mut need = |needed: bool, name: &'static str, clause: &'static str| {
            if needed {
                lacking.push((name, clause));
            }
        };
        match local {
            "tt" => {
                need(!has(Ns::Xml, "lang"), "xml:lang", "TTML2 §8.1.1");
                let ebu = self.standard == EBU;
                need(ebu && !has(Ns::Parameter, "timeBase"), "ttp:timeBase", "EBU Tech 3380, tt:tt");
            }
            "div" => self.placed_div = has(Ns::None, "region"),
            "span" => self.timed_span = timed,
            "p" => {
                self.timed_p = timed;
                need(self.standard == EBU && id.is_none(), "xml:id", "EBU Tech 3380, tt:p");
            }
            "style" if parent == "styling" => {
                need(self.standard == EBU && id.is_none(), "xml:id", "EBU Tech 3380, tt:style")
            }
            "region" => {
                let ebu = self.standard == EBU;
                need(ebu && id.is_none(), "xml:id", "EBU Tech 3380, tt:region");
                need(ebu && !has(Ns::Style, "origin"), "tts:origin", "EBU Tech 3380, tt:region");
            }
            _ => {}
        }
        let sized = has(Ns::Style, "extent");
        let twice = self.standard == EBU && local == "span" && timed && self.timed_p;
        let placed_twice = self.standard == EBU && local == "p" && self.placed_div && has(Ns::None, "region");
        for (name, clause) in lacking {
            self.breach(code::REQUIRED, span.clone(), clause, &[("name", name), ("element", local)]);
        }
        if twice {
            let with = [("name", "begin"), ("element", "span")];
            self.breach(code::ATTRIBUTE, span.clone(), "EBU Tech 3380, tt:span", &with);
        }
        if placed_twice {
            let with = [("name", "region"), ("element", "p")];
            self.breach(code::ATTRIBUTE, span.clone(), "EBU Tech 3380, tt:p", &with);
        }
        let decls = super::head::own_decls(&self.pull);
        let by_style = super::head::references(&self.pull.attrs).iter().any(|(id, _)| self.sized_styles.contains(id));
        match (local, parent) {
            ("region", _) => {
                let sized = sized || by_style;
                self.regions.extend(id.clone());
                self.region = Some(OpenRegion { id: id.unwrap_or_default(), span, sized, decls });
            }
            ("style", "region") => {
                if let Some(region) = &mut self.region {
                    region.sized |= sized || by_style;
                    super::style::merge(&mut region.decls, &decls);
                }
            }
            ("style", _) => {
                self.styles.extend(id.clone());
                if sized || by_style {
                    self.sized_styles.extend(id);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        if self.path.pop() == Some("region")
            && let Some(region) = self.region.take()
        {
            self.judge_region(&region);
        }
    }

    /// IMSC 1.1 §8.3 #extent-region, §8.2: a region has an extent and lies within the root container.
    fn judge_region(&mut self, region: &OpenRegion<'_>) {
        if !region.sized {
            let with = [("name", "tts:extent"), ("element", "region")];
            self.breach(code::REQUIRED, region.span.clone(), "IMSC 1.1 §8.3 #extent-region", &with);
        }
        let mut bad = false;
        let place = Region::read(&region.decls, &self.canvas, |_| bad = true);
        // A hundredth of a percent is the rounding of thirds.
        let outside = |(at, size): (i64, i64)| at < 0 || at.saturating_add(size) > 100_010;
        if !bad && (outside(place.x) || outside(place.y)) {
            self.breach(code::OUTSIDE, region.span.clone(), "IMSC 1.1 §8.2", &[("id", &region.id)]);
        }
    }

    /// References, and what must be there in the whole.
    fn finish(mut self) {
        for (region, id, span) in std::mem::take(&mut self.references) {
            let known = if region { &self.regions } else { &self.styles };
            if !known.contains(&id) {
                let what = if region { "region" } else { "style" };
                self.breach(code::REFERENCE, span, "TTML2 §10.1.2, §11.2.1", &[("what", what), ("id", &id)]);
            }
        }
        if self.standard == EBU {
            // A document without a body shows nothing, and is one.
            let body = self.seen.contains("body");
            let inside = ["head", "styling", "style", "layout", "region"].into_iter().chain(body.then_some("div"));
            let lacking: Vec<&str> = inside.filter(|name| !self.seen.contains(name)).collect();
            for name in lacking {
                let with = [("name", name), ("element", "tt")];
                self.breach(code::REQUIRED, 0..0, "EBU Tech 3380, tt:tt", &with);
            }
        }
    }
}
