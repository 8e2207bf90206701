//! What every acceptance test needs: the real program with a data directory of its own
//! ([`Desk`]), an identity provider that talks to it as Entra does ([`Provider`]), the people
//! it provisions ([`contoso`]), a server inside the test ([`Inside`]), requests written byte for
//! byte ([`wire`]), and writers that know what must be there after a crash ([`Writer`], [`look`]).
//!
//! Nothing here sleeps but to end a process at a moment that nobody chose. A test waits for a
//! line on a pipe, for an answer, or for a process's end, and for nothing else.
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
mod look;
mod provider;
mod random;
pub mod wire;
pub mod world;
mod writer;

pub use binary::{program, workspace};
pub use desk::{Desk, Output, Serving, Starting};
pub use inside::Inside;
pub use look::{Outcome, look};
pub use provider::{Answer, Provider};
pub use random::{Chance, seed};
pub use writer::{Name, Size, Writer};
