//! The SCIM token: made from 256 random bits, shown once, kept as a hash.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What every token begins with, so that scanners and people recognise a leaked one.
pub const PREFIX: &str = "scimdesk_";

/// Retired tokens that are remembered, to tell "you are using the one you replaced".
const REMEMBERED: usize = 10;

/// A token in the clear. It prints itself redacted; only [`reveal`](Self::reveal) tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct ClearToken(String);

impl ClearToken {
    /// Makes one from the operating system's randomness.
    pub(crate) fn generate() -> Result<Self, getrandom::Error> {
        let mut bits = [0_u8; 32];
        getrandom::fill(&mut bits)?;
        Ok(Self(format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&bits))))
    }

    /// The secret itself: for the one dialog, or the one line on standard output, that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClearToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClearToken(••••)")
    }
}

/// What is stored about a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRecord {
    /// SHA-256 of the whole token, in hexadecimal.
    hash: String,
    /// The last four characters, for people.
    last_four: String,
    /// When it was made.
    pub created: Timestamp,
    /// When a request last used it.
    pub last_used: Option<Timestamp>,
    /// The day `uses` counts, in UTC.
    used_on: Option<Date>,
    /// Requests on that day.
    uses: u64,
}

impl TokenRecord {
    fn new(token: &ClearToken, created: Timestamp) -> Self {
        let text = token.reveal();
        let last_four = text
            .get(text.len().saturating_sub(4)..)
            .unwrap_or_default()
            .to_owned();
        Self {
            hash: hash(text),
            last_four,
            created,
            last_used: None,
            used_on: None,
            uses: 0,
        }
    }

    /// `scimdesk_••••7Q2f`.
    pub fn display(&self) -> String {
        format!("{PREFIX}••••{}", self.last_four)
    }

    /// Requests that used it on the day of `now`.
    pub fn uses_today(&self, now: Timestamp) -> u64 {
        if self.used_on == Some(day(now)) {
            self.uses
        } else {
            0
        }
    }

    fn used(&mut self, now: Timestamp) {
        self.uses = self.uses_today(now) + 1;
        self.used_on = Some(day(now));
        self.last_used = Some(now);
    }

    /// Compares without telling by its duration how much agreed.
    fn is(&self, hashed: &str) -> bool {
        self.hash.as_bytes().ct_eq(hashed.as_bytes()).into()
    }
}

/// A token that no longer works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetiredToken {
    /// What is known about it.
    pub record: TokenRecord,
    /// Since when.
    pub retired: Timestamp,
    /// Whether a new one took its place.
    pub replaced: bool,
}

/// The token in force and those before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// The one that works.
    pub active: Option<TokenRecord>,
    /// The newest first.
    pub retired: Vec<RetiredToken>,
}

/// Why a request's token was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// The request carried none.
    Missing,
    /// The header holds something else than `Bearer` and a token.
    NotBearer,
    /// Nobody was ever given this one. Holds its last four characters.
    Unknown(String),
    /// It is no SCIM token at all. Holds its first and its last characters.
    Foreign(String, String),
    /// It worked once.
    Retired {
        /// `scimdesk_••••7Q2f`.
        display: String,
        /// Since when it does not.
        since: Timestamp,
        /// Whether a new one took its place.
        replaced: bool,
    },
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("The request carries no token. Put the SCIM token into the identity provider's Secret Token field."),
            Self::NotBearer => f.write_str("The Authorization header is not \"Bearer\" followed by the SCIM token. Choose bearer token authentication at the identity provider."),
            Self::Unknown(last) => write!(f, "The token ending in \"{last}\" was never one of this console. Copy the SCIM token again, whole and without spaces."),
            Self::Foreign(first, last) => write!(f, "The token ending in \"{last}\" was never one of this console: it begins with \"{first}\", and a SCIM token begins with \"{PREFIX}\". Copy the SCIM token again, whole and without spaces."),
            Self::Retired { display, since, replaced: true } => write!(f, "The token {display} was replaced on {since}. Give the identity provider the regenerated one."),
            Self::Retired { display, since, replaced: false } => write!(f, "The token {display} was revoked on {since}. Generate a new one and give it to the identity provider."),
        }
    }
}

impl Tokens {
    /// Makes a token the one in force; the one before stops at once.
    pub(crate) fn issue(&mut self, token: &ClearToken, now: Timestamp) {
        self.retire(now, true);
        self.active = Some(TokenRecord::new(token, now));
    }

    /// Ends the token in force. Returns what it was.
    pub(crate) fn retire(&mut self, now: Timestamp, replaced: bool) -> Option<TokenRecord> {
        let record = self.active.take()?;
        self.retired.insert(
            0,
            RetiredToken {
                record: record.clone(),
                retired: now,
                replaced,
            },
        );
        self.retired.truncate(REMEMBERED);
        Some(record)
    }

    /// Checks the value of an `Authorization` header, and counts the use if it is good.
    /// The scheme's case does not matter (RFC 7235 §2.1).
    pub(crate) fn verify(&mut self, header: Option<&str>, now: Timestamp) -> Result<(), Rejected> {
        let header = header.ok_or(Rejected::Missing)?.trim();
        let (scheme, text) = header.split_once(' ').ok_or(Rejected::NotBearer)?;
        let text = text.trim();
        if !scheme.eq_ignore_ascii_case("Bearer") || text.is_empty() {
            return Err(Rejected::NotBearer);
        }
        let hashed = hash(text);
        match &mut self.active {
            Some(record) if record.is(&hashed) => {
                record.used(now);
                Ok(())
            }
            _ => Err(self.why_not(text, &hashed)),
        }
    }

    /// Whether a token as somebody has it, without the word Bearer, would sign in; counts no use.
    pub fn check(&self, text: &str) -> Result<(), Rejected> {
        let text = text.trim();
        let hashed = hash(text);
        match &self.active {
            Some(record) if record.is(&hashed) => Ok(()),
            _ if text.is_empty() => Err(Rejected::Missing),
            _ => Err(self.why_not(text, &hashed)),
        }
    }

    fn why_not(&self, text: &str, hashed: &str) -> Rejected {
        match self.retired.iter().find(|old| old.record.is(hashed)) {
            Some(old) => Rejected::Retired {
                display: old.record.display(),
                since: old.retired,
                replaced: old.replaced,
            },
            None if text.starts_with(PREFIX) => Rejected::Unknown(last_characters(text)),
            None => Rejected::Foreign(first_characters(text), last_characters(text)),
        }
    }
}

/// A token for a moment, kept nowhere but in memory: with it the application tests its own server
/// as a provider would, without knowing the token that is in force.
#[derive(Default)]
pub(crate) struct Passing(Option<String>);

impl Passing {
    /// Lets `token` in.
    pub(crate) fn open(&mut self, token: &ClearToken) {
        self.0 = Some(hash(token.reveal()));
    }

    /// Lets nobody in any more.
    pub(crate) fn close(&mut self) {
        self.0 = None;
    }

    /// Whether the value of an `Authorization` header is let in.
    pub(crate) fn lets_in(&self, header: Option<&str>) -> bool {
        let token = header.and_then(|header| header.trim().strip_prefix("Bearer "));
        match (&self.0, token) {
            (Some(open), Some(token)) => open.as_bytes().ct_eq(hash(token.trim()).as_bytes()).into(),
            _ => false,
        }
    }
}

/// The first four characters of a text that is long enough not to be given away by them.
fn first_characters(text: &str) -> String {
    match last_characters(text).as_str() {
        "…" => "…".to_owned(),
        _ => text.chars().take(4).chain(['…']).collect(),
    }
}

/// The last four characters of a text that is long enough not to be given away by them.
fn last_characters(text: &str) -> String {
    const LONG_ENOUGH: usize = 16;
    let characters: Vec<char> = text.chars().collect();
    if characters.len() < LONG_ENOUGH {
        return "…".to_owned();
    }
    characters.iter().skip(characters.len() - 4).collect()
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

fn day(now: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(now).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + hour * 3_600).unwrap()
    }

    #[test]
    fn a_token_is_long_recognisable_and_never_printed() {
        let token = ClearToken::generate().unwrap();
        assert!(token.reveal().starts_with(PREFIX));
        assert_eq!(token.reveal().len(), PREFIX.len() + 43, "256 bits");
        assert_ne!(token, ClearToken::generate().unwrap());
        assert_eq!(format!("{token:?}"), "ClearToken(••••)");
        let record = TokenRecord::new(&token, at(0));
        let stored = serde_json::to_string(&record).unwrap();
        assert!(!stored.contains(token.reveal()), "only its hash is kept");
        assert!(
            record
                .display()
                .ends_with(&token.reveal()[token.reveal().len() - 4..])
        );
    }

    #[test]
    fn the_life_of_a_token() {
        let (first, second) = (ClearToken::generate().unwrap(), ClearToken::generate().unwrap());
        let bearer = |token: &ClearToken| format!("bearer {}", token.reveal());
        let mut tokens = Tokens::default();
        assert_eq!(tokens.verify(None, at(0)), Err(Rejected::Missing));
        assert_eq!(tokens.verify(Some("Basic abc"), at(0)), Err(Rejected::NotBearer));

        tokens.issue(&first, at(0));
        assert_eq!(tokens.verify(Some(&bearer(&first)), at(1)), Ok(()));
        assert_eq!(tokens.active.as_ref().unwrap().uses_today(at(1)), 1);
        assert_eq!(
            tokens.active.as_ref().unwrap().uses_today(at(30)),
            0,
            "another day"
        );
        assert!(matches!(
            tokens.verify(Some(&bearer(&second)), at(1)),
            Err(Rejected::Unknown(_))
        ));

        let other = "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abcd";
        let told = tokens.verify(Some(other), at(1)).unwrap_err().to_string();
        assert!(
            told.contains("begins with \"eyJh…\"") && told.contains("ending in \"abcd\""),
            "{told}"
        );
        let short = tokens
            .verify(Some("Bearer secret"), at(1))
            .unwrap_err()
            .to_string();
        assert!(!short.contains("secr"), "{short}");

        tokens.issue(&second, at(2));
        assert!(matches!(
            tokens.verify(Some(&bearer(&first)), at(3)),
            Err(Rejected::Retired { replaced: true, .. })
        ));
        assert_eq!(tokens.verify(Some(&bearer(&second)), at(3)), Ok(()));

        assert_eq!(tokens.check(second.reveal()), Ok(()));
        assert!(matches!(
            tokens.check(first.reveal()),
            Err(Rejected::Retired { replaced: true, .. })
        ));
        assert_eq!(tokens.check("  "), Err(Rejected::Missing));

        tokens.retire(at(4), false);
        assert!(matches!(
            tokens.verify(Some(&bearer(&second)), at(5)),
            Err(Rejected::Retired { replaced: false, .. })
        ));
    }
}
