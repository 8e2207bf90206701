//! A console and a directory as text, so that a test reads like the product.
//!
//! ```text
//! //- console
//! mara    title="Analyst" managed-by=scim
//! //- identity provider
//! mara    title="Senior Analyst" manager=jonas
//! //- console groups
//! Sales   members="mara jonas" managed-by=scim
//! //- groups
//! Sales   members="mara" groups="EMEA"
//! //- on hold
//! mara                        (an account; `new=yes` for one that is still to be made)
//! Sales   object=group        (a console group, or a new one)
//! Sales   object=membership of=mara
//! //- exempt list
//! ana
//! ```
//!
//! A name without `@` is at contoso.example. What SCIM manages is linked to the directory object
//! of the same name unless `link` says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::accounts::{Account, Console, ConsoleGroup, ManagedBy, State, fold};
use crate::mapping;
use crate::plan::{DirectoryGroup, Inputs, Person, Target};

/// Reads a fixture; anything it does not know is a mistake in the test.
pub(crate) fn read(text: &str) -> Inputs {
    let mut inputs = Inputs::default();
    let mut section = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("//- ") {
            section = name;
            continue;
        }
        let row = Row::read(line);
        match section {
            "console" => inputs.console.accounts.push(row.account()),
            "identity provider" => inputs.people.push(row.person()),
            "console groups" => row.console_group(&mut inputs.console),
            "groups" => inputs.groups.push(row.group()),
            "on hold" => {
                inputs.holds.insert(row.target());
            }
            "exempt list" => {
                inputs.exempt.insert(fold(&address(&row.name)));
            }
            other => panic!("there is no section {other:?}"),
        }
    }
    inputs
}

struct Row {
    name: String,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn read(line: &str) -> Self {
        let mut words = words(line).into_iter();
        let name = words.next().unwrap();
        let cells = words.map(|word| {
            let (key, value) = word.split_once('=').expect("key=value");
            (key.to_owned(), value.to_owned())
        });
        Self {
            name,
            cells: cells.collect(),
        }
    }

    fn take(&mut self, key: &str) -> Option<String> {
        self.cells.remove(key)
    }

    fn list(&mut self, key: &str) -> Vec<String> {
        let cell = self.take(key).unwrap_or_default();
        cell.split_whitespace().map(str::to_owned).collect()
    }

    fn flag(&mut self, key: &str) -> bool {
        self.take(key).is_some_and(|flag| flag == "yes")
    }

    /// What is on hold.
    fn target(mut self) -> Target {
        let prefix = |new: bool, old: &str, made: &str| if new { made.to_owned() } else { old.to_owned() };
        let is_new = self.flag("new");
        let group = format!("{}{}", prefix(is_new, "c-", "g-"), self.name);
        match self.take("object").as_deref() {
            None => Target::User {
                account: format!("{}{}", prefix(is_new, "a-", "u-"), self.name),
            },
            Some("group") => Target::Group { group },
            Some("membership") => Target::Membership {
                group,
                account: account_id(&self.take("of").unwrap()),
            },
            Some(other) => panic!("there is no object {other:?}"),
        }
    }

    fn state(&mut self) -> State {
        match self.take("state").as_deref() {
            None | Some("active") => State::Active,
            Some("archived") => State::Archived,
            Some(other) => panic!("there is no state {other:?}"),
        }
    }

    fn managed_by(&mut self) -> ManagedBy {
        self.take("managed-by").map_or(ManagedBy::Console, |text| {
            ManagedBy::parse(&text).expect("console, scim or adi")
        })
    }

    fn link(&mut self, managed_by: ManagedBy, prefix: &str) -> Option<String> {
        let named = self.take("link").map(|name| format!("{prefix}{name}"));
        named.or_else(|| (managed_by == ManagedBy::Scim).then(|| format!("{prefix}{}", self.name)))
    }

    /// What is left are fields of an account.
    fn fields(&mut self) -> BTreeMap<String, String> {
        let fields = std::mem::take(&mut self.cells).into_iter().map(|(key, value)| {
            let key = if key == "title" { "jobTitle" } else { &key };
            assert!(mapping::by_key(key).is_some(), "there is no field {key:?}");
            (key.to_owned(), value)
        });
        fields.collect()
    }

    fn account(mut self) -> Account {
        let managed_by = self.managed_by();
        Account {
            id: account_id(&self.name),
            email: self.take("email").unwrap_or_else(|| address(&self.name)),
            aliases: self.list("aliases").iter().map(|name| address(name)).collect(),
            state: self.state(),
            managed_by,
            exempt: self.flag("exempt"),
            protected: self.flag("protected"),
            link: self.link(managed_by, "u-"),
            fields: self.fields(),
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    fn person(mut self) -> Person {
        let user_name = self.take("user-name").unwrap_or_else(|| address(&self.name));
        Person {
            id: format!("u-{}", self.take("id").unwrap_or_else(|| self.name.clone())),
            user_name,
            active: self.take("active").is_none_or(|flag| flag == "true"),
            manager: self.take("manager").map(|name| format!("u-{name}")),
            fields: self.fields(),
            name: self.name,
        }
    }

    fn console_group(mut self, console: &mut Console) {
        let managed_by = self.managed_by();
        let id = format!("c-{}", self.name);
        let members: BTreeSet<String> = self.list("members").iter().map(|name| account_id(name)).collect();
        console.members.insert(id.clone(), members);
        console.groups.push(ConsoleGroup {
            id,
            state: self.state(),
            managed_by,
            link: self.link(managed_by, "g-"),
            name: self.name,
            changed: Timestamp::UNIX_EPOCH,
        });
    }

    fn members(&mut self) -> Vec<String> {
        let users = self.list("members").into_iter().map(|name| format!("u-{name}"));
        let groups = self.list("groups").into_iter().map(|name| format!("g-{name}"));
        users.chain(groups).collect()
    }

    fn group(mut self) -> DirectoryGroup {
        DirectoryGroup {
            id: format!("g-{}", self.take("id").unwrap_or_else(|| self.name.clone())),
            members: self.members(),
            name: self.name,
        }
    }
}

fn account_id(name: &str) -> String {
    format!("a-{name}")
}

fn address(name: &str) -> String {
    if name.contains('@') {
        name.to_owned()
    } else {
        format!("{name}@contoso.example")
    }
}

/// Splits at spaces outside quotes; the quotes go.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
