//! `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` (RFC 7644 §4).

use scim::error::ScimError;
use scim::list::list_response;
use serde_json::Value;

use crate::exchange::{Answer, Call, Source};
use crate::route::Route;

/// Answers a discovery request. A filter there is forbidden by the RFC.
pub(crate) fn answer(source: &Source<'_>, call: &Call, route: &Route) -> Result<Answer, ScimError> {
    if call.parameter("filter").is_some() {
        return Err(ScimError::forbidden(
            "Discovery documents cannot be filtered. Ask without the filter parameter.",
        ));
    }
    let body = match route {
        Route::ResourceTypes(None) => return Ok(all(&scim::discovery::resource_types(source.base))),
        Route::ResourceTypes(Some(name)) => scim::discovery::resource_type(source.base, name)
            .ok_or_else(|| ScimError::not_found("ResourceType", name))?,
        Route::Schemas(None) => return Ok(all(&scim::discovery::schemas(source.base))),
        Route::Schemas(Some(urn)) => {
            scim::discovery::schema(source.base, urn).ok_or_else(|| ScimError::not_found("Schema", urn))?
        }
        _ => scim::discovery::service_provider_config(source.base),
    };
    Ok(Answer::ok(body))
}

fn all(documents: &[Value]) -> Answer {
    let documents: Vec<String> = documents.iter().map(Value::to_string).collect();
    Answer::of_text(list_response(&documents, documents.len(), 1))
}
