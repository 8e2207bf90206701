//! What never reaches the log: passwords and tokens, wherever somebody put them.

use provisioning::journal::Event;
use provisioning::token::PREFIX;
use serde_json::Value;

/// Stands for what is not kept.
pub(crate) const HIDDEN: &str = "••••";

/// A body without passwords. One that is no JSON could hold one anywhere, so it is kept only if
/// it does not mention any.
pub(crate) fn body(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    // An escaped letter would hide the word from a look at the text alone.
    if !mentions_password(&text) && !text.contains("\\u") {
        return Some(text.into_owned());
    }
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(mut value) => {
            hide_passwords(&mut value);
            Some(value.to_string())
        }
        Err(_) if mentions_password(&text) => {
            Some("(not kept: it mentions a password and is no JSON)".to_owned())
        }
        Err(_) => Some(text.into_owned()),
    }
}

/// Path and query without what somebody compared a password with.
pub(crate) fn target(target: &str) -> String {
    match target.split_once('?') {
        Some((path, query)) if mentions_password(&decoded(query)) => {
            format!("{path}?(not kept: it mentions a password)")
        }
        _ => target.to_owned(),
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

fn mentions_password(text: &str) -> bool {
    text.to_ascii_lowercase().contains("password")
}

fn decoded(query: &str) -> String {
    percent_encoding::percent_decode_str(query)
        .decode_utf8_lossy()
        .into_owned()
}

fn hide_passwords(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let names_one = object.iter().any(|(key, path)| {
                key.eq_ignore_ascii_case("path") && path.as_str().is_some_and(ends_in_password)
            });
            let filters_one = |key: &str, value: &Value| {
                key.eq_ignore_ascii_case("filter") && value.as_str().is_some_and(mentions_password)
            };
            for (name, value) in object.iter_mut() {
                let is_value = names_one && name.eq_ignore_ascii_case("value");
                if ends_in_password(name) || is_value || filters_one(name, value) {
                    *value = HIDDEN.into();
                } else {
                    hide_passwords(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_passwords),
        _ => {}
    }
}

/// `password`, ` Password` and `urn:…:User:password`, but not `lastPasswordChangeDateTime`.
fn ends_in_password(name: &str) -> bool {
    name.rsplit([':', '.'])
        .next()
        .is_some_and(|last| last.trim().eq_ignore_ascii_case("password"))
}

#[cfg(test)]
mod tests {
    use provisioning::journal::EventKind;

    use super::*;

    #[test]
    fn no_password_is_kept() {
        let kept = |text: &str| body(text.as_bytes()).unwrap_or_default();
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
