//! `/Bulk`: many operations in one request (RFC 7644 §3.7).
//!
//! Every operation is answered by the same functions as a request of its own and leaves its own
//! event in the log. What the Bulk adds is the order (what is referred to comes first), the ids
//! that stand for `bulkId:` references, and one settling of the store before the answer.
//!
//! Where operations refer to each other in a circle, the first that runs refers to what is not
//! there yet. What holds such a reference (a member, a manager) is left out and added afterwards,
//! if what it refers to was made: so no reference ever leads to what was never there.

mod loose;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{HeaderMap, HeaderValue, header};
use provisioning::directory::Kind;
use provisioning::journal::{Status, Step};
use scim::bulk::{self, Limits, Method, Operation, Request};
use scim::discovery::MAX_BULK_OPERATIONS;
use scim::error::ScimError;
use serde_json::{Value, json};

use crate::answer::wire;
use crate::exchange::{Answer, Call, Part, Source, Story};
use crate::log;
use crate::resources::location;
use crate::route::Route;
use loose::Loose;

/// Operations of a request at most, as announced.
const LIMITS: Limits = Limits {
    operations: MAX_BULK_OPERATIONS,
};

/// Headers of the request that say nothing about its operations.
const OWN: &[header::HeaderName] = &[
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
];

/// POST to `/Bulk`.
pub(crate) fn answer(source: &Source<'_>, call: &Call, story: &mut Story) -> Result<Answer, ScimError> {
    let body = call.json(&mut story.notes)?;
    let request = Request::parse(body, &LIMITS, &mut story.notes)?;
    let count = request.operations.len();
    let order = request.order();
    let mut run = Run::new(source, call, &request)?;
    for index in order {
        if request.stops_after(run.errors) {
            break;
        }
        if let Some(operation) = request.operations.get(index) {
            run.operate(index, operation, story);
        }
    }
    run.complete(story);
    story.steps.push(run.step(count));
    story.steps.extend(run.lost());
    Ok(Answer::ok(bulk::response(run.outcomes.into_values().collect())))
}

/// A Bulk on its way.
struct Run<'a> {
    source: &'a Source<'a>,
    call: &'a Call,
    /// The request's headers, for its operations.
    headers: HeaderMap,
    count: usize,
    /// What the bulkIds that somebody refers to stand for; reserved before anything is written.
    ids: BTreeMap<String, String>,
    /// The bulkIds whose resource is there, and those whose resource will not be.
    made: BTreeSet<String>,
    failed: BTreeSet<String>,
    /// What could not be given yet to resources of circles.
    late: Vec<Late>,
    /// By their place in the request.
    outcomes: BTreeMap<usize, Value>,
    errors: usize,
}

/// A resource that was created without what refers to others, which were not there.
struct Late {
    index: usize,
    operation: Operation,
    /// Its URL.
    resource: String,
    parts: Vec<Loose>,
}

impl<'a> Run<'a> {
    fn new(source: &'a Source<'a>, call: &'a Call, request: &Request) -> Result<Self, ScimError> {
        let mut headers = call.headers.clone();
        for name in OWN {
            headers.remove(name);
        }
        let mut run = Self {
            source,
            call,
            headers,
            count: request.operations.len(),
            ids: BTreeMap::new(),
            made: BTreeSet::new(),
            failed: BTreeSet::new(),
            late: Vec::new(),
            outcomes: BTreeMap::new(),
            errors: 0,
        };
        let referred: BTreeSet<String> = request.operations.iter().flat_map(bulk::references).collect();
        for operation in &request.operations {
            let created = run.created(operation);
            if let (Some(kind), Some(id)) = (created, &operation.bulk_id)
                && referred.contains(id)
                && !run.ids.contains_key(id)
            {
                let reserved = source.engine.directory().new_id(kind).map_err(wire)?;
                run.ids.insert(id.clone(), reserved);
            }
        }
        // Of what can never be created nobody waits to hear that it has failed.
        let posts = request.operations.iter().filter(|one| one.method == Method::Post);
        let names = posts.filter_map(|one| one.bulk_id.as_ref());
        run.failed = names.filter(|id| !run.ids.contains_key(*id)).cloned().collect();
        Ok(run)
    }

    /// What an operation that can run would create.
    fn created(&self, operation: &Operation) -> Option<Kind> {
        match self.route(&operation.path) {
            Route::Resources(kind) if operation.method == Method::Post && operation.fault.is_none() => {
                Some(kind)
            }
            _ => None,
        }
    }

    fn route(&self, path: &str) -> Route {
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        Route::below(self.source.base, path, self.source.engine.tenant())
    }

    /// Runs one operation and keeps its outcome.
    fn operate(&mut self, index: usize, sent: &Operation, story: &mut Story) {
        let mut operation = sent.clone();
        let references = bulk::references(sent);
        let lost = references
            .iter()
            .find(|id| self.failed.contains(*id) && !self.made.contains(*id));
        if operation.fault.is_none() {
            operation.fault = lost.map(|id| bulk::unresolved(id));
        }
        let absent: BTreeSet<String> = references
            .difference(&self.made)
            .filter(|id| self.ids.contains_key(*id))
            .cloned()
            .collect();
        let parts = match &mut operation.data {
            Some(data) if !absent.is_empty() && operation.method == Method::Post => {
                loose::take(data, &absent)
            }
            _ => Vec::new(),
        };
        operation.path = bulk::resolve_path(&operation.path, &self.ids);
        if let Some(data) = &mut operation.data {
            bulk::resolve(data, &self.ids);
        }
        let answer = self.send(index, &operation, story);
        let succeeded = answer.status < 400;
        if let (Some(id), Method::Post) = (&sent.bulk_id, &sent.method) {
            let names = if succeeded {
                &mut self.made
            } else {
                &mut self.failed
            };
            names.insert(id.clone());
        }
        if succeeded && !parts.is_empty() {
            self.late.push(Late {
                index,
                operation: sent.clone(),
                resource: answer.location.clone().unwrap_or_default(),
                parts,
            });
        }
        self.errors += usize::from(!succeeded);
        self.keep(index, &operation, answer);
    }

    /// Sends an operation the way of a request.
    fn send(&self, index: usize, operation: &Operation, story: &mut Story) -> Answer {
        let target = operation.path.as_str();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut call = Call::of(operation.method.as_str(), path, query);
        call.headers.clone_from(&self.headers);
        call.refusal.clone_from(&operation.fault);
        if let Some(version) = &operation.version {
            match HeaderValue::from_str(version) {
                Ok(version) => {
                    call.headers.insert(header::IF_MATCH, version);
                }
                Err(_) => {
                    call.refusal = Some(ScimError::invalid_value("version", "an entity tag is expected"));
                }
            }
        }
        call.body = operation
            .data
            .as_ref()
            .map(|data| data.to_string().into_bytes())
            .unwrap_or_default();
        let creates = operation.method == Method::Post;
        let reserved = operation.bulk_id.as_ref().and_then(|id| self.ids.get(id));
        call.part = Some(Part {
            sentence: format!(
                "Operation {} of {} of the Bulk request {}.",
                index + 1,
                self.count,
                self.call.id
            ),
            reserved: reserved.filter(|_| creates).cloned(),
        });
        let (answer, wrote) = log::answer_part(self.source, &call, &self.route(target));
        story.wrote |= wrote;
        answer
    }

    fn keep(&mut self, index: usize, operation: &Operation, answer: Answer) {
        let place = match (answer.location, self.route(&operation.path)) {
            (Some(location), _) => Some(location),
            (None, Route::Resource(kind, id)) => Some(location(self.source, kind, &id)),
            _ => None,
        };
        let (place, etag) = (place.as_deref(), answer.etag.as_deref());
        let outcome = if answer.status < 400 {
            bulk::outcome(operation, answer.status, place, etag, None)
        } else {
            let place = place.filter(|_| operation.method != Method::Post);
            bulk::outcome(operation, answer.status, place, etag, answer.body)
        };
        self.outcomes.insert(index, outcome);
    }

    /// Gives the resources of circles what refers to others that are there by now.
    fn complete(&mut self, story: &mut Story) {
        let all = std::mem::take(&mut self.late);
        for late in &all {
            let parts = late.parts.iter().filter(|part| part.refers.is_subset(&self.made));
            let mut value = loose::join(parts);
            if value.as_object().is_none_or(serde_json::Map::is_empty) {
                continue;
            }
            bulk::resolve(&mut value, &self.ids);
            let addition = Operation {
                method: Method::Patch,
                path: late.resource.trim_start_matches(self.source.base).to_owned(),
                version: None,
                data: Some(json!({
                    "schemas": [scim::schemas::PATCH_OP],
                    "Operations": [{ "op": "add", "value": value }],
                })),
                ..late.operation.clone()
            };
            let mut answer = self.send(late.index, &addition, story);
            if answer.status < 400 {
                // To the client this is still the POST that it sent.
                answer.status = 201;
            } else {
                self.errors += 1;
            }
            answer.location = Some(late.resource.clone());
            self.keep(late.index, &late.operation, answer);
        }
        self.late = all;
    }

    /// What became of it, for the log.
    fn step(&self, count: usize) -> Step {
        let tried = self.outcomes.len();
        let status = if self.errors == 0 {
            Status::Success
        } else {
            Status::Warning
        };
        let left = match count.saturating_sub(tried) {
            0 => String::new(),
            left => format!(", {left} not tried since failOnErrors was reached"),
        };
        let done = tried.saturating_sub(self.errors);
        let failed = self.errors;
        let sentence =
            format!("{count} operations: {done} done, {failed} failed{left}. Each has an event of its own.");
        Step::new("Bulk", status, sentence)
    }
}

impl Run<'_> {
    /// References of circles that were left out for good, for the log: what they refer to failed
    /// after the operation had run, or was not tried.
    fn lost(&self) -> impl Iterator<Item = Step> {
        let parts = self
            .late
            .iter()
            .flat_map(|late| late.parts.iter().map(|part| (late.index, part)));
        let lost = parts.flat_map(|(index, part)| {
            let ids = part.refers.difference(&self.made);
            ids.map(move |id| (index, part.attribute.as_str(), id))
        });
        lost.map(|(index, attribute, id)| {
            let sentence = format!(
                "Operation {} refers to bulkId:{id}, which failed afterwards; it was left out of the {attribute}.",
                index + 1
            );
            Step::new("Bulk", Status::Warning, sentence)
        })
    }
}
