//! The log as sentences that somebody can read who knows no SCIM: "Entra disabled 3 people,
//! renamed 1." One sentence for what one sender did without a longer pause, for a sync, and for
//! what an administrator did.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::query::{PATIENCE, Page};
use super::{Event, EventKind, Journal, Query, Status};
use crate::error::Result;

/// A longer pause ends a sentence.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// One sentence, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When the first of its events began.
    pub from: Timestamp,
    /// When the last did.
    pub to: Timestamp,
    /// The sentence.
    pub sentence: String,
    /// The oldest and the newest of its events.
    pub events: (u64, u64),
    /// The search that shows its events, but for the time.
    pub query: String,
    /// Something in it failed.
    pub failed: bool,
}

/// Sentences of a part of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activities {
    /// Newest first.
    pub list: Vec<Activity>,
    /// Where to go on; `None` at the end.
    pub next: Option<u64>,
    /// Events looked at.
    pub looked: u64,
    /// When the oldest event began that was looked at.
    pub reached: Option<Timestamp>,
}

impl Journal<'_> {
    /// What happened below `before`, as far as a call may look. A sentence is never cut in two by
    /// a page but where it alone is longer than one.
    pub fn activity(&self, query: &Query, before: Option<u64>) -> Result<Activities> {
        let (mut page, mut threads) = (Page::default(), Threads::default());
        self.look_among(query, before, PATIENCE, &mut page, |_, event| {
            threads.add(&event);
            true
        })?;
        let mut list = threads.ended();
        let mut next = page.next;
        // The oldest sentences may go on in the next page: they are told there.
        if let Some(edge) = page.reached.filter(|_| page.next.is_some()) {
            let is_open = |one: &Activity| one.from.duration_since(edge) < PAUSE;
            let newest_open = list
                .iter()
                .filter(|one| is_open(one))
                .map(|one| one.events.1)
                .max();
            if let Some(newest) = newest_open.filter(|newest| list.iter().any(|one| one.events.0 > *newest)) {
                list.retain(|one| one.events.0 > newest);
                next = Some(newest + 1);
            }
        }
        list.sort_by_key(|one| std::cmp::Reverse(one.events.1));
        Ok(Activities {
            list,
            next,
            looked: page.looked,
            reached: page.reached,
        })
    }
}

/// What was done, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    AddPerson,
    Disable,
    Enable,
    Rename,
    ChangePerson,
    DeletePerson,
    AddGroup,
    RenameGroup,
    ChangeMembers,
    ChangeGroup,
    DeleteGroup,
    Fail,
    Ask,
}

impl Deed {
    /// What a request did; `None` where it is not worth a word.
    fn of(event: &Event) -> Option<Self> {
        let exchange = event.exchange.as_ref()?;
        if exchange.status >= 400 {
            return Some(Self::Fail);
        }
        let changed = |names: &[&str]| {
            let mut fields = event.modified.iter();
            fields.find(|field| names.iter().any(|name| field.path.starts_with(name)))
        };
        let active = changed(&["active"]).and_then(|field| field.after.as_deref());
        Some(
            match (exchange.method.as_str(), event.action.ends_with("Group")) {
                ("GET" | "HEAD", _) => Self::Ask,
                ("POST", _) if event.action.ends_with("search") => Self::Ask,
                ("POST", false) if event.action.ends_with("User") => Self::AddPerson,
                ("POST", true) => Self::AddGroup,
                ("DELETE", false) => Self::DeletePerson,
                ("DELETE", true) => Self::DeleteGroup,
                _ if event.status == Status::Skipped => return None,
                (_, true) if changed(&["displayName"]).is_some() => Self::RenameGroup,
                (_, true) if changed(&["members"]).is_some() => Self::ChangeMembers,
                (_, true) => Self::ChangeGroup,
                _ if active == Some("false") => Self::Disable,
                _ if active == Some("true") => Self::Enable,
                _ if changed(&["displayName", "name", "userName"]).is_some() => Self::Rename,
                ("PUT" | "PATCH", false) => Self::ChangePerson,
                _ => return None,
            },
        )
    }

    /// The verb, and whom it is about.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::AddPerson => ("added", "person", "people"),
            Self::Disable => ("disabled", "person", "people"),
            Self::Enable => ("enabled", "person", "people"),
            Self::Rename => ("renamed", "person", "people"),
            Self::ChangePerson => ("changed", "person", "people"),
            Self::DeletePerson => ("deleted", "person", "people"),
            Self::AddGroup => ("added", "group", "groups"),
            Self::RenameGroup => ("renamed", "group", "groups"),
            Self::ChangeMembers => ("changed the members of", "group", "groups"),
            Self::ChangeGroup => ("changed", "group", "groups"),
            Self::DeleteGroup => ("deleted", "group", "groups"),
            Self::Fail => ("failed with", "request", "requests"),
            Self::Ask => ("only asked, with", "request", "requests"),
        }
    }
}

/// What one sender does, as long as it makes no longer pause.
struct Thread {
    who: String,
    from: Timestamp,
    to: Timestamp,
    events: (u64, u64),
    /// Each deed with whom it was done to; one person who is changed twice is one person.
    deeds: BTreeMap<Deed, BTreeSet<String>>,
}

#[derive(Default)]
struct Threads {
    open: BTreeMap<String, Thread>,
    ended: Vec<Activity>,
}

impl Threads {
    /// Adds an event that is older than those before it.
    fn add(&mut self, event: &Event) {
        match event.kind {
            EventKind::Request => self.add_request(event),
            // Of a sync the event of the whole run tells.
            EventKind::Sync if event.action == "Sync" => self.ended.push(of_sync(event)),
            EventKind::Sync => {}
            EventKind::Admin => self.ended.push(of_admin(event)),
        }
    }

    fn add_request(&mut self, event: &Event) {
        let Some(deed) = Deed::of(event) else { return };
        let who = event.client.as_ref().map_or(&event.source, |client| &client.name);
        if let Some(thread) = self.open.get(who)
            && thread.from.duration_since(event.at) > PAUSE
            && let Some(thread) = self.open.remove(who)
        {
            self.ended.push(thread.told());
        }
        let thread = self.open.entry(who.clone()).or_insert_with(|| Thread {
            who: who.clone(),
            from: event.at,
            to: event.at,
            events: (event.id, event.id),
            deeds: BTreeMap::new(),
        });
        thread.from = thread.from.min(event.at);
        thread.to = thread.to.max(event.at);
        thread.events.0 = event.id;
        let whom = match deed {
            Deed::Fail | Deed::Ask => event.change_id.clone(),
            _ if event.target.is_empty() => event.identity.clone(),
            _ => event.target.clone(),
        };
        thread.deeds.entry(deed).or_default().insert(whom);
    }

    fn ended(self) -> Vec<Activity> {
        let mut all = self.ended;
        all.extend(self.open.into_values().map(Thread::told));
        all
    }
}

impl Thread {
    fn told(mut self) -> Activity {
        // Asking is worth a word only where nothing else was done.
        if self.deeds.len() > 1 {
            self.deeds.remove(&Deed::Ask);
        }
        let (mut parts, mut last_noun) = (Vec::new(), "");
        for (deed, whom) in &self.deeds {
            let (verb, one, many) = deed.words();
            let count = whom.len() as u64;
            if one == last_noun {
                parts.push(format!("{verb} {count}"));
            } else if count == 1 {
                parts.push(format!("{verb} 1 {one}"));
            } else {
                parts.push(format!("{verb} {count} {many}"));
            }
            last_noun = one;
        }
        Activity {
            from: self.from,
            to: self.to,
            sentence: format!("{} {}.", self.who, parts.join(", ")),
            events: self.events,
            query: format!("is:request client:\"{}\"", self.who.replace('"', "\\\"")),
            failed: self.deeds.contains_key(&Deed::Fail),
        }
    }
}

fn of_sync(event: &Event) -> Activity {
    let sync = event.sync.unwrap_or_default();
    Activity {
        sentence: format!("Sync {sync}: {}", event.reason),
        query: format!("sync:{sync}"),
        ..alone(event)
    }
}

fn of_admin(event: &Event) -> Activity {
    let labels: Vec<&str> = event.modified.iter().map(|field| field.label.as_str()).collect();
    let mut sentence = format!("An administrator {}", past(&event.action));
    if !event.identity.is_empty() {
        sentence.push_str(": ");
        sentence.push_str(&event.identity);
    }
    if !labels.is_empty() {
        sentence.push_str(" (");
        sentence.push_str(&labels.join(", "));
        sentence.push(')');
    }
    sentence.push('.');
    Activity {
        sentence,
        query: "is:admin".to_owned(),
        ..alone(event)
    }
}

fn alone(event: &Event) -> Activity {
    Activity {
        from: event.at,
        to: event.at,
        sentence: String::new(),
        events: (event.id, event.id),
        query: String::new(),
        failed: event.status == Status::Failure,
    }
}

/// "Save settings" → "saved settings".
fn past(action: &str) -> String {
    let (verb, rest) = action.split_once(' ').unwrap_or((action, ""));
    let verb = verb.to_lowercase();
    let done = match verb.as_str() {
        "hold" => "put on hold".to_owned(),
        "undo" => "undid".to_owned(),
        "put" => "put".to_owned(),
        "back" => "backed".to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ => format!("{verb}ed"),
    };
    format!("{done} {rest}").trim_end().to_owned()
}

#[cfg(test)]
mod tests;
