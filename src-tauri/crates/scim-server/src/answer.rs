//! From a request to an answer: who is it, may it, what does it want.

use provisioning::directory::Kind;
use provisioning::journal::{Status, Step};
use provisioning::{Engine, Error};
use scim::dialect::Quirk;
use scim::error::ScimError;

use crate::bulk;
use crate::discovery;
use crate::exchange::{Answer, BODY_LIMIT, Call, Part, Source, Story, refused};
use crate::faults;
use crate::lists;
use crate::resources;
use crate::route::Route;

/// Answers a request and tells its story for the log.
pub(crate) fn answer(source: &Source<'_>, call: &Call, route: &Route, story: &mut Story) -> Answer {
    let admitted = match &call.part {
        Some(part) => admit_part(call, part, story),
        None => admit(source, call, route, story),
    };
    if let (Some(sentence), None) = (route.oddity(&call.path), &call.part) {
        story.notes.add(Quirk::AddressSpelling, "", sentence);
    }
    let answered = admitted.and_then(|()| {
        faults::answer(source, call, route, story, |call, story| {
            dispatch(source, call, route, story)
        })
    });
    answered.unwrap_or_else(|error| Answer {
        allow: (error.status == 405).then(|| route.methods()),
        retry_after: call.wait,
        ..Answer::error(&error)
    })
}

/// Who may ask at all, before anything is looked at.
fn admit(source: &Source<'_>, call: &Call, route: &Route, story: &mut Story) -> Result<(), ScimError> {
    if let Some(seconds) = call.wait {
        let sentence = format!(
            "This client sends more requests than the rate limit allows. Send the request again in {seconds} s."
        );
        story
            .steps
            .push(Step::new("Rate limit", Status::Failure, &sentence));
        return Err(refused(429, sentence));
    }
    authenticate(source, call, story)?;
    match &call.refusal {
        Some(refusal) if refusal.status == 413 && *route == Route::Bulk => {
            return Err(ScimError::bulk_too_large(BODY_LIMIT));
        }
        Some(refusal) => return Err(refusal.clone()),
        None => {}
    }
    refuse_when_off(source, story)
}

/// An operation of a Bulk comes with a request that was admitted.
fn admit_part(call: &Call, part: &Part, story: &mut Story) -> Result<(), ScimError> {
    story
        .steps
        .push(Step::new("Bulk", Status::Success, &part.sentence));
    call.refusal.clone().map_or(Ok(()), Err)
}

fn authenticate(source: &Source<'_>, call: &Call, story: &mut Story) -> Result<(), ScimError> {
    let admitted = match &call.admitted {
        Some(admitted) => admitted.clone(),
        None => authenticated(source.engine, call.header(axum::http::header::AUTHORIZATION)),
    };
    match admitted {
        Ok(()) => {
            let token = source
                .engine
                .tokens()
                .active
                .map(|token| token.display())
                .unwrap_or_default();
            story.steps.push(Step::new(
                "Authenticate",
                Status::Success,
                format!("Token {token} accepted."),
            ));
            Ok(())
        }
        Err(error) => {
            story
                .steps
                .push(Step::new("Authenticate", Status::Failure, &error.detail));
            Err(error)
        }
    }
}

/// Whether the value of an `Authorization` header is good, which counts as a use of the token.
pub(crate) fn authenticated(engine: &Engine, header: Option<&str>) -> Result<(), ScimError> {
    engine
        .authenticate(header)
        .map_err(|rejected| ScimError::unauthorized(rejected.to_string()))
}

fn refuse_when_off(source: &Source<'_>, story: &mut Story) -> Result<(), ScimError> {
    if source.engine.settings().enabled {
        return Ok(());
    }
    let sentence = "User provisioning is off in this console. Turn on Enable User Provisioning (User Syncing), save, and try again.";
    story.steps.push(Step::new("Scope", Status::Failure, sentence));
    Err(ScimError::forbidden(sentence))
}

fn dispatch(source: &Source<'_>, call: &Call, route: &Route, story: &mut Story) -> Result<Answer, ScimError> {
    // HEAD is GET, of which the connection leaves out the body (RFC 9110 §9.3.2).
    let method = match call.method.as_str() {
        "HEAD" => "GET",
        method => method,
    };
    match (method, route) {
        ("POST", Route::Bulk | Route::Search(_)) if call.part.is_some() => Err(ScimError::invalid_value(
            "path",
            "an operation of a Bulk creates or changes one resource; send this as a request of its own",
        )),
        ("GET", Route::Resources(kind)) => lists::list(source, call, Some(*kind), story),
        ("POST", Route::Search(kind)) => lists::search(source, call, *kind, story),
        ("POST", Route::Resources(kind)) => resources::create(source, call, *kind, story),
        ("GET", Route::Resource(kind, id)) => resources::get(source, call, *kind, id, story),
        ("PUT", Route::Resource(kind, id)) => resources::replace(source, call, *kind, id, story),
        ("PATCH", Route::Resource(kind, id)) => resources::patch(source, call, *kind, id, story),
        ("DELETE", Route::Resource(kind, id)) => resources::delete(source, call, *kind, id, story),
        ("GET", Route::ServiceProviderConfig | Route::ResourceTypes(_) | Route::Schemas(_)) => {
            discovery::answer(source, call, route)
        }
        (_, Route::Me) => Err(ScimError::not_implemented("/Me")),
        ("POST", Route::Bulk) => bulk::answer(source, call, story),
        (_, Route::OtherTenant(tenant)) => Err(wrong_address(&format!(
            "There is no tenant \"{tenant}\" here. Copy the Tenant URL again from User provisioning; it ends in /scim/v2/ and the tenant id."
        ))),
        ("GET", Route::Base) if lists::is_asked(call) => lists::list(source, call, None, story),
        ("GET", Route::Base) => Err(wrong_address(
            "This is the Tenant URL itself. It is right; a SCIM client asks below it, for example at /Users or /ServiceProviderConfig.",
        )),
        (_, Route::Unknown) => Err(wrong_address(&format!(
            "There is nothing at {}. Copy the Tenant URL again from User provisioning; resources are below it at /Users and /Groups.",
            call.path
        ))),
        _ => Err(ScimError::method_not_allowed(&call.method, &call.path)),
    }
}

fn wrong_address(sentence: &str) -> ScimError {
    refused(404, sentence)
}

/// What the log calls a request.
pub(crate) fn action(call: &Call, route: &Route) -> String {
    format!("{} {}", call.method, noun(&call.method, route))
}

/// What it is about: a POST to `/Users` is about one user.
fn noun(method: &str, route: &Route) -> &'static str {
    match route {
        Route::Resources(kind) if method == "POST" => kind.name(),
        Route::Resource(kind, _) => kind.name(),
        Route::Resources(Kind::User) | Route::Search(Some(Kind::User)) => "Users",
        Route::Resources(Kind::Group) | Route::Search(Some(Kind::Group)) => "Groups",
        Route::Search(None) => "Users and Groups",
        Route::ServiceProviderConfig => "ServiceProviderConfig",
        Route::ResourceTypes(_) => "ResourceTypes",
        Route::Schemas(_) => "Schemas",
        Route::Me => "Me",
        Route::Bulk => "Bulk",
        Route::Base => "Tenant URL",
        Route::OtherTenant(_) => "other tenant",
        Route::Unknown => "unknown path",
    }
}

/// An engine error as the wire says it. What only the administrator can mend is a 500 whose
/// sentence says so; the particulars stay in the log.
pub(crate) fn wire(error: Error) -> ScimError {
    match error {
        Error::Scim(error) => error,
        // RFC 4918 §11.5: what the request needs to store does not fit.
        full @ Error::Full(_) => {
            tracing::error!(error = %full, "a request failed");
            refused(507, full.to_string())
        }
        other => {
            tracing::error!(error = %other, "a request failed");
            ScimError::internal(other.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_no_fault_of_the_request() {
        let told = wire(Error::Full("/data".into()));
        assert_eq!(told.status, 507);
        assert!(told.detail.contains("free some space"), "{}", told.detail);
    }
}
