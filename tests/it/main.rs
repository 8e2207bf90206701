//! The acceptance tests, in one binary.

mod desktop;
mod refusals;
mod restart;
mod tidy;
mod tutorial;
