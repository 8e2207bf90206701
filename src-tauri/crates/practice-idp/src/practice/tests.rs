//! The practice provider in a folder, with a target in memory.
