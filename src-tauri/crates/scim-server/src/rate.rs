//! How many requests a client may send: `rate-limit` per second, counted by the address it
//! comes from; so many may also come at once. A client is an address and nothing else: behind a
//! tunnel or a proxy all clients have the address of that, and share what one may send.
//!
//! This is the generic cell rate algorithm: of each client one instant is kept, up to which its
//! allowance is used up. Crates that do the same (governor) fix the rate when a limiter is made,
//! read a clock of their own and never forget a client by themselves; here the rate is a setting
//! that may change between two requests, and the instant a parameter.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Clients remembered before those who have long been quiet are forgotten.
const REMEMBERED: usize = 1_024;

/// What every client has used up.
#[derive(Debug, Default)]
pub(crate) struct RateLimit {
    /// Up to when.
    used: Mutex<HashMap<IpAddr, Instant>>,
}

impl RateLimit {
    /// Counts a request of `client` at `now`. Returns how many whole seconds it has to wait, at
    /// least one, if this is more than `per_second`; such a request uses nothing up.
    pub(crate) fn wait(&self, client: IpAddr, per_second: u32, now: Instant) -> Option<u64> {
        let second = Duration::from_secs(1);
        let each = second.checked_div(per_second).unwrap_or(second);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= REMEMBERED {
            used.retain(|_, until| *until > now);
        }
        let until = used.get(&client).copied().unwrap_or(now).max(now) + each;
        let ahead = until.saturating_duration_since(now + second.max(each));
        if ahead.is_zero() {
            used.insert(client, until);
            return None;
        }
        Some(ahead.as_secs() + u64::from(ahead.subsec_nanos() > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OKTA: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const ENTRA: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn a_second_s_worth_at_once_and_then_at_the_rate() {
        let limit = RateLimit::default();
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        for _ in 0..4 {
            assert_eq!(limit.wait(OKTA, 4, at(0)), None);
        }
        assert_eq!(limit.wait(OKTA, 4, at(0)), Some(1), "whole seconds, at least one");
        assert_eq!(limit.wait(ENTRA, 4, at(0)), None, "another client has its own");
        assert_eq!(limit.wait(OKTA, 4, at(250)), None);
        assert_eq!(limit.wait(OKTA, 4, at(250)), Some(1));
        for _ in 0..4 {
            assert_eq!(limit.wait(OKTA, 4, at(5_000)), None, "quiet time is not saved up");
        }
        assert_eq!(limit.wait(OKTA, 4, at(5_000)), Some(1));
    }

    #[test]
    fn a_new_rate_holds_from_the_next_request_on() {
        let limit = RateLimit::default();
        let now = Instant::now();
        assert_eq!(limit.wait(OKTA, 1, now), None);
        assert_eq!(limit.wait(OKTA, 1, now), Some(1));
        assert_eq!(limit.wait(OKTA, 1_000, now), Some(1), "what was used stays used");
        assert_eq!(limit.wait(OKTA, 1_000, now + Duration::from_millis(1)), None);
    }

    #[test]
    fn quiet_clients_are_forgotten() {
        let limit = RateLimit::default();
        let now = Instant::now();
        for client in 0..=u32::try_from(REMEMBERED).unwrap() {
            let late = now + Duration::from_secs(u64::from(client));
            assert_eq!(limit.wait(IpAddr::V4(client.into()), 5, late), None);
        }
        assert!(limit.used.lock().unwrap().len() < 10);
    }
}
