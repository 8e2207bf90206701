//! Mapping files in the shape of Microsoft Graph: a `synchronizationRule`, alone or within the
//! `synchronizationSchema` that Graph answers.
//!
//! Members that mean nothing here are kept and written again; what is read and cannot be kept is
//! told in a note. A file with a mistake is refused as a whole.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;
use thiserror::Error;

use super::Mapping;

mod members;
mod read;
mod write;

use members::Problems;

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The tables.
    pub mapping: Mapping,
    /// What of the file was not taken over, in sentences.
    pub notes: Vec<String>,
}

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .problems.join("\n"))]
pub struct ImportError {
    /// Every problem in a sentence that says where it is.
    pub problems: Vec<String>,
}

impl Mapping {
    /// The tables as a file, from which [`Mapping::from_json`] reads the same.
    pub fn to_json(&self) -> Json {
        write::rule(self)
    }

    /// Reads the text of a file.
    ///
    /// Errors are those of [`Mapping::from_json`], and text that is no JSON.
    pub fn read(text: &str) -> Result<Import, ImportError> {
        let json =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| ImportError {
                problems: vec![format!("The file is no JSON: {error}. Export the mapping again.")],
            })?;
        Self::from_json(&json)
    }

    /// Reads a file.
    ///
    /// The error has every problem: members of the wrong type, targets, expressions and operators
    /// that cannot be read, a table for users that is missing or there twice.
    pub fn from_json(json: &Json) -> Result<Import, ImportError> {
        let mut problems = Problems::default();
        let mut notes = Vec::new();
        let mapping = read::rule(json, &mut problems, &mut notes);
        match mapping {
            Some(mapping) if problems.is_empty() => Ok(Import { mapping, notes }),
            _ => Err(ImportError {
                problems: problems.into_sentences(),
            }),
        }
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Mapping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        let import = Self::from_json(&json).map_err(serde::de::Error::custom)?;
        Ok(import.mapping)
    }
}
