//! Faults on purpose, to see what an identity provider makes of them. A rule says what goes wrong,
//! for whom, how often, and when it ends by itself.
//!
//! Rules are held in memory only: a server that starts has none. A request is let in as usual first
//! (a wrong token stays a wrong token); then the first rule that applies decides, before the engine
//! is asked. The log event has a step that says so, and so has the made-up answer.

mod made_up;
mod rule;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use provisioning::journal::{FAULT_STEP, Status, Step};
use scim::error::ScimError;

use crate::client;
use crate::exchange::{Answer, Call, Source, Story};
use crate::route::Route;

pub use rule::{Fault, FaultError, Rule, Until};

/// A number below one hundred.
type Chance = dyn Fn() -> u8 + Send + Sync;

/// The rules of a running server. Clones are handles to the same rules.
#[derive(Clone)]
pub struct Faults(Arc<Held>);

struct Held {
    chance: Box<Chance>,
    rules: Mutex<Rules>,
}

#[derive(Default)]
struct Rules {
    last: u64,
    active: Vec<Active>,
}

/// A rule that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// Its number while the server runs.
    pub id: u64,
    /// What it says.
    pub rule: Rule,
    /// How many requests it was applied to.
    pub injected: u64,
    /// How many requests are left of a burst.
    burst: u64,
}

impl Default for Faults {
    /// No rules, and chance as it comes.
    fn default() -> Self {
        Self::by_chance(|| fastrand::u8(0..100))
    }
}

impl Faults {
    /// No rules; `chance` gives a number below one hundred for each request that a rule is about, and
    /// the rule applies if that is below its percentage.
    pub fn by_chance(chance: impl Fn() -> u8 + Send + Sync + 'static) -> Self {
        Self(Arc::new(Held {
            chance: Box::new(chance),
            rules: Mutex::default(),
        }))
    }

    /// Adds a rule behind the others, and returns its number. Fails if it could never apply or never
    /// end.
    pub fn add(&self, rule: Rule, now: Timestamp) -> Result<u64, FaultError> {
        let rule = rule.checked(now)?;
        let mut rules = self.rules();
        rules.last += 1;
        let id = rules.last;
        rules.active.push(Active {
            id,
            rule,
            injected: 0,
            burst: 0,
        });
        Ok(id)
    }

    /// Ends a rule; false if there is none of that number any more.
    pub fn remove(&self, id: u64) -> bool {
        let mut rules = self.rules();
        let before = rules.active.len();
        rules.active.retain(|active| active.id != id);
        rules.active.len() != before
    }

    /// Ends all rules.
    pub fn clear(&self) {
        self.rules().active.clear();
    }

    /// The rules that have not ended, in their order: while there are any, a banner should say so.
    pub fn active(&self, now: Timestamp) -> Vec<Active> {
        let mut rules = self.rules();
        rules.end(now);
        rules.active.clone()
    }

    /// What happens to a request, if anything does.
    fn next(&self, asked: &Asked<'_>, now: Timestamp) -> Option<Fault> {
        let mut rules = self.rules();
        rules.end(now);
        let chance = || (self.0.chance)();
        let fault = rules
            .active
            .iter_mut()
            .find_map(|active| active.apply(asked, chance));
        rules.end(now);
        fault
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.0.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rules {
    fn end(&mut self, now: Timestamp) {
        self.active.retain(|active| match active.rule.until {
            Until::Time(time) => now < time,
            Until::Count(count) => active.injected < count,
        });
    }
}

impl Active {
    /// The fault, if the rule is about the request and chance has it so; a burst, once it has begun,
    /// leaves nothing to chance.
    fn apply(&mut self, asked: &Asked<'_>, chance: impl Fn() -> u8) -> Option<Fault> {
        if !asked.is_meant(&self.rule) {
            return None;
        }
        if self.burst > 0 {
            self.burst -= 1;
        } else if chance() < self.rule.percent {
            self.burst = match self.rule.fault {
                Fault::Burst { requests } => requests.saturating_sub(1),
                _ => 0,
            };
        } else {
            return None;
        }
        self.injected += 1;
        Some(self.rule.fault.clone())
    }
}

/// What rules look at in a request.
struct Asked<'a> {
    client: Option<String>,
    method: &'a str,
    /// Below the Tenant URL.
    path: &'a str,
    excludes_members: bool,
}

impl<'a> Asked<'a> {
    fn of(call: &'a Call, route: &Route, tenant: &str) -> Self {
        Self {
            client: client::likely(call, route).map(|client| client.name),
            method: &call.method,
            path: below(&call.path, tenant),
            excludes_members: made_up::excludes_members(call),
        }
    }

    fn is_meant(&self, rule: &Rule) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            let same = |wanted: &String| found.is_some_and(|found| found.eq_ignore_ascii_case(wanted));
            wanted.as_ref().is_none_or(same)
        };
        let begins = |prefix: &String| {
            let start = self.path.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        is(&rule.client, self.client.as_deref())
            && is(&rule.method, Some(self.method))
            && rule.path.as_ref().is_none_or(begins)
            && (rule.fault != Fault::MembersReturned || self.excludes_members)
    }
}

/// A path without that of the Tenant URL, which it may not have.
fn below<'a>(path: &'a str, tenant: &str) -> &'a str {
    let base = format!("/scim/v2/{tenant}");
    match path.get(..base.len()) {
        Some(start) if start.eq_ignore_ascii_case(&base) => path.get(base.len()..).unwrap_or(path),
        _ => path,
    }
}

/// Answers a request that was let in: by a rule's fault, if one applies, else by `dispatch`.
pub(crate) fn answer(
    source: &Source<'_>,
    call: &Call,
    route: &Route,
    story: &mut Story,
    dispatch: impl FnOnce(&Call, &mut Story) -> Result<Answer, ScimError>,
) -> Result<Answer, ScimError> {
    // The operations of a Bulk share the fate of the Bulk.
    let asked = call.part.is_none();
    let asked = asked.then(|| Asked::of(call, route, source.engine.tenant()));
    let fault = asked.and_then(|asked| source.faults.next(&asked, source.engine.now()));
    let Some(fault) = fault else {
        return dispatch(call, story);
    };
    let sentence = fault.sentence();
    story
        .steps
        .push(Step::new(FAULT_STEP, Status::Warning, &sentence));
    story.injected = Some(sentence);
    match fault {
        Fault::Delay(delay) => {
            let answered = dispatch(call, story).unwrap_or_else(|error| Answer::error(&error));
            Ok(Answer {
                delay: Some(delay),
                ..answered
            })
        }
        Fault::MembersReturned => dispatch(&made_up::without_exclusion(call), story),
        fault => Ok(made_up::answer(&fault)),
    }
}

#[cfg(test)]
mod tests;
