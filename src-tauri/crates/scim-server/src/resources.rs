//! One user or group: read, create, replace, patch, delete (RFC 7644 §3).

use provisioning::directory::{Kind, Resource, ResourceChange};
use provisioning::journal::{Status, Step};
use provisioning::settings::PatchAnswer;
use scim::error::ScimError;
use scim::list::Projection;
use scim::patch::Patch;
use serde_json::Value;

use crate::answer::wire;
use crate::conditions::Conditions;
use crate::exchange::{Answer, Call, Source, Story};

/// GET by id.
pub(crate) fn get(
    source: &Source<'_>,
    call: &Call,
    kind: Kind,
    id: &str,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    id.clone_into(&mut story.target);
    let resource = source.engine.directory().get(kind, id).map_err(wire)?;
    resource.name(kind).clone_into(&mut story.identity);
    let conditions = Conditions::of(call);
    let answer = whole(source, call, kind, &resource)?;
    let etag = answer.etag.as_deref().unwrap_or_default();
    conditions.allow_reading(etag)?;
    if conditions.is_known(etag) {
        return Ok(Answer::not_modified(etag.to_owned()));
    }
    Ok(answer)
}

/// POST.
pub(crate) fn create(
    source: &Source<'_>,
    call: &Call,
    kind: Kind,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    let object = accept(call, kind, story)?;
    let directory = source.engine.directory().logged(story.draft.as_ref());
    let reserved = call.part.as_ref().and_then(|part| part.reserved.as_deref());
    let change = match reserved {
        Some(id) => directory.create_as(kind, id, object, &mut story.notes),
        None => directory.create(kind, object, &mut story.notes),
    };
    let change = stored(kind, change, story)?;
    Ok(Answer {
        status: 201,
        location: Some(location(source, kind, &change.resource.id)),
        ..whole(source, call, kind, &change.resource)?
    })
}

/// The URL of a resource.
pub(crate) fn location(source: &Source<'_>, kind: Kind, id: &str) -> String {
    format!("{}{}/{id}", source.base, kind.resource_type().endpoint)
}

/// PUT.
pub(crate) fn replace(
    source: &Source<'_>,
    call: &Call,
    kind: Kind,
    id: &str,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    identify(source, kind, id, story)?;
    let object = accept(call, kind, story)?;
    let allowed = allowed(call);
    let directory = source.engine.directory().provided(&allowed);
    let directory = directory.logged(story.draft.as_ref());
    let change = directory.replace(kind, id, &object, &mut story.notes);
    let change = stored(kind, change, story)?;
    whole(source, call, kind, &change.resource)
}

/// PATCH, answered as the settings say.
pub(crate) fn patch(
    source: &Source<'_>,
    call: &Call,
    kind: Kind,
    id: &str,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    identify(source, kind, id, story)?;
    let body = call.json(&mut story.notes)?;
    let patch = Patch::parse(kind.resource_type(), body, &mut story.notes)?;
    validated(story);
    let allowed = allowed(call);
    let directory = source.engine.directory().provided(&allowed);
    let written = directory.logged(story.draft.as_ref());
    let change = written.patch(kind, id, &patch, &mut story.notes);
    let change = stored(kind, change, story)?;
    if answered_whole(source, call, kind) {
        return whole(source, call, kind, &change.resource);
    }
    Ok(Answer {
        etag: Some(directory.etag(kind, &change.resource).map_err(wire)?),
        ..Answer::no_content()
    })
}

/// Whether the answer to a PATCH has a body. One that names the attributes it wants always gets
/// them (RFC 7644 §3.5.2).
fn answered_whole(source: &Source<'_>, call: &Call, kind: Kind) -> bool {
    let asks = call
        .parameter("attributes")
        .is_some_and(|names| !names.trim().is_empty());
    asks || match source.engine.settings().patch_answer {
        PatchAnswer::ByType => kind == Kind::User,
        PatchAnswer::Resource => true,
        PatchAnswer::NoContent => false,
    }
}

/// DELETE.
pub(crate) fn delete(
    source: &Source<'_>,
    call: &Call,
    kind: Kind,
    id: &str,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    identify(source, kind, id, story)?;
    let allowed = allowed(call);
    let directory = source.engine.directory().provided(&allowed);
    let change = directory.logged(story.draft.as_ref()).delete(kind, id);
    stored(kind, change, story)?;
    Ok(Answer::no_content())
}

/// What the request asks of a resource before it is written.
fn allowed(call: &Call) -> impl Fn(&str) -> Result<(), ScimError> + Sync + use<> {
    let conditions = Conditions::of(call);
    move |etag| conditions.allow_change(etag)
}

/// Says in the log who the request is about, even if it fails; an unknown id is a 404.
fn identify(source: &Source<'_>, kind: Kind, id: &str, story: &mut Story) -> Result<(), ScimError> {
    id.clone_into(&mut story.target);
    let resource = source.engine.directory().get(kind, id).map_err(wire)?;
    resource.name(kind).clone_into(&mut story.identity);
    Ok(())
}

fn accept(call: &Call, kind: Kind, story: &mut Story) -> Result<scim::resource::Object, ScimError> {
    let body = call.json(&mut story.notes)?;
    if let Some(name) = body.get(kind.name_attribute()).and_then(Value::as_str) {
        name.clone_into(&mut story.identity);
    }
    let object = scim::resource::accept(kind.resource_type(), body, &mut story.notes)?;
    validated(story);
    Ok(object)
}

fn validated(story: &mut Story) {
    let forgiven = story.notes.iter().count();
    let (status, detail) = match forgiven {
        0 => (Status::Success, "The request follows the RFC.".to_owned()),
        1 => (
            Status::Warning,
            "Accepted; one thing was not as the RFC has it.".to_owned(),
        ),
        n => (
            Status::Warning,
            format!("Accepted; {n} things were not as the RFC has it."),
        ),
    };
    story.steps.push(Step::new("Validate", status, detail));
}

/// Keeps what a write did for the log.
fn stored(
    kind: Kind,
    change: provisioning::Result<ResourceChange>,
    story: &mut Story,
) -> Result<ResourceChange, ScimError> {
    let change = change.map_err(wire)?;
    story.target.clone_from(&change.resource.id);
    change.resource.name(kind).clone_into(&mut story.identity);
    story.modified.clone_from(&change.modified);
    story.wrote = change.changed;
    story.unchanged = !change.changed;
    let detail = if change.changed {
        "Stored in the directory."
    } else {
        "No change: these values were there already."
    };
    story.steps.push(Step::new("Store", Status::Success, detail));
    Ok(change)
}

/// A resource with its version: whole, or the attributes the client named.
fn whole(source: &Source<'_>, call: &Call, kind: Kind, resource: &Resource) -> Result<Answer, ScimError> {
    let projection = Projection::parse(
        kind.resource_type(),
        call.parameter("attributes").as_deref(),
        call.parameter("excludedAttributes").as_deref(),
    );
    let directory = source.engine.directory();
    let (body, etag) = directory
        .represent(kind, resource, &projection, source.base)
        .map_err(wire)?;
    Ok(Answer {
        etag: Some(etag),
        ..Answer::ok(Value::Object(body))
    })
}
