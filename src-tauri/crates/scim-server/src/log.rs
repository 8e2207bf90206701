//! What the log keeps of a request: everything but its secrets.

use axum::http::header;
use provisioning::journal::{BODY_LIMIT, Event, EventKind, Exchange, Status};
use scim::error::ScimError;
use serde_json::Value;

use crate::answer::{answer, wire};
use crate::exchange::{Answer, Call, Source, Story};

/// Stands for what is not kept.
const REDACTED: &str = "••••";

/// Answers a request and records it. A write that cannot be recorded, and so is not durable,
/// is answered as a failure.
pub(crate) fn answer_and_record(source: &Source<'_>, call: &Call) -> Answer {
    let at = source.engine.now();
    let mut story = Story::default();
    let mut answered = answer(source, call, &mut story);
    let wrote = story.wrote;
    let mut event = Event::new(
        EventKind::Request,
        at,
        std::mem::take(&mut story.action),
        client(call),
    );
    describe(&mut event, story, &answered);
    event.exchange = Some(exchange(call, &answered));
    event.duration_us = call.elapsed();
    if let Err(error) = source.engine.record(event, wrote) {
        let error: ScimError = wire(error);
        if wrote {
            answered = Answer::error(&error);
        }
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
}

/// Who sent it, as it calls itself.
fn client(call: &Call) -> String {
    call.header(header::USER_AGENT)
        .unwrap_or("unnamed client")
        .to_owned()
}

fn exchange(call: &Call, answered: &Answer) -> Exchange {
    let (request_body, cut_request) = limited(redacted(&call.body));
    let (response_body, cut_response) = limited(answered.text());
    Exchange {
        method: call.method.clone(),
        path: call.target(),
        headers: headers(call),
        request_body,
        status: answered.status,
        response_body,
        truncated: cut_request + cut_response,
    }
}

fn headers(call: &Call) -> Vec<(String, String)> {
    call.headers
        .iter()
        .map(|(name, value)| {
            let text = match *name {
                header::AUTHORIZATION => format!("Bearer {REDACTED}"),
                header::COOKIE | header::PROXY_AUTHORIZATION => REDACTED.to_owned(),
                _ => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            };
            (name.as_str().to_owned(), text)
        })
        .collect()
}

/// The body without passwords. One that is no JSON could hold one anywhere, so it is kept only
/// if it does not mention any.
fn redacted(body: &[u8]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    if !text.to_ascii_lowercase().contains("password") {
        return Some(text.into_owned());
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            hide_passwords(&mut value);
            Some(value.to_string())
        }
        Err(_) => Some("(not kept: it mentions a password and is no JSON)".to_owned()),
    }
}

fn hide_passwords(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let names_one = object
                .get("path")
                .and_then(Value::as_str)
                .is_some_and(ends_in_password);
            for (name, value) in object.iter_mut() {
                if ends_in_password(name) || (names_one && name.eq_ignore_ascii_case("value")) {
                    *value = REDACTED.into();
                } else {
                    hide_passwords(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_passwords),
        _ => {}
    }
}

/// `password`, `Password` and `urn:…:User:password`, but not `lastPasswordChangeDateTime`.
fn ends_in_password(name: &str) -> bool {
    name.rsplit([':', '.'])
        .next()
        .is_some_and(|last| last.eq_ignore_ascii_case("password"))
}

/// The beginning of a text, and how many bytes were left out.
fn limited(text: Option<String>) -> (Option<String>, u64) {
    match text {
        Some(text) if text.len() > BODY_LIMIT => {
            let end = (0..=BODY_LIMIT)
                .rev()
                .find(|end| text.is_char_boundary(*end))
                .unwrap_or_default();
            let cut = text.len() - end;
            (text.get(..end).map(str::to_owned), cut as u64)
        }
        other => (other, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_kept() {
        let kept = |body: &str| redacted(body.as_bytes()).unwrap_or_default();
        assert_eq!(
            kept(r#"{"userName":"a","password":"1mz050nq"}"#),
            r#"{"userName":"a","password":"••••"}"#
        );
        let patch = kept(
            r#"{"Operations":[{"op":"replace","path":"Password","value":"1mz050nq"},{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:password":"1mz050nq"}}]}"#,
        );
        assert!(!patch.contains("1mz050nq"), "{patch}");
        assert!(
            !kept(r#"{"password":"1mz050nq""#).contains("1mz050nq"),
            "also when it is no JSON"
        );
        assert!(kept(r#"{"lastPasswordChangeDateTime":"2026-01-01T00:00:00Z"}"#).contains("2026"));
    }

    #[test]
    fn long_bodies_are_cut_between_characters() {
        let (kept, cut) = limited(Some("é".repeat(BODY_LIMIT)));
        assert_eq!(kept.unwrap().len() as u64 + cut, 2 * BODY_LIMIT as u64);
    }
}
