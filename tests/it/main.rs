//! The acceptance tests, in one binary.

mod refusals;
mod restart;
mod tidy;
mod tutorial;
