//! What never reaches the log: passwords and tokens, wherever somebody put them.

use std::borrow::Cow;

use provisioning::journal::Event;
use provisioning::token::PREFIX;
use serde_json::Value;

use crate::exchange::Answer;
use crate::secrets::{Secrets, mentions, names_password_in_path};

/// Stands for what is not kept.
pub(crate) const HIDDEN: &str = "••••";

/// A request's body without passwords. One that is no JSON could hold one anywhere, so it is kept
/// only if it cannot mention any.
pub(crate) fn body(bytes: &[u8], secrets: &Secrets) -> Option<String> {
    if bytes.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    if !may_hold_password(&text) && secrets.is_empty() {
        return Some(text.into_owned());
    }
    Some(match parsed(&text) {
        Some(mut value) => {
            hide_passwords(&mut value, secrets);
            value.to_string()
        }
        None if may_hold_password(&text) => "(not kept: it may mention a password and is no JSON)".to_owned(),
        None => text.into_owned(),
    })
}

/// An answer's body without what the request had for a password, and without any that was stored
/// in a place that is not known for it.
pub(crate) fn answer<'a>(answer: &'a Answer, secrets: &Secrets) -> Option<Cow<'a, str>> {
    let text = answer.as_sent()?;
    if !may_hold_password(text) && secrets.is_empty() {
        return Some(text.into());
    }
    let mut body: Value = serde_json::from_str(text).ok()?;
    hide_passwords(&mut body, secrets);
    Some(body.to_string().into())
}

/// A header's value, which a tunnel may have made of the address.
pub(crate) fn header(value: &str) -> String {
    if mentions_password(&decoded(value)) {
        return HIDDEN.to_owned();
    }
    value.to_owned()
}

/// Path and query without what somebody compared a password with.
pub(crate) fn target(target: &str) -> String {
    match target.split_once('?') {
        Some((path, query)) if mentions_password(&decoded(query)) => {
            format!("{path}?(not kept: it mentions a password)")
        }
        _ if mentions(&decoded(target)).next().is_some() => "(not kept: it mentions a password)".to_owned(),
        _ => target.to_owned(),
    }
}

/// Takes a request's passwords out of what its event says, bodies and address aside.
pub(crate) fn hide_secrets(event: &mut Event, secrets: &Secrets) {
    hide_in_changes(event);
    for text in [&mut event.identity, &mut event.target] {
        cut_assignment(text);
        secrets.hide(text);
    }
    for field in &mut event.modified {
        let values = field.before.iter_mut().chain(&mut field.after);
        values.for_each(|text| secrets.hide(text));
    }
    let sentences = event.steps.iter_mut().map(|step| &mut step.detail);
    let notes = event.notes.iter_mut();
    let notes = notes.flat_map(|note| [&mut note.sentence, &mut note.path]);
    let client = event.client.iter_mut().map(|client| &mut client.reason);
    for sentence in sentences.chain(notes).chain(client).chain([&mut event.reason]) {
        secrets.hide_in_sentence(sentence);
    }
}

fn hide_in_changes(event: &mut Event) {
    for field in &mut event.modified {
        let is_one = ends_in_password(&field.path) || ends_in_password(&field.key);
        for text in field.before.iter_mut().chain(&mut field.after) {
            if is_one {
                HIDDEN.clone_into(text);
            } else {
                hide_in_text(text, &Secrets::default());
            }
        }
    }
}

/// Takes the token's text out of everything an event says: it may have been pasted into the
/// Tenant URL, a header of another name, or a body.
pub(crate) fn hide_tokens(event: &mut Event) {
    for text in [
        &mut event.identity,
        &mut event.target,
        &mut event.reason,
        &mut event.source,
        &mut event.action,
    ] {
        hide_token(text);
    }
    event
        .client
        .iter_mut()
        .for_each(|client| hide_token(&mut client.reason));
    event
        .steps
        .iter_mut()
        .for_each(|step| hide_token(&mut step.detail));
    for field in &mut event.modified {
        field
            .before
            .iter_mut()
            .chain(&mut field.after)
            .for_each(hide_token);
    }
    for note in &mut event.notes {
        hide_token(&mut note.sentence);
        hide_token(&mut note.path);
    }
    if let Some(exchange) = &mut event.exchange {
        hide_token(&mut exchange.path);
        exchange
            .headers
            .iter_mut()
            .for_each(|(_, value)| hide_token(value));
        exchange
            .request_body
            .iter_mut()
            .chain(&mut exchange.response_body)
            .for_each(hide_token);
    }
}

/// Replaces every run of token characters after the token's prefix, plain or percent-encoded.
fn hide_token(text: &mut String) {
    // Hardly any text holds one.
    if !text.contains(PREFIX.trim_end_matches('_')) {
        return;
    }
    let encoded = PREFIX.replace('_', "%5F");
    for prefix in [PREFIX, &encoded, &encoded.to_lowercase()] {
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(prefix)) {
            let begin = from + found + prefix.len();
            let secret = text.get(begin..).unwrap_or_default();
            let length = secret
                .find(|c: char| !(c.is_ascii_alphanumeric() || "_-%".contains(c)))
                .unwrap_or(secret.len());
            if length > 0 {
                text.replace_range(begin..begin + length, HIDDEN);
            }
            from = begin;
        }
    }
}

pub(crate) fn mentions_password(text: &str) -> bool {
    const WORD: &[u8] = b"password";
    /// A letter of it that few other words have, and its place.
    const RARE: (u8, usize) = (b'w', 4);
    let (letter, place) = RARE;
    let bytes = text.as_bytes();
    memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), bytes).any(|at| {
        let word = at
            .checked_sub(place)
            .and_then(|begin| bytes.get(begin..begin + WORD.len()));
        word.is_some_and(|word| word.eq_ignore_ascii_case(WORD))
    })
}

/// Whether a text mentions a password, or could: an escaped letter would hide the word.
pub(crate) fn may_hold_password(text: &str) -> bool {
    mentions_password(text) || text.contains("\\u")
}

/// A text without its percent-encoding.
pub(crate) fn decoded(query: &str) -> String {
    percent_encoding::percent_decode_str(query)
        .decode_utf8_lossy()
        .into_owned()
}

/// A body as JSON, if it is.
pub(crate) fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

/// The JSON that a text is, if it is an object, a list or a text again.
pub(crate) fn json_within(text: &str) -> Option<Value> {
    let begins = text.trim_start().starts_with(['{', '[', '"']);
    (begins && may_hold_password(text))
        .then(|| parsed(text))
        .flatten()
}

fn hide_passwords(value: &mut Value, secrets: &Secrets) {
    match value {
        Value::Object(object) => {
            let names_one = names_password_in_path(object);
            for (name, value) in object.iter_mut() {
                let is = |known: &str| name.eq_ignore_ascii_case(known);
                let filters_one = is("filter") && value.as_str().is_some_and(mentions_password);
                if ends_in_password(name) || (names_one && is("value")) || filters_one {
                    *value = HIDDEN.into();
                    continue;
                }
                match value {
                    Value::String(text) if is("path") || is("detail") => secrets.hide_in_sentence(text),
                    value => hide_passwords(value, secrets),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide_passwords(item, secrets)),
        Value::String(text) => hide_in_text(text, secrets),
        _ => {}
    }
}

/// Takes passwords out of a text that may be JSON itself.
fn hide_in_text(text: &mut String, secrets: &Secrets) {
    // Hardly any text could hold one.
    if !may_hold_password(text) && secrets.is_empty() {
        return;
    }
    if let Some(mut inner) = json_within(text) {
        hide_passwords(&mut inner, secrets);
        *text = inner.to_string();
        return;
    }
    if text.contains('{') && text.contains("\\u") {
        HIDDEN.clone_into(text);
    }
    cut_assignment(text);
    secrets.hide(text);
}

/// Ends a text where it says `password: …`, `"password":…` or `password=…`.
fn cut_assignment(text: &mut String) {
    let assigned = mentions(text).find(|end| {
        let rest = text.get(*end..).unwrap_or_default();
        let rest = rest.trim_start_matches(['\\', '"', '\'']).trim_start();
        rest.starts_with([':', '='])
    });
    if let Some(end) = assigned {
        text.truncate(end);
        text.push_str(HIDDEN);
    }
}

/// `password`, ` Password` and `urn:…:User:password`, but not `lastPasswordChangeDateTime`.
pub(crate) fn ends_in_password(name: &str) -> bool {
    let last = name.rsplit([':', '.']).next();
    mentions_password(name) && last.is_some_and(|last| last.trim().eq_ignore_ascii_case("password"))
}

#[cfg(test)]
mod tests {
    use provisioning::journal::EventKind;

    use super::*;

    #[test]
    fn no_password_is_kept() {
        let kept = |text: &str| body(text.as_bytes(), &Secrets::default()).unwrap_or_default();
        assert_eq!(
            kept(r#"{"userName":"a","password":"1mz050nq"}"#),
            r#"{"userName":"a","password":"••••"}"#
        );
        for text in [
            r#"{"Operations":[{"op":"replace","path":"Password","value":"1mz050nq"}]}"#,
            r#"{"Operations":[{"Op":"Replace","Path":"password ","Value":"1mz050nq"}]}"#,
            r#"{"Operations":[{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:password":"1mz050nq"}}]}"#,
            r#"{"p\u0061ssword":"1mz050nq"}"#,
            r#"{"filter":"password eq \"1mz050nq\""}"#,
            r#"{"password":"1mz050nq""#,
            r#"{"p\u0061ssword":"1mz050nq""#,
        ] {
            assert!(
                !kept(text).contains("1mz050nq"),
                "{text} is kept as {}",
                kept(text)
            );
        }
        assert!(kept(r#"{"lastPasswordChangeDateTime":"2026-01-01T00:00:00Z"}"#).contains("2026"));
        assert!(!target("/Users?filter=p%61ssword%20eq%20%221mz050nq%22").contains("1mz050nq"));
    }

    #[test]
    fn no_token_is_kept_wherever_it_was_pasted() {
        let secret = "OXV5oC_awXyYyWOq3kYfpRX60oPtb-C7LKpGRSw4ibc";
        let mut event = Event::new(
            EventKind::Request,
            jiff::Timestamp::UNIX_EPOCH,
            "GET other tenant",
            "curl",
        );
        event.reason = format!("There is no tenant \"scimdesk_{secret}\" here, nor scimdesk%5F{secret}.");
        event.identity = "scimdesk_••••4ibc".to_owned();
        hide_tokens(&mut event);
        assert_eq!(
            event.reason,
            "There is no tenant \"scimdesk_••••\" here, nor scimdesk%5F••••."
        );
        assert_eq!(
            event.identity, "scimdesk_••••4ibc",
            "what is shown of it is no secret"
        );
    }
}
