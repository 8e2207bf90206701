//! Where requests go: a Tenant URL, the answer, and the trait behind which a test puts a target of
//! its own.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use serde_json::Value as Json;
use ureq::http::Uri;

use crate::wire::Request;

/// The flag with which Entra PATCHes as the RFC has it.
pub const RFC_PATCH_FLAG: &str = "aadOptscim062020";

/// Something that answers requests.
pub trait Target: Sync {
    /// Sends one request and waits for its answer.
    fn send(&self, request: &Request) -> Result<Answer, NoAnswer>;

    /// The Tenant URL without flags and without a slash at its end.
    fn base(&self) -> &str;
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `X-Request-Id`: under which the server's log has the request.
    pub request_id: Option<String>,
    /// `Retry-After`, as it came.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Body {
    /// There is none.
    #[default]
    Empty,
    /// JSON.
    Json(Json),
    /// Something else; its beginning, for people.
    Other(String),
}

impl Answer {
    /// The body, if it is JSON.
    pub fn json(&self) -> Option<&Json> {
        match &self.body {
            Body::Json(json) => Some(json),
            Body::Empty | Body::Other(_) => None,
        }
    }

    /// Whether the status is one of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// `detail` of a SCIM error (RFC 7644 §3.12).
    pub fn detail(&self) -> Option<&str> {
        self.json()?.get("detail")?.as_str()
    }

    /// `scimType` of a SCIM error (RFC 7644 §3.12).
    pub fn scim_type(&self) -> Option<&str> {
        self.json()?.get("scimType")?.as_str()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It took too long.
    #[error("The target did not answer within {0} seconds.")]
    TimedOut(u64),
    /// Nobody is there.
    #[error(
        "The target cannot be reached: {0}. See whether the server runs and whether the Tenant URL is right."
    )]
    Unreachable(String),
    /// The certificate is not trusted, or no TLS is spoken.
    #[error(
        "No secure connection could be made: {0}. See whether the server's certificate is trusted on this computer."
    )]
    NotSecure(String),
    /// The connection broke, or what came is no HTTP.
    #[error("The connection broke before the answer was complete: {0}.")]
    Broken(String),
    /// The answer is longer than anything a SCIM server sends.
    #[error("The answer has more than {0} MB and was not read to its end.")]
    TooLong(u64),
}

/// A Tenant URL, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantUrl {
    base: String,
    host: String,
    flags: Vec<String>,
}

/// Why a Tenant URL is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTenantUrl {
    /// There is none.
    #[error("There is no Tenant URL yet. Fill it in, for example with the one that the server shows.")]
    Missing,
    /// It is none.
    #[error("\"{0}\" is no Tenant URL. Write one such as https://scim.contoso.example/scim.")]
    Malformed(String),
    /// It leads away from this computer, which nobody has allowed.
    #[error(
        "The host {0} is not on this computer, and a practice provider sends nothing there until you allow it by name. Allow {0} only if no real console listens there."
    )]
    NotAllowed(String),
}

impl std::str::FromStr for TenantUrl {
    type Err = BadTenantUrl;

    fn from_str(text: &str) -> Result<Self, BadTenantUrl> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadTenantUrl::Missing);
        }
        let bad = || BadTenantUrl::Malformed(text.to_owned());
        let (address, flags) = text.split_once('?').unwrap_or((text, ""));
        let uri: Uri = address.parse().map_err(|_| bad())?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(bad)?;
        let has_user = uri
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'));
        if !is_web || has_user || address.contains('#') {
            return Err(bad());
        }
        Ok(Self {
            base: address.trim_end_matches('/').to_owned(),
            host: host.trim_matches(['[', ']']).to_lowercase(),
            flags: flags
                .split('&')
                .filter(|flag| !flag.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }
}

impl TenantUrl {
    /// The URL without flags and without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The host's name or address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the flag for PATCH by the RFC is there. All flags are taken off before anything is
    /// sent, and those that nobody knows have no effect.
    pub fn asks_for_rfc_patch(&self) -> bool {
        let is_it = |flag: &String| {
            flag.split('=')
                .next()
                .unwrap_or_default()
                .eq_ignore_ascii_case(RFC_PATCH_FLAG)
        };
        self.flags.iter().any(is_it)
    }

    /// Whether the host is this computer.
    pub fn is_loopback(&self) -> bool {
        let is_local_name = self.host == "localhost" || self.host.ends_with(".localhost");
        is_local_name
            || self
                .host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }

    /// Fails if the host is not this computer and is not among the allowed ones.
    pub fn require_allowed(&self, allowed: &BTreeSet<String>) -> Result<(), BadTenantUrl> {
        let is_named = allowed
            .iter()
            .any(|host| host.trim().eq_ignore_ascii_case(&self.host));
        if self.is_loopback() || is_named {
            Ok(())
        } else {
            Err(BadTenantUrl::NotAllowed(self.host.clone()))
        }
    }
}

impl fmt::Display for TenantUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_taken_off_and_a_slash_as_well() {
        let url: TenantUrl = " https://API.contoso.com:8443/scim/?aadOptscim062020&x=1 "
            .parse()
            .unwrap();
        assert_eq!(url.base(), "https://API.contoso.com:8443/scim");
        assert_eq!(url.host(), "api.contoso.com");
        assert!(url.asks_for_rfc_patch());
        let plain: TenantUrl = "http://localhost/scim".parse().unwrap();
        assert!(!plain.asks_for_rfc_patch());
    }

    #[test]
    fn what_is_no_url_is_refused_with_a_sentence() {
        for bad in [
            "contoso",
            "ftp://x/scim",
            "https://me:secret@x/scim",
            "https:///scim",
            "http://x/#a",
        ] {
            assert!(
                matches!(bad.parse::<TenantUrl>(), Err(BadTenantUrl::Malformed(_))),
                "{bad}"
            );
        }
        assert_eq!("".parse::<TenantUrl>(), Err(BadTenantUrl::Missing));
    }

    #[test]
    fn only_this_computer_and_named_hosts_are_sent_to() {
        let none = BTreeSet::new();
        for here in [
            "http://127.0.0.1:8443/scim",
            "http://[::1]:1/",
            "https://localhost",
            "http://127.9.9.9",
        ] {
            here.parse::<TenantUrl>().unwrap().require_allowed(&none).unwrap();
        }
        for away in [
            "https://api.contoso.com",
            "http://192.168.0.7/scim",
            "http://localhost.evil.example",
            "http://127.0.0.1.example",
        ] {
            let url: TenantUrl = away.parse().unwrap();
            let error = url.require_allowed(&none).unwrap_err().to_string();
            assert!(error.contains(url.host()), "{error}");
            url.require_allowed(&BTreeSet::from([url.host().to_uppercase()]))
                .unwrap();
        }
    }
}
