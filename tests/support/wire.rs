//! Requests written byte for byte, for what a well-behaved client would not send.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// A request, exactly as it goes onto the wire but for `Host`, `Content-Length` and `Connection`.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`.
    pub method: String,
    /// Path and query, encoded.
    pub target: String,
    /// Headers, in this order.
    pub headers: Vec<(String, String)>,
    /// The body; without one no `Content-Length` is sent.
    pub body: Option<Vec<u8>>,
}

/// An answer as it came off the wire.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Response {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when there is none, or when it is something else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Sends a request to `address` (host and port) on a connection of its own.
pub fn exchange(address: &str, request: &Request) -> Response {
    let mut bytes = Vec::new();
    write!(bytes, "{} {} HTTP/1.1\r\n", request.method, request.target).unwrap();
    write!(bytes, "Host: {address}\r\nConnection: close\r\n").unwrap();
    for (name, value) in &request.headers {
        write!(bytes, "{name}: {value}\r\n").unwrap();
    }
    if let Some(body) = &request.body {
        write!(bytes, "Content-Length: {}\r\n", body.len()).unwrap();
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend(request.body.iter().flatten());
    let mut stream = TcpStream::connect(address).unwrap();
    // A server may answer before it has read everything, and hang up; what it said counts.
    let written = stream.write_all(&bytes);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    assert!(!answer.is_empty(), "no answer: {written:?}, {read:?}");
    parse(&String::from_utf8(answer).expect("SCIM is UTF-8"))
}

fn parse(answer: &str) -> Response {
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no end of the headers in {answer:?}"));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines.filter_map(|line| line.split_once(": "));
    Response {
        status: status.and_then(|status| status.parse().ok()).unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// Text in a query as forms encode it: a space is `+`, everything odd is `%XX`.
pub fn form_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'-' | b'.' | b'_' | b'*' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
