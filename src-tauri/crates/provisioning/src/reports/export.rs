//! A report to take along: text, JSON, CSV, and a page to print.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use super::Reports;
use crate::error::{Error, Result};
use crate::files::{BYTE_ORDER_MARK, cell, escape_html as escape, failed, table, write_whole};
use crate::journal::export::Exported;
use crate::plan::{Change, Counts, FieldChange, Notice, Plan, render};
use crate::sync::Run;

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As on a terminal.
    Text,
    /// The run and its plan as data.
    Json,
    /// One row a field.
    Csv,
    /// A page of its own, to print.
    Html,
}

impl Format {
    /// The ending of its file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }
}

impl Reports<'_> {
    /// A report in some format.
    pub fn render(&self, id: u64, format: Format) -> Result<String> {
        let (run, plan) = (self.get(id)?, self.plan(id)?);
        match format {
            Format::Text => Ok(text(&run, &plan)),
            Format::Json => json(&run, &plan),
            Format::Csv => csv(&plan),
            Format::Html => Ok(html(&run, &plan)),
        }
    }

    /// Writes a report to `path`, whole or not at all.
    pub fn export(&self, id: u64, format: Format, path: &Path) -> Result<Exported> {
        let report = self.render(id, format)?;
        let counts = self.get(id)?.counts;
        let rows = counts.rows();
        write_whole(path, |out| {
            if format == Format::Csv {
                out.write_all(BYTE_ORDER_MARK.as_bytes()).map_err(failed(path))?;
            }
            out.write_all(report.as_bytes()).map_err(failed(path))?;
            Ok(rows)
        })?;
        Ok(Exported {
            files: vec![path.to_owned()],
            count: rows,
        })
    }
}

fn text(run: &Run, plan: &Plan) -> String {
    format!(
        "Sync {} · {} · {}\n\n{}{}\n",
        run.id,
        run.started,
        run.trigger.name(),
        render::report(plan, &summary(run)),
        run.outcome()
    )
}

/// What was planned or why nothing was; the rows may be gone since.
fn summary(run: &Run) -> String {
    let summary = run.summary();
    if run.rows_removed {
        format!("{summary} The rows of this report are no longer kept.")
    } else {
        summary
    }
}

fn json(run: &Run, plan: &Plan) -> Result<String> {
    let value = json!({ "run": run, "summary": run.summary(), "plan": plan });
    serde_json::to_string_pretty(&value)
        .map(|text| text + "\n")
        .map_err(|error| Error::damaged("report", &error))
}

fn csv(plan: &Plan) -> Result<String> {
    let broken = |error: csv::Error| Error::damaged("report", &error);
    let mut table = table(Vec::new());
    table
        .write_record([
            "Object",
            "Action",
            "Name",
            "Address or group",
            "Reason",
            "Field",
            "Attribute",
            "Before",
            "After",
        ])
        .map_err(broken)?;
    let mut row = |cells: [&str; 9]| table.write_record(cells.map(cell)).map_err(broken);
    let made = plan.changes.iter().map(|change| (change, None));
    let kept_back = plan.held.iter().map(|one| (&one.change, Some(one.by)));
    for (change, by) in made.chain(kept_back) {
        let (reason, action) = (change.why.sentence(), change.action.verb());
        let (reason, action) = match by {
            None => (reason, action.to_owned()),
            Some(by) => (format!("{reason}. {}", by.sentence()), format!("hold: {action}")),
        };
        let head = [
            change.target.noun(),
            &action,
            &change.name,
            &change.detail,
            &reason,
        ];
        if change.fields.is_empty() {
            row(with_field(head, ["", "", "", ""]))?;
        }
        for field in &change.fields {
            row(with_field(head, field_cells(field)))?;
        }
    }
    for (kind, notices) in [("Skipped", &plan.skipped), ("Warning", &plan.warnings)] {
        for notice in notices {
            row(with_field(
                [kind, "", &notice.name, &notice.detail, &notice.why.sentence()],
                ["", "", "", ""],
            ))?;
        }
    }
    let bytes = table
        .into_inner()
        .map_err(|error| Error::damaged("report", &error))?;
    String::from_utf8(bytes).map_err(|error| Error::damaged("report", &error))
}

fn with_field<'a>(head: [&'a str; 5], field: [&'a str; 4]) -> [&'a str; 9] {
    let ([object, action, name, detail, reason], [label, path, before, after]) = (head, field);
    [object, action, name, detail, reason, label, path, before, after]
}

fn field_cells(field: &FieldChange) -> [&str; 4] {
    [
        &field.label,
        &field.path,
        field.before.as_deref().unwrap_or_default(),
        field.after.as_deref().unwrap_or_default(),
    ]
}

const STYLE: &str = "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:60rem;color:#242424;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.5rem}li{margin:.4rem 0;list-style:none}ul{padding-left:0}\
table{border-collapse:collapse;margin:.2rem 0 .2rem 1.5rem}td{padding:.1rem .8rem .1rem 0;vertical-align:top}\
th{text-align:left;font-weight:600;padding-right:.8rem}.matrix{margin:1rem 0}.matrix td{text-align:right}\
del{color:#b10e1c}ins{color:#0e700e;text-decoration:none}.why{color:#616161}@media print{body{margin:0}}";

fn html(run: &Run, plan: &Plan) -> String {
    let mut out = String::new();
    let title = escape(&summary(run));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sync {} – SCIM Desk</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>Sync {} · {} · {} · {}</p>\n",
        run.id,
        run.id,
        escape(&run.started.to_string()),
        run.trigger.name(),
        escape(&run.outcome())
    );
    html_matrix(&run.counts, &mut out);
    for noun in ["User", "Group", "Membership"] {
        let changes: Vec<_> = plan
            .changes
            .iter()
            .filter(|change| change.target.noun() == noun)
            .collect();
        if !changes.is_empty() {
            let _ = writeln!(out, "<h2>{noun}s · {}</h2><ul>", changes.len());
            for change in changes {
                html_change(change, &mut out);
            }
            out.push_str("</ul>\n");
        }
    }
    if !plan.held.is_empty() {
        let _ = writeln!(out, "<h2>On hold · {}</h2><ul>", plan.held.len());
        for held in &plan.held {
            let _ = write!(out, "<li class=\"why\">{}</li>", held.by.sentence());
            html_change(&held.change, &mut out);
        }
        out.push_str("</ul>\n");
    }
    for (heading, notices) in [("Skipped", &plan.skipped), ("Warnings", &plan.warnings)] {
        html_notices(heading, notices, &mut out);
    }
    out.push_str("</body></html>\n");
    out
}

/// Groups, users and memberships × created, changed, archived, restored.
fn html_matrix(counts: &Counts, out: &mut String) {
    out.push_str("<table class=\"matrix\"><tr><th></th><th>Created</th><th>Changed</th><th>Archived</th><th>Restored</th></tr>\n");
    for (name, of) in [
        ("Groups", counts.groups),
        ("Users", counts.users),
        ("Memberships", counts.memberships),
    ] {
        let cells =
            [of.created, of.changed, of.archived, of.restored].map(|count| format!("<td>{count}</td>"));
        let _ = writeln!(out, "<tr><th scope=\"row\">{name}</th>{}</tr>", cells.concat());
    }
    out.push_str("</table>\n");
}

fn html_change(change: &Change, out: &mut String) {
    let _ = write!(
        out,
        "<li><b>{} {}</b> {} <span class=\"why\">{}: {}</span>",
        change.action.symbol(),
        escape(&change.name),
        escape(&change.detail),
        change.action.verb(),
        escape(&change.why.sentence())
    );
    if !change.fields.is_empty() {
        out.push_str("<table>");
        for field in &change.fields {
            let mark = |tag: &str, value: &Option<String>| {
                value
                    .as_ref()
                    .map(|value| format!("<{tag}>{}</{tag}>", escape(value)))
                    .unwrap_or_default()
            };
            let _ = write!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&field.label),
                mark("del", &field.before),
                mark("ins", &field.after)
            );
        }
        out.push_str("</table>");
    }
    out.push_str("</li>\n");
}

fn html_notices(heading: &str, notices: &[Notice], out: &mut String) {
    if notices.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>{heading} · {}</h2><ul>", notices.len());
    for notice in notices {
        let _ = writeln!(
            out,
            "<li><b>{}</b> {} <span class=\"why\">{}</span></li>",
            escape(&notice.name),
            escape(&notice.detail),
            escape(&notice.why.sentence())
        );
    }
    out.push_str("</ul>\n");
}
