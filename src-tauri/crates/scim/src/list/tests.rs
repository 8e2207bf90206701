//! Lists as clients ask for them. A test named `tNN_…` is a row of the interop traps.

use serde_json::json;

use super::*;
use crate::path::AttrPath;
use crate::resource::Object;
use crate::schemas::{ENTERPRISE_URN, GROUP_TYPE, USER_TYPE};

fn object(value: &Value) -> Object {
    value.as_object().unwrap().clone()
}

fn ada() -> Object {
    object(&json!({
        "schemas": [USER_TYPE.schema.id, ENTERPRISE_URN],
        "id": "1",
        "userName": "ada",
        "password": "never",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "emails": [{"type": "work", "value": "a@w"}, {"value": "a@h"}],
        ENTERPRISE_URN: {"department": "Ops", "division": "North"},
        "meta": {"resourceType": "User"},
    }))
}

/// Shows the answer without `schemas` and `id`, which it must have.
fn project(attributes: Option<&str>, excluded: Option<&str>) -> String {
    let mut answer = Projection::parse(&USER_TYPE, attributes, excluded).apply(&USER_TYPE, &ada());
    assert!(answer.shift_remove("schemas").is_some() && answer.shift_remove("id").is_some());
    Value::Object(answer).to_string().replace(ENTERPRISE_URN, "E")
}

#[test]
fn t57_t162_the_attributes_asked_for() {
    assert_eq!(project(Some("userName"), None), r#"{"userName":"ada"}"#);
    assert_eq!(
        project(Some(" USERNAME , Name.GivenName "), None),
        r#"{"userName":"ada","name":{"givenName":"Ada"}}"#
    );
    assert_eq!(
        project(Some("emails.type"), None),
        r#"{"emails":[{"type":"work"}]}"#
    );
    assert_eq!(project(Some("id,password,shoeSize"), None), "{}");
    assert_eq!(
        project(Some(&format!("{ENTERPRISE_URN}:department")), None),
        r#"{"E":{"department":"Ops"}}"#
    );
    assert_eq!(
        project(Some(ENTERPRISE_URN), None),
        r#"{"E":{"department":"Ops","division":"North"}}"#
    );
    assert_eq!(project(Some("department"), None), r#"{"E":{"department":"Ops"}}"#);
}

#[test]
fn a_filter_among_the_attributes_is_passed_over() {
    let emails = r#"{"emails":[{"type":"work","value":"a@w"},{"value":"a@h"}]}"#;
    assert_eq!(project(Some(r#"emails[type eq "work"]"#), None), emails);
    assert_eq!(
        project(Some(r#"userName,emails[value eq "a,]b"].type,shoeSize"#), None),
        r#"{"userName":"ada","emails":[{"type":"work"}]}"#
    );
    assert_eq!(project(Some("emails["), None), emails);
    let rest = format!("name,userName,meta,{ENTERPRISE_URN},emails[value pr].value");
    assert_eq!(project(None, Some(&rest)), r#"{"emails":[{"type":"work"}]}"#);
}

#[test]
fn t162_the_attributes_left_out() {
    let rest = format!("name,emails,meta,{ENTERPRISE_URN}");
    assert_eq!(project(None, Some(&rest)), r#"{"userName":"ada"}"#);
    let parts = format!("id,schemas,meta,name.givenName,emails.value,userName,{ENTERPRISE_URN}:division");
    assert_eq!(
        project(None, Some(&parts)),
        r#"{"name":{"familyName":"Lovelace"},"emails":[{"type":"work"}],"E":{"department":"Ops"}}"#
    );
    assert_eq!(
        project(Some("name"), Some("name.givenName")),
        r#"{"name":{"familyName":"Lovelace"}}"#
    );
}

#[test]
fn attributes_nobody_declares_are_asked_for_in_any_letter_case() {
    for urn in ["urn:acme:2.0:User", "urn:acme:Hr"] {
        let user = object(&json!({"id": "1", urn: {"Badge": {"no": 7, "Color": "red"}, "other": 1}}));
        let shown = |attributes: Option<String>, excluded: Option<String>| {
            let projection = Projection::parse(&USER_TYPE, attributes.as_deref(), excluded.as_deref());
            projection.apply(&USER_TYPE, &user)[urn].clone()
        };
        let asked = |name: &str| shown(Some(format!("{urn}:{name}")), None);
        assert_eq!(asked("Badge"), json!({"Badge": {"no": 7, "Color": "red"}}));
        assert_eq!(asked("badge.Color"), json!({"Badge": {"Color": "red"}}));
        assert_eq!(shown(None, Some(format!("{urn}:BADGE"))), json!({"other": 1}));
        assert_eq!(shown(Some(urn.to_owned()), None), user[urn]);
        let by = AttrPath::parse(&format!("{urn}:Badge.no"), &USER_TYPE).unwrap();
        let mut two = [
            object(&json!({"id": "2", urn: {"Badge": {"no": 8}}})),
            user.clone(),
        ];
        sort(&mut two, &USER_TYPE, &by, false);
        assert_eq!(two[0]["id"], "1");
    }
}

#[test]
fn blank_parameters_ask_for_everything() {
    let all = Projection::all().apply(&USER_TYPE, &ada());
    assert!(!all.contains_key("password") && all.contains_key("meta"));
    assert_eq!(
        Projection::parse(&USER_TYPE, Some(" "), Some("")).apply(&USER_TYPE, &ada()),
        all
    );
}

#[test]
fn t02_members_are_not_loaded_when_they_are_not_wanted() {
    let wants = |attributes, excluded| Projection::parse(&GROUP_TYPE, attributes, excluded).wants("members");
    assert!(wants(None, None));
    assert!(wants(Some("displayName,MEMBERS"), None));
    assert!(wants(Some("members.value"), None));
    assert!(wants(None, Some("members.display")));
    assert!(!wants(None, Some("Members")));
    assert!(!wants(Some("id"), None));
}

#[test]
fn t161_pages() {
    let page = |start, count| Page::parse(start, count, 200).map(|page| (page.start_index, page.count));
    assert_eq!(page(None, None), Ok((1, 100)));
    assert_eq!(page(Some("0"), Some("-1")), Ok((1, 0)));
    assert_eq!(page(Some("-5"), Some("0")), Ok((1, 0)));
    assert_eq!(page(Some("999999"), Some("10")), Ok((999_999, 10)));
    assert_eq!(page(Some(" 2 "), Some("500")), Ok((2, 200)));
    assert_eq!(
        page(Some("99999999999999999999999"), None),
        Ok((usize::MAX / 2, 100))
    );
    assert_eq!(page(Some(""), Some("")), Ok((1, 100)));
    for nonsense in ["x", "1.5", "-", "1e3"] {
        assert!(page(None, Some(nonsense)).unwrap_err().detail.contains("count"));
        assert!(
            page(Some(nonsense), None)
                .unwrap_err()
                .detail
                .contains("startIndex")
        );
    }
    assert_eq!(Page::parse(None, None, 20).unwrap().count, 20);
}

fn paging(start: Option<&str>, count: Option<&str>, cursor: Option<&str>) -> Result<Paging, String> {
    Paging::parse(start, count, cursor, 200)
        .map_err(|error| error.scim_type.map_or("", crate::ScimType::as_str).to_owned())
}

#[test]
fn a_cursor_asks_for_cursors() {
    let by_cursor = |cursor: Option<&str>, count| {
        Ok(Paging::Cursor {
            cursor: cursor.map(str::to_owned),
            count,
        })
    };
    assert_eq!(paging(None, Some("10"), Some("")), by_cursor(None, 10));
    assert_eq!(paging(Some(""), None, Some(" ")), by_cursor(None, 100));
    assert_eq!(
        paging(None, Some("10"), Some("VZUTiyhEQJ94IR.-_~")),
        by_cursor(Some("VZUTiyhEQJ94IR.-_~"), 10)
    );
    // RFC 9865 §2: a negative count is 0. A larger one than the server gives is the largest.
    assert_eq!(paging(None, Some("-3"), Some("x")), by_cursor(Some("x"), 0));
    assert_eq!(paging(None, Some("201"), Some("x")), by_cursor(Some("x"), 200));
    let by_index = Paging::from(Page {
        start_index: 2,
        count: 5,
    });
    assert_eq!(by_index.count(), 5);
    assert_eq!(paging(Some("2"), Some("5"), None), Ok(by_index));
}

#[test]
fn paging_that_cannot_be() {
    assert_eq!(paging(None, Some("ten"), Some("")), Err("invalidCount".into()));
    assert_eq!(paging(None, Some("ten"), None), Err("invalidValue".into()));
    assert_eq!(paging(None, None, Some("a b")), Err("invalidCursor".into()));
    assert_eq!(paging(None, None, Some("a+b")), Err("invalidCursor".into()));
    assert_eq!(paging(Some("1"), None, Some("")), Err("invalidValue".into()));
}

const NOTHING: [String; 0] = [];

fn read(response: &str) -> Value {
    serde_json::from_str(response).unwrap()
}

#[test]
fn the_answer_to_a_cursor_has_no_start_index() {
    assert_eq!(
        read(&cursor_response(
            &["{}".to_owned()],
            100,
            Some("YkU3OF86Pz0rGv"),
            Some("ze7L30kMiiLX6x")
        )),
        json!({
            "schemas": [LIST_RESPONSE],
            "totalResults": 100,
            "itemsPerPage": 1,
            "previousCursor": "ze7L30kMiiLX6x",
            "nextCursor": "YkU3OF86Pz0rGv",
            "Resources": [{}],
        })
    );
    let only = read(&cursor_response(&NOTHING, 0, None, None));
    let names: Vec<_> = only.as_object().unwrap().keys().collect();
    assert_eq!(names, ["schemas", "totalResults", "itemsPerPage", "Resources"]);
}

#[test]
fn a_list_response_always_has_resources() {
    let empty = read(&list_response(&NOTHING, 0, 1));
    assert_eq!(
        empty,
        json!({"schemas": [LIST_RESPONSE], "totalResults": 0, "startIndex": 1, "itemsPerPage": 0, "Resources": []})
    );
    let two = [json!({ "id": "a" }), json!({ "id": "\"" })];
    let page = read(&list_response(&two.clone().map(|one| one.to_string()), 7, 3));
    assert_eq!(
        (&page["itemsPerPage"], &page["totalResults"]),
        (&json!(2), &json!(7))
    );
    assert_eq!(page["Resources"], json!(two));
}

fn sorted(by: &str, descending: bool, resources: &[Value]) -> String {
    let mut resources: Vec<Object> = resources.iter().map(object).collect();
    sort(
        &mut resources,
        &USER_TYPE,
        &AttrPath::parse(by, &USER_TYPE).unwrap(),
        descending,
    );
    resources
        .iter()
        .map(|resource| resource["id"].as_str().unwrap())
        .collect()
}

#[test]
fn t56_sorting() {
    let users = [
        json!({"id": "1", "userName": "b", "meta": {"created": "2026-01-01T00:00:00+02:00"}}),
        json!({"id": "2", "userName": "A", "meta": {"created": "2025-12-31T23:00:00Z"}}),
        json!({"id": "3"}),
        json!({"id": "4", "userName": "B", "emails": [{"value": "z"}, {"value": "a", "primary": true}]}),
        json!({"id": "5", "userName": "c", "emails": [{"value": "b"}, {"value": "z"}]}),
    ];
    assert_eq!(sorted("userName", false, &users), "21453");
    assert_eq!(sorted("userName", true, &users), "35142");
    assert_eq!(sorted("meta.created", false, &users), "12345");
    assert_eq!(sorted("emails", false, &users), "45123");
    assert_eq!(sorted("emails.value", false, &users), "45123");
    assert_eq!(sorted("shoeSize", false, &users), "12345");
}

mod properties {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// A list for `attributes` or `excludedAttributes`, with what people write and what they do not.
    fn names() -> impl Strategy<Value = Option<String>> {
        let name = select(vec![
            "id".to_owned(),
            "schemas".to_owned(),
            "password".to_owned(),
            "PassWord".to_owned(),
            "password.value".to_owned(),
            "password[value pr]".to_owned(),
            format!("{}:password", USER_TYPE.schema.id),
            USER_TYPE.schema.id.to_owned(),
            ENTERPRISE_URN.to_owned(),
            format!("{ENTERPRISE_URN}:password"),
            "urn:acme:2.0:User".to_owned(),
            "emails.value".to_owned(),
            "name".to_owned(),
            "*".to_owned(),
            " ".to_owned(),
        ]);
        prop::option::of(prop::collection::vec(name, 0..4).prop_map(|names| names.join(",")))
    }

    proptest! {
        #[test]
        fn a_password_is_never_shown_and_an_id_always(
            attributes in names(),
            excluded in names(),
            text in prop::option::of("[a-zA-Z.,:\\[\\]\" ]{0,30}"),
        ) {
            let mut user = ada();
            // However it got there, in whatever spelling.
            user.insert("Password".into(), json!("never"));
            user.insert("PASSWORD".into(), json!(["never"]));
            let attributes = text.or(attributes);
            let projection = Projection::parse(&USER_TYPE, attributes.as_deref(), excluded.as_deref());
            let answer = projection.apply(&USER_TYPE, &user);
            prop_assert!(!Value::Object(answer.clone()).to_string().contains("never"), "{answer:?}");
            prop_assert!(answer.contains_key("id") && answer.contains_key("schemas"));
            for (name, value) in &answer {
                prop_assert!(value.is_object() || value.is_array() || *value == user[name]);
            }
        }
    }

    #[test]
    fn what_is_never_returned_is_the_password_alone() {
        use crate::schema::Returned;
        let all = crate::schemas::SCHEMAS
            .iter()
            .flat_map(|schema| schema.attributes);
        let never: Vec<_> = all
            .flat_map(|attribute| std::iter::once(attribute).chain(attribute.sub_attributes()))
            .filter(|attribute| attribute.returned == Returned::Never)
            .map(|attribute| attribute.name)
            .collect();
        assert_eq!(never, ["password"]);
    }
}
