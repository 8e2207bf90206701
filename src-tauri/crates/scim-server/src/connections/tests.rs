//! Clients that take their time, and more of them than there are places.

use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Limits, serve};

/// Longer than any test takes; a test that waits this long has failed.
const LONG: Duration = Duration::from_secs(30);

/// Short enough to wait for.
const SHORT: Duration = Duration::from_millis(50);

/// A patient server; each test makes one thing short.
const PATIENT: Limits = Limits {
    connections: 8,
    header: LONG,
    body: LONG,
    idle: LONG,
    unread: LONG,
    grace: LONG,
};

struct Served {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

/// Answers everything with `done`, except `/slow`, which takes for ever.
async fn served(limits: Limits) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(|request: axum::extract::Request| async move {
        if request.uri().path() == "/echo" {
            let agent = request.headers()["user-agent"].to_str().unwrap().to_owned();
            let body = axum::body::to_bytes(request.into_body(), 1024).await.unwrap();
            return format!("{agent} sent {} done", String::from_utf8_lossy(&body));
        }
        if request.uri().path() == "/slow" {
            std::future::pending::<()>().await;
        }
        if request.uri().path() == "/large" {
            return "a".repeat(64 * 1024 * 1024);
        }
        "done".to_owned()
    });
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve(listener, router, limits, async move {
        let _ = stopped.await;
    }));
    Served { address, stop, ended }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

async fn ask(client: &mut TcpStream, path: &str) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.write_all(request.as_bytes()).await.unwrap();
}

/// Reads until `done`, which ends an answer. Returns what was read.
async fn answered(client: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.ends_with(b"done") {
        let mut some = [0; 1024];
        let read = timeout(LONG, client.read(&mut some)).await.unwrap().unwrap();
        assert_ne!(read, 0, "cut off after {}", String::from_utf8_lossy(&text));
        text.extend_from_slice(&some[..read]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Waits until the server closes the connection.
async fn cut_off(client: &mut TcpStream) {
    let mut rest = Vec::new();
    let ended = timeout(LONG, client.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the connection is still open");
}

#[tokio::test]
async fn half_a_header_is_cut_off() {
    let header = Limits {
        header: SHORT * 20,
        ..PATIENT
    };
    let served = served(header).await;
    let mut silent = served.connect().await;
    let mut half = served.connect().await;
    half.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.unwrap();
    cut_off(&mut half).await;
    cut_off(&mut silent).await;
    // The second request of a connection has the same time, not the time of an idle one.
    let mut second = served.connect().await;
    ask(&mut second, "/").await;
    answered(&mut second).await;
    second.write_all(b"GET / HT").await.unwrap();
    cut_off(&mut second).await;
}

#[tokio::test]
async fn a_connection_that_asks_nothing_more_is_closed() {
    let idle = Limits {
        idle: SHORT,
        ..PATIENT
    };
    let served = served(idle).await;
    let mut client = served.connect().await;
    ask(&mut client, "/").await;
    answered(&mut client).await;
    cut_off(&mut client).await;
}

#[tokio::test]
async fn a_request_under_way_is_not_idle() {
    let impatient = Limits {
        idle: SHORT,
        unread: SHORT,
        ..PATIENT
    };
    let served = served(impatient).await;
    let mut slow = served.connect().await;
    ask(&mut slow, "/slow").await;
    let closed = timeout(SHORT * 4, slow.read(&mut [0; 1])).await;
    assert!(closed.is_err(), "its answer may take as long as it takes");
}

#[tokio::test]
async fn an_answer_that_nobody_takes_up_is_given_up() {
    let unread = Limits {
        unread: SHORT,
        connections: 1,
        ..PATIENT
    };
    let served = served(unread).await;
    let mut deaf = served.connect().await;
    ask(&mut deaf, "/large").await;
    let mut next = served.connect().await;
    ask(&mut next, "/").await;
    answered(&mut next).await;
}

#[tokio::test]
async fn one_too_many_waits_for_a_place() {
    let one = Limits {
        connections: 1,
        ..PATIENT
    };
    let served = served(one).await;
    let mut first = served.connect().await;
    ask(&mut first, "/").await;
    answered(&mut first).await;
    let mut second = served.connect().await;
    ask(&mut second, "/").await;
    let early = timeout(SHORT, second.read(&mut [0; 1])).await;
    assert!(early.is_err(), "the only place is taken");
    drop(first);
    answered(&mut second).await;
}

#[tokio::test]
async fn a_client_may_close_its_half() {
    let served = served(PATIENT).await;
    let mut client = served.connect().await;
    ask(&mut client, "/").await;
    client.shutdown().await.unwrap();
    answered(&mut client).await;
}

#[tokio::test]
async fn stopping_waits_for_requests_and_not_for_connections() {
    let hasty = Limits {
        grace: SHORT,
        ..PATIENT
    };
    for (limits, path) in [(PATIENT, "/"), (hasty, "/slow")] {
        let served = served(limits).await;
        let mut client = served.connect().await;
        ask(&mut client, path).await;
        if path == "/" {
            answered(&mut client).await;
        }
        served.stop.send(()).unwrap();
        assert!(timeout(LONG, served.ended).await.is_ok(), "{path}");
    }
}

#[tokio::test]
async fn quotes_and_blanks_in_an_address_are_understood() {
    let served = served(PATIENT).await;
    let mut client = served.connect().await;
    // On the second request of a connection as on the first, and in pieces.
    for _ in 0..2 {
        ask(&mut client, "/Users?filter=userName eq \"adele\"").await;
        answered(&mut client).await;
    }
    for piece in ["GET /\"", "\" HTTP/1.1\r\nHo", "st: localhost\r\n\r\n"] {
        client.write_all(piece.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    answered(&mut client).await;
}

#[tokio::test]
async fn requests_may_come_before_the_answers_to_others() {
    let served = served(PATIENT).await;
    let post = "POST /echo HTTP/1.1\r\nHost: localhost\r\nUser-Agent: some \"agent\" HTTP/1.1\r\nContent-Length: 14\r\n\r\n{\"name\":\"a b\"}";
    // Wherever the second request is parted, what is sent of it arrives as it is.
    for parted in 0..post.len() {
        let (begun, rest) = post.split_at(parted);
        let mut client = served.connect().await;
        let first = format!("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n{begun}");
        client.write_all(first.as_bytes()).await.unwrap();
        let mut text = answered(&mut client).await;
        client.write_all(rest.as_bytes()).await.unwrap();
        text.push_str(&answered(&mut client).await);
        let expected = "some \"agent\" HTTP/1.1 sent {\"name\":\"a b\"} done";
        assert!(text.ends_with(expected), "parted at {parted}: {text}");
    }
}
