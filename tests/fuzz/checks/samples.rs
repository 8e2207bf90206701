//! A user and a group that have something of everything, as the directory would hold them.

use std::sync::LazyLock;

use scim::{GROUP_TYPE, Notes, Object, ResourceType, USER_TYPE, accept};
use serde_json::{Value, json};

/// Both types of resource.
pub(crate) const KINDS: [&ResourceType; 2] = [&USER_TYPE, &GROUP_TYPE];

/// The sample of a type.
pub(crate) fn sample(kind: &'static ResourceType) -> Object {
    static USER: LazyLock<Object> = LazyLock::new(user);
    static GROUP: LazyLock<Object> = LazyLock::new(group);
    let sample = if kind.name == USER_TYPE.name {
        &USER
    } else {
        &GROUP
    };
    Object::clone(sample)
}

fn user() -> Object {
    canonical(
        &USER_TYPE,
        json!({
            "externalId": "701984",
            "userName": "ada@contoso.test",
            "name": {"formatted": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada"},
            "displayName": "Ada",
            "title": "Countess",
            "active": true,
            "emails": [
                {"value": "ada@contoso.test", "type": "work", "primary": true},
                {"value": "ada@home.test", "type": "home"},
            ],
            "phoneNumbers": [{"value": "tel:+44-20-1", "type": "work"}],
            "addresses": [{"type": "work", "streetAddress": "12 St James's Square", "country": "GB", "primary": true}],
            "roles": [{"value": "admin", "display": "Admin"}],
            "x509Certificates": [{"value": "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx"}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                {"employeeNumber": "10001", "department": "Analysis", "manager": {"value": "26118915"}},
            "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User":
                {"customDate1": "2026-04-04T04:23:30Z", "customField1": "Store 18"},
            "urn:acme:2.0:User": {"badge": {"color": "red"}, "shoeSize": 44},
        }),
    )
}

fn group() -> Object {
    canonical(
        &GROUP_TYPE,
        json!({
            "externalId": "8aa1a0c0",
            "displayName": "Analysts",
            "members": [{"value": "2819c223", "type": "User", "display": "Ada"}, {"value": "902c246b"}],
        }),
    )
}

fn canonical(kind: &'static ResourceType, body: Value) -> Object {
    accept(kind, body, &mut Notes::default()).expect("a sample is accepted")
}
