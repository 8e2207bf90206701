//! Changes that are held back: a sync plans them, says so, and does not make them.

use serde::{Deserialize, Serialize};

use super::Change;

/// Who holds a change back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HeldBy {
    /// An administrator put its object on hold; it stays as it is until it is released.
    Administrator,
    /// The account is protected, and this would archive it.
    Protected,
}

impl HeldBy {
    /// What holds it, as a sentence, and what lets it go.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Administrator => "On hold; it stays as it is until it is released.",
            Self::Protected => {
                "The account is protected, so it is not archived. Take the protection away to let it happen."
            }
        }
    }
}

/// A change that would be made, were it not held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// Who holds it back.
    #[serde(rename = "heldBy")]
    pub by: HeldBy,
}
