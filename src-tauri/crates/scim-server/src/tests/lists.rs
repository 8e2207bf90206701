//! Lists by index and by cursor, of one type and of both.

use serde_json::json;

use super::{Answered, Desk};

/// Adele and Miriam, and the group Retail with Adele in it.
async fn furnished() -> Desk {
    let desk = Desk::new();
    let mut adele = String::new();
    for name in ["adele", "miriam"] {
        let body = json!({ "userName": name, "displayName": name, "title": "Manager" });
        let (path, _) = desk.create("/Users", body).await;
        if adele.is_empty() {
            adele = path.trim_start_matches("/Users/").to_owned();
        }
    }
    let body = json!({ "displayName": "Retail", "members": [{ "value": adele }] });
    desk.create("/Groups", body).await;
    desk
}

/// What people call the resources of a list.
fn names(answered: &Answered) -> Vec<&str> {
    let resources = answered.body["Resources"].as_array().unwrap();
    resources
        .iter()
        .map(|resource| resource["displayName"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_search_has_its_parameters_in_the_body() {
    let desk = furnished().await;
    for (path, body, expected) in [
        (
            "/Users/.search",
            json!({ "filter": "userName eq \"Adele\"" }),
            vec!["adele"],
        ),
        (
            "/Groups/.search",
            json!({ "count": 5, "startIndex": 1 }),
            vec!["Retail"],
        ),
        ("/.search", json!({}), vec!["adele", "miriam", "Retail"]),
        (
            "/.search",
            json!({ "startIndex": "2", "count": 1 }),
            vec!["miriam"],
        ),
        (
            "/.search",
            json!({ "sortBy": "displayName", "sortOrder": "descending" }),
            vec!["Retail", "miriam", "adele"],
        ),
        (
            "/.search",
            json!({ "filter": "title pr" }),
            vec!["adele", "miriam"],
        ),
        (
            "/.search",
            json!({ "filter": "meta.resourceType eq \"Group\"", "attributes": ["displayName"] }),
            vec!["Retail"],
        ),
    ] {
        let found = desk.send("POST", path, body.to_string()).await;
        assert_eq!(found.status, 200, "{path} {body}");
        assert_eq!(names(&found), expected, "{path} {body}");
    }
    let wrong = desk.send("POST", "/Users/.search", "[]").await;
    assert_eq!(
        (wrong.status, &wrong.body["scimType"]),
        (400, &json!("invalidSyntax"))
    );
}

#[tokio::test]
async fn the_tenant_url_itself_can_be_queried() {
    let desk = furnished().await;
    let found = desk.send("GET", "?filter=displayName%20co%20%22i%22", "").await;
    assert_eq!(names(&found), ["miriam", "Retail"]);
    let found = desk.send("GET", "/?count=1&excludedAttributes=title", "").await;
    assert_eq!(
        (found.body["totalResults"].as_u64(), names(&found)),
        (Some(3), vec!["adele"])
    );
    let hint = desk.send("GET", "", "").await;
    assert_eq!(hint.status, 404);
    assert!(hint.body["detail"].as_str().unwrap().contains("/Users"));
}

#[tokio::test]
async fn a_filter_over_both_types_is_odd_only_where_neither_knows_it() {
    let desk = furnished().await;
    let of_users = "?filter=title%20eq%20%22Manager%22";
    let of_nobody = "?filter=shoeSize%20eq%20%2244%22";
    assert_eq!(desk.send("GET", of_users, "").await.body["totalResults"], 2);
    assert!(desk.logged("quirk:unknown-attribute").is_empty());
    assert_eq!(desk.send("GET", of_nobody, "").await.body["totalResults"], 0);
    assert_eq!(desk.logged("quirk:unknown-attribute").len(), 1);
    desk.set(&[("strict", "true")]);
    assert_eq!(desk.send("GET", of_users, "").await.body["totalResults"], 2);
    let of_either = "?filter=userName%20eq%20%22adele%22%20or%20members.value%20pr";
    let found = desk.send("GET", of_either, "").await;
    assert_eq!(found.status, 200, "each is known to one type: {}", found.body);
    assert_eq!(names(&found), ["adele", "Retail"]);
    for (filter, named) in [
        (of_nobody, "no schema declares shoeSize"),
        (
            "?filter=userName%20eq%20%22a%22%20or%20shoeSize%20pr",
            "no schema declares shoeSize",
        ),
        ("?filter=userName%20eq%20adele", "double quotes"),
        ("?filter=userName%20eq", "userName eq"),
    ] {
        let refused = desk.send("GET", filter, "").await;
        assert_eq!(
            (refused.status, &refused.body["scimType"]),
            (400, &json!("invalidFilter"))
        );
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.contains(named), "{detail}");
    }
}

#[tokio::test]
async fn cursors_lead_through_everything_once() {
    let desk = furnished().await;
    for (path, count, expected) in [
        ("/Users", 1, vec!["adele", "miriam"]),
        ("", 2, vec!["adele", "miriam", "Retail"]),
    ] {
        let (mut cursor, mut seen) = (String::new(), Vec::new());
        loop {
            let page = desk
                .send("GET", &format!("{path}?cursor={cursor}&count={count}"), "")
                .await;
            assert_eq!(page.status, 200, "{}", page.body);
            assert!(page.body["startIndex"].is_null(), "cursors have no index");
            assert_eq!(page.body["totalResults"], expected.len());
            seen.extend(names(&page).into_iter().map(str::to_owned));
            let Some(next) = page.body["nextCursor"].as_str() else {
                break;
            };
            next.clone_into(&mut cursor);
        }
        assert_eq!(seen, expected, "{path}");
    }
}

#[tokio::test]
async fn cursors_in_the_body_and_those_that_are_none() {
    let desk = furnished().await;
    let first = desk
        .send("POST", "/Users/.search", r#"{"cursor":"","count":1}"#)
        .await;
    let next = &first.body["nextCursor"];
    let second = desk
        .send(
            "POST",
            "/Users/.search",
            json!({ "cursor": next, "count": 1 }).to_string(),
        )
        .await;
    assert_eq!(names(&second), ["miriam"]);
    for (path, body) in [
        ("/Users/.search", json!({ "cursor": "mangled" })),
        ("/Groups/.search", json!({ "cursor": next })),
        ("/Users/.search", json!({ "cursor": next, "filter": "title pr" })),
    ] {
        let refused = desk.send("POST", path, body.to_string()).await;
        assert_eq!(
            (refused.status, &refused.body["scimType"]),
            (400, &json!("invalidCursor")),
            "{path} {body}"
        );
    }
}
