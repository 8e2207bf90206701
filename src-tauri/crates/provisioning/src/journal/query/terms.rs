//! One term of a search, and which events have what it asks for.

use jiff::Timestamp;

use crate::accounts::fold;
use crate::journal::{Event, EventKind};

/// A test, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// A free word, folded.
    Word(String),
    /// One of these values, folded.
    Field(Field, Vec<String>),
    Since(Timestamp),
    Before(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Status,
    Action,
    Identity,
    User,
    Group,
    Source,
    Client,
    Sync,
    Kind,
    Is,
    Method,
    Path,
    Http,
    Reason,
    Quirk,
    Changed,
    Request,
    Target,
}

/// Every field with its key.
const FIELDS: [(Field, &str); 18] = [
    (Field::Status, "status"),
    (Field::Action, "action"),
    (Field::Identity, "identity"),
    (Field::User, "user"),
    (Field::Group, "group"),
    (Field::Source, "source"),
    (Field::Client, "client"),
    (Field::Sync, "sync"),
    (Field::Kind, "kind"),
    (Field::Is, "is"),
    (Field::Method, "method"),
    (Field::Path, "path"),
    (Field::Http, "http"),
    (Field::Reason, "reason"),
    (Field::Quirk, "quirk"),
    (Field::Changed, "changed"),
    (Field::Request, "request"),
    (Field::Target, "target"),
];

/// What `is:` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Test Mode kept it from being done.
    Test,
    Admin,
    Request,
    Sync,
    /// A request that was not let in.
    Rejected,
}

impl Kind {
    pub(super) const NAMES: &'static [&'static str] = &["test", "admin", "request", "sync", "rejected"];

    fn named(value: &str) -> Option<Self> {
        let kinds = [Self::Test, Self::Admin, Self::Request, Self::Sync, Self::Rejected];
        let mut named = kinds.into_iter().zip(Self::NAMES);
        named
            .find(|(_, name)| name.starts_with(value))
            .map(|(kind, _)| kind)
    }

    fn is(self, event: &Event) -> bool {
        match self {
            Self::Test => event.is_only_planned(),
            Self::Admin => event.kind == EventKind::Admin,
            Self::Request => event.kind == EventKind::Request,
            Self::Sync => event.kind == EventKind::Sync,
            Self::Rejected => event
                .exchange
                .as_ref()
                .is_some_and(|exchange| matches!(exchange.status, 401 | 403 | 429)),
        }
    }
}

impl Term {
    pub(super) fn matches(&self, event: &Event) -> bool {
        self.test.matches(event) != self.negated
    }

    /// Events before this instant do not have it.
    pub(super) fn since(&self) -> Option<Timestamp> {
        match self {
            Self {
                negated: false,
                test: Test::Since(since),
            } => Some(*since),
            _ => None,
        }
    }
}

impl Test {
    fn matches(&self, event: &Event) -> bool {
        match self {
            Self::Since(since) => event.at >= *since,
            Self::Before(before) => event.at < *before,
            Self::Word(word) => has_word(event, word),
            Self::Field(field, values) => values.iter().any(|value| field.matches(event, value)),
        }
    }
}

impl Field {
    pub(super) fn named(key: &str) -> Option<Self> {
        FIELDS
            .iter()
            .find(|(_, name)| *name == key)
            .map(|(field, _)| *field)
    }

    pub(super) fn name(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(field, _)| *field == self)
            .map_or("", |(_, name)| name)
    }

    fn matches(self, event: &Event, value: &str) -> bool {
        let holds = |text: &str| fold(text).contains(value);
        let exchange = event.exchange.as_ref();
        match self {
            Self::Status => event.status.name().starts_with(value),
            Self::Action => holds(&event.action),
            Self::Identity => holds(&event.identity) || fold(&event.target) == value,
            Self::User => user_of(event).is_some_and(holds),
            Self::Group => group_of(event).is_some_and(holds),
            Self::Source => holds(&event.source),
            // One that was not recognised is known by what it calls itself.
            Self::Client => holds(event.client.as_ref().map_or(&event.source, |client| &client.name)),
            Self::Request => fold(&event.change_id) == value,
            Self::Target => fold(&event.target) == value,
            Self::Reason => holds(&event.reason),
            Self::Sync => event.sync.is_some_and(|sync| sync.to_string() == value),
            Self::Kind => event.kind.name().starts_with(value),
            Self::Is => Kind::named(value).is_some_and(|kind| kind.is(event)),
            Self::Method => exchange.is_some_and(|exchange| exchange.method.eq_ignore_ascii_case(value)),
            Self::Path => exchange.is_some_and(|exchange| holds(&exchange.path)),
            Self::Http => {
                let beginning = value.trim_end_matches('x');
                exchange.is_some_and(|exchange| exchange.status.to_string().starts_with(beginning))
            }
            Self::Quirk => event.notes.iter().any(|note| note.quirk.name().contains(value)),
            Self::Changed => event
                .modified
                .iter()
                .any(|field| holds(&field.path) || holds(&field.label) || holds(&field.key)),
        }
    }
}

fn is_about_group(event: &Event) -> bool {
    event.action.ends_with("Group") || event.action.ends_with("group")
}

/// The person an event is about; "Ana in Treasury" is about both.
pub(super) fn user_of(event: &Event) -> Option<&str> {
    if event.action.ends_with("membership") {
        return event.identity.rsplit_once(" in ").map(|(user, _)| user);
    }
    (!is_about_group(event) && !event.identity.is_empty()).then_some(event.identity.as_str())
}

/// The group an event is about.
pub(super) fn group_of(event: &Event) -> Option<&str> {
    if event.action.ends_with("membership") {
        return event.identity.rsplit_once(" in ").map(|(_, group)| group);
    }
    (is_about_group(event) && !event.identity.is_empty()).then_some(event.identity.as_str())
}

/// What a free word is looked for in.
fn has_word(event: &Event, word: &str) -> bool {
    let path = event
        .exchange
        .as_ref()
        .map(|exchange| exchange.path.as_str())
        .unwrap_or_default();
    let client = event.client.as_ref().map(|client| client.name.as_str());
    let mut text = [
        event.action.as_str(),
        &event.identity,
        &event.reason,
        &event.source,
        client.unwrap_or_default(),
        &event.change_id,
        path,
    ]
    .join(" ");
    for field in &event.modified {
        let values = [&field.before, &field.after].map(|value| value.as_deref().unwrap_or_default());
        for part in [field.label.as_str()].into_iter().chain(values) {
            text.push(' ');
            text.push_str(part);
        }
    }
    fold(&text).contains(word)
}
