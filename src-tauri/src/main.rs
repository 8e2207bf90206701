//! SCIM Desk.

fn main() {}
