//! The people of Contoso, Microsoft's sample tenant, as `data/entra/contoso.json` has them.

use serde_json::Value;

/// One person of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The mail nickname: `AdeleV`.
    pub alias: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// The department, if it is known.
    pub department: Option<String>,
    /// The job title, if it is known.
    pub title: Option<String>,
    /// The office, if it is known.
    pub office: Option<String>,
    /// The phone number, if it is known.
    pub phone: Option<String>,
    /// The employee number.
    pub employee_number: String,
    /// The manager's alias; nobody stands above the president.
    pub manager: Option<String>,
}

impl Person {
    /// The user principal name: `AdeleV@contoso.com`.
    pub fn user_name(&self) -> String {
        format!("{}@contoso.com", self.alias)
    }

    /// First and last name.
    pub fn display_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// One group of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The identity provider's id of it.
    pub external_id: String,
    /// The aliases of its members.
    pub members: Vec<String>,
}

/// Everybody.
pub fn people() -> Vec<Person> {
    let roster = roster();
    let people = roster["people"].as_array().unwrap();
    let person = |(place, value): (usize, &Value)| {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        Person {
            alias: text("alias").unwrap(),
            given_name: text("givenName").unwrap(),
            family_name: text("familyName").unwrap(),
            department: text("department"),
            title: text("title"),
            office: text("office"),
            phone: text("phone"),
            employee_number: (10_001 + place).to_string(),
            manager: text("manager"),
        }
    };
    people.iter().enumerate().map(person).collect()
}

/// All groups.
pub fn groups() -> Vec<Group> {
    let roster = roster();
    let groups = roster["groups"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let group = |value: &Value| Group {
        name: text(&value["name"]),
        external_id: text(&value["externalId"]),
        members: value["members"].as_array().unwrap().iter().map(text).collect(),
    };
    groups.iter().map(group).collect()
}

fn roster() -> Value {
    serde_json::from_str(include_str!("../data/entra/contoso.json")).unwrap()
}
