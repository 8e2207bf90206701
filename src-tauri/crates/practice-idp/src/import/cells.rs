//! One row of a table as somebody.

use jiff::Timestamp;

use super::addresses::{COLLECTION, entries};
use super::columns::{Columns, Field};
use super::warnings::Warnings;
use super::{Draft, Kind, dn};

/// Flag in `userAccountControl`: the account is disabled.
const DISABLED: i64 = 0x2;

/// Somebody, or nobody if the row is about something else; or what is wrong with it.
pub(super) fn read_row(
    record: &csv::StringRecord,
    line: u64,
    columns: &Columns,
    now: Timestamp,
    warnings: &mut Warnings,
) -> Result<Option<Draft>, String> {
    let mut draft = Draft {
        line,
        may_be_nameless: columns.kind == Kind::ActiveDirectory,
        ..Draft::default()
    };
    for (field, cell) in columns.fields.iter().zip(record.iter()) {
        let cell = match columns.kind {
            Kind::Console => from_spreadsheet(cell),
            _ => cell,
        };
        if cell.contains(COLLECTION) {
            warnings.line(
                line,
                "A cell holds the name of a PowerShell collection instead of its values, and was left out. Join the values before Export-Csv: @{n='proxyAddresses';e={$_.proxyAddresses -join ';'}}",
            );
        } else if *field == Field::Class && !is_person(cell) {
            warnings.line(line, "A row that is no person was left out.");
            return Ok(None);
        } else if !cell.is_empty() {
            set(&mut draft, field, cell, now, warnings)?;
        }
    }
    Ok(Some(draft))
}

/// The last class is the most particular one, where several were joined.
fn is_person(class: &str) -> bool {
    let last = class.rsplit([';', '|', ',']).next().unwrap_or_default().trim();
    ["", "user", "person", "inetorgperson"].contains(&last.to_lowercase().as_str())
}

/// The text of a cell that was kept from being run as a formula by an apostrophe before it.
fn from_spreadsheet(cell: &str) -> &str {
    let is_formula = |text: &str| text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    cell.strip_prefix('\'')
        .filter(|rest| is_formula(rest))
        .unwrap_or(cell)
}

/// Sets what a value that is not empty sets; or what is wrong with it.
pub(super) fn set(
    draft: &mut Draft,
    field: &Field,
    value: &str,
    now: Timestamp,
    warnings: &mut Warnings,
) -> Result<(), String> {
    match field {
        Field::Text(name) => draft.set(name, value),
        Field::Address => {
            draft.set("userPrincipalName", value);
            draft.set("mail", value);
        }
        Field::Id => match object_id(value) {
            Some(id) => draft.id = Some(id),
            None => warnings.line(
                draft.line,
                "An object id is no UUID, so the person was given another one.",
            ),
        },
        Field::Dn => draft.dn = Some(dn::plain(value)),
        Field::Enabled => draft.is_disabled |= !yes_or_no(value)?,
        Field::Blocked => draft.is_disabled |= yes_or_no(value)?,
        Field::Status => draft.is_disabled |= !is_active(value, draft.line, warnings),
        Field::AccountControl => {
            let flags: i64 = value
                .parse()
                .map_err(|_| format!("userAccountControl is a number such as 512, not \"{value}\"."))?;
            draft.is_disabled |= flags & DISABLED != 0;
        }
        Field::Manager => {
            draft.manager.get_or_insert_with(|| value.to_owned());
        }
        Field::Addresses => draft
            .addresses
            .extend(entries(value).into_iter().map(str::to_owned)),
        Field::Aliases => draft.addresses.extend(aliases(value)),
        Field::Groups => draft.groups.extend(groups(value)),
        Field::Deleted => draft.deleted = Some(since(value, now, draft.line, warnings)),
        Field::AccountName => draft.account_name = Some(value.to_owned()),
        Field::CommonName => draft.common_name = Some(value.to_owned()),
        Field::Class | Field::Password | Field::Nothing => {}
    }
    Ok(())
}

/// A UUID; also as `csvde` writes its bytes, `X'0f…'`.
fn object_id(value: &str) -> Option<uuid::Uuid> {
    let hex = value.strip_prefix("X'").and_then(|rest| rest.strip_suffix('\''));
    match hex {
        Some(hex) => {
            let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
            uuid::Uuid::from_slice_le(&bytes).ok()
        }
        None => uuid::Uuid::parse_str(value).ok(),
    }
}

fn yes_or_no(value: &str) -> Result<bool, String> {
    match value.to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(format!("\"{value}\" is neither yes nor no. Write TRUE or FALSE.")),
    }
}

fn is_active(value: &str, line: u64, warnings: &mut Warnings) -> bool {
    match value.to_lowercase().as_str() {
        "active" => true,
        "suspended" | "inactive" | "disabled" | "archived" | "deprovisioned" | "deactivated" => false,
        _ => {
            warnings.line(
                line,
                format!("The status \"{value}\" is not known and was read as active."),
            );
            true
        }
    }
}

/// Addresses without a scheme; each becomes an alias.
fn aliases(value: &str) -> Vec<String> {
    let words = value.split(|letter: char| ";|,".contains(letter) || letter.is_whitespace());
    words
        .filter(|word| !word.is_empty())
        .map(|word| format!("smtp:{word}"))
        .collect()
}

/// Distinguished names, or plain ones between semicolons or bars.
fn groups(value: &str) -> Vec<String> {
    if dn::is_dn(value) {
        return dn::split(value);
    }
    let names = value.split([';', '|', '\n']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// When somebody was deleted. Microsoft writes such times as the administrator's language has them;
/// what cannot be read, or lies ahead, is taken for now.
fn since(value: &str, now: Timestamp, line: u64, warnings: &mut Warnings) -> Timestamp {
    match value.parse::<Timestamp>() {
        Ok(since) if since <= now => since,
        _ => {
            warnings.line(
                line,
                "The time of a deletion could not be read and was taken for now.",
            );
            now
        }
    }
}
