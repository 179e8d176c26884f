//! A text on its way to override tags: which look is wanted where, and the tags that bring it.

use super::color;
use super::look::{PART_COUNT, Part, State};
use super::tag::{self, Tag};
use crate::model::{Font, Mark, MarkKind, Rgba};

/// One text being written.
pub(super) struct Walk<'a> {
    pub(super) state: State<'a>,
    pub(super) plain: &'a str,
    pub(super) marks: &'a [Mark],
    /// By part, the marks that began and may have ended, innermost last.
    pub(super) active: [Vec<usize>; PART_COUNT],
    pub(super) ended: Vec<bool>,
    /// Override tags that are due.
    pub(super) block: String,
    /// Braces in the text would be read as a block's.
    pub(super) braces: bool,
    /// Lengths of the syllables that the marks begin, in centiseconds.
    pub(super) syllables: Vec<(usize, u64)>,
}

/// Brings a part of the look to what the innermost mark says.
pub(super) fn sync<'a>(walk: &mut Walk<'a>, part: Part) {
    let inner = innermost(walk, part);
    let (look, base) = (walk.state.look, walk.state.base());
    let on = inner.is_some();
    match part {
        Part::Bold if look.bold != on => say(walk, Tag::Bold(Some(on)), switch("\\b1", "\\b0", on)),
        Part::Italic if look.italic != on => say(walk, Tag::Italic(Some(on)), switch("\\i1", "\\i0", on)),
        Part::Underline if look.underline != on => say(walk, Tag::Underline(Some(on)), switch("\\u1", "\\u0", on)),
        Part::Strike if look.strike != on => say(walk, Tag::Strike(Some(on)), switch("\\s1", "\\s0", on)),
        Part::Color => match inner {
            Some(MarkKind::Color(color)) => set_color(walk, *color),
            _ if look.color != base.color => {
                say(walk, Tag::Color(None), "\\c");
                if walk.state.look.color != base.color {
                    say(walk, Tag::Opacity(None), "\\1a");
                }
            }
            _ => {}
        },
        Part::Font => match inner {
            Some(MarkKind::Font(font)) => set_font(walk, Some(font)),
            _ => set_font(walk, None),
        },
        // Styles alone have boxes.
        Part::Bold | Part::Italic | Part::Underline | Part::Strike | Part::Background => {}
    }
}

/// The innermost mark of a part that holds here.
fn innermost<'a>(walk: &mut Walk<'a>, part: Part) -> Option<&'a MarkKind> {
    let Walk { marks, active, ended, .. } = walk;
    let stack = active.get_mut(part as usize)?;
    while stack.last().is_some_and(|index| ended.get(*index).copied().unwrap_or(true)) {
        stack.pop();
    }
    stack.last().and_then(|index| marks.get(*index)).map(|mark| &mark.kind)
}

fn switch(one: &'static str, other: &'static str, on: bool) -> &'static str {
    if on { one } else { other }
}

fn set_color(walk: &mut Walk<'_>, color: Rgba) {
    let Rgba { r, g, b, a } = color;
    let differs = |now: Option<Rgba>| now.is_none_or(|now| (now.r, now.g, now.b) != (r, g, b));
    if differs(walk.state.look.color) {
        say(walk, Tag::Color(Some([r, g, b])), &format!("\\c{}", color::tag_value(color)));
    }
    if walk.state.look.color != Some(color) {
        say(walk, Tag::Opacity(Some(a)), &format!("\\1a{}", color::alpha_value(a)));
    }
}

fn set_font<'a>(walk: &mut Walk<'a>, font: Option<&'a Font>) {
    let (look, base) = (walk.state.look, walk.state.base());
    let family = font.and_then(|font| font.family.as_deref()).filter(|name| is_family(name));
    let size = font.and_then(|font| font.size.as_deref()).filter(|size| is_size(size));
    match family {
        Some(name) if look.family != family => say(walk, Tag::Family(family), &format!("\\fn{name}")),
        None if look.family != base.family => say(walk, Tag::Family(None), "\\fn"),
        _ => {}
    }
    match size {
        Some(size_) if look.size != size => say(walk, Tag::Size(size), &format!("\\fs{size_}")),
        None if look.size != base.size => say(walk, Tag::Size(None), "\\fs"),
        _ => {}
    }
}

fn say<'a>(walk: &mut Walk<'a>, tag: Tag<'a>, piece: &str) {
    walk.state.apply(&tag);
    walk.block.push_str(piece);
}

/// `\fn` can name it.
pub(super) fn is_family(name: &str) -> bool {
    tag::fits(name) && !name.contains(['\\', '(', ')']) && name.trim().len() == name.len() && name != "0"
}

/// `\fs` can say it.
pub(super) fn is_size(size: &str) -> bool {
    tag::understand(&["\\fs", size].concat()) == Tag::Size(Some(size))
}
