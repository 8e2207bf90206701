//! The addresses in one cell.

use super::warnings::Warnings;
use crate::organisation::{is_name, proxy_address};

/// What Windows PowerShell writes for a cell with several values that nobody joined.
pub(super) const COLLECTION: &str = "ADPropertyValueCollection";

/// The entries of `proxyAddresses` in a cell, however they were joined. An entry begins with a scheme
/// (`SMTP:`, `X500:`, …); a separator within one, as `X400:` has them, is no boundary.
pub(super) fn entries(cell: &str) -> Vec<&str> {
    let is_boundary = |letter: char| ";|,+".contains(letter) || letter.is_whitespace();
    let mut starts = vec![0];
    for (at, letter) in cell.char_indices() {
        let after = cell.get(at + letter.len_utf8()..).unwrap_or_default();
        let begins = begins_with_scheme(after) || (letter != '+' && begins_with_address(after));
        if is_boundary(letter) && begins {
            starts.push(at + letter.len_utf8());
        }
    }
    let ends = starts.iter().skip(1).copied().chain([cell.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| cell.get(*start..end))
        .map(|entry| entry.trim_matches(is_boundary))
        .filter(|entry| !entry.is_empty())
        .collect()
}

/// Whether it begins with letters or digits and a colon.
fn begins_with_scheme(text: &str) -> bool {
    let scheme: usize = text.chars().take_while(char::is_ascii_alphanumeric).count();
    scheme > 0 && text.get(scheme..).is_some_and(|rest| rest.starts_with(':'))
}

/// Whether an address without a scheme comes next. (After a `+` it does not: that may stand within
/// an address.)
fn begins_with_address(text: &str) -> bool {
    let end = text
        .find(|letter: char| ";|, \n\r".contains(letter))
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    is_name(word) && !word.contains([':', '='])
}

/// Keeps the entries that are for mail: the first main one stays the main one, what has no scheme is an
/// alias. If none is the main one, `mail` becomes it. No address stays twice.
pub(super) fn settle(
    entries: &[String],
    mail: Option<&str>,
    line: u64,
    warnings: &mut Warnings,
) -> Vec<String> {
    let mut primary: Option<&str> = None;
    let mut aliases: Vec<&str> = Vec::new();
    for entry in entries {
        match proxy_address(entry) {
            Some((address, true)) if primary.is_none() => primary = Some(address),
            Some((address, is_main)) => {
                if is_main {
                    warnings.line(
                        line,
                        "More than one proxy address is the main one (SMTP:). The first was taken.",
                    );
                }
                aliases.push(address);
            }
            None if is_name(entry) && !entry.contains(':') => aliases.push(entry),
            // X400, X500, SIP and the like are no addresses for mail.
            None => {}
        }
    }
    let primary = primary.or(mail.filter(|mail| is_name(mail)));
    // Several columns may name aliases, and their order is of no account.
    aliases.sort_unstable();
    let mut seen = std::collections::HashSet::new();
    let mut settled = Vec::new();
    let all = primary.into_iter().chain(aliases);
    for address in all.filter(|address| seen.insert(address.to_lowercase())) {
        let scheme = if primary == Some(address) { "SMTP" } else { "smtp" };
        settled.push(format!("{scheme}:{address}"));
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_however_they_were_joined() {
        let both = ["SMTP:a@contoso.com", "smtp:b+c@contoso.com"];
        for between in [";", "|", ",", "\n", "+", " ", "; ", "\r\n"] {
            assert_eq!(entries(&both.join(between)), both, "{between:?}");
        }
        let x400 = "X400:C=US;A= ;P=Contoso;O=Exchange;S=Vance;G=Adele;";
        let cell = format!("smtp:a@b.c;{x400};SIP:a@b.c");
        assert_eq!(
            entries(&cell),
            ["smtp:a@b.c", x400.trim_end_matches(';'), "SIP:a@b.c"]
        );
        assert_eq!(entries("a@b.c; d@e.f"), ["a@b.c", "d@e.f"]);
        assert_eq!(entries("a+b@c.d"), ["a+b@c.d"]);
        assert_eq!(entries(" ; "), Vec::<&str>::new());
    }

    #[test]
    fn one_address_is_the_main_one_and_none_is_there_twice() {
        let settle = |entries: &[&str], mail| {
            let entries: Vec<String> = entries.iter().map(|&entry| entry.to_owned()).collect();
            let mut warnings = Warnings::default();
            (
                super::settle(&entries, mail, 1, &mut warnings),
                warnings.into_list().len(),
            )
        };
        let expected = |entries: &[&str]| entries.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>();
        let (settled, warned) = settle(&["smtp:b@x", "SMTP:a@x", "X500:/o=x", "smtp:A@x"], Some("c@x"));
        assert_eq!((settled, warned), (expected(&["SMTP:a@x", "smtp:b@x"]), 0));
        let (settled, warned) = settle(&["SMTP:a@x", "SMTP:b@x", "c@x"], None);
        assert_eq!(
            (settled, warned),
            (expected(&["SMTP:a@x", "smtp:b@x", "smtp:c@x"]), 1)
        );
        assert_eq!(
            settle(&["b@x"], Some("a@x")).0,
            expected(&["SMTP:a@x", "smtp:b@x"])
        );
        assert_eq!(settle(&[], Some("n/a")).0, expected(&[]));
    }
}
