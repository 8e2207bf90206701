//! HTTP Archive 1.2 of the requests, for the tools that browsers, proxies and testers use. What
//! SCIM Desk does not know of an exchange is given as the format asks: -1 for an unknown size or time,
//! an empty list for cookies and for the answer's headers, which the log does not keep.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Writer;
use crate::error::Result;
use crate::files::Staged;
use crate::journal::{Event, Exchange};

/// The archive under way.
pub(super) struct Archive {
    file: Staged,
    is_empty: bool,
}

impl Archive {
    pub(super) fn at(path: &Path) -> Result<Self> {
        let mut file = Staged::beside(path)?;
        let creator = json!({ "name": "SCIM Desk", "version": env!("CARGO_PKG_VERSION") });
        file.put(&format!(
            "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"pages\":[],\"entries\":["
        ))?;
        Ok(Self { file, is_empty: true })
    }
}

impl Writer for Archive {
    fn event(&mut self, event: &Event) -> Result<bool> {
        let Some(exchange) = &event.exchange else {
            return Ok(false);
        };
        self.file.put(if self.is_empty { "\n" } else { ",\n" })?;
        self.is_empty = false;
        self.file.put_json(&entry(event, exchange))?;
        Ok(true)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<PathBuf>> {
        self.file.put("\n]}}\n")?;
        Ok(vec![self.file.keep()?])
    }
}

fn entry(event: &Event, exchange: &Exchange) -> Value {
    let time = milliseconds(event.duration_us);
    json!({
        "startedDateTime": event.at.to_string(),
        "time": time,
        "request": request(exchange),
        "response": response(exchange),
        "cache": {},
        "timings": { "send": 0, "wait": time, "receive": 0 },
        "comment": comment(event),
    })
}

fn milliseconds(microseconds: u64) -> f64 {
    std::time::Duration::from_micros(microseconds).as_secs_f64() * 1_000.0
}

fn comment(event: &Event) -> String {
    let mut comment = format!("{} · {}", event.action, event.status.name());
    for part in [&event.identity, &event.reason] {
        if !part.is_empty() {
            comment.push_str(" · ");
            comment.push_str(part);
        }
    }
    comment
}

fn header<'a>(exchange: &'a Exchange, name: &str) -> Option<&'a str> {
    let mut headers = exchange.headers.iter();
    let found = headers.find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

fn request(exchange: &Exchange) -> Value {
    let host = header(exchange, "host").unwrap_or("localhost");
    let query = exchange.path.split_once('?').map_or("", |(_, query)| query);
    let headers: Vec<_> = exchange
        .headers
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let mut request = json!({
        "method": exchange.method,
        "url": format!("http://{host}{}", exchange.path),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers,
        "queryString": query_string(query),
        "headersSize": -1,
        "bodySize": exchange.request_body.as_ref().map_or(0, String::len),
    });
    if let (Some(body), Some(request)) = (&exchange.request_body, request.as_object_mut()) {
        let kind = header(exchange, "content-type").unwrap_or("application/scim+json");
        request.insert("postData".to_owned(), json!({ "mimeType": kind, "text": body }));
    }
    request
}

/// The parameters as they were sent, still percent-encoded: what the archive is replayed with.
fn query_string(query: &str) -> Vec<Value> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            json!({ "name": name, "value": value })
        })
        .collect()
}

fn response(exchange: &Exchange) -> Value {
    let body = exchange.response_body.as_deref().unwrap_or_default();
    json!({
        "status": exchange.status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": { "size": body.len(), "mimeType": "application/scim+json", "text": body },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": body.len(),
    })
}
