//! Takes a request to the target and brings the answer, waiting where the target asks for it.

use std::time::Duration;

use serde_json::Value as Json;

use super::Surroundings;
use super::record::Trail;
use crate::fault::{Asked, Fault, MULTIPLE_ENTRIES};
use crate::target::{Answer, Body, NoAnswer};
use crate::wire::{Kind, Request, Writer};

impl<'a> Surroundings<'a> {
    /// Writes the persona's requests.
    pub(super) fn writer(&self) -> Writer<'a> {
        Writer::new(self.persona)
    }

    /// Sends a request, and again after a 429 as far as the persona's retry rule goes.
    pub(super) fn exchange(&self, request: &Request, trail: &mut Trail) -> Result<Answer, NoAnswer> {
        let retry = &self.persona.retry;
        let mut waited = retry.wait_seconds;
        for attempt in 1.. {
            let answer = self.target.send(request);
            trail.sent(request, answer.as_ref().ok());
            let answer = answer?;
            if answer.status != 429 || attempt >= retry.attempts {
                return Ok(answer);
            }
            let asked: Option<u64> = answer
                .retry_after
                .as_deref()
                .and_then(|text| text.trim().parse().ok());
            let seconds = match asked {
                Some(seconds) if seconds <= retry.retry_after_up_to => seconds,
                Some(_) => return Ok(answer),
                None => match waited {
                    Some(seconds) => {
                        waited = Some(seconds.saturating_mul(2));
                        seconds
                    }
                    None => return Ok(answer),
                },
            };
            if !(self.pause)(Duration::from_secs(seconds)) {
                return Ok(answer);
            }
        }
        Err(NoAnswer::Broken("it was never sent".to_owned()))
    }

    /// Sends a request whose answer has to be one of success.
    pub(super) fn ask(&self, request: &Request, asked: Asked, trail: &mut Trail) -> Result<Answer, Fault> {
        let answer = self
            .exchange(request, trail)
            .map_err(|error| Fault::no_answer(&error))?;
        if answer.is_success() {
            Ok(answer)
        } else {
            Err(Fault::refused(&answer, asked))
        }
    }

    /// Sends a search. Returns what it found; fails if the answer is no list (RFC 7644 §3.4.2) or
    /// has members that were to be left out.
    pub(super) fn find(&self, kind: Kind, request: &Request, trail: &mut Trail) -> Result<Vec<Json>, Fault> {
        let answer = self.ask(request, Asked::List, trail)?;
        let found = resources(&answer)?;
        let excludes = kind == Kind::Group && self.persona.groups.exclude_members;
        let has_members = |each: &Json| {
            let members = each.get("members").and_then(Json::as_array);
            members.is_some_and(|members| !members.is_empty())
        };
        if excludes && found.iter().any(has_members) {
            return Err(Fault::new(
                MULTIPLE_ENTRIES,
                "The answer holds members, although the request left them out.",
                "Make the server obey excludedAttributes.",
            ));
        }
        Ok(found)
    }

    /// Reads an object that is linked.
    pub(super) fn read(&self, kind: Kind, id: &str, trail: &mut Trail) -> Result<Json, Fault> {
        let answer = self.ask(&self.writer().read(kind, id), Asked::Linked, trail)?;
        object(answer)
    }
}

/// The object that an answer holds.
pub(super) fn object(answer: Answer) -> Result<Json, Fault> {
    match answer.body {
        Body::Json(json) if json.is_object() => Ok(json),
        _ => Err(Fault::incompatible(
            "The target answered without the object that was asked for.",
        )),
    }
}

/// The resources of a list.
pub(super) fn resources(answer: &Answer) -> Result<Vec<Json>, Fault> {
    let incompatible = |what: &str| Fault::incompatible(format!("The answer is no SCIM list: {what}."));
    let json = match &answer.body {
        Body::Json(json) => json,
        Body::Empty => return Err(incompatible("it is empty")),
        Body::Other(text) if text.trim_start().starts_with('<') => {
            return Err(incompatible("it is a web page"));
        }
        Body::Other(_) => return Err(incompatible("it is no JSON")),
    };
    let total = json.get("totalResults").and_then(Json::as_u64);
    match (json.get("Resources"), total) {
        (Some(Json::Array(found)), Some(_)) => Ok(found.clone()),
        (None | Some(Json::Null), Some(0)) => Ok(Vec::new()),
        (_, None) => Err(incompatible("totalResults is missing")),
        _ => Err(incompatible("Resources is missing")),
    }
}
