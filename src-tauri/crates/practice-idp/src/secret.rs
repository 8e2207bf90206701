//! The Secret Token, as a type that does not print itself.

use std::fmt;

/// What the requests carry after `Bearer`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SecretToken(String);

impl SecretToken {
    /// A token as it was typed; blanks around it are no part of it.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text itself, for the wire and for the file that keeps it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() {
            "SecretToken(none)"
        } else {
            "SecretToken(••••)"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_not_print_itself() {
        let token = SecretToken::new(" scimdesk_abc\n");
        assert_eq!(token.reveal(), "scimdesk_abc");
        assert!(!format!("{token:?}").contains("abc"));
    }
}
