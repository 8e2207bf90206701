//! The words of a plan: symbols, sentences and the text report. The window and the exports use
//! the same ones.

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
            Self::InactiveWithoutAccount => {
                "disabled in the identity provider, and there is no account to archive".to_owned()
            }
            Self::ConsoleManagedGroup => {
                "a console-managed group has this name, and those are left alone".to_owned()
            }
            Self::GroupTaken { name } => {
                format!("the console group {name} is matched by another directory group already")
            }
            Self::ManagerUnknown { id } => {
                format!(
                    "the manager {id} is not among the users sent; the manager fields stay blank until that user is in scope"
                )
            }
            Self::GuardRail { sentence } => sentence.clone(),
        }
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
    let mut out = String::new();
    legend(plan, &mut out);
    for change in &plan.changes {
        write_change(change, &mut out);
    }
    write_notices("Skipped", &plan.skipped, &mut out);
    write_notices("Warnings", &plan.warnings, &mut out);
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(&plan.counts()));
    out
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
    let _ = match &change.target {
        Target::User { .. } => writeln!(
            out,
            "{symbol} {} <{}>: {}",
            change.name,
            change.detail,
            change.why.sentence()
        ),
        Target::Group { .. } => writeln!(out, "{symbol} group {}: {}", change.name, change.why.sentence()),
        Target::Membership { .. } => {
            writeln!(
                out,
                "{symbol} {} in {}: {}",
                change.name,
                change.detail,
                change.why.sentence()
            )
        }
    };
    for field in change
        .fields
        .iter()
        .filter(|field| field.key != super::keys::STATE)
    {
        let _ = match (&field.before, &field.after) {
            (None, Some(after)) => writeln!(out, "    {}: {after:?}", field.label),
            (Some(before), None) => writeln!(out, "    {}: {before:?} → (blank)", field.label),
            (Some(before), Some(after)) => writeln!(out, "    {}: {before:?} → {after:?}", field.label),
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
        let _ = if notice.detail.is_empty() {
            writeln!(out, "  {}: {}", notice.name, notice.why.sentence())
        } else {
            writeln!(
                out,
                "  {} <{}>: {}",
                notice.name,
                notice.detail,
                notice.why.sentence()
            )
        };
    }
}
