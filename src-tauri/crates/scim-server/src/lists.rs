//! Lists: of users, of groups and of both, by parameters in the address or in the body of a
//! `.search` (RFC 7644 §3.4.2, §3.4.3), by index or by cursor (RFC 9865).

use provisioning::directory::{Kind, Listed, Query, SortBy};
use provisioning::journal::{Status, Step};
use scim::dialect::{Note, Notes, Quirk};
use scim::error::ScimError;
use scim::filter::{Filter, Literal};
use scim::list::{Paging, Projection, cursor_response, list_response};
use scim::path::AttrPath;
use scim::resource::Object;
use scim::schemas::SEARCH_REQUEST;
use serde_json::Value;

use crate::answer::wire;
use crate::exchange::{Answer, Call, Source, Story};
use crate::redact::ends_in_password;

/// Resources of a page at most, as announced; a larger `count` is cut down to it.
const PAGE_LIMIT: usize = scim::discovery::MAX_RESULTS;

/// What makes a GET of the Tenant URL a query over everything.
const PARAMETERS: &[&str] = &[
    "filter",
    "sortBy",
    "sortOrder",
    "startIndex",
    "count",
    "cursor",
    "attributes",
    "excludedAttributes",
];

/// Whether a request asks for a list, by any of its parameters.
pub(crate) fn is_asked(call: &Call) -> bool {
    PARAMETERS.iter().any(|name| call.has_parameter(name))
}

/// GET of `/Users`, `/Groups` or, without a kind, of the Tenant URL.
pub(crate) fn list(
    source: &Source<'_>,
    call: &Call,
    kind: Option<Kind>,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    find(source, kind, &|name| call.parameter(name), story)
}

/// POST to `.search`: the same, with its parameters in the body (RFC 7644 §3.4.3).
pub(crate) fn search(
    source: &Source<'_>,
    call: &Call,
    kind: Option<Kind>,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    let Value::Object(body) = call.json(&mut story.notes)? else {
        return Err(ScimError::invalid_syntax(
            "The body is not a JSON object. Send a SearchRequest message.",
        ));
    };
    note_message(&body, &mut story.notes);
    find(source, kind, &|name| member(&body, name), story)
}

/// A member of a SearchRequest as the parameter it stands for.
fn member(body: &Object, name: &str) -> Option<String> {
    let (_, value) = body.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            Some(texts.join(","))
        }
        other => Some(other.to_string()),
    }
}

fn note_message(body: &Object, notes: &mut Notes) {
    let says_so = member(body, "schemas").is_some_and(|urns| {
        urns.split(',')
            .any(|urn| urn.eq_ignore_ascii_case(SEARCH_REQUEST))
    });
    if !says_so {
        let sentence = "The body's `schemas` does not say that it is a SearchRequest; it was read as one.";
        notes.add(Quirk::MissingSchemas, "schemas", sentence);
    }
}

type Parameter<'a> = &'a dyn Fn(&str) -> Option<String>;

fn find(
    source: &Source<'_>,
    kind: Option<Kind>,
    parameter: Parameter<'_>,
    story: &mut Story,
) -> Result<Answer, ScimError> {
    let directory = source.engine.directory();
    let (query, listed) = if let Some(kind) = kind {
        let filter = text(parameter, "filter")
            .map(|filter| Filter::parse(&filter, kind.resource_type(), &mut story.notes))
            .transpose()?;
        let query = read_query(kind, filter, parameter)?;
        let listed = directory.list(kind, &query, source.base);
        (query, listed)
    } else {
        let [of_users, of_groups] = match text(parameter, "filter") {
            Some(filter) => filter_all(&filter, &mut story.notes)?.map(Some),
            None => [None, None],
        };
        let users = read_query(Kind::User, of_users, parameter)?;
        let groups = read_query(Kind::Group, of_groups, parameter)?;
        let listed = directory.list_all(&users, &groups, source.base);
        (users, listed)
    };
    if let Some(filter) = &query.filter {
        story.identity = looked_for(filter);
    }
    let listed = listed.map_err(wire)?;
    let found = format!("{} of {} match.", listed.resources.len(), listed.total);
    story.steps.push(Step::new("Match", Status::Success, found));
    Ok(answer(&query.paging, &listed))
}

fn answer(paging: &Paging, listed: &Listed) -> Answer {
    Answer::of_text(match paging {
        Paging::Index(page) => list_response(&listed.resources, listed.total, page.start_index),
        Paging::Cursor { .. } => cursor_response(
            &listed.resources,
            listed.total,
            listed.next_cursor.as_deref(),
            listed.previous_cursor.as_deref(),
        ),
    })
}

/// A parameter that is not blank.
fn text(parameter: Parameter<'_>, name: &str) -> Option<String> {
    parameter(name).filter(|text| !text.trim().is_empty())
}

fn read_query(kind: Kind, filter: Option<Filter>, parameter: Parameter<'_>) -> Result<Query, ScimError> {
    let resource_type = kind.resource_type();
    let text = |name| text(parameter, name);
    let sort = text("sortBy")
        .map(|by| AttrPath::parse(&by, resource_type))
        .transpose()?
        .map(|by| SortBy {
            by,
            descending: text("sortOrder").is_some_and(|order| order.eq_ignore_ascii_case("descending")),
        });
    let paging = Paging::parse(
        text("startIndex").as_deref(),
        text("count").as_deref(),
        // An empty cursor asks for the first page, an absent one for none.
        parameter("cursor").as_deref(),
        PAGE_LIMIT,
    )?;
    let projection = Projection::parse(
        resource_type,
        text("attributes").as_deref(),
        text("excludedAttributes").as_deref(),
    );
    Ok(Query {
        filter,
        sort,
        paging,
        projection,
    })
}

/// One filter as users and as groups understand it. What one of the types does not declare is
/// nothing to note or to refuse: those have no value there (RFC 7644 §3.4.2.1).
fn filter_all(filter: &str, notes: &mut Notes) -> Result<[Filter; 2], ScimError> {
    let read = |kind: Kind, mut own: Notes| {
        let read = Filter::parse(filter, kind.resource_type(), &mut own);
        (read, own)
    };
    let (of_users, by_users) = read(Kind::User, Notes::default());
    let (of_groups, by_groups) = read(Kind::Group, Notes::default());
    let is_odd = |note: &Note, others: &Notes| match note.quirk {
        // A value without quotes, or with a stray backslash, is one, whoever knows the attribute.
        Quirk::UnquotedValue | Quirk::StrayBackslash => true,
        _ => others
            .iter()
            .any(|other| other.quirk == note.quirk && other.path == note.path),
    };
    let odd = by_users
        .iter()
        .filter(|note| is_odd(note, &by_groups))
        .chain(by_groups.iter().filter(|note| is_odd(note, &by_users)));
    for note in odd {
        if notes.is_strict() {
            refuse(filter, note)?;
        }
        notes.add(note.quirk, &note.path, &note.sentence);
    }
    match (of_users, of_groups) {
        (Ok(users), Ok(groups)) => {
            let [user, group] = [Kind::User, Kind::Group].map(Kind::resource_type);
            Ok([users.beside(user, group), groups.beside(group, user)])
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// What strictness does not forgive in a filter over both types.
fn refuse(filter: &str, note: &Note) -> Result<(), ScimError> {
    let path = &note.path;
    let (name, why) = match note.quirk {
        Quirk::UnknownAttribute | Quirk::UnknownSchema => (path, format!("no schema declares {path}")),
        Quirk::UnquotedValue => (path, "a text is written in double quotes".to_owned()),
        Quirk::StrayBackslash => (
            path,
            "a text is a JSON string: a backslash in it is written twice".to_owned(),
        ),
        _ => return Ok(()),
    };
    let folded = filter.to_ascii_lowercase();
    let at = folded.find(&name.to_ascii_lowercase()).unwrap_or_default();
    Err(ScimError::invalid_filter(filter, at, &why))
}

/// Who a filter asks for: the first text it compares with, unless that is compared with a password.
fn looked_for(filter: &Filter) -> String {
    let text = filter.conjuncts().into_iter().find_map(|term| match term {
        Filter::Compare {
            path,
            value: Literal::String(text),
            ..
        } if !is_secret(path) => Some(text.clone()),
        Filter::Within {
            path,
            then: Some((name, _, Literal::String(text))),
            ..
        } if !is_secret(path) && !ends_in_password(name) => Some(text.clone()),
        _ => None,
    });
    text.unwrap_or_default()
}

fn is_secret(path: &AttrPath) -> bool {
    ends_in_password(&path.attribute) || path.sub.as_deref().is_some_and(ends_in_password)
}
