//! Any bytes as a user and a group that are created.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::resource(bytes));
