//! SCIM 2.0 as data.
