//! What every acceptance test needs: the real program with a data directory of its own
//! ([`Desk`]), an identity provider that talks to it as Entra does ([`Provider`]), the people
//! it provisions ([`contoso`]), a server inside the test ([`Inside`]), and requests written
//! byte for byte ([`wire`]).
//!
//! Nothing here sleeps. A test waits for a line on a pipe, for an answer, or for a process's
//! end, and for nothing else.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    clippy::indexing_slicing,
    reason = "a test that cannot set itself up should say so and stop"
)]

mod binary;
pub mod contoso;
mod desk;
mod inside;
mod provider;
pub mod wire;

pub use binary::{program, workspace};
pub use desk::{Desk, Output, Serving};
pub use inside::Inside;
pub use provider::{Answer, Provider};
