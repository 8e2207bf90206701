//! Who is asking: the identity provider, or the tool, that a request comes from, and what gives
//! it away. For the log, and for the fault injection that somebody asked for; else nobody is treated
//! differently.
//!
//! Most clients name themselves in `User-Agent`. Entra's name is not documented, so it is also
//! known by habits that nobody else has; one that merely resembles others' is not enough.

use axum::http::header;
use provisioning::directory::Kind;
use provisioning::journal::Client;
use scim::dialect::{Note, Quirk};

use crate::exchange::Call;
use crate::route::Route;

const ENTRA: &str = "Microsoft Entra ID";
const OKTA: &str = "Okta";

/// Parts of a `User-Agent`, in lower case, and who has them; the first that fits. Providers
/// come before the libraries they are written with.
const NAMES: &[(&str, &str)] = &[
    // The application's own test of the connection asks as Entra does.
    ("scim-desk-connection-test/", "SCIM Desk"),
    // This one names the provider it imitates as well.
    ("practiceidp/", "Practice identity provider"),
    ("okta", OKTA),
    ("azure ad", ENTRA),
    ("azure-ad", ENTRA),
    ("azuread", ENTRA),
    ("entra", ENTRA),
    ("systemforcrossdomainidentitymanagement", ENTRA),
    ("authentik", "authentik"),
    ("keycloak", "Keycloak"),
    ("jumpcloud", "JumpCloud"),
    ("onelogin", "OneLogin"),
    ("google", "Google Workspace"),
    ("pingfederate", "PingFederate"),
    ("pingone", "PingOne"),
    ("scim2-", "scim2-cli"),
    ("postman", "Postman"),
    ("insomnia", "Insomnia"),
    ("powershell", "PowerShell"),
    ("curl/", "curl"),
    ("wget/", "Wget"),
    ("httpie/", "HTTPie"),
    ("python-requests/", "Python"),
    ("python-httpx/", "Python"),
    ("python-urllib/", "Python"),
    ("aiohttp/", "Python"),
    ("mozilla/", "Web browser"),
];

/// Entra's switches of the PATCH dialect, which people append to the Tenant URL.
const SWITCHES: &[&str] = &["aadOptscim062020", "AzureAdScimPatch2017"];

/// The second schema of the groups that Entra creates.
const ENTRA_SCHEMA: &str = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM";

/// Recognises the sender of a request; `notes` is what was forgiven in it.
pub(crate) fn recognise(call: &Call, route: &Route, notes: &[Note]) -> Option<Client> {
    let (name, reason) = by_name(call)
        .or_else(|| by_address(call).map(|reason| (ENTRA, reason)))
        .or_else(|| by_body(call, notes).map(|reason| (ENTRA, reason)))
        .or_else(|| by_question(call, route).map(|reason| (ENTRA, reason)))
        .or_else(|| by_headers(call))?;
    Some(Client {
        name: name.to_owned(),
        reason,
    })
}

/// Recognises the sender before anything was read of the request, for fault injection: a PATCH with
/// operations in capitals is taken for Entra's without a closer look.
pub(crate) fn likely(call: &Call, route: &Route) -> Option<Client> {
    let capitals = Note {
        quirk: Quirk::OperationCase,
        path: String::new(),
        sentence: String::new(),
    };
    let notes = if call.method == "PATCH" {
        vec![capitals]
    } else {
        Vec::new()
    };
    recognise(call, route, &notes)
}

/// The names that clients are given in the log, each once.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in NAMES {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

fn by_name(call: &Call) -> Option<(&'static str, String)> {
    let agent = call.header(header::USER_AGENT)?;
    let folded = agent.to_ascii_lowercase();
    let (_, name) = NAMES.iter().find(|(part, _)| folded.contains(part))?;
    Some((name, format!("The User-Agent is \"{agent}\".")))
}

fn by_address(call: &Call) -> Option<String> {
    let switch = SWITCHES.iter().find(|switch| call.has_parameter(switch))?;
    Some(format!(
        "The address carries {switch}, a switch that only Entra knows."
    ))
}

fn by_body(call: &Call, notes: &[Note]) -> Option<String> {
    if holds(&call.body, ENTRA_SCHEMA) {
        return Some(format!(
            "The body names the schema {ENTRA_SCHEMA}, as Entra's do."
        ));
    }
    let capital = ["\"Add\"", "\"Replace\"", "\"Remove\""]
        .into_iter()
        .find(|verb| holds(&call.body, verb))?;
    let operation = notes.iter().any(|note| note.quirk == Quirk::OperationCase);
    operation
        .then(|| format!("A PATCH operation is written with a capital letter ({capital}), as Entra does."))
}

/// What Entra asks at the start of every cycle, and before it writes a group.
fn by_question(call: &Call, route: &Route) -> Option<String> {
    let Route::Resources(kind) = route else {
        return None;
    };
    let filter = call.parameter("filter")?;
    let excludes_members = call
        .parameter("excludedAttributes")
        .is_some_and(|excluded| excluded.eq_ignore_ascii_case("members"));
    if *kind == Kind::Group && excludes_members {
        return Some(
            "It looks for a group and wants no members (excludedAttributes=members), as Entra does."
                .to_owned(),
        );
    }
    let (attribute, value) = compared(&filter)?;
    let is_name = attribute.eq_ignore_ascii_case(kind.name_attribute());
    (is_name && is_guid(value)).then(|| {
        format!("It asks for a {attribute} that is a random GUID, as Entra does to test the connection.")
    })
}

/// Habits that count only when nothing else is known.
fn by_headers(call: &Call) -> Option<(&'static str, String)> {
    if call.header(header::USER_AGENT).is_some() {
        return None;
    }
    if call.headers.contains_key(header::ACCEPT_CHARSET) {
        let reason = "It sends Accept-Charset and no User-Agent; of the known providers only Okta asks for a character set.";
        return Some((OKTA, reason.to_owned()));
    }
    let query = call.query.to_ascii_lowercase();
    let form = query.contains("filter=") && query.contains("+eq+");
    form.then(|| {
        let reason =
            "Its filter is form-encoded (`+` for a blank) and it sends no User-Agent, as Entra does.";
        (ENTRA, reason.to_owned())
    })
}

/// The two sides of a filter that is one comparison: `userName eq "x"`.
fn compared(filter: &str) -> Option<(&str, &str)> {
    let (attribute, rest) = filter.trim().split_once(' ')?;
    let (operator, value) = rest.trim_start().split_once(' ')?;
    operator
        .eq_ignore_ascii_case("eq")
        .then(|| (attribute, value.trim().trim_matches('"')))
}

/// 8-4-4-4-12 hexadecimal digits.
fn is_guid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn holds(body: &[u8], text: &str) -> bool {
    memchr::memmem::find(body, text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests;
