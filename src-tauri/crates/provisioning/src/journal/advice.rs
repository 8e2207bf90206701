//! What to do about an event: the cause in plain words, and where to mend it.

use super::{Event, EventKind, FAULT_STEP, Status};

/// Sentences for the reader of an event; none when nothing is to be done.
pub fn advice(event: &Event) -> Vec<String> {
    let mut advice: Vec<String> = event
        .notes
        .iter()
        .map(|note| note.quirk.remedy())
        .filter(|remedy| !remedy.is_empty())
        .map(str::to_owned)
        .collect();
    advice.dedup();
    if let Some(sentence) = about_failure(event) {
        advice.insert(0, sentence.to_owned());
    }
    advice
}

fn about_failure(event: &Event) -> Option<&'static str> {
    if event.kind == EventKind::Sync && event.status == Status::Skipped {
        return None;
    }
    if event.steps.iter().any(|step| step.name == FAULT_STEP) {
        return Some(
            "Fault injection is on: this came about on purpose. Turn it off when you have seen what the identity provider makes of it.",
        );
    }
    let status = event.exchange.as_ref()?.status;
    Some(match status {
        401 => {
            "In your identity provider: put the SCIM token that is in force into its Secret Token field and test the connection. If the token is lost, regenerate it here; that cuts off whoever uses the old one."
        }
        403 => {
            "Here: turn on Enable User Provisioning (User Syncing) and save, then let the identity provider try again."
        }
        404 => {
            "In your identity provider: check that its Tenant URL is the one shown under User provisioning. If it asks for a user that is gone, restart provisioning there so that it matches again."
        }
        409 => {
            "In your identity provider: two objects have the same matching value. Rename or unassign one of them, or choose another matching attribute."
        }
        412 => {
            "The resource changed in the meantime. The identity provider should read it again and repeat its change."
        }
        413 => "In your identity provider: send less at once; the limit is named in the answer.",
        400 => {
            "In your identity provider: correct the attribute mapping named in the reason. The request tab shows what was sent."
        }
        500.. => {
            "Here: the server could not do its work. The reason names the cause; the identity provider will try again by itself."
        }
        _ => return None,
    })
}

/// Where something is to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the identity provider.
    Provider,
    /// In this console.
    Here,
}

/// Where to mend what an event tells of; `None` when nothing is to be mended.
pub fn place(event: &Event) -> Option<Place> {
    match event.exchange.as_ref().map(|exchange| exchange.status) {
        Some(403 | 500..) => Some(Place::Here),
        Some(400..) => Some(Place::Provider),
        _ if event.kind == EventKind::Sync && event.status == Status::Failure => Some(Place::Here),
        _ if event.notes.iter().any(|note| !note.quirk.remedy().is_empty()) => Some(Place::Provider),
        _ => None,
    }
}

/// The rule behind a refusal: the section that says so. Blank where nothing was refused.
pub fn rule(event: &Event) -> &'static str {
    let Some(exchange) = &event.exchange else {
        return "";
    };
    match (
        exchange.status,
        scim_type(exchange.response_body.as_deref()).as_str(),
    ) {
        (400, "invalidFilter") => "RFC 7644 §3.4.2.2",
        (400, "invalidPath" | "noTarget") => "RFC 7644 §3.5.2",
        (400, "mutability") => "RFC 7643 §2.2",
        (400, "tooMany") => "RFC 7644 §3.4.2",
        (400, "invalidValue") => "RFC 7643 §2.3",
        (400, "invalidSyntax" | "invalidVers" | "sensitive") => "RFC 7644 §3.12, table 9",
        (401, _) => "RFC 6750 §3, RFC 7644 §2",
        (400 | 403 | 404, _) => "RFC 7644 §3.12",
        (405, _) => "RFC 9110 §15.5.6",
        (408, _) => "RFC 9110 §15.5.9",
        (409, _) => "RFC 7644 §3.3",
        (412, _) => "RFC 7644 §3.14",
        (413, _) => "RFC 7644 §3.7.4",
        (415, _) => "RFC 7644 §3.1",
        (429, _) => "RFC 6585 §4",
        (501, _) => "RFC 9110 §15.6.2",
        (507, _) => "RFC 4918 §11.5",
        (500.., _) => "RFC 9110 §15.6.1",
        _ => "",
    }
}

/// The attribute, path or value that the answer blames, in the words of its sentence, where they
/// stand between backticks or quotation marks; blank where it blames none.
pub fn wrong_at(event: &Event) -> String {
    if event.status != Status::Failure {
        return String::new();
    }
    let between = |mark: char| {
        let (_, rest) = event.reason.split_once(mark)?;
        let (inside, _) = rest.split_once(mark)?;
        (!inside.is_empty()).then(|| inside.to_owned())
    };
    between('`').or_else(|| between('"')).unwrap_or_default()
}

fn scim_type(body: Option<&str>) -> String {
    let body = body.and_then(|body| serde_json::from_str::<serde_json::Value>(body).ok());
    body.and_then(|body| body.get("scimType")?.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::journal::Exchange;

    fn refused(status: u16, scim_type: &str, reason: &str) -> Event {
        let mut event = Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, "PATCH User", "curl");
        event.status = Status::Failure;
        event.reason = reason.to_owned();
        event.exchange = Some(Exchange {
            method: "PATCH".to_owned(),
            path: "/Users/1".to_owned(),
            headers: Vec::new(),
            request_body: None,
            status,
            response_body: Some(format!("{{\"scimType\":\"{scim_type}\"}}")),
            truncated: 0,
        });
        event
    }

    #[test]
    fn a_refusal_names_its_rule_its_place_and_what_it_blames() {
        let path = refused(400, "invalidPath", "`actve` is no attribute of a User.");
        assert_eq!(
            (rule(&path), place(&path)),
            ("RFC 7644 §3.5.2", Some(Place::Provider))
        );
        assert_eq!(wrong_at(&path), "actve");
        let off = refused(403, "", "User provisioning is off.");
        assert_eq!(
            (rule(&off), place(&off), wrong_at(&off).as_str()),
            ("RFC 7644 §3.12", Some(Place::Here), "")
        );
        for status in [400, 401, 403, 404, 405, 409, 412, 413, 429, 500, 501, 507] {
            let event = refused(status, "", "No.");
            assert!(
                rule(&event).starts_with("RFC") && place(&event).is_some(),
                "{status}"
            );
        }
        let mut done = refused(200, "", "Done.");
        done.status = Status::Success;
        assert_eq!(
            (rule(&done), place(&done), wrong_at(&done).as_str()),
            ("", None, "")
        );
    }
}
