//! Accounts from a CSV file: all of it, or nothing and a list of the lines that are wrong.
//!
//! The headings are the field keys or their labels in any case (`Email` is required; also
//! `Aliases`, `State`, `Managed by`, `Exempt`, `Protected`). A column that is there sets the field, an
//! empty cell clears it; a column that is absent leaves the field alone.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::Timestamp;

use super::{Account, ManagedBy, State, fold};
use crate::error::{Error, Result, RowError};
use crate::files::from_cell;
use crate::mapping;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Accounts that are new.
    pub created: u64,
    /// Accounts that were there and have changed.
    pub changed: u64,
    /// Accounts that are as in the file already.
    pub unchanged: u64,
}

/// What a column sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Email,
    Aliases,
    State,
    ManagedBy,
    Exempt,
    Protected,
    Field(&'static str),
}

/// One row that can be taken: the address, and what each cell sets.
pub struct Row {
    line: u64,
    email: String,
    cells: Vec<(Column, String)>,
}

/// Reads the rows of a CSV file. Fails with [`Error::File`] if it cannot be read and with
/// [`Error::Import`] if any row, or the header, cannot be taken.
pub fn read_csv(path: &Path) -> Result<Vec<Row>> {
    parse(read_text(path)?.trim_start_matches('\u{feff}'))
}

/// The text of a CSV file.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let file = |reason| Error::File {
        path: path.to_owned(),
        doing: "read",
        reason,
    };
    let bytes = std::fs::read(path).map_err(file)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = good.split(|byte| *byte == b'\n').count() as u64;
        one_row(line, "The file is not UTF-8. Save it as \"CSV UTF-8\".")
    })
}

fn parse(text: &str) -> Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| one_row(1, error.to_string()))?
        .clone();
    let columns = read_header(&header)?;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashMap::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                match read_row(&columns, &record).and_then(|row| first_of_its_address(row, line, &mut seen)) {
                    Ok(row) => rows.push(row),
                    Err(message) => wrong.push(RowError { line, message }),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                wrong.push(RowError {
                    line,
                    message: format!("This is not CSV: {error}."),
                });
            }
        }
    }
    if wrong.is_empty() {
        Ok(rows)
    } else {
        Err(Error::Import(wrong))
    }
}

pub(super) fn one_row(line: u64, message: impl Into<String>) -> Error {
    Error::Import(vec![RowError {
        line,
        message: message.into(),
    }])
}

fn read_header(header: &csv::StringRecord) -> Result<Vec<Option<Column>>> {
    let columns: Vec<_> = header.iter().map(column).collect();
    if !columns.contains(&Some(Column::Email)) {
        return Err(one_row(
            1,
            "The header has no column \"Email\". Name the columns in the first line: Email, First name, Last name, …",
        ));
    }
    Ok(columns)
}

/// Which column a heading names; an unknown one is passed over.
fn column(heading: &str) -> Option<Column> {
    let plain: String = heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    match plain.as_str() {
        "email" | "emailaddress" | "mail" => Some(Column::Email),
        "aliases" | "aliasaddresses" => Some(Column::Aliases),
        "state" => Some(Column::State),
        "managedby" => Some(Column::ManagedBy),
        "exempt" => Some(Column::Exempt),
        "protected" => Some(Column::Protected),
        _ => mapping::FIELDS
            .iter()
            .find(|field| {
                let label: String = field
                    .label
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect();
                label == plain || field.key.eq_ignore_ascii_case(&plain)
            })
            .map(|field| Column::Field(field.key)),
    }
}

fn read_row(columns: &[Option<Column>], record: &csv::StringRecord) -> Result<Row, String> {
    if record.len() > columns.len() {
        return Err(format!(
            "It has {} cells, the header has {}. Put cells that hold a comma between quotes.",
            record.len(),
            columns.len()
        ));
    }
    let mut row = Row {
        line: record.position().map_or(0, csv::Position::line),
        email: String::new(),
        cells: Vec::new(),
    };
    for (column, cell) in columns.iter().zip(record.iter().map(from_cell)) {
        match column {
            Some(Column::Email) => cell.clone_into(&mut row.email),
            Some(column) => row.cells.push((checked(*column, cell)?, cell.to_owned())),
            None => {}
        }
    }
    if !is_email(&row.email) {
        return Err(format!(
            "\"{}\" is no e-mail address. Write one such as adelev@contoso.com.",
            row.email
        ));
    }
    Ok(row)
}

fn checked(column: Column, cell: &str) -> Result<Column, String> {
    let wrong = match column {
        Column::State if state(cell).is_none() => "Write Active or Archived in the column State",
        Column::ManagedBy if !cell.is_empty() && ManagedBy::parse(cell).is_none() => {
            "Write Console, SCIM or ADI in the column Managed by"
        }
        Column::Exempt if flag(cell).is_none() => "Write yes or no in the column Exempt",
        Column::Protected if flag(cell).is_none() => "Write yes or no in the column Protected",
        Column::Aliases if !aliases(cell).iter().all(|alias| is_email(alias)) => {
            "Write e-mail addresses, separated by semicolons, in the column Aliases"
        }
        _ => return Ok(column),
    };
    Err(format!("{wrong}; \"{cell}\" is not understood."))
}

fn first_of_its_address(row: Row, line: u64, seen: &mut HashMap<String, u64>) -> Result<Row, String> {
    match seen.insert(fold(&row.email), line) {
        Some(earlier) => Err(format!(
            "The address {} is on line {earlier} already. Keep one of the two.",
            row.email
        )),
        None => Ok(row),
    }
}

/// Whether text can be the address of an account: one `@`, something before it, and a domain.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.is_empty()
        && !local.contains('@')
        && !text.trim().contains(char::is_whitespace)
        && domain.split('.').all(|label| !label.is_empty())
}

fn state(cell: &str) -> Option<State> {
    match fold(cell).as_str() {
        "" | "active" => Some(State::Active),
        "archived" => Some(State::Archived),
        _ => None,
    }
}

fn flag(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "" | "no" | "false" => Some(false),
        "yes" | "true" => Some(true),
        _ => None,
    }
}

fn aliases(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(str::trim)
        .filter(|alias| !alias.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What the rows make of the accounts there are: the counts, and the accounts to store. Fails
/// with [`Error::Import`] if two active accounts would share an address.
pub(crate) fn take_rows(
    existing: &[Account],
    rows: &[Row],
    new_id: impl Fn() -> String,
    now: Timestamp,
) -> Result<(Imported, Vec<Account>)> {
    let by_address = by_address(existing);
    let (mut imported, mut changed) = (Imported::default(), Vec::new());
    for row in rows {
        let before = by_address.get(&fold(&row.email)).copied();
        let mut after = row.apply_to(before, new_id(), now);
        match before {
            None => imported.created += 1,
            Some(before) if *before == after => {
                imported.unchanged += 1;
                continue;
            }
            Some(_) => imported.changed += 1,
        }
        after.changed = now;
        changed.push((row.line, after));
    }
    let shared = shared_addresses(existing, &changed);
    if shared.is_empty() {
        Ok((
            imported,
            changed.into_iter().map(|(_, account)| account).collect(),
        ))
    } else {
        Err(Error::Import(shared))
    }
}

/// An active account wins over an archived one of the same address.
fn by_address(accounts: &[Account]) -> HashMap<String, &Account> {
    let mut found = HashMap::new();
    for wanted in [State::Active, State::Archived] {
        for account in accounts.iter().filter(|account| account.state == wanted) {
            found.entry(fold(&account.email)).or_insert(account);
        }
    }
    found
}

/// The rows after which two active accounts would have an address in common.
fn shared_addresses(existing: &[Account], changed: &[(u64, Account)]) -> Vec<RowError> {
    let replaced: HashSet<&str> = changed.iter().map(|(_, account)| account.id.as_str()).collect();
    let kept = existing
        .iter()
        .filter(|account| !replaced.contains(account.id.as_str()));
    let mut holders: HashMap<String, &Account> = kept
        .filter(|account| account.state == State::Active)
        .flat_map(|account| account.addresses().map(move |address| (address, account)))
        .collect();
    let mut wrong = Vec::new();
    for (line, account) in changed
        .iter()
        .filter(|(_, account)| account.state == State::Active)
    {
        for address in account.addresses() {
            match holders.get(&address) {
                Some(other) if other.id != account.id => wrong.push(RowError {
                    line: *line,
                    message: format!(
                        "The address {address} is held by the active account {} already. Take it from one of the two.",
                        other.email
                    ),
                }),
                _ => {
                    holders.insert(address, account);
                }
            }
        }
    }
    wrong.sort_by_key(|row| row.line);
    wrong
}

impl Row {
    /// `account` as this row wants it; a new one when there is none.
    fn apply_to(&self, account: Option<&Account>, id: String, now: Timestamp) -> Account {
        let mut after = account.cloned().unwrap_or_else(|| Account {
            id,
            email: self.email.clone(),
            aliases: Vec::new(),
            state: State::Active,
            managed_by: ManagedBy::Console,
            exempt: false,
            protected: false,
            link: None,
            fields: std::collections::BTreeMap::new(),
            changed: now,
        });
        for (column, cell) in &self.cells {
            set(&mut after, *column, cell);
        }
        after
    }
}

fn set(account: &mut Account, column: Column, cell: &str) {
    match column {
        Column::Email => {}
        Column::Aliases => account.aliases = aliases(cell),
        Column::State => account.state = state(cell).unwrap_or(account.state),
        Column::ManagedBy => account.managed_by = ManagedBy::parse(cell).unwrap_or(account.managed_by),
        Column::Exempt => account.exempt = flag(cell).unwrap_or(account.exempt),
        Column::Protected => account.protected = flag(cell).unwrap_or(account.protected),
        Column::Field(key) if cell.is_empty() => {
            account.fields.remove(key);
        }
        Column::Field(key) => {
            account.fields.insert(key.to_owned(), cell.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
