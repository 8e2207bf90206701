//! The keys of the changes that are no mapped field: see [`super::FieldChange::key`].

/// Who manages an account.
pub(crate) const MANAGED_BY: &str = "managedBy";
/// An account's address.
pub(crate) const EMAIL: &str = "email";
/// Its alias addresses.
pub(crate) const ALIASES: &str = "aliases";
/// The directory user or group it belongs to.
pub(crate) const LINK: &str = "link";
/// Active or archived.
pub(crate) const STATE: &str = "state";
/// A group's name.
pub(crate) const NAME: &str = "name";
