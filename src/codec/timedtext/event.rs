//! Events, and the sheet of pens, styles and positions that they name.

use super::pen::Pen;
use super::place::{Point, Style};
use crate::codec::json;
use crate::source::Span;
use crate::time::Time;
use std::collections::HashMap;

/// What events name by number.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) pens: HashMap<i64, Pen>,
    pub(super) styles: HashMap<i64, Style>,
    pub(super) points: HashMap<i64, Point>,
}

/// Something that happens at a time: a window is opened, text appears.
#[derive(Default)]
pub(super) struct Event {
    pub(super) start: Time,
    /// As an instant after zero.
    pub(super) duration: Option<Time>,
    /// Of a window that is opened.
    pub(super) id: Option<i64>,
    /// The window that the text goes into.
    pub(super) window: Option<i64>,
    /// The text is added to what stands there.
    pub(super) append: bool,
    pub(super) pen: Option<i64>,
    pub(super) style: Option<i64>,
    pub(super) point: Option<i64>,
    pub(super) pieces: Vec<Piece>,
    pub(super) span: Option<Span>,
}

/// A piece of an event's text.
#[derive(Clone, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    /// After the event's start; as an instant after zero.
    pub(super) offset: Option<Time>,
    pub(super) pen: Option<i64>,
    /// How sure the recogniser was: 0 to 255. Only recognised speech has it.
    pub(super) confidence: Option<i64>,
}

/// Times are in milliseconds.
const MILLIS: i64 = 1000;

impl Event {
    /// Takes an attribute under its short name; `false` if there is none of that name.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let number = json::integer(value);
        match name {
            "t" => self.start = json::time(value, MILLIS).unwrap_or_default(),
            "d" => self.duration = json::time(value, MILLIS),
            "id" => self.id = number,
            "w" => self.window = number,
            "a" => self.append = number == Some(1),
            "p" => self.pen = number,
            "ws" => self.style = number,
            "wp" => self.point = number,
            "rc" | "cc" => {}
            _ => return false,
        }
        true
    }
}

impl Piece {
    /// The same.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "t" => self.offset = json::time(value, MILLIS),
            "p" => self.pen = json::integer(value),
            "ac" => self.confidence = json::integer(value),
            _ => return false,
        }
        true
    }
}
