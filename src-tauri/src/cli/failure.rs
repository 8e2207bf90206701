//! How a command ends when it does not do what was asked.

use std::process::ExitCode;

use provisioning::Error;
use scim_server::ServeError;

use super::terminal;

/// A sentence for people and a code for scripts.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// A failure without a code of its own.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 1,
        }
    }

    /// Somebody else uses the data.
    pub(crate) fn in_use(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 3,
        }
    }

    /// The data cannot be written.
    pub(crate) fn not_writable(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 5,
        }
    }

    /// The sentence.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Says it on standard error. Returns the process's exit code.
    pub(crate) fn report(&self) -> ExitCode {
        terminal::note(&self.message);
        ExitCode::from(self.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::InUse(_) => 3,
            Error::NotWritable { .. } => 5,
            _ => 1,
        };
        Self {
            message: error.to_string(),
            code,
        }
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::PortInUse(_) => Self {
                message: format!("{error} With --listen 127.0.0.1:0 the server takes a free one."),
                code: 4,
            },
            _ => Self::general(error.to_string()),
        }
    }
}
