//! The SCIM endpoint.
