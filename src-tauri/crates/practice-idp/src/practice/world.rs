//! What comes from outside.

use std::time::Duration;

use jiff::Timestamp;

use crate::persona::Persona;
use crate::secret::SecretToken;
use crate::target::{Target, TenantUrl};

/// Whatever comes from outside: the computer's clock, chance, pauses, and the way to a target.
pub trait World: Send + Sync {
    /// What the computer's clock says.
    fn now(&self) -> Timestamp;

    /// Waits. Tests do not.
    fn pause(&self, duration: Duration);

    /// A new random id.
    fn chance(&self) -> String;

    /// A target at a Tenant URL.
    fn target(&self, url: &TenantUrl, token: &SecretToken, persona: &Persona) -> Box<dyn Target>;
}

/// The real world.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealWorld;

impl World for RealWorld {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn chance(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }

    fn target(&self, url: &TenantUrl, token: &SecretToken, persona: &Persona) -> Box<dyn Target> {
        let (seconds, connections) = (persona.timeout_seconds, persona.parallel);
        Box::new(crate::client::Client::new(
            url,
            token.clone(),
            seconds,
            connections,
        ))
    }
}
