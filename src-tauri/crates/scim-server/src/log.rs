//! What the log keeps of a request: everything but its secrets.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::http::header;
use provisioning::journal::{BODY_LIMIT, Draft, Event, EventKind, Exchange, Status};
use tokio::sync::oneshot;

use crate::answer::{action, answer, wire};
use crate::client::recognise;
use crate::exchange::{Answer, Call, Source, Story};
use crate::redact;
use crate::route::Route;
use crate::secrets::Secrets;

/// Stands for a body that was thrown away as it came.
const UNKEPT: &str = "(not kept: the request was refused before anything looked at its body)";

/// Answers a request and records it, and hands the answer to `tell`: at once, or when what was
/// written is durable. A write that cannot be recorded, or does not become durable, is answered
/// as a failure.
pub(crate) fn answer_and_record(source: &Source<'_>, call: &Call, tell: oneshot::Sender<Answer>) {
    source.engine.begin_request();
    let route = Route::of(&call.path, source.engine.tenant());
    let Told { event, answer, wrote } = tell_of(source, call, &route);
    // Whoever waited for the answer may be gone; what was done is done.
    let answered = |answer| drop(tell.send(answer));
    match source.engine.record(event, wrote) {
        Err(error) if wrote => answered(Answer::error(&wire(error))),
        Err(error) => {
            unrecorded(call, &error);
            answered(answer);
        }
        Ok(()) if wrote => source.engine.settle_then(move |settled| {
            answered(settled.map_or_else(|error| Answer::error(&wire(error)), |()| answer));
        }),
        Ok(()) => answered(answer),
    }
}

/// Answers one operation of a Bulk and records it; it becomes durable with the Bulk's own event.
/// Returns also whether it wrote.
pub(crate) fn answer_part(source: &Source<'_>, call: &Call, route: &Route) -> (Answer, bool) {
    let Told { event, answer, wrote } = tell_of(source, call, route);
    match source.engine.record(event, false) {
        Err(error) if wrote => (Answer::error(&wire(error)), wrote),
        Err(error) => {
            unrecorded(call, &error);
            (answer, wrote)
        }
        Ok(()) => (answer, wrote),
    }
}

/// A request that changed nothing is answered all the same.
fn unrecorded(call: &Call, error: &provisioning::Error) {
    tracing::error!(%error, method = call.method, request = call.id, "the event of a request could not be stored");
}

/// An answer and what the log is to keep of it.
struct Told {
    event: Event,
    answer: Answer,
    /// The directory is different now.
    wrote: bool,
}

fn tell_of(source: &Source<'_>, call: &Call, route: &Route) -> Told {
    let secrets = Secrets::of(call);
    let draft = draft_of(source, call, route, secrets.clone());
    let mut story = Story::new(source.engine.settings().strict, draft);
    let told = in_any_case(call, || answer(source, call, route, &mut story));
    let mut answer = told.unwrap_or_else(|| Answer::fault(story.wrote));
    answer.write();
    let wrote = story.wrote;
    let draft = story.draft.take();
    let mut event = draft.map_or_else(|| asked(source, call, route, &secrets), Draft::into_event);
    describe(&mut event, story, &answer);
    event.client = recognise(call, route, &event.notes);
    if let Some(exchange) = &mut event.exchange {
        answered(exchange, &answer, &secrets);
    }
    redact::hide_secrets(&mut event, &secrets);
    event.duration_us = call.elapsed();
    redact::hide_tokens(&mut event);
    Told { event, answer, wrote }
}

/// What is put into the log with what the request writes: it keeps no more secrets than the event.
fn draft_of(source: &Source<'_>, call: &Call, route: &Route, secrets: Secrets) -> Draft {
    Draft::of(asked(source, call, route, &secrets), move |event| {
        redact::hide_secrets(event, &secrets);
        redact::hide_tokens(event);
    })
}

/// The event of a request that has not been answered; its draft is stored with what it writes.
fn asked(source: &Source<'_>, call: &Call, route: &Route, secrets: &Secrets) -> Event {
    let at = source.engine.now();
    let mut event = Event::new(EventKind::Request, at, action(call, route), user_agent(call));
    event.change_id.clone_from(&call.id);
    event.exchange = Some(sent(call, secrets));
    event
}

/// An answer; `None` is a fault of ours, of which the log and the client are to be told, too.
fn in_any_case(call: &Call, answer: impl FnOnce() -> Answer) -> Option<Answer> {
    let answered = catch_unwind(AssertUnwindSafe(answer)).ok();
    if answered.is_none() {
        tracing::error!(
            method = call.method,
            request = call.id,
            "a request could not be answered"
        );
    }
    answered
}

fn describe(event: &mut Event, story: Story, answered: &Answer) {
    event.identity = story.identity;
    event.target = story.target;
    event.steps = story.steps;
    event.modified = story.modified;
    event.notes = story.notes.into_vec();
    (event.status, event.reason) = match answered.status {
        400.. => (Status::Failure, answered.reason.clone()),
        _ if answered.is_dropped => (Status::Failure, String::new()),
        _ if story.unchanged => (
            Status::Skipped,
            "No change: these values were there already.".to_owned(),
        ),
        _ if event.notes.is_empty() => (Status::Success, String::new()),
        _ => (
            Status::Success,
            event
                .notes
                .iter()
                .map(|note| note.sentence.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    if let Some(sentence) = story.injected {
        event.reason = sentence;
        if event.status == Status::Success {
            event.status = Status::Warning;
        }
    }
}

/// Who sent it, as it calls itself.
fn user_agent(call: &Call) -> String {
    call.header(header::USER_AGENT)
        .unwrap_or("unnamed client")
        .to_owned()
}

/// A request without its answer.
fn sent(call: &Call, secrets: &Secrets) -> Exchange {
    let (request_body, truncated) = match call.unkept {
        0 => limited(redact::body(&call.body, secrets).as_deref()),
        bytes => (Some(UNKEPT.to_owned()), bytes as u64),
    };
    Exchange {
        method: call.method.clone(),
        path: redact::target(&call.target()),
        headers: headers(call),
        request_body,
        status: 0,
        response_body: None,
        truncated,
    }
}

/// Adds the answer.
fn answered(exchange: &mut Exchange, answer: &Answer, secrets: &Secrets) {
    let body = redact::answer(answer, secrets);
    let (response_body, truncated) = limited(body.as_deref());
    exchange.status = answer.status;
    exchange.response_body = response_body;
    exchange.truncated += truncated;
}

fn headers(call: &Call) -> Vec<(String, String)> {
    call.headers
        .iter()
        .map(|(name, value)| {
            let text = match *name {
                header::AUTHORIZATION => format!("Bearer {}", redact::HIDDEN),
                header::COOKIE | header::PROXY_AUTHORIZATION => redact::HIDDEN.to_owned(),
                _ => redact::header(&String::from_utf8_lossy(value.as_bytes())),
            };
            (name.as_str().to_owned(), text)
        })
        .collect()
}

/// The beginning of a text, and how many bytes were left out.
fn limited(text: Option<&str>) -> (Option<String>, u64) {
    match text {
        Some(text) if text.len() > BODY_LIMIT => {
            let end = (0..=BODY_LIMIT)
                .rev()
                .find(|end| text.is_char_boundary(*end))
                .unwrap_or_default();
            let cut = text.len() - end;
            (text.get(..end).map(str::to_owned), cut as u64)
        }
        other => (other.map(str::to_owned), 0),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use provisioning::Engine;
    use provisioning::clock::SystemClock;
    use provisioning::directory::Kind;
    use scim::dialect::Notes;

    use super::*;

    #[test]
    fn a_panic_is_answered_like_any_error() {
        let call = Call::of("GET", "/scim/v2/t1/Users", "");
        let answered = in_any_case(&call, || panic!("a fault of ours"));
        assert!(answered.is_none());
        let answer = Answer::fault(false);
        assert_eq!(answer.status, 500);
        assert!(answer.reason.contains("is unchanged"));
        assert!(!Answer::fault(true).reason.contains("is unchanged"));
        let response = answer.into_response();
        assert_eq!(response.headers()["content-type"], "application/scim+json");
    }

    #[test]
    fn a_draft_keeps_no_password_that_was_also_sent_as_something_else() {
        let dir = tempfile::tempdir().unwrap();
        let engine = Engine::open(dir.path(), Arc::new(SystemClock)).unwrap();
        let mut call = Call::of("POST", "/scim/v2/t1/Users", "");
        call.body = br#"{"userName":"mara","password":"1mz050nq","nickName":"1mz050nq"}"#.to_vec();
        let source = Source {
            engine: &engine,
            base: "",
            faults: &crate::faults::Faults::default(),
        };
        let draft = draft_of(&source, &call, &Route::Resources(Kind::User), Secrets::of(&call));
        let mut notes = Notes::default();
        let body = scim::parse_body(&call.body, &mut notes).unwrap();
        let object = scim::accept(Kind::User.resource_type(), body, &mut notes).unwrap();
        let directory = engine.directory().logged(Some(&draft));
        directory.create(Kind::User, object, &mut notes).unwrap();
        let stored = engine.journal().get(draft.into_event().id).unwrap();
        assert!(stored.modified.iter().any(|change| change.path == "nickName"));
        let text = serde_json::to_string(&stored).unwrap();
        assert!(!text.contains("1mz050nq"), "{text}");
    }

    #[test]
    fn long_bodies_are_cut_between_characters() {
        let (kept, cut) = limited(Some(&"é".repeat(BODY_LIMIT)));
        assert_eq!(kept.unwrap().len() as u64 + cut, 2 * BODY_LIMIT as u64);
    }
}
