//! A mapping file read member by member.

use serde_json::Value as Json;

use super::super::{Actions, Apply, AttributeMapping, Mapping, MappingSource, ObjectMapping, TargetPath};
use super::members::{Members, Problems};
use super::write::{FLOW_BEHAVIOR, FLOW_WHEN_CHANGED};
use crate::scoping::{Clause, Operator, ScopingFilter};

/// The rule within a whole schema, or what was given.
fn rule_of<'a>(json: &'a Json, notes: &mut Vec<String>) -> &'a Json {
    let Some(rules) = json.get("synchronizationRules").and_then(Json::as_array) else {
        return json;
    };
    notes.push("Only the synchronization rule was taken from the schema, not its directories.".to_owned());
    if rules.len() > 1 {
        notes.push(format!(
            "The schema has {} synchronization rules, of which the first was taken.",
            rules.len()
        ));
    }
    rules.first().unwrap_or(json)
}

/// Reads a rule, or the first of a schema; the problems say what cannot be.
pub(super) fn rule(json: &Json, problems: &mut Problems, notes: &mut Vec<String>) -> Option<Mapping> {
    let json = rule_of(json, notes);
    let mut members = Members::of(json, "The file", problems)?;
    let name = members.text("name", problems);
    let source_directory = members.text("sourceDirectoryName", problems);
    let target_directory = members.text("targetDirectoryName", problems);
    let mut users = None;
    let mut groups = None;
    for (index, json) in members.list("objectMappings", problems).iter().enumerate() {
        let place = format!("Object mapping {}", index + 1);
        let Some(table) = table(json, &place, problems, notes) else {
            continue;
        };
        let slot = match table.source_object.to_ascii_lowercase().as_str() {
            "user" => &mut users,
            "group" => &mut groups,
            other => {
                notes.push(format!(
                    "{place} is for {other} objects, which are not provisioned here; it was left out."
                ));
                continue;
            }
        };
        if slot.is_some() {
            problems.add(
                &place,
                &format!("is a second one for {} objects. Keep one", table.source_object),
            );
        }
        *slot = Some(table);
    }
    if users.is_none() {
        problems.add(
            "The file",
            "has no object mapping for User objects, which is the one that has to be there",
        );
    }
    let groups = groups.unwrap_or_else(|| {
        notes.push("The file has no object mapping for groups, so groups are not provisioned.".to_owned());
        ObjectMapping {
            enabled: false,
            ..Mapping::generic().groups
        }
    });
    Some(Mapping {
        name,
        source_directory,
        target_directory,
        users: users?,
        groups,
        rest: members.rest(),
    })
}

fn table(
    json: &Json,
    place: &str,
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Option<ObjectMapping> {
    let mut members = Members::of(json, place, problems)?;
    let actions = read_actions(&members.text("flowTypes", problems), place, problems);
    let source_object = members.text("sourceObjectName", problems);
    let mut attributes = Vec::new();
    for (index, json) in members.list("attributeMappings", problems).iter().enumerate() {
        let place = format!("{place}, attribute mapping {}", index + 1);
        attributes.extend(row(json, &place, problems, notes));
    }
    let filters = match members.take("scope") {
        Some(scope) if !scope.is_null() => read_scope(&scope, place, problems, notes),
        _ => Vec::new(),
    };
    Some(ObjectMapping {
        enabled: members.truth("enabled", true, problems),
        name: members.text("name", problems),
        source_object,
        target_object: members.text("targetObjectName", problems),
        actions,
        attributes,
        filters,
        rest: members.rest(),
    })
}

fn read_actions(text: &str, place: &str, problems: &mut Problems) -> Actions {
    let mut actions = Actions {
        create: false,
        update: false,
        delete: false,
    };
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word {
            "Add" => actions.create = true,
            "Update" => actions.update = true,
            "Delete" => actions.delete = true,
            "None" => {}
            other => problems.add(
                place,
                &format!("has the flow type {other}; there are Add, Update and Delete"),
            ),
        }
    }
    actions
}

fn row(
    json: &Json,
    place: &str,
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Option<AttributeMapping> {
    let mut members = Members::of(json, place, problems)?;
    let target = TargetPath::parse(&members.text("targetAttributeName", problems));
    let target = target
        .map_err(|error| problems.add(place, &format!("has no target: {error}")))
        .ok()?;
    let place = format!("{place} ({target})");
    let source = match members.take("source") {
        Some(source) if !source.is_null() => read_source(&source, &place, problems)?,
        _ => MappingSource::Nothing,
    };
    let apply = match members.text("flowType", problems).as_str() {
        "" | "Always" => Apply::Always,
        "ObjectAddOnly" => Apply::OnlyDuringCreation,
        other => {
            notes.push(format!(
                "{place} has the flow type {other}, which is not known here; it applies always."
            ));
            Apply::Always
        }
    };
    let default_if_null = members.text("defaultValue", problems);
    let matching_precedence = members.number("matchingPriority", problems);
    let mut rest = members.rest();
    // The behaviour that every row is written with needs no keeping.
    if rest
        .get(FLOW_BEHAVIOR)
        .is_some_and(|behavior| behavior == FLOW_WHEN_CHANGED)
    {
        rest.shift_remove(FLOW_BEHAVIOR);
    }
    Some(AttributeMapping {
        target,
        source,
        default_if_null,
        matching_precedence: matching_precedence.filter(|rank| *rank > 0),
        apply,
        rest,
    })
}

/// The expression says all; the parameters that Graph lists beside it say it once more.
fn read_source(json: &Json, place: &str, problems: &mut Problems) -> Option<MappingSource> {
    let mut members = Members::of(json, place, problems)?;
    let expression = members.text("expression", problems);
    let name = members.text("name", problems);
    let kind = members.text("type", problems);
    let read = match (kind.as_str(), expression.as_str()) {
        ("Constant", "") => Ok(MappingSource::Constant(name)),
        ("Constant", text) if !text.starts_with('"') => Ok(MappingSource::Constant(text.to_owned())),
        ("Attribute" | "", "") if !name.is_empty() => MappingSource::parse(&format!("[{name}]")),
        _ => MappingSource::parse(&expression),
    };
    read.map_err(|error| {
        problems.add(
            place,
            &format!(
                "has an expression that cannot be read, at character {}: {error}",
                error.at + 1
            ),
        );
    })
    .ok()
}

fn read_scope(
    json: &Json,
    place: &str,
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Vec<ScopingFilter> {
    let Some(mut members) = Members::of(json, &format!("{place}, scope"), problems) else {
        return Vec::new();
    };
    let mut filters = Vec::new();
    for (index, group) in members.list("groups", problems).iter().enumerate() {
        let place = format!("{place}, scoping filter {}", index + 1);
        let Some(mut group) = Members::of(group, &place, problems) else {
            continue;
        };
        let title = group.text("name", problems);
        let clauses = group.list("clauses", problems);
        let clauses = clauses
            .iter()
            .filter_map(|json| clause(json, &place, problems))
            .collect();
        filters.push(ScopingFilter { title, clauses });
    }
    for name in ["inputFilterGroups", "categoryFilterGroups"] {
        if !members.list(name, problems).is_empty() {
            notes.push(format!(
                "{place} has {name}, which Entra keeps for itself; they were left out."
            ));
        }
    }
    filters
}

fn clause(json: &Json, place: &str, problems: &mut Problems) -> Option<Clause> {
    let mut members = Members::of(json, place, problems)?;
    let attribute = members.text("sourceOperandName", problems);
    let operator = Operator::parse(&members.text("operatorName", problems))
        .map_err(|error| problems.add(place, &format!("cannot be read: {error}")))
        .ok()?;
    let operand = members.take("targetOperand").unwrap_or_default();
    let values = match operand.get("values") {
        Some(Json::Array(values)) => values.as_slice(),
        _ => &[],
    };
    let value = match values {
        [] | [Json::Null] => String::new(),
        [Json::String(value)] => value.clone(),
        [value @ (Json::Bool(_) | Json::Number(_))] => value.to_string(),
        _ => {
            problems.add(
                place,
                &format!("compares {attribute} with several values; a clause has one"),
            );
            return None;
        }
    };
    Some(Clause::new(attribute, operator, value))
}
