//! Any text as an attribute name and a PATCH path.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::path(bytes));
