//! The acceptance tests, in one binary.

#![cfg(test)] // says to the lints that the helpers here are test code as well

mod contest;
mod corpus;
mod crash;
mod desktop;
mod interop;
mod keeping;
mod refusals;
mod restart;
mod server;
mod tidy;
mod tutorial;
