//! An identity provider on the wire as Microsoft Entra ID is by default: the legacy PATCH form,
//! form-encoded filters, `"$ref": null`, and `active` as the string "False".

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use ureq::http::{HeaderMap, Request};

use crate::contoso::Person;

/// Core User.
pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// Core Group.
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// Enterprise User.
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The KnowBe4 extension.
pub(crate) const KMSAT: &str = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";
/// PATCH bodies.
pub(crate) const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The second schema of Entra's groups, which is no SCIM schema at all.
pub(crate) const ENTRA_GROUP: &str =
    "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; null when there is none.
    pub body: Value,
}

impl Answer {
    /// A header's value, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The resource's id.
    pub fn id(&self) -> String {
        self.body["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {self:?}"))
            .to_owned()
    }

    /// What a list or a search found.
    pub fn resources(&self) -> &[Value] {
        assert_eq!(self.status, 200, "{self:?}");
        self.body["Resources"].as_array().map_or(&[], Vec::as_slice)
    }

    /// A SCIM Error's sentence.
    pub fn detail(&self) -> &str {
        assert_eq!(
            self.body["schemas"],
            json!(["urn:ietf:params:scim:api:messages:2.0:Error"])
        );
        assert_eq!(self.body["status"], json!(self.status.to_string()), "{self:?}");
        assert_eq!(self.header("content-type"), "application/scim+json");
        self.body["detail"].as_str().unwrap()
    }

    /// The answer, if it has this status.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "a status is often all that is asked for"
    )]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// The provider: a Tenant URL, a token, and connections that it keeps.
#[derive(Debug)]
pub struct Provider {
    agent: ureq::Agent,
    tenant_url: String,
    token: Option<String>,
    sent: AtomicU64,
}

impl Provider {
    /// A provider with the Tenant URL and the Secret Token filled in.
    pub fn new(tenant_url: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Self {
            agent: config.build().into(),
            tenant_url: tenant_url.trim_end_matches('/').to_owned(),
            token: Some(token.to_owned()),
            sent: AtomicU64::new(0),
        }
    }

    /// Gives it another Tenant URL, as after a server took another port.
    pub fn set_tenant_url(&mut self, tenant_url: &str) {
        tenant_url.trim_end_matches('/').clone_into(&mut self.tenant_url);
    }

    /// Gives it another token, or none. Returns the one it had.
    pub fn set_token(&mut self, token: Option<&str>) -> Option<String> {
        std::mem::replace(&mut self.token, token.map(str::to_owned))
    }

    /// Requests that were answered so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// One request. Fails only if there is no answer.
    pub fn try_send(&self, method: &str, target: &str, body: Option<&Value>) -> Result<Answer, ureq::Error> {
        self.exchange(method, target, body.map(Value::to_string))
    }

    fn exchange(&self, method: &str, target: &str, body: Option<String>) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}/{}", self.tenant_url, target.trim_start_matches('/')))
            .header("Accept", "application/scim+json")
            .header("User-Agent", "Acceptance/1.0 (entra, legacy PATCH)");
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let answered = match body {
            None => self.agent.run(request.body(())?),
            Some(body) => {
                let request = request.header("Content-Type", "application/scim+json; charset=utf-8");
                self.agent.run(request.body(body)?)
            }
        };
        let (head, mut body) = answered?.into_parts();
        // Read to the end, so that the connection can be used again.
        let text = body.read_to_string()?;
        self.sent.fetch_add(1, Ordering::Relaxed);
        Ok(Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: match text.as_str() {
                "" => Value::Null,
                text => serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text:?}")),
            },
        })
    }

    /// One request to a server that is there.
    pub fn send(&self, method: &str, target: &str, body: Option<&Value>) -> Answer {
        self.try_send(method, target, body)
            .unwrap_or_else(|error| panic!("{method} {target}: {error}"))
    }

    /// One request with a body that need not be JSON.
    pub fn send_raw(&self, method: &str, target: &str, body: &str) -> Answer {
        self.exchange(method, target, Some(body.to_owned())).unwrap()
    }

    /// GET.
    pub fn get(&self, target: &str) -> Answer {
        self.send("GET", target, None)
    }

    /// *Test Connection*, and the beginning of every cycle: a user and a group that nobody has.
    pub fn test_connection(&self) -> [Answer; 2] {
        // Random enough: it has to be new, and it has to have the shape of a GUID.
        let guid = format!("7e2b6a50-8b0b-4b0e-9a53-{:012x}", self.sent());
        [self.find_user(&guid), self.find_group(&guid)]
    }

    /// Looks a user up by the matching attribute.
    pub fn find_user(&self, user_name: &str) -> Answer {
        self.get(&format!("/Users?filter=userName+eq+{}", quoted(user_name)))
    }

    /// Creates a user with what is known before anybody else's id is: no manager.
    pub fn create_user(&self, person: &Person) -> Answer {
        self.send("POST", "/Users", Some(&body_of(person)))
    }

    /// Changes a user or a group: `path` is `/Users/{id}` or `/Groups/{id}`.
    pub fn patch(&self, path: &str, operations: &Value) -> Answer {
        let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
        self.send("PATCH", path, Some(&body))
    }

    /// The second pass: asks whether the manager is set, and sets it if not.
    pub fn set_manager(&self, user: &str, manager: &str) -> Answer {
        let filter = format!("id+eq+{}+and+manager+eq+{}", quoted(user), quoted(manager));
        let check = self.get(&format!("/Users?filter={filter}&attributes=id"));
        assert!(
            check.resources().is_empty(),
            "nobody set this manager yet: {check:?}"
        );
        let path = format!("{ENTERPRISE}:manager");
        self.patch(
            &format!("/Users/{user}"),
            &json!([{ "op": "Add", "path": path, "value": manager }]),
        )
    }

    /// Disables a user who was unassigned, disabled or deleted softly.
    pub fn disable(&self, user: &str) -> Answer {
        let operations = json!([{ "op": "Replace", "path": "active", "value": "False" }]);
        self.patch(&format!("/Users/{user}"), &operations)
    }

    /// Deletes a user for good, 30 days after it was deleted softly.
    pub fn delete_user(&self, user: &str) -> Answer {
        self.send("DELETE", &format!("/Users/{user}"), None)
    }

    /// Looks a group up by its name, without its members.
    pub fn find_group(&self, name: &str) -> Answer {
        self.get(&format!(
            "/Groups?excludedAttributes=members&filter=displayName+eq+{}",
            quoted(name)
        ))
    }

    /// Creates a group, always empty.
    pub fn create_group(&self, name: &str, external_id: &str) -> Answer {
        let body = json!({
            "schemas": [GROUP, ENTRA_GROUP],
            "externalId": external_id,
            "displayName": name,
            "meta": { "resourceType": "Group" },
        });
        self.send("POST", "/Groups", Some(&body))
    }

    /// Adds members, all in one operation.
    pub fn add_members(&self, group: &str, users: &[String]) -> Answer {
        let operations = json!([{ "op": "Add", "path": "members", "value": members(users) }]);
        self.patch(&format!("/Groups/{group}"), &operations)
    }

    /// Removes one member: a value array, which must not empty the group.
    pub fn remove_member(&self, group: &str, user: &str) -> Answer {
        let users = [user.to_owned()];
        let operations = json!([{ "op": "Remove", "path": "members", "value": members(&users) }]);
        self.patch(&format!("/Groups/{group}"), &operations)
    }
}

fn members(users: &[String]) -> Vec<Value> {
    users
        .iter()
        .map(|user| json!({ "$ref": null, "value": user }))
        .collect()
}

fn body_of(person: &Person) -> Value {
    let mut body = json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": person.alias,
        "userName": person.user_name(),
        "active": true,
        "displayName": person.display_name(),
        "emails": [{ "primary": true, "type": "work", "value": person.user_name() }],
        "meta": { "resourceType": "User" },
        "name": { "familyName": person.family_name, "givenName": person.given_name },
        "roles": [],
        ENTERPRISE: { "employeeNumber": person.employee_number },
    });
    if let Some(title) = &person.title {
        body["title"] = json!(title);
    }
    if let Some(department) = &person.department {
        body[ENTERPRISE]["department"] = json!(department);
    }
    if let Some(phone) = &person.phone {
        body["phoneNumbers"] = json!([{ "type": "work", "value": phone }]);
    }
    // Entra sends the extension's values without naming the extension in `schemas`.
    if let Some(office) = &person.office {
        body[KMSAT] = json!({ "customField1": office });
    }
    body
}

/// A filter's value as Entra encodes it: `%22adelev%40contoso.com%22`.
pub(crate) fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    crate::wire::form_encoded(&json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filters_value_is_encoded_as_entra_encodes_it() {
        assert_eq!(quoted("adelev@contoso.com"), "%22adelev%40contoso.com%22");
        assert_eq!(
            quoted("Research \"Mark 8\" & more"),
            "%22Research+%5C%22Mark+8%5C%22+%26+more%22"
        );
    }
}
