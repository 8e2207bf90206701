//! Settings as they are written on the command line.

use super::{Durability, PatchAnswer, Service, Settings};
use crate::error::{Error, Result};

pub(super) fn unknown_key(key: &str) -> Error {
    let known: Vec<_> = Settings::default()
        .rows()
        .into_iter()
        .map(|(key, ..)| key)
        .collect();
    Error::invalid(
        "key",
        format!(
            "There is no setting \"{key}\". The settings are: {}.",
            known.join(", ")
        ),
    )
}

pub(super) fn limit(limit: Option<u32>) -> String {
    limit.map_or_else(|| "none".to_owned(), |n| n.to_string())
}

pub(super) fn within(
    key: &'static str,
    what: &str,
    value: u32,
    low: u32,
    high: u32,
    unit: &str,
) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(
        key,
        format!("{what} must be from {low} to {high} {unit}; {value} is not."),
    ))
}

pub(super) fn flag(key: &'static str, value: &str) -> Result<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" => Ok(true),
        "false" | "off" | "no" => Ok(false),
        _ => Err(Error::invalid(
            key,
            format!("\"{value}\" is neither true nor false. Write {key}=true or {key}=false."),
        )),
    }
}

pub(super) fn service(value: &str) -> Result<Service> {
    match value.to_ascii_lowercase().as_str() {
        "adi" => Ok(Service::Adi),
        "scim" => Ok(Service::Scim),
        _ => Err(Error::invalid(
            "service",
            format!("\"{value}\" is no service. Write service=adi or service=scim."),
        )),
    }
}

pub(super) fn patch_answer(value: &str) -> Result<PatchAnswer> {
    [PatchAnswer::ByType, PatchAnswer::Resource, PatchAnswer::NoContent]
        .into_iter()
        .find(|answer| answer.name().eq_ignore_ascii_case(value))
        .ok_or_else(|| {
            Error::invalid(
                "patch-answer",
                format!(
                    "\"{value}\" is no answer to a PATCH. Write patch-answer=by-type, patch-answer=resource or patch-answer=no-content."
                ),
            )
        })
}

pub(super) fn durability(value: &str) -> Result<Durability> {
    [Durability::PowerLoss, Durability::ProcessCrash]
        .into_iter()
        .find(|durability| durability.name().eq_ignore_ascii_case(value))
        .ok_or_else(|| {
            Error::invalid(
                "durability",
                format!(
                    "\"{value}\" is nothing that a write survives. Write durability=power-loss or durability=process-crash."
                ),
            )
        })
}

pub(super) fn whole(key: &'static str, value: &str) -> Result<u32> {
    value.parse().map_err(|_| {
        Error::invalid(
            key,
            format!("\"{value}\" is not a whole number. Write {key}=30, for example."),
        )
    })
}

pub(super) fn optional(key: &'static str, value: &str) -> Result<Option<u32>> {
    if value.eq_ignore_ascii_case("none") || value.is_empty() {
        return Ok(None);
    }
    whole(key, value).map(Some)
}
