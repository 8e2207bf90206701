//! Who is in the directory, what a provider says of them, and a store full of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use provisioning::Engine;
use provisioning::clock::SystemClock;
use provisioning::directory::Kind;
use provisioning::settings::{Service, Settings};
use scim::dialect::Notes;
use scim::patch::Patch;
use serde_json::{Value, json};

/// A user as Microsoft Entra ID sends one, of about a kilobyte.
pub(crate) fn user(place: usize) -> Value {
    let address = user_name(place);
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "externalId": format!("person{place}"),
        "userName": address,
        "active": true,
        "displayName": format!("Person {place}"),
        "title": "Store Associate",
        "preferredLanguage": "en-US",
        "emails": [{ "primary": true, "type": "work", "value": address }],
        "name": { "familyName": format!("Family {place}"), "givenName": "Person", "formatted": format!("Person Family {place}") },
        "phoneNumbers": [{ "type": "work", "value": "+1 425 555 0100" }, { "type": "mobile", "value": "+1 425 555 0101" }],
        "addresses": [{ "type": "work", "streetAddress": "1 Main Street", "locality": "Redmond", "region": "WA", "postalCode": "98052", "country": "US" }],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Retail", "employeeNumber": place.to_string(), "costCenter": "4130" },
    })
}

pub(crate) fn user_name(place: usize) -> String {
    format!("person{place}@contoso.example")
}

/// A data directory that is filled, and closed.
pub(crate) struct Filled {
    pub(crate) dir: PathBuf,
    pub(crate) tenant: String,
    pub(crate) token: String,
    /// By place.
    pub(crate) users: Vec<String>,
    /// Groups with 10, 1,000, … members, those that the directory is large enough for.
    pub(crate) groups: Vec<(usize, String)>,
}

/// Sizes of groups to measure.
pub(crate) const GROUPS: [usize; 3] = [10, 1_000, 100_000];

/// Fills a directory through the engine: one sync at the end is enough.
pub(crate) fn fill(dir: &Path, count: usize) -> Filled {
    let engine = Engine::open(dir, Arc::new(SystemClock)).unwrap();
    let settings = Settings {
        enabled: true,
        service: Service::Scim,
        quiet_seconds: 3_600,
        ..Settings::default()
    };
    engine.save_settings(&settings).unwrap();
    let token = engine.generate_token().unwrap().reveal().to_owned();
    let directory = engine.directory();
    let mut notes = Notes::default();
    let mut users = Vec::with_capacity(count);
    for place in 0..count {
        let accepted = scim::resource::accept(Kind::User.resource_type(), user(place), &mut notes).unwrap();
        let created = directory.create(Kind::User, accepted, &mut notes).unwrap();
        users.push(created.resource.id);
    }
    let mut groups = Vec::new();
    for size in GROUPS.into_iter().filter(|size| *size <= count) {
        let body = json!({ "displayName": format!("Group of {size}") });
        let accepted = scim::resource::accept(Kind::Group.resource_type(), body, &mut notes).unwrap();
        let id = directory
            .create(Kind::Group, accepted, &mut notes)
            .unwrap()
            .resource
            .id;
        for members in users[..size].chunks(10_000) {
            let body = add_members(members);
            let patch = Patch::parse(Kind::Group.resource_type(), body, &mut notes).unwrap();
            directory.patch(Kind::Group, &id, &patch, &mut notes).unwrap();
        }
        groups.push((size, id));
    }
    engine.settle().unwrap();
    Filled {
        dir: dir.to_owned(),
        tenant: engine.tenant().to_owned(),
        token,
        users,
        groups,
    }
}

pub(crate) fn add_members(ids: &[String]) -> Value {
    let members: Vec<Value> = ids.iter().map(|id| json!({ "value": id })).collect();
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{ "op": "Add", "path": "members", "value": members }],
    })
}

pub(crate) fn remove_member(id: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{ "op": "Remove", "path": "members", "value": [{ "value": id }] }],
    })
}

/// What Entra sends when three attributes of somebody changed.
pub(crate) fn three_attributes(number: usize) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [
            { "op": "Replace", "path": "title", "value": format!("Title {number}") },
            { "op": "Replace", "path": "name.givenName", "value": format!("Name {number}") },
            { "op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": format!("Department {number}") },
        ],
    })
}

impl Filled {
    /// The same store in another place, to be written to.
    pub(crate) fn copied_to(&self, dir: PathBuf) -> Self {
        copy(&self.dir, &dir);
        Self {
            dir,
            tenant: self.tenant.clone(),
            token: self.token.clone(),
            users: self.users.clone(),
            groups: self.groups.clone(),
        }
    }

    /// A request as a provider sends it.
    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Vec<u8> {
        let body = body.map(Value::to_string).unwrap_or_default();
        format!(
            "{method} /scim/v2/{}{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nAccept: application/scim+json\r\nUser-Agent: Practice/1.0\r\nContent-Type: application/scim+json; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
            self.tenant,
            self.token,
            body.len(),
        )
        .into_bytes()
    }

    /// `GET /Users` with a filter, percent-encoded as far as it must be.
    pub(crate) fn filter(&self, filter: &str) -> Vec<u8> {
        let encoded = filter
            .replace(' ', "%20")
            .replace('"', "%22")
            .replace('[', "%5B")
            .replace(']', "%5D");
        self.request("GET", &format!("/Users?filter={encoded}"), None)
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Bytes of all files below a folder, as they lie on the disk.
pub(crate) fn size_of(dir: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let entries = std::fs::read_dir(dir).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let about = entry.metadata().unwrap();
            if about.is_dir() {
                size_of(&entry.path())
            } else {
                about.blocks() * 512
            }
        })
        .sum()
}
