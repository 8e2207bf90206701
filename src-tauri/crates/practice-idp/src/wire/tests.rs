//! Each file of `tests/data/practice` is a request as the reference has it: what is asked of the
//! writer, and what it has to write, compared byte for byte once the keys are in order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path as FilePath;

use serde::Deserialize;
use serde_json::Value as Json;

use super::*;
use crate::mapping::TargetPath;
use crate::persona::Probe;

/// A row. `do` names the method of [`Writer`]; the rest is what it takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[expect(dead_code, reason = "for people")]
    section: String,
    says: String,
    persona: String,
    call: Call,
    requests: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", deny_unknown_fields)]
enum Call {
    Probe {
        probe: Probe,
        attribute: String,
        guid: String,
    },
    Search {
        kind: Kind,
        attribute: String,
        value: String,
    },
    Page {
        kind: Kind,
        start: u32,
        count: u32,
    },
    Read {
        kind: Kind,
        id: String,
    },
    Create {
        kind: Kind,
        attributes: Vec<(String, Json)>,
        #[serde(default)]
        password: String,
    },
    Update {
        kind: Kind,
        id: String,
        changes: Vec<(String, Json, Json)>,
        #[serde(default)]
        current: Json,
    },
    Activate {
        id: String,
        active: bool,
        #[serde(default)]
        current: Json,
    },
    Delete {
        kind: Kind,
        id: String,
    },
    ManagerCheck {
        user: String,
        manager: String,
    },
    SetManager {
        user: String,
        manager: String,
        mapped: String,
        #[serde(default)]
        base: String,
        #[serde(default)]
        current: Json,
    },
    ClearManager {
        user: String,
        mapped: String,
        #[serde(default)]
        current: Json,
    },
    MemberCheck {
        group: String,
        user: String,
    },
    #[serde(rename_all = "camelCase")]
    Members {
        group: String,
        name: String,
        #[serde(default)]
        add: Vec<(String, String)>,
        #[serde(default)]
        remove: Vec<(String, String)>,
        #[serde(default)]
        all: Vec<(String, String)>,
        #[serde(default)]
        current: Json,
        max_per_patch: Option<usize>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    method: Method,
    path: String,
    query: Option<String>,
    /// Only where a row is about headers.
    headers: Option<BTreeMap<String, String>>,
    body: Option<Json>,
}

#[test]
fn every_request_is_written_as_the_reference_has_it() {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/data/practice");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let failures: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let row: Row = serde_json::from_str(&fs::read_to_string(file).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            difference(&row).map(|difference| format!("{name}: {}\n{difference}", row.says))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(files.len() >= 52, "only {} rows", files.len());
}

fn difference(row: &Row) -> Option<String> {
    let mut persona = Persona::named(&row.persona).unwrap();
    if let Call::Members {
        max_per_patch: Some(most),
        ..
    } = row.call
    {
        persona.groups.max_members_per_patch = most;
    }
    let written = written(Writer::new(&persona), &row.call);
    let got: Vec<String> = written
        .iter()
        .zip(&row.requests)
        .map(|(got, wanted)| text(got, wanted))
        .collect();
    let wanted: Vec<String> = row.requests.iter().map(wanted_text).collect();
    let same = got == wanted && written.len() == row.requests.len();
    (!same).then(|| {
        format!(
            "wanted {}\n   got {} ({} requests)",
            wanted.join("\n"),
            got.join("\n"),
            written.len()
        )
    })
}

fn text(request: &Request, wanted: &Expected) -> String {
    let headers = wanted
        .headers
        .as_ref()
        .map(|_| request.headers.iter().cloned().collect());
    line(
        request.method,
        &request.path,
        request.query.as_ref(),
        headers.as_ref(),
        request.body.as_ref(),
    )
}

fn wanted_text(wanted: &Expected) -> String {
    line(
        wanted.method,
        &wanted.path,
        wanted.query.as_ref(),
        wanted.headers.as_ref(),
        wanted.body.as_ref(),
    )
}

fn line(
    method: Method,
    path: &str,
    query: Option<&String>,
    headers: Option<&BTreeMap<String, String>>,
    body: Option<&Json>,
) -> String {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let body = body.cloned().map(ordered).unwrap_or_default();
    format!("{} {path}{query} {headers:?} {body}", method.name())
}

fn ordered(value: Json) -> Json {
    match value {
        Json::Object(members) => {
            let sorted: BTreeMap<String, Json> = members
                .into_iter()
                .map(|(key, value)| (key, ordered(value)))
                .collect();
            sorted.into_iter().collect()
        }
        Json::Array(values) => values.into_iter().map(ordered).collect(),
        other => other,
    }
}

fn members(list: &[(String, String)]) -> Vec<Member> {
    let one = |(id, display): &(String, String)| Member {
        id: id.clone(),
        display: display.clone(),
    };
    list.iter().map(one).collect()
}

fn written(writer: Writer<'_>, call: &Call) -> Vec<Request> {
    let path = |text: &String| TargetPath::parse(text).unwrap();
    match call {
        Call::Probe {
            probe,
            attribute,
            guid,
        } => vec![writer.probe(*probe, attribute, guid)],
        Call::Search {
            kind,
            attribute,
            value,
        } => vec![writer.search(*kind, attribute, value)],
        Call::Page { kind, start, count } => vec![writer.page(*kind, *start, *count)],
        Call::Read { kind, id } => vec![writer.read(*kind, id)],
        Call::Create {
            kind,
            attributes,
            password,
        } => {
            let one = |(at, value): &(String, Json)| Attribute {
                path: path(at),
                value: value.clone(),
                redacted: false,
            };
            let attributes: Vec<Attribute> = attributes.iter().map(one).collect();
            vec![writer.create(*kind, &attributes, password)]
        }
        Call::Update {
            kind,
            id,
            changes,
            current,
        } => {
            let one = |(at, before, after): &(String, Json, Json)| Change {
                path: path(at),
                before: (!before.is_null()).then(|| before.clone()),
                after: after.clone(),
                redacted: false,
            };
            let changes: Vec<Change> = changes.iter().map(one).collect();
            vec![writer.update(*kind, id, &changes, current)]
        }
        Call::Activate { id, active, current } => vec![writer.activate(id, *active, current)],
        Call::Delete { kind, id } => vec![writer.delete(*kind, id)],
        Call::ManagerCheck { user, manager } => vec![writer.manager_check(user, manager)],
        Call::SetManager {
            user,
            manager,
            mapped,
            base,
            current,
        } => writer
            .set_manager(user, manager, &path(mapped), base, current)
            .into_iter()
            .collect(),
        Call::ClearManager {
            user,
            mapped,
            current,
        } => writer
            .clear_manager(user, &path(mapped), current)
            .into_iter()
            .collect(),
        Call::MemberCheck { group, user } => vec![writer.member_check(group, user)],
        Call::Members {
            group,
            name,
            add,
            remove,
            all,
            current,
            ..
        } => {
            let (add, remove, all) = (members(add), members(remove), members(all));
            let change = MemberChange {
                add: &add,
                remove: &remove,
                all: &all,
            };
            writer.change_members(group, name, change, current)
        }
    }
}
