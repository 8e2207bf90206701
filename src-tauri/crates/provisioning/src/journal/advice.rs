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
