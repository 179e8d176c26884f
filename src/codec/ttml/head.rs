//! The head: styles, regions, agents, metadata.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "tokens of XML and properties of style; marks are matched elsewhere"
)]

use super::namespace::Ns;
use super::region::{Canvas, Region};
use super::style::{Decl, merge};
use super::time::{self, Clock};
use super::xml::{Attr, Fault, Pull, Token};
use super::{ID, key};
use crate::diag::codes::parse;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::model::Extra;
use crate::time::TimeDelta;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// How long a chain of style references may be: real ones have two or three links.
const MAX_CHAIN: usize = 32;
/// How many properties a resolved style may hold; there are about eighty.
const MAX_PROPERTIES: usize = 256;

/// A `style` element, or what a region says of style.
#[derive(Default)]
struct Style<'a> {
    decls: Vec<Decl<'a>>,
    refs: Vec<(String, Range<usize>)>,
    resolved: Option<Rc<Vec<Decl<'a>>>>,
}

/// A `region` element.
pub(super) struct RegionRow<'a> {
    pub(super) id: String,
    pub(super) decls: Rc<Vec<Decl<'a>>>,
    pub(super) region: Region,
    /// It travels as a leftover: what its placement means is not written as this region.
    pub(super) kept: bool,
}

/// What stands before the body.
pub(super) struct Head<'a> {
    pub(super) clock: Clock,
    pub(super) canvas: Canvas,
    styles: HashMap<String, Style<'a>>,
    /// `initial` elements.
    pub(super) initial: Vec<Decl<'a>>,
    rows: Vec<(String, Vec<Style<'a>>, Range<usize>)>,
    pub(super) regions: Vec<RegionRow<'a>>,
    pub(super) region_of: HashMap<String, usize>,
    pub(super) agents: HashMap<String, String>,
    pub(super) title: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) extras: Vec<Extra>,
    /// `ebuttm:documentStartOfProgramme`.
    pub(super) start: Option<TimeDelta>,
}

impl<'a> Head<'a> {
    pub(super) fn new(clock: Clock, canvas: Canvas) -> Self {
        Self {
            clock,
            canvas,
            styles: HashMap::new(),
            initial: Vec::new(),
            rows: Vec::new(),
            regions: Vec::new(),
            region_of: HashMap::new(),
            agents: HashMap::new(),
            title: None,
            notes: Vec::new(),
            extras: Vec::new(),
            start: None,
        }
    }

    /// Reads the element `head` that was just opened.
    pub(super) fn read(&mut self, pull: &mut Pull<'a>, report: &mut Report) -> Result<(), Fault> {
        let depth = pull.depth();
        while pull.depth() >= depth {
            match pull.next()? {
                Token::Open(Ns::Tt, "styling" | "layout" | "metadata") => {}
                Token::Open(Ns::EbuMetadata, "documentMetadata") => {}
                Token::Open(Ns::Tt, "style") => self.style(pull)?,
                Token::Open(Ns::Tt, "initial") => {
                    let own = own_decls(pull);
                    merge(&mut self.initial, &own);
                }
                Token::Open(Ns::Tt, "region") => self.region(pull, report)?,
                // Which profile it is was seen before; it is written anew.
                Token::Open(Ns::Parameter, "profile") => drop(pull.skip()?),
                Token::Open(Ns::Tt, local @ ("animation" | "resources" | "audio")) => {
                    not_kept(report, local, pull.span.clone());
                    pull.skip()?;
                }
                Token::Open(ns, local) => self.metadata(ns, local, pull, report)?,
                Token::Comment(text) => self.notes.push(comment(text)),
                Token::End => break,
                Token::Close | Token::Text(_) | Token::Char(_) | Token::Entity(_) | Token::Instruction(_) => {}
            }
        }
        self.finish(report);
        Ok(())
    }

    fn style(&mut self, pull: &mut Pull<'a>) -> Result<(), Fault> {
        let style = Style { decls: own_decls(pull), refs: references(&pull.attrs), resolved: None };
        if let Some(id) = xml_id(&pull.attrs) {
            self.styles.insert(id, style);
        }
        pull.skip().map(drop)
    }

    fn region(&mut self, pull: &mut Pull<'a>, report: &mut Report) -> Result<(), Fault> {
        let own = Style { decls: own_decls(pull), refs: references(&pull.attrs), resolved: None };
        let (id, span) = (xml_id(&pull.attrs), pull.span.clone());
        if let Some(attr) = pull.attrs.iter().find(|a| a.ns == Ns::None && matches!(a.local, "begin" | "end" | "dur")) {
            not_kept(report, attr.local, attr.span());
        }
        let mut parts = vec![Style { decls: Vec::new(), refs: own.refs, resolved: None }];
        let depth = pull.depth();
        while pull.depth() >= depth {
            match pull.next()? {
                Token::Open(Ns::Tt, "style") => {
                    parts.push(Style { decls: own_decls(pull), refs: references(&pull.attrs), resolved: None });
                    pull.skip()?;
                }
                Token::Open(_, local) => {
                    not_kept(report, local, pull.span.clone());
                    pull.skip()?;
                }
                Token::End => break,
                _ => {}
            }
        }
        parts.push(Style { decls: own.decls, refs: Vec::new(), resolved: None });
        if let Some(id) = id {
            self.rows.push((id, parts, span));
        }
        Ok(())
    }

    /// An element of metadata: what others understand is taken out, the rest is kept as it stands.
    pub(super) fn metadata(
        &mut self,
        ns: Ns,
        local: &'a str,
        pull: &mut Pull<'a>,
        report: &mut Report,
    ) -> Result<(), Fault> {
        match (ns, local) {
            (Ns::Metadata, "title") if self.title.is_none() => {
                let title = text_of(pull)?;
                self.title = (!title.is_empty()).then_some(title);
            }
            (Ns::Metadata, "desc") => {
                let text = text_of(pull)?;
                self.notes.push(text);
            }
            (Ns::Metadata, "agent") => self.agent(pull)?,
            (Ns::EbuMetadata, "conformsToStandard" | "documentEbuttVersion") => drop(pull.skip()?),
            (Ns::EbuMetadata, "documentStartOfProgramme") => {
                let text = text_of(pull)?;
                self.start = time::parse(&text, &self.clock).map(|(start, _)| start);
            }
            _ => {
                let value = raw_element(pull)?;
                match value {
                    Some(value) => self.extras.push(Extra { format: ID, key: key::METADATA, value }),
                    None => not_kept(report, local, pull.span.clone()),
                }
            }
        }
        Ok(())
    }

    fn agent(&mut self, pull: &mut Pull<'a>) -> Result<(), Fault> {
        let (id, depth) = (xml_id(&pull.attrs), pull.depth());
        let mut name = None;
        while pull.depth() >= depth {
            match pull.next()? {
                Token::Open(Ns::Metadata, "name") => {
                    let text = text_of(pull)?;
                    name = name.or(Some(text));
                }
                Token::End => break,
                _ => {}
            }
        }
        if let Some(id) = id {
            let name = name.unwrap_or_else(|| id.clone());
            self.agents.insert(id, name);
        }
        Ok(())
    }

    /// Resolves the regions, now that all styles are known.
    fn finish(&mut self, report: &mut Report) {
        for (id, parts, span) in std::mem::take(&mut self.rows) {
            let mut decls = self.initial.clone();
            for part in &parts {
                for (style, span) in &part.refs {
                    let referred = self.resolve(style, span.clone(), report);
                    merge(&mut decls, &referred);
                }
                merge(&mut decls, &part.decls);
            }
            let at = Location::span(span);
            let region = Region::read(&decls, &self.canvas, |decl| {
                report.push(bad_value(decl, at));
            });
            // Regions that leave the alignment to their text say no more than its placement.
            let align = region.align.unwrap_or_default();
            let usual = Region { align: region.align, ..Region::of(&region.placement(align)) };
            let plain = !decls.iter().any(super::style::stays_in_region);
            let kept = !plain || usual != region;
            self.region_of.entry(id.clone()).or_insert(self.regions.len());
            self.regions.push(RegionRow { id, decls: Rc::new(decls), region, kept });
        }
    }

    /// The properties of a style with those that it refers to.
    pub(super) fn resolve(&mut self, id: &str, at: Range<usize>, report: &mut Report) -> Rc<Vec<Decl<'a>>> {
        let mut trail = Vec::new();
        self.resolve_in(id, at, &mut trail, report)
    }

    fn resolve_in(
        &mut self,
        id: &str,
        at: Range<usize>,
        trail: &mut Vec<String>,
        report: &mut Report,
    ) -> Rc<Vec<Decl<'a>>> {
        let Some(style) = self.styles.get(id) else {
            report.push(Diagnostic::new(parse::TTML_NO_STYLE, Location::span(at)).with("id", id));
            return Rc::default();
        };
        if let Some(resolved) = &style.resolved {
            return resolved.clone();
        }
        if trail.len() >= MAX_CHAIN || trail.iter().any(|seen| seen == id) {
            report.push(Diagnostic::new(parse::TTML_STYLE_LOOP, Location::span(at)).with("id", id));
            return Rc::default();
        }
        let (own, refs) = (style.decls.clone(), style.refs.clone());
        trail.push(id.to_owned());
        let mut decls = Vec::new();
        for (style, span) in refs {
            let referred = self.resolve_in(&style, span, trail, report);
            merge(&mut decls, &referred);
        }
        trail.pop();
        merge(&mut decls, &own);
        decls.truncate(MAX_PROPERTIES);
        let decls = Rc::new(decls);
        if let Some(style) = self.styles.get_mut(id) {
            style.resolved = Some(decls.clone());
        }
        decls
    }
}

/// A comment's text: a space on each side is how comments are written.
pub(super) fn comment(text: &str) -> String {
    let text = text.strip_prefix(' ').unwrap_or(text);
    text.strip_suffix(' ').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// Says that something is read and not kept.
pub(super) fn not_kept(report: &mut Report, what: &str, span: Range<usize>) {
    report.push(Diagnostic::new(parse::TTML_NOT_KEPT, Location::span(span)).with("what", what));
}

/// A value that is none of its property.
pub(super) fn bad_value(decl: &Decl<'_>, at: Location) -> Diagnostic {
    let code: Code = parse::TTML_BAD_VALUE;
    Diagnostic::new(code, at).with("name", decl.local).with("text", decl.value.as_ref())
}

/// `xml:id`; older files have `id`.
pub(super) fn xml_id(attrs: &[Attr<'_>]) -> Option<String> {
    let id = |ns: Ns| attrs.iter().find(|attr| attr.ns == ns && attr.local == "id");
    id(Ns::Xml).or(id(Ns::None)).map(|attr| attr.value().trim().to_owned()).filter(|id| !id.is_empty())
}

/// The ids in `style`.
pub(super) fn references(attrs: &[Attr<'_>]) -> Vec<(String, Range<usize>)> {
    let Some(attr) = attrs.iter().find(|attr| attr.ns == Ns::None && attr.local == "style") else { return Vec::new() };
    attr.value().split_ascii_whitespace().map(|id| (id.to_owned(), attr.span())).collect()
}

/// The properties that the element itself specifies.
pub(super) fn own_decls<'a>(pull: &Pull<'a>) -> Vec<Decl<'a>> {
    let is_decl = |attr: &&Attr<'_>| {
        let core = attr.ns == Ns::Xml && attr.local != "lang";
        !(core || attr.ns == Ns::None || (attr.ns == Ns::Metadata && attr.local == "agent"))
    };
    pull.attrs.iter().filter(is_decl).map(|attr| Decl::new(attr, pull)).collect()
}

/// The text of the element that was just opened, without what is inside other elements; ends at its end.
pub(super) fn text_of(pull: &mut Pull<'_>) -> Result<String, Fault> {
    let (mut text, depth) = (String::new(), pull.depth());
    while pull.depth() >= depth {
        let here = pull.depth() == depth;
        match pull.next()? {
            Token::Text(part) | Token::Entity(part) if here => text.push_str(part),
            Token::Char(c) if here => text.push(c),
            Token::End => break,
            _ => {}
        }
    }
    let text = text.replace("\r\n", "\n");
    Ok(text.trim_matches([' ', '\t', '\n']).to_owned())
}

/// The element that was just opened as it is written, with the namespaces that it uses declared on itself; `None` if that
/// cannot be.
pub(super) fn raw_element(pull: &mut Pull<'_>) -> Result<Option<String>, Fault> {
    let from = pull.span.start;
    // Prefixes are looked up while its surroundings are open.
    let start_tag = pull.since(from);
    let mut declared: Vec<(Cow<'_, str>, String)> = Vec::new();
    let mut need = |name: &str, pull: &Pull<'_>, is_element: bool| {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        if (prefix.is_empty() && !is_element) || prefix == "xml" || declared.iter().any(|(known, _)| known == prefix) {
            return;
        }
        if let Some(uri) = pull.uri(prefix) {
            // What is written has TTML as its default namespace.
            if !(prefix.is_empty()
                && super::namespace::NAMESPACES.first().is_some_and(|(.., uris)| uris.first() == Some(&uri)))
            {
                declared.push((prefix.to_owned().into(), uri.to_owned()));
            }
        }
    };
    let depth = pull.depth();
    let element_name = |tag: &str| {
        let name = tag.trim_start_matches('<');
        name.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().unwrap_or_default().to_owned()
    };
    need(&element_name(start_tag), pull, true);
    pull.attrs.iter().for_each(|attr| need(attr.name, pull, false));
    while pull.depth() >= depth {
        match pull.next()? {
            Token::Open(..) => {
                need(&element_name(pull.since(pull.span.start)), pull, true);
                pull.attrs.iter().for_each(|attr| need(attr.name, pull, false));
            }
            Token::Entity(_) => return pull_out(pull, depth).map(|()| None),
            Token::End => break,
            _ => {}
        }
    }
    let whole = pull.since(from);
    let name = element_name(whole);
    let Some((head, rest)) = whole.split_at_checked(name.len().saturating_add(1)) else { return Ok(None) };
    let mut out = head.to_owned();
    let own_tag = whole.get(..start_tag.len()).unwrap_or_default();
    for (prefix, uri) in declared {
        let attribute = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let here = own_tag.contains(&format!(" {attribute}=")) || own_tag.contains(&format!("\n{attribute}="));
        if !here {
            out.extend([" ", &attribute, "=\""]);
            super::style::escape_attribute(&mut out, &uri);
            out.push('"');
        }
    }
    out.push_str(rest);
    Ok((!out.contains('\r')).then_some(out))
}

/// Reads on to the end of the element at `depth`.
fn pull_out(pull: &mut Pull<'_>, depth: usize) -> Result<(), Fault> {
    while pull.depth() >= depth {
        if pull.next()? == Token::End {
            break;
        }
    }
    Ok(())
}
