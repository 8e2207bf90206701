//! The endpoint as a value: requests in, answers out, no socket.

mod bulk;
mod conditions;
mod faults;
mod headers;
mod lists;
mod secrets;
mod settings;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use provisioning::Engine;
use provisioning::clock::SystemClock;
use provisioning::journal::{Event, Query};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::connections::{Limits, Peer};
use crate::faults::Faults;
use crate::{bind, router_within};

/// An endpoint over a data directory of its own, and its token.
struct Desk {
    engine: Arc<Engine>,
    router: Router,
    faults: Faults,
    token: String,
    _dir: tempfile::TempDir,
}

/// An answer, read whole.
struct Answered {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Value,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let engine = Arc::new(Engine::open(dir.path(), Arc::new(SystemClock)).unwrap());
        let mut settings = engine.settings();
        for (key, value) in [
            ("enabled", "true"),
            ("service", "scim"),
            ("quiet-seconds", "3600"),
        ] {
            settings.set(key, value).unwrap();
        }
        engine.save_settings(&settings).unwrap();
        let token = engine.generate_token().unwrap().reveal().to_owned();
        let address = SocketAddr::from(([127, 0, 0, 1], 8443));
        let faults = Faults::default();
        Self {
            router: router_within(Limits::USUAL, Arc::clone(&engine), address, faults.clone()),
            faults,
            engine,
            token,
            _dir: dir,
        }
    }

    /// Changes settings, by their keys on the command line.
    fn set(&self, changes: &[(&str, &str)]) {
        let mut settings = self.engine.settings();
        for (key, value) in changes {
            settings.set(key, value).unwrap();
        }
        self.engine.save_settings(&settings).unwrap();
    }

    async fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answered {
        self.send_with(method, path, &[], body).await
    }

    async fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answered {
        let path = format!("/scim/v2/{}{path}", self.engine.tenant());
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(body.into()).unwrap()).await
    }

    /// Creates something and returns its path and its version.
    async fn create(&self, path: &str, body: Value) -> (String, String) {
        let created = self.send("POST", path, body.to_string()).await;
        assert_eq!(created.status, 201, "{}", created.body);
        let id = created.body["id"].as_str().unwrap();
        (format!("{path}/{id}"), created.header("etag").to_owned())
    }

    async fn answer(&self, mut request: Request<Body>) -> Answered {
        let peer = SocketAddr::from(([127, 0, 0, 1], 50_000));
        request.extensions_mut().insert(Peer(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answered {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    /// The log events that a search finds, newest first.
    fn logged(&self, search: &str) -> Vec<Event> {
        let query = Query::parse(search, self.engine.now()).unwrap();
        self.engine.journal().search(&query, None, 100).unwrap().events
    }
}

/// A body that never ends.
struct Endless;

impl axum::body::HttpBody for Endless {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        Poll::Pending
    }
}

impl Answered {
    /// A header's text, or "" if it is not there.
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

#[tokio::test]
async fn what_was_created_is_where_its_location_says() {
    let desk = Desk::new();
    let body = json!({ "userName": "AdeleV@contoso.com", "password": "1mz050nq" }).to_string();
    let created = desk.send("POST", "/Users", body).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.headers[header::CONTENT_TYPE], "application/scim+json");
    let location = created.headers[header::LOCATION].to_str().unwrap();
    assert_eq!(location, created.body["meta"]["location"]);
    assert!(
        location.starts_with("http://127.0.0.1:8443/scim/v2/"),
        "{location}"
    );
    let path = format!("/Users/{}", created.body["id"].as_str().unwrap());
    let read = desk.send("GET", &path, "").await;
    assert_eq!((read.status, &read.body), (200, &created.body));
    assert_eq!(read.headers[header::ETAG], "W/\"1\"");
    assert_eq!(read.headers[header::CONTENT_LOCATION], location);
}

#[tokio::test]
async fn a_request_without_the_token_is_told_so_and_logged_without_what_it_sent() {
    let desk = Desk::new();
    let request = Request::get(format!("/scim/v2/{}/Users", desk.engine.tenant()))
        .header(header::AUTHORIZATION, "Bearer not-the-token-of-this-console")
        .body(Body::empty())
        .unwrap();
    let answered = desk.answer(request).await;
    assert_eq!(answered.status, 401);
    assert_eq!(
        answered.headers[header::WWW_AUTHENTICATE],
        "Bearer realm=\"SCIM Desk\""
    );
    assert_eq!(answered.body["status"], "401");
    let events = desk.logged("http:401");
    assert_eq!(events.len(), 1);
    let event = serde_json::to_string(&events).unwrap();
    assert!(!event.contains("not-the-token-of-this-console"), "{event}");
}

#[tokio::test]
async fn a_body_without_a_valid_token_is_not_kept() {
    let desk = Desk::new();
    let path = format!("/scim/v2/{}/Users", desk.engine.tenant());
    for token in [None, Some("Bearer wrong")] {
        let mut request = Request::post(&path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, token);
        }
        let body = json!({ "userName": "a stranger" }).to_string();
        let length = body.len() as u64;
        let answered = desk.answer(request.body(body.into()).unwrap()).await;
        assert_eq!(answered.status, 401);
        let event = desk.logged("http:401").remove(0);
        let exchange = event.exchange.unwrap();
        assert!(exchange.request_body.unwrap().starts_with("(not kept"));
        assert_eq!(exchange.truncated, length);
    }
    desk.set(&[("rate-limit", "1")]);
    for status in [401, 429] {
        let request = Request::post(&path).body(Body::from("a stranger's")).unwrap();
        assert_eq!(desk.answer(request).await.status, status);
    }
    let event = desk.logged("http:429").remove(0);
    assert_eq!(event.exchange.unwrap().truncated, 12);
    assert!(
        !serde_json::to_string(&desk.logged(""))
            .unwrap()
            .contains("stranger")
    );
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_and_logged() {
    let desk = Desk::new();
    let answered = desk.send("POST", "/Users", vec![b' '; 5 * 1024 * 1024 + 1]).await;
    assert_eq!(answered.status, 413);
    assert_eq!(answered.body["status"], "413");
    assert_eq!(desk.logged("http:413").len(), 1, "and the log says so");
}

#[tokio::test]
async fn a_body_that_never_ends_is_refused_and_logged() {
    let mut desk = Desk::new();
    let limits = Limits {
        body: Duration::from_millis(20),
        ..Limits::USUAL
    };
    let address = SocketAddr::from(([127, 0, 0, 1], 8443));
    desk.router = router_within(limits, Arc::clone(&desk.engine), address, Faults::default());
    let answered = desk.send("POST", "/Users", Body::new(Endless)).await;
    assert_eq!(answered.status, 408);
    assert_eq!(answered.body["status"], "408");
    assert_eq!(desk.logged("http:408").len(), 1);
}

#[tokio::test]
async fn discovery_cannot_be_written_and_not_be_filtered() {
    let desk = Desk::new();
    assert_eq!(desk.send("POST", "/Schemas", "{}").await.status, 405);
    assert_eq!(desk.send("GET", "/Schemas?filter=id%20pr", "").await.status, 403);
    assert_eq!(desk.send("GET", "/Me", "").await.status, 501);
    for path in [
        "/ServiceProviderConfig",
        "/ResourceTypes/User",
        "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group",
    ] {
        assert_eq!(desk.send("GET", path, "").await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let taken = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let error = bind(taken.local_addr().unwrap()).await.unwrap_err().to_string();
    assert!(
        error.contains(&taken.local_addr().unwrap().port().to_string()),
        "{error}"
    );
}
