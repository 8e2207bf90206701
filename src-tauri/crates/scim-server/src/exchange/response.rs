//! An answer, from a value to an HTTP response.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use scim::error::ScimError;
use serde_json::Value;

/// Names a request in its answer as the log does.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An extension of a response that is not to be sent: the connection is closed instead.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("fault injection closed the connection")]
pub(crate) struct Dropped;

/// An answer, before it is bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The body, unless it is `written` already.
    pub(crate) body: Option<Value>,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    /// The methods there are, for a 405.
    pub(crate) allow: Option<&'static str>,
    /// Seconds to wait.
    pub(crate) retry_after: Option<u64>,
    /// The name under which the log has it.
    pub(crate) request_id: String,
    /// What an error says, for the log.
    pub(crate) reason: String,
    /// The body as it is sent, once it is written.
    pub(crate) written: Option<String>,
    /// The body is a page of HTML, by fault injection.
    pub(crate) is_html: bool,
    /// The client gets none, by fault injection.
    pub(crate) is_dropped: bool,
    /// How long it is held back, by fault injection.
    pub(crate) delay: Option<Duration>,
}

impl Answer {
    /// 200 with a body.
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
            ..Self::default()
        }
    }

    /// 200 with a body that is JSON text.
    pub(crate) fn of_text(json: String) -> Self {
        Self {
            status: 200,
            written: Some(json),
            ..Self::default()
        }
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            ..Self::default()
        }
    }

    /// 304: the client has this version already.
    pub(crate) fn not_modified(etag: String) -> Self {
        Self {
            status: 304,
            etag: Some(etag),
            ..Self::default()
        }
    }

    /// A SCIM Error (RFC 7644 §3.12).
    pub(crate) fn error(error: &ScimError) -> Self {
        Self {
            status: error.status,
            body: Some(error.to_json()),
            reason: error.detail.clone(),
            ..Self::default()
        }
    }

    /// 500: a fault of ours, before or after the request `wrote`.
    pub(crate) fn fault(wrote: bool) -> Self {
        Self::error(&ScimError::internal(if wrote {
            "The server failed on this request after it had changed the directory. It was logged; read the resource before you send the request again."
        } else {
            "The server failed on this request. It was logged; the directory is unchanged."
        }))
    }

    /// 500: a fault of ours of which the log may not know.
    pub(crate) fn lost() -> ScimError {
        ScimError::internal(
            "The server failed on this request, and it is not known how far it came. Read the resource before you send the request again.",
        )
    }

    /// Writes the body, for the log and the wire alike. It changes no more.
    pub(crate) fn write(&mut self) {
        self.written = self.written.take().or_else(|| self.body.as_ref().map(text));
    }

    /// The body as it is sent, if it is written.
    pub(crate) fn as_sent(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// The HTTP response: always `application/scim+json` (RFC 7644 §3.1) unless a fault was injected,
    /// never a trace of who serves it.
    pub(crate) fn into_response(self) -> Response {
        let text = self.written.or_else(|| self.body.as_ref().map(text));
        let media_type = if self.is_html {
            "text/html; charset=utf-8"
        } else {
            "application/scim+json"
        };
        let media_type = text.is_some().then(|| media_type.to_owned());
        let mut response = Response::new(text.map_or_else(Body::empty, Body::from));
        if self.is_dropped {
            response.extensions_mut().insert(Dropped);
        }
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // RFC 7643 §3.1: meta.location and this header are the same.
        let place = self.body.as_ref().and_then(|body| body.pointer("/meta/location"));
        let place = place.and_then(Value::as_str).map(str::to_owned);
        let realm = (self.status == 401).then(|| "Bearer realm=\"SCIM Desk\"".to_owned());
        for (name, value) in [
            (header::CONTENT_TYPE, media_type),
            (header::WWW_AUTHENTICATE, realm),
            (header::LOCATION, self.location),
            (header::CONTENT_LOCATION, place),
            (header::ETAG, self.etag),
            (header::ALLOW, self.allow.map(str::to_owned)),
            (
                header::RETRY_AFTER,
                self.retry_after.map(|seconds| seconds.to_string()),
            ),
            (REQUEST_ID, Some(self.request_id)),
        ] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// A value as JSON, in one piece of memory if it is the size of a usual answer.
fn text(value: &Value) -> String {
    const USUAL: usize = 2 * 1024;
    let mut bytes = Vec::with_capacity(USUAL);
    let written = serde_json::to_writer(&mut bytes, value);
    match (written, String::from_utf8(bytes)) {
        (Ok(()), Ok(text)) => text,
        _ => value.to_string(),
    }
}

/// An error of HTTP rather than of SCIM.
pub(crate) fn refused(status: u16, detail: impl Into<String>) -> ScimError {
    ScimError {
        status,
        scim_type: None,
        detail: detail.into(),
    }
}
