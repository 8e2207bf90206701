//! Requests of the log sent again, to a copy: what would they do now?
//!
//! A sync in Test Mode stands before and after, so that one sees what the requests would change in
//! the console. The token is not asked for: the log has none. What the log has cut off cannot be
//! sent again, and is left out with a sentence.

use std::ops::ControlFlow;

use axum::http::{HeaderName, HeaderValue, header};
use provisioning::directory::Kind;
use provisioning::journal::export::{Progress, Watch};
use provisioning::journal::replay::Selection;
use provisioning::journal::{Event, Exchange};
use provisioning::reports::Row;
use provisioning::sync::{Run, Trigger};
use provisioning::{Engine, Error, Scratch};

use crate::exchange::{Call, Source};
use crate::faults::Faults;
use crate::log;
use crate::route::Route;

/// Headers that are not sent again: they belong to the connection, or were hidden.
const LEFT_OUT: [HeaderName; 6] = [
    header::AUTHORIZATION,
    header::COOKIE,
    header::PROXY_AUTHORIZATION,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
];

/// What an administrator wants to be different about a single request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    /// Another method.
    pub method: Option<String>,
    /// Another path and query.
    pub path: Option<String>,
    /// Another body.
    pub body: Option<String>,
}

/// One request, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The event in the log.
    pub then: Event,
    /// What was sent now, and what became of it; `None` where it could not be sent again.
    pub now: Option<Event>,
    /// Why it could not be, or what to know about it; blank if nothing.
    pub remark: String,
}

/// What a replay came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Every request, in the order in which they were sent.
    pub requests: Vec<Replayed>,
    /// The Test Mode sync before them.
    pub before: Run,
    /// The Test Mode sync after them.
    pub after: Run,
    /// What the second would do that the first would not.
    pub new_rows: Vec<Row>,
}

/// Rows of the difference at most; how many there are is in the second sync.
const ROWS: usize = 500;

/// Sends the requests of a selection to a copy of the directory and the console. Nothing of it
/// reaches either. An edit is for a single request. Fails with [`Error::Cancelled`] when `watch`
/// breaks off, and with [`Error::Invalid`] where there is nothing to send.
pub fn replay(
    engine: &Engine,
    selection: &Selection,
    edit: &Edit,
    watch: Watch<'_>,
) -> Result<Outcome, Error> {
    let events = engine.journal().requests_of(selection)?;
    let scratch = engine.scratch()?;
    let mut renamed = Renamed::default();
    if let Selection::Person(person) = selection
        && let Some(user) = &person.user
        && scratch.directory().find(Kind::User, user)?.is_some()
    {
        scratch.directory().delete(Kind::User, user)?;
    }
    let before = scratch.sync(Trigger::Forced, None)?;
    let of = events.len() as u64;
    let mut requests = Vec::new();
    for event in events {
        let looked = requests.len() as u64;
        let progress = Progress {
            looked,
            of,
            found: looked,
        };
        if watch(progress) == ControlFlow::Break(()) {
            return Err(Error::Cancelled);
        }
        requests.push(send_again(&scratch, event, edit, &mut renamed));
    }
    let after = scratch.sync(Trigger::Forced, None)?;
    let new_rows = new_rows(&scratch, &after)?;
    Ok(Outcome {
        requests,
        before,
        after,
        new_rows,
    })
}

fn new_rows(scratch: &Scratch, after: &Run) -> Result<Vec<Row>, Error> {
    if !after.has_plan() {
        return Ok(Vec::new());
    }
    let rows = scratch.reports().all_rows(after.id)?;
    let is_new = |row: &Result<Row, Error>| row.as_ref().map_or(true, |row| row.is_new);
    rows.filter(is_new).take(ROWS).collect()
}

/// Ids that objects had then, and have now: what is created again gets another one.
#[derive(Default)]
struct Renamed(Vec<(String, String)>);

impl Renamed {
    fn learn(&mut self, then: &Event, now: &Event) {
        let differ = !then.target.is_empty() && !now.target.is_empty() && then.target != now.target;
        if differ {
            self.0.push((then.target.clone(), now.target.clone()));
        }
    }

    fn apply(&self, text: &str) -> String {
        let renamed = self.0.iter();
        renamed.fold(text.to_owned(), |text, (then, now)| text.replace(then, now))
    }
}

fn send_again(scratch: &Scratch, then: Event, edit: &Edit, renamed: &mut Renamed) -> Replayed {
    let Some(exchange) = &then.exchange else {
        return unsent(then, "It is no request.");
    };
    let edited = edited(exchange, edit, renamed);
    if let Some(remark) = unsendable(exchange, edit) {
        return unsent(then, remark);
    }
    let call = call_of(&edited);
    let base = format!("http://localhost/scim/v2/{}", scratch.tenant());
    // A replay shows what the server does, not what is made to go wrong.
    let faults = Faults::default();
    let source = Source {
        engine: scratch,
        base: &base,
        faults: &faults,
    };
    scratch.begin_request();
    let route = Route::of(&call.path, scratch.tenant());
    let log::Told {
        event: now, wrote, ..
    } = log::tell_of(&source, &call, &route);
    let remark = match scratch.record(now.clone(), wrote) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    };
    renamed.learn(&then, &now);
    Replayed {
        then,
        now: Some(now),
        remark,
    }
}

fn unsent(then: Event, remark: &str) -> Replayed {
    Replayed {
        then,
        now: None,
        remark: remark.to_owned(),
    }
}

/// Why a request cannot be sent as it was.
fn unsendable(exchange: &Exchange, edit: &Edit) -> Option<&'static str> {
    if edit.body.is_some() {
        return None;
    }
    let body = exchange.request_body.as_deref().unwrap_or_default();
    if body.starts_with("(not kept") {
        return Some("Its body is not in the log. Write one, and send the request again.");
    }
    let is_cut = exchange.truncated > 0 && serde_json::from_str::<serde_json::Value>(body).is_err();
    (is_cut && !body.is_empty())
        .then_some("The log has only the beginning of its body. Complete it, and send the request again.")
}

fn edited(exchange: &Exchange, edit: &Edit, renamed: &Renamed) -> Exchange {
    let choose = |edit: &Option<String>, was: &str| edit.clone().unwrap_or_else(|| renamed.apply(was));
    let body = exchange.request_body.as_deref().unwrap_or_default();
    let body = choose(&edit.body, body);
    Exchange {
        method: choose(&edit.method, &exchange.method).to_ascii_uppercase(),
        path: choose(&edit.path, &exchange.path),
        request_body: (!body.is_empty()).then_some(body),
        ..exchange.clone()
    }
}

/// The call that a request of the log was.
fn call_of(exchange: &Exchange) -> Call {
    let (path, query) = exchange.path.split_once('?').unwrap_or((&exchange.path, ""));
    let mut call = Call::of(&exchange.method, path, query);
    for (name, value) in &exchange.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>())
            && !LEFT_OUT.contains(&name)
        {
            call.headers.append(name, value);
        }
    }
    call.body = exchange.request_body.clone().unwrap_or_default().into_bytes();
    call.admitted = Some(Ok(()));
    call
}

#[cfg(test)]
mod tests;
