//! CSV: what stands before the headings, what separates the cells, and one row after the other.

use jiff::Timestamp;

use super::cells::read_row;
use super::columns::{Columns, columns};
use super::warnings::Warnings;
use super::{Found, ImportError, Kind};

/// The most characters a cell may have: more means that a quotation mark is missing.
const MAX_CELL: usize = 65_536;

/// What stands before the headings.
#[derive(Default)]
struct Preamble {
    /// How many lines.
    lines: u64,
    /// Windows PowerShell's `#TYPE`, with the type.
    powershell_type: Option<String>,
    /// Entra's `version:v1.0`.
    is_template: bool,
    /// Excel's `sep=`.
    separator: Option<u8>,
}

/// Reads all rows of a table. Fails if it cannot tell what the table is; wrong rows are in `found`.
pub(super) fn read(text: &str, now: Timestamp, found: &mut Found) -> Result<Kind, ImportError> {
    let (preamble, rest) = preamble(text);
    let delimiter = preamble.separator.unwrap_or_else(|| delimiter(rest));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(rest.as_bytes());
    let first = preamble.lines + 1;
    let headings = reader
        .headers()
        .map_err(|error| ImportError::new(first, format!("This is not CSV: {error}.")))?;
    let headings: Vec<String> = headings.iter().map(str::to_owned).collect();
    let columns = recognised(&headings, &preamble)?;
    warn_of_columns(&columns, &mut found.warnings);
    let mut lines = LineNumbers {
        text: rest,
        at: 0,
        line: first,
    };
    for record in reader.records() {
        let taken = match record {
            Ok(record) => {
                let line = lines.of(record.position());
                take(&record, line, &columns, now, found)
            }
            Err(error) => {
                let line = lines.of(error.position());
                found.wrong(ImportError::new(line, format!("This is not CSV: {error}.")))
            }
        };
        if !taken {
            break;
        }
    }
    Ok(columns.kind)
}

/// Counts lines as rows are read. The reader's own count is behind by the blank lines before a row.
struct LineNumbers<'a> {
    text: &'a str,
    /// How far it has counted, in bytes.
    at: usize,
    line: u64,
}

impl LineNumbers<'_> {
    /// The line in which the row begins whose position the reader tells.
    fn of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok());
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if self.at >= start.unwrap_or(self.at) && !b"\r\n".contains(byte) {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// Takes one row; returns false when no more are to be read.
fn take(record: &csv::StringRecord, line: u64, columns: &Columns, now: Timestamp, found: &mut Found) -> bool {
    if record.iter().all(str::is_empty) || is_example(record, columns.kind) {
        return true;
    }
    if !found.has_room(line) {
        return false;
    }
    let error = if record.iter().any(|cell| cell.len() > MAX_CELL) {
        format!("A cell has more than {MAX_CELL} characters. Look for a quotation mark that is never closed.")
    } else if record.len() > columns.fields.len() {
        format!(
            "It has {} cells, the headings are {}. Put cells that hold a comma between quotation marks.",
            record.len(),
            columns.fields.len()
        )
    } else {
        match read_row(record, line, columns, now, &mut found.warnings) {
            Ok(draft) => {
                found.people.extend(draft);
                return true;
            }
            Err(sentence) => sentence,
        }
    };
    found.wrong(ImportError::new(line, error))
}

/// The row that Microsoft put into the template to show how one is filled in.
fn is_example(record: &csv::StringRecord, kind: Kind) -> bool {
    kind == Kind::EntraTemplate && record.get(0).is_some_and(|cell| cell.starts_with("Example:"))
}

fn preamble(text: &str) -> (Preamble, &str) {
    let (mut preamble, mut rest) = (Preamble::default(), text);
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        // Excel, once it has saved the file, has a separator for each column there.
        let plain = line
            .trim_end_matches([',', ';', '\t', '\r', ' '])
            .trim_matches('"')
            .trim();
        let lower = plain.to_lowercase();
        if let Some(name) = lower.strip_prefix("#type") {
            preamble.powershell_type = Some(name.trim().to_owned());
        } else if lower.starts_with("version:v") {
            preamble.is_template = true;
        } else if let Some(separator) = line
            .trim()
            .strip_prefix("sep=")
            .and_then(|rest| rest.bytes().next())
        {
            preamble.separator = Some(separator);
        } else if !plain.is_empty() || after.is_empty() {
            return (preamble, rest);
        }
        preamble.lines += 1;
        rest = after;
    }
}

/// What separates the cells: whatever the line of the headings has most of, outside quotation marks.
fn delimiter(rest: &str) -> u8 {
    let line = rest.lines().next().unwrap_or_default();
    let (mut counts, mut is_quoted) = ([(0, b','), (0, b';'), (0, b'\t')], false);
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        for (count, delimiter) in &mut counts {
            *count += usize::from(!is_quoted && byte == *delimiter);
        }
    }
    // The comma wins a tie, since it is compared last.
    let most = counts.iter().rev().max_by_key(|(count, _)| *count);
    most.map_or(b',', |(_, delimiter)| *delimiter)
}

fn recognised(headings: &[String], preamble: &Preamble) -> Result<Columns, ImportError> {
    let line = preamble.lines + 1;
    let is_ad = preamble
        .powershell_type
        .as_ref()
        .is_some_and(|name| name.contains("activedirectory"));
    if let Some(columns) = columns(headings, is_ad) {
        return Ok(columns);
    }
    if preamble.is_template {
        return Err(ImportError::new(
            line,
            "This template is not the one for creating people: no heading holds [userPrincipalName]. Choose \"Bulk create\" in Entra.",
        ));
    }
    let mut seen = headings.join(", ");
    if seen.chars().count() > 200 {
        seen = seen.chars().take(200).chain(['…']).collect();
    }
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.label()).collect();
    let kinds = kinds.join(", ");
    Err(ImportError::new(
        line,
        format!("These headings are not known: {seen}. Choose an export of one of these kinds: {kinds}."),
    ))
}

fn warn_of_columns(columns: &Columns, warnings: &mut Warnings) {
    if !columns.unknown.is_empty() {
        warnings.file(format!(
            "These columns were not taken over: {}.",
            columns.unknown.join(", ")
        ));
    }
    if columns.has_password {
        warnings.file("Passwords were not read.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_headings_is_passed_over() {
        for (text, lines, rest) in [
            ("a,b\n1,2", 0, "a,b\n1,2"),
            ("version:v1.0\r\na,b", 1, "a,b"),
            ("version:v1.0,,,\n\na,b", 2, "a,b"),
            (
                "#TYPE Microsoft.ActiveDirectory.Management.ADUser\n\"a\"",
                1,
                "\"a\"",
            ),
            ("sep=;\na;b", 1, "a;b"),
            ("", 0, ""),
            ("version:v1.0", 1, ""),
        ] {
            let (preamble, found) = preamble(text);
            assert_eq!((preamble.lines, found), (lines, rest), "{text:?}");
        }
    }

    #[test]
    fn the_separator_is_the_one_there_is_most_of() {
        for (text, separator) in [
            ("a,b;c,d", b','),
            ("a;\"b,c,d\";e", b';'),
            ("a\tb", b'\t'),
            ("a", b','),
        ] {
            assert_eq!(delimiter(text), separator, "{text}");
        }
    }
}
