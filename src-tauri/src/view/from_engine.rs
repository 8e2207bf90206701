//! From the engine's values to the window's.

mod events;
mod people;
mod rows;
mod syncs;
