//! What an expression needs besides the object: the time and chance.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

/// The time for `Now()`, and where `Guid()` and `RandomString()` take their chance from.
///
/// The same time and seed give the same values in the same order, so a test knows them. Nothing
/// made with it is a secret.
#[derive(Debug)]
pub struct Context {
    now: Timestamp,
    state: AtomicU64,
}

impl Context {
    /// A context at a time, with a seed.
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Self {
            now,
            state: AtomicU64::new(seed),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The next number of SplitMix64, which needs nothing but one number to go on from.
    pub(super) fn random(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many, from zero; zero if there is nothing to choose from.
    pub(super) fn choose(&self, among: usize) -> usize {
        let among = u64::try_from(among).unwrap_or(u64::MAX);
        let chosen = self.random().checked_rem(among).unwrap_or_default();
        usize::try_from(chosen).unwrap_or_default()
    }
}
