//! Spans side by side, for dialects in which none stands in another.

use super::content::{Content, Element, MAX_DEPTH};
use crate::codec::nest::{Piece, Wrap};
use crate::diag::Diagnostic;
use crate::diag::codes::loss;
use crate::model::StyledText;

impl<'a> Content<'_, 'a, '_> {
    /// Writes spans side by side (EBU Tech 3380, tt:span: none stands in another); each says all that holds there.
    pub(super) fn flat(&mut self, text: &'a StyledText, pieces: &[Piece<Element<'a>>]) {
        let mut points: Vec<u32> =
            pieces.iter().flat_map(|p| [p.range.start, p.range.end]).chain([0, text.len()]).collect();
        points.sort_unstable();
        points.dedup();
        let mut solid: Vec<&Piece<Element<'a>>> = pieces.iter().filter(|piece| piece.wrap.is_solid()).collect();
        solid.sort_by_key(|piece| piece.range.end);
        let (mut solid, mut coming) = (solid.into_iter().peekable(), pieces.iter().peekable());
        let (mut active, mut cut): (Vec<&Piece<Element<'a>>>, bool) = (Vec::new(), false);
        for (at, next) in points.iter().zip(points.iter().skip(1).map(Some).chain([None])) {
            active.retain(|piece| piece.range.end > *at);
            while let Some(piece) = solid.next_if(|piece| piece.range.end <= *at) {
                self.brackets(&piece.wrap);
            }
            while let Some(piece) = coming.next_if(|piece| piece.range.start <= *at) {
                let span = matches!(piece.wrap, Element::Span { .. });
                if span && active.len() >= MAX_DEPTH {
                    self.shared.report.push(Diagnostic::new(loss::TOO_DEEP, self.at).with("tag", "span"));
                } else if span && piece.range.is_empty() {
                    // A point inside a span parts it in two.
                    cut |= active.iter().any(|around| around.range.start < *at);
                    self.flat_span(&[piece], *at, "");
                } else if span {
                    cut |= active.iter().any(|around| around.range.start < *at);
                    active.push(piece);
                }
            }
            let Some(next) = next else { break };
            cut |= active.len() > 1;
            let part = text.plain.get(*at as usize..*next as usize).unwrap_or_default();
            if active.is_empty() { self.text(part) } else { self.flat_span(&active, *at, part) }
        }
        if cut {
            self.lose(loss::MARKS_CUT);
        }
    }

    /// One span with what all these say; the inner ones have the last word, but all speakers speak.
    fn flat_span(&mut self, pieces: &[&Piece<Element<'a>>], at: u32, part: &str) {
        let mut merged: Vec<(&'static str, String)> = Vec::new();
        for piece in pieces {
            let Element::Span { attrs, .. } = &piece.wrap else { continue };
            for (name, value) in attrs {
                match merged.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) if *name == "ttm:agent" => known.extend([" ", value]),
                    Some((_, known)) => known.clone_from(value),
                    None => merged.push((name, value.clone())),
                }
            }
        }
        self.span(&merged, None);
        for piece in pieces.iter().filter(|piece| piece.range.start == at) {
            if let Element::Span { voice: Some(name), .. } = &piece.wrap
                && let Some(label) = self.shared.labels.voice(name)
            {
                self.text(&label);
            }
        }
        self.text(part);
        self.out.push_str("</span>");
    }
}
