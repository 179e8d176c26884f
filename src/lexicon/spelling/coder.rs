//! An adaptive binary arithmetic decoder: how the data file is packed.

/// Chance that a bit is 1, of 65,536, and how much was seen.
#[derive(Clone, Copy)]
pub(crate) struct Chance {
    one: u16,
    seen: u16,
}

/// Steps of an adapting chance, of 65,536, by what was seen: one over one and a half more. Rare letters are learnt fast, common
/// ones settle; the last stays.
static STEPS: [i32; 91] = {
    let mut steps = [0; 91];
    let mut seen = 0;
    while seen < steps.len() {
        #[expect(clippy::indexing_slicing, reason = "when compiled, with `seen` below 91")]
        {
            steps[seen] = (1 << 17) / (2 * seen as i32 + 3);
            seen += 1;
        }
    }
    steps
};

impl Chance {
    /// Nothing known.
    pub(crate) const EVEN: Self = Self { one: 1 << 15, seen: 0 };

    /// Where the interval from `low` to `high` divides.
    fn middle(self, Interval { low, high }: Interval) -> u32 {
        let share = u64::from(high.wrapping_sub(low)).wrapping_mul(u64::from(self.one)) >> 16;
        low.wrapping_add(u32::try_from(share).unwrap_or(u32::MAX))
    }

    /// Learns a bit.
    fn learn(&mut self, bit: bool) {
        // Kept off 0 and 1, so that every interval can be divided.
        let aim: i32 = if bit { 65_400 } else { 136 };
        let step = STEPS.get(usize::from(self.seen)).copied().unwrap_or(0);
        let change = aim.saturating_sub(i32::from(self.one)).saturating_mul(step) >> 16;
        self.one = u16::try_from(i32::from(self.one).saturating_add(change)).unwrap_or(self.one);
        self.seen = self.seen.saturating_add(u16::from(usize::from(self.seen).saturating_add(1) < STEPS.len()));
    }
}

/// Chances of symbols of `bits` bits, in each of several contexts.
pub(crate) struct Model {
    pub(crate) bits: u32,
    pub(crate) chances: Vec<Chance>,
}

impl Model {
    /// Nothing known.
    pub(crate) fn new(bits: u32, contexts: usize) -> Self {
        Self { bits, chances: vec![Chance::EVEN; contexts << bits] }
    }
}

/// Where a number lies, by all bits so far: packing and unpacking narrow it alike.
#[derive(Clone, Copy)]
pub(crate) struct Interval {
    pub(crate) low: u32,
    pub(crate) high: u32,
}

impl Interval {
    /// Everywhere.
    pub(crate) const ALL: Self = Self { low: 0, high: u32::MAX };

    /// Takes the part of a bit, which `told` decides by the last number of the part of ones.
    pub(crate) fn narrow(&mut self, chance: &mut Chance, told: impl FnOnce(u32) -> bool) -> bool {
        let middle = chance.middle(*self);
        let bit = told(middle);
        if bit {
            self.high = middle;
        } else {
            self.low = middle.wrapping_add(1);
        }
        chance.learn(bit);
        bit
    }

    /// The first byte is decided.
    pub(crate) fn is_settled(self) -> bool {
        (self.low ^ self.high) >> 24 == 0
    }

    /// Passes on to the bytes behind the first.
    pub(crate) fn shift(&mut self) {
        self.low <<= 8;
        self.high = self.high << 8 | 0xFF;
    }
}

/// Bits from bytes. Past the end there are zeros.
pub(crate) struct Decoder<'a> {
    bytes: std::slice::Iter<'a, u8>,
    interval: Interval,
    value: u32,
}

impl<'a> Decoder<'a> {
    /// Reads `bytes`.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { bytes: bytes.iter(), interval: Interval::ALL, value: 0 };
        (0..4).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        self.value = self.value << 8 | u32::from(self.bytes.next().copied().unwrap_or(0));
    }

    fn bit(&mut self, chance: &mut Chance) -> bool {
        let bit = self.interval.narrow(chance, |middle| self.value <= middle);
        while self.interval.is_settled() {
            self.interval.shift();
            self.shift();
        }
        bit
    }

    /// A symbol of the model's bits.
    pub(crate) fn symbol(&mut self, model: &mut Model, context: usize) -> u8 {
        let mut node = 1usize;
        for _ in 0..model.bits {
            let place = (context << model.bits).wrapping_add(node);
            let Some(chance) = model.chances.get_mut(place) else { return 0 };
            node = node << 1 | usize::from(self.bit(chance));
        }
        u8::try_from(node ^ (1 << model.bits)).unwrap_or(0)
    }
}
