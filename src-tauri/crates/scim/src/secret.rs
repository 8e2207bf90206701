//! What notes and errors show of a client's text without showing a password in it.
//!
//! A password can be anywhere somebody compares or quotes it: in a filter, in the brackets of a
//! path, in JSON inside a string. Nothing tells the secret part from the rest for certain, so what
//! mentions a password is shown without all that could be one.

use std::borrow::Cow;

/// What stands for the text that is not shown.
pub(crate) const HIDDEN: &str = "••••";

/// True if the text has the word in it, in any letter case.
pub(crate) fn mentions_password(text: &str) -> bool {
    text.to_ascii_lowercase().contains("password")
}

/// A filter as it may be shown.
pub(crate) fn filter(text: &str) -> &str {
    if mentions_password(text) { HIDDEN } else { text }
}

/// A name or a path as it may be shown: `password` as it is, `emails[password eq "x"].value` as
/// `emails[••••].value`, and what is no path at all as [`HIDDEN`].
pub(crate) fn path(text: &str) -> Cow<'_, str> {
    if !mentions_password(text) || is_plain(text) {
        return Cow::Borrowed(text);
    }
    let parts = text
        .split_once('[')
        .and_then(|(list, rest)| Some((list, rest.rsplit_once(']')?.1)));
    match parts {
        Some((list, sub)) if is_plain(list) && is_plain(sub) => Cow::Owned(format!("{list}[{HIDDEN}]{sub}")),
        _ => Cow::Borrowed(HIDDEN),
    }
}

/// The value of an attribute as it may be shown. In quotes it may be JSON with a password.
pub(crate) fn value(text: &str) -> &str {
    if text.contains('"') { filter(text) } else { text }
}

/// True for what has nothing in it but names.
fn is_plain(text: &str) -> bool {
    text.trim()
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '$' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_values_are_not() {
        for (sent, shown) in [
            ("password", "password"),
            (" urn:acme:User:PassWord ", " urn:acme:User:PassWord "),
            ("lastPasswordChangeDateTime", "lastPasswordChangeDateTime"),
            (
                r#"emails[type eq "work"].value"#,
                r#"emails[type eq "work"].value"#,
            ),
            (r#"password[value eq "S"]"#, "password[••••]"),
            (r#"emails[PassWord eq "S"].value"#, "emails[••••].value"),
            (r#"password[value eq "S""#, "••••"),
            (r#"emails[value pr].value eq "password S""#, "••••"),
            (r#"password eq "S""#, "••••"),
            (r#"{"password":"S"}"#, "••••"),
        ] {
            assert_eq!(path(sent), shown);
        }
        assert_eq!(value("password@contoso.test"), "password@contoso.test");
        assert_eq!(value(r#"{"password":"S"}"#), HIDDEN);
    }
}
