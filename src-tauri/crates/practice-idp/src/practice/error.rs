//! Why something was not done, in sentences.

use super::FolderError;
use crate::configuration::ConfigurationError;
use crate::cycle::{OnDemandError, RulesError};
use crate::log::{ExportError, LogError};
use crate::mapping::MappingFault;
use crate::organisation::files::FilesError;
use crate::persona::UnknownPersona;
use crate::target::BadTenantUrl;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The organisation's files.
    #[error(transparent)]
    Organisation(#[from] FilesError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The export of the log.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The configuration.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// The Tenant URL.
    #[error(transparent)]
    TenantUrl(#[from] BadTenantUrl),
    /// The persona.
    #[error(transparent)]
    Persona(#[from] UnknownPersona),
    /// The scoping filters.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The attribute mapping.
    #[error("{}", .0.iter().map(|fault| fault.sentence.as_str()).collect::<Vec<_>>().join("\n"))]
    Mapping(Vec<MappingFault>),
    /// Provisioning on demand.
    #[error(transparent)]
    OnDemand(#[from] OnDemandError),
    /// An edit.
    #[error("{0}")]
    Edit(String),
    /// A cycle runs.
    #[error("A cycle is running. Wait until it has ended, or stop it.")]
    Running,
    /// Provisioning is off.
    #[error(
        "Provisioning Status is Off, so nothing is provisioned. Set Provisioning Mode to Automatic and Provisioning Status to On."
    )]
    Off,
    /// The job switched itself off.
    #[error("{0} Provisioning has switched itself off. Mend what failed and restart it.")]
    Disabled(String),
    /// There is no token.
    #[error("There is no Secret Token. Fill in the one that the server gave out.")]
    NoToken,
}
