//! What a masked event still says.

use jiff::Timestamp;

use super::*;
use crate::journal::{Status, Step};
use crate::plan::FieldChange;

fn mask() -> Mask {
    Mask { key: vec![7; 32] }
}

fn request() -> Event {
    let mut event = Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, "PATCH User", "curl");
    event.identity = "Mara.Okafor@contoso.example".to_owned();
    event.target = "7d0f4f52-9a07-4a0e-8a9e-1f9d3a0c5b11".to_owned();
    event.reason = "The title \"Head of Baking\" of mara.okafor@contoso.example is new.".to_owned();
    event.status = Status::Failure;
    event.steps = vec![Step::new(
        "Store",
        Status::Success,
        "Stored Mara.Okafor@contoso.example.",
    )];
    event.modified = vec![
        FieldChange {
            key: "title".to_owned(),
            label: "Job title".to_owned(),
            path: "title".to_owned(),
            before: None,
            after: Some("Head of Baking".to_owned()),
        },
        FieldChange {
            key: "active".to_owned(),
            label: "Active".to_owned(),
            path: "active".to_owned(),
            before: Some("true".to_owned()),
            after: Some("false".to_owned()),
        },
    ];
    event.exchange = Some(Exchange {
        method: "PATCH".to_owned(),
        path: "/scim/v2/t/Users?filter=userName%20eq%20%22mara.okafor%40contoso.example%22".to_owned(),
        headers: vec![("x-forwarded-for".to_owned(), "203.0.113.7".to_owned())],
        request_body: Some(
            r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"title","value":"Head of Baking"},{"op":"Replace","path":"active","value":"False"},{"op":"add","path":"emails[value eq \"m@home.example\"].type","value":"home"}],"employeeNumber":4711}"#.to_owned(),
        ),
        status: 400,
        response_body: Some("no JSON, but Mara".to_owned()),
        truncated: 0,
    });
    event
}

#[test]
fn nothing_personal_is_left_and_threads_still_join() {
    let masked = mask().event(&request());
    let text = serde_json::to_string(&masked).unwrap();
    for personal in [
        "ara.okafor",
        "Baking",
        "contoso",
        "4711",
        "203.0.113.7",
        "m@home",
        "Mara",
    ] {
        assert!(!text.contains(personal), "{personal} is in {text}");
    }
    let pseudonym = mask().value("mara.okafor@CONTOSO.example");
    assert_eq!(masked.identity, pseudonym, "however it is spelled");
    assert!(masked.reason.contains(&pseudonym) && masked.steps[0].detail.contains(&pseudonym));
    let exchange = masked.exchange.unwrap();
    assert!(
        exchange.path.contains(&pseudonym)
            && exchange
                .path
                .starts_with("/scim/v2/t/Users?filter=userName%20eq%20%22"),
        "{}",
        exchange.path
    );
    let title = mask().value("Head of Baking");
    assert_eq!(masked.modified[0].after.as_ref(), Some(&title));
    assert!(exchange.request_body.as_ref().unwrap().contains(&title));
}

#[test]
fn what_is_no_person_stays() {
    let masked = mask().event(&request());
    assert_eq!(masked.target, request().target);
    assert_eq!(masked.modified[1], request().modified[1], "a state");
    let body: Value = serde_json::from_str(&masked.exchange.unwrap().request_body.unwrap()).unwrap();
    assert_eq!(body["Operations"][0]["path"], "title");
    assert_eq!(body["Operations"][1]["value"], "False");
    assert_eq!(
        body["schemas"][0],
        "urn:ietf:params:scim:api:messages:2.0:PatchOp"
    );
    let mut group = Event::new(EventKind::Request, Timestamp::UNIX_EPOCH, "POST Group", "curl");
    group.identity = "Treasury".to_owned();
    assert_eq!(mask().event(&group).identity, "Treasury");
    let mut member = Event::new(
        EventKind::Sync,
        Timestamp::UNIX_EPOCH,
        "Create membership",
        "SCIM Desk",
    );
    member.identity = "Ana Petrović in Treasury".to_owned();
    let masked = mask().event(&member).identity;
    assert!(
        masked.starts_with("masked-") && masked.ends_with(" in Treasury"),
        "{masked}"
    );
}

#[test]
fn another_data_directory_has_other_pseudonyms() {
    let other = Mask { key: vec![8; 32] };
    assert_ne!(
        other.value("mara@contoso.example"),
        mask().value("mara@contoso.example")
    );
    assert_eq!(
        mask().text("Ask ana@contoso.example."),
        format!("Ask {}.", mask().value("ana@contoso.example"))
    );
    assert_eq!(mask().text("a @ b, @c, d@"), "a @ b, @c, d@");
}
