//! Any bytes as a PATCH of a user and of a group.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::patch(bytes));
