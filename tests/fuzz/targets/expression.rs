//! Any text as an expression of an attribute mapping, and as the values it reads.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::expression(bytes));
