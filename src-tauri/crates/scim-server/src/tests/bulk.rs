//! `/Bulk`: RFC 7644 §3.7.

use serde_json::{Value, json};

use super::{Answered, Desk};

impl Desk {
    async fn bulk(&self, operations: Value) -> Answered {
        self.bulk_until(None, operations).await
    }

    async fn bulk_until(&self, fail_on_errors: Option<u32>, operations: Value) -> Answered {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "failOnErrors": fail_on_errors,
            "Operations": operations,
        });
        self.send("POST", "/Bulk", body.to_string()).await
    }

    /// The values of a group's members.
    async fn members(&self, name: &str) -> Vec<String> {
        let path = format!("/Groups?filter=displayName%20eq%20%22{name}%22");
        let found = self.send("GET", &path, "").await.body;
        let members = found["Resources"][0]["members"].as_array().cloned();
        let values = members.unwrap_or_default().into_iter();
        values
            .map(|member| member["value"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn post(path: &str, bulk_id: &str, data: &Value) -> Value {
    json!({ "method": "POST", "path": path, "bulkId": bulk_id, "data": data })
}

fn user(bulk_id: &str) -> Value {
    post(
        "/Users",
        bulk_id,
        &json!({ "userName": format!("{bulk_id}@contoso.test") }),
    )
}

fn group(bulk_id: &str, members: &[&str]) -> Value {
    let members: Vec<_> = members.iter().map(|member| json!({ "value": member })).collect();
    post(
        "/Groups",
        bulk_id,
        &json!({ "displayName": bulk_id, "members": members }),
    )
}

fn statuses(answered: &Answered) -> Vec<&str> {
    let operations = answered.body["Operations"].as_array().unwrap();
    operations
        .iter()
        .map(|one| one["status"].as_str().unwrap())
        .collect()
}

fn id_of(outcome: &Value) -> &str {
    outcome["location"].as_str().unwrap().rsplit('/').next().unwrap()
}

#[tokio::test]
async fn references_may_come_before_what_they_refer_to() {
    let desk = Desk::new();
    let answered = desk
        .bulk(json!([
            group("Retail", &["bulkId:adele"]),
            { "method": "PATCH", "path": "/Users/bulkId:adele", "data": {
                "Operations": [{ "op": "add", "path": "manager", "value": "bulkId:miriam" }] } },
            user("adele"),
            user("miriam"),
        ]))
        .await;
    assert_eq!(answered.status, 200);
    assert_eq!(
        statuses(&answered),
        ["201", "200", "201", "201"],
        "in the order of the request"
    );
    let outcomes = &answered.body["Operations"];
    let adele = id_of(&outcomes[2]);
    assert_eq!(desk.members("Retail").await, [adele]);
    let read = desk.send("GET", &format!("/Users/{adele}"), "").await;
    let enterprise = &read.body["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"];
    assert_eq!(enterprise["manager"]["value"], id_of(&outcomes[3]));
    assert_eq!(outcomes[2]["bulkId"], "adele");
    assert_eq!(outcomes[1]["location"], outcomes[2]["location"]);
    assert!(outcomes[2]["response"].is_null());
}

#[tokio::test]
async fn groups_that_hold_each_other() {
    let desk = Desk::new();
    let answered = desk
        .bulk(json!([
            group("North", &["bulkId:South"]),
            group("South", &["bulkId:North"])
        ]))
        .await;
    assert_eq!(statuses(&answered), ["201", "201"]);
    let outcomes = &answered.body["Operations"];
    assert_eq!(desk.members("North").await, [id_of(&outcomes[1])]);
    assert_eq!(desk.members("South").await, [id_of(&outcomes[0])]);
    for outcome in outcomes.as_array().unwrap() {
        let path = format!("/Groups/{}", id_of(outcome));
        let read = desk.send("GET", &path, "").await;
        assert_eq!(
            outcome["version"],
            read.header("etag"),
            "the version after everything"
        );
    }
    assert!(desk.logged("quirk:unknown-member").is_empty());
}

#[tokio::test]
async fn managers_of_each_other() {
    let desk = Desk::new();
    let with = |name: &str, manager: &str| {
        let extension = json!({ "manager": { "value": manager } });
        let mut user = user(name);
        user["data"]["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = extension;
        user
    };
    let answered = desk
        .bulk(json!([with("a", "bulkId:b"), with("b", "bulkId:a")]))
        .await;
    let outcomes = &answered.body["Operations"];
    for (of, other) in [(0, 1), (1, 0)] {
        let path = format!("/Users/{}", id_of(&outcomes[of]));
        let read = desk.send("GET", &path, "").await.body;
        let enterprise = &read["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"];
        assert_eq!(enterprise["manager"]["value"], id_of(&outcomes[other]));
    }
}

#[tokio::test]
async fn what_refers_to_a_failure_fails_and_the_others_do_not() {
    let desk = Desk::new();
    let answered = desk
        .bulk(json!([
            group("Retail", &["bulkId:nameless"]),
            post("/Users", "nameless", &json!({ "displayName": "has no userName" })),
            user("adele"),
        ]))
        .await;
    assert_eq!(statuses(&answered), ["409", "400", "201"]);
    let failed = &answered.body["Operations"][0];
    assert!(
        failed["response"]["detail"]
            .as_str()
            .unwrap()
            .contains("bulkId:nameless")
    );
    assert!(failed["location"].is_null(), "nothing was created");
    assert_eq!(desk.send("GET", "/Groups", "").await.body["totalResults"], 0);
}

#[tokio::test]
async fn it_stops_after_as_many_errors_as_it_says() {
    let desk = Desk::new();
    let nobody = json!({ "method": "DELETE", "path": "/Users/nobody" });
    let operations = json!([user("a"), nobody, nobody, user("b")]);
    let answered = desk.bulk_until(Some(2), operations.clone()).await;
    assert_eq!(
        statuses(&answered),
        ["201", "404", "404"],
        "what was done is told and stays"
    );
    assert!(desk.logged("action:\"POST Bulk\"")[0].steps.iter().any(|step| {
        step.detail == "4 operations: 1 done, 2 failed, 1 not tried since failOnErrors was reached. Each has an event of its own."
    }));
    let answered = desk.bulk_until(Some(3), operations).await;
    assert_eq!(statuses(&answered), ["409", "404", "404"]);
}

#[tokio::test]
async fn operations_that_a_bulk_does_not_have() {
    let desk = Desk::new();
    let (user, version) = desk
        .create("/Users", json!({ "userName": "a@contoso.test" }))
        .await;
    let renamed = json!({ "Operations": [{ "op": "replace", "path": "displayName", "value": "A" }] });
    let rows = [
        (json!({ "method": "GET", "path": user }), "400"),
        (post("/Bulk", "nested", &json!({ "Operations": [] })), "400"),
        (post("/Users/.search", "search", &json!({})), "400"),
        (post("/Me", "me", &json!({ "userName": "me" })), "501"),
        (post("/Schemas", "schema", &json!({})), "405"),
        (json!("not an operation"), "400"),
        (
            json!({ "method": "PATCH", "path": user, "version": "W/\"stale\"", "data": renamed }),
            "412",
        ),
        (
            json!({ "method": "patch", "path": user, "version": version, "data": renamed }),
            "200",
        ),
        (
            json!({ "method": "DELETE", "path": user.trim_start_matches('/') }),
            "204",
        ),
    ];
    let operations: Vec<_> = rows.iter().map(|(operation, _)| operation).collect();
    let answered = desk.bulk(json!(operations)).await;
    for (place, (operation, status)) in rows.iter().enumerate() {
        let outcome = &answered.body["Operations"][place];
        assert_eq!(outcome["status"], *status, "{operation}: {outcome}");
        let is_error = !outcome["response"].is_null();
        assert_eq!(
            is_error,
            *status >= "400",
            "an error, and only it, has a response"
        );
    }
}

#[tokio::test]
async fn each_operation_is_in_the_log_and_says_that_it_came_in_a_bulk() {
    let desk = Desk::new();
    let agent = [("user-agent", "Okta SCIM Client 1.0.0")];
    let body = json!({ "Operations": [user("a"), user("b")] }).to_string();
    let answered = desk.send_with("POST", "/Bulk", &agent, body).await;
    let id = answered.header("x-request-id");
    let events = desk.logged("client:okta");
    let actions: Vec<_> = events.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["POST Bulk", "POST User", "POST User"], "newest first");
    assert_eq!(events[0].change_id, id);
    let first = &events[2];
    assert_eq!(first.identity, "a@contoso.test");
    assert_eq!(first.exchange.as_ref().unwrap().path, "/Users");
    assert_eq!(
        first.steps[0].detail,
        format!("Operation 1 of 2 of the Bulk request {id}.")
    );
}

#[tokio::test]
async fn limits_are_answered_in_the_words_of_the_rfc() {
    let desk = Desk::new();
    let many: Vec<_> = (0..1_001).map(|n| user(&format!("u{n}"))).collect();
    let answered = desk.bulk(json!(many)).await;
    assert_eq!(answered.status, 413);
    assert!(answered.body["detail"].as_str().unwrap().contains("1000"));
    let large = desk.send("POST", "/Bulk", vec![b' '; 5 * 1024 * 1024 + 1]).await;
    assert_eq!(large.status, 413);
    let detail = large.body["detail"].as_str().unwrap();
    assert!(detail.contains("maxPayloadSize (5242880)"), "{detail}");
    assert_eq!(desk.send("GET", "/Users", "").await.body["totalResults"], 0);
}

#[tokio::test]
async fn a_circle_of_which_one_half_fails() {
    let desk = Desk::new();
    desk.create("/Groups", json!({ "displayName": "North" })).await;
    let answered = desk
        .bulk(json!([
            group("North", &["bulkId:South"]),
            group("South", &["bulkId:North"])
        ]))
        .await;
    assert_eq!(statuses(&answered), ["409", "201"], "there is a North already");
    assert!(desk.members("South").await.is_empty());
    let bulk = &desk.logged("action:\"POST Bulk\"")[0];
    let told = bulk.steps.last().unwrap();
    assert_eq!(
        told.detail,
        "Operation 2 refers to bulkId:North, which failed afterwards; it was left out of the members."
    );
}

#[tokio::test]
async fn no_reference_leads_to_what_was_never_made() {
    const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let managed = |name: &str, manager: &str| {
        let mut user = user(name);
        user["data"][ENTERPRISE] = json!({ "department": "Tours", "manager": { "value": manager } });
        user
    };
    let desk = Desk::new();
    desk.create("/Users", json!({ "userName": "taken@contoso.test" }))
        .await;
    let nowhere = post("/Nowhere", "a", &json!({ "x": "bulkId:b" }));
    for (operations, expected) in [
        (json!([nowhere, managed("b", "bulkId:a")]), ["409", "409"]),
        (
            json!([managed("taken", "bulkId:b"), managed("b", "bulkId:taken")]),
            ["409", "201"],
        ),
        (
            json!([managed("c", "bulkId:taken"), managed("taken", "bulkId:c")]),
            ["409", "409"],
        ),
    ] {
        let answered = desk.bulk(operations.clone()).await;
        assert_eq!(statuses(&answered), expected, "{operations}");
    }
    let found = desk
        .send("GET", "/Users?filter=userName%20sw%20%22b%22", "")
        .await
        .body;
    let kept = &found["Resources"][0][ENTERPRISE];
    assert_eq!(*kept, json!({ "department": "Tours" }));
    let told = desk.logged("action:\"POST Bulk\"")[1]
        .steps
        .last()
        .unwrap()
        .detail
        .clone();
    assert_eq!(
        told,
        "Operation 2 refers to bulkId:taken, which failed afterwards; it was left out of the manager."
    );
    // One that is not tried at all makes nothing either.
    let operations = json!([nowhere, managed("d", "bulkId:e"), managed("e", "bulkId:d")]);
    let answered = desk.bulk_until(Some(1), operations).await;
    assert_eq!(statuses(&answered), ["409"]);
}
