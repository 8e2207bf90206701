//! Letting the application's own test of the connection in.

use super::Engine;
use crate::clock::lock;
use crate::error::{Error, Result};
use crate::token::ClearToken;

/// Signs in while it lives, beside the SCIM token. It is never stored, and its use is not counted.
pub struct Pass<'a> {
    engine: &'a Engine,
    token: ClearToken,
}

impl Engine {
    /// A pass for one test. A second one ends the first. Fails with [`Error::Randomness`].
    pub fn pass(&self) -> Result<Pass<'_>> {
        let token = ClearToken::generate().map_err(|error| Error::Randomness(error.to_string()))?;
        lock(&self.passing).open(&token);
        Ok(Pass { engine: self, token })
    }
}

impl Pass<'_> {
    /// The secret, for the `Authorization` header of the test.
    pub fn reveal(&self) -> &str {
        self.token.reveal()
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        lock(&self.engine.passing).close();
    }
}
