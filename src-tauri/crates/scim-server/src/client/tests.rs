//! Requests as they come, and who is recognised in them.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use scim::dialect::Notes;

use super::*;

/// A request: method, address below the Tenant URL, headers, body.
struct Sent {
    method: &'static str,
    address: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
}

const GET: Sent = Sent {
    method: "GET",
    address: "/Users/1",
    headers: &[],
    body: "",
};

fn recognised(sent: &Sent) -> Option<Client> {
    let headers: HeaderMap = sent
        .headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    let target = format!("/scim/v2/t1{}", sent.address);
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut call = Call::of(sent.method, path, query);
    call.headers = headers;
    call.body = sent.body.as_bytes().to_vec();
    let route = Route::of(path, "t1");
    let mut notes = Notes::default();
    if sent.method == "PATCH" {
        let body = serde_json::from_str(sent.body).unwrap();
        scim::patch::Patch::parse(Kind::User.resource_type(), body, &mut notes).unwrap();
    }
    recognise(&call, &route, &notes.into_vec())
}

#[test]
fn clients_that_name_themselves() {
    for (agent, name) in [
        ("SCIM-Desk-connection-test/0.1.0", "SCIM Desk"),
        ("Okta SCIM Client 1.0.0", "Okta"),
        ("PracticeIdP/1.0 (entra-profile)", "Practice identity provider"),
        ("Microsoft Azure AD SCIM provisioning 1.2.3", "Microsoft Entra ID"),
        ("azure-ad-scim-provisioning/1.0", "Microsoft Entra ID"),
        ("goauthentik.io/2026.2.1", "authentik"),
        ("Keycloak-SCIM/26", "Keycloak"),
        ("JumpCloud-IdM/2.0", "JumpCloud"),
        ("OneLogin SCIM Provisioner", "OneLogin"),
        ("Google-Auto-Provisioning", "Google Workspace"),
        ("PingFederate/12.1", "PingFederate"),
        ("PostmanRuntime/7.43.0", "Postman"),
        ("curl/8.11.1", "curl"),
        ("python-requests/2.32.3", "Python"),
        ("python-httpx/0.28.1", "Python"),
        (
            "Mozilla/5.0 (Windows NT; Windows NT 10.0; de-DE) WindowsPowerShell/5.1.26100",
            "PowerShell",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Web browser"),
    ] {
        let found = recognised(&Sent {
            headers: Box::leak(Box::new([("user-agent", agent)])),
            ..GET
        });
        let found = found.unwrap_or_else(|| panic!("{agent} is not recognised"));
        assert_eq!(found.name, name, "{agent}");
        assert_eq!(found.reason, format!("The User-Agent is \"{agent}\"."));
    }
}

#[test]
fn clients_that_are_known_by_their_habits() {
    let rows = [
        ("its switch", ENTRA, unnamed("/Users?AADOPTSCIM062020&count=1")),
        (
            "the schema of its groups",
            ENTRA,
            posted(
                r#"{"schemas":["http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"]}"#,
            ),
        ),
        (
            "operations with a capital letter",
            ENTRA,
            patched(r#"{"Operations":[{"op":"Replace","path":"active","value":"False"}]}"#),
        ),
        (
            "a value with a capital letter is no operation",
            "",
            patched(r#"{"Operations":[{"op":"replace","path":"title","value":"Replace"}]}"#),
        ),
        (
            "the probe",
            ENTRA,
            unnamed("/Users?filter=userName+eq+%227e2b6a50-8b0b-4b0e-9a53-0d4c0c1c2f11%22"),
        ),
        (
            "an externalId may well be a GUID",
            "",
            unnamed("/Users?filter=externalId%20eq%20%227e2b6a50-8b0b-4b0e-9a53-0d4c0c1c2f11%22"),
        ),
        (
            "groups without members",
            ENTRA,
            unnamed("/Groups?excludedAttributes=members&filter=displayName+eq+%22Sales%22"),
        ),
        (
            "a form-encoded filter and no User-Agent",
            ENTRA,
            Sent {
                address: "/Users?filter=externalId+eq+%22johnwong%22",
                ..GET
            },
        ),
        (
            "a character set and no User-Agent",
            OKTA,
            Sent {
                headers: &[("accept-charset", "utf-8")],
                ..GET
            },
        ),
        ("nothing to go by", "", unnamed("/Users/1")),
        (
            "a tool that imitates Entra is the tool",
            "curl",
            Sent {
                address: "/Users?aadOptscim062020",
                headers: &[("user-agent", "curl/8.11.1")],
                ..GET
            },
        ),
    ];
    for (what, name, sent) in rows {
        let found = recognised(&sent);
        let named = found.as_ref().map_or("", |client| client.name.as_str());
        assert_eq!(named, name, "{what}: {found:?}");
    }
}

/// From a client whose `User-Agent` says nothing.
const UNNAMED: Sent = Sent {
    headers: &[("user-agent", "HttpClient/1.0")],
    ..GET
};

fn unnamed(address: &'static str) -> Sent {
    Sent { address, ..UNNAMED }
}

fn posted(body: &'static str) -> Sent {
    Sent {
        method: "POST",
        address: "/Groups",
        body,
        ..UNNAMED
    }
}

fn patched(body: &'static str) -> Sent {
    Sent {
        method: "PATCH",
        body,
        ..UNNAMED
    }
}
