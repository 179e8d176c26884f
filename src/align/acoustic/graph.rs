//! The states that a recording may pass through, in the order of the text.
//!
//! A *node* stands for one frame of sound; a *hub* takes no time. Ways lead forward only, at most four into each place, so that
//! the way taken fits two bits. Everything lies in one sequence: the most usual way into a place is from the place before it.

/// A weight that is never taken.
pub(super) const NEVER: f32 = -1e30;

/// What a place stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A state of this unit.
    Unit(u32),
    /// A pause.
    Silence,
    /// Sound that the text does not have.
    Fill,
    /// Nothing: it takes no time.
    Hub,
}

/// A way into a node beside those from itself and from the place before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub to: u32,
    pub from: u32,
    pub weight: f32,
    /// 2 or 3: its number among the ways into `to`.
    pub way: u8,
}

/// The ways into a hub: at most four, in the order of their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hub {
    pub at: u32,
    pub ways: [(u32, f32); 4],
    pub count: u8,
}

/// Nodes and hubs in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub places: Vec<Place>,
    /// Which column of the emissions each node has; 0 for hubs.
    pub columns: Vec<u16>,
    /// ln probability of staying one frame longer.
    pub stay: Vec<f32>,
    /// ln probability of coming from the place before.
    pub step: Vec<f32>,
    /// By `to`.
    pub arcs: Vec<Arc>,
    /// By `at`.
    pub hubs: Vec<Hub>,
}

impl Graph {
    /// How many places.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The index that the next place will have.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// A graph of its first place alone: a hub that nothing leads to.
    pub(super) fn new() -> Self {
        let mut graph = Self::default();
        graph.node(Place::Hub, 0, NEVER, NEVER);
        graph
    }

    /// Adds a node after the last place.
    pub(super) fn node(&mut self, place: Place, column: u16, stay: f32, step: f32) -> u32 {
        let at = self.next();
        self.places.push(place);
        self.columns.push(column);
        self.stay.push(stay);
        self.step.push(step);
        at
    }

    /// Adds another way into the last node, from an earlier place. A third one is left out.
    pub(super) fn arc(&mut self, from: u32, weight: f32) {
        let to = self.next().saturating_sub(1);
        let before = self.arcs.iter().rev().take_while(|arc| arc.to == to).count();
        if let Some(way) = u8::try_from(before).ok().and_then(|n| n.checked_add(2)).filter(|way| *way < 4) {
            self.arcs.push(Arc { to, from, weight, way });
        }
    }

    /// Adds a hub with ways from earlier places, of which the first four count.
    pub(super) fn hub(&mut self, from: &[(u32, f32)]) -> u32 {
        let at = self.node(Place::Hub, 0, NEVER, NEVER);
        let mut ways = [(0, NEVER); 4];
        for (way, from) in ways.iter_mut().zip(from) {
            *way = *from;
        }
        self.hubs.push(Hub { at, ways, count: from.len().min(4) as u8 });
        at
    }

    /// Where way number `way` into `to` comes from.
    pub(super) fn source(&self, to: u32, way: u8) -> Option<u32> {
        if self.places.get(to as usize) == Some(&Place::Hub) {
            let hub = self.hubs.get(self.hubs.binary_search_by_key(&to, |hub| hub.at).ok()?)?;
            return (way < hub.count).then(|| hub.ways.get(usize::from(way)).map(|way| way.0))?;
        }
        match way {
            0 => Some(to),
            1 => to.checked_sub(1),
            _ => {
                let first = self.arcs.partition_point(|arc| arc.to < to);
                let arcs = self.arcs.get(first..)?.iter().take_while(|arc| arc.to == to);
                arcs.into_iter().find(|arc| arc.way == way).map(|arc| arc.from)
            }
        }
    }
}
