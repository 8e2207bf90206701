//! Distinguished names (RFC 4514), as far as comparing and naming needs it.

/// The parts of a name between commas that are not escaped, without the blanks around them.
fn parts(dn: &str) -> Vec<&str> {
    let (mut parts, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, letter) in dn.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ',' => {
                parts.extend(dn.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(dn.get(start..));
    parts.into_iter().map(str::trim).collect()
}

/// Whether it looks like one: `CN=…` and the like at its start.
pub(super) fn is_dn(text: &str) -> bool {
    text.split_once('=').is_some_and(|(kind, _)| {
        let kind = kind.trim();
        !kind.is_empty()
            && kind
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "-.".contains(letter))
    })
}

/// A form in which equal names are equal.
pub(super) fn plain(dn: &str) -> String {
    let parts: Vec<String> = parts(dn)
        .into_iter()
        .map(|part| match part.split_once('=') {
            Some((kind, value)) => format!("{}={}", kind.trim(), value.trim()),
            None => part.to_owned(),
        })
        .collect();
    parts.join(",").to_lowercase()
}

/// What the first part says, without its escapes.
pub(super) fn first_value(dn: &str) -> String {
    let first = parts(dn).into_iter().next().unwrap_or_default();
    let value = first.split_once('=').map_or(first, |(_, value)| value).trim();
    let (mut bytes, mut rest) = (Vec::new(), value.as_bytes());
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'\\' {
            bytes.push(*byte);
            continue;
        }
        // Two hexadecimal digits are a byte, anything else is itself.
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()), after) {
            (Some(byte), [_, _, after @ ..]) => {
                bytes.push(byte);
                rest = after;
            }
            (_, [byte, after @ ..]) => {
                bytes.push(*byte);
                rest = after;
            }
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The names in one cell. Between them stands `;`, `|`, a line break, or a comma: after the domain
/// (`DC=…`) a name ends, unless more of the domain follows.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in cell.split([';', '|', '\n', '\r']) {
        let mut name: Vec<&str> = Vec::new();
        for part in parts(piece).into_iter().filter(|part| !part.is_empty()) {
            let is_domain = |part: &str| part.get(..3).is_some_and(|kind| kind.eq_ignore_ascii_case("dc="));
            if name.last().is_some_and(|last| is_domain(last)) && !is_domain(part) {
                names.push(std::mem::take(&mut name).join(","));
            }
            name.push(part);
        }
        if !name.is_empty() {
            names.push(name.join(","));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_equal() {
        assert_eq!(
            plain("CN=Vance\\, Adele, OU = Sales,DC=Contoso"),
            "cn=vance\\, adele,ou=sales,dc=contoso"
        );
        assert_eq!(first_value("CN=Vance\\, Adele,OU=Sales"), "Vance, Adele");
        assert_eq!(first_value("CN=Zo\\C3\\AB,DC=x"), "Zoë");
        assert_eq!(first_value("CN=odd\\"), "odd");
        assert_eq!(first_value(""), "");
        assert!(is_dn("CN=a,DC=b") && is_dn("2.5.4.3=a"));
        assert!(!is_dn("Adele Vance") && !is_dn("a@b.c") && !is_dn("=x"));
    }

    #[test]
    fn a_cell_may_hold_several() {
        for between in [";", "|", "\n", ",", "; "] {
            let cell = format!("CN=A,CN=Users,DC=x,DC=com{between}CN=B\\, C,OU=Groups,DC=x,DC=com");
            assert_eq!(
                split(&cell),
                ["CN=A,CN=Users,DC=x,DC=com", "CN=B\\, C,OU=Groups,DC=x,DC=com"],
                "{between:?}"
            );
        }
        assert_eq!(split(""), Vec::<String>::new());
    }
}
