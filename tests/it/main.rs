//! The acceptance tests, in one binary.
