//! Sockets: how many, how long each may take, and how they end. `axum::serve` would do without
//! this file, but it lets a client hold a connection open for ever with half a header.
//!
//! At most [`Limits::connections`] are open at once; whoever comes then waits in the operating
//! system's queue until one closes, which is sooner than any client gives up, and needs no
//! answer that it would have to understand. Idle ones close by themselves.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

use crate::exchange::Dropped;
use crate::patience::Patient;

/// What connections, and the requests on them, may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Open at once.
    pub(crate) connections: usize,
    /// From the first byte of a request, or the opening of the connection, to the end of the header.
    pub(crate) header: Duration,
    /// For a body to arrive.
    pub(crate) body: Duration,
    /// Between an answer and the next request.
    pub(crate) idle: Duration,
    /// For a client to take up what it was sent.
    pub(crate) unread: Duration,
    /// For requests under way once the server is asked to stop.
    pub(crate) grace: Duration,
}

impl Limits {
    /// Ten seconds for a header are many, even for a slow network. Two minutes of idleness are
    /// longer than most clients keep a connection in store, so that it is they who close it and
    /// nobody sends a request into a connection that is just being closed.
    pub(crate) const USUAL: Self = Self {
        connections: 256,
        header: Duration::from_secs(10),
        body: Duration::from_secs(30),
        idle: Duration::from_secs(120),
        unread: Duration::from_secs(30),
        grace: Duration::from_secs(5),
    };
}

/// Who is at the other end; an extension of every request that came through a socket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// How long to wait when the operating system has no socket to give, so as not to ask it all
/// the time.
const BREATHER: Duration = Duration::from_millis(500);

/// So many free places end a crowd.
const ROOMY: usize = 16;

/// Serves until `shutdown` resolves, then lets requests under way finish for [`Limits::grace`].
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut full = false;
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut shutdown => break,
            accepted = accept(&listener, &places, &mut full) => accepted,
        };
        let connection = connection(stream, peer, router.clone(), limits);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "a connection was cut off");
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = open.shutdown() => {}
        () = tokio::time::sleep(limits.grace) => {
            tracing::warn!("stopped with requests that did not end");
        }
    }
}

/// The next connection, once there is a place for it. `full` is kept from one to the next, so that
/// a crowd is told of once and not with each connection that takes the place of another.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    full: &mut bool,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    loop {
        let free = places.available_permits();
        if free == 0 && !*full {
            tracing::warn!("every place for a connection is taken; further ones wait");
        }
        // One place that is free for a moment does not end a crowd.
        *full = free == 0 || (*full && free < ROOMY);
        let place = Arc::clone(places).acquire_owned().await.ok();
        match (listener.accept().await, place) {
            (Ok((stream, peer)), Some(place)) => return (stream, peer, place),
            (Err(error), _) if !is_of_one_connection(&error) => {
                tracing::error!(%error, "no connection could be accepted");
                tokio::time::sleep(BREATHER).await;
            }
            _ => {}
        }
    }
}

/// Errors of a client that was gone before it was let in.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // An answer is one small packet; it must not wait for the acknowledgement of the one before.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%peer, %error, "answers may be slow: no TCP_NODELAY");
    }
    // Even while the client's turn, odd while a request is answered.
    let turns = Arc::new(AtomicUsize::new(0));
    let io = Patient::new(TokioIo::new(stream), limits, Arc::clone(&turns));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        turns.fetch_add(1, Ordering::Relaxed);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        let answered = router.clone().call(request);
        let turns = Arc::clone(&turns);
        async move {
            let answered = answered.await;
            turns.fetch_add(1, Ordering::Relaxed);
            match answered {
                // Hyper closes the connection of a request that ends in an error.
                Ok(answer) if answer.extensions().get::<Dropped>().is_some() => Err(Dropped),
                Ok(answer) => Ok(answer),
                Err(never) => match never {},
            }
        }
    });
    http1::Builder::new()
        // [`Patient`] keeps the time: hyper's own would cut idle connections off as well.
        .header_read_timeout(None)
        // A client that has said everything may close its half and still be answered.
        .half_close(true)
        .serve_connection(io, service)
}

#[cfg(test)]
mod tests;
