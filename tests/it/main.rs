//! The acceptance tests, in one binary.

#![cfg(test)] // says to the lints that the helpers here are test code as well

mod applying;
mod contest;
mod corpus;
mod crash;
mod desktop;
mod holding;
mod interop;
mod keeping;
mod practice;
mod refusals;
mod restart;
mod secrets;
mod server;
mod tidy;
mod tutorial;
