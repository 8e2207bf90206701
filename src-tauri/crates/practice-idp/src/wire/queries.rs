//! What is only asked: probes, searches by the matching attribute, and reads by id.

use super::{Kind, Request, Writer, object, quoted};
use crate::persona::{Matching, Probe};

impl Writer<'_> {
    /// A request of *Test Connection* and of the start of a cycle. `guid` is new each time;
    /// `attribute` is the matching attribute of users or groups.
    pub fn probe(self, probe: Probe, attribute: &str, guid: &str) -> Request {
        match probe {
            Probe::NoUser => self.search(Kind::User, attribute, guid),
            Probe::NoGroup => self.search(Kind::Group, attribute, guid),
            Probe::Users(count) => self.page(Kind::User, 1, count),
            Probe::Groups(count) => self.page(Kind::Group, 1, count),
            Probe::Configuration => self.get("/ServiceProviderConfig", None),
        }
    }

    /// Looks an object up by one matching attribute. An entry of several values is asked for without
    /// its filter being lost: `emails[type eq "work"].value eq "…"`.
    pub fn search(self, kind: Kind, attribute: &str, value: &str) -> Request {
        let filter = self.encoded(&format!("{attribute} eq {}", quoted(value)));
        let excluded = if self.excludes_members(kind) {
            "excludedAttributes=members&"
        } else {
            ""
        };
        let page = match self.persona.matching {
            Matching::FilterPage(count) => format!("&startIndex=1&count={count}"),
            Matching::Filter | Matching::AfterConflict => String::new(),
        };
        self.get(kind.endpoint(), Some(format!("{excluded}filter={filter}{page}")))
    }

    /// One page of a list; `start` counts from 1 (RFC 7644 §3.4.2.4).
    pub fn page(self, kind: Kind, start: u32, count: u32) -> Request {
        self.get(kind.endpoint(), Some(format!("startIndex={start}&count={count}")))
    }

    /// Reads an object by its id.
    pub fn read(self, kind: Kind, id: &str) -> Request {
        let query = self
            .excludes_members(kind)
            .then(|| "excludedAttributes=members".to_owned());
        self.get(object(kind, id), query)
    }

    /// Asks whether a user has this manager.
    pub fn manager_check(self, user: &str, manager: &str) -> Request {
        let filter = format!("id eq {} and manager eq {}", quoted(user), quoted(manager));
        let query = format!("filter={}&attributes=id", self.encoded(&filter));
        self.get(Kind::User.endpoint(), Some(query))
    }

    /// Asks whether a user is a member of a group.
    pub fn member_check(self, group: &str, user: &str) -> Request {
        let filter = format!("id eq {} and members eq {}", quoted(group), quoted(user));
        let query = format!("filter={}&excludedAttributes=members", self.encoded(&filter));
        self.get(Kind::Group.endpoint(), Some(query))
    }

    fn excludes_members(self, kind: Kind) -> bool {
        kind == Kind::Group && self.persona.groups.exclude_members
    }
}
