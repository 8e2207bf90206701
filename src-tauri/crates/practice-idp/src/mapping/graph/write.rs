//! A mapping as a file.

use serde_json::{Map, Value as Json, json};

use super::super::{Apply, AttributeMapping, Mapping, MappingSource, ObjectMapping};
use crate::scoping::ScopingFilter;

/// When values are sent; the one behaviour that is known here.
pub(super) const FLOW_BEHAVIOR: &str = "flowBehavior";
pub(super) const FLOW_WHEN_CHANGED: &str = "FlowWhenChanged";

/// A rule with its tables.
pub(super) fn rule(mapping: &Mapping) -> Json {
    let mut rule = json!({
        "name": mapping.name,
        "sourceDirectoryName": mapping.source_directory,
        "targetDirectoryName": mapping.target_directory,
        "objectMappings": [write_table(&mapping.users), write_table(&mapping.groups)],
    });
    add(&mut rule, &mapping.rest);
    rule
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
