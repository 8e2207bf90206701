//! Searching the log: `status:failure identity:"mara" action:patch since:24h`, with free words.
//!
//! Terms are joined by "and"; `-` before a term negates it. Case does not matter.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Event, Journal};
use crate::accounts::fold;
use crate::error::{Error, Result};

/// The keys a term may begin with.
pub const KEYS: &[&str] = &[
    "status", "action", "identity", "source", "client", "sync", "kind", "method", "path", "http", "reason",
    "quirk", "request", "since", "before",
];

/// No request or sync takes longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

/// Events that one call looks at.
const LOOKED_AT: usize = 20_000;

/// A parsed search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Word(String),
    Field(Field, String),
    Since(Timestamp),
    Before(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Status,
    Action,
    Identity,
    Source,
    Client,
    Sync,
    Kind,
    Method,
    Path,
    Http,
    Reason,
    Quirk,
    Request,
}

/// One page of a search.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Newest first.
    pub events: Vec<Event>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<u64>,
}

impl Query {
    /// Reads a search. `now` is what `since:24h` counts from. Fails with [`Error::Invalid`] for
    /// an unknown key or a time that cannot be read.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self> {
        let terms = split(text).into_iter().map(|(negated, key, value)| {
            Ok(Term {
                negated,
                test: match key {
                    None => Test::Word(fold(&value)),
                    Some(key) => keyed(&key, &value, now)?,
                },
            })
        });
        Ok(Self {
            terms: terms.collect::<Result<_>>()?,
        })
    }

    /// Whether an event is what is looked for.
    pub fn matches(&self, event: &Event) -> bool {
        self.terms
            .iter()
            .all(|term| term.test.matches(event) != term.negated)
    }

    /// No older event can match. Events are numbered when they end and dated when they begin,
    /// so the log is in order of time only but for [`LONGEST`].
    fn ends_before(&self, event: &Event) -> bool {
        let end = event.at.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
        self.terms
            .iter()
            .any(|term| matches!(term, Term { negated: false, test: Test::Since(since) } if end < *since))
    }
}

impl Journal<'_> {
    /// A page of the events that match, newest first, beginning below `before`. One call looks at
    /// a part of a long log only: a short page, even an empty one, goes on at its `next`.
    pub fn search(&self, query: &Query, before: Option<u64>, limit: usize) -> Result<Page> {
        self.search_among(query, before, limit, LOOKED_AT)
    }

    fn search_among(
        &self,
        query: &Query,
        before: Option<u64>,
        limit: usize,
        looked_at: usize,
    ) -> Result<Page> {
        let (mut page, mut last) = (Page::default(), None);
        for (place, event) in self.newest_first(before).enumerate() {
            let event = event?;
            if place == looked_at {
                page.next = last;
                break;
            }
            last = Some(event.id);
            if query.ends_before(&event) {
                break;
            }
            if query.matches(&event) {
                if page.events.len() == limit {
                    page.next = page.events.last().map(|last: &Event| last.id);
                    break;
                }
                page.events.push(event);
            }
        }
        Ok(page)
    }

    /// Every event that matches, newest first.
    pub fn matching<'q>(&self, query: &'q Query) -> impl Iterator<Item = Result<Event>> + use<'q> {
        self.needed(query, None)
            .filter(|event| event.as_ref().map_or(true, |event| query.matches(event)))
    }

    /// Every event older than `before` that might match, newest first.
    pub(super) fn needed<'q>(
        &self,
        query: &'q Query,
        before: Option<u64>,
    ) -> impl Iterator<Item = Result<Event>> + use<'q> {
        self.newest_first(before)
            .take_while(|event| !event.as_ref().is_ok_and(|event| query.ends_before(event)))
    }
}

/// Splits into (negated, key, value); quotes keep spaces, and a colon in a free word stays.
fn split(text: &str) -> Vec<(bool, Option<String>, String)> {
    let mut terms = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let negated = rest.len() > 1 && rest.starts_with('-');
        rest = if negated {
            rest.get(1..).unwrap_or_default()
        } else {
            rest
        };
        let key = rest
            .split_once(':')
            .map(|(key, _)| key)
            .filter(|key| is_word(key));
        if let Some(key) = key {
            rest = rest.get(key.len() + 1..).unwrap_or_default();
        }
        let (value, after) = take_value(rest);
        if key.is_some() || !value.is_empty() {
            terms.push((negated, key.map(str::to_lowercase), value));
        }
        rest = after.trim_start();
    }
    terms
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

fn take_value(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
        return (value.to_owned(), after);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (
        text.get(..end).unwrap_or_default().to_owned(),
        text.get(end..).unwrap_or_default(),
    )
}

fn keyed(key: &str, value: &str, now: Timestamp) -> Result<Test> {
    let field = match key {
        "status" => Field::Status,
        "action" => Field::Action,
        "identity" | "user" | "group" => Field::Identity,
        "source" => Field::Source,
        "client" => Field::Client,
        "sync" => Field::Sync,
        "kind" | "is" => Field::Kind,
        "method" => Field::Method,
        "path" => Field::Path,
        "http" => Field::Http,
        "reason" => Field::Reason,
        "quirk" => Field::Quirk,
        "request" => Field::Request,
        "since" => return Ok(Test::Since(instant(value, now)?)),
        "before" => return Ok(Test::Before(instant(value, now)?)),
        _ => {
            return Err(Error::invalid(
                "query",
                format!(
                    "\"{key}:\" is no search key. Use one of: {}; or put the words between quotes.",
                    KEYS.join(", ")
                ),
            ));
        }
    };
    Ok(Test::Field(field, fold(value)))
}

/// `24h`, `30m`, `7d`, or an RFC 3339 instant or day.
fn instant(value: &str, now: Timestamp) -> Result<Timestamp> {
    let age = value
        .split_at_checked(value.len().saturating_sub(1))
        .and_then(|(number, unit)| {
            let number: i64 = number.parse().ok()?;
            let hours = |hours: i64| number.checked_mul(hours).map(SignedDuration::from_hours);
            match unit {
                "m" => Some(SignedDuration::from_mins(number)),
                "h" => hours(1),
                "d" => hours(24),
                _ => None,
            }
        });
    if let Some(age) = age {
        return Ok(now.saturating_sub(age).unwrap_or(Timestamp::MIN));
    }
    let day = || {
        TimeZone::UTC
            .to_timestamp(value.parse::<Date>().ok()?.at(0, 0, 0, 0))
            .ok()
    };
    value.parse().ok().or_else(day).ok_or_else(|| {
        Error::invalid(
            "query",
            format!("\"{value}\" is no time. Write since:24h, since:7d or since:2026-11-23."),
        )
    })
}

impl Test {
    fn matches(&self, event: &Event) -> bool {
        match self {
            Self::Since(since) => event.at >= *since,
            Self::Before(before) => event.at < *before,
            Self::Word(word) => text_of(event).contains(word),
            Self::Field(field, value) => field.matches(event, value),
        }
    }
}

impl Field {
    fn matches(self, event: &Event, value: &str) -> bool {
        let holds = |text: &str| fold(text).contains(value);
        let exchange = event.exchange.as_ref();
        match self {
            Self::Status => event.status.name() == value,
            Self::Action => holds(&event.action),
            Self::Identity => holds(&event.identity) || fold(&event.target) == value,
            Self::Source => holds(&event.source),
            // One that was not recognised is known by what it calls itself.
            Self::Client => holds(event.client.as_ref().map_or(&event.source, |client| &client.name)),
            Self::Request => fold(&event.change_id) == value,
            Self::Reason => holds(&event.reason),
            Self::Sync => event.sync.is_some_and(|sync| sync.to_string() == value),
            Self::Kind => event.kind.name() == value,
            Self::Method => exchange.is_some_and(|exchange| exchange.method.eq_ignore_ascii_case(value)),
            Self::Path => exchange.is_some_and(|exchange| holds(&exchange.path)),
            Self::Http => exchange.is_some_and(|exchange| exchange.status.to_string().starts_with(value)),
            Self::Quirk => event.notes.iter().any(|note| note.quirk.name().contains(value)),
        }
    }
}

fn text_of(event: &Event) -> String {
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
    fold(&text)
}

#[cfg(test)]
mod tests {
    use super::super::EventKind;
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn event() -> Event {
        let at = "2026-11-23T11:00:00Z".parse().unwrap();
        let mut event = Event::new(EventKind::Request, at, "PATCH User", "Okta SCIM Client 1.0.0");
        event.identity = "mara.okafor@contoso.example".into();
        event.status = super::super::Status::Failure;
        event.reason = "userName is required.".into();
        event.change_id = "7d0f4f52-9a07-4a0e-8a9e-1f9d3a0c5b11".into();
        event
    }

    #[test]
    fn terms() {
        for (text, expected) in [
            ("", true),
            ("status:failure", true),
            ("status:success", false),
            ("-status:success okta", true),
            ("identity:\"mara.okafor\" action:patch", true),
            ("MARA required", true),
            ("\"userName is\"", true),
            ("\"is userName\"", false),
            ("-mara", false),
            ("since:2h", true),
            ("since:30m", false),
            ("before:2026-11-23", false),
            ("since:2026-11-23 kind:request", true),
            ("kind:sync", false),
            ("http:4", false),
            ("7d0f4f52-9a07-4a0e-8a9e-1f9d3a0c5b11", true),
            ("request:7D0F4F52-9a07-4a0e-8a9e-1f9d3a0c5b11", true),
            ("request:7d0f4f52", false),
            ("client:\"okta scim\"", true),
            ("client:entra", false),
        ] {
            assert_eq!(
                Query::parse(text, now()).unwrap().matches(&event()),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_client_is_found_by_what_it_was_recognised_as() {
        let mut event = event();
        event.source = "python-requests/2.32".into();
        event.client = Some(super::super::Client {
            name: "Microsoft Entra ID".into(),
            reason: "It asks as Entra does.".into(),
        });
        for (text, expected) in [
            ("client:entra", true),
            ("entra", true),
            ("client:python", false),
            ("source:python", true),
            ("-client:entra", false),
        ] {
            assert_eq!(
                Query::parse(text, now()).unwrap().matches(&event),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(
            Query::parse("colour:red", now())
                .unwrap_err()
                .to_string()
                .contains("colour")
        );
        assert!(
            Query::parse("since:yesterday", now())
                .unwrap_err()
                .to_string()
                .contains("since:24h")
        );
    }

    #[test]
    fn a_call_looks_at_a_part_and_says_where_to_go_on() {
        let dir = tempfile::tempdir().unwrap();
        let store = crate::store::Store::open(dir.path()).unwrap();
        store
            .write(|turn| {
                (0..10).try_for_each(|n| {
                    let mut event = event();
                    event.identity = format!("user{n}");
                    super::super::append(turn, &mut event).map(|_| ())
                })
            })
            .unwrap();
        let journal = Journal {
            store: &store,
            now: now(),
        };
        let query = Query::parse("identity:user1", now()).unwrap();
        let (mut before, mut found, mut pages) = (None, Vec::new(), Vec::new());
        loop {
            let page = journal.search_among(&query, before, 5, 4).unwrap();
            found.extend(page.events.iter().map(|event| event.id));
            pages.push(page.next);
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!((found, pages), (vec![2], vec![Some(7), Some(3), None]));
    }
}
