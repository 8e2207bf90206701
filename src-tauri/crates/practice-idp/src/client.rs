//! The target over HTTP: `ureq`, blocking, with limits for size and time.
//!
//! Redirects are not followed: a token goes where it was meant to go. A certificate is judged as the
//! operating system judges it. A loopback target is never reached through a proxy.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;
use ureq::config::AutoHeaderValue;
use ureq::http;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body as Incoming};

use crate::secret::SecretToken;
use crate::target::{Answer, Body, NoAnswer, Target, TenantUrl};
use crate::wire::Request;

/// Bodies are read up to this many bytes.
const LONGEST: u64 = 16 * 1024 * 1024;
/// Of a body that is no JSON so many letters are kept.
const EXCERPT: usize = 400;

/// A target on the network.
pub struct Client {
    agent: Agent,
    base: String,
    token: SecretToken,
    timeout_seconds: u64,
}

impl Client {
    /// A client for a Tenant URL, which was allowed before. It keeps up to `connections` open.
    pub fn new(url: &TenantUrl, token: SecretToken, timeout_seconds: u64, connections: usize) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .tls_config(tls)
            .timeout_global(Some(Duration::from_secs(timeout_seconds.max(1))))
            .max_idle_connections(connections.max(1))
            .max_idle_connections_per_host(connections.max(1))
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None);
        if url.is_loopback() {
            config = config.proxy(None);
        }
        Self {
            agent: config.build().into(),
            base: url.base().to_owned(),
            token,
            timeout_seconds,
        }
    }

    fn exchange(&self, request: &Request) -> Result<http::Response<Incoming>, ureq::Error> {
        let mut builder = http::Request::builder()
            .method(request.method.name())
            .uri(format!("{}{}", self.base, request.target()));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if !self.token.is_empty() {
            builder = builder.header("Authorization", format!("Bearer {}", self.token.reveal()));
        }
        match &request.body {
            Some(body) => self.agent.run(builder.body(body.to_string())?),
            None => self.agent.run(builder.body(())?),
        }
    }

    fn read(answer: http::Response<Incoming>) -> Result<Answer, ureq::Error> {
        let (head, body) = answer.into_parts();
        let mut bytes = Vec::new();
        // One byte more than allowed tells that there is more.
        body.into_reader().take(LONGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LONGEST {
            return Err(ureq::Error::BodyExceedsLimit(LONGEST));
        }
        let header = |name: &str| {
            let value = head.headers.get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Ok(Answer {
            status: head.status.as_u16(),
            request_id: header("x-request-id"),
            retry_after: header("retry-after"),
            body: understood(&bytes),
        })
    }

    fn no_answer(&self, error: ureq::Error) -> NoAnswer {
        use ureq::Error as E;
        match error {
            E::Timeout(_) => NoAnswer::TimedOut(self.timeout_seconds),
            E::BodyExceedsLimit(_) => NoAnswer::TooLong(LONGEST / 1024 / 1024),
            E::HostNotFound | E::ConnectionFailed => NoAnswer::Unreachable(error.to_string()),
            E::Tls(_) | E::Rustls(_) => NoAnswer::NotSecure(error.to_string()),
            E::Io(error) => of_io(&error, self.timeout_seconds),
            other => NoAnswer::Broken(other.to_string()),
        }
    }
}

fn of_io(error: &std::io::Error, timeout_seconds: u64) -> NoAnswer {
    use std::io::ErrorKind as K;
    let inner = error.get_ref();
    if inner
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        .is_some()
    {
        return NoAnswer::NotSecure(error.to_string());
    }
    if let Some(ureq::Error::Timeout(_)) = inner.and_then(|inner| inner.downcast_ref()) {
        return NoAnswer::TimedOut(timeout_seconds);
    }
    match error.kind() {
        K::TimedOut | K::WouldBlock => NoAnswer::TimedOut(timeout_seconds),
        K::ConnectionRefused | K::HostUnreachable | K::NetworkUnreachable | K::AddrNotAvailable => {
            NoAnswer::Unreachable(error.to_string())
        }
        _ => NoAnswer::Broken(error.to_string()),
    }
}

fn understood(bytes: &[u8]) -> Body {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Body::Empty;
    }
    match serde_json::from_slice::<Json>(bytes) {
        Ok(json) => Body::Json(json),
        Err(_) => Body::Other(String::from_utf8_lossy(bytes).chars().take(EXCERPT).collect()),
    }
}

impl Target for Client {
    fn send(&self, request: &Request) -> Result<Answer, NoAnswer> {
        let answer = self.exchange(request);
        answer.and_then(Self::read).map_err(|error| self.no_answer(error))
    }

    fn base(&self) -> &str {
        &self.base
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::persona::Persona;
    use crate::wire::{Kind, Writer};

    /// Answers one connection with these bytes. Returns what it read up to the blank line.
    fn once(answer: &'static [u8]) -> (String, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/scim/", listener.local_addr().unwrap());
        let served = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                assert!(reader.read_line(&mut head).unwrap() > 0);
            }
            stream.write_all(answer).unwrap();
            head
        });
        (url, served)
    }

    fn ask(url: &str) -> Result<Answer, NoAnswer> {
        let persona = Persona::named("entra").unwrap();
        let client = Client::new(&url.parse().unwrap(), SecretToken::new("secret"), 5, 1);
        client.send(&Writer::new(&persona).search(Kind::User, "userName", "a@b"))
    }

    #[test]
    fn a_request_stands_on_the_wire_as_it_was_written() {
        let (url, served) = once(b"HTTP/1.1 200 OK\r\nX-Request-Id: r7\r\nContent-Length: 2\r\n\r\n{}");
        let answer = ask(&url).unwrap();
        assert_eq!((answer.status, answer.request_id.as_deref()), (200, Some("r7")));
        let head = served.join().unwrap();
        assert!(
            head.starts_with("GET /scim/Users?filter=userName+eq+%22a%40b%22 HTTP/1.1\r\n"),
            "{head}"
        );
        let head = head.to_lowercase();
        for line in [
            "accept: application/scim+json",
            "user-agent: practiceidp/1.0 (entra-profile)",
            "authorization: bearer secret",
        ] {
            assert_eq!(head.matches(line).count(), 1, "{head}");
        }
        assert!(
            !head.contains("accept-encoding") && !head.contains("content-type"),
            "{head}"
        );
    }

    #[test]
    fn a_redirect_is_an_answer_and_is_not_followed() {
        let (url, served) =
            once(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(ask(&url).unwrap().status, 302);
        served.join().unwrap();
    }

    #[test]
    fn what_is_no_json_is_kept_for_people() {
        let (url, served) = once(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>");
        assert_eq!(ask(&url).unwrap().body, Body::Other("<html></html>".to_owned()));
        served.join().unwrap();
    }

    #[test]
    fn a_broken_connection_and_a_closed_port_are_told_apart() {
        let (url, served) = once(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
        assert!(matches!(ask(&url), Err(NoAnswer::Broken(_))));
        served.join().unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let answer = ask(&format!("http://{closed}/scim"));
        assert!(matches!(answer, Err(NoAnswer::Unreachable(_))), "{answer:?}");
    }

    #[test]
    fn a_server_without_tls_is_no_secure_one() {
        let (url, served) = once(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        drop(served);
        let answer = ask(&url.replace("http://", "https://"));
        assert!(
            matches!(answer, Err(NoAnswer::NotSecure(_) | NoAnswer::Broken(_))),
            "{answer:?}"
        );
    }
}
