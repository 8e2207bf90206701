//! Mapping files in the shape of Microsoft Graph: a `synchronizationRule`, alone or within the
//! `synchronizationSchema` that Graph answers.
//!
//! Members that mean nothing here are kept and written again; what is read and cannot be kept is
//! told in a note. A file with a mistake is refused as a whole.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value as Json, json};
use thiserror::Error;

use super::{Actions, Apply, AttributeMapping, Mapping, MappingSource, ObjectMapping, TargetPath};
use crate::scoping::{Clause, Operator, ScopingFilter};

mod members;

use members::{Members, Problems};

const FLOW_BEHAVIOR: &str = "flowBehavior";
const FLOW_WHEN_CHANGED: &str = "FlowWhenChanged";

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The tables.
    pub mapping: Mapping,
    /// What of the file was not taken over, in sentences.
    pub notes: Vec<String>,
}

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .problems.join("\n"))]
pub struct ImportError {
    /// Every problem in a sentence that says where it is.
    pub problems: Vec<String>,
}

impl Mapping {
    /// The tables as a file, from which [`Mapping::from_json`] reads the same.
    pub fn to_json(&self) -> Json {
        let mut rule = json!({
            "name": self.name,
            "sourceDirectoryName": self.source_directory,
            "targetDirectoryName": self.target_directory,
            "objectMappings": [write_table(&self.users), write_table(&self.groups)],
        });
        add(&mut rule, &self.rest);
        rule
    }

    /// Reads the text of a file.
    ///
    /// Errors are those of [`Mapping::from_json`], and text that is no JSON.
    pub fn read(text: &str) -> Result<Import, ImportError> {
        let json =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| ImportError {
                problems: vec![format!("The file is no JSON: {error}. Export the mapping again.")],
            })?;
        Self::from_json(&json)
    }

    /// Reads a file.
    ///
    /// The error has every problem: members of the wrong type, targets, expressions and operators
    /// that cannot be read, a table for users that is missing or there twice.
    pub fn from_json(json: &Json) -> Result<Import, ImportError> {
        let mut problems = Problems::default();
        let mut notes = Vec::new();
        let rule = rule_of(json, &mut notes);
        let mapping = read_rule(rule, &mut problems, &mut notes);
        match mapping {
            Some(mapping) if problems.is_empty() => Ok(Import { mapping, notes }),
            _ => Err(ImportError {
                problems: problems.into_sentences(),
            }),
        }
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Mapping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        let import = Self::from_json(&json).map_err(serde::de::Error::custom)?;
        Ok(import.mapping)
    }
}

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

fn read_rule(json: &Json, problems: &mut Problems, notes: &mut Vec<String>) -> Option<Mapping> {
    let mut members = Members::of(json, "The file", problems)?;
    let name = members.text("name", problems);
    let source_directory = members.text("sourceDirectoryName", problems);
    let target_directory = members.text("targetDirectoryName", problems);
    let mut users = None;
    let mut groups = None;
    for (index, json) in members.list("objectMappings", problems).iter().enumerate() {
        let place = format!("Object mapping {}", index + 1);
        let Some(table) = read_table(json, &place, problems, notes) else {
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

fn read_table(
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
        attributes.extend(read_row(json, &place, problems, notes));
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

fn read_row(
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
            .filter_map(|clause| read_clause(clause, &place, problems))
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

fn read_clause(json: &Json, place: &str, problems: &mut Problems) -> Option<Clause> {
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

fn write_table(table: &ObjectMapping) -> Json {
    let actions = [
        (table.actions.create, "Add"),
        (table.actions.update, "Update"),
        (table.actions.delete, "Delete"),
    ];
    let actions: Vec<&str> = actions
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, name)| *name)
        .collect();
    let mut json = json!({
        "enabled": table.enabled,
        "flowTypes": if actions.is_empty() { "None".to_owned() } else { actions.join(",") },
        "name": table.name,
        "sourceObjectName": table.source_object,
        "targetObjectName": table.target_object,
        "scope": {
            "groups": table.filters.iter().map(write_filter).collect::<Vec<Json>>(),
            "inputFilterGroups": [],
            "categoryFilterGroups": [],
        },
        "attributeMappings": table.attributes.iter().map(write_row).collect::<Vec<Json>>(),
    });
    add(&mut json, &table.rest);
    json
}

fn write_filter(filter: &ScopingFilter) -> Json {
    let clauses = filter.clauses.iter().map(|clause| {
        let values = if clause.operator.takes_value() {
            vec![clause.value.as_str()]
        } else {
            vec![]
        };
        json!({
            "sourceOperandName": clause.attribute,
            "operatorName": clause.operator.name(),
            "targetOperand": { "values": values },
        })
    });
    json!({ "name": filter.title, "clauses": clauses.collect::<Vec<Json>>() })
}

fn write_row(row: &AttributeMapping) -> Json {
    let flow_type = match row.apply {
        Apply::Always => "Always",
        Apply::OnlyDuringCreation => "ObjectAddOnly",
    };
    let mut json = json!({
        "targetAttributeName": row.target.to_string(),
        "matchingPriority": row.matching_precedence.unwrap_or_default(),
        "flowType": flow_type,
        FLOW_BEHAVIOR: FLOW_WHEN_CHANGED,
        "defaultValue": row.default_if_null,
        "source": write_source(&row.source),
    });
    add(&mut json, &row.rest);
    json
}

fn write_source(source: &MappingSource) -> Json {
    let (name, kind) = match source {
        MappingSource::Direct(name) => (name.as_str(), "Attribute"),
        MappingSource::Constant(text) => (text.as_str(), "Constant"),
        MappingSource::Expression(expression) => (expression.function(), "Function"),
        MappingSource::Nothing => return Json::Null,
    };
    json!({ "expression": source.to_string(), "name": name, "type": kind, "parameters": [] })
}

/// Adds the members that were kept, over those that are written in their place.
fn add(json: &mut Json, rest: &Map<String, Json>) {
    if let Some(members) = json.as_object_mut() {
        members.extend(rest.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}
