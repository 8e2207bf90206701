//! Faults that somebody asked for, as the client and the log see them.

use std::time::Duration;

use axum::http::Request;
use provisioning::journal::{FAULT_STEP, Status, advice};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

use super::Desk;
use crate::exchange::Dropped;
use crate::faults::{Fault, Faults, Rule, Until};
use crate::serve_with;

impl Desk {
    /// Lets something go wrong with the next request.
    fn once(&self, fault: Fault) {
        self.inject(fault, 1);
    }

    fn inject(&self, fault: Fault, count: u64) {
        let rule = Rule {
            fault,
            client: None,
            method: None,
            path: None,
            percent: 100,
            until: Until::Count(count),
        };
        self.faults.add(rule, self.engine.now()).unwrap();
    }

    /// Fails unless the newest event says that its fault was made, and what to do about it.
    fn newest_is_told_of(&self, status: Status) {
        let event = self.logged("").remove(0);
        let step = event.steps.iter().find(|step| step.name == FAULT_STEP);
        assert_eq!(step.map(|step| &step.detail), Some(&event.reason), "{event:?}");
        assert!(event.reason.starts_with("Fault injection: "), "{event:?}");
        assert_eq!(event.status, status, "{event:?}");
        if event
            .exchange
            .as_ref()
            .is_some_and(|exchange| exchange.status >= 400)
        {
            assert!(advice::advice(&event)[0].starts_with("Fault injection is on"));
        }
    }
}

#[tokio::test]
async fn an_error_is_answered_and_the_directory_is_not_asked() {
    let desk = Desk::new();
    for (fault, status, scim_type) in [
        (Fault::Unauthorized, 401, None),
        (Fault::Forbidden, 403, None),
        (Fault::NotFound, 404, None),
        (Fault::Conflict, 409, Some("uniqueness")),
        (Fault::ServerError, 500, None),
        (Fault::Burst { requests: 1 }, 503, None),
    ] {
        desk.once(fault.clone());
        let body = json!({ "userName": "a@contoso.test" }).to_string();
        let answered = desk.send("POST", "/Users", body).await;
        assert_eq!(answered.status, status, "{fault:?}");
        assert_eq!(answered.header("content-type"), "application/scim+json");
        assert_eq!(answered.body["status"], status.to_string());
        assert_eq!(answered.body["scimType"].as_str(), scim_type);
        let detail = answered.body["detail"].as_str().unwrap();
        assert!(detail.starts_with("Fault injection is on"), "{detail}");
        desk.newest_is_told_of(Status::Failure);
    }
    assert!(
        desk.faults.active(desk.engine.now()).is_empty(),
        "each was for one request"
    );
    let listed = desk.send("GET", "/Users", "").await;
    assert_eq!((listed.status, &listed.body["totalResults"]), (200, &json!(0)));
}

#[tokio::test]
async fn too_many_requests_say_how_long_to_wait() {
    let desk = Desk::new();
    desk.once(Fault::TooManyRequests { retry_after: 7 });
    let answered = desk.send("GET", "/Users", "").await;
    assert_eq!((answered.status, answered.header("retry-after")), (429, "7"));
    desk.newest_is_told_of(Status::Failure);
}

#[tokio::test]
async fn an_answer_that_is_held_back_is_the_right_one() {
    let desk = Desk::new();
    desk.once(Fault::Delay(Duration::from_millis(1)));
    let body = json!({ "userName": "a@contoso.test" }).to_string();
    assert_eq!(desk.send("POST", "/Users", body.clone()).await.status, 201);
    desk.newest_is_told_of(Status::Warning);
    desk.once(Fault::Delay(Duration::from_millis(1)));
    assert_eq!(desk.send("POST", "/Users", body).await.status, 409, "a real one");
    desk.newest_is_told_of(Status::Failure);
}

#[tokio::test]
async fn a_page_of_html_is_no_scim() {
    let desk = Desk::new();
    desk.once(Fault::HtmlBody);
    let answered = desk.send("GET", "/Users", "").await;
    assert_eq!((answered.status, answered.body), (200, json!(null)));
    assert_eq!(answered.headers["content-type"], "text/html; charset=utf-8");
    desk.newest_is_told_of(Status::Warning);
    let event = desk.logged("").remove(0);
    assert!(
        event
            .exchange
            .unwrap()
            .response_body
            .unwrap()
            .contains("<!DOCTYPE html>")
    );
}

#[tokio::test]
async fn members_come_though_they_are_excluded() {
    let desk = Desk::new();
    let (user, _) = desk
        .create("/Users", json!({ "userName": "a@contoso.test" }))
        .await;
    let id = user.trim_start_matches("/Users/");
    let body = json!({ "displayName": "Retail", "members": [{ "value": id }] });
    let (group, _) = desk.create("/Groups", body).await;
    desk.inject(Fault::MembersReturned, 2);
    let without = format!("{group}?excludedAttributes=displayName");
    assert!(desk.send("GET", &without, "").await.body["members"].is_array());
    let read = desk
        .send("GET", &format!("{group}?excludedAttributes=members"), "")
        .await;
    assert_eq!(read.body["members"][0]["value"], id);
    desk.newest_is_told_of(Status::Warning);
    let question = "/Groups?filter=displayName+eq+%22Retail%22&excludedAttributes=id,Members,displayName";
    let listed = desk.send("GET", question, "").await;
    assert_eq!(listed.body["Resources"][0]["members"][0]["value"], id);
    assert_eq!(
        listed.body["Resources"][0]["displayName"],
        json!(null),
        "the rest is excluded"
    );
    let event = desk.logged("").remove(0);
    assert!(
        event
            .exchange
            .unwrap()
            .path
            .ends_with("excludedAttributes=id,Members,displayName"),
        "as sent"
    );
    let listed = desk.send("GET", question, "").await;
    assert_eq!(
        listed.body["Resources"][0]["members"],
        json!(null),
        "the rule has ended"
    );
}

#[tokio::test]
async fn a_wrong_token_and_provisioning_that_is_off_stay_what_they_are() {
    let desk = Desk::new();
    desk.inject(Fault::NotFound, 9);
    let path = format!("/scim/v2/{}/Users", desk.engine.tenant());
    let answered = desk.answer(Request::get(&path).body("".into()).unwrap()).await;
    assert_eq!(answered.status, 401);
    desk.set(&[("enabled", "false")]);
    assert_eq!(desk.send("GET", "/Users", "").await.status, 403);
    assert_eq!(desk.faults.active(desk.engine.now())[0].injected, 0);
}

#[tokio::test]
async fn a_rule_may_be_about_one_client() {
    let desk = Desk::new();
    let rule = Rule {
        fault: Fault::Forbidden,
        client: Some("Microsoft Entra ID".to_owned()),
        method: None,
        path: None,
        percent: 100,
        until: Until::Count(9),
    };
    desk.faults.add(rule, desk.engine.now()).unwrap();
    let capital = r#"{"Operations":[{"op":"Replace","path":"title","value":"x"}]}"#;
    let small = capital.replace("Replace", "replace");
    assert_eq!(desk.send("PATCH", "/Users/1", small).await.status, 404);
    assert_eq!(desk.send("PATCH", "/Users/1", capital).await.status, 403);
    let okta = [("user-agent", "Okta SCIM Client 1.0.0")];
    assert_eq!(desk.send_with("GET", "/Users", &okta, "").await.status, 200);
    assert_eq!(desk.send("GET", "/Users?aadOptscim062020", "").await.status, 403);
}

#[tokio::test]
async fn a_bulk_fails_as_a_whole() {
    let desk = Desk::new();
    desk.once(Fault::ServerError);
    let operation = json!({ "method": "POST", "path": "/Users", "bulkId": "1", "data": { "userName": "a@contoso.test" } });
    let bulk = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations": [operation],
    });
    assert_eq!(desk.send("POST", "/Bulk", bulk.to_string()).await.status, 500);
    let answered = desk.send("POST", "/Bulk", bulk.to_string()).await;
    assert_eq!(answered.body["Operations"][0]["status"], "201");
}

#[tokio::test]
async fn a_connection_that_is_dropped_is_logged() {
    let desk = Desk::new();
    desk.once(Fault::Dropped);
    let path = format!("/scim/v2/{}/Users", desk.engine.tenant());
    let request = Request::get(&path)
        .header("authorization", format!("Bearer {}", desk.token))
        .body(axum::body::Body::empty())
        .unwrap();
    let response = desk.router.clone().oneshot(request).await.unwrap();
    assert!(response.extensions().get::<Dropped>().is_some());
    desk.newest_is_told_of(Status::Failure);
    let event = desk.logged("").remove(0);
    assert_eq!(event.exchange.unwrap().status, 0);
}

#[tokio::test]
async fn a_client_whose_connection_is_dropped_gets_nothing() {
    let desk = Desk::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let faults = Faults::default();
    let serving = serve_with(listener, desk.engine.clone(), faults.clone(), async move {
        let _ = stopped.await;
    });
    let serving = tokio::spawn(serving);
    let request = format!(
        "GET /scim/v2/{}/Users HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n",
        desk.engine.tenant(),
        desk.token
    );
    let rule = Rule {
        fault: Fault::Dropped,
        client: None,
        method: None,
        path: None,
        percent: 100,
        until: Until::Count(1),
    };
    faults.add(rule, desk.engine.now()).unwrap();
    let mut answers = Vec::new();
    for _ in 0..2 {
        let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        // A connection that is reset has brought nothing either.
        let _ = socket.read_to_string(&mut answer).await;
        answers.push(answer);
    }
    assert_eq!(answers[0], "");
    assert!(answers[1].starts_with("HTTP/1.1 200"), "{}", answers[1]);
    drop(stop);
    serving.await.unwrap().unwrap();
}
