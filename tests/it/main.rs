//! The acceptance tests, in one binary.

mod tidy;
