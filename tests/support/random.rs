//! Chance that can be repeated: a seed, printed where something fails, and what follows from it.

/// Numbers that follow from a seed (SplitMix64: as even as a test needs, and short).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// What follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another one, that does not repeat this one.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        Self(self.next())
    }

    /// Any number.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends, so it is no iterator"
    )]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, `end` excluded.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from(self.next() % end).unwrap()
    }

    /// Whether something happens that happens so often in a hundred.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// One of these; `None` of nothing.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// The seed named in the variable `SCIM_DESK_SEED`, or else one that the clock gives.
pub fn seed() -> u64 {
    let named = std::env::var("SCIM_DESK_SEED").ok();
    named.map_or_else(
        || {
            let since = std::time::UNIX_EPOCH.elapsed().unwrap();
            u64::try_from(since.as_micros() % 1_000_000_000).unwrap()
        },
        |text| text.parse().expect("SCIM_DESK_SEED is a number"),
    )
}
