//! Any bytes as a bulk request.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::bulk(bytes));
