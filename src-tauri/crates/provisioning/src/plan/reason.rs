//! Why: a closed list, so that every change and everything left alone has one.

use serde::{Deserialize, Serialize};

/// Why a change is made, or why something is left alone. Rendered in
/// [`super::render`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum Reason {
    /// The directory has it, the console does not.
    New,
    /// The console has other values.
    AttributesDiffer,
    /// The identity provider set `active` to false.
    Deactivated,
    /// No directory user or group stands behind it.
    Absent,
    /// The identity provider deleted the user softly, and gave the name a mark in front.
    DeletedSoftly,
    /// It is archived here and active there.
    ActiveAgain,
    /// It is archived, and an active account takes its address.
    AddressGivenUp {
        /// The address.
        address: String,
        /// The name of the account that takes it.
        to: String,
    },
    /// The directory group has this member.
    MemberInDirectory,
    /// The directory group no longer has this member.
    MemberNotInDirectory,
    /// userName is no e-mail address.
    NoEmailAddress {
        /// The userName.
        user_name: String,
    },
    /// Another account has the address.
    AddressTaken {
        /// The address.
        address: String,
        /// The name of that account.
        by: String,
    },
    /// Two directory users mean the same account.
    AccountTaken {
        /// The account's address.
        address: String,
        /// The userName of the other one.
        by: String,
    },
    /// The account is kept out of provisioning.
    Exempt,
    /// The address is on the exempt list, and there is no account for it.
    ExemptAddress,
    /// The user is inactive and has no account to archive.
    InactiveWithoutAccount,
    /// A console-managed group has the name.
    ConsoleManagedGroup,
    /// Two directory groups mean the same console group.
    GroupTaken {
        /// The group's name.
        name: String,
    },
    /// The manager is no user of the directory.
    ManagerUnknown {
        /// The id that was sent.
        id: String,
    },
    /// The manager's userName is no e-mail address.
    ManagerWithoutAddress {
        /// The userName.
        user_name: String,
    },
    /// Groups are members of the group; the console has no groups in groups.
    NestedGroups {
        /// How many.
        count: u64,
        /// The name of the first.
        first: String,
    },
    /// An administrator undoes the sync that did it.
    Undone {
        /// The sync.
        run: u64,
        /// It made the object, which is therefore removed.
        removed: bool,
    },
    /// Not undone: what the sync did has been changed again.
    ChangedSince {
        /// The sync that is undone.
        run: u64,
        /// The labels of the fields; none for the whole object.
        fields: Vec<String>,
        /// The later sync that did it; an administrator, if none.
        by: Option<u64>,
        /// Whether that sync can be undone in its turn.
        #[serde(default)]
        can_be_undone: bool,
    },
    /// Not undone: it is as it was before the sync.
    AsBefore {
        /// The sync that is undone.
        run: u64,
    },
    /// Not undone: how it was before is not kept.
    NotKept {
        /// The sync that is undone.
        run: u64,
    },
    /// Not undone: it is on hold now.
    OnHold,
    /// Not undone: the account is protected now, and this would archive it.
    Protected,
    /// Not undone: the object would be removed, and has got memberships since.
    MembershipSince,
    /// Not undone: the account or the group is gone.
    MembershipLost,
    /// Live, the guard rail would stop this.
    GuardRail {
        /// Its sentence.
        sentence: String,
    },
}
