//! What happens to many people at once.

use std::collections::BTreeSet;

use super::{Happening, people};
use crate::organisation::{ObjectId, OrganisationError, Result};

impl Happening {
    pub(super) fn department_merger(&mut self) -> Result<()> {
        let mut departments: Vec<(usize, String)> = self
            .departments()
            .into_iter()
            .map(|(name, count)| (count, name))
            .collect();
        departments.sort();
        let larger = departments.split_off(departments.len() / 2);
        let picked = (self.pick_name(&departments), self.pick_name(&larger));
        let (Some(from), Some(into)) = picked else {
            return Err(OrganisationError::NoStory(
                "No departments can merge: there are fewer than two. Move somebody to another one first."
                    .to_owned(),
            ));
        };
        let moving = self.those(|person| person.text("department") == Some(&from));
        let staying = self.those(|person| person.text("department") == Some(&into));
        for id in &moving {
            self.org.move_to_department(id, Some(&into), self.now)?;
        }
        self.tell(format!(
            "{from} became part of {into}: {} moved.",
            people(moving.len())
        ));
        self.put_head_under(&moving, &staying)?;
        self.merge_groups(&from, &into, moving)
    }

    fn pick_name(&mut self, of: &[(usize, String)]) -> Option<String> {
        crate::generate::pick(&mut self.chance, of).map(|(_, name)| name.clone())
    }

    /// The head of those who move reports to the head of those who stay, unless it is the other way
    /// round already.
    fn put_head_under(&mut self, moving: &[ObjectId], staying: &[ObjectId]) -> Result<()> {
        let head = self.head_of(moving).or_else(|| moving.first().cloned());
        let new = self.head_of(staying).or_else(|| staying.first().cloned());
        let Some((head, new)) = head.zip(new) else {
            return Ok(());
        };
        match self.org.set_manager(&head, Some(&new), self.now) {
            Ok(()) => self.tell(format!(
                "{} now reports to {}.",
                self.name(&head),
                self.name(&new)
            )),
            Err(OrganisationError::Circle { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn merge_groups(&mut self, from: &str, into: &str, moving: Vec<ObjectId>) -> Result<()> {
        let named = |name: &str| {
            let mut groups = self.org.groups.values();
            groups
                .find(|group| group.display_name == name)
                .map(|group| group.id.clone())
        };
        let (old, new) = (named(from), named(into));
        if let Some(new) = new {
            self.org
                .add_members(&new, &moving.into_iter().collect(), self.now)?;
            self.tell(format!("They were added to the group {into}."));
            if let Some(old) = old {
                self.org.delete_group(&old, self.now)?;
                self.tell(format!("The group {from} was deleted."));
            }
        }
        Ok(())
    }

    /// Unassigns the groups that hold many, and then enough people, until at most a fifth of those
    /// who were assigned still are.
    pub(super) fn mass_scoping_mistake(&mut self) -> Result<()> {
        let before = self.org.assigned_people().len();
        if before == 0 {
            return Err(OrganisationError::NoStory(
                "Nobody can be unassigned by mistake: nobody is assigned. Assign people or a group first."
                    .to_owned(),
            ));
        }
        let goal = before / 5;
        let mut groups: Vec<(usize, ObjectId, String)> = self
            .org
            .groups
            .values()
            .filter(|group| self.org.assigned.contains(&group.id))
            .map(|group| (group.members.len(), group.id.clone(), group.display_name.clone()))
            .collect();
        groups.sort();
        while self.org.assigned_people().len() > goal {
            let Some((_, id, name)) = groups.pop() else { break };
            self.org.unassign(&BTreeSet::from([id]), self.now)?;
            self.tell(format!("The group {name} was unassigned."));
        }
        let left: Vec<ObjectId> = self.org.assigned_people().into_iter().cloned().collect();
        if left.len() > goal {
            let count = left.len() - goal;
            let unlucky = self.some_of(left, count);
            self.org.unassign(&unlucky, self.now)?;
            self.tell(format!("{} unassigned directly.", people(unlucky.len())));
        }
        let after = self.org.assigned_people().len();
        self.tell(format!("{after} of {before} people are still assigned."));
        Ok(())
    }
}
