//! A request as the handlers see it, and their answer as the client does.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use provisioning::Engine;
use scim::dialect::Notes;
use scim::error::ScimError;
use serde_json::Value;
use tokio::time::timeout;

/// Bytes of a body at most.
const BODY_LIMIT: usize = 5 * 1024 * 1024;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What a request is answered from.
pub(crate) struct Source<'a> {
    pub(crate) engine: &'a Engine,
    /// The Tenant URL without its last `/`.
    pub(crate) base: &'a str,
}

/// A request, read whole.
pub(crate) struct Call {
    pub(crate) method: String,
    /// Percent-encoded, as sent.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Why the body was not read.
    pub(crate) refusal: Option<ScimError>,
    /// When it had arrived.
    pub(crate) began: Instant,
}

impl Call {
    /// Reads a request. A body beyond the limit is left unread and refused later, so that the
    /// refusal is logged like every other answer.
    pub(crate) async fn read(request: Request) -> Self {
        let began = Instant::now();
        let (parts, body) = request.into_parts();
        let (body, refusal) = match timeout(BODY_TIME, axum::body::to_bytes(body, BODY_LIMIT)).await {
            Ok(Ok(body)) => (body.into(), None),
            Ok(Err(error)) => (Vec::new(), Some(unread(error))),
            Err(_) => (Vec::new(), Some(too_slow())),
        };
        Self {
            method: parts.method.as_str().to_owned(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
            refusal,
            began,
        }
    }

    /// The value of a header that is text.
    pub(crate) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The last value of a query parameter, decoded; names in any case. Unknown parameters are
    /// never looked at, so `?aadOptscim062020` does no harm.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .last()
            .map(|(_, value)| value.into_owned())
    }

    /// The body as JSON.
    pub(crate) fn json(&self, notes: &mut Notes) -> Result<Value, ScimError> {
        scim::resource::parse_body(&self.body, notes)
    }

    /// Path and query as sent.
    pub(crate) fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// Microseconds since it had arrived.
    pub(crate) fn elapsed(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

fn unread(error: axum::Error) -> ScimError {
    let error = error.into_inner();
    if error.is::<http_body_util::LengthLimitError>() {
        return ScimError::payload_too_large(BODY_LIMIT);
    }
    ScimError::invalid_syntax(format!(
        "The body did not arrive whole ({error}). Send the request again."
    ))
}

fn too_slow() -> ScimError {
    let detail = format!(
        "The body did not arrive within {} seconds. Send the request again.",
        BODY_TIME.as_secs()
    );
    ScimError {
        status: 408,
        scim_type: None,
        detail,
    }
}

/// What is known about a request beside its answer: the log's share.
#[derive(Default)]
pub(crate) struct Story {
    pub(crate) notes: Notes,
    pub(crate) identity: String,
    pub(crate) target: String,
    pub(crate) action: String,
    pub(crate) steps: Vec<provisioning::journal::Step>,
    pub(crate) modified: Vec<provisioning::plan::FieldChange>,
    /// The directory is different now.
    pub(crate) wrote: bool,
    /// The value set was there already.
    pub(crate) unchanged: bool,
}

/// An answer, before it is bytes.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    /// What an error says, for the log.
    pub(crate) reason: String,
}

impl Answer {
    /// 200 with a body.
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
            location: None,
            etag: None,
            reason: String::new(),
        }
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            body: None,
            location: None,
            etag: None,
            reason: String::new(),
        }
    }

    /// A SCIM Error (RFC 7644 §3.12).
    pub(crate) fn error(error: &ScimError) -> Self {
        Self {
            status: error.status,
            body: Some(error.to_json()),
            location: None,
            etag: None,
            reason: error.detail.clone(),
        }
    }

    /// The body as it is sent.
    pub(crate) fn text(&self) -> Option<String> {
        self.body.as_ref().map(Value::to_string)
    }

    /// The HTTP response: always `application/scim+json` (RFC 7644 §3.1), never a trace of who
    /// serves it.
    pub(crate) fn into_response(self) -> Response {
        let text = self.text();
        let mut response = Response::new(text.map_or_else(Body::empty, Body::from));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if self.body.is_some() {
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/scim+json"),
            );
        }
        if self.status == 401 {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"SCIM Desk\""),
            );
        }
        for (name, value) in [(header::LOCATION, self.location), (header::ETAG, self.etag)] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}
