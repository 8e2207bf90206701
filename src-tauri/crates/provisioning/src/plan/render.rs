//! The words of a plan: symbols, sentences and the text report. The window and the exports use
//! the same ones.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Action, Change, Counts, Notice, Plan, Reason, Target};

/// What is shown when there is nothing to do.
pub const EMPTY: &str = "No changes. The console already matches your identity provider.";

impl Action {
    /// `+ ~ − ↺`
    pub fn symbol(self) -> char {
        match self {
            Self::Create => '+',
            Self::Change => '~',
            Self::Archive => '−',
            Self::Restore => '↺',
        }
    }

    /// "create", "change", "archive", "restore".
    pub fn verb(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Archive => "archive",
            Self::Restore => "restore",
        }
    }
}

impl Target {
    /// "User", "Group" or "Membership".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::User { .. } => "User",
            Self::Group { .. } => "Group",
            Self::Membership { .. } => "Membership",
        }
    }

    /// The id of the account or group; of a membership, the account's.
    pub fn id(&self) -> &String {
        match self {
            Self::User { account } | Self::Membership { account, .. } => account,
            Self::Group { group } => group,
        }
    }
}

impl Reason {
    /// Why, as a clause that can follow "because" and ends without a period.
    pub fn sentence(&self) -> String {
        match self {
            Self::New => "new in the identity provider".to_owned(),
            Self::AttributesDiffer => "the identity provider has other values".to_owned(),
            Self::Deactivated => "disabled in the identity provider (active is false)".to_owned(),
            Self::Absent => "not present in the identity provider".to_owned(),
            Self::DeletedSoftly => {
                "deleted in the identity provider, which has put 32 digits before the userName".to_owned()
            }
            Self::AddressGivenUp { address, to } => {
                format!("the address {address} is that of {to} from now on; the archived account gives it up")
            }
            Self::ActiveAgain => "active again in the identity provider".to_owned(),
            Self::MemberInDirectory => "a member in the identity provider".to_owned(),
            Self::MemberNotInDirectory => "no longer a member in the identity provider".to_owned(),
            Self::NoEmailAddress { user_name } => format!(
                "userName \"{user_name}\" is no e-mail address; map userName to an address at the identity provider"
            ),
            Self::AddressTaken { address, by } => {
                format!(
                    "the address {address} is held by the account of {by}; change one of the two addresses"
                )
            }
            Self::AccountTaken { address, by } => {
                format!(
                    "the account {address} is matched by {by} already; two directory users mean the same account"
                )
            }
            Self::Exempt => "the account is exempt from provisioning".to_owned(),
            Self::ExemptAddress => {
                "the address is on the exempt list, so no account is made for it".to_owned()
            }
            Self::InactiveWithoutAccount => {
                "disabled in the identity provider, and there is no account to archive".to_owned()
            }
            Self::ConsoleManagedGroup => {
                "a console-managed group has this name, and those are left alone".to_owned()
            }
            Self::GroupTaken { name } => {
                format!("the console group {name} is matched by another directory group already")
            }
            Self::ManagerUnknown { .. }
            | Self::ManagerWithoutAddress { .. }
            | Self::NestedGroups { .. }
            | Self::GuardRail { .. } => self.sentence_of_warning(),
            Self::Undone { .. }
            | Self::ChangedSince { .. }
            | Self::AsBefore { .. }
            | Self::NotKept { .. }
            | Self::OnHold
            | Self::Protected
            | Self::MembershipSince
            | Self::MembershipLost => self.sentence_of_undo(),
        }
    }

    fn sentence_of_warning(&self) -> String {
        match self {
            Self::ManagerUnknown { id } => {
                format!(
                    "the manager {id} is not among the users sent; the manager fields stay blank until that user is in scope"
                )
            }
            Self::ManagerWithoutAddress { user_name } => {
                format!(
                    "the manager's userName \"{user_name}\" is no e-mail address, so the manager's address stays blank"
                )
            }
            Self::NestedGroups { count, first } => {
                let (groups, who) = match count {
                    1 => (format!("the group {first}"), "its people"),
                    _ => (format!("{count} groups, {first} among them,"), "their people"),
                };
                format!(
                    "it has {groups} as members, and the console has no groups in groups, so {who} are not added by it; make them direct members at the identity provider"
                )
            }
            Self::GuardRail { sentence } => sentence.clone(),
            _ => String::new(),
        }
    }

    fn sentence_of_undo(&self) -> String {
        match self {
            Self::Undone { run, removed: true } => {
                format!("sync {run} is undone; it had made this, so it is removed")
            }
            Self::Undone { run, removed: false } => format!("sync {run} is undone"),
            Self::ChangedSince {
                run,
                fields,
                by,
                can_be_undone,
            } => {
                let advice = if *can_be_undone {
                    "; undo that one first"
                } else {
                    ""
                };
                changed_since(*run, fields, *by) + advice
            }
            Self::AsBefore { run } => format!("it is as it was before sync {run} already"),
            Self::NotKept { run } => format!("how it was before sync {run} is not kept"),
            Self::OnHold => "it is on hold, so it stays as it is; release it first".to_owned(),
            Self::Protected => {
                "the account is protected, so it is not archived; take the protection away first".to_owned()
            }
            Self::MembershipSince => {
                "it would be removed, but has got memberships since; take those away first".to_owned()
            }
            Self::MembershipLost => "the account or the group is not there any more".to_owned(),
            _ => String::new(),
        }
    }
}

fn changed_since(run: u64, fields: &[String], by: Option<u64>) -> String {
    let what = match fields {
        [] => "it was changed again".to_owned(),
        [one] => format!("{one} was changed again"),
        many => format!("{} were changed again", many.join(", ")),
    };
    match by {
        Some(by) => format!("{what} by sync {by}, after sync {run}"),
        None => format!("{what} by an administrator, after sync {run}"),
    }
}

/// The plan in one sentence: `Plan: 3 to create, 1 to change, 2 to archive, 1 to restore.`
///
/// It counts people. Groups and memberships are named only where no person changes, since the
/// sentence would else say that nothing does.
pub fn summary(counts: &Counts) -> String {
    let users = counts.users;
    if users.total() > 0 {
        return format!(
            "Plan: {} to create, {} to change, {} to archive, {} to restore.",
            users.created, users.changed, users.archived, users.restored
        );
    }
    let (groups, memberships) = (counts.groups.total(), counts.memberships.total());
    if groups + memberships > 0 {
        let (groups, memberships) = (
            counted(groups, "group change"),
            counted(memberships, "membership change"),
        );
        return format!("Plan: no account changes; {groups} and {memberships}.");
    }
    match counts.held {
        0 => {}
        1 => return "No changes. One is on hold.".to_owned(),
        held => return format!("No changes. {held} are on hold."),
    }
    match counts.skipped {
        0 => EMPTY.to_owned(),
        1 => "No changes. One was left alone, with the reason.".to_owned(),
        skipped => format!("No changes. {skipped} were left alone, each with the reason."),
    }
}

/// `1 group change`, `2 group changes`.
pub fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A plan as text: legend of the symbols used, the changes, what was left alone, the summary.
pub fn text(plan: &Plan) -> String {
    report(plan, &summary(&plan.counts()))
}

/// The same with another summary.
pub fn report(plan: &Plan, summary: &str) -> String {
    let mut out = String::new();
    legend(plan, &mut out);
    for change in &plan.changes {
        write_change(change, &mut out);
    }
    if !plan.held.is_empty() {
        let _ = writeln!(out, "\nOn hold:");
    }
    for held in &plan.held {
        write_change(&held.change, &mut out);
        let _ = writeln!(out, "    {}", held.by.sentence());
    }
    write_notices("Skipped", &plan.skipped, &mut out);
    write_notices("Warnings", &plan.warnings, &mut out);
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{summary}");
    out
}

/// Text from the identity provider for a terminal: what would move the cursor, colour the screen
/// or begin a line of its own is shown as its escape.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if character.is_control() {
            plain.extend(character.escape_debug());
        } else {
            plain.push(character);
        }
    }
    plain.into()
}

fn legend(plan: &Plan, out: &mut String) {
    let used = [Action::Create, Action::Change, Action::Archive, Action::Restore]
        .into_iter()
        .filter(|action| plan.changes.iter().any(|change| change.action == *action))
        .map(|action| format!("{} {}", action.symbol(), action.verb()))
        .collect::<Vec<_>>();
    if !used.is_empty() {
        let _ = writeln!(out, "{}\n", used.join("   "));
    }
}

fn write_change(change: &Change, out: &mut String) {
    let symbol = change.action.symbol();
    let why = change.why.sentence();
    let [name, detail, why] = [&change.name, &change.detail, &why].map(|text| plain(text));
    let _ = match &change.target {
        Target::User { .. } => writeln!(out, "{symbol} {name} <{detail}>: {why}"),
        Target::Group { .. } => writeln!(out, "{symbol} group {name}: {why}"),
        Target::Membership { .. } => writeln!(out, "{symbol} {name} in {detail}: {why}"),
    };
    for field in change
        .fields
        .iter()
        .filter(|field| field.key != super::keys::STATE)
    {
        let label = plain(&field.label);
        let _ = match (&field.before, &field.after) {
            (None, Some(after)) => writeln!(out, "    {label}: {after:?}"),
            (Some(before), None) => writeln!(out, "    {label}: {before:?} → (blank)"),
            (Some(before), Some(after)) => writeln!(out, "    {label}: {before:?} → {after:?}"),
            (None, None) => Ok(()),
        };
    }
}

fn write_notices(heading: &str, notices: &[Notice], out: &mut String) {
    if notices.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}:");
    for notice in notices {
        let why = notice.why.sentence();
        let [name, detail, why] = [&notice.name, &notice.detail, &why].map(|text| plain(text));
        let _ = if detail.is_empty() {
            writeln!(out, "  {name}: {why}")
        } else {
            writeln!(out, "  {name} <{detail}>: {why}")
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_neither_moves_the_cursor_nor_makes_a_line() {
        let evil = "Mara\u{1b}[2J\r\nPlan: 0 to create\u{9b}".to_owned();
        let notice = Notice {
            name: evil.clone(),
            detail: evil.clone(),
            why: Reason::GroupTaken { name: evil.clone() },
        };
        let change = |target| Change {
            action: Action::Create,
            target,
            directory: None,
            name: evil.clone(),
            detail: evil.clone(),
            why: Reason::GuardRail {
                sentence: evil.clone(),
            },
            fields: vec![super::super::FieldChange {
                key: "title".to_owned(),
                label: evil.clone(),
                path: String::new(),
                before: Some(evil.clone()),
                after: Some(evil.clone()),
            }],
            unchanged: 0,
        };
        let (account, group) = (evil.clone(), evil.clone());
        let plan = Plan {
            changes: vec![
                change(Target::User {
                    account: account.clone(),
                }),
                change(Target::Group { group: group.clone() }),
                change(Target::Membership { group, account }),
            ],
            skipped: vec![notice.clone()],
            warnings: vec![notice],
            ..Plan::default()
        };
        let text = text(&plan);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert_eq!(text.lines().filter(|line| line.starts_with("Plan:")).count(), 1);
        assert_eq!(plain("ünïcode – fine"), "ünïcode – fine");
    }
}
