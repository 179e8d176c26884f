//! What stands in front of the body, written at last: only then is known which styles, regions and agents it uses.

use super::content;
use super::dialect::EBU_TT_D;
use super::namespace::{NAMESPACES, Ns};
use super::write::{Shared, Writer};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location};
use crate::lang::LangTag;
use crate::model::Track;

impl Writer<'_, '_> {
    /// Puts in front what stands there, unless it was written before; says what is said once a file.
    pub(super) fn finish(mut self, track: &Track, written: Option<String>) -> Vec<u8> {
        let front = self.front(track);
        match written {
            Some(written) => debug_assert_eq!(written, front, "the body decides what stands in front of it"),
            None => self.out.insert_str(0, &front),
        }
        let Shared { report, leftovers, clock, rounded, .. } = self.shared;
        if rounded {
            report.push(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", clock.unit()));
        }
        if self.evidence > 0 {
            report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        if self.respelled > 0 {
            report.push(Diagnostic::new(loss::RESPELLED, Location::FILE).with("count", self.respelled));
        }
        leftovers.report(report);
        self.out.into_bytes()
    }

    /// All before the body. What it takes from the writer is then no longer there.
    pub(super) fn front(&mut self, track: &Track) -> String {
        let (lang, head) = (track.lang.as_ref(), self.head(track.header.as_deref()));
        let mut front =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"");
        let dialect = self.shared.dialect;
        let clock = self.shared.clock.attributes();
        let mut root = [dialect.root, &clock].concat();
        if self.kept.attributes.contains("ttp:cellResolution=") {
            root = root.replace(" ttp:cellResolution=\"32 15\"", "");
        }
        if !self.kept.attributes.is_empty() {
            root.extend([" ", &self.kept.attributes]);
        }
        if root.contains("ttp:") || head.contains("ttp:") {
            self.shared.namespaces.insert(Ns::Parameter);
        }
        self.shared.use_namespaces(&root);
        for (ns, prefix, uris) in NAMESPACES {
            if self.shared.namespaces.contains(ns) && !matches!(ns, Ns::Xml) {
                front.extend([" xmlns:", prefix, "=\"", uris.first().unwrap_or(&""), "\""]);
            }
        }
        front.extend([root.as_str(), " xml:lang=\"", lang.map_or("", LangTag::as_str), "\">\n", &head]);
        front
    }

    fn head(&mut self, header: Option<&str>) -> String {
        let mut metadata = String::new();
        if self.shared.dialect.id == EBU_TT_D.id {
            self.shared.namespaces.insert(Ns::EbuMetadata);
            metadata.push_str(
                "<ebuttm:documentMetadata>\n<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04\
                 </ebuttm:conformsToStandard>\n</ebuttm:documentMetadata>\n",
            );
        }
        if let Some(code) = self.shared.clock.start {
            self.shared.namespaces.insert(Ns::EbuMetadata);
            let text = code.to_string().replace(';', ":");
            metadata.extend(["<ebuttm:documentStartOfProgramme>", &text, "</ebuttm:documentStartOfProgramme>\n"]);
        }
        self.title(header, &mut metadata);
        for (id, name) in std::mem::take(&mut self.shared.agents.rows) {
            metadata.extend(["<ttm:agent xml:id=\"", &id, "\" type=\"person\"><ttm:name type=\"full\">"]);
            if escape_name(&mut metadata, &name) {
                self.shared.report.push(Diagnostic::new(loss::CHARACTER, Location::FILE).with("character", "U+0000"));
            }
            metadata.push_str("</ttm:name></ttm:agent>\n");
        }
        for element in std::mem::take(&mut self.kept.metadata) {
            metadata.extend([&element, "\n"]);
        }
        let mut out = String::from("<head>\n");
        if !metadata.is_empty() {
            out.extend(["<metadata>\n", &metadata, "</metadata>\n"]);
        }
        if !self.shared.dialect.head.is_empty() {
            out.extend([self.shared.dialect.head, "\n"]);
        }
        let layout = self.layout();
        let referential = self.shared.dialect.referential;
        if referential && self.shared.styles.rows.is_empty() {
            // EBU Tech 3380, tt:styling: at least one style.
            self.shared.style("tts:fontFamily=\"proportionalSansSerif\"");
        }
        if !self.shared.styles.rows.is_empty() {
            out.push_str("<styling>\n");
            for (id, attributes) in &self.shared.styles.rows {
                out.extend(["<style xml:id=\"", id, "\" ", attributes, "/>\n"]);
            }
            out.push_str("</styling>\n");
        }
        out.extend([&layout, "</head>\n"]);
        out
    }

    fn title(&mut self, header: Option<&str>, metadata: &mut String) {
        let Some(header) = header else { return };
        let tame = header.trim_matches([' ', '\t', '\n', '\r']).replace('\r', "\n");
        if tame.is_empty() {
            return self.shared.report.push(Diagnostic::new(loss::HEADER, Location::FILE).with("text", header));
        }
        self.shared.namespaces.insert(Ns::Metadata);
        metadata.push_str("<ttm:title>");
        let bad = escape_name(metadata, &tame);
        metadata.push_str("</ttm:title>\n");
        if bad || tame != header {
            let shown: String = header.chars().take(40).collect();
            self.shared.report.push(Diagnostic::new(loss::HEADER_CHANGED, Location::FILE).with("text", shown));
        }
    }

    /// The regions. In EBU-TT-D the alignment of text is a matter of a style.
    fn layout(&mut self) -> String {
        let mut out = String::new();
        let kept = std::mem::take(&mut self.kept.region_attributes);
        let made = std::mem::take(&mut self.regions).into_iter();
        let made = made.map(|(id, attributes)| format!("xml:id=\"{id}\" {attributes}"));
        for mut attributes in kept.into_iter().chain(made) {
            self.shared.use_namespaces(&attributes);
            if self.shared.dialect.referential
                && let Some(from) = attributes.find(" tts:textAlign=\"")
                && let Some(length) =
                    attributes.get(from..).and_then(|rest| rest.match_indices('"').nth(1)).map(|(at, _)| at)
            {
                let to = from.saturating_add(length).saturating_add(1);
                let align: String = attributes.drain(from..to).collect();
                let id = self.shared.style(align.trim());
                attributes.extend([" style=\"", &id, "\""]);
            }
            out.extend(["<region ", &attributes, "/>\n"]);
        }
        if out.is_empty() { String::new() } else { format!("<layout>\n{out}</layout>\n") }
    }
}

/// Appends a text that stands in an element alone.
fn escape_name(out: &mut String, text: &str) -> bool {
    let mut escaped = String::new();
    let bad = content::escape(&mut escaped, text);
    out.push_str(&escaped.replace("<br/>", "\n"));
    bad
}
