//! Servers in processes of their own, so that their memory and their start can be measured: the
//! real one, and one that answers everything with the same SCIM body.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use hyper_util::rt::TokioIo;
use provisioning::Engine;
use provisioning::clock::SystemClock;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::load::{self, Connection};
use crate::people::Filled;

/// A server that ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// The real server on a data directory.
    pub(crate) fn real(dir: &Path) -> Self {
        Self::start(&["--child", "real", &dir.to_string_lossy()])
    }

    /// The one with the fixed body.
    pub(crate) fn bare() -> Self {
        Self::start(&["--child", "bare"])
    }

    /// How long the real server takes from its start to its first answer.
    pub(crate) fn first_answer(filled: &Filled) -> Duration {
        let began = Instant::now();
        let server = Self::real(&filled.dir);
        let request = filled.filter("userName eq \"person77@contoso.example\"");
        let address = server.address;
        load::on_one_thread(1, |_| {
            let request = request.clone();
            async move {
                let mut connection = Connection::open(address).await;
                let answer = connection.send(&request).await;
                assert_eq!(answer.status, 200);
            }
        });
        began.elapsed()
    }

    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().parse().unwrap();
        Self { child, address }
    }

    /// Seconds of processor time it has used, which do not depend on what else the machine does.
    pub(crate) fn processor(&self) -> f64 {
        const TICKS_PER_SECOND: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks = fields
            .split(' ')
            .skip(11)
            .take(2)
            .map(|field| field.parse::<f64>().unwrap());
        ticks.sum::<f64>() / TICKS_PER_SECOND
    }

    /// Resident memory, in MB.
    pub(crate) fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        let kilobytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes / 1_024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input tells it to stop; it closes its store.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What a child process does, if this is one.
pub(crate) fn run(arguments: &[String]) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    match arguments {
        [kind, dir] if kind == "real" => {
            let engine = Arc::new(Engine::open(Path::new(dir), Arc::new(SystemClock)).unwrap());
            runtime.block_on(async {
                let listener = listen().await;
                scim_server::serve(listener, Arc::clone(&engine), end_of_input())
                    .await
                    .unwrap();
            });
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
        _ => runtime.block_on(async {
            let listener = listen().await;
            tokio::select! {
                () = bare(&listener) => {}
                () = end_of_input() => {}
            }
        }),
    }
}

async fn listen() -> TcpListener {
    let listener = scim_server::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .unwrap();
    let mut out = std::io::stdout();
    writeln!(out, "{}", listener.local_addr().unwrap()).unwrap();
    out.flush().unwrap();
    listener
}

async fn end_of_input() {
    let waiting = tokio::task::spawn_blocking(|| std::io::stdin().lines().for_each(drop));
    let _ = waiting.await;
}

/// axum as `axum::serve` runs it, and nothing else.
async fn bare(listener: &TcpListener) {
    let answer = || async { ([(header::CONTENT_TYPE, "application/scim+json")], BODY) };
    let router = Router::new().fallback(answer);
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        tokio::spawn(async move {
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// What a query for one user is answered with.
const BODY: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"startIndex":1,"itemsPerPage":1,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"019abcde-0000-7000-8000-000000000000","externalId":"person77","userName":"person77@contoso.example","active":true,"displayName":"Person 77","title":"Store Associate","preferredLanguage":"en-US","emails":[{"primary":true,"type":"work","value":"person77@contoso.example"}],"name":{"familyName":"Family 77","givenName":"Person","formatted":"Person Family 77"},"phoneNumbers":[{"type":"work","value":"+1 425 555 0100"},{"type":"mobile","value":"+1 425 555 0101"}],"addresses":[{"type":"work","streetAddress":"1 Main Street","locality":"Redmond","region":"WA","postalCode":"98052","country":"US"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Retail","employeeNumber":"77","costCenter":"4130"},"meta":{"resourceType":"User","created":"2026-11-23T20:00:00Z","lastModified":"2026-11-23T20:00:00Z","location":"http://127.0.0.1:8080/scim/v2/0123456789ab/Users/019abcde-0000-7000-8000-000000000000","version":"W/\"1\""}}]}"#;
