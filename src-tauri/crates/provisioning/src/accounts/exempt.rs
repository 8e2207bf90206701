//! The exempt list: addresses of people whom provisioning leaves alone. An account with such an
//! address is not changed, and none is made for one.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::import::{is_email, one_row, read_text};
use super::{Console, fold};
use crate::error::{Error, Result, RowError};
use crate::files::from_cell;
use crate::store::{Key, Space, Store};

/// One address of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExemptAddress {
    /// As it was written.
    pub address: String,
    /// Since when.
    pub since: Timestamp,
}

/// Reads addresses from a CSV file: of the column `Email` where the first line names one, else
/// the first column. Fails with [`Error::File`] if it cannot be read, and with [`Error::Import`]
/// if any line holds no address.
pub fn read_addresses(path: &Path) -> Result<Vec<String>> {
    addresses(&read_text(path)?)
}

fn addresses(text: &str) -> Result<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let (mut found, mut wrong, mut column) = (Vec::new(), Vec::new(), 0);
    for (place, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| one_row(place as u64 + 1, format!("This is not CSV: {error}.")))?;
        let line = record.position().map_or(0, csv::Position::line);
        if place == 0
            && let Some(heading) = record.iter().position(is_heading)
        {
            column = heading;
            continue;
        }
        let cell = from_cell(record.get(column).unwrap_or_default());
        if is_email(cell) {
            found.push(cell.to_owned());
        } else {
            wrong.push(RowError {
                line,
                message: format!("\"{cell}\" is no e-mail address. Write one such as adelev@contoso.com."),
            });
        }
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(Error::Import(wrong))
    }
}

fn is_heading(cell: &str) -> bool {
    let plain: String = cell.chars().filter(|c| c.is_alphanumeric()).collect();
    ["email", "emailaddress", "mail", "address"].contains(&plain.to_lowercase().as_str())
}

/// Where an address of the list is stored.
pub(crate) fn exempt_key(address: &str) -> Key {
    Key::named(Space::Exempt, &fold(address))
}

/// The whole list, by address.
pub(crate) fn read_exempt(store: &Store) -> Result<Vec<ExemptAddress>> {
    store
        .scan::<ExemptAddress>(&Key::all(Space::Exempt))
        .map(|entry| Ok(entry?.1))
        .collect()
}

/// The folded addresses of the list; the accounts that have one of them become exempt in
/// `console`, which is only read by a plan.
pub(crate) fn heed_exempt(store: &Store, console: &mut Console) -> Result<BTreeSet<String>> {
    let listed: BTreeSet<String> = read_exempt(store)?
        .iter()
        .map(|entry| fold(&entry.address))
        .collect();
    if !listed.is_empty() {
        for account in &mut console.accounts {
            let is_listed = account.addresses().any(|address| listed.contains(&address));
            account.exempt |= is_listed;
        }
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_column_of_addresses_with_or_without_a_heading() {
        let both = ["a@contoso.com".to_owned(), "b@contoso.com".to_owned()];
        for text in [
            "a@contoso.com\nb@contoso.com\n",
            "\u{feff}Email\na@contoso.com\n\nb@contoso.com",
            "Name,E-mail address\nAna,a@contoso.com\nBo,b@contoso.com\n",
        ] {
            assert_eq!(addresses(text).unwrap(), both, "{text:?}");
        }
        assert_eq!(addresses("").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_line_without_an_address_is_named() {
        let refused = addresses("Email\na@contoso.com\nnobody\n")
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("Line 3") && refused.contains("nobody"),
            "{refused}"
        );
    }
}
