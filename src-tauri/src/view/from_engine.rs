//! From the engine's values to the window's.

mod events;
mod numbers;
mod people;
mod rows;
mod syncs;
