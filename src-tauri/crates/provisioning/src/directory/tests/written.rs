//! What is written from a record is what would be made of the resource.

use super::*;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const BASE: &str = "https://x/scim/v2/t";

/// Somebody with everything that is answered otherwise than it is stored.
fn everything(bench: &Bench, chief: &str) -> String {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, "urn:x:shoes"],
        "userName": "zoë \"quoted\"",
        "externalId": "e1",
        "name": { "familyName": "Fischer", "givenName": "Zoë" },
        "emails": [
            { "type": "work", "primary": true, "value": "zoe@contoso.example" },
            { "type": "home", "value": "z@home.example" },
        ],
        "active": true,
        ENTERPRISE: { "department": "R&D", "manager": { "value": chief } },
        "urn:x:shoes": { "size": 44, "laces": ["red", "blue"] },
    });
    let mut notes = Notes::default();
    let object = scim::accept(Kind::User.resource_type(), body, &mut notes).unwrap();
    let made = bench.directory().create(Kind::User, object, &mut notes);
    made.unwrap().resource.id
}

#[test]
fn a_page_shows_each_resource_as_it_is_shown_alone() {
    let bench = Bench::new();
    let chief = bench.user("chief");
    let zoe = everything(&bench, &chief);
    let group = bench.group("Sales", &[&zoe]);
    bench.group("Nobody", &[]);
    let directory = bench.directory();
    let lists = [
        "userName",
        "name.familyName,emails.value",
        "emails",
        "groups",
        "groups.display",
        "members",
        "members.value,displayName",
        "meta.version",
        "meta",
        "schemas",
        "id",
        "password",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        ENTERPRISE,
        "urn:x:shoes",
        "urn:x:shoes:size",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "nothing",
    ];
    let lists = [None].into_iter().chain(lists.map(Some));
    let mut compared = 0;
    for (attributes, excluded) in lists.flat_map(|list| [(list, None), (None, list)]) {
        for kind in [Kind::User, Kind::Group] {
            let projection = Projection::parse(kind.resource_type(), attributes, excluded);
            let query = Query {
                filter: None,
                sort: None,
                paging: ALL.into(),
                projection: projection.clone(),
            };
            let listed = directory.list(kind, &query, BASE).unwrap();
            for (shown, resource) in objects(&listed).into_iter().zip(directory.all(kind)) {
                let (alone, _) = directory
                    .represent(kind, &resource.unwrap(), &projection, BASE)
                    .unwrap();
                assert_eq!(shown, alone, "{attributes:?} {excluded:?}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 2 * 20 * 4);
    let whole = objects(&bench.list(Kind::User, &format!("id eq \"{zoe}\""), ALL, None));
    assert_eq!(whole[0]["groups"][0]["value"], group);
    assert!(
        whole[0][ENTERPRISE]["manager"]["$ref"]
            .as_str()
            .unwrap()
            .ends_with(&chief)
    );
}

#[test]
fn people_find_the_schemas_and_the_id_first_and_meta_behind_what_was_sent() {
    let bench = Bench::new();
    let zoe = everything(&bench, "nobody");
    let listed = bench.list(Kind::User, &format!("id eq \"{zoe}\""), ALL, None);
    let names: Vec<String> = objects(&listed)[0].keys().cloned().collect();
    assert_eq!((&names[0][..], &names[1][..]), ("schemas", "id"));
    assert_eq!(names.last().unwrap(), "meta");
}
