//! Every error with its sentence, made by the functions that make the real ones.

use jiff::Timestamp;
use provisioning::Error;
use provisioning::token::Rejected;
use scim::error::ScimError;

use crate::app::App;
use crate::commands::Answer;
use crate::view::{ErrorCatalogue, KnownError};

/// The catalogue, for the page of lessons and help. What stands for a value is in angle brackets.
pub(in crate::commands) fn catalogue(_: &App) -> Answer<ErrorCatalogue> {
    let mut rows: Vec<KnownError> = sent().into_iter().map(Into::into).collect();
    rows.extend(told());
    Ok(ErrorCatalogue { rows })
}

/// What the SCIM server answers.
fn sent() -> Vec<ScimError> {
    let unauthorized = [
        Rejected::Missing,
        Rejected::NotBearer,
        Rejected::Unknown("<last four>".to_owned()),
        Rejected::Retired {
            display: "<token>".to_owned(),
            since: Timestamp::UNIX_EPOCH,
            replaced: true,
        },
        Rejected::Retired {
            display: "<token>".to_owned(),
            since: Timestamp::UNIX_EPOCH,
            replaced: false,
        },
    ];
    let dated = |rejected: &Rejected| rejected.to_string().replace("1970-01-01T00:00:00Z", "<time>");
    let mut errors: Vec<ScimError> = unauthorized
        .iter()
        .map(dated)
        .map(ScimError::unauthorized)
        .collect();
    errors.extend([
        ScimError::invalid_syntax("The body is not the JSON this request needs."),
        ScimError::invalid_filter("<filter>", 0, "<why>"),
        ScimError::invalid_path("<path>", "<why>"),
        ScimError::invalid_value("<attribute>", "<why>"),
        ScimError::no_target("<why>"),
        ScimError::mutability("<attribute>"),
        ScimError::immutable("<attribute>"),
        ScimError::uniqueness("<attribute>", "<value>"),
        ScimError::invalid_cursor(),
        ScimError::not_found("<resource>", "<id>"),
        ScimError::not_implemented("<what>"),
    ]);
    errors
}

impl From<ScimError> for KnownError {
    fn from(error: ScimError) -> Self {
        let code = error.scim_type.map(scim::error::ScimType::as_str);
        Self {
            code: code.map_or_else(|| named(error.status), str::to_owned),
            http_status: Some(error.status),
            sentence: error.detail,
        }
    }
}

/// The usual name of a status that has no keyword of SCIM.
fn named(status: u16) -> String {
    match status {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "notFound",
        409 => "conflict",
        412 => "preconditionFailed",
        501 => "notImplemented",
        _ => "internal",
    }
    .to_owned()
}

/// What the window and the command line say.
fn told() -> Vec<KnownError> {
    let here = || std::path::PathBuf::from("<data directory>");
    let errors = [
        ("inUse", Error::InUse(here())),
        ("noData", Error::NoData(here())),
        ("notEmpty", Error::NotEmpty(here())),
        ("full", Error::Full(here())),
        ("tokenExists", Error::TokenExists),
        ("noToken", Error::NoToken),
        ("syncRunning", Error::SyncRunning),
        (
            "notFound",
            Error::NotFound {
                what: "<thing>",
                id: "<id>".to_owned(),
            },
        ),
        ("store", Error::Store("<what the store said>".to_owned())),
        (
            "damaged",
            Error::Damaged {
                what: "<record>",
                reason: "<why>".to_owned(),
            },
        ),
        ("randomness", Error::Randomness("<why>".to_owned())),
    ];
    errors
        .into_iter()
        .map(|(code, error)| KnownError {
            code: code.to_owned(),
            http_status: None,
            sentence: error.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_a_sentence() {
        let rows = sent().into_iter().map(KnownError::from).chain(told());
        for KnownError { code, sentence, .. } in rows {
            assert!(
                sentence.ends_with('.') || sentence.ends_with("--data-dir"),
                "{code}: {sentence}"
            );
            assert!(!sentence.contains("1970"), "{code}: {sentence}");
        }
    }
}
