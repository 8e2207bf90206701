//! SCIM Desk.
