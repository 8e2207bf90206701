//! Keys: one byte for the space, then the parts that sort.

/// What a key leads to. The byte is part of the data on disk and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Space {
    /// The format, the tenant id, small single values.
    Meta = b'M',
    /// The saved settings.
    Settings = b'S',
    /// The SCIM token's record.
    Token = b'T',
    /// Directory users by id.
    User = b'u',
    /// userName, folded → user id.
    UserName = b'n',
    /// externalId and id → nothing.
    UserExternal = b'e',
    /// A user's e-mail address, folded, and id → nothing; since format 2.
    UserEmail = b'i',
    /// The id of a user's manager, and the user's → nothing; since format 2.
    UserManager = b'k',
    /// Directory groups by id, without members.
    Group = b'g',
    /// displayName, folded → group id.
    GroupName = b'h',
    /// externalId and id → nothing.
    GroupExternal = b'f',
    /// Group id and the id of a user or group → the member.
    Member = b'm',
    /// Id of a user or group, and group id → nothing; the same pairs the other way round.
    Membership = b'w',
    /// Console accounts by id.
    Account = b'a',
    /// Console groups by id.
    ConsoleGroup = b'c',
    /// Console group id and account id → nothing.
    ConsoleMember = b'd',
    /// Syncs by number.
    Run = b'r',
    /// Sync number and place → one row of its report.
    ReportRow = b'p',
    /// Log events by number.
    Event = b'j',
    /// Links of the log's chain by number: which event was stored, and its hash.
    Link = b'l',
    /// What an administrator put on hold, by its object.
    Hold = b'o',
    /// The exempt list: an address, folded → who put it there.
    Exempt = b'x',
    /// Sync number and place → an account or group as it stood before the change at that place.
    Before = b'b',
}

impl Space {
    /// What a record of this space is called in a sentence.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Meta => "store property",
            Self::Settings => "settings record",
            Self::Token => "token record",
            Self::User | Self::UserName | Self::UserExternal | Self::UserEmail | Self::UserManager => {
                "directory user"
            }
            Self::Group | Self::GroupName | Self::GroupExternal => "directory group",
            Self::Member | Self::Membership => "membership",
            Self::Account => "account",
            Self::ConsoleGroup => "console group",
            Self::ConsoleMember => "console membership",
            Self::Run => "sync",
            Self::ReportRow => "report row",
            Self::Event => "log event",
            Self::Link => "link of the log's chain",
            Self::Hold => "hold",
            Self::Exempt => "exempt address",
            Self::Before => "record before a change",
        }
    }
}

/// Separates the parts of a key; the last part may hold anything.
const SEPARATOR: u8 = 0;

/// A key, or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    space: Space,
    bytes: Vec<u8>,
}

impl Key {
    /// All of `space`.
    pub(crate) fn all(space: Space) -> Self {
        Self {
            space,
            bytes: vec![space as u8],
        }
    }

    /// The one record called `name`.
    pub(crate) fn named(space: Space, name: &str) -> Self {
        Self::all(space).then(name.as_bytes())
    }

    /// All records whose first part is `first`.
    pub(crate) fn under(space: Space, first: &str) -> Self {
        Self::named(space, first).then(&[SEPARATOR])
    }

    /// The record with this rest of a key.
    pub(crate) fn raw(space: Space, rest: &[u8]) -> Self {
        Self::all(space).then(rest)
    }

    /// The record with these two parts.
    pub(crate) fn pair(space: Space, first: &str, second: &str) -> Self {
        Self::under(space, first).then(second.as_bytes())
    }

    /// The record numbered `number`; numbers sort.
    pub(crate) fn numbered(space: Space, number: u64) -> Self {
        Self::all(space).then(&number.to_be_bytes())
    }

    /// The record at `place` under `number`.
    pub(crate) fn numbered_pair(space: Space, number: u64, place: u64) -> Self {
        Self::numbered(space, number).then(&place.to_be_bytes())
    }

    /// The key's bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The space it lies in.
    pub(crate) fn space(&self) -> Space {
        self.space
    }

    fn then(mut self, part: &[u8]) -> Self {
        self.bytes.extend_from_slice(part);
        self
    }
}

/// The number that the rest of a key begins with.
pub(crate) fn number(rest: &[u8]) -> Option<u64> {
    rest.first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))
}
