//! Rows of reports, and what is held back.

use provisioning::explain;
use provisioning::holds;
use provisioning::plan;
use provisioning::reports::{Entry, Row};

use crate::view::{Consequence, Consequences, Explanation, HeldBy, HoldRow, ObjectKind, ReportRow, Target};

impl ReportRow {
    /// A stored row at its place.
    pub(crate) fn of(index: u64, row: Row) -> Self {
        let is_new = row.is_new;
        match row.entry {
            Entry::Change(change) => Self::of_change(index, change, is_new),
            Entry::Held(held) => Self {
                object: ObjectKind::Held,
                held_by: Some(held.by.into()),
                ..Self::of_change(index, held.change, is_new)
            },
            Entry::Skipped(notice) => Self::of_notice(index, ObjectKind::Skipped, notice, is_new),
            Entry::Warning(notice) => Self::of_notice(index, ObjectKind::Warning, notice, is_new),
        }
    }

    fn of_change(index: u64, change: plan::Change, is_new: bool) -> Self {
        let target = Target::from(&change.target);
        Self {
            index,
            object: target.object,
            action: Some(change.action.into()),
            reason: change.why.sentence(),
            name: change.name,
            detail: change.detail,
            fields: change.fields.into_iter().map(Into::into).collect(),
            unchanged: change.unchanged,
            is_new,
            target: Some(target),
            on_hold: false,
            held_by: None,
        }
    }

    fn of_notice(index: u64, object: ObjectKind, notice: plan::Notice, is_new: bool) -> Self {
        Self {
            index,
            object,
            action: None,
            reason: notice.why.sentence(),
            name: notice.name,
            detail: notice.detail,
            fields: Vec::new(),
            unchanged: 0,
            is_new,
            target: None,
            on_hold: false,
            held_by: None,
        }
    }
}

impl From<&plan::Target> for Target {
    fn from(target: &plan::Target) -> Self {
        let (object, group, account) = match target {
            plan::Target::User { account } => (ObjectKind::User, None, Some(account)),
            plan::Target::Group { group } => (ObjectKind::Group, Some(group), None),
            plan::Target::Membership { group, account } => {
                (ObjectKind::Membership, Some(group), Some(account))
            }
        };
        Self {
            object,
            group: group.cloned(),
            account: account.cloned(),
        }
    }
}

impl Target {
    /// What the engine calls it; `None` for what is none.
    pub(crate) fn to_engine(&self) -> Option<plan::Target> {
        let (group, account) = (self.group.clone(), self.account.clone());
        match self.object {
            ObjectKind::User => account.map(|account| plan::Target::User { account }),
            ObjectKind::Group => group.map(|group| plan::Target::Group { group }),
            ObjectKind::Membership => Some(plan::Target::Membership {
                group: group?,
                account: account?,
            }),
            ObjectKind::Held | ObjectKind::Skipped | ObjectKind::Warning => None,
        }
    }
}

impl From<plan::HeldBy> for HeldBy {
    fn from(by: plan::HeldBy) -> Self {
        match by {
            plan::HeldBy::Administrator => Self::Administrator,
            plan::HeldBy::Protected => Self::Protected,
        }
    }
}

impl From<Consequence> for plan::Consequence {
    fn from(consequence: Consequence) -> Self {
        match consequence {
            Consequence::LosesAccess => Self::LosesAccess,
            Consequence::GetsAccess => Self::GetsAccess,
            Consequence::ChangesAddress => Self::ChangesAddress,
            Consequence::ChangesManager => Self::ChangesManager,
            Consequence::JoinsGroup => Self::JoinsGroup,
            Consequence::LeavesGroup => Self::LeavesGroup,
        }
    }
}

impl From<plan::Consequences> for Consequences {
    fn from(counts: plan::Consequences) -> Self {
        Self {
            loses_access: counts.loses_access,
            gets_access: counts.gets_access,
            changes_address: counts.changes_address,
            changes_manager: counts.changes_manager,
            joins_group: counts.joins_group,
            leaves_group: counts.leaves_group,
        }
    }
}

impl From<holds::Hold> for HoldRow {
    fn from(hold: holds::Hold) -> Self {
        Self {
            target: (&hold.target).into(),
            action: hold.action.into(),
            name: hold.name,
            detail: hold.detail,
            since: hold.since.to_string(),
            run: hold.run,
        }
    }
}

impl From<explain::Explanation> for Explanation {
    fn from(explained: explain::Explanation) -> Self {
        Self {
            paragraph: explained.paragraph,
            account: explained.account,
            user: explained.user,
        }
    }
}
