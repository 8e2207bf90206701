//! People who start, start again, or go by another name.

use std::collections::{BTreeMap, BTreeSet};

use super::Happening;
use crate::generate::{Names, latin_of, pick};
use crate::organisation::{NewPerson, ObjectId, OrganisationError, Result, proxy_address};

/// What a colleague's attributes are taken over for somebody who starts beside them.
const SHARED: &[&str] = &[
    "department",
    "companyName",
    "physicalDeliveryOfficeName",
    "streetAddress",
    "city",
    "state",
    "postalCode",
    "country",
    "usageLocation",
    "preferredLanguage",
    "userType",
];

impl Happening {
    pub(super) fn hire_five(&mut self) -> Result<()> {
        let departments: Vec<String> = self.departments().into_keys().collect();
        let mut order: Vec<&String> = departments.iter().collect();
        self.chance.shuffle(&mut order);
        for department in order.into_iter().cycle().take(5) {
            self.hire_into(department)?;
        }
        if self.told.is_empty() {
            return Err(OrganisationError::NoStory(
                "Nobody can be hired: nobody here has a department. Give somebody one first.".to_owned(),
            ));
        }
        Ok(())
    }

    fn hire_into(&mut self, department: &str) -> Result<()> {
        let nobody = "Nobody can be hired into an empty department.";
        let staff = self.those(|person| person.text("department") == Some(department));
        let colleague = self.one_of(&staff, nobody)?;
        let manager = self.head_of(&staff).unwrap_or_else(|| colleague.clone());
        let names = Names::by(&mut self.chance, true);
        let address = self.free_address(&names.address(), &self.domain_of(&colleague));
        let mut attributes = self.shared_with(&colleague);
        let title = self.org.person(&colleague)?.text("jobTitle");
        for (name, value) in [
            ("userPrincipalName", address.as_str()),
            ("mail", &address),
            ("mailNickname", address.split('@').next().unwrap_or_default()),
            ("displayName", &names.display()),
            ("givenName", &names.given),
            ("surname", &names.family),
            ("jobTitle", title.unwrap_or_default()),
            ("employeeId", &self.next_employee_id()),
            ("employeeType", "Employee"),
        ] {
            attributes.insert(name.to_owned(), value.to_owned());
        }
        let id = ObjectId::by(&mut self.chance);
        let new = NewPerson {
            attributes,
            proxy_addresses: vec![format!("SMTP:{address}")],
            account_enabled: true,
            manager: Some(manager.clone()),
        };
        self.org.hire(id.clone(), new, self.now)?;
        let groups = self.join_like(&id, &colleague, department)?;
        self.tell(format!(
            "{} ({address}) starts in {department} and reports to {}; groups: {groups}.",
            names.display(),
            self.name(&manager),
        ));
        Ok(())
    }

    /// Puts somebody into the groups that bear the department's name or hold nearly everybody, and
    /// assigns them directly if the colleague is. Returns the groups' names.
    fn join_like(&mut self, id: &ObjectId, colleague: &ObjectId, department: &str) -> Result<String> {
        let most = self.those(|_| true).len() * 8 / 10;
        let is_for_all = |members: &BTreeSet<ObjectId>| members.len() >= most.max(1);
        let groups: Vec<(ObjectId, String)> = self
            .org
            .groups_of(colleague)
            .filter(|group| group.display_name == department || is_for_all(&group.members))
            .map(|group| (group.id.clone(), group.display_name.clone()))
            .collect();
        let myself = BTreeSet::from([id.clone()]);
        for (group, _) in &groups {
            self.org.add_members(group, &myself, self.now)?;
        }
        if self.org.assigned.contains(colleague) {
            self.org.assign(&myself, self.now)?;
        }
        let names: Vec<String> = groups.into_iter().map(|(_, name)| name).collect();
        Ok(if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        })
    }

    /// Of these people the one whom most of them report to.
    pub(super) fn head_of(&self, staff: &[ObjectId]) -> Option<ObjectId> {
        let staff: BTreeSet<&ObjectId> = staff.iter().collect();
        let mut reports: BTreeMap<&ObjectId, usize> = BTreeMap::new();
        for person in &staff {
            let manager = self
                .org
                .people
                .get(person)
                .and_then(|person| person.manager.as_ref());
            if let Some(manager) = manager.filter(|manager| staff.contains(manager)) {
                *reports.entry(manager).or_default() += 1;
            }
        }
        let head = reports.into_iter().max_by_key(|(_, count)| *count);
        head.map(|(id, _)| id.clone())
    }

    fn shared_with(&self, colleague: &ObjectId) -> BTreeMap<String, String> {
        let attributes = self.org.people.get(colleague).map(|person| &person.attributes);
        let mut shared = attributes.cloned().unwrap_or_default();
        shared.retain(|name, _| SHARED.contains(&name.as_str()));
        shared
    }

    fn domain_of(&self, id: &ObjectId) -> String {
        let person = self.org.people.get(id);
        let name = person.map(crate::organisation::Person::user_principal_name);
        let domain = name.and_then(|name| name.split_once('@'));
        domain.map_or("contoso.com", |(_, domain)| domain).to_owned()
    }

    /// An address at the domain that nobody has, not even as an alias or in the recycle bin.
    fn free_address(&self, alias: &str, domain: &str) -> String {
        let mut taken = BTreeSet::new();
        for person in self.org.people.values() {
            taken.insert(person.user_principal_name().to_lowercase());
            taken.extend(person.text("mail").map(str::to_lowercase));
            let aliases = person
                .proxy_addresses
                .iter()
                .filter_map(|entry| proxy_address(entry));
            taken.extend(aliases.map(|(address, _)| address.to_lowercase()));
        }
        let numbered = (2..).map(|number| format!("{alias}{number}@{domain}"));
        std::iter::once(format!("{alias}@{domain}"))
            .chain(numbered)
            .find(|address| !taken.contains(&address.to_lowercase()))
            .unwrap_or_default()
    }

    fn next_employee_id(&self) -> String {
        let ids = self
            .org
            .people
            .values()
            .filter_map(|person| person.text("employeeId"));
        let highest = ids.filter_map(|id| id.parse::<u64>().ok()).max();
        highest.unwrap_or(10_000).saturating_add(1).to_string()
    }

    pub(super) fn marriage(&mut self) -> Result<()> {
        let single = self.those(|person| person.account_enabled && person.text("surname").is_some());
        let id = self.one_of(
            &single,
            "Nobody can marry: nobody here has a surname. Give somebody one first.",
        )?;
        let person = self.org.person(&id)?.clone();
        let (before, old) = (
            person.display_name().to_owned(),
            person.user_principal_name().to_owned(),
        );
        let given = person.text("givenName").unwrap_or_default().to_owned();
        let surname = self.other_surname(person.text("surname").unwrap_or_default());
        let alias = crate::generate::address_of(&latin_of(&given), &surname.1, 58);
        let new = self.free_address(&alias, &self.domain_of(&id));
        let name = format!("{given} {}", surname.0).trim().to_owned();
        let changes = [
            ("surname", surname.0.as_str()),
            ("displayName", &name),
            ("userPrincipalName", &new),
            ("mail", &new),
        ];
        self.org
            .edit(&id, &changes.map(|(name, value)| (name, Some(value))), self.now)?;
        let former = person.text("mail").unwrap_or(&old);
        let mut entries = vec![format!("SMTP:{new}"), format!("smtp:{former}")];
        for entry in &person.proxy_addresses {
            let address = proxy_address(entry).map(|(address, _)| address);
            entries.extend(
                address
                    .filter(|address| !address.eq_ignore_ascii_case(former))
                    .map(|address| format!("smtp:{address}")),
            );
        }
        self.org.set_proxy_addresses(&id, entries, self.now)?;
        self.tell(format!("{before} married and is {name} now."));
        self.tell(format!(
            "User principal name and mail changed from {former} to {new}; the old address is an alias."
        ));
        Ok(())
    }

    /// A family name other than this one, as it is written and in ASCII; one that can be written in
    /// ASCII at all.
    fn other_surname(&mut self, than: &str) -> (String, String) {
        let languages = &crate::generate::WORDS.languages;
        for _ in 0..20 {
            let family =
                pick(&mut self.chance, languages).and_then(|all| pick(&mut self.chance, &all.family));
            if let Some(family) = family.filter(|family| family.native != than) {
                return (family.native.to_owned(), family.latin.clone());
            }
        }
        (format!("{than}-Newman"), latin_of(&format!("{than}-Newman")))
    }

    pub(super) fn re_hire(&mut self) -> Result<()> {
        let can_return = |person: &&crate::organisation::Person| {
            !person.is_present() && self.org.by_name(person.user_principal_name()).is_none()
        };
        let deleted = self.org.people.values().filter(can_return);
        let deleted: Vec<ObjectId> = deleted.map(|person| person.id.clone()).collect();
        let was_deleted = !deleted.is_empty();
        let left = if was_deleted {
            deleted
        } else {
            self.those(|person| !person.account_enabled)
        };
        let id = self.one_of(
            &left,
            "Nobody can come back: nobody is disabled or in the recycle bin. Let somebody leave first.",
        )?;
        if was_deleted {
            self.org.restore(&id, self.now)?;
        }
        self.org.set_enabled(&id, true, self.now)?;
        let number = self.next_employee_id();
        let changes = [
            ("employeeId", Some(number.as_str())),
            ("employeeLeaveDateTime", None),
        ];
        self.org.edit(&id, &changes, self.now)?;
        let whence = if was_deleted {
            "restored from the recycle bin"
        } else {
            "enabled again"
        };
        self.tell(format!(
            "{} is back: {whence}, with employee number {number}.",
            self.name(&id)
        ));
        Ok(())
    }
}
