//! People who go.

use super::{Happening, people};
use crate::generate::day_of;
use crate::organisation::{ObjectId, OrganisationError, Result};

impl Happening {
    pub(super) fn manager_leaves(&mut self) -> Result<()> {
        let managers: std::collections::BTreeSet<&ObjectId> = self
            .org
            .people
            .values()
            .filter_map(|person| person.manager.as_ref())
            .collect();
        // The one at the top stays, if anybody else can go: the reports would have nobody to report to.
        let has_manager = |id: &ObjectId| {
            self.org
                .people
                .get(id)
                .is_some_and(|person| person.manager.is_some())
        };
        let candidates = self.those(|person| managers.contains(&person.id));
        let (below, top): (Vec<ObjectId>, Vec<ObjectId>) = candidates.into_iter().partition(has_manager);
        let candidates = if below.is_empty() { top } else { below };
        let id = self.one_of(
            &candidates,
            "No manager can leave: nobody here has a manager. Give somebody one first.",
        )?;
        let above = self.org.person(&id)?.manager.clone();
        let above = above.filter(|above| self.org.present(above).is_ok());
        let reports: Vec<ObjectId> = self
            .org
            .reports(&id)
            .filter(|person| person.is_present())
            .map(|person| person.id.clone())
            .collect();
        for report in &reports {
            self.org.set_manager(report, above.as_ref(), self.now)?;
        }
        self.org.delete(&id, self.now)?;
        self.tell(format!("{} left and is in the recycle bin.", self.name(&id)));
        let whom = above.map_or_else(|| "nobody".to_owned(), |above| self.name(&above));
        self.tell(format!("{} now reporting to {whom}.", people(reports.len())));
        Ok(())
    }

    pub(super) fn contractor_expiry(&mut self) -> Result<()> {
        let today = day_of(self.now);
        let working = self.those(|person| person.account_enabled);
        let mut contractors = working.clone();
        contractors.retain(|id| self.text_of(id, "employeeType") == Some("Contractor"));
        let ended = |id: &ObjectId| {
            self.text_of(id, "employeeLeaveDateTime")
                .is_some_and(|end| end <= today.as_str())
        };
        let (mut expired, running): (Vec<ObjectId>, Vec<ObjectId>) = contractors.into_iter().partition(ended);
        if expired.is_empty() {
            let whose = if running.is_empty() {
                self.without_reports(working)
            } else {
                running
            };
            let count = (whose.len() / 50).clamp(2, 20);
            expired = self.some_of(whose, count).into_iter().collect();
        }
        if expired.is_empty() {
            return Err(OrganisationError::NoStory(
                "No contract can end: everybody here is disabled or in the recycle bin already.".to_owned(),
            ));
        }
        for id in &expired {
            let changes = [
                ("employeeType", "Contractor"),
                ("employeeLeaveDateTime", today.as_str()),
            ];
            let changes = match self.text_of(id, "employeeLeaveDateTime") {
                Some(end) if end <= today.as_str() => &changes[..1],
                _ => &changes[..],
            };
            let changes: Vec<_> = changes
                .iter()
                .map(|(name, value)| (*name, Some(*value)))
                .collect();
            self.org.edit(id, &changes, self.now)?;
            self.org.set_enabled(id, false, self.now)?;
            self.tell(format!(
                "The contract of {} ended; the account is disabled.",
                self.name(id)
            ));
        }
        Ok(())
    }

    fn text_of(&self, id: &ObjectId, attribute: &str) -> Option<&str> {
        self.org.people.get(id)?.text(attribute)
    }

    fn without_reports(&self, mut ids: Vec<ObjectId>) -> Vec<ObjectId> {
        let managers: std::collections::BTreeSet<&ObjectId> = self
            .org
            .people
            .values()
            .filter_map(|person| person.manager.as_ref())
            .collect();
        ids.retain(|id| !managers.contains(id));
        ids
    }
}
