//! Accounts from a CSV file: all of it, or nothing and a list of the lines that are wrong.
//!
//! The headings are the field keys or their labels in any case (`Email` is required; also
//! `Aliases`, `State`, `Managed by`, `Exempt`). A column that is there sets the field, an empty
//! cell clears it; a column that is absent leaves the field alone.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;

use super::{Account, ManagedBy, State, fold};
use crate::error::{Error, Result, RowError};
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
    Field(&'static str),
}

/// One row that can be taken: the address, and what each cell sets.
pub struct Row {
    email: String,
    cells: Vec<(Column, String)>,
}

/// Reads the rows of a CSV file. Fails with [`Error::File`] if it cannot be read and with
/// [`Error::Import`] if any row, or the header, cannot be taken.
pub fn read_csv(path: &Path) -> Result<Vec<Row>> {
    let file = |reason| Error::File {
        path: path.to_owned(),
        doing: "read",
        reason,
    };
    let bytes = std::fs::read(path).map_err(file)?;
    let text = String::from_utf8_lossy(&bytes);
    parse(text.trim_start_matches('\u{feff}'))
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

fn one_row(line: u64, message: impl Into<String>) -> Error {
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
        email: String::new(),
        cells: Vec::new(),
    };
    for (column, cell) in columns.iter().zip(record) {
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

impl Row {
    /// The address that says which account is meant.
    pub(crate) fn email(&self) -> &str {
        &self.email
    }

    /// `account` as this row wants it; a new one when there is none.
    pub(crate) fn apply_to(&self, account: Option<&Account>, id: String, now: Timestamp) -> Account {
        let mut after = account.cloned().unwrap_or_else(|| Account {
            id,
            email: self.email.clone(),
            aliases: Vec::new(),
            state: State::Active,
            managed_by: ManagedBy::Console,
            exempt: false,
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
        Column::Field(key) if cell.is_empty() => {
            account.fields.remove(key);
        }
        Column::Field(key) => {
            account.fields.insert(key.to_owned(), cell.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn refusal(text: &str) -> String {
        match parse(text) {
            Err(error) => error.to_string(),
            Ok(rows) => panic!("{} rows were taken", rows.len()),
        }
    }

    #[test]
    fn headings_are_keys_or_labels_in_any_case() {
        let rows = parse("E-mail address,Job Title,department,Shoe size\nmara@contoso.example,Analyst,,44\n")
            .unwrap();
        let account = rows[0].apply_to(None, "a1".into(), Timestamp::UNIX_EPOCH);
        assert_eq!(
            account.fields.get("jobTitle").map(String::as_str),
            Some("Analyst")
        );
        assert!(!account.fields.contains_key("department"), "an empty cell clears");
    }

    #[test]
    fn bad_rows_are_named_by_line_and_nothing_is_taken() {
        expect![[r#"
            Nothing was imported. 4 rows cannot be taken:
            Line 3: "jonas" is no e-mail address. Write one such as adelev@contoso.com.
            Line 4: Write Active or Archived in the column State; "gone" is not understood.
            Line 5: The address MARA@contoso.example is on line 2 already. Keep one of the two.
            Line 6: It has 3 cells, the header has 2. Put cells that hold a comma between quotes."#]]
        .assert_eq(&refusal(
            "Email,State\nmara@contoso.example,Active\njonas,Active\nana@contoso.example,gone\nMARA@contoso.example,\nx@y.example,Active,z\n",
        ));
        expect![[r#"
            Nothing was imported. One row cannot be taken:
            Line 1: The header has no column "Email". Name the columns in the first line: Email, First name, Last name, …"#]]
        .assert_eq(&refusal("Name\nMara\n"));
    }

    #[test]
    fn addresses() {
        for good in [
            "a@b.c",
            "adelev@contoso.com",
            "o'neil+x@sub.contoso.example",
            "müller@contoso.example",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.c", "a@", "a b@c.d", "a@b@c.d", "a@b..c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
