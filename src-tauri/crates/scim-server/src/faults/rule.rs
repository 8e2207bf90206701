//! What a rule says, and what it may say.

use std::time::Duration;

use jiff::Timestamp;

/// The longest an answer is held back: longer than any client is known to wait.
const LONGEST_DELAY: Duration = Duration::from_secs(300);
/// The longest that a client is told to wait, in seconds.
const LONGEST_WAIT: u64 = 86_400;
/// The most requests a burst has.
const LONGEST_BURST: u64 = 10_000;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 401, as if the token were not valid.
    Unauthorized,
    /// 403, as if provisioning were off.
    Forbidden,
    /// 404, as if nothing were there.
    NotFound,
    /// 409 with `scimType` `uniqueness`, as if somebody had the name.
    Conflict,
    /// 429 with `Retry-After`.
    TooManyRequests {
        /// Seconds to wait, from 1 to 86,400.
        retry_after: u64,
    },
    /// 500.
    ServerError,
    /// 503 to this request and the next ones that the rule is about.
    Burst {
        /// How many in all, from 1 to 10,000.
        requests: u64,
    },
    /// The right answer, late; at most five minutes.
    Delay(Duration),
    /// The connection is closed without an answer; nothing was done.
    Dropped,
    /// 200 with a page of HTML, as a proxy's sign-in has it.
    HtmlBody,
    /// `members` in the answer to a request that excludes them; other requests are answered as usual.
    MembersReturned,
}

impl Fault {
    /// What happened, for the log.
    pub(crate) fn sentence(&self) -> String {
        let what = match self {
            Self::Unauthorized => "401 was answered, though the token is valid",
            Self::Forbidden => "403 was answered, though provisioning is on",
            Self::NotFound => "404 was answered without a look at the directory",
            Self::Conflict => "409 was answered without a look at the directory",
            Self::TooManyRequests { retry_after } => {
                return format!(
                    "Fault injection: 429 was answered with Retry-After: {retry_after}; the request was not looked at."
                );
            }
            Self::ServerError => "500 was answered, though nothing failed",
            Self::Burst { .. } => "503 was answered, though the server is well",
            Self::Delay(delay) => {
                return format!(
                    "Fault injection: the answer was held back for {} ms after this was logged.",
                    delay.as_millis()
                );
            }
            Self::Dropped => "the connection was closed without an answer, and nothing was done",
            Self::HtmlBody => "a page of HTML was answered instead of SCIM",
            Self::MembersReturned => "members were returned, though the request excludes them",
        };
        format!("Fault injection: {what}.")
    }
}

/// When a rule ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// At this time.
    Time(Timestamp),
    /// When it was applied to so many requests.
    Count(u64),
}

/// A fault, for whom, how often and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What goes wrong.
    pub fault: Fault,
    /// For this client only, as the log names it (`Microsoft Entra ID`).
    pub client: Option<String>,
    /// For this method only.
    pub method: Option<String>,
    /// Only for what begins so below the Tenant URL (`/Users`).
    pub path: Option<String>,
    /// For so many of a hundred of them, by chance; from 1 to 100.
    pub percent: u8,
    /// The end.
    pub until: Until,
}

/// Why a rule was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// The percentage.
    #[error("A fault cannot happen to {0} % of the requests. Choose from 1 to 100.")]
    Percent(u8),

    /// The end.
    #[error("The fault would end before it begins. Choose a time to come, or one request at least.")]
    Ended,

    /// A number of the fault itself.
    #[error("{what} cannot be {found}. Choose from 1 to {most}.")]
    Number {
        /// Which.
        what: &'static str,
        /// What was asked for.
        found: u64,
        /// The most there may be.
        most: u64,
    },
}

impl Rule {
    /// The rule with its path and its empty conditions put right; or why it cannot be.
    pub(super) fn checked(mut self, now: Timestamp) -> Result<Self, FaultError> {
        if !(1..=100).contains(&self.percent) {
            return Err(FaultError::Percent(self.percent));
        }
        let is_over = match self.until {
            Until::Time(time) => time <= now,
            Until::Count(count) => count == 0,
        };
        if is_over {
            return Err(FaultError::Ended);
        }
        let milliseconds = |delay: &Duration| u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        let number = match &self.fault {
            Fault::TooManyRequests { retry_after } => ("Retry-After", *retry_after, LONGEST_WAIT),
            Fault::Burst { requests } => ("The length of a burst", *requests, LONGEST_BURST),
            Fault::Delay(delay) => (
                "A delay in milliseconds",
                milliseconds(delay),
                milliseconds(&LONGEST_DELAY),
            ),
            _ => ("", 1, 1),
        };
        let (what, found, most) = number;
        if !(1..=most).contains(&found) {
            return Err(FaultError::Number { what, found, most });
        }
        for condition in [&mut self.client, &mut self.method, &mut self.path] {
            *condition = condition.take().filter(|text| !text.trim().is_empty());
        }
        self.path = self
            .path
            .map(|path| format!("/{}", path.trim().trim_start_matches('/')));
        Ok(self)
    }
}
