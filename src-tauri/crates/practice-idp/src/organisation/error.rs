//! Why an edit was refused, in sentences. Nothing was changed then.

use super::ObjectId;

/// Why an edit was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationError {
    /// No person has the object id.
    #[error(
        "There is nobody with the object id {0}. The person may have been removed for good; load the list again."
    )]
    NoSuchPerson(ObjectId),

    /// No group has the object id.
    #[error("There is no group with the object id {0}. It may have been deleted; load the list again.")]
    NoSuchGroup(ObjectId),

    /// The object id of somebody new belongs to another object.
    #[error("The object id {0} is in use. Choose another one, or none at all.")]
    IdTaken(ObjectId),

    /// Another person signs in with this name.
    #[error("{holder} signs in as {name} already. Choose another userPrincipalName.")]
    NameTaken {
        /// The userPrincipalName.
        name: String,
        /// The other person's display name.
        holder: String,
    },

    /// The userPrincipalName is not one.
    #[error("\"{0}\" is no userPrincipalName. Write one such as adelev@contoso.com.")]
    NotAName(String),

    /// An attribute that everybody has would be cleared.
    #[error("Everybody has a {0}. Write one instead of clearing it.")]
    Required(&'static str),

    /// The attribute is set in another way.
    #[error("{name} is no text that can be edited. {instead}")]
    NotText {
        /// The attribute.
        name: &'static str,
        /// How it is set.
        instead: &'static str,
    },

    /// An entry of `proxyAddresses` is not one.
    #[error(
        "\"{0}\" cannot be a proxy address. Write SMTP: before the main address and smtp: before each other one."
    )]
    NotAnAddress(String),

    /// More than one entry of `proxyAddresses` is the main address.
    #[error(
        "{first} and {second} both claim to be the main address. Write SMTP: before one and smtp: before the other."
    )]
    TwoMainAddresses {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },

    /// The person would be their own superior.
    #[error(
        "{manager} cannot be the manager of {person}, since {person} is above {manager} already. Change that first."
    )]
    Circle {
        /// The person's display name.
        person: String,
        /// The manager's.
        manager: String,
    },

    /// The person is in the recycle bin.
    #[error("{0} is in the recycle bin. Restore the person first.")]
    Deleted(String),

    /// The person is not in the recycle bin.
    #[error("{0} is not in the recycle bin. Delete the person first.")]
    NotDeleted(String),

    /// A group would have no name.
    #[error("A group needs a name. Write one.")]
    NoGroupName,

    /// A story finds nobody it could be about.
    #[error("{0}")]
    NoStory(String),
}
