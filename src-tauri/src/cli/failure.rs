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
        let code = if matches!(error, ServeError::PortInUse(_)) {
            4
        } else {
            1
        };
        Self {
            message: error.to_string(),
            code,
        }
    }
}
