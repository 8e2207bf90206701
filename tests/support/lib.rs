//! What every acceptance test needs.
