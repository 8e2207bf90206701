//! From the engine's values to the window's.

mod events;
mod numbers;
mod log_tools;
mod people;
mod rows;
mod syncs;
