//! LDIF (RFC 2849): lines that are folded, comments, values in Base64, one entry after the other.

use data_encoding::BASE64;

use super::ImportError;

/// An attribute with one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    /// Without its options (`;binary`), small.
    pub(super) attribute: String,
    pub(super) value: Vec<u8>,
    /// The value is somewhere else (`:<`) and was not read.
    pub(super) is_elsewhere: bool,
    /// Active Directory gave only some of the values (`;range=0-1499`).
    pub(super) is_part: bool,
}

impl Line {
    /// The value as text; `None` if it is none.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.value).ok().map(str::trim)
    }
}

/// Whether the first line that says something is one of LDIF.
pub(super) fn is_ldif(text: &str) -> bool {
    let says_something = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    text.lines().find(says_something).is_some_and(|line| {
        let (name, rest) = line.split_once(':').unwrap_or((line, ""));
        name.eq_ignore_ascii_case("dn") || name.eq_ignore_ascii_case("version") && rest.trim() == "1"
    })
}

/// The entries of a file, each a list of lines, or what is wrong with one.
pub(super) fn entries(text: &str) -> impl Iterator<Item = Result<Vec<Line>, ImportError>> {
    let mut lines = unfolded(text).peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|(_, line)| line.is_empty()).is_some() {}
        lines.peek()?;
        let mut entry = Ok(Vec::new());
        // All of it is read, also after an error, so that the next entry begins where it does.
        while let Some((number, line)) = lines.next_if(|(_, line)| !line.is_empty()) {
            if let Ok(found) = &mut entry {
                match parse(number, &line) {
                    Ok(line) => found.push(line),
                    Err(error) => entry = Err(error),
                }
            }
        }
        Some(entry)
    })
}

/// Whole lines with the number of their first; comments are left out, blank lines are empty.
fn unfolded(text: &str) -> impl Iterator<Item = (u64, String)> {
    let mut lines = (1..).zip(text.lines()).peekable();
    std::iter::from_fn(move || {
        loop {
            let (number, first) = lines.next()?;
            let mut whole = first.to_owned();
            while let Some((_, more)) = lines.next_if(|(_, line)| line.starts_with(' ')) {
                whole.push_str(more.get(1..).unwrap_or_default());
            }
            if !whole.starts_with('#') {
                return Some((
                    number,
                    if whole.trim().is_empty() {
                        String::new()
                    } else {
                        whole
                    },
                ));
            }
        }
    })
}

fn parse(number: u64, line: &str) -> Result<Line, ImportError> {
    let wrong = |sentence: &str| ImportError::new(number, sentence);
    // Stands between changes; that there are changes is told where they begin.
    let line = if line.trim() == "-" { "-:" } else { line };
    let (name, rest) = line.split_once(':').ok_or_else(|| {
        wrong("There is no colon after an attribute. Export the file again; it may have been wrapped by an editor.")
    })?;
    let (name, options) = name.split_once(';').unwrap_or((name, ""));
    let (value, is_elsewhere) = if let Some(encoded) = rest.strip_prefix(':') {
        let decoded = BASE64.decode(encoded.trim().as_bytes());
        let decoded = decoded.map_err(|_| wrong("What follows :: is no Base64. Export the file again."))?;
        (decoded, false)
    } else if rest.starts_with('<') {
        (Vec::new(), true)
    } else {
        (rest.trim().as_bytes().to_vec(), false)
    };
    Ok(Line {
        number,
        attribute: name.trim().to_lowercase(),
        value,
        is_elsewhere,
        is_part: options.to_lowercase().starts_with("range="),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<Vec<String>> {
        entries(text)
            .map(|entry| match entry {
                Ok(lines) => lines
                    .iter()
                    .map(|line| {
                        format!(
                            "{} {}={}",
                            line.number,
                            line.attribute,
                            line.text().unwrap_or("?")
                        )
                    })
                    .collect(),
                Err(error) => vec![error.to_string()],
            })
            .collect()
    }

    #[test]
    fn lines_are_unfolded_decoded_and_numbered() {
        let text = "version: 1\n\n# a comment\n that goes on\ndn: CN=A,\n DC=x\nsn:: Wm/Dqw==\nCN;lang-en: A \n\n\n\ndn: CN=B\r\nmail:b@x\r\n";
        assert_eq!(
            shown(text),
            [
                vec!["1 version=1"],
                vec!["5 dn=CN=A,DC=x", "7 sn=Zoë", "8 cn=A"],
                vec!["12 dn=CN=B", "13 mail=b@x"],
            ]
        );
        assert!(is_ldif(text) && is_ldif("\n# x\nDN:: Q049QQ==\n"));
        assert!(!is_ldif("version:v1.0\nName") && !is_ldif("dn,mail\n") && !is_ldif(""));
    }

    #[test]
    fn a_wrong_line_is_named_and_the_next_entry_is_read() {
        let text = "dn: CN=A\nmail\n\ndn: CN=B\nsn:: !\nmail: x\n\ndn: CN=C\njpegPhoto:< file:///x\nmember;range=0-1: CN=D\n";
        let shown = shown(text);
        assert!(shown[0][0].starts_with("Line 2: There is no colon"), "{shown:?}");
        assert!(shown[1][0].starts_with("Line 5: What follows ::"), "{shown:?}");
        let last = entries(text).last().unwrap().unwrap();
        assert!(last[1].is_elsewhere && last[2].is_part);
    }
}
