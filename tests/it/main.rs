//! The acceptance tests, in one binary.

mod desktop;
mod refusals;
mod restart;
mod server;
mod tidy;
mod tutorial;
