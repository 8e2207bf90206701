//! An administrator's own export becomes an organisation to practise with. The kind is recognised by
//! its headings (source: identity-providers reference §7.2), columns may stand in any order and any
//! case, and the file is taken whole or not at all. Passwords are never read.

mod addresses;
mod assemble;
mod cells;
mod columns;
mod dn;
mod entries;
mod ldif;
mod table;
mod text;
mod warnings;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::organisation::Organisation;

pub use warnings::Warning;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 128 * 1024 * 1024;
/// The most people and groups a file may hold.
pub const MAX_OBJECTS: usize = 200_000;
/// How many wrong lines are told of; what comes after them is not looked at.
pub const MAX_ERRORS: usize = 100;

/// What an export came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Entra's template for creating people in bulk.
    EntraTemplate,
    /// "Download users" in Entra.
    EntraDownload,
    /// "Export users" in the Microsoft 365 admin center.
    Microsoft365,
    /// "Download users" in Google's Admin console.
    Google,
    /// Okta's template for importing people.
    Okta,
    /// `Get-ADUser` piped into `Export-Csv`, or what `csvde` writes.
    ActiveDirectory,
    /// What `ldifde` and `ldapsearch` write.
    Ldif,
    /// The console's own CSV of people.
    Console,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::EntraTemplate,
        Self::EntraDownload,
        Self::Microsoft365,
        Self::Google,
        Self::Okta,
        Self::ActiveDirectory,
        Self::Ldif,
        Self::Console,
    ];

    /// What it is called in sentences.
    pub fn label(self) -> &'static str {
        match self {
            Self::EntraTemplate => "Entra bulk create template",
            Self::EntraDownload => "Entra user download",
            Self::Microsoft365 => "Microsoft 365 user export",
            Self::Google => "Google Workspace user export",
            Self::Okta => "Okta user CSV",
            Self::ActiveDirectory => "Get-ADUser CSV",
            Self::Ldif => "LDIF",
            Self::Console => "console user CSV",
        }
    }
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What the file was recognised as.
    pub kind: Kind,
    /// Its people and groups, stamped with the time of the import, and all assigned. It bears the
    /// domain that most of them have.
    pub organisation: Organisation,
    /// What was left out or put right.
    pub warnings: Vec<Warning>,
}

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {sentence}")]
pub struct ImportError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it and what to do.
    pub sentence: String,
}

impl ImportError {
    fn new(line: u64, sentence: impl Into<String>) -> Self {
        Self {
            line,
            sentence: sentence.into(),
        }
    }
}

/// Reads an export. Fails with what is wrong in each line; nothing of the file is used then. The same
/// person gets the same object id each time, from the file or from the userPrincipalName.
pub fn import(bytes: &[u8], now: Timestamp) -> Result<Imported, Vec<ImportError>> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES / 1024 / 1024;
        let sentence = format!("The file is larger than {limit} MB. Export fewer people or fewer columns.");
        return Err(vec![ImportError::new(1, sentence)]);
    }
    let decoded = text::decode(bytes);
    let mut found = Found::default();
    let kind = if ldif::is_ldif(&decoded.text) {
        entries::read(&decoded.text, &mut found);
        Kind::Ldif
    } else {
        table::read(&decoded.text, now, &mut found).map_err(|error| vec![error])?
    };
    if let Some(line) = decoded.not_utf8.filter(|_| kind != Kind::Console) {
        let sentence = "The file is not UTF-8. Save it as \"CSV UTF-8\", or export it with -Encoding UTF8.";
        return Err(vec![ImportError::new(line, sentence)]);
    }
    let organisation = assemble::organisation(&mut found, now);
    if found.errors.is_empty() {
        Ok(Imported {
            kind,
            organisation,
            warnings: found.warnings.into_list(),
        })
    } else {
        found.errors.sort_by_key(|error| error.line);
        Err(found.errors)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    people: Vec<Draft>,
    groups: Vec<GroupDraft>,
    errors: Vec<ImportError>,
    warnings: warnings::Warnings,
}

impl Found {
    /// Notes an error; returns false when there are enough of them.
    fn wrong(&mut self, error: ImportError) -> bool {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
        self.errors.len() < MAX_ERRORS
    }

    /// Whether there is room for one more.
    fn has_room(&mut self, line: u64) -> bool {
        if self.people.len() + self.groups.len() < MAX_OBJECTS {
            return true;
        }
        let sentence = format!("There are more than {MAX_OBJECTS} people and groups. Export fewer.");
        self.wrong(ImportError::new(line, sentence));
        false
    }
}

/// Somebody as one line or entry says it.
#[derive(Default)]
struct Draft {
    line: u64,
    /// The object id of the export.
    id: Option<uuid::Uuid>,
    /// The distinguished name, in its plain form.
    dn: Option<String>,
    /// By Entra's names.
    attributes: BTreeMap<String, String>,
    /// Entries of `proxyAddresses`.
    addresses: Vec<String>,
    is_disabled: bool,
    /// Whatever names the manager: a distinguished name, an address, an employee number, a name.
    manager: Option<String>,
    /// The groups, by distinguished name or by name.
    groups: Vec<String>,
    /// Since when in the recycle bin.
    deleted: Option<Timestamp>,
    /// For the mailNickname, if there is none.
    account_name: Option<String>,
    /// For the display name, if there is none.
    common_name: Option<String>,
    /// Built-in accounts need no userPrincipalName where this is set; they are left out.
    may_be_nameless: bool,
}

impl Draft {
    /// Sets an attribute unless it has a value already.
    fn set(&mut self, name: &str, value: &str) {
        if !value.is_empty() && !self.attributes.contains_key(name) {
            self.attributes.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A group as an entry says it.
struct GroupDraft {
    line: u64,
    id: Option<uuid::Uuid>,
    /// The distinguished name, in its plain form.
    dn: String,
    name: String,
    /// The members' distinguished names, in their plain form.
    members: Vec<String>,
}

#[cfg(test)]
mod tests;
