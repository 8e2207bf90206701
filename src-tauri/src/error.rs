//! What a command answers when it could not do what was asked. The only place where codes for
//! the window are chosen.

use provisioning::Error;
use serde::Serialize;
use ts_rs::TS;

/// What a page may branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Code {
    /// The request is not acceptable; `field` may say which part.
    Invalid,
    /// What was asked for is gone.
    NotFound,
    /// It is not the time for it: there is a token already, or none.
    Conflict,
    /// A sync is under way.
    Busy,
    /// Something else went wrong.
    Internal,
}

/// What a command answers when it could not do what was asked.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommandError {
    /// What a page may branch on.
    #[ts(inline)]
    pub code: Code,
    /// What happened, why, and what to do.
    pub message: String,
    /// More to do about it, if there is more.
    pub hint: Option<String>,
    /// The field of the request that is to blame, in the request's own spelling.
    pub field: Option<String>,
}

impl CommandError {
    /// Something that nobody could foresee.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self {
            code: Code::Internal,
            message: message.into(),
            hint: None,
            field: None,
        }
    }

    /// An unacceptable `field`.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            code: Code::Invalid,
            message: message.into(),
            hint: None,
            field: Some(field.to_owned()),
        }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let (code, field) = match &error {
            Error::Invalid { field, .. } => (Code::Invalid, Some(camel(field))),
            Error::Import(_) => (Code::Invalid, None),
            Error::NotFound { .. } => (Code::NotFound, None),
            Error::Scim(error) if error.status == 404 => (Code::NotFound, None),
            Error::TokenExists | Error::NoToken | Error::NotUndoable { .. } | Error::NotComparable { .. } => {
                (Code::Conflict, None)
            }
            Error::SyncRunning => (Code::Busy, None),
            _ => (Code::Internal, None),
        };
        Self {
            code,
            message,
            hint: None,
            field,
        }
    }
}

/// `guard-rail-percent`, as the command line says, → `guardRailPercent`, as the window does.
fn camel(key: &str) -> String {
    let mut upper = false;
    key.chars()
        .filter_map(|character| {
            let keep = if upper {
                character.to_ascii_uppercase()
            } else {
                character
            };
            upper = character == '-';
            (!upper).then_some(keep)
        })
        .collect()
}
