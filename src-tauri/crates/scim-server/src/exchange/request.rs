//! A request, read within its limits of size and time.

use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, header};
use http_body_util::BodyExt;
use scim::dialect::{Notes, Quirk};
use scim::error::ScimError;
use serde_json::Value;
use tokio::time::timeout;
use uuid::Uuid;

use super::refused;
use crate::connections::{Limits, Peer};

/// Bytes of a body at most, be it a Bulk or not.
pub(crate) const BODY_LIMIT: usize = scim::discovery::MAX_BULK_BYTES;

/// Bytes of a body that is too large which are taken before the connection is closed.
const DISCARDED: usize = 4 * BODY_LIMIT;

/// A request, read whole.
pub(crate) struct Call {
    /// Its name in the log and in the answer.
    pub(crate) id: String,
    pub(crate) method: String,
    /// Percent-encoded, as sent.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The parameters in it, decoded, once somebody has asked.
    parameters: OnceLock<Vec<(String, String)>>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Why the body was not read.
    pub(crate) refusal: Option<ScimError>,
    /// Bytes of the body that came and were not kept.
    pub(crate) unkept: usize,
    /// Whether its token is good, if that was looked at before its body.
    pub(crate) admitted: Option<Result<(), ScimError>>,
    /// The client sends too much; seconds that it has to wait.
    pub(crate) wait: Option<u64>,
    /// What it belongs to, if it is an operation of a Bulk.
    pub(crate) part: Option<Part>,
    /// When it had arrived.
    pub(crate) began: Instant,
}

/// An operation's place in a Bulk.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// For the log: "Operation 2 of 3 of the Bulk request …".
    pub(crate) sentence: String,
    /// The id of what it creates, if other operations refer to it already.
    pub(crate) reserved: Option<String>,
}

impl Call {
    /// A request without headers and body.
    pub(crate) fn of(method: &str, path: &str, query: &str) -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            parameters: OnceLock::new(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            refusal: None,
            unkept: 0,
            admitted: None,
            wait: None,
            part: None,
            began: Instant::now(),
        }
    }

    /// The same request with another query and without its body.
    pub(crate) fn asking(&self, query: &str) -> Self {
        Self {
            id: self.id.clone(),
            headers: self.headers.clone(),
            began: self.began,
            ..Self::of(&self.method, &self.path, query)
        }
    }

    /// Reads a request. A body beyond the limit, one of a client that `wait` tells to wait, and
    /// one that comes with an `Authorization` that `admit` refuses, is taken as well, up to
    /// [`DISCARDED`], since a client that is still sending when the connection closes never sees
    /// its answer. But nothing of it is kept, not even while it arrives; the request is refused
    /// later, so that the log has the refusal.
    pub(crate) async fn read<A>(
        request: Request,
        limits: &Limits,
        wait: impl FnOnce(IpAddr) -> Option<u64>,
        admit: impl FnOnce(Option<String>) -> A,
    ) -> Self
    where
        A: Future<Output = Result<(), ScimError>>,
    {
        let (parts, body) = request.into_parts();
        let uri = &parts.uri;
        let mut call = Self::of(parts.method.as_str(), uri.path(), uri.query().unwrap_or_default());
        call.headers = parts.headers;
        let peer = parts.extensions.get::<Peer>();
        call.wait = peer.and_then(|peer| wait(peer.0.ip()));
        if call.wait.is_none() && !body.is_end_stream() {
            let token = call.header(header::AUTHORIZATION).map(str::to_owned);
            call.admitted = Some(admit(token).await);
        }
        if call.announces_too_much() {
            call.refusal = Some(ScimError::payload_too_large(BODY_LIMIT));
            return call;
        }
        let is_welcome = call.wait.is_none() && !matches!(call.admitted, Some(Err(_)));
        let most = if is_welcome { BODY_LIMIT } else { 0 };
        let mut length = 0;
        match timeout(limits.body, whole(body, most, &mut length)).await {
            Ok(Ok(body)) => call.body = body,
            Ok(Err(refusal)) => call.refusal = Some(refusal),
            Err(_) => call.refusal = Some(too_slow(limits.body)),
        }
        if call.body.is_empty() {
            call.unkept = length;
        }
        call
    }

    /// Whether the client asks before it sends a body that is too large (RFC 9110 §10.1.1).
    fn announces_too_much(&self) -> bool {
        let length = self.header(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.parse::<usize>().ok());
        self.headers.contains_key(header::EXPECT) && length.is_some_and(|length| length > BODY_LIMIT)
    }

    /// The value of a header that is text.
    pub(crate) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The last value of a query parameter, decoded; names in any case. Unknown parameters are
    /// never looked at, so `?aadOptscim062020` does no harm.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let mut of_name = self
            .parameters()
            .iter()
            .filter(|(found, _)| found.eq_ignore_ascii_case(name));
        of_name.next_back().map(|(_, value)| value.clone())
    }

    /// Whether a query parameter is there, with or without a value; in any case.
    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        self.parameters()
            .iter()
            .any(|(found, _)| found.eq_ignore_ascii_case(name))
    }

    fn parameters(&self) -> &[(String, String)] {
        self.parameters.get_or_init(|| {
            form_urlencoded::parse(self.query.as_bytes())
                .into_owned()
                .collect()
        })
    }

    /// The body as JSON, whatever its `Content-Type` calls it.
    pub(crate) fn json(&self, notes: &mut Notes) -> Result<Value, ScimError> {
        if let Some(encoding) = self.header(header::CONTENT_ENCODING)
            && !encoding.trim().eq_ignore_ascii_case("identity")
        {
            return Err(refused(
                415,
                format!("The body is encoded as {encoding}, which is not read here. Send it as it is."),
            ));
        }
        self.note_type(notes);
        scim::resource::parse_body(&self.body, notes)
    }

    /// Notes a body that does not come as JSON. RFC 7644 §3.1 lets a client say `application/json`.
    fn note_type(&self, notes: &mut Notes) {
        if self.part.is_some() || self.body.is_empty() {
            return;
        }
        let sent = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let (essence, _) = sent.split_once(';').unwrap_or((sent, ""));
        let known = ["application/scim+json", "application/json"];
        if known
            .iter()
            .any(|known| essence.trim().eq_ignore_ascii_case(known))
        {
            return;
        }
        let sentence = if sent.is_empty() {
            "The body came without a Content-Type and was read as JSON.".to_owned()
        } else {
            format!("The body came as {sent} and was read as JSON.")
        };
        notes.add(Quirk::ContentType, "", sentence);
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

/// A body of at most `most` bytes; counts those that come in `length`. Of a larger one they are
/// thrown away as they come, up to [`DISCARDED`].
async fn whole(mut body: Body, most: usize, length: &mut usize) -> Result<Vec<u8>, ScimError> {
    let mut kept = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            ScimError::invalid_syntax(format!(
                "The body did not arrive whole ({error}). Send the request again."
            ))
        })?;
        let Ok(data) = frame.into_data() else { continue };
        *length += data.len();
        if *length <= most {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
        if *length > DISCARDED {
            break;
        }
    }
    if *length > BODY_LIMIT {
        return Err(ScimError::payload_too_large(BODY_LIMIT));
    }
    Ok(kept)
}

fn too_slow(limit: Duration) -> ScimError {
    refused(
        408,
        format!(
            "The body did not arrive within {} seconds. Send the request again.",
            limit.as_secs()
        ),
    )
}
