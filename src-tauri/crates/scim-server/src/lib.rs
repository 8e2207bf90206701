//! The SCIM endpoint: HTTP in, one engine call, HTTP out.
//!
//! Every request takes the same way: a connection with limited patience ([`connections`]) brings
//! it, it is read up to a limit ([`exchange`]; without a valid token its body is not kept),
//! answered by a plain function on one of a few threads that may block ([`workers`], [`answer`]),
//! and written into the log ([`log`]). Where somebody asked for it, something goes wrong on purpose
//! ([`faults`]). The answer to a write leaves when it and its log entry are
//! durable. Every answer names its log entry in `X-Request-Id`, and every body is
//! `application/scim+json`.
//!
//! Invariants:
//! * No rules about people live here: names, uniqueness, mapping and plans are the engine's.
//! * No window, no store; a handler sees an [`Engine`] and nothing else.
//! * No write is answered as done that was not logged. A read is answered even if its event could
//!   not be stored, which standard error then tells. (What is no HTTP is cut off by hyper and not
//!   seen.)

mod answer;
mod bulk;
mod client;
mod conditions;
mod connections;
mod discovery;
mod exchange;
pub mod faults;
mod lists;
mod log;
mod patience;
mod rate;
mod redact;
mod request_line;
mod resources;
mod route;
mod secrets;
mod workers;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use provisioning::Engine;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use connections::Limits;
use exchange::{Answer, Call, Source};
use faults::Faults;
use rate::RateLimit;
use workers::Workers;

pub use client::names as client_names;

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else has the port.
    #[error(
        "Port {} is in use by another program. Close that program, or choose another port to listen on.",
        .0.port()
    )]
    PortInUse(SocketAddr),

    /// The operating system refuses the address.
    #[error("SCIM Desk cannot listen on {address}: {reason}. Choose another address to listen on.")]
    Refused {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        reason: io::Error,
    },

    /// The server stopped by itself.
    #[error("The SCIM server stopped: {0}.")]
    Stopped(io::Error),
}

/// Takes the address. Fails with [`ServeError::PortInUse`] or [`ServeError::Refused`].
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|reason| match reason.kind() {
            io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
            _ => ServeError::Refused { address, reason },
        })
}

/// What an identity provider is given for a server on `address`; ends in `/`.
pub fn tenant_url(address: SocketAddr, tenant: &str) -> String {
    format!("http://{address}/scim/v2/{tenant}/")
}

/// Answers requests until `shutdown` resolves, then lets those under way finish; a client that
/// does not is left behind after five seconds.
pub async fn serve(
    listener: TcpListener,
    engine: Arc<Engine>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    serve_with(listener, engine, Faults::default(), shutdown).await
}

/// As [`serve`]; faults are injected as the rules behind this handle say from time to time.
pub async fn serve_with(
    listener: TcpListener,
    engine: Arc<Engine>,
    faults: Faults,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let address = listener.local_addr().map_err(ServeError::Stopped)?;
    tracing::info!(%address, "the SCIM server listens");
    let router = router_within(Limits::USUAL, engine, address, faults);
    connections::serve(listener, router, Limits::USUAL, shutdown).await;
    Ok(())
}

/// The whole endpoint as a value: tests call it without a socket.
pub fn router(engine: Arc<Engine>, address: SocketAddr) -> Router {
    router_within(Limits::USUAL, engine, address, Faults::default())
}

fn router_within(limits: Limits, engine: Arc<Engine>, address: SocketAddr, faults: Faults) -> Router {
    let base = tenant_url(address, engine.tenant())
        .trim_end_matches('/')
        .to_owned();
    Router::new().fallback(handle).with_state(Endpoint {
        engine,
        base: base.into(),
        rate: Arc::default(),
        workers: Arc::new(Workers::start()),
        limits,
        faults,
    })
}

/// What every request is answered with.
#[derive(Clone)]
struct Endpoint {
    engine: Arc<Engine>,
    /// The Tenant URL without its last `/`.
    base: Arc<str>,
    rate: Arc<RateLimit>,
    workers: Arc<Workers>,
    limits: Limits,
    faults: Faults,
}

impl Endpoint {
    /// What `work` tells on a thread that may block; an error if it ends without a word.
    fn on_worker<T: Send + 'static>(
        &self,
        work: impl FnOnce(oneshot::Sender<T>) + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (tell, told) = oneshot::channel();
        self.workers.run(move || work(tell));
        told
    }
}

async fn handle(State(endpoint): State<Endpoint>, request: Request) -> Response {
    let wait = |client| {
        let per_second = endpoint.engine.settings().rate_limit?;
        endpoint.rate.wait(client, per_second, Instant::now())
    };
    // The use of a token is stored now and then.
    let admit = async |token: Option<String>| {
        let engine = Arc::clone(&endpoint.engine);
        let admitted = endpoint.on_worker(move |tell| {
            let _ = tell.send(answer::authenticated(&engine, token.as_deref()));
        });
        admitted.await.unwrap_or_else(|_| Err(Answer::lost()))
    };
    let call = Call::read(request, &endpoint.limits, wait, admit).await;
    let request_id = call.id.clone();
    let (engine, base) = (Arc::clone(&endpoint.engine), Arc::clone(&endpoint.base));
    let faults = endpoint.faults.clone();
    let answered = endpoint.on_worker(move |tell| {
        let source = Source {
            engine: &engine,
            base: &base,
            faults: &faults,
        };
        log::answer_and_record(&source, &call, tell);
    });
    let answer = answered.await.unwrap_or_else(|_| {
        tracing::error!(request_id, "a request could not be answered");
        Answer::error(&Answer::lost())
    });
    if let Some(delay) = answer.delay {
        tokio::time::sleep(delay).await;
    }
    Answer { request_id, ..answer }.into_response()
}

#[cfg(test)]
mod tests;
