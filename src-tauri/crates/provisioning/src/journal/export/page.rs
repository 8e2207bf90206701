//! A page to print, or to send to somebody who has only a browser.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Writer;
use crate::error::Result;
use crate::files::{Staged, escape_html as escape};
use crate::journal::Event;

const STYLE: &str = "body{font:13px/1.4 system-ui,sans-serif;margin:1.5rem;color:#242424;background:#fff}\
h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}thead{display:table-header-group}\
tr{break-inside:avoid}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #d1d1d1}\
.failure{color:#b10e1c}.warning{color:#835b00}.skipped,.why{color:#616161}del{color:#b10e1c}\
ins{color:#0e700e;text-decoration:none}time{white-space:nowrap}@media print{body{margin:0}}";

const HEADINGS: [&str; 6] = [
    "Time (UTC)",
    "Action",
    "Identity",
    "Status",
    "Source",
    "Reason and changes",
];

/// The page under way.
pub(super) struct Page {
    file: Staged,
    count: u64,
}

impl Page {
    pub(super) fn at(path: &Path, now: Timestamp) -> Result<Self> {
        let mut file = Staged::beside(path)?;
        file.put(&format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Provisioning logs – SCIM Desk</title>\
             <style>{STYLE}</style></head><body>\n<h1>Provisioning logs</h1>\n<p>Exported from SCIM Desk on {}.</p>\n",
            escape(&now.to_string())
        ))?;
        file.put("<table><thead><tr>")?;
        for heading in HEADINGS {
            file.put(&format!("<th scope=\"col\">{heading}</th>"))?;
        }
        file.put("</tr></thead><tbody>\n")?;
        Ok(Self { file, count: 0 })
    }
}

impl Writer for Page {
    fn event(&mut self, event: &Event) -> Result<bool> {
        self.count += 1;
        self.file.put(&row(event)).map(|()| true)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<PathBuf>> {
        let events = crate::plan::render::counted(self.count, "event");
        self.file
            .put(&format!("</tbody></table>\n<p>{events}.</p>\n</body></html>\n"))?;
        Ok(vec![self.file.keep()?])
    }
}

fn row(event: &Event) -> String {
    let status = event.status.name();
    let source = event.client.as_ref().map_or(&event.source, |client| &client.name);
    let mut row = format!(
        "<tr><td><time>{}</time></td><td>{}</td><td>{}</td><td class=\"{status}\">{status}</td><td>{}</td><td><span class=\"why\">{}</span>",
        escape(&event.at.to_string()),
        escape(&event.action),
        escape(&event.identity),
        escape(source),
        escape(&event.reason),
    );
    for field in &event.modified {
        let mark = |tag: &str, value: &Option<String>| {
            value
                .as_ref()
                .map(|value| format!(" <{tag}>{}</{tag}>", escape(value)))
                .unwrap_or_default()
        };
        let _ = write!(
            row,
            "<br>{}:{}{}",
            escape(&field.label),
            mark("del", &field.before),
            mark("ins", &field.after)
        );
    }
    row.push_str("</td></tr>\n");
    row
}
