//! The log taken along: every format, read back by readers that are not ours.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::process::Command;

use crate::files::from_cell;
use crate::journal::export::{Export, Exported, Format, unwatched};
use crate::journal::{Client, Exchange, Step};
use crate::plan::FieldChange;

use super::*;

impl Desk {
    fn export(&self, query: &Query, format: Format, path: &Path) -> Result<Exported> {
        let export = Export::of(query.clone(), format);
        self.journal().export(&export, path, &mut unwatched)
    }

    /// The text of a format's only file, with every event.
    fn exported(&self, format: Format) -> String {
        let path = self.dir.path().join(format!("all.{}", format.extension()));
        let files = self.export(&Query::default(), format, &path).unwrap().files;
        assert_eq!(files.as_slice(), std::slice::from_ref(&path));
        fs::read_to_string(path).unwrap()
    }
}

fn odd_events(desk: &Desk) {
    for (n, text) in [
        "=1+1",
        "plain",
        "line\nbreak, \"quoted\"",
        "'=kept",
        "-2",
        "ünïcode <b>&amp;</b>",
        "Sales; -2+3",
    ]
    .iter()
    .enumerate()
    {
        let mut event = desk.request("PATCH User");
        event.identity = (*text).to_owned();
        event.reason = format!("{text} again");
        event.status = if n % 2 == 0 {
            Status::Success
        } else {
            Status::Failure
        };
        event.client = Some(Client {
            name: (*text).to_owned(),
            reason: format!("{text} says so"),
        });
        event.duration_us = 1_500;
        event.steps = vec![Step::new("Store", Status::Success, *text)];
        event.modified = vec![FieldChange {
            key: "title".to_owned(),
            label: "Job title".to_owned(),
            path: "title".to_owned(),
            before: None,
            after: Some((*text).to_owned()),
        }];
        event.exchange = Some(Exchange {
            method: "PATCH".to_owned(),
            path: "/scim/v2/t/Users/1?attributes=title".to_owned(),
            headers: vec![("host".to_owned(), "127.0.0.1:8443".to_owned())],
            request_body: Some(format!("{{\"title\":{:?}}}", *text)),
            status: if n % 2 == 0 { 200 } else { 409 },
            response_body: None,
            truncated: 0,
        });
        desk.record(event, false).unwrap();
    }
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("Excel reads it as UTF-8");
    assert!(
        text.starts_with('"') && !text.contains(",=") && !text.contains(";="),
        "a cell that is not quoted"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?} would be run"
            );
        }
        row.iter().map(|cell| from_cell(cell).to_owned()).collect()
    });
    rows.collect()
}

#[test]
fn an_export_read_back_is_the_log() {
    let desk = Desk::new();
    odd_events(&desk);
    let (query, expected) = (Query::default(), desk.log(""));
    let export = |format: Format| {
        let path = desk.dir.path().join(format!("log.{}", format.extension()));
        let done = desk.export(&query, format, &path).unwrap();
        assert_eq!(done.count, expected.len() as u64);
        done.files
    };

    let lines = std::fs::read_to_string(&export(Format::JsonLines)[0]).unwrap();
    let read: Vec<Event> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read, expected);

    let array: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(&export(Format::Json)[0]).unwrap()).unwrap();
    for (value, event) in array.iter().zip(&expected) {
        assert_eq!(value["changeId"], event.change_id);
        assert_eq!(value["sourceIdentity"]["displayName"], event.identity);
        assert_eq!(value["modifiedProperties"][0]["newValue"], event.identity);
        assert_eq!(value["details"]["client"]["name"], event.identity);
        assert_eq!(value["provisioningSteps"][0]["description"], event.identity);
    }

    let files = export(Format::Csv);
    let [events, steps, modified] = [0, 1, 2].map(|n| table(&files[n]));
    assert!(
        files[1].ends_with("log_ProvisioningSteps.csv") && files[2].ends_with("log_ModifiedProperties.csv")
    );
    for (n, event) in expected.iter().enumerate() {
        assert_eq!(
            (&events[n][0], &events[n][4], &events[n][7]),
            (&event.change_id, &event.identity, &event.reason)
        );
        let client = event.client.as_ref().unwrap();
        assert_eq!((&events[n][15], &events[n][16]), (&client.name, &client.reason));
        assert_eq!((&steps[n][0], &steps[n][4]), (&event.change_id, &event.identity));
        assert_eq!(
            (&modified[n][0], &modified[n][4]),
            (&event.change_id, &event.identity)
        );
    }
}

#[test]
fn an_export_holds_what_was_searched_for_and_replaces_the_file() {
    let desk = Desk::new();
    odd_events(&desk);
    let path = desk.dir.path().join("log.jsonl");
    std::fs::write(&path, "what was there before").unwrap();
    let query = Query::parse("status:failure", desk.now()).unwrap();
    let done = desk.export(&query, Format::JsonLines, &path).unwrap();
    assert_eq!(done.count, 3);
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 3);
    let nothing = Query::parse("status:warning", desk.now()).unwrap();
    desk.export(&nothing, Format::Json, &path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "[]\n");
    let nowhere = desk.dir.path().join("no such folder").join("log.csv");
    assert!(matches!(
        desk.export(&query, Format::Csv, &nowhere),
        Err(Error::File { .. })
    ));
}

#[test]
fn one_archive_holds_the_three_files() {
    let desk = Desk::new();
    odd_events(&desk);
    let at = |name: &str| desk.dir.path().join(name);
    let files = desk
        .export(&Query::default(), Format::Csv, &at("log.csv"))
        .unwrap()
        .files;
    desk.export(&Query::default(), Format::CsvZip, &at("log.zip"))
        .unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(at("log.zip")).unwrap()).unwrap();
    let names = ["", "_ProvisioningSteps", "_ModifiedProperties"];
    for (name, file) in names.iter().zip(&files) {
        let mut text = String::new();
        let mut zipped = archive.by_name(&format!("ProvisioningLogs{name}.csv")).unwrap();
        zipped.read_to_string(&mut text).unwrap();
        assert_eq!(text, fs::read_to_string(file).unwrap());
    }
    assert_eq!(archive.len(), 3);
    let left = fs::read_dir(desk.dir.path()).unwrap();
    let names: Vec<_> = left
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        names.iter().filter(|name| name.starts_with(".tmp")).count(),
        0,
        "{names:?}"
    );
}

#[test]
fn one_table_holds_everything() {
    let desk = Desk::new();
    odd_events(&desk);
    let path = desk.dir.path().join("single.csv");
    desk.export(&Query::default(), Format::CsvSingle, &path).unwrap();
    for (row, event) in table(&path).iter().zip(desk.log("")) {
        assert_eq!((&row[0], &row[4]), (&event.change_id, &event.identity));
        assert_eq!(row[17], format!("Store (success): {}", event.identity));
        assert_eq!(row[18], format!("title: (none) → {}", event.identity));
    }
    let mut export = Export::of(Query::default(), Format::CsvSingle);
    export.byte_order_mark = false;
    desk.journal().export(&export, &path, &mut unwatched).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("\"Change ID\""));
}

#[test]
fn an_http_archive_is_read_by_another_library() {
    let desk = Desk::new();
    odd_events(&desk);
    desk.set(|draft| draft.log_days = 29);
    let har::Spec::V1_2(log) = har::from_slice(desk.exported(Format::Har).as_bytes())
        .unwrap()
        .log
    else {
        panic!("it says that it is version 1.2");
    };
    let mut events = desk.log("kind:request");
    events.reverse();
    assert_eq!(log.entries.len(), events.len(), "what is no request is not in it");
    for (entry, event) in log.entries.iter().zip(&events) {
        let exchange = event.exchange.as_ref().unwrap();
        assert_eq!(entry.started_date_time, event.at.to_string());
        assert_eq!(entry.request.method, exchange.method);
        assert_eq!(
            entry.request.url,
            "http://127.0.0.1:8443/scim/v2/t/Users/1?attributes=title"
        );
        assert_eq!(entry.request.query_string[0].name, "attributes");
        let sent = entry.request.post_data.as_ref().unwrap();
        assert_eq!(sent.text, exchange.request_body);
        assert_eq!(entry.response.status, i64::from(exchange.status));
    }
}

#[test]
fn a_siem_reads_a_document_a_line() {
    let desk = Desk::new();
    odd_events(&desk);
    let mut events = desk.log("");
    events.reverse();
    let text = desk.exported(Format::Ecs);
    let documents: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(documents.len(), events.len());
    for (document, event) in documents.iter().zip(&events) {
        assert_eq!(document["@timestamp"], event.at.to_string());
        assert_eq!(document["ecs"]["version"], "8.11.0");
        assert_eq!(document["event"]["category"], json!(["iam"]));
        assert_eq!(document["event"]["type"], json!(["user", "change"]));
        assert_eq!(document["event"]["sequence"], event.id);
        assert_eq!(document["user"]["target"]["name"], event.identity);
        let failed = event.status == Status::Failure;
        assert_eq!(
            document["event"]["outcome"],
            if failed { "failure" } else { "success" }
        );
        assert_eq!(document.get("error").is_some(), failed, "null is left out");
        assert_eq!(
            document["http"]["response"]["status_code"],
            event.exchange.as_ref().unwrap().status
        );
    }
}

#[test]
fn a_page_to_print_shows_text_and_runs_nothing() {
    let desk = Desk::new();
    odd_events(&desk);
    let page = desk.exported(Format::Html);
    assert!(
        page.contains("<td>ünïcode &lt;b&gt;&amp;amp;&lt;/b&gt;</td>"),
        "{page}"
    );
    assert_eq!(page.matches("<tr><td>").count(), desk.log("").len());
    assert!(!page.contains("<script") && page.contains("<p>7 events.</p>"));
}

/// Python's own readers agree about the shapes; without Python there is nothing to ask.
#[test]
fn python_reads_what_is_json_csv_and_zip() {
    let desk = Desk::new();
    odd_events(&desk);
    let at = |format: Format| desk.dir.path().join(format!("{format:?}.{}", format.extension()));
    for format in Format::ALL {
        desk.export(&Query::default(), format, &at(format)).unwrap();
    }
    let script = "
import csv, io, json, sys, zipfile
graph, har, ecs, lines, single, archive = sys.argv[1:]
summaries = json.load(open(graph, encoding='utf-8'))
members = 'id activityDateTime tenantId jobId cycleId changeId provisioningAction durationInMilliseconds provisioningStatusInfo provisioningSteps modifiedProperties servicePrincipal initiatedBy sourceSystem targetSystem sourceIdentity targetIdentity'.split()
assert all(member in summary for summary in summaries for member in members)
assert all(summary['provisioningStatusInfo']['errorInformation']['errorCode'] == 'EntryConflict' for summary in summaries if summary['provisioningStatusInfo']['status'] == 'failure')
entries = json.load(open(har, encoding='utf-8'))['log']['entries']
needed = {'startedDateTime', 'time', 'request', 'response', 'cache', 'timings'}
assert all(needed <= entry.keys() for entry in entries)
assert [e['startedDateTime'] for e in entries] == sorted(e['startedDateTime'] for e in entries)
counts = {len(summaries), len(entries)}
for path in (ecs, lines):
    counts.add(len([json.loads(line) for line in open(path, encoding='utf-8')]))
counts.add(len(list(csv.DictReader(open(single, encoding='utf-8-sig', newline='')))))
with zipfile.ZipFile(archive) as files:
    assert files.testzip() is None
    text = files.read('ProvisioningLogs.csv').decode('utf-8-sig')
    counts.add(len(list(csv.DictReader(io.StringIO(text, newline='')))))
assert len(counts) == 1, counts
";
    let order = [
        Format::Json,
        Format::Har,
        Format::Ecs,
        Format::JsonLines,
        Format::CsvSingle,
        Format::CsvZip,
    ];
    let asked = Command::new("python3")
        .arg("-c")
        .arg(script)
        .args(order.map(at))
        .output();
    match asked {
        Ok(answer) => assert!(
            answer.status.success(),
            "{}",
            String::from_utf8_lossy(&answer.stderr)
        ),
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}

#[test]
fn a_cancelled_export_leaves_the_file_that_was_there() {
    let desk = Desk::new();
    odd_events(&desk);
    let path = desk.dir.path().join("log.csv");
    fs::write(&path, "before").unwrap();
    for format in Format::ALL {
        let export = Export::of(Query::default(), format);
        let mut shown = Vec::new();
        let outcome = desk.journal().export(&export, &path, &mut |progress| {
            shown.push((progress.looked, progress.of, progress.found));
            ControlFlow::Break(())
        });
        assert!(matches!(outcome, Err(Error::Cancelled)), "{format:?}");
        assert_eq!(shown, [(7, 7, 7)]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
    }
    assert!(!desk.dir.path().join("log_ProvisioningSteps.csv").exists());
}

#[test]
fn a_masked_export_names_nobody_and_still_joins() {
    let desk = Desk::new();
    for _ in 0..2 {
        let mut event = desk.request("PATCH User");
        event.identity = "mara.okafor@contoso.example".to_owned();
        event.reason = "The manager of mara.okafor@contoso.example is new.".to_owned();
        desk.record(event, false).unwrap();
    }
    let mut names = BTreeSet::new();
    for format in Format::ALL.into_iter().filter(|format| *format != Format::CsvZip) {
        let path = desk.dir.path().join("masked");
        let export = Export {
            masked: true,
            ..Export::of(Query::default(), format)
        };
        for file in desk
            .journal()
            .export(&export, &path, &mut unwatched)
            .unwrap()
            .files
        {
            let text = fs::read_to_string(file).unwrap();
            assert!(!text.contains("okafor"), "{format:?}: {text}");
            let found = text
                .match_indices("user-")
                .filter_map(|(at, _)| text.get(at..at + 17));
            names.extend(found.map(str::to_owned));
        }
    }
    assert_eq!(names.len(), 1, "one person, one pseudonym: {names:?}");
}
