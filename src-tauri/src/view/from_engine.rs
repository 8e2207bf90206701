//! From the engine's values to the window's.

mod events;
mod log_tools;
mod numbers;
mod people;
mod rows;
mod syncs;
